"""The endpoints of exchanges, one module a subject."""
