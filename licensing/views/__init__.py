"""Pages of the procedure: officers' ones, public ones, and what applicants see of their cases."""
