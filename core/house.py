"""Workflow tables of the house itself: erasing what may go. `docs/workflows.md` is drawn from them."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import ADMINISTRATOR, SYSTEM, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from core.models import ErasureRun


def only_housekeeping(run: "ErasureRun", on: date) -> list[Problem]:
    """Without a person the program erases its own technical records alone."""
    if run.automatic:
        return []
    message = _("Personal records are erased after a second person's confirmation only.")
    return [Problem(code="needs-confirmation", message=message)]


ERASURE = Workflow(
    "erasure",
    (
        State("proposed", _("Proposed"), _("Proposed"), "waiting"),
        State("running", _("Running"), _("Running"), "active"),
        State("done", _("Done"), _("Done"), "good", final=True),
        State("declined", _("Declined"), _("Declined"), "neutral", final=True),
    ),
    (
        Transition(
            "confirm",
            ("proposed",),
            "running",
            "core.confirm_erasure",
            _("Confirm the erasure"),
            (ADMINISTRATOR,),
            (),
            _("What the proposal lists is erased, for good. It cannot be undone."),
            adverse=True,
        ),
        Transition(
            "decline",
            ("proposed",),
            "declined",
            "core.propose_erasure",
            _("Decline the erasure"),
            (ADMINISTRATOR,),
            (),
            _("Nothing is erased; a new proposal can be made."),
        ),
        Transition(
            "begin",
            ("proposed",),
            "running",
            "core.time",
            _("Begin housekeeping"),
            (SYSTEM,),
            (only_housekeeping,),
        ),
        Transition("finish", ("running",), "done", "core.time", _("Finish"), (SYSTEM,)),
    ),
)
