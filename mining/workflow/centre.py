"""The table CENTRE: a data centre stands in the register, and is closed one day."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from mining.models import DataCentre

STAFF = (OFFICER, HEAD)


def closed_after_it_opened(centre: "DataCentre", on: date) -> list[Problem]:
    """A centre closes on a day of its life, not on one to come."""
    if centre.closed_on is None or not centre.closing_reason.strip():
        message = _("Give the day of the closing and its reason.")
        return [Problem(code="closing-incomplete", message=message, field="closed_on")]
    if centre.closed_on > on or (centre.opened_on and centre.closed_on < centre.opened_on):
        message = _("The day of the closing lies between the opening and today.")
        return [Problem(code="closing-day", message=message, field="closed_on")]
    return []


CENTRE = Workflow(
    "centre",
    (
        State("registered", _("In the register"), _("In the register"), "good"),
        State("closed", _("Closed"), _("Closed"), "neutral", final=True),
    ),
    (
        Transition(
            "close",
            ("registered",),
            "closed",
            "mining.close_centre",
            _("Close the data centre"),
            STAFF,
            (closed_after_it_opened,),
            _("It stays in the register as closed. What is let in it ends with that day."),
        ),
    ),
)
