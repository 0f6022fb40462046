"""Sealing the events and proving them. The hashes are PostgreSQL's own; nothing here rebuilds a row's text.

What is found: any changed column (the row's hash), a row taken out of a chain (numbers and previous hashes), a removed
tail or a removed case (the seal's root), a changed or removed seal (its chain, its signature, its copy outside).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from core.mail import write_once
from core.models import Checkpoint

SEAL_LOCK = 7_207_301  # the advisory lock that inserts hold shared (core/migrations/0002)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: what, where, and how it shows."""

    code: str  # event-changed | event-missing | seal-broken | seal-missing | seal-copy-differs
    place: str
    detail: str


def seal_key() -> Ed25519PrivateKey:
    """The signing key, made on first use where none is set (mode 0600)."""
    path = Path(settings.SEAL_KEY_FILE)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def root_of(first: int, last: int) -> tuple[bytes, int]:
    """SHA-256 over the event hashes with ids in [first, last], in order, and how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sha256(coalesce(string_agg(hash, ''::bytea ORDER BY id), ''::bytea)), count(*)"
            " FROM core_event WHERE id BETWEEN %s AND %s",
            [first, last],
        )
        root, count = cursor.fetchone()
    return bytes(root), count


def seal_text(seal: Checkpoint) -> bytes:
    """What is hashed and signed: the seal's fields and the hash of the seal before it."""
    previous = bytes(seal.previous_hash).hex() if seal.previous_hash is not None else ""
    facts = [
        seal.at.astimezone(UTC).isoformat(),
        seal.first_event,
        seal.last_event,
        seal.events,
        bytes(seal.root).hex(),
        previous,
        seal.key,
    ]
    return json.dumps(facts, separators=(",", ":")).encode()


def seal_events(*, at: datetime) -> Checkpoint | None:
    """Seal every event since the last seal; None when there is none, or when acts in flight do not end within a second.

    Waits for transactions that have written events, so that no smaller id appears after the seal.
    """
    try:
        return _seal(at)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return None
        raise


@transaction.atomic
def _seal(at: datetime) -> Checkpoint | None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        last = Checkpoint.objects.order_by("-id").first()
        first = last.last_event + 1 if last else 1
        cursor.execute("SELECT max(id) FROM core_event WHERE id >= %s", [first])
        newest = cursor.fetchone()[0]
    if last:
        write_copy(last)  # a stop between the commit and the copy is made good here
    if newest is None:
        return None
    key = seal_key()
    root, count = root_of(first, newest)
    seal = Checkpoint(
        at=at,
        first_event=first,
        last_event=newest,
        events=count,
        root=root,
        previous_hash=bytes(last.hash) if last else None,
        key=key.public_key().public_bytes_raw().hex(),
    )
    text = seal_text(seal)
    seal.hash, seal.signature = hashlib.sha256(text).digest(), key.sign(text)
    seal.save()
    transaction.on_commit(lambda: write_copy(seal))
    return seal


def copy_of(seal: Checkpoint) -> bytes:
    facts = {
        "id": seal.pk,
        "text": seal_text(seal).decode(),
        "hash": bytes(seal.hash).hex(),
        "signature": bytes(seal.signature).hex(),
    }
    return json.dumps(facts, sort_keys=True).encode() + b"\n"


def write_copy(seal: Checkpoint) -> None:
    folder = Path(settings.SEALS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    write_once(folder / f"{seal.pk:012d}.json", copy_of(seal))


def verify_events(*, only_new: bool = False) -> Iterator[Fault]:
    """Everything that does not hold, as it is found. Reads only.

    Args:
        only_new: check the events after the last seal, and all seals' own chain; the sealed stand by their root.
    """
    seals = list(Checkpoint.objects.order_by("id"))
    since = seals[-1].last_event if only_new and seals else 0
    yield from _event_faults(since)
    yield from _seal_faults(seals, with_roots=not only_new)


#: The chains that have grown since a seal, each read by its index; all of them where nothing is sealed yet.
GROWN = """
    (SELECT DISTINCT subject_type, subject_id FROM core_event WHERE id > %(since)s) AS grown
    CROSS JOIN LATERAL (SELECT one.id FROM core_event AS one
        WHERE one.subject_type = grown.subject_type AND one.subject_id = grown.subject_id OFFSET 0) AS found
    JOIN core_event AS e ON e.id = found.id
"""


def _event_faults(since: int) -> Iterator[Fault]:
    """Rows whose hash is not that of their text, whose number leaves a gap, or that do not hang on the row before."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT id, hash_holds, seq, expected FROM (
                SELECT e.id, e.seq,
                       e.hash = core_event_digest(e) AS hash_holds,
                       e.previous_hash IS NOT DISTINCT FROM lag(e.hash) OVER chain AS link_holds,
                       row_number() OVER chain AS expected
                FROM {GROWN if since else "core_event AS e"}
                WINDOW chain AS (PARTITION BY e.subject_type, e.subject_id ORDER BY e.seq)
            ) rows WHERE NOT (hash_holds AND link_holds AND seq = expected) ORDER BY id
            """,  # noqa: S608  (two texts of this module)
            {"since": since},
        )
        for pk, hash_holds, seq, expected in cursor:
            if not hash_holds:
                yield Fault("event-changed", f"event {pk}", "its text no longer gives its hash")
            else:
                yield Fault("event-missing", f"event {pk}", f"number {seq} where {expected} belongs, or a broken link")


def _seal_faults(seals: list[Checkpoint], *, with_roots: bool) -> Iterator[Fault]:
    trusted = seal_key().public_key().public_bytes_raw().hex()
    previous: Checkpoint | None = None
    for seal in seals:
        place, text = f"seal {seal.pk}", seal_text(seal)
        follows = (
            seal.first_event == previous.last_event + 1 and bytes(seal.previous_hash or b"") == bytes(previous.hash)
            if previous
            else seal.first_event == 1 and seal.previous_hash is None
        )
        if not follows:
            yield Fault("seal-missing", place, "does not follow the seal before it")
        if hashlib.sha256(text).digest() != bytes(seal.hash) or not signed(seal, text):
            yield Fault("seal-broken", place, "its hash or signature does not hold")
        if seal.key != trusted:
            yield Fault("seal-broken", place, "signed with another key")
        if with_roots and root_of(seal.first_event, seal.last_event) != (bytes(seal.root), seal.events):
            yield Fault("event-missing", place, f"events {seal.first_event} to {seal.last_event} are not those sealed")
        previous = seal
    yield from _copy_faults(seals)


def signed(seal: Checkpoint, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal.key)).verify(bytes(seal.signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _copy_faults(seals: list[Checkpoint]) -> Iterator[Fault]:
    """The copies outside the database: each must be there and the same, and name no seal that is gone."""
    held = {seal.pk: seal for seal in seals}
    folder = Path(settings.SEALS_DIR)
    found = sorted(folder.glob("*.json")) if folder.exists() else []
    copies = {int(path.stem): path for path in found if path.stem.isdecimal()}
    for path in found:
        if not path.stem.isdecimal():
            yield Fault("seal-copy-differs", path.name, "lies among the copies and is none")
    for pk in copies.keys() - held.keys():
        yield Fault("seal-missing", f"seal {pk}", "a copy of it lies outside the database")
    for pk, seal in held.items():
        if pk not in copies or copies[pk].read_bytes() != copy_of(seal):
            yield Fault("seal-copy-differs", f"seal {pk}", "its copy outside the database is missing or differs")
