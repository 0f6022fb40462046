"""What the pages of exchanges ask for, one module a subject."""
