"""The whole case as one file: asked for, made in the background, handed out, and forgotten after a while.

Making is safe to run twice, beside another worker, and again after a kill: one process at a time holds the archive's
lock in the database, which goes when its connection goes; the file is put into the storage under a name that the row
alone decides, and the row says "ready" only after it lies there.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Any

import structlog
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from core.days import datetimeshort
from core.models import Access, Document, User
from core.models.base import AUDIENCES, INTERNAL, PARTY
from core.services import log_access, notify, record, require
from core.services.acts import locked
from core.services.files import CHUNK
from core.services.packing import Packer
from core.services.publishing import publish
from core.services.tries import GivenUp, tried
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, Archive
from licensing.services import archive_oversight, archive_sections  # noqa: F401  (they register the sections)
from licensing.services.archive_index import CHANGED, ENDINGS, MISSING, Reader, read_case, sections
from licensing.services.archive_signatures import pack_signatures

log = structlog.get_logger(__name__)
ARCHIVE_LOCK = 7_207_302  # class of the advisory locks that the makers hold
KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=1)
ATTEMPTS = 3
BATCH = 20


@transaction.atomic
def ask_archive(application: Application, *, actor: User, at: datetime, language: str) -> Archive:
    """Have the file of a case made for officials or for the party, as the actor is one or the other.

    Where one is being made for the same readers, that one is meant. A newer one takes the place of his earlier ones.

    Raises:
        PermissionDenied: the case is not his.
    """
    fresh = locked(application)
    require(actor, "licensing.archive", fresh)
    audience = INTERNAL if actor.is_official else PARTY
    mine = Archive.objects.filter(application=fresh, audience=audience)
    if running := mine.unfinished().first():
        return running
    mine.filter(requested_by=actor).update(expires_at=at)
    archive = Archive.objects.create(
        application=fresh, audience=audience, language=language, requested_by=actor, requested_at=at
    )
    transaction.on_commit(lambda: publish("licensing.make_archive", [archive.pk]), robust=True)
    return archive


def make_archive(pk: int, *, at: datetime) -> Archive | None:
    """Make the file that was asked for; None where it is made already, is being made, or cannot be made."""
    return tried(
        Archive.objects.unfinished(),
        pk,
        lambda archive: fill(archive, at=at),
        lock=ARCHIVE_LOCK,
        attempts=ATTEMPTS,
        at=at,
        lost={"expires_at": at + FAILED_KEPT},
    )


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read in here is of one moment (inside an open transaction: as that one reads)."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def fill(archive: Archive, *, at: datetime) -> Archive | None:
    """Write the package beside the storage, put it there, and say so. Memory does not grow with the documents."""
    found = Application.objects.visible_to(archive.requested_by).filter(pk=archive.application_id)
    case = found.select_related("authority", "organisation", "assigned_to").first()
    if case is None:  # the mandate has ended since
        raise GivenUp("NotVisible")
    with tempfile.TemporaryFile(prefix="archive-") as target, translation.override(archive.language):
        packer = Packer(target)
        with one_moment():
            reader = read_case(case, archive.requested_by, internal=archive.audience == INTERNAL)
        reader = replace(reader, faults=pack_documents(packer, reader, archive))
        pack_signatures(packer, reader)
        with one_moment():
            write_index(packer, reader, archive)
        facts = {**about(reader, archive), "complete": not reader.faults}
        packer.close(facts, at=archive.requested_at)
        size, sha256 = put_into_storage(archive, target)
    return finish(archive, reader, size=size, sha256=sha256, at=at)


def about(reader: Reader, archive: Archive) -> dict[str, Any]:
    return {
        "reference": reader.application.reference,
        "audience": archive.audience,
        "language": archive.language,
        "made_at": archive.requested_at.isoformat(),
    }


def pack_documents(packer: Packer, reader: Reader, archive: Archive) -> dict[int, str]:
    """Copy every document; returns what is wrong with some. Progress is written as it goes, each step by itself."""
    faults: dict[int, str] = {}
    done, whole = 0, sum(row.size for row in reader.documents) or 1
    for row in reader.documents:
        fault = pack_one(packer, row, reader.members[row.pk])
        if fault:
            faults[row.pk] = fault
        done += row.size
        progress = min(95, done * 95 // whole)
        if progress > archive.progress:
            archive.progress = progress
            Archive.objects.unfinished().filter(pk=archive.pk).update(progress=progress)
    return faults


def pack_one(packer: Packer, row: Document, name: str) -> str:
    """Copy one document; "" when all is well. A case that lost a document is handed out all the same, and says so."""
    try:
        stream: IO[bytes] = default_storage.open(row.path, "rb")
    except OSError:
        log.error("document lost", document=row.pk)
        return MISSING
    with stream:
        member = packer.add(name, stream, at=row.uploaded_at, size=row.size, packed=row.media_type in ENDINGS)
    return "" if member.sha256 == row.sha256 else CHANGED


def write_index(packer: Packer, reader: Reader, archive: Archive) -> None:
    """index.json for programs and index.html for people: the same sections, in the reader's language."""
    parts = sections(reader)
    facts = about(reader, archive)
    text = json.dumps({**facts, "sections": [one.as_dict() for one in parts]}, ensure_ascii=False, indent=1)
    page = render_to_string(
        "licensing/archive_index.html",
        {
            "case": reader.application,
            "sections": parts,
            "language": archive.language,
            "made_at": datetimeshort(archive.requested_at),
            "internal": reader.internal,
            "audience": dict(AUDIENCES)[archive.audience],
            "lacks": len(reader.faults),
        },
    )
    for name, content in (("index.json", text.encode()), ("index.html", page.encode())):
        packer.add(name, BytesIO(content), at=archive.requested_at, size=len(content))


def put_into_storage(archive: Archive, target: IO[bytes]) -> tuple[int, str]:
    """(size, SHA-256) of the file, which now lies in the storage in place of what a killed process may have left."""
    digest, size = hashlib.sha256(), 0
    target.seek(0)
    while chunk := target.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    target.seek(0)
    default_storage.delete(archive.path)
    default_storage.save(archive.path, File(target))
    return size, digest.hexdigest()


@transaction.atomic
def finish(archive: Archive, reader: Reader, *, size: int, sha256: str, at: datetime) -> Archive | None:
    """Say that the file is there, once, and tell who asked."""
    case = locked(reader.application)
    row = Archive.objects.unfinished().filter(pk=archive.pk).select_for_update().first()
    if row is None:
        return None
    row.finished_at, row.expires_at, row.progress = at, at + KEPT, 100
    row.size, row.sha256, row.documents = size, sha256, [one.pk for one in reader.documents]
    row.save(update_fields=["finished_at", "expires_at", "progress", "size", "sha256", "documents"])
    event = record(
        case,
        "application.archive",
        actor=row.requested_by,
        at=at,
        audience=row.audience,
        data={"archive": row.pk, "sha256": sha256, "size": size, "documents": len(reader.documents)},
    )
    path = f"/archives/{case.reference}/{row.pk}/"
    notify(event, [row.requested_by], "archive_ready", {"reference": case.reference}, path=path, at=at)
    return row


def make_left_over_archives(*, at: datetime) -> int:
    """Make what no worker heard of or one was killed over, a batch. Returns how many were made."""
    waiting = Archive.objects.unfinished().order_by("id").values_list("pk", flat=True)[:BATCH]
    return sum(make_archive(pk, at=at) is not None for pk in list(waiting))


def forget_archives(*, at: datetime) -> int:
    """Delete the files whose time is over, with their rows; what happened stands in the events. Returns how many."""
    over = Archive.objects.filter(expires_at__lte=at).order_by("id")[:BATCH]
    gone = 0
    for archive in over:
        default_storage.delete(archive.path)  # first: a kill here leaves a row that is deleted next time
        gone += Archive.objects.filter(pk=archive.pk, expires_at__lte=at).delete()[0]
    return gone


def open_archive(archive: Archive, *, actor: User, at: datetime) -> IO[bytes]:
    """The file as a stream, for a reader who was found to see it. The opening is logged for each document in it.

    Raises:
        TransitionRefused: it is not ready, or no longer kept.
    """
    if archive.finished_at is None:
        raise TransitionRefused([Problem(code="archive-not-ready", message=_("The file is not ready yet."))])
    if archive.expires_at is not None and archive.expires_at <= at:
        raise TransitionRefused(
            [Problem(code="archive-over", message=_("The file is no longer kept. Ask for a new one."))]
        )
    stream: IO[bytes] = default_storage.open(archive.path, "rb")
    log_access(archive, actor=actor, at=at)
    sight = archive.sight()
    Access.objects.bulk_create(
        Access(
            at=at,
            user=actor,
            subject_type=Document._meta.label_lower,
            subject_id=pk,
            authority_id=sight.authority_id or actor.authority_id,
            reference=sight.reference,
        )
        for pk in archive.documents
    )
    return stream
