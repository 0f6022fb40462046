"""The administration of inspections."""

from inspections.admin import inspectors, plans

__all__ = ["inspectors", "plans"]
