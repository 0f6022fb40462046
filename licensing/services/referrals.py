"""Matters between authorities: referred or asked with what is shown, answered within a term, settled or withdrawn."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from core.models import Authority, Document, Event, Obligation, User
from core.models.base import INTERNAL
from core.services import Upload, advance, end_duties, meet, notify, owe, record, require, store_document, touch
from core.services.acts import locked
from core.services.duties import fresh_subject
from core.workflow import ADMINISTRATOR, HEAD, OFFICER, TransitionRefused
from law.licensing import due_by
from law.problems import Problem, _
from licensing.models import Application, Breach, Licence, Referral
from licensing.models.referrals import ANSWERED, SENT
from licensing.services.breaches import missing, next_number
from licensing.services.terms import officials
from licensing.workflow.referral import too_long

ANSWER = "referral-answer"
DUTIES: Mapping[str, str] = MappingProxyType({ANSWER: _("Answer the request of another authority")})
SERIES = "RQ"
ABOUT_LIMIT, FILES_LIMIT = 300, 10


@dataclass(frozen=True, slots=True)
class About:
    """A kind of record that a request may be about: its page, and the field that its page is called by."""

    page: str
    model: type[models.Model]
    key: str = "reference"

    def found(self, user: User, reference: str) -> "models.QuerySet[Any]":
        """The record as this person sees it."""
        seen: models.QuerySet[Any] = self.model._default_manager.all().visible_to(user)  # type: ignore[attr-defined]  # every model has it
        return seen.filter(**{self.key: reference})


_ABOUT: dict[str, About] = {}


def register_about(page: str, model: type[models.Model], *, key: str = "reference") -> None:
    """Let requests be about records of a model, by the name of the address of their page; from an AppConfig.ready()."""
    _ABOUT[page] = About(page, model, key)


def about(page: str) -> About | None:
    return _ABOUT.get(page)


def record_kinds() -> list[str]:
    """What a request may be about, by the names of its pages."""
    return sorted(_ABOUT)


def about_of(row: Referral) -> About | None:
    """The kind of record that a request is about; None where it hangs on none."""
    return next((one for one in _ABOUT.values() if one.model._meta.label_lower == row.subject_type), None)


register_about("case", Application)
register_about("licence", Licence, key="number")
register_about("breach", Breach)


def papers_of(subject: Any, user: User) -> "models.QuerySet[Document]":
    """What may be shown of a record: the documents that the person himself sees there."""
    return Document.objects.of(subject).current().visible_to(user)


def seen_kind(row: Referral, user: User) -> About | None:
    """The kind of record behind a request, for its own authority; the other one reads the number alone."""
    return about_of(row) if row.authority_id == user.authority_id else None


def papers_sent(row: Referral) -> list[Document]:
    """What the asked authority reads: papers of the record that were shown, and what came with the question."""
    return [*row.documents.current(), *Document.objects.of(row).current().filter(kind=SENT).order_by("id")]


def papers_answered(row: Referral) -> "models.QuerySet[Document]":
    return Document.objects.of(row).current().filter(kind=ANSWERED).order_by("id")


def papers_between(row: Referral) -> "models.QuerySet[Document]":
    """All that both authorities may open of a request."""
    shown = Document.objects.filter(pk__in=row.documents.values("pk")) | Document.objects.of(row)
    return shown.filter(removed_at=None)


def answers_due(rows: Iterable[Referral]) -> dict[int, date]:
    """The last day of each answer that is still owed: one query for all."""
    terms = Obligation.objects.open().filter(
        subject_type=Referral._meta.label_lower, subject_id__in=[row.pk for row in rows], code=ANSWER
    )
    return {pk: day for pk, day in terms.values_list("subject_id", "due_on") if day is not None}


@transaction.atomic
def ask_body(
    authority: Authority,
    *,
    body: Authority,
    kind: str,
    text: str,
    subject: Any = None,
    about: str = "",
    documents: Iterable[Document] = (),
    files: Iterable[Upload] = (),
    actor: User,
    at: datetime,
) -> Referral:
    """Refer a matter to another authority, or ask it something. It owes an answer by the term, counted from today.

    Args:
        subject: a record that the person sees; the other authority reads its number and nothing of it.
        about: in words, where there is no such record.
        documents: papers of the record that the other authority reads.
        files: brought for this request alone.

    Raises:
        PermissionDenied; TransitionRefused: lists what is missing or out of order.
    """
    row = Referral(kind=kind, authority=authority, body=body, text=text.strip(), sent_by=actor, created_at=at)
    require(actor, "licensing.ask_body", row)
    if subject is not None:
        if not type(subject)._default_manager.visible_to(actor).filter(pk=subject.pk).exists():
            raise PermissionDenied("licensing.ask_body")
        row.subject_type, row.subject_id = subject._meta.label_lower, subject.pk
    row.about = subject.sight().reference if subject is not None else about.strip()
    shown, brought = list(documents), list(files)
    if problems := [*problems_of(row), *paper_problems(row, subject, shown, brought, actor)]:
        raise TransitionRefused(problems)
    row.reference = next_number(SERIES, at)
    row.save()
    row.documents.set(shown)
    for upload in brought:
        store_document(row, upload, kind=SENT, actor=actor, at=at, audience=INTERNAL)
    facts = {"referral": row.pk, "body": body.code, "documents": len(shown) + len(brought)}
    event = record(row, "referral.send", actor=actor, at=at, to_state=row.state, audience=INTERNAL, data=facts)
    if subject is not None:
        record(subject, f"{subject._meta.model_name}.refer", actor=actor, at=at, audience=INTERNAL, data=facts)
    owe(row, {ANSWER: term_of(timezone.localdate(at))}, debtor=Obligation.BODY, at=at, audience=INTERNAL)
    tell(row, event, "request_asked", officials(body.pk))
    return row


def term_of(asked_on: date) -> Any:
    """The day by which an answer is owed. No act that was read gives one; ours is assumed."""
    return due_by("permit.referral-answer", asked_on)


def problems_of(row: Referral) -> list[Problem]:
    """What is missing or out of order in a request before it is sent."""
    problems = missing({"text": row.text, "about": row.about}, {"text": _("what is asked"), "about": _("about")})
    problems += [*too_long(row.text, "text"), *too_long(row.about, "about", ABOUT_LIMIT)]
    if row.kind not in dict(Referral.KINDS):
        problems.append(Problem("request-kind", _("There is no such kind of request."), field="kind"))
    if row.body_id == row.authority_id:
        problems.append(Problem("own-body", _("A referral goes to another body."), field="body"))
    elif row.kind == Referral.REFERRAL and row.subject_id is not None:
        same = Referral.objects.open().filter(subject_type=row.subject_type, subject_id=row.subject_id)
        if same.filter(body=row.body_id, kind=row.kind).exists():
            problems.append(Problem("referral-pending", _("This body has already been asked."), field="body"))
    return problems


def paper_problems(
    row: Referral, subject: Any, shown: list[Document], brought: list[Upload], actor: User
) -> list[Problem]:
    problems = []
    own = set(papers_of(subject, actor).values_list("pk", flat=True)) if subject is not None and shown else set()
    if {one.pk for one in shown} - own:
        message = _("A document is not one of this case.")
        problems.append(Problem("document-of-another", message, field="documents"))
    if len(brought) > FILES_LIMIT:
        problems.append(Problem("too-many-files", _("At most %(limit)s files."), {"limit": FILES_LIMIT}, field="files"))
    return problems


def tell(row: Referral, event: Event, template: str, people: Iterable[User]) -> None:
    notify(event, people, template, {"reference": row.reference}, path=page_of(row), at=event.at)


def page_of(row: Referral) -> str:
    """One address for both authorities; each reads there what is its own."""
    return f"/{Referral.FOLDER}/{row.reference}/"


def askers(row: Referral) -> list[User]:
    """Who hears of the answer: who asked, or the heads of his authority where he has left it."""
    person = row.sent_by
    here = person.is_active and person.authority_id == row.authority_id
    return [person] if here else officials(row.authority_id, HEAD)


@transaction.atomic
def answer_request(
    referral: Referral,
    *,
    answer: str,
    answered_on: date | None = None,
    files: Iterable[Upload] = (),
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Referral:
    """The asked authority answers, today; or who asked enters what came on paper, with its day.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is answered or withdrawn, no words, the day is out of
            order, or a file is not accepted.
    """
    require(actor, "licensing.answer_request", referral)
    brought = list(files)
    subject = locked(fresh_subject(referral)) if referral.subject_id is not None else None  # type: ignore[arg-type]  # a row of the same shape
    if len(brought) > FILES_LIMIT:
        message = _("At most %(limit)s files.")
        raise TransitionRefused([Problem("too-many-files", message, {"limit": FILES_LIMIT}, field="files")])
    row = advance(
        referral,
        "answer",
        actor=actor,
        at=at,
        version=version,
        audience=INTERNAL,
        data={"by": "body" if actor.authority_id == referral.body_id else "asker"},
        answer=answer.strip(),
        answered_on=answered_on or timezone.localdate(at),
        answered_by=actor,
    )
    for upload in brought:
        store_document(row, upload, kind=ANSWERED, actor=actor, at=at, audience=INTERNAL)
    meet(row, ANSWER, at=at)
    event = Event.objects.of(row).filter(verb="referral.answer").latest("seq")
    if subject is not None:
        verb = f"{subject._meta.model_name}.referral_answer"
        record(subject, verb, actor=actor, at=at, audience=INTERNAL, data={"referral": row.pk})
    if actor.authority_id != row.authority_id:
        tell(row, event, "request_answered", askers(row))
    return row


@transaction.atomic
def settle_request(referral: Referral, *, actor: User, at: datetime, version: int | None = None) -> Referral:
    """Who asked has what he needed.

    Raises:
        PermissionDenied, StaleVersion, TransitionRefused.
    """
    return advance(referral, "settle", actor=actor, at=at, version=version, audience=INTERNAL, closed_at=at)


@transaction.atomic
def withdraw_request(
    referral: Referral, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Referral:
    """Who asked needs no answer any more, and says why; the other authority hears of it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is answered.
    """
    row = advance(
        referral,
        "withdraw",
        actor=actor,
        at=at,
        version=version,
        audience=INTERNAL,
        withdrawn_because=reason.strip(),
        closed_at=at,
    )
    end_duties(row, at=at)
    event = Event.objects.of(row).latest("seq")
    tell(row, event, "request_withdrawn", officials(row.body_id))
    return row


@transaction.atomic
def refer_breach(breach: Breach, *, body: Authority, text: str, actor: User, at: datetime) -> Referral:
    """Hand a breach to another body, which owes an answer.

    Raises:
        PermissionDenied; TransitionRefused: it is settled, the body has it already, or is our own.
    """
    fresh = locked(breach)
    require(actor, "licensing.review_breach", fresh)
    if fresh.closed_at is not None:
        raise TransitionRefused([Problem("case-ended", _("The case is not open."))])
    row = ask_body(fresh.authority, body=body, kind=Referral.REFERRAL, text=text, subject=fresh, actor=actor, at=at)
    touch(fresh)
    return row


@transaction.atomic
def answer_referral(referral: Referral, *, answer: str, answered_on: date, actor: User, at: datetime) -> Referral:
    """Enter what the other body answered, with its day.

    Raises:
        PermissionDenied; TransitionRefused: it has answered, the day is out of order, or there are no words.
    """
    return answer_request(referral, answer=answer, answered_on=answered_on, actor=actor, at=at)


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Of the term hear the officials who owe the answer; once it has passed, who asked too; then their heads."""
    row: Referral = fresh_subject(obligation)
    people: dict[str, Callable[[], list[User]]] = {
        OFFICER: lambda: officials(row.body_id, OFFICER, HEAD),
        HEAD: lambda: [*officials(row.body_id, HEAD), *officials(row.authority_id, HEAD)],
        ADMINISTRATOR: lambda: officials(row.authority_id, ADMINISTRATOR),
    }
    found = people.get(role, people[OFFICER])()
    late = obligation.due_on is not None and obligation.due_on < on
    return [*found, *askers(row)] if late and role == OFFICER else found, page_of(row)
