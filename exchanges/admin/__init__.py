"""Exchanges, warnings, tips and duties of providers in the administration, to read."""

from exchanges.admin import particulars, rails, sales, tips, warnings

__all__ = ["particulars", "rails", "sales", "tips", "warnings"]
