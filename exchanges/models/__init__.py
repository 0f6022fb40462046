"""Who trades and by which permit, notes of the perimeter, classes, approved and offered assets, issues, reports,
warnings, tips, and what providers owe."""

from exchanges.models import (
    approved,
    classes,
    complaints,
    incidents,
    issues,
    notes,
    rails,
    records,
    transfers,
    warnings,
)
from exchanges.models.aifc import AifcParticulars
from exchanges.models.approved import ApprovedAsset
from exchanges.models.classes import AssetAssessment, AssetItem
from exchanges.models.complaints import Complaint
from exchanges.models.incidents import Incident
from exchanges.models.issues import AssetIssue, IssueChange
from exchanges.models.listing import ListedExchange
from exchanges.models.notes import PerimeterNote
from exchanges.models.offers import ObservedOffer, OfferDifference, OfferedAsset
from exchanges.models.operators import OperatorParticulars
from exchanges.models.rails import RailLink, RailRating, Servicer
from exchanges.models.records import ProviderRecord
from exchanges.models.regime import RegimeParticulars
from exchanges.models.reports import EXCHANGE, MINER, SaleReport, SaleRow
from exchanges.models.secured import SecuredParticulars
from exchanges.models.tips import MarketTip
from exchanges.models.transfers import HeldTransfer
from exchanges.models.warnings import MarketWarning

#: The beginnings of the numbers given here, none of them of a licence.
NUMBER_SERIES = (
    notes.SERIES,
    classes.CLASS_SERIES,
    *(kind.SERIES for kind in (warnings, rails, complaints, incidents, records, transfers, approved, issues)),
)

__all__ = [
    "EXCHANGE",
    "MINER",
    "NUMBER_SERIES",
    "AifcParticulars",
    "ApprovedAsset",
    "AssetAssessment",
    "AssetIssue",
    "AssetItem",
    "Complaint",
    "HeldTransfer",
    "Incident",
    "IssueChange",
    "ListedExchange",
    "MarketTip",
    "MarketWarning",
    "ObservedOffer",
    "OfferDifference",
    "OfferedAsset",
    "OperatorParticulars",
    "PerimeterNote",
    "ProviderRecord",
    "RailLink",
    "RailRating",
    "RegimeParticulars",
    "SaleReport",
    "SaleRow",
    "SecuredParticulars",
    "Servicer",
]
