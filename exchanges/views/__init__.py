"""Pages of exchanges and of reports on sales, one module a subject."""
