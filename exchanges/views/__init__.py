"""Pages of exchanges: reports on sales and the list, the perimeter, notes of its answers; one module a subject."""
