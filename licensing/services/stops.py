"""Stopping the review, in the cases and for the days that the regime allows; where it allows none, nothing stops."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, User
from core.services import end_duties, owe, pause, record, resume, touch
from core.workflow import TransitionRefused
from law.licensing import term
from law.problems import Problem, _
from law.terms import cure_due
from licensing.models import Application, Question
from licensing.services.letters import write_letter
from licensing.services.review import chosen, in_progress
from licensing.services.terms import CURE, DECISION, next_due


def decision_term(application: Application) -> Obligation:
    """The open term of the decision.

    Raises:
        TransitionRefused: none is open.
    """
    row = Obligation.objects.of(application).open().filter(code=DECISION).first()
    if row is None:
        raise TransitionRefused([Problem(code="term-not-running", message=_("This term is not running."))])
    return row


@transaction.atomic
def stop_review(
    application: Application, *, case: str, text: str, cure_days: int, actor: User, at: datetime
) -> Question:
    """Stop the clock of the decision and send the remarks; the applicant has so many working days to cure them.

    Args:
        case: code of one of the kind's cases of a pause.
        text: the remarks, as the letter has them.

    Raises:
        PermissionDenied; TransitionRefused: the regime knows no pause or not this case, or the days are too many.
    """
    fresh, today = in_progress(application, actor=actor), timezone.localdate(at)
    procedure = fresh.permit.procedure
    if procedure.pause is None or procedure.cure is None:
        message = _("No provision lets this term stop: it runs on while an answer is awaited.")
        raise TransitionRefused([Problem(code="no-pause", message=message)])
    (ground,) = chosen(fresh.permit.pause_cases(today), [case])
    most = term(fresh.kind, procedure.cure, fresh.law_day)
    problems = []
    if not 1 <= cure_days <= most.number:
        message = _("There are 1 to %(most)s working days to cure.")
        problems.append(Problem("cure-too-long", message, {"most": most.number}, "cure_days", most))
    if not text.strip():
        problems.append(Problem(code="text-missing", message=_("Give the reasons in words."), field="text"))
    if problems:
        raise TransitionRefused(problems)
    rule = term(fresh.kind, procedure.pause, fresh.law_day)
    pause(decision_term(fresh), actor=actor, at=at, from_on=today, reason=ground.text, provision=rule)
    question = Question.objects.create(application=fresh, text=text, asked_by=actor, asked_at=at, stops_clock=True)
    due = cure_due(fresh.kind, procedure.cure, today, cure_days, fresh.law_day)
    owe(fresh, {CURE: due}, debtor=Obligation.ORGANISATION, at=at)
    fresh.due_on = next_due(fresh)
    touch(fresh, fields=["due_on"])
    data = {"question": question.pk, "clock": "stops", "case": case, "cure_by": due.due_on.isoformat()}
    record(fresh, "application.ask", actor=actor, at=at, grounds=[ground.ground()], data=data)
    write_letter(fresh, "question", at=at, text=text, terms={CURE: due}, clock="paused", signed_by=actor)
    return question


@transaction.atomic
def resume_review(application: Application, *, actor: User, at: datetime, to_on: date | None = None) -> Application:
    """Let the clock run on: the remarks are cured and what was to be verified has been.

    Raises:
        PermissionDenied; TransitionRefused: it does not stand, or not since before that day.
    """
    fresh = in_progress(application, actor=actor)
    return run_on(fresh, actor=actor, at=at, to_on=to_on)


def run_on(application: Application, *, actor: User, at: datetime, to_on: date | None, reason: str = "") -> Application:
    resume(decision_term(application), actor=actor, at=at, to_on=to_on, reason=reason)
    end_duties(application, at=at, codes=[CURE])
    application.due_on = next_due(application)
    touch(application, fields=["due_on"])
    return application


def note_uncured(obligation: Obligation, event: Event) -> None:
    """The days to cure have passed with nothing filed: the clock ran on from the last of them."""
    application = Application.objects.get(pk=obligation.subject_id)
    paused = Obligation.objects.of(application).open().filter(code=DECISION, due_on__isnull=True)
    if paused.exists():
        run_on(application, actor=event.actor, at=event.at, to_on=obligation.due_on)
