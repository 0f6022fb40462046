"""The administration of inspections."""

from inspections.admin import answers, inspectors, plans

__all__ = ["answers", "inspectors", "plans"]
