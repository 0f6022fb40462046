"""Opinions of other bodies: asked within their term, answered, or silent with what the law makes of it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Authority, Event, Obligation, User
from core.services import meet, owe, record
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.licensing import due
from law.problems import Problem, _
from law.terms import Silence, agreement_silence
from licensing.models import Application, Opinion
from licensing.permits import ISSUE
from licensing.services.review import in_progress
from licensing.services.terms import AGREEMENT, AGREEMENT_REQUEST, next_due


@transaction.atomic
def request_opinion(application: Application, *, body: Authority, text: str, actor: User, at: datetime) -> Opinion:
    """Ask another body. Its term runs from today; what its silence means is the regime's to say."""
    fresh = in_progress(application, actor=actor)
    if fresh.opinions.filter(body=body, answer="").exists():
        raise TransitionRefused([Problem(code="opinion-pending", message=_("This body has already been asked."))])
    opinion = Opinion.objects.create(application=fresh, body=body, question=text, asked_by=actor, asked_at=at)
    record(fresh, "application.request_opinion", actor=actor, at=at, data={"opinion": opinion.pk, "body": body.code})
    procedure = fresh.permit.procedure
    if rule := fresh.form.agreement_answer:
        answer = due(fresh.kind, rule, timezone.localdate(at), fresh.law_day)
        owe(fresh, {AGREEMENT: answer}, debtor=Obligation.BODY, at=at, part=body.code)
    asked = set(fresh.opinions.values_list("body__code", flat=True))
    if asked.issuperset(procedure.agreement_bodies) and meet(fresh, AGREEMENT_REQUEST, at=at):
        fresh.due_on = next_due(fresh)
        fresh.save(update_fields=["due_on"])
    return opinion


@transaction.atomic
def record_opinion(
    opinion: Opinion, *, answer: str, text: str, answered_on: date, actor: User, at: datetime
) -> Opinion:
    """Enter what another body answered (agreed or objected), with its day; also where it comes after its term.

    An answer of a day within the term undoes a silence that was noted meanwhile; a later one stands beside it.

    Raises:
        PermissionDenied; TransitionRefused: another answer stands, or the day is not possible.
    """
    fresh = in_progress(opinion.application, actor=actor)
    row = locked(opinion)
    if row.answer not in ("", "silent"):
        raise TransitionRefused([Problem(code="opinion-closed", message=_("This opinion has already been entered."))])
    if not timezone.localdate(row.asked_at) <= answered_on <= timezone.localdate(at):
        raise TransitionRefused(
            [
                Problem(
                    code="opinion-day",
                    message=_("The answer's day lies outside the time since the request."),
                    field="answered_on",
                )
            ]
        )
    if row.silent_on is not None and answered_on <= row.silent_on:
        row.silent_on, row.silence = None, {}
    row.answer, row.text, row.answered_on, row.entered_by = answer, text, answered_on, actor
    row.save(update_fields=["answer", "text", "answered_on", "entered_by", "silent_on", "silence"])
    meet(fresh, AGREEMENT, at=at, part=row.body.code)
    data = {"opinion": row.pk, "answer": answer, "late": row.silent_on is not None}
    record(fresh, "application.record_opinion", actor=actor, at=at, data=data)
    return row


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
