"""The card of a case file that leads to the data centre it speaks of."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from core.models import User
from core.services import allowed
from licensing.models import Application
from licensing.views.panels import Panel, PanelMaker
from mining.models import DataCentre
from mining.models.hosting import HOSTED_KINDS


def centre_rows(application: Application, user: User) -> "QuerySet[Any] | None":
    """The centre entered from this filing; None where the filing speaks of none."""
    if application.kind not in HOSTED_KINDS or not application.form.has_particulars:
        return None
    return DataCentre.objects.visible_to(user).filter(application=application)


def centre_card(application: Application, user: User, rows: Sequence[Any]) -> Panel:
    """The centre, or the way to enter it."""
    centre = next(iter(rows), None)
    may_enter = centre is None and allowed(user, "mining.enter_centre", application)
    return Panel("mining/case_panel.html", {"centre": centre, "may_enter": may_enter})


CENTRE_PANEL = PanelMaker(centre_rows, centre_card)
