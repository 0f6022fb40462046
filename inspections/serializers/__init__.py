"""What the API of inspections reads and writes."""
