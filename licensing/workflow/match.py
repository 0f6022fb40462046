"""The table MATCH: a name of a firm met an entry of a screening list, and an official says whether it is he."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from licensing.models import ScreeningMatch

STAFF = (OFFICER, HEAD)


def reason_written(match: "ScreeningMatch", on: date) -> list[Problem]:
    """What shows that it is he, or that it is another."""
    if match.evidence:
        return []
    return [Problem("match-reason", _("Write what shows that it is this person or another."), field="evidence")]


MATCH = Workflow(
    "match",
    (
        State("open", _("Match open"), _("Match open"), "waiting"),
        State("confirmed", _("Match confirmed"), _("Match confirmed"), "bad"),
        State("cleared", _("Match cleared"), _("Match cleared"), "neutral", final=True),
    ),
    (
        Transition(
            "confirm",
            ("open",),
            "confirmed",
            "licensing.decide_match",
            _("It is this person"),
            STAFF,
            (reason_written,),
            _("The requirement on lists is not met by the firm, and the firm is told so. It can be cleared later."),
            adverse=True,
        ),
        Transition(
            "clear",
            ("open", "confirmed"),
            "cleared",
            "licensing.decide_match",
            _("It is another person"),
            STAFF,
            (reason_written,),
            _("The match stands in no way any more; the same entry is not asked about again."),
        ),
    ),
)
