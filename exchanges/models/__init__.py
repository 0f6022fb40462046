"""Who trades in digital assets and by which permit, notes of the perimeter, classes of assets, reports on sales."""

from exchanges.models.aifc import AifcParticulars
from exchanges.models.classes import AssetAssessment, AssetItem
from exchanges.models.listing import ListedExchange
from exchanges.models.notes import PerimeterNote
from exchanges.models.operators import OperatorParticulars
from exchanges.models.regime import RegimeParticulars
from exchanges.models.reports import EXCHANGE, MINER, SaleReport, SaleRow
from exchanges.models.secured import SecuredParticulars

__all__ = [
    "EXCHANGE",
    "MINER",
    "AifcParticulars",
    "AssetAssessment",
    "AssetItem",
    "ListedExchange",
    "OperatorParticulars",
    "PerimeterNote",
    "RegimeParticulars",
    "SaleReport",
    "SaleRow",
    "SecuredParticulars",
]
