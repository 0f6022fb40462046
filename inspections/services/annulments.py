"""Applications to annul an inspection: filed, decided or left to lapse; and what annulment does to what rests on it.

No decision in ten working days is a decision in favour of the subject (156(1)): the sweep records it on the day on
which the term ended, a head without a hand in the inspection confirms its effect the same working day.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, User
from core.models.base import INTERNAL
from core.services import Upload, advance, end_duties, meet, notify, owe, record
from core.services.acts import locked
from core.workflow import HEAD
from inspections.models import Annulment, Filing, Inspection, Subject
from inspections.models.answers import ANNULMENTS
from inspections.services import opening
from inspections.services.answers import held, hold, refuse
from inspections.services.filed import (
    appeal_of,
    claim,
    facts_of,
    in_states,
    keep_files,
    last_event,
    said,
    send_receipt,
    tell_officials,
    tell_subject,
    write_down,
)
from inspections.workflow import INSPECTION
from law.calendar import next_working_day
from law.inspections import Kind
from law.inspections.claims import breach, breaches_known
from law.inspections.results import annulment_by, annulment_silence
from law.licensing import Due
from law.problems import Line, Problem, _
from law.provisions import Provision, provision
from licensing.services.letters import write_letter
from licensing.services.terms import officials, parties

DECISION, CONFIRMATION = "annulment-decision", "annulment-confirmation"
DUTIES = {
    DECISION: _("Decide on the application to annul the inspection"),
    CONFIRMATION: _("Confirm that silence annulled the inspection"),
}
#: In which states there is something to annul.
ANNULLABLE = INSPECTION["annul"].sources
#: By the state of an inspection the step whose blockers count: what had to be lawful so far.
STEPS = {"noticed": "notify", "appointed": "appoint", "registered": "register", "running": "work"}


def told_of_term(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of a term of an application in a role."""
    people = parties(obligation.organisation_id, on) if role == "" else officials(obligation.authority_id, role)
    return people, f"/{Annulment.FOLDER}/{obligation.reference}/"


def breaches_of(row: Inspection, on: date) -> dict[str, list[Problem]]:
    """For each gross breach of Art. 156(2) what the stored facts say for it on a day."""
    known = breaches_known(row.plan(on), on, STEPS.get(row.state, "order"))
    return {code: list(found) for code, found in known.items()}


def application_faults(row: Inspection, named: list[str], known: Mapping[str, Any], text: str) -> list[Problem]:
    """Everything that stands against an application."""
    problems = in_states(row, ANNULLABLE, _("There is nothing to annul."))
    problems += said("text", text)
    if not named:
        problems.append(Problem("breaches-missing", _("Name the gross breaches."), field="breaches"))
    if [code for code in named if code not in known]:
        message = _("The Code names no such gross breach.")
        problems.append(Problem("breach-unknown", message, field="breaches"))
    if row.annulments.filter(state__in=["filed", "lapsed"]).exists():
        problems.append(Problem("annulment-open", _("An application to annul this inspection is open.")))
    return problems


@transaction.atomic
def file_annulment(
    inspection: Inspection,
    *,
    breaches: Iterable[str],
    text: str,
    actor: User,
    at: datetime,
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Annulment:
    """The subject applies to annul an inspection for gross breaches; the term to decide runs from today.

    Args:
        breaches: codes of `law.inspections.grounds.GROSS_BREACHES`.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing to annul, no breach named, one open.
    """
    row, today = held(inspection, actor, version), timezone.localdate(at)
    named, known = list(dict.fromkeys(breaches)), breaches_of(row, today)
    refuse(application_faults(row, named, known, text))
    due = annulment_by(today)
    claims = [claim(breach(code), known[code]) for code in named]
    application = Annulment(
        inspection=row,
        authority_id=row.authority_id,
        organisation=row.organisation,
        text=text.strip(),
        claims=claims,
        filed_by=actor,
        filed_on=today,
        due_on=due.due_on,
        created_at=at,
    )
    write_down(application, ANNULMENTS, {"text": text.strip(), "breaches": sorted(named)}, at=at)
    keep_files(application, files, actor=actor, at=at)
    data = {"inspection": row.reference, "breaches": named}
    event = record(
        application, "annulment.file", actor=actor, at=at, to_state="filed", grounds=[due.provision], data=data
    )
    owe(application, {DECISION: due}, debtor=Obligation.AUTHORITY, at=at)
    send_receipt(application, {DECISION: due}, at=at)
    tell_officials(event, application, at=at)
    return application


@transaction.atomic
def grant_annulment(
    annulment: Annulment, *, answer: str, actor: User, at: datetime, version: int | None = None
) -> Annulment:
    """A head without a hand in the inspection grants the application: the inspection is annulled.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no reasons, or it is decided.
    """
    inspection = hold(annulment)
    row, rule = decide(annulment, "grant", answer, actor=actor, at=at, version=version)
    annul_inspection(inspection, reason=answer.strip(), actor=actor, at=at)
    tell_decision(row, "annulment_decision", [rule, provision("EK-INVAL", row.filed_on)], actor=actor, at=at)
    return row


@transaction.atomic
def refuse_annulment(
    annulment: Annulment, *, answer: str, actor: User, at: datetime, version: int | None = None
) -> Annulment:
    """A head without a hand in the inspection refuses the application in its term.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no reasons, the term is over, or it is decided.
    """
    hold(annulment)
    row, rule = decide(annulment, "refuse", answer, actor=actor, at=at, version=version)
    tell_decision(row, "annulment_decision", [rule], actor=actor, at=at)
    return row


def decide(
    annulment: Annulment, outcome: str, answer: str, *, actor: User, at: datetime, version: int | None
) -> tuple[Annulment, Provision]:
    refuse(said("answer", answer, needed=False))
    fields: dict[str, Any] = {"answer": answer.strip(), "answered_by": actor, "answered_at": at}
    rule = provision("EK-INVAL-APP", annulment.filed_on)
    row = advance(
        annulment, outcome, actor=actor, at=at, version=version, reason=answer.strip(), grounds=[rule], **fields
    )
    meet(row, DECISION, at=at)
    return row, rule


def note_silence(obligation: Obligation, event: Event) -> None:
    """The term ended without a decision. Called by the sweep, which holds the lock of the application."""
    row = Annulment.objects.filter(pk=obligation.subject_id, state="filed").first()
    if row is not None and obligation.due_on is not None:
        lapse(row, obligation.due_on, event)


def lapse(annulment: Annulment, day: date, event: Event) -> Annulment:
    """Decided for the subject on the day on which the term ended; the confirmation is owed the same working day."""
    rule, today = annulment_silence(annulment.filed_on), timezone.localdate(event.at)
    row = advance(
        annulment,
        "lapse",
        actor=event.actor,
        at=event.at,
        grounds=[rule],
        data={"on": day.isoformat()},
        lapsed_on=day,
    )
    end_duties(row, at=event.at)
    same_day = next_working_day(today)
    lines = (
        Line(_("The term of the decision ended on %(day)s without an answer"), day=day),
        Line(_("Found on %(found)s; a head confirms it the same working day: %(due)s"), found=today, due=same_day),
    )
    owed = Due("", CONFIRMATION, day, same_day, lines, rule)
    owe(row, {CONFIRMATION: owed}, debtor=Obligation.AUTHORITY, at=event.at)
    said_event = last_event(row)
    tell_officials(said_event, row, at=event.at)
    tell_subject(said_event, row, at=event.at)
    return row


@transaction.atomic
def confirm_annulment(annulment: Annulment, *, actor: User, at: datetime, version: int | None = None) -> Annulment:
    """A head without a hand in the inspection confirms what silence decided: the inspection is annulled.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no silence has fallen.
    """
    inspection = hold(annulment)
    rule = annulment_silence(annulment.filed_on)
    fields: dict[str, Any] = {"answered_by": actor, "answered_at": at}
    row = advance(annulment, "confirm", actor=actor, at=at, version=version, grounds=[rule], **fields)
    meet(row, CONFIRMATION, at=at)
    annul_inspection(inspection, reason=row.reference, actor=actor, at=at)
    tell_decision(row, "annulment_silence", [rule, provision("EK-INVAL", row.filed_on)], actor=actor, at=at)
    return row


def tell_decision(row: Annulment, kind: str, grounds: list[Provision], *, actor: User, at: datetime) -> None:
    appeal = appeal_of(row, at)
    more = {"facts": facts_of(row, appeal, lapsed_on=row.lapsed_on)}
    cited = [*(one.ground() for one in grounds), *(one.ground for one in appeal)]
    write_letter(row, kind, at=at, text=row.answer, signed_by=actor, grounds=cited, more=more)
    event = last_event(row)
    tell_subject(event, row, at=at)
    tell_officials(event, row, at=at)


@transaction.atomic
def withdraw_annulment(annulment: Annulment, *, actor: User, at: datetime, version: int | None = None) -> Annulment:
    """The subject takes its application back before it is decided.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: it is decided, or silence has decided.
    """
    hold(annulment)
    row = advance(annulment, "withdraw", actor=actor, at=at, version=version)
    end_duties(row, at=at)
    tell_officials(last_event(row), row, at=at)
    return row


@transaction.atomic
def annul_inspection(
    inspection: Inspection, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Annul an inspection: its result and order are no evidence, and nothing rests on them any more.

    What was owed by it ends; requests about it fall away; who follows it up, and who acts on its licence, is told.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no reason, or there is nothing to annul.
    """
    row = locked(inspection, version=version)
    if row.state not in ANNULLABLE:  # dropped or annulled since the application came
        return row
    rule = provision("EK-INVAL", timezone.localdate(at))
    fields: dict[str, Any] = {"ending": reason.strip(), "closed_at": row.closed_at or at}
    done = advance(row, "annul", actor=actor, at=at, reason=reason, grounds=[rule], **fields)
    end_duties(done, at=at)
    for request in Filing.objects.filter(inspection=done, kind="prolong", state="filed"):
        fallen = advance(request, "fall_away", actor=actor, at=at)
        end_duties(fallen, at=at)
    event = opening.last_event(done)
    opening.tell_subject(event, done, at=at)
    opening.tell_team(event, done, at=at)
    forget_frequency(done)
    tell_who_follows(done, event, at=at)
    tell_measure(done, actor=actor, at=at)
    return done


def forget_frequency(inspection: Inspection) -> None:
    """An annulled inspection is no earlier one: the frequency of its subject counts from the one before."""
    if inspection.kind != Kind.COMPLIANCE or inspection.result_handed_on is None:
        return
    others = Inspection.objects.filter(subject=inspection.subject_id, kind=Kind.COMPLIANCE)
    before = others.filter(result_handed_at__isnull=False).exclude(state="annulled").order_by("-result_handed_at")
    last = before.first()
    counted = Subject.objects.filter(pk=inspection.subject_id, last_ended_on=inspection.result_handed_on)
    counted.update(last_ended_on=last.result_handed_on if last else None)


def tell_who_follows(inspection: Inspection, event: Event, *, at: datetime) -> None:
    """Whoever checks the annulled order."""
    told = {"reference": inspection.reference, "state": inspection.WORKFLOW.state(inspection.state).label}
    for follower in inspection.followed_by.under_way():
        people = [one.person for one in follower.team.standing().select_related("person")]
        notify(event, people, "record_moved", told, path=f"/inspections/{follower.reference}/", at=at)


def tell_measure(inspection: Inspection, *, actor: User, at: datetime) -> None:
    """A measure against the licence for breaches that this inspection found has lost its ground: its file says so, and
    the heads end it or let it fall."""
    measure = inspection.measure
    if measure is None or measure.state in ("dropped", "dismissed"):
        return
    data = {"inspection": inspection.reference}
    event = record(measure, "measure.lose_ground", actor=actor, at=at, audience=INTERNAL, data=data)
    told = {"reference": measure.reference, "state": _("Its inspection is annulled")}
    people = officials(measure.authority_id, HEAD)
    notify(event, people, "record_moved", told, path=f"/{measure.FOLDER}/{measure.reference}/", at=at)


FOLLOWS = {DECISION: note_silence}
