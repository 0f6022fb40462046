"""Opinions of other bodies: asked within their term, answered, or silent with what the law makes of it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Authority, Document, Event, Obligation, User
from core.services import meet, notify, owe, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.licensing import due
from law.problems import Problem, _
from law.terms import Silence, agreement_silence
from licensing.models import Application, Opinion
from licensing.permits import ISSUE
from licensing.services.review import in_progress
from licensing.services.terms import AGREEMENT, AGREEMENT_REQUEST, next_due, officials


@transaction.atomic
def request_opinion(
    application: Application,
    *,
    body: Authority,
    text: str,
    documents: Iterable[Document] = (),
    actor: User,
    at: datetime,
) -> Opinion:
    """Ask another body. Its term runs from today; what its silence means is the regime's to say.

    Args:
        documents: papers of the case that the body reads beside the question; it sees no others.

    Raises:
        PermissionDenied; TransitionRefused: it has been asked and has not answered, or a paper is not of this case.
    """
    fresh, shown = in_progress(application, actor=actor), list(documents)
    problems = []
    if fresh.opinions.filter(body=body, answer="").exists():
        problems.append(Problem(code="opinion-pending", message=_("This body has already been asked.")))
    if {one.pk for one in shown} - set(fresh.documents().values_list("pk", flat=True)):
        message = _("A document is not one of this case.")
        problems.append(Problem(code="document-of-another", message=message, field="documents"))
    if problems:
        raise TransitionRefused(problems)
    opinion = Opinion.objects.create(application=fresh, body=body, question=text, asked_by=actor, asked_at=at)
    opinion.documents.set(shown)
    data = {"opinion": opinion.pk, "body": body.code, "documents": [one.pk for one in shown]}
    event = record(fresh, "application.request_opinion", actor=actor, at=at, data=data)
    notify(event, officials(body.pk), "opinion_asked", {"reference": fresh.reference}, path=page_of(opinion), at=at)
    procedure = fresh.permit.procedure
    if rule := fresh.form.agreement_answer:
        answer = due(fresh.kind, rule, timezone.localdate(at), fresh.law_day)
        owe(fresh, {AGREEMENT: answer}, debtor=Obligation.BODY, at=at, part=body.code)
    asked = set(fresh.opinions.values_list("body__code", flat=True))
    if asked.issuperset(procedure.agreement_bodies) and meet(fresh, AGREEMENT_REQUEST, at=at):
        fresh.due_on = next_due(fresh)
        fresh.save(update_fields=["due_on"])
    return opinion


def page_of(opinion: Opinion) -> str:
    """Where the asked body reads and answers."""
    return f"/opinions/{opinion.pk}/"


@transaction.atomic
def answer_opinion(opinion: Opinion, *, answer: str, text: str, actor: User, at: datetime) -> Opinion:
    """The asked body answers by itself; its answer is of today. The officer of the case is told.

    Raises:
        PermissionDenied: he is no officer or head of the body that is asked.
        TransitionRefused: the case has ended, another answer stands, or an objection gives no reasons.
    """
    case = locked(opinion.application)
    require(actor, "licensing.answer_opinion", opinion)
    problems = []
    if case.closed_at is not None:
        problems.append(Problem(code="case-ended", message=_("The case is not open.")))
    if answer == "objected" and not text.strip():
        problems.append(Problem(code="text-missing", message=_("Give the reasons in words."), field="text"))
    if problems:
        raise TransitionRefused(problems)
    row, event = enter(case, opinion, answer, text, timezone.localdate(at), actor=actor, at=at)
    people = [case.assigned_to] if case.assigned_to else officials(case.authority_id)
    path = f"/cases/{case.reference}/?tab=questions"
    notify(event, people, "opinion_given", {"reference": case.reference}, path=path, at=at)
    return row


@transaction.atomic
def record_opinion(
    opinion: Opinion, *, answer: str, text: str, answered_on: date, actor: User, at: datetime
) -> Opinion:
    """The officer enters what another body answered on paper, with its day; also where it comes after its term.

    Raises:
        PermissionDenied; TransitionRefused: another answer stands, or the day is not possible.
    """
    case = in_progress(opinion.application, actor=actor)
    return enter(case, opinion, answer, text, answered_on, actor=actor, at=at)[0]


def enter(
    case: Application, opinion: Opinion, answer: str, text: str, answered_on: date, *, actor: User, at: datetime
) -> tuple[Opinion, Event]:
    """The answer of a body (agreed or objected) in its locked case; its term is met.

    An answer of a day within the term undoes a silence that was noted meanwhile; a later one stands beside it.

    Raises:
        TransitionRefused: another answer stands, or the day is not possible.
    """
    row = locked(opinion)
    if row.answer not in ("", "silent"):
        raise TransitionRefused([Problem(code="opinion-closed", message=_("This opinion has already been entered."))])
    if not timezone.localdate(row.asked_at) <= answered_on <= timezone.localdate(at):
        message = _("The answer's day lies outside the time since the request.")
        raise TransitionRefused([Problem(code="opinion-day", message=message, field="answered_on")])
    if row.silent_on is not None and answered_on <= row.silent_on:
        row.silent_on, row.silence = None, {}
    row.answer, row.text, row.answered_on, row.entered_by = answer, text, answered_on, actor
    row.save(update_fields=["answer", "text", "answered_on", "entered_by", "silent_on", "silence"])
    meet(case, AGREEMENT, at=at, part=row.body.code)
    data = {"opinion": row.pk, "answer": answer, "late": row.silent_on is not None}
    return row, record(case, "application.record_opinion", actor=actor, at=at, data=data)


def silence_of_body(application: Application) -> Silence:
    """What the silence of another body means in this case, by the law of its day of filing."""
    if application.permit.procedure.agreement_silence is None or application.act != ISSUE:
        return Silence("none", None)
    return agreement_silence(application.kind, application.law_day)


def note_silent_body(obligation: Obligation, event: Event) -> None:
    """The term of a body has passed without an answer: its opinion says so, with what the law makes of it.

    The sweep holds the lock of the case. The day noted is the last of the term, however late the sweep comes.
    """
    application = Application.objects.get(pk=obligation.subject_id)
    silence = silence_of_body(application)
    grounds = [silence.provision] if silence.provision else []
    for opinion in application.opinions.filter(body__code=obligation.part, answer=""):
        opinion.answer, opinion.silent_on = "silent", obligation.due_on
        opinion.silence = silence.provision.ground() if silence.provision else {}
        opinion.save(update_fields=["answer", "silent_on", "silence"])
        record(
            application,
            "application.opinion_silent",
            actor=event.actor,
            at=event.at,
            grounds=grounds,
            data={
                "opinion": opinion.pk,
                "body": obligation.part,
                "effect": silence.effect,
                "on": str(obligation.due_on),
            },
        )
    obligation.ended_at = event.at  # what was owed has been replaced by what its silence means
    obligation.save(update_fields=["ended_at"])
