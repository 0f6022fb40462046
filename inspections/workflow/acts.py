"""The table JOINT_ACT: one person enters a joint act with its requirements or criteria, another confirms it."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import ADMINISTRATOR, HEAD, OFFICER, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from inspections.models import JointAct

ENTER = "inspections.enter_joint_act"
CONFIRM = "inspections.confirm_joint_act"


def whole(act: "JointAct", on: date) -> list[Problem]:
    """Number, day and subjects of the act, at least one row, and each row as the Code asks for it."""
    return act.faults(on)


def said_why(act: "JointAct", on: date) -> list[Problem]:
    return [] if act.remark.strip() else [Problem("joint-act-remark", _("Say why."), field="remark")]


JOINT_ACT = Workflow(
    "joint_act",
    (
        State("draft", _("Being entered"), _("Being entered"), "active"),
        State("proposed", _("To be confirmed"), _("Being entered"), "waiting"),
        State("confirmed", _("Confirmed"), _("In force from its day"), "good"),
        State("ended", _("No longer in force"), _("No longer in force"), "neutral", final=True),
        State("dropped", _("Dropped"), _("Dropped"), "neutral", final=True),
    ),
    (
        Transition(
            "propose",
            ("draft",),
            "proposed",
            ENTER,
            _("Propose for confirmation"),
            (OFFICER, HEAD, ADMINISTRATOR),
            (whole,),
            _("Another person compares it with the signed act and confirms it."),
        ),
        Transition(
            "send_back",
            ("proposed",),
            "draft",
            CONFIRM,
            _("Send back"),
            (HEAD, ADMINISTRATOR),
            (said_why,),
            _("Who enters it reads why and mends it."),
        ),
        Transition(
            "confirm",
            ("proposed",),
            "confirmed",
            CONFIRM,
            _("Confirm"),
            (HEAD, ADMINISTRATOR),
            (whole,),
            _("It counts from its first day; its rows can no longer be changed."),
        ),
        Transition(
            "end",
            ("confirmed",),
            "ended",
            CONFIRM,
            _("Enter that it was repealed"),
            (HEAD, ADMINISTRATOR),
            (said_why,),
            _("From the day given none of its rows is asked any longer."),
        ),
        Transition(
            "drop",
            ("draft",),
            "dropped",
            ENTER,
            _("Drop"),
            (OFFICER, HEAD, ADMINISTRATOR),
            (),
            _("It never counted."),
        ),
    ),
)
