"""Supervisory visits: announced, carried out, reported on by two hands, answered by the provider, closed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Event, User
from core.services import advance, notify, record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import SupervisoryVisit
from inspections.models.visits import VISITS
from law.inspections.codes import METHODS
from law.inspections.regimes import regime, regime_rule
from law.problems import Problem, _
from licensing.models import Licence
from licensing.services.numbers import next_in
from licensing.services.terms import officials, parties

LONGEST = 20_000


@transaction.atomic
def announce_visit(
    licence: Licence, *, planned_on: date, purpose: str, method: str = "site", actor: User, at: datetime
) -> SupervisoryVisit:
    """Announce a visit to a provider; it is told at once.

    Args:
        planned_on: its day; the law of that day decides who may visit and under which law.

    Raises:
        PermissionDenied: also for an official of another authority. TransitionRefused: Chapter 13 governs the subject
            on that day, or no law does; the day lies behind us; nothing is said of what it is about.
    """
    today = timezone.localdate(at)
    row = SupervisoryVisit(
        authority=licence.authority,
        organisation=licence.organisation,
        licence=licence,
        method=method,
        purpose=purpose.strip(),
        planned_on=planned_on,
        announced_by=actor,
        created_at=at,
    )
    require(actor, "inspections.supervise", row)
    problems = [*row.regime_faults(planned_on), *text_problems("purpose", row.purpose)]
    if method not in METHODS:
        problems.append(Problem("visit-method", _("There is no such way to do it."), field="method"))
    if planned_on < today:
        problems.append(Problem("visit-day-past", _("The day lies behind us."), field="planned_on"))
    if problems:
        raise TransitionRefused(problems)
    rule = regime_rule(licence.kind, planned_on)
    row.regime, row.ground = str(regime(licence.kind, planned_on)), rule.ground() if rule is not None else None
    row.reference = next_in(f"{VISITS}-{today.year}")
    row.save()
    grounds, facts = [rule] if rule is not None else [], {"regime": row.regime, "on": planned_on.isoformat()}
    record(row, "supervisoryvisit.announce", actor=actor, at=at, to_state=row.state, grounds=grounds, data=facts)
    tell(row, parties(row.organisation_id, today), at=at)
    return row


def text_problems(field: str, text: str) -> list[Problem]:
    """Words that must be there, and not too many."""
    if not text:
        return [Problem("visit-words", _("Say it in words."), field=field)]
    if len(text) > LONGEST:
        message = _("The text is longer than %(limit)s characters.")
        return [Problem("text-too-long", message, {"limit": LONGEST}, field=field)]
    return []


def worded(field: str, text: str) -> str:
    words = text.strip()
    if problems := text_problems(field, words):
        raise TransitionRefused(problems)
    return words


@transaction.atomic
def carry_out_visit(
    visit: SupervisoryVisit, *, carried_on: date, actor: User, at: datetime, version: int | None = None
) -> SupervisoryVisit:
    """Enter the day on which it was carried out; the law of that day is asked again.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the day is to come, or this authority may not visit that day.
    """
    facts = {"on": carried_on.isoformat()}
    return advance(visit, "carry_out", actor=actor, at=at, version=version, data=facts, carried_on=carried_on)


@transaction.atomic
def write_report(
    visit: SupervisoryVisit, *, report: str, actor: User, at: datetime, version: int | None = None
) -> SupervisoryVisit:
    """Write the report, or write it anew, until a head issues it. The provider does not see it yet.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it was not carried out, or is issued; no words.
    """
    row = locked(visit, version=version)
    require(actor, "inspections.supervise", row)
    if row.state != "carried_out":
        message = _("The report is written when the visit was carried out, until it is issued.")
        raise TransitionRefused([Problem("visit-not-carried-out", message)])
    row.report, row.written_by = worded("report", report), actor
    touch(row, fields=("report", "written_by"))
    record(row, "supervisoryvisit.write_report", actor=actor, at=at, audience="internal")
    return row


@transaction.atomic
def issue_report(visit: SupervisoryVisit, *, actor: User, at: datetime, version: int | None = None) -> SupervisoryVisit:
    """Issue the report: the provider reads it.

    Raises:
        PermissionDenied: also for whoever wrote it. StaleVersion; TransitionRefused: it is not written.
    """
    row = advance(visit, "issue_report", actor=actor, at=at, version=version, issued_by=actor, issued_at=at)
    tell(row, parties(row.organisation_id, timezone.localdate(at)), at=at)
    return row


@transaction.atomic
def answer_report(
    visit: SupervisoryVisit, *, reply: str, actor: User, at: datetime, version: int | None = None
) -> SupervisoryVisit:
    """The provider answers the report, once, while the visit is open.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no report is issued, it is closed or answered; no words.
    """
    row = locked(visit, version=version)
    require(actor, "inspections.answer_for_subject", row)
    if row.state != "reported" or row.replied_at is not None:
        message = _("A report is answered once, from its issue until the visit is closed.")
        raise TransitionRefused([Problem("visit-no-answer", message)])
    row.reply, row.replied_at = worded("reply", reply), at
    touch(row, fields=("reply", "replied_at"))
    event = record(row, "supervisoryvisit.answer", actor=actor, at=at)
    send(event, row, officials(row.authority_id), at=at)
    return row


@transaction.atomic
def close_visit(
    visit: SupervisoryVisit, *, conclusion: str, actor: User, at: datetime, version: int | None = None
) -> SupervisoryVisit:
    """Close it with what came of it; the provider is told.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: nothing is said, or no report is issued.
    """
    return end(visit, "close", conclusion, actor=actor, at=at, version=version)


@transaction.atomic
def drop_visit(
    visit: SupervisoryVisit, *, conclusion: str, actor: User, at: datetime, version: int | None = None
) -> SupervisoryVisit:
    """It does not take place, and why; the provider is told.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: nothing is said, or it was carried out.
    """
    return end(visit, "drop", conclusion, actor=actor, at=at, version=version)


def end(
    visit: SupervisoryVisit, step: str, conclusion: str, *, actor: User, at: datetime, version: int | None
) -> SupervisoryVisit:
    changes: dict[str, Any] = {"conclusion": conclusion.strip()[: LONGEST + 1], "closed_at": at}
    if len(changes["conclusion"]) > LONGEST:
        raise TransitionRefused(text_problems("conclusion", changes["conclusion"]))
    row = advance(visit, step, actor=actor, at=at, version=version, **changes)
    tell(row, parties(row.organisation_id, timezone.localdate(at)), at=at)
    return row


def tell(row: SupervisoryVisit, people: list[User], *, at: datetime) -> None:
    send(Event.objects.of(row).order_by("-seq")[0], row, people, at=at)


def send(event: Event, row: SupervisoryVisit, people: list[User], *, at: datetime) -> None:
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).label}
    notify(event, people, "record_moved", told, path=f"/{row.FOLDER}/{row.reference}/", at=at)
