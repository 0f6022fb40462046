"""After an order to cure: whether it was reported, the request to a subject that is silent, what a head finds of it.

A failure is counted for each term that passes: the term to cure without a report, the day of the request without an
answer, and a report of a cure that was none.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, Pause, User
from core.models.base import INTERNAL, PARTY
from core.services import advance, end_duties, meet, owe, record, require, touch
from core.services.acts import locked
from core.services.duties import fresh_subject
from core.workflow import TransitionRefused
from inspections.models import Inspection
from inspections.services.opening import last_event, tell_subject, tell_team
from inspections.services.result_papers import reminder_facts
from inspections.services.results import CURE, LONGEST
from law.inspections.results import answer_due, reminder_by
from law.problems import Line, Problem, _
from law.provisions import provision
from licensing.services.letters import write_letter
from licensing.services.terms import officials, parties

REMIND = "inspection-reminder"  # owed by the authority
ANSWER = "inspection-cure-answer"  # owed by the subject
DUTIES = {
    CURE: _("Cure the breaches of the inspection and report it"),
    REMIND: _("Ask the subject that did not report the cure"),
    ANSWER: _("Answer the request about the cure"),
}


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of these duties: whoever acts for the subject, or officials in the role."""
    if role == "":
        return parties(obligation.organisation_id, on), f"/account/inspections/{obligation.reference}/"
    return officials(obligation.authority_id, role), f"/inspections/{obligation.reference}/"


def cure_reported(row: Inspection) -> bool:
    """Whether the subject reported the cure: with its report the duty is met."""
    return Obligation.objects.of(row).filter(code__in=(CURE, ANSWER), met_at__isnull=False).exists()


def note_cure_report(row: Inspection, *, at: datetime) -> None:
    """Called in the act in which the subject reports the cure: nothing is owed any longer by it, or asked of it."""
    meet(row, CURE, ANSWER, at=at)
    end_duties(row, at=at, codes=[REMIND])


def move_cure_day(row: Inspection, cure_by: date, *, reason: str, actor: User, at: datetime) -> None:
    """Called in the act that prolongs the term to cure, on a locked row: what is owed by the old day moves to the new.

    Where the old day passed while the request waited, that was no failure, and nothing is asked of the subject.
    """
    old, rule = row.cure_by, provision("EK-CURE-REQ", timezone.localdate(row.result_handed_at))
    duty = Obligation.objects.of(row).open().filter(code=CURE).first()
    fields = ["cure_by"]
    row.cure_by = cure_by
    if duty is not None and old is not None:
        extension: dict[str, Any] = {"kind": "extension", "from_on": old, "to_on": cure_by}
        extension |= {"days": (cure_by - old).days, "reason": reason, "ground": rule.ground()}
        Pause.objects.create(obligation=duty, made_by=actor, made_at=at, **extension)
        told = Line(_("Prolonged from %(old)s to %(new)s: %(reason)s"), old=old, new=cure_by, reason=reason)
        duty.due_on, duty.arithmetic = cure_by, [*duty.arithmetic, told.as_dict()]
        if duty.overdue_at is not None:
            duty.overdue_at, row.missed = None, max(row.missed - 1, 0)
            fields.append("missed")
            end_duties(row, at=at, codes=[REMIND])
        duty.save(update_fields=["due_on", "arithmetic", "overdue_at"])
    touch(row, fields=fields)
    data = {"from": str(old), "to": cure_by.isoformat(), "request": reason}
    record(row, "inspection.prolong_cure", actor=actor, at=at, grounds=[rule], data=data)


def term_to_cure_passed(obligation: Obligation, event: Event) -> None:
    """The term passed without a report: a failure, and the authority owes the request."""
    row = fresh_subject(obligation)
    if row.state != "curing" or obligation.due_on is None:
        return
    row.missed += 1
    touch(row, fields=["missed"])
    owe(
        row,
        {REMIND: reminder_by(obligation.due_on or timezone.localdate(event.at))},
        debtor=Obligation.AUTHORITY,
        at=event.at,
        audience=INTERNAL,
    )
    tell_team(event, row, at=event.at)


def answer_missing(obligation: Obligation, event: Event) -> None:
    """The request was not answered: another failure."""
    row = fresh_subject(obligation)
    if row.state != "curing":
        return
    row.missed += 1
    touch(row, fields=["missed"])
    tell_team(event, row, at=event.at)


FOLLOWS = {CURE: term_to_cure_passed, ANSWER: answer_missing}


@transaction.atomic
def send_reminder(
    inspection: Inspection, *, answer_by: date, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Ask a subject that did not report the cure by its day; it names the day of the answer.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing is to be asked, it was asked, or the day is today or
            before.
    """
    row, today = locked(inspection, version=version), timezone.localdate(at)
    require(actor, "inspections.prepare", row)
    problems = reminder_faults(row, today)
    if answer_by <= today:
        problems.append(Problem("answer-day", _("The day to answer is still to come."), field="answer_by"))
    if problems:
        raise TransitionRefused(problems)
    row.reminded_at, row.answer_by = at, answer_by
    touch(row, fields=["reminded_at", "answer_by"])
    meet(row, REMIND, at=at)
    owe(row, {ANSWER: answer_due(today, answer_by)}, debtor=Obligation.ORGANISATION, at=at)
    event = record(row, "inspection.send_reminder", actor=actor, at=at, audience=PARTY, data={"by": str(answer_by)})
    write_letter(row, "cure_reminder", at=at, signed_by=actor, **reminder_facts(row, at))
    tell_subject(event, row, at=at)
    return row


def reminder_faults(row: Inspection, today: date) -> list[Problem]:
    """Asked is only who owes a cure, is late with it, did not report it, and was not asked before."""
    if row.state != "curing" or row.cure_by is None:
        return [Problem("reminder-none", _("There is no order whose cure is waited for."))]
    if row.cure_by >= today:
        message = _("The term to cure runs to %(day)s.")
        return [Problem("cure-running", message, {"day": row.cure_by}, field="cure_by")]
    if row.reminded_at is not None:
        return [Problem("reminded-before", _("The subject was asked before."))]
    if cure_reported(row):
        return [Problem("cure-reported", _("The subject reported the cure."))]
    return []


@transaction.atomic
def accept_cure(
    inspection: Inspection, *, closing: str, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """A head who was not on site finds the cure good: it is closed, and nothing is owed.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing is written.
    """
    row = judged(inspection, "accept_cure", closing, actor=actor, at=at, version=version)
    meet(row, CURE, ANSWER, at=at)
    end_duties(row, at=at)
    return row


@transaction.atomic
def find_uncured(
    inspection: Inspection, *, closing: str, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """A head finds that it was not cured in time. A report of a cure that was none is a failure of its own.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing is written, or the term to cure runs.
    """
    held = locked(inspection)
    missed = held.missed + (1 if cure_reported(held) else 0)
    row = judged(held, "find_uncured", closing, actor=actor, at=at, version=version, missed=missed)
    end_duties(row, at=at)
    return row


def judged(
    inspection: Inspection,
    step: str,
    closing: str,
    *,
    actor: User,
    at: datetime,
    version: int | None,
    **changes: Any,
) -> Inspection:
    if len(closing) > LONGEST:
        message = _("At most %(most)s characters.")
        raise TransitionRefused([Problem("too-long", message, {"most": LONGEST}, field="closing")])
    fields: dict[str, Any] = {"closing": closing.strip(), "closed_at": at, **changes}
    row = advance(inspection, step, actor=actor, at=at, version=version, **fields)
    event = last_event(row)
    tell_subject(event, row, at=at)
    tell_team(event, row, at=at)
    return row
