"""Exchanges and warnings in the administration, to read."""

from exchanges.admin import particulars, sales, warnings

__all__ = ["particulars", "sales", "warnings"]
