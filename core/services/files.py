"""Files in and out: limited in size, typed by their own bytes, stored once by content hash, opened on the record."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from core.models import Access, Document, User
from core.models.base import PARTY
from core.services.acts import record
from core.workflow import TransitionRefused
from law.problems import Problem, _

CHUNK = 256 * 1024
ZIP_RATIO, ZIP_TOTAL, ZIP_FILES = 100, 200 * 1024 * 1024, 5_000

TOO_LARGE = _("The file is larger than %(limit)s MB.")
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACCEPTED = (PDF, PNG, JPEG, XLSX, DOCX)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in: the sender's name for it, a stream of bytes, its length where known."""

    filename: str
    stream: IO[bytes]
    size: int | None = None


def sniff(head: bytes, stream: IO[bytes]) -> str | None:
    """The media type by the content itself; None for what is not accepted."""
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"PK\x03\x04"):
        return _office_type(stream)
    return None


def _office_type(stream: IO[bytes]) -> str | None:
    """XLSX or DOCX, unless the archive would unpack beyond measure."""
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > ZIP_FILES or unpacked > ZIP_TOTAL or unpacked / packed > ZIP_RATIO:
        return None
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        return None
    if "xl/workbook.xml" in names:
        return XLSX
    return DOCX if "word/document.xml" in names else None


def refuse(code: str, message: str, **params: Any) -> TransitionRefused:
    return TransitionRefused([Problem(code=code, message=message, params=params, field="file")])


def examine(upload: Upload) -> tuple[str, int, str, IO[bytes]]:
    """Read a file once: (SHA-256, size in bytes, media type, rewound stream).

    Raises:
        TransitionRefused: empty, larger than UPLOAD_LIMIT, or of a type that is not accepted; `code` tells which
            (empty-file, file-too-large, file-type).
    """
    digest, size, spool = hashlib.sha256(), 0, io.BytesIO()
    upload.stream.seek(0)
    while chunk := upload.stream.read(CHUNK):
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT:
            raise refuse("file-too-large", TOO_LARGE, limit=settings.UPLOAD_LIMIT // 1024 // 1024)
        digest.update(chunk)
        spool.write(chunk)
    if not size:
        raise refuse("empty-file", _("The file is empty."))
    spool.seek(0)
    media_type = sniff(spool.getvalue()[:16], spool)
    if media_type is None:
        raise refuse(
            "file-type", _("The file is not a PDF, PNG, JPEG, XLSX or DOCX; its content decides, not its name.")
        )
    spool.seek(0)
    return digest.hexdigest(), size, media_type, spool


def weigh(upload: Upload) -> tuple[str, int, str, IO[bytes]]:
    """The same of a file of our own making, whatever its type."""
    content = upload.stream.read()
    return hashlib.sha256(content).hexdigest(), len(content), "", io.BytesIO(content)


def content_lock(sha256: str, *, shared: bool) -> None:
    """Hold content until the end of the transaction: storing it shares the lock, erasing it takes it alone."""
    how = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    number = int(sha256[:15], 16)  # 60 bits; two contents that share them only wait for each other
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(%s)", [number])


def keep(sha256: str, stream: IO[bytes], size: int) -> None:
    """Store content under its hash, once. A crash before the row is written leaves a file that nothing names.

    What a crash or a full disk cut short has the wrong size and is written anew: no row may name half a file.
    """
    path = f"documents/{sha256[:2]}/{sha256[2:]}"
    if default_storage.exists(path):
        if default_storage.size(path) == size:
            return
        default_storage.delete(path)
    default_storage.save(path, File(stream))


def is_whole(document: Document) -> bool:
    """Whether the stored content is still the one that the row names; False too when it is gone."""
    digest = hashlib.sha256()
    try:
        with default_storage.open(document.path, "rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
    except OSError:
        return False
    return digest.hexdigest() == document.sha256


def clean_filename(name: str) -> str:
    """The sender's name without folders, control and direction characters, at most 200 characters."""
    plain = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable() and c not in "‎‏‪‫‬‭‮⁦⁧⁨⁩")
    plain = plain.encode("utf-8", "ignore").decode()
    if len(plain) > 200:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: 199 - len(ending)]}{dot}{ending}" if dot and len(ending) < 10 else plain[:200]
    return plain.strip() if plain.strip(" .") else "file"


@transaction.atomic
def store_document(
    subject: Any,
    upload: Upload,
    *,
    kind: str,
    actor: User,
    at: datetime,
    audience: str = PARTY,
    verb: str = "document.upload",
    private: bool = False,
    made_as: str = "",
) -> Document:
    """Keep a file with an object and record it. The caller has asked whether the actor may.

    Args:
        made_as: the media type of a file that the program itself made, which is no upload to be looked at.
        private: the party's own until it is filed; no authority sees it.

    Raises:
        TransitionRefused: see `examine`.
    """
    sha256, size, media_type, stream = weigh(upload) if made_as else examine(upload)
    media_type = made_as or media_type
    content_lock(sha256, shared=True)
    keep(sha256, stream, size)
    sight = subject.sight()
    document = Document.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        authority_id=None if private else sight.authority_id,
        organisation_id=sight.organisation_id,
        reference=sight.reference,
        title=sight.title,
        audience=audience,
        kind=kind,
        filename=clean_filename(upload.filename),
        media_type=media_type,
        size=size,
        sha256=sha256,
        uploaded_by=actor,
        uploaded_at=at,
    )
    record(
        subject,
        verb,
        actor=actor,
        at=at,
        audience=audience,
        data={"document": document.pk, "kind": kind, "sha256": sha256, "size": size},
    )
    return document


@transaction.atomic
def remove_document(document: Document, subject: Any, *, actor: User, at: datetime) -> None:
    """Take a file off a draft. The row and the content stay; the case no longer shows them."""
    document.removed_at = at
    document.save(update_fields=["removed_at"])
    record(subject, "document.remove", actor=actor, at=at, data={"document": document.pk, "kind": document.kind})


def log_access(subject: Any, *, actor: User, at: datetime) -> None:
    """Note that somebody opened an object that holds personal data."""
    sight = subject.sight()
    Access.objects.create(
        at=at,
        user=actor,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        authority_id=sight.authority_id or actor.authority_id,
        reference=sight.reference,
    )


def read_document(document: Document, *, actor: User | None, at: datetime) -> IO[bytes]:
    """Open a file that the reader was found to see, and log the opening (not of public files by strangers)."""
    if actor is not None and actor.is_authenticated:
        Access.objects.create(
            at=at,
            user=actor,
            subject_type=document._meta.label_lower,
            subject_id=document.pk,
            authority_id=document.authority_id,
            reference=document.reference,
        )
    stream: IO[bytes] = default_storage.open(document.path, "rb")
    return stream
