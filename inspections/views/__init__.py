"""Pages of inspections, one module a subject."""
