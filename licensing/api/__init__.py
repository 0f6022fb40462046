"""Endpoints of the procedure."""
