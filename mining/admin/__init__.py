"""Mining in the administration."""

from mining.admin import centres, particulars, power

__all__ = ["centres", "particulars", "power"]
