"""The acts on an application: what leads to its decision, what stands aside of that, what belongs to one row of it."""

from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop as _

from core.models import User
from core.workflow import HEAD, OFFICER, Transition, TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.forms import AssignForm, OtherBodyForm, WhyForm
from licensing.forms import application as forms
from licensing.models import Application, Hearing
from licensing.services.hearings import DRAFTED
from licensing.views.access import case_or_404
from licensing.views.acts import Act, Offers, Table, never
from licensing.views.papers import beside_form


def take_case(application: Application, *, actor: User, at: datetime) -> Application:
    return services.assign_application(application, to=actor, actor=actor, at=at)


def record_hearing(application: Application, **given: Any) -> Hearing:
    """The minutes of the hearing whose draft stands."""
    if application.hearing is None:
        raise TransitionRefused([Problem(code="hearing-closed", message=_("This hearing is closed."))])
    return services.record_hearing(application.hearing, **given)


def may_stop(application: Application, actor: User) -> bool:
    return bool(application.permit.procedure.pause) and not application.is_paused


def may_resume(application: Application, actor: User) -> bool:
    return bool(application.permit.procedure.pause) and application.is_paused


def awaits_hearing(application: Application, actor: User) -> bool:
    """An adverse draft stands on which the applicant is to be heard, and no day is set."""
    row = application.recommendation if application.state in DRAFTED else None
    return row is not None and application.needs_hearing(row.outcome) and application.hearing is None


def awaits_minutes(application: Application, actor: User) -> bool:
    hearing = application.hearing if application.state in DRAFTED else None
    return hearing is not None and hearing.minutes_at is None


def may_edit_letter(application: Application, actor: User) -> bool:
    return application.state == "recommended" and application.hearing is None


def may_dissent(application: Application, actor: User) -> bool:
    row = application.recommendation
    return row is not None and row.made_by_id != actor.pk


def objections(application: Application, step: Transition, actor: User, allowed: bool) -> tuple[Problem, ...]:
    """A decision follows the recommendation; who may not take a step is told why: his role, or his hand in the case."""
    row = application.recommendation
    if step.name in ("grant", "refuse") and row is not None and row.outcome != step.name:
        message = _("The recommendation says otherwise. Return the case to have it changed.")
        # of the two decisions, only the one proposed is worth telling to who may take neither
        return (Problem(code="not-as-recommended", message=message),) if allowed else ()
    if allowed or actor.role not in (OFFICER, HEAD):
        return ()
    if actor.role not in step.roles:
        return (Problem(code="for-a-head", message=_("A head who had no hand in the case decides.")),)
    message = _("You had a hand in preparing this case: another person does this.")
    return (Problem(code="second-person", message=message),)


def case_offers(application: Application, actor: User, at: datetime) -> Offers:
    """What the case file offers: nothing to who only reads, and nothing once the case has ended."""
    if actor.role not in (OFFICER, HEAD) or application.closed_at is not None:
        return Offers()
    return ACTS.offered(application, actor, at)


SEEN = _("You have seen this payment in the bank's data; it counts at once.")
aside = partial(Act, leads=never)
beside = partial(Act, when=never)
payment = partial(Act, when=never, permission="licensing.pay", tab="fees")
ACTS = Table(
    find=case_or_404,
    page="case",
    index=("queue", _("Queue")),
    nav="queue",
    permission="licensing.review",
    hold=services.hold_licence,
    objections=objections,
    beside=beside_form,
    acts=(
        Act(
            "register",
            _("The application is registered."),
            services.register_application,
            label=_("Register the application"),
            consequence=_("The filing is entered among the incoming papers; the term to register it is met."),
            when=lambda case, actor: case.state == "submitted" and case.registered_at is None,
        ),
        Act(
            "announce-hearing",
            _("The draft decision is sent; the applicant is heard on the day set."),
            services.announce_hearing,
            forms.HearingForm,
            label=_("Send the draft and announce a hearing"),
            consequence=_("From now on the draft cannot be edited; nothing is decided before the day has passed."),
            when=awaits_hearing,
            leads=lambda case, actor: case.state == "countersigned",
            paper="hearing",
            tab="questions",
        ),
        Act(
            "visit",
            _("The conclusion of the visit is entered."),
            services.conclude_visit,
            forms.VisitForm,
            label=_("Enter the conclusion of the visit"),
            consequence=_("Without it nothing is decided; you will not be able to decide the case."),
            permission="licensing.conclude_visit",
            when=lambda case, actor: case.needs_visit and case.state != "submitted",
            leads=never,
            tab="checks",
        ),
        Act(
            "accept",
            _("The filing is accepted as complete; the review has begun."),
            services.accept_application,
            step="accept",
        ),
        Act(
            "refuse-consideration",
            _("Consideration is refused; the applicant gets the letter."),
            services.refuse_consideration,
            forms.ReasonsForm,
            step="refuse_consideration",
            supplied=frozenset({"reasons-missing"}),
            leads=never,
            paper="refusal_to_consider",
        ),
        Act(
            "recommend",
            _("The recommendation is made; a second person countersigns it."),
            services.recommend,
            forms.RecommendForm,
            step="recommend",
            supplied=frozenset({"no-recommendation"}),
            paper="recommendation",
        ),
        Act(
            "countersign",
            _("The recommendation is countersigned; a head decides."),
            services.countersign,
            step="countersign",
            paper="recommendation",
        ),
        Act(
            "return",
            _("The case is back in review."),
            services.return_to_review,
            WhyForm,
            label=_("Return to review"),
            step="return_to_review",
            leads=never,
        ),
        Act(
            "grant",
            _("The licence is granted."),
            services.decide_application,
            forms.DecideForm,
            label=_("Grant the licence"),
            step="grant",
            given={"outcome": "grant"},
            paper="recommendation",
        ),
        Act(
            "refuse",
            _("The licence is refused; the applicant gets the letter."),
            services.decide_application,
            forms.DecideForm,
            label=_("Refuse the licence"),
            step="refuse",
            given={"outcome": "refuse"},
            supplied=frozenset({"reasons-missing"}),
            paper="recommendation",
        ),
        Act(
            "confirm-silence",
            _("The permit is issued as of the end of the term."),
            services.confirm_silence,
            label=_("Confirm the permit that silence made"),
            step="confirm_silence",
        ),
        Act(
            "deny-silence",
            _("The case is back in review."),
            services.deny_silence,
            WhyForm,
            step="deny_silence",
            leads=never,
        ),
        Act(
            "take",
            _("The case is yours."),
            take_case,
            label=_("Take the case"),
            consequence=_("You become the officer of this case."),
            when=lambda case, actor: case.assigned_to_id != actor.pk,
            leads=lambda case, actor: case.assigned_to_id is None,
        ),
        aside(
            "assign",
            _("The case is assigned."),
            services.assign_application,
            AssignForm,
            label=_("Assign"),
            consequence=_("The officer is told. Without an officer the case lies open to all."),
        ),
        aside(
            "ask",
            _("The question is sent."),
            services.ask_question,
            forms.QuestionForm,
            label=_("Ask the applicant"),
            paper="question",
            tab="questions",
        ),
        aside(
            "request-opinion",
            _("The opinion is requested."),
            services.request_opinion,
            OtherBodyForm,
            label=_("Request an opinion"),
            consequence=_("The term of the other body starts to run; the term of the decision runs on."),
            tab="questions",
        ),
        aside(
            "task",
            _("The task is given."),
            services.add_task,
            forms.TaskForm,
            label=_("Give a task"),
            consequence=_("The colleague is told and finds it in his work. The applicant never sees it."),
            versioned=False,
            tab="tasks",
        ),
        aside(
            "cite",
            _("The clarification is named in the case."),
            services.rely_on_clarification,
            forms.CiteForm,
            label=_("Cite a clarification"),
            consequence=_("It stands in the case with the day on which it stood, and the applicant sees it."),
        ),
        aside(
            "stop",
            _("The clock stands; the applicant gets the remarks."),
            services.stop_review,
            forms.StopForm,
            label=_("Stop the clock"),
            consequence=_(
                "The term of the decision stands until the remarks are cured and verified or their days are over."
            ),
            when=may_stop,
            paper="question",
            tab="questions",
        ),
        aside(
            "resume",
            _("The clock runs again."),
            services.resume_review,
            forms.ResumeForm,
            label=_("Let the clock run on"),
            consequence=_("The new last day is counted from the day of filing with the days that were lost."),
            when=may_resume,
        ),
        aside(
            "record-hearing",
            _("The minutes stand in the case."),
            record_hearing,
            forms.MinutesForm,
            label=_("Enter the minutes of the hearing"),
            consequence=_("The minutes stand in the case, for the applicant to read, and cannot be changed."),
            when=awaits_minutes,
            tab="questions",
        ),
        aside(
            "edit-letter",
            _("The words are changed."),
            services.edit_letter,
            forms.LetterForm,
            label=_("Edit the letter"),
            consequence=_("You will have prepared the case and can neither countersign nor decide it."),
            when=may_edit_letter,
            paper="recommendation",
        ),
        aside(
            "dissent",
            _("Your opinion stands in the case; the head reads it."),
            services.dissent,
            forms.DissentForm,
            label=_("Record a dissenting opinion"),
            consequence=_("It holds nothing up. You will not be able to decide this case."),
            when=may_dissent,
        ),
        aside(
            "note",
            _("The note is kept."),
            services.add_note,
            forms.NoteForm,
            label=_("Write a note"),
            versioned=False,
            tab="notes",
        ),
        beside(
            "judge", _("The check is judged."), services.judge_check, forms.JudgeForm, label=_("Judge"), tab="checks"
        ),
        beside(
            "record-opinion",
            _("The opinion is entered."),
            services.record_opinion,
            forms.OpinionForm,
            label=_("Enter the opinion"),
            consequence=_("The answer stands in the case and cannot be changed."),
            of="opinion",
            tab="questions",
        ),
        payment(
            "enter-payment",
            _("The payment is entered and counts."),
            services.enter_payment,
            forms.PaymentForm,
            label=_("Enter a payment"),
            consequence=SEEN,
        ),
        payment(
            "confirm-fee",
            _("The payment is confirmed and counts."),
            services.confirm_declaration,
            label=_("Confirm the payment that the filing declares"),
            consequence=SEEN,
        ),
        payment(
            "confirm-payment",
            _("The payment is confirmed and counts."),
            services.confirm_payment,
            forms.ConfirmPaymentForm,
            label=_("Confirm the payment"),
            consequence=SEEN,
            of="payment",
        ),
        payment(
            "void-payment",
            _("The payment is struck out."),
            services.void_payment,
            forms.VoidPaymentForm,
            label=_("Strike out the payment"),
            consequence=_("The payment counts no more; its row and your reason stay in the case."),
            of="payment",
        ),
        beside(
            "task-done",
            _("The task is done."),
            services.finish_task,
            forms.TaskDoneForm,
            label=_("Task done"),
            permission="licensing.watch",
            of="task",
            versioned=False,
            tab="tasks",
        ),
        beside(
            "watch",
            _("You watch the case."),
            services.watch_case,
            label=_("Watch the case"),
            consequence=_("You are told whenever the state of the case changes."),
            permission="licensing.watch",
            versioned=False,
        ),
        beside(
            "unwatch",
            _("You no longer watch the case."),
            services.unwatch_case,
            label=_("Stop watching"),
            permission="licensing.watch",
            versioned=False,
        ),
    ),
)
