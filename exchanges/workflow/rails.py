"""The table RAIL: an account of a licence holder at a bank or the postal operator is held until it ends."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from exchanges.models import RailLink


def end_in_order(link: "RailLink", on: date) -> list[Problem]:
    """It ends on a day from its first to today, and it is said where this is known from."""
    problems = []
    if link.to_on is not None and not link.from_on <= link.to_on <= on:
        message = _("The day lies before the account was opened or in the future.")
        problems.append(Problem("rail-end-day", message, field="to_on"))
    if not link.end_source:
        problems.append(Problem("rail-end-source", _("Say where the end is known from."), field="end_source"))
    return problems


RAIL = Workflow(
    "rail",
    (
        State("held", _("Account held"), _("Account held"), "good"),
        State("ended", _("Account ended"), _("Account ended"), "neutral", final=True),
    ),
    (
        Transition(
            "end",
            ("held",),
            "ended",
            "exchanges.end_rail",
            _("End the account"),
            (*PARTY, OFFICER, HEAD),
            (end_in_order,),
            _("The register no longer shows it as serving the licence."),
        ),
    ),
)
