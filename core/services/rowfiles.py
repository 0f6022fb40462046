"""Files of rows: kept, looked at, taken whole or not at all.

Looking and taking is one piece of work, safe to run twice, beside another worker, and again after a kill: one process
at a time holds the file's lock in the database, which goes when its connection goes; rows lie in temporary tables until
one transaction writes all of them, with one event. What is taken is judged again in that transaction.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import IO, Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from core.models import Authority, Organisation, RowFile, User
from core.models.base import PARTY
from core.rows import Fault, row_kind
from core.rows.reading import RowReader, Slice
from core.services import staging
from core.services.acts import locked, record, require
from core.services.files import CHUNK, TOO_LARGE, Upload, clean_filename, refuse
from core.services.publishing import publish
from core.services.tries import tried
from core.workflow import TransitionRefused
from law.problems import Problem, _, plain

log = structlog.get_logger(__name__)
ROW_FILE_LOCK = 7_207_303  # class of the advisory locks of whoever works on a file
ATTEMPTS = 5
BATCH = 20
TOLD = 200  # faults that a program hears of at once
Facts = Mapping[str, Any]


def fingerprint(file: RowFile) -> str:
    """Of content, what was declared with it, and on which side its sender stands: the same again is the same file."""
    facts = json.dumps([file.sha256, file.by_party, file.options], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(facts.encode()).hexdigest()


def new_file(
    kind: str, authority: Authority, organisation: Organisation | None, options: Facts, *, actor: User, at: datetime
) -> RowFile:
    """The row of a file that comes in; asks whether its sender may and what stands against it before it is read.

    Raises:
        PermissionDenied; TransitionRefused: lists what stands against it.
    """
    file = RowFile(
        kind=kind,
        authority=authority,
        organisation=organisation,
        by_party=not actor.is_official,
        options={name: plain(value) for name, value in options.items()},
        uploaded_by=actor,
        uploaded_at=at,
    )
    declared = row_kind(kind)
    require(actor, declared.permission, file)
    if problems := declared.against(file, at):
        raise TransitionRefused(problems)
    return file


@transaction.atomic
def keep_row_file(
    kind: str,
    upload: Upload,
    *,
    authority: Authority,
    organisation: Organisation | None = None,
    options: Facts | None = None,
    take: bool = False,
    actor: User,
    at: datetime,
) -> RowFile:
    """Keep a file and have it looked at; with `take`, taken as well if nothing is wrong with it.

    The same content with the same options is answered with the file that was sent before, looked at again where it is
    not taken.

    Raises:
        PermissionDenied; TransitionRefused: it is empty, too large, or something stands against it.
    """
    file = new_file(kind, authority, organisation, options or {}, actor=actor, at=at)
    file.name = clean_filename(upload.filename)
    file.sha256, file.size = measured(upload.stream)
    file.fingerprint = fingerprint(file)
    if (earlier := sent_before(file)) is not None:
        return look_again(earlier, take=take, actor=actor, at=at)
    file.key = uuid4()
    upload.stream.seek(0)
    default_storage.save(file.path, File(upload.stream))
    if take:
        file.asked_by, file.asked_at = actor, at
    file.save()
    order(file)
    return file


def sent_before(file: RowFile) -> RowFile | None:
    """The file of the same sender and kind with the same fingerprint. Two at once wait for each other."""
    with connection.cursor() as cursor:
        number = int(hashlib.sha256(f"{file.kind} {file.fingerprint}".encode()).hexdigest()[:15], 16)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
    same = RowFile.objects.filter(kind=file.kind, authority=file.authority_id, organisation=file.organisation_id)
    return same.filter(fingerprint=file.fingerprint).first()


def look_again(file: RowFile, *, take: bool, actor: User, at: datetime) -> RowFile:
    """Have a file looked at again: what it is judged against may have changed since."""
    fresh = locked(file)
    if fresh.taken_at is not None or fresh.is_working:
        return fresh
    fresh.checked_at, fresh.failed_at, fresh.error, fresh.attempts = None, None, "", 0
    fresh.started_at, fresh.progress = None, 0
    if take:
        fresh.asked_by, fresh.asked_at = actor, at
    fresh.save()
    order(fresh)
    return fresh


def order(file: RowFile) -> None:
    pk = file.pk
    transaction.on_commit(lambda: publish("core.work_on_row_file", [pk]), robust=True)


def measured(stream: IO[bytes]) -> tuple[str, int]:
    """(SHA-256, bytes) of a file within the limit.

    Raises:
        TransitionRefused: it is empty or too large.
    """
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > settings.ROW_FILE_LIMIT:
            raise refuse("file-too-large", TOO_LARGE, limit=settings.ROW_FILE_LIMIT // 1024 // 1024)
        digest.update(chunk)
    if not size:
        raise refuse("empty-file", _("The file is empty."))
    return digest.hexdigest(), size


@transaction.atomic
def take_row_file(file: RowFile, *, actor: User, at: datetime) -> RowFile:
    """Have a file taken that was looked at and has no faults. It is judged again as it is taken.

    Raises:
        PermissionDenied; TransitionRefused: it has faults, or is not looked at yet.
    """
    fresh = locked(file)
    require(actor, fresh.declared.permission, fresh)
    if fresh.taken_at is not None or fresh.asked_at is not None:
        return fresh
    if fresh.checked_at is None or fresh.failed_at is not None:
        raise TransitionRefused([Problem("row-file-not-ready", _("The file is not looked at yet."))])
    if fresh.faults:
        message = _("The file has %(faults)s faults: nothing of it is taken until all are mended.")
        raise TransitionRefused([Problem("row-file-faulty", message, {"faults": fresh.faults})])
    fresh.asked_by, fresh.asked_at, fresh.attempts, fresh.progress = actor, at, 0, 0
    fresh.save(update_fields=["asked_by", "asked_at", "attempts", "progress"])
    order(fresh)
    return fresh


@transaction.atomic
def take_rows(
    kind: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    authority: Authority,
    organisation: Organisation | None = None,
    options: Facts | None = None,
    actor: User,
    at: datetime,
) -> RowFile:
    """Take rows that a program sent in one request: the same looks, at once. The same rows again act once.

    Raises:
        PermissionDenied; TransitionRefused: lists the faults by row and column; nothing is kept.
    """
    file = new_file(kind, authority, organisation, options or {}, actor=actor, at=at)
    content = json.dumps([dict(row) for row in rows], sort_keys=True, ensure_ascii=False, default=str).encode()
    file.name, file.size, file.sha256 = "rows.json", len(content), hashlib.sha256(b"rows " + content).hexdigest()
    file.fingerprint = fingerprint(file)
    if (earlier := sent_before(file)) is not None and earlier.taken_at is not None:
        return earlier
    file.started_at = file.checked_at = file.asked_at = at
    file.asked_by = actor
    file.save()
    reader = RowReader(file.declared)
    with staging.staging(file.declared):
        stage(reader.from_values(rows), lambda _share: None)
        done = settle_at_last(file.pk, reader, at=at)
        if done.taken_at is None:
            raise TransitionRefused([fault.problem() for fault in staging.first_faults(TOLD)])
    return done


def work_on_row_file(pk: int, *, at: datetime) -> RowFile | None:
    """Look at a file, and take it where that was asked; None where nothing is to be done or it cannot be done now."""
    return tried(
        RowFile.objects.unfinished(),
        pk,
        lambda file: read_through(file, at=at),
        lock=ROW_FILE_LOCK,
        attempts=ATTEMPTS,
        at=at,
        lost={"asked_at": None, "asked_by": None},
    )


def read_through(file: RowFile, *, at: datetime) -> RowFile:
    """Read the file into the staging tables, with progress, and settle what becomes of it."""

    def progress(share: float) -> None:
        now = min(95, int(share * 95))
        if now > file.progress:
            file.progress = now
            RowFile.objects.filter(pk=file.pk).update(progress=now)

    reader = RowReader(file.declared)
    with staging.staging(file.declared), default_storage.open(file.path, "rb") as stream:
        stage(reader.from_file(stream, file.size), progress)
        return settle_at_last(file.pk, reader, at=at)


def settle_at_last(pk: int, reader: RowReader, *, at: datetime) -> RowFile:
    """Settle it; where somebody took the same meanwhile, the second look finds that."""
    try:
        return settle(pk, reader, at=at)
    except IntegrityError:
        return settle(pk, reader, at=at)


def stage(slices: Iterable[Slice], progress: Callable[[float], None]) -> None:
    for one in slices:
        staging.copy_rows(one.lines)
        staging.copy_faults(one.faults)
        progress(one.share)


@transaction.atomic
def settle(pk: int, reader: RowReader, *, at: datetime) -> RowFile:
    """Judge the staged rows against what is held now; take them where that was asked and nothing is wrong."""
    file = RowFile.objects.select_for_update(of=("self",), no_key=True).select_related("authority").get(pk=pk)
    kind = file.declared
    kind.hold(file)
    for problem in kind.against(file, at):
        staging.copy_faults([Fault(0, None, problem.field or "", problem.code, problem.message, problem.params)])
    sight = {"file": file.pk, "organisation": file.organisation_id, "authority": file.authority_id}
    facts: dict[str, Any] = {**sight, "digest": reader.digest, "at": at}
    if reader.rows:
        facts |= kind.facts(file, at)
        staging.index_rows(kind)
        staging.prepare(kind.prepare, facts)
        staging.look_through(kind.passes(file), reader.places, facts)
    file.faults, file.warnings = staging.count_faults()
    file.rows, file.passed_over, file.checked_at = reader.rows, list(reader.passed_over), at
    file.progress = 100
    staging.keep_faults(file)
    if file.asked_at is None or file.faults:
        file.asked_at = file.asked_by = None
        file.save()
        return file
    return write(file, facts, reader.digest, at=at)


def write(file: RowFile, facts: Facts, digest: str, *, at: datetime) -> RowFile:
    """Write all rows, with one event that holds their digest."""
    kind, actor = file.declared, file.asked_by
    if actor is None:
        raise LookupError(f"row file {file.pk} is taken by nobody")
    require(actor, kind.permission, file)
    file.taken_at, file.digest = at, digest
    taken = kind.take(file, facts, at)
    file.made = taken.reference
    file.save()
    if taken.written:
        data = {"rows": file.rows, "digest": digest, "sha256": file.sha256, "file": file.pk, **taken.facts}
        event = record(taken.subject, kind.verb, actor=actor, at=at, audience=PARTY, data=data)
        kind.tell(taken.subject, event, at)
    if file.key is not None:
        path = file.path
        transaction.on_commit(lambda: default_storage.delete(path), robust=True)
    return file


def work_on_left_over_row_files(*, at: datetime) -> int:
    """Work on what no worker heard of or one was killed over, a batch. Returns how many were worked on."""
    waiting = RowFile.objects.unfinished().order_by("id").values_list("pk", flat=True)[:BATCH]
    return sum(work_on_row_file(pk, at=at) is not None for pk in list(waiting))


def forget_row_files(*, at: datetime) -> int:
    """Delete files that were never taken, with their faults; returns how many."""
    gone = 0
    for file in RowFile.objects.to_forget(at).order_by("id")[:BATCH]:
        if file.key is not None:
            default_storage.delete(file.path)  # first: a kill here leaves a row that is deleted next time
        gone += RowFile.objects.filter(pk=file.pk).to_forget(at).delete()[0] > 0
    return gone
