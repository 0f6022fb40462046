"""Incidents at providers: reported against a clock, reported in full by a day, followed to their closure."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, User
from core.services import advance, meet, notify, owe, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import Incident
from exchanges.models.incidents import SERIES
from exchanges.services.words import bounded, unsaid
from law.duties import INCIDENTS, incident_notice_due, incident_report_due
from law.problems import Problem, _
from law.provisions import NotInForce
from law.rails import CLIENT_KINDS
from licensing.models import Licence
from licensing.services.numbers import next_in
from licensing.services.terms import officials, parties

REPORT = "incident-report"
DUTIES = {REPORT: _("Report the incident in full")}


@transaction.atomic
def report_incident(
    licence: Licence,
    *,
    kind: str,
    noticed_at: datetime,
    summary: str,
    actor: User,
    at: datetime,
    persons: int | None = None,
    source: str = "",
) -> Incident:
    """A provider reports an incident; whether in time is counted from the day on which it was noticed.

    Args:
        source: where an official knows it from; nobody else names one.

    Raises:
        PermissionDenied; TransitionRefused: something is not stated, lies in the future, or has no term on that day.
    """
    licence, today = locked(licence), timezone.localdate(at)
    row = Incident(
        authority_id=licence.authority_id,
        organisation=licence.organisation,
        licence=licence,
        kind=kind,
        noticed_at=noticed_at,
        summary=summary.strip(),
        persons=persons,
        source=source.strip(),
        reported_by=actor,
        created_at=at,
    )
    require(actor, "exchanges.report_incident", row)
    problems = incident_problems(row, actor, at)
    if not problems:
        try:
            due = incident_notice_due(kind, timezone.localdate(noticed_at))
        except NotInForce as unknown:
            problems.append(unknown.problem)
    if problems:
        raise TransitionRefused(problems)
    row.due_on, row.late = due.due_on, today > due.due_on
    row.arithmetic, row.ground = [line.as_dict() for line in due.arithmetic], due.provision.ground()
    row.reference = next_in(f"{SERIES}-{today.year}")
    row.save()
    facts = {"kind": kind, "late": row.late, "due": due.due_on.isoformat()}
    event = record(row, "incident.report", actor=actor, at=at, to_state=row.state, grounds=[due.provision], data=facts)
    owe(row, {REPORT: incident_report_due(today)}, debtor=Obligation.ORGANISATION, at=at)
    tell(event, row, officials(row.authority_id), at=at)
    return row


def incident_problems(row: Incident, actor: User, at: datetime) -> list[Problem]:
    """What is not stated, too long, or out of order."""
    problems = unsaid("summary", _("what happened, in short"), row.summary, 300)
    if row.kind not in INCIDENTS:
        problems.append(Problem("incident-kind", _("There is no such kind of incident."), field="kind"))
    if row.licence.kind not in CLIENT_KINDS:
        message = _("Such a permit is not one of a provider of services with digital assets.")
        problems.append(Problem("incident-licence", message, field="licence"))
    if row.noticed_at > at:
        problems.append(Problem("incident-moment", _("The moment is still to come."), field="noticed_at"))
    if actor.is_official:
        problems += unsaid("source", _("where this is known from"), row.source, 300)
    elif row.source:
        problems.append(Problem("incident-source", _("Only an official names a source."), field="source"))
    return problems


def tell(event: Event, row: Incident, people: list[User], *, at: datetime) -> None:
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).label}
    notify(event, people, "record_moved", told, path=f"/incidents/{row.reference}/", at=at)


@transaction.atomic
def describe_incident(
    incident: Incident, *, description: str, measures: str, actor: User, at: datetime, version: int | None = None
) -> Incident:
    """Report it in full; the term is met.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: something is not said, or too long.
    """
    given: dict[str, Any] = {
        "description": bounded("description", description),
        "measures": bounded("measures", measures),
        "described_at": at,
    }
    row = advance(incident, "describe", actor=actor, at=at, version=version, **given)
    meet(row, REPORT, at=at)
    tell(Event.objects.of(row).order_by("-seq")[0], row, officials(row.authority_id), at=at)
    return row


@transaction.atomic
def send_back_incident(
    incident: Incident, *, remark: str, actor: User, at: datetime, version: int | None = None
) -> Incident:
    """Ask for more; another full report is owed from today.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing is said, or too much.
    """
    today = timezone.localdate(at)
    row = advance(incident, "send_back", actor=actor, at=at, version=version, remark=bounded("remark", remark))
    owe(row, {REPORT: incident_report_due(today)}, debtor=Obligation.ORGANISATION, at=at)
    tell(Event.objects.of(row).order_by("-seq")[0], row, parties(row.organisation_id, today), at=at)
    return row


@transaction.atomic
def close_incident(
    incident: Incident, *, outcome: str, actor: User, at: datetime, version: int | None = None
) -> Incident:
    """Close it with what came of it.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing is said, or too much.
    """
    closed: dict[str, Any] = {"outcome": bounded("outcome", outcome), "closed_by": actor, "closed_at": at}
    row = advance(incident, "close", actor=actor, at=at, version=version, **closed)
    people = parties(row.organisation_id, timezone.localdate(at))
    tell(Event.objects.of(row).order_by("-seq")[0], row, people, at=at)
    return row


def told_of_term(obligation: Obligation, role: str, on: Any) -> tuple[list[User], str]:
    """Who hears of a term of an incident in a role."""
    people = parties(obligation.organisation_id, on) if role == "" else officials(obligation.authority_id, role)
    return people, f"/incidents/{obligation.reference}/"
