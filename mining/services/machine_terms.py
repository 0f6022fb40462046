"""Applications about machines: the term to decide, and who hears that one waits."""

from datetime import date, datetime

from django.utils import timezone

from core.models import Event, Obligation, User
from core.services import advance, notify, owe
from core.workflow import HEAD, OFFICER
from law.licensing import Due
from law.problems import _
from law.provisions import NotInForce
from law.reporting import machines_due
from licensing.services.terms import officials, parties
from mining.models import MachineFiling
from mining.models.machines import TRANSFER

MACHINES_DECISION = "machines-decision"
DUTIES = {MACHINES_DECISION: _("Decide on machines in the register")}


def decision_dues(day: date) -> dict[str, Due]:
    """The term to decide an application that is complete on a day; none before the rule."""
    try:
        return {MACHINES_DECISION: machines_due(day)}
    except NotInForce:
        return {}


def owe_decision(filing: MachineFiling, dues: dict[str, Due], *, at: datetime) -> None:
    owe(filing, dues, debtor=Obligation.AUTHORITY, at=at)


def page_of(filing: MachineFiling) -> str:
    return f"/machine-filings/{filing.reference}/"


def tell_filed(filing: MachineFiling, event: Event, at: datetime) -> None:
    """The officers hear that something waits; of a transfer first the new owner is asked."""
    if filing.act == TRANSFER:
        put_to_new_owner(filing, actor=event.actor, at=at)
    else:
        tell_officers(filing, event, at)


def put_to_new_owner(filing: MachineFiling, *, actor: User, at: datetime) -> None:
    """Ask the new owner. No provision gives him a day: none is owed, and the term to decide begins when he agrees."""
    offered = advance(filing, "offer", actor=actor, at=at, data={"machines": filing.machines})
    if offered.to_owner_id is None:
        raise LookupError(f"transfer {offered.reference} names no new owner")
    people = parties(offered.to_owner_id, timezone.localdate(at))
    notify(newest(offered), people, "machines_offered", {"reference": offered.reference}, path=page_of(offered), at=at)


def tell_officers(filing: MachineFiling, event: Event, at: datetime) -> None:
    told = {"reference": filing.reference, "due": filing.due_on.isoformat() if filing.due_on else ""}
    people = [one for one in officials(filing.authority_id, OFFICER, HEAD) if one.pk != event.actor_id]
    notify(event, people, "machines_filed", told, path=page_of(filing), at=at)


def newest(filing: MachineFiling) -> Event:
    """What happened to it last."""
    return Event.objects.of(filing).order_by("-seq")[0]
