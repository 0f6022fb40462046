"""Mining in the administration."""

from mining.admin import centres, distributions, machines, particulars, pools, power, quota, realised

__all__ = ["centres", "distributions", "machines", "particulars", "pools", "power", "quota", "realised"]
