"""Mining in the administration."""

from mining.admin import particulars

__all__ = ["particulars"]
