"""The table OBJECTION: a person objects to what the program did by itself, and an official answers."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from licensing.models import Objection

STAFF = (OFFICER, HEAD)


def answer_written(objection: "Objection", on: date) -> list[Problem]:
    """An answer in words: what is done, or why nothing is."""
    if objection.answer:
        return []
    message = _("Write the answer: what is done, or why nothing is.")
    return [Problem(code="objection-unanswered", message=message, field="answer")]


OBJECTION = Workflow(
    "objection",
    (
        State("filed", _("Objection filed"), _("Objection filed"), "active"),
        State("upheld", _("Objection upheld"), _("Upheld"), "good", final=True),
        State("rejected", _("Objection rejected"), _("Rejected"), "bad", final=True),
        State("taken_back", _("Objection taken back"), _("Objection taken back"), "neutral", final=True),
    ),
    (
        Transition(
            "uphold",
            ("filed",),
            "upheld",
            "licensing.answer_objection",
            _("Uphold the objection"),
            STAFF,
            (answer_written,),
            _("The person reads what is done; do it by the acts of the case, in your own name."),
        ),
        Transition(
            "reject",
            ("filed",),
            "rejected",
            "licensing.answer_objection",
            _("Reject the objection"),
            STAFF,
            (answer_written,),
            _("What the program did stands, now in your name; the person reads your reasons."),
            adverse=True,
        ),
        Transition(
            "take_back",
            ("filed",),
            "taken_back",
            "licensing.object",
            _("Take the objection back"),
            PARTY,
            (),
            _("Nothing is owed any more."),
        ),
    ),
)
