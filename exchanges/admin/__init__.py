"""Exchanges, warnings and duties of providers in the administration, to read."""

from exchanges.admin import particulars, rails, sales, warnings

__all__ = ["particulars", "rails", "sales", "warnings"]
