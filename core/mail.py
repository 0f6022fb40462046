"""The file outbox: a message is a file named by its Message-ID, so that it is there once however often it is sent."""

import hashlib
import heapq
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import default as default_policy
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxBackend(BaseEmailBackend):
    """Writes messages to OUTBOX_DIR as .eml files."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.OUTBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            raw = message.message()
            name = hashlib.sha256(str(raw["Message-ID"]).encode()).hexdigest()[:32]
            write_once(folder / f"{name}.eml", raw.as_bytes())
        return len(email_messages)


def write_once(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all; False when it was there already."""
    if path.exists():
        return False
    part = path.with_suffix(f".{uuid4().hex}.part")
    part.write_bytes(content)
    try:
        os.link(part, path)  # fails if another process was first
    except FileExistsError:
        return False
    finally:
        part.unlink()
    return True


NAME = re.compile(r"[0-9a-f]{32}")
PARSE = BytesParser(policy=default_policy)


@dataclass(frozen=True, slots=True)
class Stored:
    """A mail of the outbox, as its page shows it."""

    name: str
    at: datetime
    headers: tuple[tuple[str, str], ...]
    text: str = ""
    attachments: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def subject(self) -> str:
        return self.header("subject")

    @property
    def to(self) -> str:
        return self.header("to")


def outbox_is_read() -> bool:
    """Whether mails can be read here: where nothing leaves the machine, and nobody's work depends on what they say.

    A mail sets passwords and confirms addresses, so that a real service shows none, wherever it writes them.
    """
    return settings.EMAIL_BACKEND == "core.mail.OutboxBackend" and (settings.DEMO or settings.DEBUG)


def stored_mails(cursor: str, size: int) -> tuple[list[Stored], str]:
    """A page of mails, the newest first, and the cursor of the next; a cursor that cannot be read is the first page."""
    ranked = heapq.nlargest(size + 1, _places(cursor))
    shown = [mail for _moment, name in ranked[:size] if (mail := stored_mail(name, whole=False)) is not None]
    following = "{}.{}".format(*ranked[size - 1]) if len(ranked) > size else ""
    return shown, following


def _places(cursor: str) -> Iterator[tuple[int, str]]:
    """The mails behind a cursor as (nanosecond of writing, name)."""
    moment, _dot, last = cursor.partition(".")
    before = (int(moment), last) if moment.isascii() and moment.isdigit() and len(moment) < 25 else None
    with suppress(FileNotFoundError), os.scandir(settings.OUTBOX_DIR) as entries:
        for entry in entries:
            name, _dot, ending = entry.name.partition(".")
            if ending == "eml" and NAME.fullmatch(name):
                place = (entry.stat().st_mtime_ns, name)
                if before is None or place < before:
                    yield place


def stored_mail(name: str, *, whole: bool = True) -> Stored | None:
    """One mail by its name; only its headers unless the whole is asked for. None where there is none."""
    path = Path(settings.OUTBOX_DIR) / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    with path.open("rb") as file:
        mail = PARSE.parse(file, headersonly=not whole)
    at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    headers = tuple((key, str(value)) for key, value in mail.items())
    if not whole:
        return Stored(name, at, headers)
    body = mail.get_body(("plain", "html"))
    text = str(body.get_content()) if body is not None else ""
    names = tuple(part.get_filename() or part.get_content_type() for part in mail.iter_attachments())
    return Stored(name, at, headers, text, names)
