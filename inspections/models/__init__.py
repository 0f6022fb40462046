"""Subjects of control, risk, plans and inspections, one module a subject."""

from inspections.models.acts import Criterion, JointAct, Requirement
from inspections.models.answers import Annulment, Filing, FilingItem
from inspections.models.batches import SiteBatch, SiteEntry
from inspections.models.course import InspectionItem, TeamMember
from inspections.models.inspections import Inspection
from inspections.models.plans import ControlPlan, PlanCandidate, PlanEntry
from inspections.models.risk import RiskRow, RiskRun
from inspections.models.subjects import ControlObject, Inspector, Subject
from inspections.models.visits import SupervisoryVisit

__all__ = [
    "Annulment",
    "ControlObject",
    "ControlPlan",
    "Criterion",
    "Filing",
    "FilingItem",
    "Inspection",
    "InspectionItem",
    "Inspector",
    "JointAct",
    "PlanCandidate",
    "PlanEntry",
    "Requirement",
    "RiskRow",
    "RiskRun",
    "SiteBatch",
    "SiteEntry",
    "Subject",
    "SupervisoryVisit",
    "TeamMember",
]
