"""Cards of mining: the data centre of a case; of a licence where its holder is hosted, whom it hosts, its machines."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from core.models import User
from core.services import allowed
from licensing.models import Application, Licence
from licensing.views.panels import Panel, PanelMaker
from mining.models import DataCentre, Hosting, Machine
from mining.models.hosting import HOSTED_KINDS
from mining.services.machines import totals_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


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

SHOWN = 50  # lettings of each sort on a card


def hosting_card(licence: Licence, user: "User | AnonymousUser") -> Panel | None:
    """Where the holder is hosted, and who is hosted in his own centres: what the reader may see of either."""
    if licence.kind not in HOSTED_KINDS:
        return None
    rows = Hosting.objects.visible_to(user).select_related("centre", "licence__organisation").order_by("-since", "-id")
    today = timezone.localdate()
    own = DataCentre.objects.visible_to(user).filter(owner=licence.organisation_id).order_by("-id")
    facts = {
        "hosted": lettings(rows.filter(licence=licence), today),
        "hosts": lettings(rows.filter(centre__owner=licence.organisation_id).exclude(licence=licence), today),
        "centres": list(own[:SHOWN]),
        "official": bool(getattr(user, "is_official", False)),
        "totals": totals_of(Machine.objects.visible_to(user).filter(licence=licence)),
        "licence": licence,
    }
    return Panel("mining/licence_panel.html", facts)


def lettings(rows: "QuerySet[Hosting]", today: date) -> list[dict[str, Any]]:
    return [{"row": row, "now": row.stands_on(today)} for row in rows[:SHOWN]]


def machines_card(licence: Licence, user: "User | AnonymousUser") -> Panel | None:
    """What the public sees of the machines entered under a licence: figures, no numbers, no owners."""
    if licence.kind not in HOSTED_KINDS:
        return None
    totals = totals_of(Machine.objects.filter(licence=licence))
    return Panel("mining/register_panel.html", {"totals": totals}) if totals.machines else None
