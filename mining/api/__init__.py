"""Mining by program, one module a subject."""
