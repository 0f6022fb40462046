"""The file outbox: a message is a file named by its Message-ID, so that it is there once however often it is sent."""

import hashlib
import os
from collections.abc import Sequence
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
