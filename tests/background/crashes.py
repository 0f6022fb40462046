"""What other processes do: die at the worst moment (`python -m tests.background.crashes <where> <id>`), or write."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.mail import EmailMessage

from core.mail import OutboxBackend, write_once


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DiesAfterWriting(OutboxBackend):
    """The mail is in the file outbox, and the process is gone before it could say so in the database."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        super().send_messages(email_messages)
        die()
        return 0


def write_file(path: str, size: int) -> bool:
    """So many equal bytes into a file, whole or not at all."""
    return write_once(Path(path), bytes([size % 256]) * size)


def deliver(pk: int) -> None:
    from django.conf import settings
    from django.utils import timezone

    from core.services.post import deliver_one

    settings.EMAIL_BACKEND = "tests.background.crashes.DiesAfterWriting"
    deliver_one(pk, at=timezone.now())


def submit(pk: int) -> None:
    """Die right after the commit, before anything is published."""
    from django.db import transaction

    from licensing.models import Application
    from licensing.services import submit_application
    from tests.factories import AT

    application = Application.objects.get(pk=pk)
    with transaction.atomic():
        transaction.on_commit(die)
        submit_application(application, actor=application.created_by, at=AT)


if __name__ == "__main__":
    django.setup()
    {"deliver": deliver, "submit": submit}[sys.argv[1]](int(sys.argv[2]))
