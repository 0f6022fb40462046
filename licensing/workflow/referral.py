"""The table REFERRAL: one authority refers a matter to another, or asks it something, and the other answers."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from licensing.models import Referral

STAFF = (OFFICER, HEAD)
TEXT_LIMIT = 10_000


def too_long(text: str, field: str, limit: int = TEXT_LIMIT) -> list[Problem]:
    if len(text) <= limit:
        return []
    message = _("The text is longer than %(limit)s characters.")
    return [Problem("text-too-long", message, {"limit": limit}, field=field)]


def answer_written(referral: "Referral", on: date) -> list[Problem]:
    """An answer in words, of a day between the request and today."""
    problems = too_long(referral.answer, "answer")
    if not referral.answer.strip():
        message = _("Not stated: %(field)s.")
        problems.append(Problem("particular-missing", message, {"field": _("answer")}, field="answer"))
    if referral.answered_on is None or not referral.asked_on <= referral.answered_on <= on:
        message = _("The answer's day lies outside the time since the request.")
        problems.append(Problem("answer-day", message, field="answered_on"))
    return problems


def withdrawal_explained(referral: "Referral", on: date) -> list[Problem]:
    if referral.withdrawn_because.strip():
        return too_long(referral.withdrawn_because, "reason")
    return [Problem("note-missing", _("Say why."), field="reason")]


REFERRAL = Workflow(
    "referral",
    (
        State("sent", _("Waiting for an answer"), _("Waiting for an answer"), "waiting"),
        State("answered", _("Answered"), _("Answered"), "active"),
        State("settled", _("Settled"), _("Settled"), "good", final=True),
        State("withdrawn", _("Request withdrawn"), _("Request withdrawn"), "neutral", final=True),
    ),
    (
        Transition(
            "answer",
            ("sent",),
            "answered",
            "licensing.answer_request",
            _("Enter the answer"),
            STAFF,
            (answer_written,),
            _("Both sides read it; it cannot be changed."),
        ),
        Transition(
            "settle",
            ("answered",),
            "settled",
            "licensing.ask_body",
            _("Note as settled"),
            STAFF,
            (),
            _("The matter is closed between the two authorities."),
        ),
        Transition(
            "withdraw",
            ("sent",),
            "withdrawn",
            "licensing.ask_body",
            _("Withdraw the request"),
            STAFF,
            (withdrawal_explained,),
            _("The other authority owes no answer any more; it goes on reading what it was sent."),
        ),
    ),
)
