"""What the register of mining holds, one module a subject."""

from mining.models.centres import DataCentre
from mining.models.particulars import SOURCES, MiningParticulars

__all__ = ["SOURCES", "DataCentre", "MiningParticulars"]
