"""What is entered on site: answers, what was seen, photographs; from a form, or from a phone that was without network.

Each entry has a number given by the device and is kept once, however often it is sent. What arrives later counts: an
item may be answered by several of the team, and all of it stays in `SiteEntry` and in the journal. The server's moment
counts; the clock of the device is kept beside it. Photographs are stored without place, device and owner: what is not
kept cannot leak. The SHA-256 of the file as taken is kept, so that the original can be told from another.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from core.models import Document, User
from core.models.base import INTERNAL
from core.pictures import HEIC, PICTURES, is_heic, without_traces
from core.services import Upload, record, require, store_document, touch
from core.services.acts import locked
from core.services.files import TOO_LARGE, refuse, sniff
from core.workflow import TransitionRefused
from inspections.models import Inspection, InspectionItem, SiteBatch, SiteEntry
from inspections.services.results import PHOTO
from law.checklists import ANSWERS
from law.problems import Problem, _
from law.provisions import provision

PHOTO_LIMIT = 10 * 1024 * 1024  # bytes of one photograph
PHOTOS = 200  # of one inspection
BATCH = 200  # entries sent together
LONGEST = 4000  # characters of what was seen


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as it was entered. `answer` empty: it is open again; `seen_at`: by the clock of the device."""

    item: str
    answer: str
    evidence: str = ""
    seen_at: datetime | None = None
    id: UUID = field(default_factory=uuid4)

    def plain(self) -> list[Any]:
        return [str(self.id), self.item, self.answer, self.evidence, self.seen_at and self.seen_at.isoformat()]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: by the number of each entry what stands against it, or nothing."""

    batch: SiteBatch
    faults: dict[UUID, Problem]


def not_running(row: Inspection) -> Problem:
    message = _("Items are answered while the inspection is under way; it is in the state “%(state)s”.")
    return Problem("not-running", message, {"state": row.WORKFLOW.state(row.state).label})


def faults_of(
    entries: Sequence[Entry], row: Inspection, items: dict[str, InspectionItem], actor: User, at: datetime
) -> dict[UUID, Problem]:
    """What stands against entries, by their numbers."""
    barred = cache(lambda day: day_faults(row, actor, day))  # one question a day, not one an entry
    return {one.id: found for one in entries if (found := entry_fault(one, items, barred, at))}


def entry_fault(
    entry: Entry, items: dict[str, InspectionItem], barred: Callable[[date], list[Problem]], at: datetime
) -> Problem | None:
    """Only items of the checklist are answered, in the three words of the law, and not after the last day: what the
    device says was entered in time may arrive later."""
    if entry.item not in items:
        return Problem("item-unknown", _("The checklist has no item “%(item)s”."), {"item": entry.item}, entry.item)
    if entry.answer and entry.answer not in ANSWERS:
        return Problem("item-answer", _("No such answer: %(given)s."), {"given": entry.answer}, entry.item)
    if len(entry.evidence) > LONGEST:
        return Problem("too-long", _("At most %(most)s characters."), {"most": LONGEST}, entry.item)
    return next(iter(barred(timezone.localdate(min(entry.seen_at or at, at)))), None)


def day_faults(row: Inspection, actor: User, on: date) -> list[Problem]:
    """Nothing is checked after the last day, in an extension whose act was not registered before it began, or by
    somebody who joins later."""
    first, last, registered = row.end_on, row.last_day, row.extension_registered_on
    if last is not None and on > last:
        message = _("The last day was %(day)s: nothing is checked after it.")
        return [Problem("B19", message, {"day": last}, "day", provision("EK-RESULT-DAY", last))]
    if first is not None and on > first and (registered is None or registered > first):
        message = _("The act of extension was not registered by %(day)s: nothing is checked after it.")
        return [Problem("B17", message, {"day": first}, "day", provision("EK-REG-BEFORE", first))]
    return row.join_faults(actor, on)


def on_site(inspection: Inspection, actor: User) -> Inspection:
    """The inspection, locked, on which this person works.

    Raises:
        PermissionDenied: not on the team. TransitionRefused: it is not under way.
    """
    row = locked(inspection)
    require(actor, "inspections.work_on_site", row)
    if row.state != "running":
        raise TransitionRefused([not_running(row)])
    return row


def skew_of(device_at: datetime | None, at: datetime) -> int:
    """Seconds by which the device is ahead; bounded, since a clock may stand anywhere."""
    return max(min(round((device_at - at).total_seconds()), 2**31 - 1), -(2**31)) if device_at else 0


@transaction.atomic
def answer_items(inspection: Inspection, entries: Sequence[Entry], *, actor: User, at: datetime) -> Inspection:
    """Keep answers of a form, all or none.

    Raises:
        PermissionDenied; TransitionRefused: it is not under way, or what stands against an entry; all at once.
    """
    row = on_site(inspection, actor)
    items = {one.code: one for one in row.items.all()}
    if faults := faults_of(entries, row, items, actor, at):
        raise TransitionRefused(list(faults.values()))
    keep_entries(row, entries, items, None, actor=actor, at=at, skew=0)
    return row


@transaction.atomic
def take_batch(
    inspection: Inspection,
    entries: Sequence[Entry],
    *,
    client_id: UUID,
    device_at: datetime,
    actor: User,
    at: datetime,
) -> Taken:
    """Keep what a phone sends. Sent again it is answered the same and changes nothing; what cannot be kept is named and
    hinders nothing else.

    Raises:
        PermissionDenied; TransitionRefused: it is not under way, too many entries, or another batch had this number.
    """
    row = locked(inspection)
    require(actor, "inspections.work_on_site", row)
    digest = digest_of(entries)
    items = {one.code: one for one in row.items.all()}
    faults = faults_of(entries, row, items, actor, at)
    if (known := row.batches.filter(client_id=client_id).first()) is not None:
        if known.digest != digest:
            raise TransitionRefused([Problem("batch-other", _("Another batch was sent under this number."))])
        return Taken(known, faults)
    if row.state != "running":
        raise TransitionRefused([not_running(row)])
    if len(entries) > BATCH:
        message = _("At most %(most)s entries are sent together.")
        raise TransitionRefused([Problem("batch-too-long", message, {"most": BATCH})])
    batch = SiteBatch.objects.create(
        inspection=row, client_id=client_id, digest=digest, sent_by=actor, device_at=device_at, received_at=at
    )
    lawful = [one for one in entries if one.id not in faults]
    keep_entries(row, lawful, items, batch, actor=actor, at=at, skew=skew_of(device_at, at))
    return Taken(batch, faults)


def digest_of(entries: Sequence[Entry]) -> str:
    text = json.dumps([one.plain() for one in entries], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def keep_entries(
    row: Inspection,
    entries: Sequence[Entry],
    items: dict[str, InspectionItem],
    batch: SiteBatch | None,
    *,
    actor: User,
    at: datetime,
    skew: int,
) -> None:
    """Write entries that were not written before, in their order: each item has what came last."""
    known = set(row.entries.filter(client_id__in=[one.id for one in entries]).values_list("client_id", flat=True))
    fresh = list({one.id: one for one in entries if one.id not in known}.values())
    if not fresh:
        return
    facts, changed = [], {}
    for one in fresh:
        item = items[one.item]
        facts.append({"id": str(one.id), "item": one.item, "before": item.answer, "answer": one.answer})
        item.answer, item.evidence, item.seen_at = one.answer, one.evidence.strip(), one.seen_at
        item.answered_at, item.answered_by = (at, actor) if one.answer else (None, None)
        changed[one.item] = item
    written = ["answer", "evidence", "seen_at", "answered_at", "answered_by"]
    InspectionItem.objects.bulk_update(changed.values(), written)
    common: dict[str, Any] = {"inspection": row, "batch": batch, "received_at": at, "entered_by": actor, "skew": skew}
    SiteEntry.objects.bulk_create(
        SiteEntry(
            client_id=one.id,
            item=one.item,
            answer=one.answer,
            evidence=one.evidence.strip(),
            seen_at=one.seen_at,
            **common,
        )
        for one in fresh
    )
    touch(row)
    data = {"entries": facts, "skew": skew, **({"batch": str(batch.client_id)} if batch else {})}
    record(row, "inspection.answer", actor=actor, at=at, audience=INTERNAL, data=data)


@transaction.atomic
def keep_photo(
    inspection: Inspection,
    upload: Upload,
    *,
    item: str,
    actor: User,
    at: datetime,
    client_id: UUID | None = None,
    seen_at: datetime | None = None,
    device_at: datetime | None = None,
) -> Document:
    """Keep a photograph of an item. Sent again under its number it is the same one.

    Raises:
        PermissionDenied; TransitionRefused: it is not under way, no such item, too large, HEIC, broken, or no picture.
    """
    row = locked(inspection)
    require(actor, "inspections.work_on_site", row)
    number = client_id or uuid4()
    known = row.entries.filter(client_id=number, document__isnull=False).select_related("document").first()
    if known is not None and known.document is not None:
        return known.document
    if row.state != "running":
        raise TransitionRefused([not_running(row)])
    if faults := day_faults(row, actor, timezone.localdate(min(seen_at or at, at))):
        raise TransitionRefused(faults)
    if not row.items.filter(code=item).exists():
        raise TransitionRefused([Problem("item-unknown", _("The checklist has no item “%(item)s”."), {"item": item})])
    if row.entries.filter(document__isnull=False).count() >= PHOTOS:
        message = _("There are %(limit)s photographs already.")
        raise TransitionRefused([Problem("too-many-photos", message, {"limit": PHOTOS}, field="file")])
    content, original = picture(upload)
    named = Upload(upload.filename, BytesIO(content), len(content))
    document = store_document(
        row, named, kind=f"{PHOTO}:{item}", actor=actor, at=at, audience=INTERNAL, verb="inspection.keep_photo"
    )
    SiteEntry.objects.create(
        inspection=row,
        client_id=number,
        item=item,
        document=document,
        original_sha256=original,
        seen_at=seen_at,
        skew=skew_of(device_at, at),
        received_at=at,
        entered_by=actor,
    )
    touch(row)
    return document


def picture(upload: Upload) -> tuple[bytes, str]:
    """The picture without its traces, and the SHA-256 of the file as it came.

    Raises:
        TransitionRefused: too large, HEIC, no JPEG or PNG, or broken.
    """
    upload.stream.seek(0)
    content = upload.stream.read(PHOTO_LIMIT + 1)
    if len(content) > PHOTO_LIMIT:
        raise refuse("file-too-large", TOO_LARGE, limit=PHOTO_LIMIT // 1024 // 1024)
    if not content:
        raise refuse("empty-file", _("The file is empty."))
    if is_heic(content[:16]):
        raise refuse("photo-heic", HEIC)
    if sniff(content[:16], BytesIO(content)) not in PICTURES:
        raise refuse("photo-type", _("Photographs are JPEG or PNG files; the content decides, not the name."))
    clean = without_traces(content)
    if clean is None:
        raise refuse("photo-broken", _("The picture is cut short or broken. Take it again."))
    return clean, hashlib.sha256(content).hexdigest()
