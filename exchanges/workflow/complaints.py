"""The table COMPLAINT: a person complains of a provider, its authority puts it to the provider, which answers."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from exchanges.models import Complaint

STAFF = (OFFICER, HEAD)
#: The states in which the provider reads it.
PUT = ("forwarded", "answered", "closed")


def answer_written(row: "Complaint", on: date) -> list[Problem]:
    return [] if row.answer else [Problem("complaint-unanswered", _("Write the answer."), field="answer")]


def remark_written(row: "Complaint", on: date) -> list[Problem]:
    return [] if row.remark else [Problem("complaint-remark", _("Say why."), field="remark")]


def outcome_written(row: "Complaint", on: date) -> list[Problem]:
    message = _("Write what came of it; the person reads it.")
    return [] if row.outcome else [Problem("complaint-outcome", message, field="outcome")]


COMPLAINT = Workflow(
    "complaint",
    (
        State("filed", _("Complaint to be read"), _("Complaint filed"), "active"),
        State("forwarded", _("Put to the provider"), _("The provider is to answer"), "waiting"),
        State("answered", _("Answered by the provider"), _("Answered"), "active"),
        State("closed", _("Complaint closed"), _("Closed"), "good", final=True),
        State("declined", _("Complaint not taken up"), _("Not taken up"), "bad", final=True),
    ),
    (
        Transition(
            "forward",
            ("filed",),
            "forwarded",
            "exchanges.handle_complaint",
            _("Put it to the provider"),
            STAFF,
            (),
            _("The provider reads it and owes an answer by a day; name and contact only where the person agreed."),
        ),
        Transition(
            "decline",
            ("filed",),
            "declined",
            "exchanges.handle_complaint",
            _("Do not take it up"),
            STAFF,
            (outcome_written,),
            _("The person reads why. The provider never sees it."),
            adverse=True,
        ),
        Transition(
            "answer",
            ("forwarded",),
            "answered",
            "exchanges.answer_complaint",
            _("Answer the complaint"),
            PARTY,
            (answer_written,),
            _("The person and the authority read your answer."),
        ),
        Transition(
            "send_back",
            ("answered",),
            "forwarded",
            "exchanges.handle_complaint",
            _("Ask for another answer"),
            STAFF,
            (remark_written,),
            _("The provider owes another answer; its term begins anew."),
        ),
        Transition(
            "close",
            ("answered",),
            "closed",
            "exchanges.handle_complaint",
            _("Close the complaint"),
            STAFF,
            (outcome_written,),
            _("The person and the provider read what came of it."),
        ),
    ),
)
