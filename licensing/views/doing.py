"""The acts of the case file as data: what each is called, asks for, previews, and which service does it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from licensing import clarification_forms, forms, services
from licensing.views import calls


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `step` names its transition, if it is one; `supplied` are the problem codes that its own form removes.

    `paper` is the letter shown beside the form; `consequence` the sentence for acts that are no transition.
    """

    name: str
    label: str
    done: str
    do: calls.Do
    form: type[forms.ActForm] = forms.ActForm
    permission: str = "licensing.review"
    step: str = ""
    supplied: frozenset[str] = frozenset()
    paper: str = ""
    consequence: str = ""
    versioned: bool = True
    tab: str = ""


_ACTS = (
    Act(
        "register",
        _("Register the application"),
        _("The application is registered."),
        lambda case, given, actor, at: services.register_application(case, actor=actor, at=at),
        consequence=_("The filing is entered among the incoming papers; the term to register it is met."),
    ),
    Act(
        "accept",
        _("Accept as complete"),
        _("The filing is accepted as complete; the review has begun."),
        lambda case, given, actor, at: services.accept_application(case, actor=actor, at=at),
        step="accept",
    ),
    Act(
        "refuse-consideration",
        _("Refuse consideration"),
        _("Consideration is refused; the applicant gets the letter."),
        calls.refuse_consideration,
        forms.ReasonsForm,
        step="refuse_consideration",
        supplied=frozenset({"reasons-missing"}),
        paper="refusal_to_consider",
    ),
    Act(
        "recommend",
        _("Recommend"),
        _("The recommendation is made; a second person countersigns it."),
        calls.recommend,
        forms.RecommendForm,
        step="recommend",
        supplied=frozenset({"no-recommendation"}),
        paper="recommendation",
    ),
    Act(
        "edit-letter",
        _("Edit the letter"),
        _("The words are changed."),
        lambda case, given, actor, at: services.edit_letter(case, text=given["text"], actor=actor, at=at),
        forms.LetterForm,
        paper="recommendation",
        consequence=_("You will have prepared the case and can neither countersign nor decide it."),
    ),
    Act(
        "countersign",
        _("Countersign"),
        _("The recommendation is countersigned; a head decides."),
        lambda case, given, actor, at: services.countersign(case, actor=actor, at=at),
        permission="licensing.countersign",
        step="countersign",
        paper="recommendation",
    ),
    Act(
        "dissent",
        _("Record a dissenting opinion"),
        _("Your opinion stands in the case; the head reads it."),
        lambda case, given, actor, at: services.dissent(case, text=given["text"], actor=actor, at=at),
        forms.DissentForm,
        consequence=_("It holds nothing up. You will not be able to decide this case."),
    ),
    Act(
        "return",
        _("Return to review"),
        _("The case is back in review."),
        lambda case, given, actor, at: services.return_to_review(case, reason=given["reason"], actor=actor, at=at),
        forms.WhyForm,
        permission="licensing.return",
        step="return_to_review",
    ),
    Act(
        "grant",
        _("Grant the licence"),
        _("The licence is granted."),
        calls.decide("grant"),
        forms.DecideForm,
        permission="licensing.decide",
        step="grant",
        paper="recommendation",
    ),
    Act(
        "refuse",
        _("Refuse the licence"),
        _("The licence is refused; the applicant gets the letter."),
        calls.decide("refuse"),
        forms.DecideForm,
        permission="licensing.decide",
        step="refuse",
        supplied=frozenset({"reasons-missing"}),
        paper="recommendation",
    ),
    Act(
        "announce-hearing",
        _("Send the draft and announce a hearing"),
        _("The draft decision is sent; the applicant is heard on the day set."),
        calls.announce_hearing,
        forms.HearingForm,
        paper="hearing",
        consequence=_("From now on the draft cannot be edited; nothing is decided before the day has passed."),
        tab="questions",
    ),
    Act(
        "record-hearing",
        _("Enter the minutes of the hearing"),
        _("The minutes stand in the case."),
        calls.record_hearing,
        forms.MinutesForm,
        consequence=_("The minutes stand in the case, for the applicant to read, and cannot be changed."),
        tab="questions",
    ),
    Act(
        "confirm-silence",
        _("Confirm the permit that silence made"),
        _("The permit is issued as of the end of the term."),
        lambda case, given, actor, at: services.confirm_silence(case, actor=actor, at=at),
        permission="licensing.confirm_silence",
        step="confirm_silence",
    ),
    Act(
        "deny-silence",
        _("Find that silence has not fallen"),
        _("The case is back in review."),
        lambda case, given, actor, at: services.deny_silence(case, reason=given["reason"], actor=actor, at=at),
        forms.WhyForm,
        permission="licensing.confirm_silence",
        step="deny_silence",
    ),
    Act(
        "stop",
        _("Stop the clock"),
        _("The clock stands; the applicant gets the remarks."),
        calls.stop,
        forms.StopForm,
        paper="question",
        consequence=_(
            "The term of the decision stands until the remarks are cured and verified or their days are over."
        ),
        tab="questions",
    ),
    Act(
        "resume",
        _("Let the clock run on"),
        _("The clock runs again."),
        lambda case, given, actor, at: services.resume_review(case, actor=actor, at=at, to_on=given["to_on"]),
        forms.ResumeForm,
        consequence=_("The new last day is counted from the day of filing with the days that were lost."),
    ),
    Act(
        "take",
        _("Take the case"),
        _("The case is yours."),
        lambda case, given, actor, at: services.assign_application(case, to=actor, actor=actor, at=at),
        consequence=_("You become the officer of this case."),
    ),
    Act(
        "assign",
        _("Assign"),
        _("The case is assigned."),
        lambda case, given, actor, at: services.assign_application(case, to=given["to"], actor=actor, at=at),
        forms.AssignForm,
        consequence=_("The officer is told. Without an officer the case lies open to all."),
    ),
    Act(
        "ask",
        _("Ask the applicant"),
        _("The question is sent."),
        lambda case, given, actor, at: services.ask_question(case, text=given["text"], actor=actor, at=at),
        forms.QuestionForm,
        paper="question",
        tab="questions",
    ),
    Act(
        "request-opinion",
        _("Request an opinion"),
        _("The opinion is requested."),
        calls.request_opinion,
        forms.OpinionRequestForm,
        consequence=_("The term of the other body starts to run; the term of the decision runs on."),
        tab="questions",
    ),
    Act(
        "record-opinion",
        _("Enter the opinion"),
        _("The opinion is entered."),
        calls.record_opinion,
        forms.OpinionForm,
        consequence=_("The answer stands in the case and cannot be changed."),
        tab="questions",
    ),
    Act(
        "cite",
        _("Cite a clarification"),
        _("The clarification is named in the case."),
        calls.cite,
        clarification_forms.CiteForm,
        consequence=_("It stands in the case with the day on which it stood, and the applicant sees it."),
    ),
    Act("judge", _("Judge"), _("The check is judged."), calls.judge, forms.JudgeForm, tab="checks"),
    Act(
        "enter-payment",
        _("Enter a payment"),
        _("The payment is entered and counts."),
        calls.enter_payment,
        forms.PaymentForm,
        permission="licensing.pay",
        consequence=_("You have seen this payment in the bank's data; it counts at once."),
        tab="fees",
    ),
    Act(
        "confirm-fee",
        _("Confirm the payment that the filing declares"),
        _("The payment is confirmed and counts."),
        lambda case, given, actor, at: services.confirm_declaration(case, actor=actor, at=at),
        permission="licensing.pay",
        consequence=_("You have seen this payment in the bank's data; it counts at once."),
        tab="fees",
    ),
    Act(
        "confirm-payment",
        _("Confirm the payment"),
        _("The payment is confirmed and counts."),
        lambda case, given, actor, at: services.confirm_payment(given["payment"], actor=actor, at=at),
        forms.ConfirmPaymentForm,
        permission="licensing.pay",
        consequence=_("You have seen this payment in the bank's data; it counts at once."),
        tab="fees",
    ),
    Act(
        "void-payment",
        _("Strike out the payment"),
        _("The payment is struck out."),
        lambda case, given, actor, at: services.void_payment(
            given["payment"], reason=given["reason"], actor=actor, at=at
        ),
        forms.VoidPaymentForm,
        permission="licensing.pay",
        consequence=_("The payment counts no more; its row and your reason stay in the case."),
        tab="fees",
    ),
    Act(
        "note",
        _("Write a note"),
        _("The note is kept."),
        lambda case, given, actor, at: services.add_note(case, text=given["text"], actor=actor, at=at),
        forms.NoteForm,
        versioned=False,
        tab="notes",
    ),
    Act(
        "task",
        _("Give a task"),
        _("The task is given."),
        lambda case, given, actor, at: services.add_task(
            case, what=given["what"], to=given["to"], due_on=given["due_on"], actor=actor, at=at
        ),
        forms.TaskForm,
        consequence=_("The colleague is told and finds it in his work. The applicant never sees it."),
        versioned=False,
        tab="tasks",
    ),
    Act(
        "task-done",
        _("Task done"),
        _("The task is done."),
        lambda case, given, actor, at: services.finish_task(given["task"], actor=actor, at=at),
        forms.TaskDoneForm,
        permission="licensing.watch",  # whose task it is may be an inspector; the service asks further
        versioned=False,
        tab="tasks",
    ),
    Act(
        "watch",
        _("Watch the case"),
        _("You watch the case."),
        lambda case, given, actor, at: services.watch_case(case, actor=actor, at=at),
        permission="licensing.watch",
        consequence=_("You are told whenever the state of the case changes."),
        versioned=False,
    ),
    Act(
        "unwatch",
        _("Stop watching"),
        _("You no longer watch the case."),
        lambda case, given, actor, at: services.unwatch_case(case, actor=actor, at=at),
        permission="licensing.watch",
        versioned=False,
    ),
)
ACTS: Mapping[str, Act] = {act.name: act for act in _ACTS}
BY_STEP: Mapping[str, Act] = {act.step: act for act in _ACTS if act.step}
