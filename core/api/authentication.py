"""API keys: hashed, expiring, revocable."""

from knox.auth import TokenAuthentication


class KeyAuthentication(TokenAuthentication):  # type: ignore[misc]  # knox ships no types
    """`Authorization: Token <key>`."""
