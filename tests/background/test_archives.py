"""Making the file of a case: killed, asked for twice at once, without a broker; and its memory."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from core.models import Document, Event, Notification
from core.services import Upload, store_document
from core.services.files import keep
from core.services.packing import public_key, verify_package
from core.services.tries import alone_with
from licensing import services
from licensing.models import Application, Archive
from licensing.services import archives
from tests import factories as make
from tests.background.support import Broker, Worker, product_environment, wait_for
from tests.background.test_failures import crash
from tests.licensing.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stress]
Start = Callable[[], Worker]


def asked(documents: int = 0) -> Archive:
    case = make.make_submitted()
    for number in range(documents):
        upload = Upload(f"{number}.pdf", BytesIO(make.PDF + str(number).encode()))
        store_document(case, upload, kind="other", actor=case.created_by, at=make.AT)
    return services.ask_archive(case, actor=case.created_by, at=timezone.now(), language="en")


def is_ready(archive: Archive) -> bool:
    return Archive.objects.filter(pk=archive.pk, finished_at__isnull=False).exists()


def holds(archive: Archive) -> None:
    """One whole file, told once."""
    archive.refresh_from_db()
    with default_storage.open(archive.path) as stream:
        content = stream.read()
    assert hashlib.sha256(content).hexdigest() == archive.sha256
    assert not list(verify_package(io.BytesIO(content), key=public_key()[0]))
    assert Event.objects.filter(verb="application.archive").count() == 1
    assert Notification.objects.filter(template="archive_ready", channel="inbox").count() == 1


def test_a_worker_makes_it(broker: Broker, start_worker: Start) -> None:
    start_worker()
    archive = asked()
    wait_for(lambda: is_ready(archive), "the archive is made")
    holds(archive)


@pytest.mark.parametrize("where", ["archive", "archive_stored"])
def test_killed_and_begun_anew(broker: Broker, tmp_path: Path, where: str) -> None:
    broker.stop()
    archive = asked(documents=20)
    crash(where, archive.pk, broker, tmp_path)
    archive.refresh_from_db()
    assert (archive.standing, archive.attempts) == ("running", 1)
    assert 30 < archive.progress < 96  # seen from outside, though nothing was committed at the end
    call_command("sweep", verbosity=0)
    archive.refresh_from_db()
    assert (archive.standing, archive.attempts) == ("ready", 2)
    holds(archive)


def test_two_workers_and_two_askers_make_one() -> None:
    case = make.make_submitted()
    now = timezone.now()

    def ask() -> int:
        return services.ask_archive(case, actor=case.created_by, at=now, language="en").pk

    numbers = at_once([ask, ask, ask])
    assert len(set(numbers)) == 1
    made = at_once([lambda: services.make_archive(numbers[0], at=now)] * 3)
    assert sum(one is not None for one in made) == 1
    holds(Archive.objects.get())


def test_while_one_makes_it_another_lets_it_be() -> None:
    archive = asked()

    def beside() -> Any:
        return services.make_archive(archive.pk, at=timezone.now())

    with alone_with(archives.ARCHIVE_LOCK, archive.pk) as alone:
        assert alone
        assert at_once([beside]) == [None]
    assert Archive.objects.get().attempts == 0
    assert beside() is not None


MEASURE = """
import resource, sys
import django
django.setup()
from django.utils import timezone
from licensing.models import Archive
from licensing.services import make_archive
sizes = []
for pk in map(int, sys.argv[1:]):
    assert make_archive(pk, at=timezone.now()) is not None, pk
    sizes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(*sizes)
"""


def large_case(documents: int, size: int) -> Application:
    """A case with so many documents of so many bytes: rows and contents alone."""
    case = make.make_submitted()
    rows = []
    for number in range(documents):
        content = make.PDF + f"{case.pk} {number}".encode() + os.urandom(1024) * (size // 1024)
        sha256 = hashlib.sha256(content).hexdigest()
        keep(sha256, BytesIO(content), len(content))
        rows.append(
            Document(
                subject_type="licensing.application",
                subject_id=case.pk,
                authority=case.authority,
                organisation=case.organisation,
                audience="party",
                kind="other",
                filename=f"{number}.pdf",
                media_type="application/pdf",
                size=len(content),
                sha256=sha256,
                uploaded_by=case.created_by,
                uploaded_at=make.AT,
            )
        )
    Document.objects.bulk_create(rows)
    return case


def test_memory_does_not_grow_with_the_documents(broker: Broker, tmp_path: Path) -> None:
    """200 documents of half a megabyte: the process grows by less than a tenth of what it packs."""
    broker.stop()
    small, large = large_case(2, 1024), large_case(200, 512 * 1024)
    pks = [
        str(services.ask_archive(case, actor=case.created_by, at=timezone.now(), language="en").pk)
        for case in (small, large)
    ]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *pks],
        env=product_environment(broker, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())  # KiB, the highest so far
    size = Archive.objects.get(application=large).size
    assert size is not None
    assert size > 100 * 1024 * 1024
    print(f"{(after - before) / 1024:.1f} MiB more for a package of {size / 1024 / 1024:.0f} MiB")
    assert after - before < 10 * 1024
