"""What happens to subjects, plans and inspections, one module a subject."""
