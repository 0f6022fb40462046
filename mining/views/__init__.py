"""Pages of mining, one module a subject."""
