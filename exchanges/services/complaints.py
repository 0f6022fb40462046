"""Complaints of consumers: filed by anybody, put to the provider, answered by a day, closed by the authority."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, User
from core.models.base import INTERNAL, PARTY
from core.services import advance, meet, notify, owe, record
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import Complaint
from exchanges.models.complaints import SERIES, hash_of
from exchanges.services.words import bounded, unsaid
from law.duties import complaint_answer_due, complaint_forward_due
from law.problems import Problem, _
from law.provisions import NotInForce
from law.rails import CLIENT_KINDS
from licensing.models import Licence
from licensing.services.licences import verification_code
from licensing.services.numbers import next_in
from licensing.services.terms import officials, parties

FORWARD, ANSWER = "complaint-forward", "complaint-answer"
DUTIES = {FORWARD: _("Put the complaint to the provider, or decline it"), ANSWER: _("Answer the complaint")}
OPEN_LIMIT = 200  # unread complaints against one licence


@transaction.atomic
def file_complaint(
    licence: Licence,
    *,
    name: str,
    contact: str,
    text: str,
    shared: bool,
    key: UUID,
    at: datetime,
    filed_by: User | None = None,
) -> tuple[Complaint, str]:
    """A person complains of a provider, with or without an account. Returns the complaint and its code, told once.

    Args:
        shared: name and contact may go to the provider.
        key: of the form; the same form sent twice is one complaint.

    Raises:
        TransitionRefused: something is not stated or too long, the licence is no provider's, or it is filed already.
    """
    licence, today, code = locked(licence), timezone.localdate(at), verification_code()
    row = Complaint(
        code_hash=hash_of(code),
        key=key,
        authority_id=licence.authority_id,
        organisation=licence.organisation,
        licence=licence,
        filed_by=filed_by,
        name=name.strip(),
        contact=contact.strip(),
        shared=shared,
        text=text.strip(),
        created_at=at,
    )
    problems = unsaid("name", _("your name"), row.name, 200) + unsaid(
        "contact", _("how to reach you"), row.contact, 200
    )
    problems += unsaid("text", _("what is complained of"), row.text) + against_it(row)
    try:
        due = complaint_forward_due(today)
    except NotInForce as unknown:
        problems.append(unknown.problem)
    if problems:
        raise TransitionRefused(problems)
    row.reference = next_in(f"{SERIES}-{today.year}")
    row.save()
    system = User.objects.system()  # whoever files acts for nobody here; an account is kept with the row
    event = record(row, "complaint.file", actor=system, at=at, to_state=row.state, audience=INTERNAL)
    owe(row, {FORWARD: due}, debtor=Obligation.AUTHORITY, at=at, audience=INTERNAL)
    tell(event, row, officials(row.authority_id), at=at)
    return row, code


def against_it(row: Complaint) -> list[Problem]:
    """The licence is no provider's, too much waits, or this form was sent before."""
    problems = []
    if row.licence.kind not in CLIENT_KINDS:
        message = _("Such a permit is not one of a provider of services with digital assets.")
        problems.append(Problem("complaint-kind", message, field="licence"))
    if Complaint.objects.filter(key=row.key).exists():
        problems.append(Problem("complaint-twice", _("This complaint is filed already.")))
    if Complaint.objects.filter(licence=row.licence, state="filed")[:OPEN_LIMIT].count() >= OPEN_LIMIT:
        message = _("Too many complaints against this provider wait to be read. Write to the authority by post.")
        problems.append(Problem("complaint-many", message))
    return problems


def tell(event: Event, row: Complaint, people: list[User], *, at: datetime) -> None:
    """Say that a complaint has come to a state."""
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).label}
    notify(event, people, "record_moved", told, path=f"/complaints/{row.reference}/", at=at)


def told(row: Complaint) -> Event:
    return Event.objects.of(row).order_by("-seq")[0]


def person_of(row: Complaint) -> list[User]:
    return [row.filed_by] if row.filed_by else []


def provider_of(row: Complaint, at: datetime) -> list[User]:
    return parties(row.organisation_id, timezone.localdate(at))


@transaction.atomic
def forward_complaint(complaint: Complaint, *, actor: User, at: datetime, version: int | None = None) -> Complaint:
    """Put it to the provider, which owes an answer from today.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused.
    """
    row = advance(complaint, "forward", actor=actor, at=at, version=version, forwarded_at=at)
    meet(row, FORWARD, at=at)
    owe(row, {ANSWER: complaint_answer_due(timezone.localdate(at))}, debtor=Obligation.ORGANISATION, at=at)
    tell(told(row), row, provider_of(row, at) + person_of(row), at=at)
    return row


@transaction.atomic
def answer_complaint(
    complaint: Complaint, *, answer: str, actor: User, at: datetime, version: int | None = None
) -> Complaint:
    """The provider answers; its term is met.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no answer, or too long.
    """
    words = bounded("answer", answer)
    row = advance(complaint, "answer", actor=actor, at=at, version=version, answer=words, answered_at=at)
    meet(row, ANSWER, at=at)
    tell(told(row), row, officials(row.authority_id) + person_of(row), at=at)
    return row


@transaction.atomic
def send_back_complaint(
    complaint: Complaint, *, remark: str, actor: User, at: datetime, version: int | None = None
) -> Complaint:
    """Ask the provider for another answer; its term begins anew.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing is said, or too much.
    """
    row = advance(complaint, "send_back", actor=actor, at=at, version=version, remark=bounded("remark", remark))
    owe(row, {ANSWER: complaint_answer_due(timezone.localdate(at))}, debtor=Obligation.ORGANISATION, at=at)
    tell(told(row), row, provider_of(row, at), at=at)
    return row


@transaction.atomic
def end_complaint(
    complaint: Complaint, step: str, *, outcome: str, actor: User, at: datetime, version: int | None = None
) -> Complaint:
    """ "close" an answered complaint with what came of it, or "decline" one that nobody was asked about, with why.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing is said, or too much.
    """
    ended: dict[str, Any] = {"outcome": bounded("outcome", outcome), "ended_by": actor, "ended_at": at}
    audience = INTERNAL if step == "decline" else PARTY
    row = advance(complaint, step, actor=actor, at=at, version=version, audience=audience, **ended)
    meet(row, FORWARD, at=at)
    tell(told(row), row, person_of(row) + ([] if step == "decline" else provider_of(row, at)), at=at)
    return row


def told_of_term(obligation: Obligation, role: str, on: Any) -> tuple[list[User], str]:
    """Who hears of a term of a complaint in a role."""
    people = parties(obligation.organisation_id, on) if role == "" else officials(obligation.authority_id, role)
    return people, f"/complaints/{obligation.reference}/"
