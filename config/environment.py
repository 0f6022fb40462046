"""Values from the environment, with the few conversions that settings.py needs."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def pairs(name: str) -> dict[str, str]:
    """`code=address` separated by commas."""
    return {code.strip(): value.strip() for code, _is, value in (word.partition("=") for word in words(name))}


def secret_key() -> str:
    """The key given, else one that lives as long as this process: nothing signed with it outlives a restart."""
    return text("SECRET_KEY") or secrets.token_urlsafe(50)


def database(url: str) -> dict[str, Any]:
    """A Django database from postgresql://user:password@host:port/name?option=value (host may be a socket folder)."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def needs_owner(argv: list[str]) -> bool:
    """Whether this process changes the schema: only then it connects as the owner of the tables."""
    command = argv[1] if len(argv) > 1 else ""
    return command in {"migrate", "sqlmigrate", "flush"}
