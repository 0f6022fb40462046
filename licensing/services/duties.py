"""Duties that a kind declares for steps of its permits: started with the step, noted as done by an officer."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, User
from core.services import meet, owe, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import Licence
from licensing.workflow import LIVE

if TYPE_CHECKING:
    from core.models.base import SeenQuerySet


def kind_duties(licence: Licence) -> "SeenQuerySet[Obligation]":
    """The open duties of a licence that its kind declares."""
    codes = [duty.code for duty in licence.permit.duties]
    return Obligation.objects.of(licence).open().filter(code__in=codes)


@transaction.atomic
def note_duty(licence: Licence, *, duty: str, done_on: date, note: str, actor: User, at: datetime) -> Licence:
    """Note that a duty was done, and where this is known from. One that returns is owed again by its next day.

    Args:
        duty: code of an open duty that the kind declares.
        done_on: after it began, not in the future.

    Raises:
        PermissionDenied; TransitionRefused: no such duty is open, the day is out of order, or nothing is said.
    """
    held = locked(licence)
    require(actor, "licensing.note_duty", held)
    row = kind_duties(held).filter(code=duty).order_by("due_on", "id").first()
    problems = []
    if row is None:
        problems.append(Problem("duty-not-open", _("This duty is not open."), field="duty"))
    elif not timezone.localdate(row.created_at) <= done_on <= timezone.localdate(at):
        message = _("The day lies before the duty began or in the future.")
        problems.append(Problem("duty-day", message, field="done_on"))
    if not note.strip():
        problems.append(Problem("note-missing", _("Say why."), field="note"))
    if problems or row is None:
        raise TransitionRefused(problems)
    meet(held, duty, at=at)
    data = {"duty": duty, "due": str(row.due_on), "on": done_on.isoformat()}
    record(held, "licence.note_duty", actor=actor, at=at, reason=note.strip(), grounds=[row.ground], data=data)
    declared = next(one for one in held.permit.duties if one.code == duty)
    if declared.repeats and held.state in LIVE and row.due_on is not None:
        term = declared.due(held.kind, row.due_on)
        owe(held, {duty: term} if term else {}, debtor=row.debtor, at=at)
    return held
