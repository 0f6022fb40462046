"""The acts on an application that lead nowhere by themselves: beside its way to the decision, or of one of its rows."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_noop as _

from core.models import User
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.forms import AssignForm
from licensing.forms import application as forms
from licensing.models import Application, Hearing
from licensing.services.hearings import DRAFTED
from licensing.views.acts import Act, never
from licensing.views.acts.watching import WATCHING


def record_hearing(application: Application, **given: Any) -> Hearing:
    """The minutes of the hearing whose draft stands."""
    if application.hearing is None:
        raise TransitionRefused([Problem(code="hearing-closed", message=_("This hearing is closed."))])
    return services.record_hearing(application.hearing, **given)


def may_stop(application: Application, actor: User) -> bool:
    return bool(application.permit.procedure.pause) and not application.is_paused


def may_resume(application: Application, actor: User) -> bool:
    return bool(application.permit.procedure.pause) and application.is_paused


def awaits_minutes(application: Application, actor: User) -> bool:
    hearing = application.hearing if application.state in DRAFTED else None
    return hearing is not None and hearing.minutes_at is None


def may_edit_letter(application: Application, actor: User) -> bool:
    return application.state == "recommended" and application.hearing is None


def may_dissent(application: Application, actor: User) -> bool:
    row = application.recommendation
    return row is not None and row.made_by_id != actor.pk


SEEN = _("You have seen this payment in the bank's data; it counts at once.")
aside = partial(Act, leads=never)
beside = partial(Act, when=never)
payment = partial(Act, when=never, permission="licensing.pay", tab="fees")
ASIDE: tuple[Act, ...] = (
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
        forms.AskOpinionForm,
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
    beside("judge", _("The check is judged."), services.judge_check, forms.JudgeForm, label=_("Judge"), tab="checks"),
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
    *WATCHING,
)
