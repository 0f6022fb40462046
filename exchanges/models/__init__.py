"""Exchanges of the AIFC as this house knows them, and reports on sales of mined assets."""

from exchanges.models.listing import ListedExchange
from exchanges.models.reports import EXCHANGE, MINER, SaleReport, SaleRow

__all__ = ["EXCHANGE", "MINER", "ListedExchange", "SaleReport", "SaleRow"]
