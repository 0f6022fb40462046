"""The administration of inspections."""
