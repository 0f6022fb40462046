"""What a filing of a kind of mining must meet; each function asks `law/` and returns its problems."""
