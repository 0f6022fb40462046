"""From the notice to the start: served, signed, registered, handed over; planned anew or dropped."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Event, User
from core.models.base import INTERNAL, PARTY
from core.services import Upload, advance, end_duties, notify, record, require, store_document, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import Inspection, InspectionItem
from inspections.models.inspections import MEANS, RECEIPTS
from inspections.services import papers
from inspections.services.terms import keep_terms
from law.inspections import blockers_at
from law.inspections.requirements import may_ask
from law.problems import Problem, _
from licensing.services.letters import open_letters
from licensing.services.numbers import next_in
from licensing.services.terms import officials, parties

PROOF = "notice_proof"  # kind of the papers that prove the delivery of the notice
ACTS = "IA"  # acts of appointment: IA-2026-00001


def tell_subject(event: Event, row: Inspection, *, at: datetime) -> None:
    """Everybody who acts for the subject hears of it, in the inbox and by mail."""
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).applicant_label}
    people = parties(row.organisation_id, timezone.localdate(at))
    notify(event, people, "record_moved", told, path=f"/account/inspections/{row.reference}/", at=at)


def tell_team(event: Event, row: Inspection, *, at: datetime) -> None:
    """The team, and the heads of the authority."""
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).label}
    people = {one.person for one in row.team.standing().select_related("person")} | set(
        officials(row.authority_id, "head")
    )
    notify(event, people, "record_moved", told, path=f"/inspections/{row.reference}/", at=at)


def last_event(row: Inspection) -> Event:
    return Event.objects.of(row).order_by("-seq")[0]


def choice_faults(field: str, value: str, known: Any) -> list[Problem]:
    return [] if value in known else [Problem(f"{field}-unknown", _("Choose one of the list."), field=field)]


@transaction.atomic
def serve_notice(
    inspection: Inspection,
    *,
    means: str,
    actor: User,
    at: datetime,
    noticed_at: datetime | None = None,
    proof: Iterable[Upload] = (),
    version: int | None = None,
) -> Inspection:
    """Enter that the notice was delivered; in the account of the subject it is delivered now.

    Args:
        noticed_at: the moment of the delivery; not to come.
        proof: files that prove it, such as a receipt.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the draft lacks something, or B1 to B26 stand against it.
    """
    moment = at if means == "account" or noticed_at is None else noticed_at
    problems = choice_faults("means", means, MEANS)
    if moment > at:
        problems.append(Problem("notice-moment", _("The moment is still to come."), field="noticed_at"))
    problems += older_notice(inspection, moment)
    if problems:
        raise TransitionRefused(problems)
    fields: dict[str, Any] = {"noticed_at": moment, "notice_means": means, "told_at": at}
    row = advance(inspection, "serve_notice", actor=actor, at=at, version=version, data={"means": means}, **fields)
    tell_subject(last_event(row), row, at=at)
    for upload in proof:
        store_document(row, upload, kind=PROOF, actor=actor, at=at, audience=INTERNAL, verb="inspection.keep_proof")
    papers.write(row, papers.NOTICE, actor=actor, at=at)
    keep_terms(row, at=at)
    return row


def older_notice(row: Inspection, moment: datetime) -> list[Problem]:
    """A notice names the start of this draft: it is not older than the draft, or than its planning anew."""
    planned = Event.objects.of(row).filter(verb="inspection.replan").order_by("-seq").values_list("at", flat=True)
    since = (planned.first() or row.created_at).replace(second=0, microsecond=0)  # forms give minutes
    if moment >= since:
        return []
    message = _("The draft of this start was made on %(day)s: a notice delivered before told of another one.")
    return [Problem("notice-older", message, {"day": timezone.localdate(since)}, field="noticed_at")]


@transaction.atomic
def appoint(inspection: Inspection, *, actor: User, at: datetime, version: int | None = None) -> Inspection:
    """A head who had no hand in the draft signs the act of appointment.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: something is missing, or B1 to B26 stand against it.
    """
    locked(inspection)
    fields: dict[str, Any] = {
        "act_number": next_in(f"{ACTS}-{timezone.localdate(at).year}"),
        "act_signed_by": actor,
        "act_signed_at": at,
    }
    audience = PARTY if inspection.told_at else INTERNAL
    row = advance(inspection, "appoint", actor=actor, at=at, version=version, audience=audience, **fields)
    tell_team(last_event(row), row, at=at)
    papers.write(row, papers.APPOINTMENT, actor=actor, at=at)
    keep_terms(row, at=at)
    return row


@transaction.atomic
def register_act(
    inspection: Inspection, *, number: str, registered_on: Any, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Enter the registration of the act with legal statistics, by its receipt; in urgent and remote cases also while
    the inspection is under way, as long as it is in time.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no number, a day that cannot be, too late, or registered.
    """
    row, today = locked(inspection, version=version), timezone.localdate(at)
    problems = []
    if not number.strip() or len(number.strip()) > 60:
        problems.append(Problem("registration-number", _("Give the number of the registration."), field="number"))
    signed = timezone.localdate(row.act_signed_at) if row.act_signed_at else today
    if not signed <= registered_on <= today:
        message = _("The day lies between the signature of the act and today.")
        problems.append(Problem("registration-day", message, field="registered_on"))
    if problems:
        raise TransitionRefused(problems)
    fields: dict[str, Any] = {"registration_number": number.strip(), "registered_on": registered_on}
    if row.state != "running":
        audience = PARTY if row.told_at else INTERNAL
        row = advance(row, "register", actor=actor, at=at, version=version, audience=audience, **fields)
        keep_terms(row, at=at)
        return row
    require(actor, "inspections.prepare", row)
    if row.registered_on is not None:
        raise TransitionRefused([Problem("registered-before", _("The act is registered already."))])
    for field, value in fields.items():
        setattr(row, field, value)
    if problems := [one for one in blockers_at("register", row.plan(today), today) if one.code == "B8"]:
        raise TransitionRefused(problems)
    touch(row, fields=fields)
    record(row, "inspection.register", actor=actor, at=at, data={"late": True})
    keep_terms(row, at=at)
    return row


@transaction.atomic
def start_inspection(
    inspection: Inspection, *, receipt: str, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Hand over act and checklist: the inspection begins. A refusal to take the act is recorded and stops nothing.

    Its items are those of the checklist in force on this day.

    Raises:
        PermissionDenied: not on the team. StaleVersion; TransitionRefused: B1 to B26, another day than was told, or
        outside working time without an urgent case.
    """
    if problems := choice_faults("receipt", receipt, RECEIPTS):
        raise TransitionRefused(problems)
    if problems := inspection.join_faults(actor, timezone.localdate(at)):
        raise TransitionRefused(problems)
    fields: dict[str, Any] = {"started_at": at, "receipt": receipt, "told_at": inspection.told_at or at}
    row = advance(inspection, "start", actor=actor, at=at, version=version, data={"receipt": receipt}, **fields)
    keep_items(row, at)
    keep_terms(row, at=at)
    open_letters(row, at=at)
    event = last_event(row)
    tell_subject(event, row, at=at)
    tell_team(event, row, at=at)
    return row


def keep_items(row: Inspection, at: datetime) -> None:
    """The items of the checklist as they stand on the day of the start."""
    today = timezone.localdate(at)
    if row.checklist is None:
        return
    asked = [one for one in row.checklist.requirements.select_related("act") if may_ask(one.as_law(), today)]
    same = ("place", "code", "text_kk", "text_ru", "text_en", "severity", "article")
    InspectionItem.objects.bulk_create(
        InspectionItem(inspection=row, **{field: getattr(one, field) for field in same}) for one in asked
    )


@transaction.atomic
def replan_inspection(
    inspection: Inspection, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Give up the start: notice, act and registration no longer count, and it is a draft again.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no reason, or it has begun.
    """
    row = locked(inspection, version=version)
    told = row.told_at is not None
    cleared: dict[str, Any] = {
        "noticed_at": None,
        "notice_means": "",
        "act_number": "",
        "act_signed_by": None,
        "act_signed_at": None,
        "registration_number": "",
        "registered_on": None,
        "ending": reason.strip(),
        "replanned": row.replanned + 1,
    }
    audience = PARTY if told else INTERNAL
    row = advance(row, "replan", actor=actor, at=at, reason=reason, version=version, audience=audience, **cleared)
    keep_terms(row, at=at)
    if told:
        tell_subject(last_event(row), row, at=at)
    return row


@transaction.atomic
def drop_inspection(
    inspection: Inspection, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """It does not take place; who knew of it is told.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no reason, or it has begun.
    """
    fields: dict[str, Any] = {"ending": reason.strip(), "closed_at": at}
    audience = PARTY if inspection.told_at else INTERNAL
    row = advance(inspection, "drop", actor=actor, at=at, reason=reason, version=version, audience=audience, **fields)
    end_duties(row, at=at)
    if row.told_at is not None:
        tell_subject(last_event(row), row, at=at)
    return row
