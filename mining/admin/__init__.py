"""Mining in the administration."""

from mining.admin import centres, particulars

__all__ = ["centres", "particulars"]
