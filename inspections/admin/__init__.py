"""The administration of inspections."""

from inspections.admin import acts, answers, entries, inspections, inspectors, plans, subjects, visits

__all__ = ["acts", "answers", "entries", "inspections", "inspectors", "plans", "subjects", "visits"]
