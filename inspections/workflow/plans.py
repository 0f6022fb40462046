"""The table PLAN: a schedule or list is formed from a risk run, and published in one of the two ways of the law."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, INSPECTOR, OFFICER, SYSTEM, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from inspections.models import ControlPlan

PREPARE = "inspections.prepare"
APPROVE = "inspections.approve_plan"
PUBLISH = "inspections.publish_plan"


def lawful_plan(plan: "ControlPlan", on: date) -> list[Problem]:
    """One way of forming a period, the cap without an automated system, changes as the law allows them."""
    return plan.faults(on)


def on_paper(plan: "ControlPlan", on: date) -> list[Problem]:
    """A plan of the automated system is neither approved nor sent: it is formed and published."""
    return plan.paper_faults(on)


def in_order(plan: "ControlPlan", on: date) -> list[Problem]:
    """Without an automated system a plan is approved, and a list sent to legal statistics, before it is published."""
    return plan.order_faults(on)


def in_time(plan: "ControlPlan", on: date) -> list[Problem]:
    """A first version is published before the day that the law names; nothing is published backwards."""
    return plan.late_faults(on)


PLAN = Workflow(
    "plan",
    (
        State("formed", _("Formed"), _("Being formed"), "active"),
        State("approved", _("Approved"), _("Being formed"), "active"),
        State("sent", _("Sent to legal statistics"), _("Being formed"), "waiting"),
        State("published", _("Published"), _("Published"), "good"),
        State("replaced", _("Replaced by a later version"), _("Replaced by a later version"), "neutral", final=True),
        State("dropped", _("Dropped"), _("Dropped"), "neutral", final=True),
    ),
    (
        Transition(
            "approve",
            ("formed",),
            "approved",
            APPROVE,
            _("Approve"),
            (HEAD,),
            (lawful_plan, on_paper),
            _("Without an automated system the head of the authority answers for the plan."),
        ),
        Transition(
            "send",
            ("approved",),
            "sent",
            PREPARE,
            _("Enter that it was sent to legal statistics"),
            (OFFICER, HEAD, INSPECTOR),
            (on_paper,),
            _("Legal statistics publishes the consolidated list."),
        ),
        Transition(
            "publish",
            ("formed", "approved", "sent"),
            "published",
            PUBLISH,
            _("Publish"),
            (HEAD, SYSTEM),
            (lawful_plan, in_order, in_time),
            _("Everybody can read it, and it founds inspections of those who stand in it."),
        ),
        Transition(
            "replace",
            ("published",),
            "replaced",
            PUBLISH,
            _("Replace by a later version"),
            (HEAD, SYSTEM),
            (),
            _("The later version is published in its place."),
        ),
        Transition(
            "drop",
            ("formed", "approved"),
            "dropped",
            APPROVE,
            _("Drop"),
            (HEAD,),
            (),
            _("It was never published and founds nothing."),
        ),
    ),
)
