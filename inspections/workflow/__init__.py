"""The tables of inspections: who may take which step from where to where."""

from inspections.workflow.acts import JOINT_ACT
from inspections.workflow.answers import ANNULMENT, FILING
from inspections.workflow.inspection import INSPECTION
from inspections.workflow.plans import PLAN
from inspections.workflow.visits import SUPERVISORY_VISIT

__all__ = ["ANNULMENT", "FILING", "INSPECTION", "JOINT_ACT", "PLAN", "SUPERVISORY_VISIT"]
