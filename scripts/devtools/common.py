"""Paths, messages, secrets and the file of exported variables."""

import hashlib
import os
import secrets
import shlex
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / ".data"
LOGS = DATA / "log"
ENV_FILE = DATA / "env"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
IS_ROOT = os.geteuid() == 0
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}

# PostgreSQL refuses to run as root, and another user may be unable to read below this folder's parents.
STATE = Path("/var/lib/tizilim") / hashlib.sha256(str(ROOT).encode()).hexdigest()[:12] if IS_ROOT else DATA


class Stop(Exception):
    """Ends the command with a message for the person who called it."""


def say(message: str) -> None:
    with suppress(BrokenPipeError):  # whoever read us left; what is being stopped must still be stopped
        print(message, flush=True)


def private_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret(name: str) -> str:
    """A random secret that is made once per checkout and kept in .data (mode 0600)."""
    path = private_folder(DATA) / f"{name}.secret"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def write_private(path: Path, content: str) -> None:
    """Replace a file in one step; nobody but its owner can read it at any moment."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        stream.write(content)
    draft.replace(path)


def write_env(variables: dict[str, str]) -> None:
    """`.data/env`: variables that a shell can source (`. .data/env`)."""
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in sorted(variables.items())]
    write_private(ENV_FILE, "# Written by `make services` and `make run`.\n" + "".join(lines))


def read_env() -> dict[str, str]:
    if not ENV_FILE.exists():
        return {}
    words = shlex.split(ENV_FILE.read_text(), comments=True)
    return dict(word.split("=", 1) for word in words if "=" in word)


def tail(path: Path, lines: int = 30) -> str:
    if not path.exists():
        return ""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells an older Python so
    sys.exit("Tizilim needs Python 3.11 or newer; this is " + sys.version.split()[0])
