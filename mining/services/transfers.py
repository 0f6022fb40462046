"""Machines pass to another owner with his consent: his own, or that of a paper of both which an officer records."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Organisation, User
from core.services import advance, notify
from licensing.services.terms import parties
from mining.models import MachineFiling
from mining.services.machine_terms import decision_dues, newest, owe_decision, page_of, tell_officers
from mining.services.machines import let_go


@transaction.atomic
def confirm_transfer(filing: MachineFiling, *, actor: User, at: datetime, version: int | None = None) -> MachineFiling:
    """The new owner takes the machines over; the authority decides from today on.

    Raises:
        PermissionDenied: he does not act for the new owner. StaleVersion, TransitionRefused.
    """
    return agreed(filing, "confirm", actor=actor, at=at, version=version, behalf=filing.to_owner)


@transaction.atomic
def record_consent(
    filing: MachineFiling, *, paper: str, actor: User, at: datetime, version: int | None = None
) -> MachineFiling:
    """An officer records the paper by which both owners agree; he does not decide on it afterwards.

    Args:
        paper: its kind, number and day, and who signed it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no paper is named, or nobody waits for the new owner.
    """
    return agreed(filing, "record_consent", actor=actor, at=at, version=version, paper=paper)


def agreed(
    filing: MachineFiling,
    step: str,
    *,
    actor: User,
    at: datetime,
    version: int | None,
    paper: str = "",
    behalf: Organisation | None = None,
) -> MachineFiling:
    """The application goes on: its term begins, the officers and the other side hear of it."""
    day = timezone.localdate(at)
    dues = decision_dues(day)
    due_on = next((due.due_on for due in dues.values()), None)
    consent: dict[str, Any] = {
        "consented_by": actor,
        "consented_on": day,
        "consent_paper": paper.strip(),
        "due_on": due_on,
    }
    moved = advance(filing, step, actor=actor, at=at, version=version, on_behalf_of=behalf, **consent)
    owe_decision(moved, dues, at=at)
    event = newest(moved)
    tell_officers(moved, event, at)
    people = parties(moved.organisation_id, day)
    if paper and moved.to_owner_id:
        people += parties(moved.to_owner_id, day)
    told = {"reference": moved.reference, "paper": bool(paper)}
    notify(event, people, "machines_agreed", told, path=page_of(moved), at=at)
    return moved


@transaction.atomic
def decline_transfer(
    filing: MachineFiling, *, reason: str = "", actor: User, at: datetime, version: int | None = None
) -> MachineFiling:
    """The new owner does not want the machines: the application ends, the register stays as it is.

    Raises:
        PermissionDenied: he does not act for the new owner. StaleVersion, TransitionRefused.
    """
    moved = advance(
        filing, "decline", actor=actor, at=at, version=version, reason=reason.strip(), on_behalf_of=filing.to_owner
    )
    day = timezone.localdate(at)
    let_go(moved, moved.reference, day, at)
    told = {"reference": moved.reference}
    notify(newest(moved), parties(moved.organisation_id, day), "machines_declined", told, path=page_of(moved), at=at)
    return moved
