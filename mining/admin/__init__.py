"""Mining in the administration."""

from mining.admin import centres, distributions, machines, particulars, power

__all__ = ["centres", "distributions", "machines", "particulars", "power"]
