"""What the register of mining holds, one module a subject."""

from mining.models.particulars import SOURCES, MiningParticulars

__all__ = ["SOURCES", "MiningParticulars"]
