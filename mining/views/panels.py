"""The card of a case file that leads to the data centre it speaks of."""

from core.models import User
from core.services import allowed
from licensing.models import Application
from licensing.views.panels import Panel
from mining.models import DataCentre
from mining.models.hosting import HOSTED_KINDS


def centre_panel(application: Application, user: User) -> Panel | None:
    """The centre entered from this filing, or the way to enter it; nothing where the filing speaks of none."""
    if application.kind not in HOSTED_KINDS or not application.form.has_particulars:
        return None
    centre = DataCentre.objects.visible_to(user).filter(application=application).first()
    may_enter = centre is None and allowed(user, "mining.enter_centre", application)
    return Panel("mining/case_panel.html", {"centre": centre, "may_enter": may_enter})
