"""The administration of inspections."""

from inspections.admin import inspectors

__all__ = ["inspectors"]
