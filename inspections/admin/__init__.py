"""The administration of inspections."""

from inspections.admin import answers, inspectors, plans, subjects

__all__ = ["answers", "inspectors", "plans", "subjects"]
