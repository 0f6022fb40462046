"""Exchanges of the AIFC as this house knows them, reports on sales of mined assets, and notes of the perimeter."""

from exchanges.models.listing import ListedExchange
from exchanges.models.notes import PerimeterNote
from exchanges.models.reports import EXCHANGE, MINER, SaleReport, SaleRow

__all__ = ["EXCHANGE", "MINER", "ListedExchange", "PerimeterNote", "SaleReport", "SaleRow"]
