"""Exchanges in the administration, to read."""

from exchanges.admin import particulars, sales

__all__ = ["particulars", "sales"]
