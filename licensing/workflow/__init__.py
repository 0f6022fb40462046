"""The tables of the procedure: who may take which step from where to where. `docs/workflows.md` is drawn from them."""

from licensing.workflow.application import APPLICATION
from licensing.workflow.breach import BREACH
from licensing.workflow.clarification import CLARIFICATION
from licensing.workflow.licence import LICENCE, LIVE
from licensing.workflow.match import MATCH
from licensing.workflow.measure import CLAIM_STATES, MEASURE
from licensing.workflow.objection import OBJECTION
from licensing.workflow.referral import REFERRAL

__all__ = [
    "APPLICATION",
    "BREACH",
    "CLAIM_STATES",
    "CLARIFICATION",
    "LICENCE",
    "LIVE",
    "MATCH",
    "MEASURE",
    "OBJECTION",
    "REFERRAL",
]
