"""Who may do what in mining, one module a subject. Asked through core.services.allowed() only."""

from mining.permissions import centres, distributions, keepers, machines, pools, quota

__all__ = ["centres", "distributions", "keepers", "machines", "pools", "quota"]
