"""The table MACHINES: an owner asks that machines enter the register, leave it or move, and an officer decides."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from mining.models import MachineFiling

STAFF = (OFFICER, HEAD)


def reasons_written(filing: "MachineFiling", on: date) -> list[Problem]:
    """A refusal says why."""
    if filing.answer.strip():
        return []
    return [Problem(code="refusal-unreasoned", message=_("Write why it is refused."), field="answer")]


MACHINES = Workflow(
    "machines",
    (
        State("filed", _("Filed"), _("Filed"), "active"),
        State("granted", _("Done as asked"), _("Done as asked"), "good", final=True),
        State("refused", _("Refused"), _("Refused"), "bad", final=True),
        State("withdrawn", _("Withdrawn"), _("Withdrawn"), "neutral", final=True),
    ),
    (
        Transition(
            "grant",
            ("filed",),
            "granted",
            "mining.decide_machines",
            _("Do as asked"),
            STAFF,
            (),
            _("The register changes at once for every machine of the application; the owner is told."),
        ),
        Transition(
            "refuse",
            ("filed",),
            "refused",
            "mining.decide_machines",
            _("Refuse"),
            STAFF,
            (reasons_written,),
            _("The register stays as it is; the owner reads your reasons."),
            adverse=True,
        ),
        Transition(
            "withdraw",
            ("filed",),
            "withdrawn",
            "mining.withdraw_machines",
            _("Withdraw"),
            PARTY,
            (),
            _("The register stays as it is; nothing is owed any more."),
        ),
    ),
)
