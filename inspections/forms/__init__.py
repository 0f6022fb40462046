"""What the pages of inspections ask for."""
