"""The administration of inspections."""

from inspections.admin import acts, answers, inspectors, plans, subjects, visits

__all__ = ["acts", "answers", "inspectors", "plans", "subjects", "visits"]
