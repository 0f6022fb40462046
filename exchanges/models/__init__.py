"""Who trades and by which permit, notes of the perimeter, classes of assets, reports on sales, warnings, tips."""

from exchanges.models import classes, complaints, incidents, notes, rails, records, transfers, warnings
from exchanges.models.aifc import AifcParticulars
from exchanges.models.classes import AssetAssessment, AssetItem
from exchanges.models.complaints import Complaint
from exchanges.models.incidents import Incident
from exchanges.models.listing import ListedExchange
from exchanges.models.notes import PerimeterNote
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
    *(kind.SERIES for kind in (warnings, rails, complaints, incidents, records, transfers)),
)

__all__ = [
    "EXCHANGE",
    "MINER",
    "NUMBER_SERIES",
    "AifcParticulars",
    "AssetAssessment",
    "AssetItem",
    "Complaint",
    "HeldTransfer",
    "Incident",
    "ListedExchange",
    "MarketTip",
    "MarketWarning",
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
