"""The tables of exchanges: who may take which step from where to where."""

from exchanges.workflow.approved import APPROVED
from exchanges.workflow.classes import ASSET_CLASS
from exchanges.workflow.complaints import COMPLAINT
from exchanges.workflow.incidents import INCIDENT
from exchanges.workflow.issues import ISSUE
from exchanges.workflow.offers import OFFER
from exchanges.workflow.rails import RAIL
from exchanges.workflow.records import RECORD
from exchanges.workflow.tips import TIP
from exchanges.workflow.transfers import TRANSFER
from exchanges.workflow.warnings import WARNING

__all__ = [
    "APPROVED",
    "ASSET_CLASS",
    "COMPLAINT",
    "INCIDENT",
    "ISSUE",
    "OFFER",
    "RAIL",
    "RECORD",
    "TIP",
    "TRANSFER",
    "WARNING",
]
