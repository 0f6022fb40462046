"""Exchanges, approved and offered assets, warnings, tips and duties of providers in the administration, to read."""

from exchanges.admin import approved, issues, particulars, rails, sales, tips, warnings

__all__ = ["approved", "issues", "particulars", "rails", "sales", "tips", "warnings"]
