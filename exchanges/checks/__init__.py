"""What a filing of a kind of exchanges must meet; each function asks `law/` and returns its problems."""
