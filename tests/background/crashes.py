"""What other processes do: die at the worst moment (`python -m tests.background.crashes <where> <id>`), or write."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
from django.core.mail import EmailMessage
from django.utils import timezone

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


def archive(pk: int) -> None:
    """Die with a third of the documents packed, after progress was written."""
    from licensing.models import Archive
    from licensing.services import archives

    pack_one = archives.pack_one

    def pack(packer: Any, row: Any, name: str) -> str:
        fault = pack_one(packer, row, name)
        if Archive.objects.get(pk=pk).progress > 30:
            die()
        return fault

    archives.pack_one = pack
    archives.make_archive(pk, at=timezone.now())


def archive_stored(pk: int) -> None:
    """Die with the file in the storage, before the row says so."""
    from licensing.services import archives

    archives.finish = lambda *_facts, **_more: die()
    archives.make_archive(pk, at=timezone.now())


def print_before_signing(pk: int) -> None:
    """Die when the paper is set and not yet signed."""
    from licensing.services import letters

    vars(letters)["sign_paper"] = lambda *args, **kwargs: die()
    letters.print_letter(pk, at=timezone.now())


def print_after_signing(pk: int) -> None:
    """Die when the signed paper lies in the storage and its row is written, before the commit."""
    from licensing.services import letters

    vars(letters)["keep_own_signature"] = lambda *args, **kwargs: die()
    letters.print_letter(pk, at=timezone.now())


def form(slice_: int) -> None:
    """Die with one slice of a plan written, while the next one is read."""
    from inspections.models import PlanCandidate
    from inspections.services.plan_terms import sweep_plans
    from inspections.services.planning import forming, reading
    from tests.inspections.planning import SWEPT

    reading.SLICE = forming.BATCH = slice_
    facts, written = reading._facts, list[Any]()

    def read(*given: Any) -> Any:
        if written:
            assert PlanCandidate.objects.count() == slice_
            die()
        written.append(given)
        return facts(*given)

    vars(reading)["_facts"] = read
    sweep_plans(at=SWEPT)


DEATHS = (deliver, submit, archive, archive_stored, print_before_signing, print_after_signing, form)

if __name__ == "__main__":
    django.setup()
    {death.__name__: death for death in DEATHS}[sys.argv[1]](int(sys.argv[2]))
