"""A person's open terms as an iCalendar file at a secret address, for his calendar program."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from core.models import Obligation, User
from core.models.base import INTERNAL
from core.services import duty_label, record, require
from licensing.models import CalendarFeed

MANY = 1_000  # terms in one file: the next ones
FOLD = 75  # bytes of a line (RFC 5545, 3.1)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(user: User, *, actor: User, at: datetime) -> str:
    """Give a person a new secret address, in place of the one he had; returns the secret, which is kept nowhere.

    Raises:
        PermissionDenied: it is not his own.
    """
    require(actor, "licensing.keep_feed", user)
    secret = secrets.token_urlsafe(32)
    row, _new = CalendarFeed.objects.update_or_create(user=user, defaults={"digest": digest_of(secret), "made_at": at})
    record(row, "calendarfeed.make", actor=actor, at=at, audience=INTERNAL)
    return secret


@transaction.atomic
def end_feed(user: User, *, actor: User, at: datetime) -> None:
    """Nothing answers at the address any more."""
    require(actor, "licensing.keep_feed", user)
    row = CalendarFeed.objects.filter(user=user).first()
    if row is not None:
        record(row, "calendarfeed.end", actor=actor, at=at, audience=INTERNAL)
        row.delete()


def owner_of(secret: str) -> User | None:
    """Whose address this is, as long as he may sign in."""
    row = CalendarFeed.objects.select_related("user").filter(digest=digest_of(secret)).first()
    return row.user if row is not None and row.user.is_active and not row.user.is_official else None


def calendar_of(user: User, *, at: datetime) -> str:
    """His open terms that have a day, the next first, in his language; each is one whole day."""
    rows = (
        Obligation.objects.visible_to(user).open().filter(due_on__isnull=False, organisation__in=user.organisations())
    )
    with translation.override(user.language):
        lines = list(ical(rows.select_related("organisation").order_by("due_on", "id")[:MANY], at))
    return "".join(f"{folded(line)}\r\n" for line in lines)


def ical(rows: Iterable[Obligation], at: datetime) -> Iterator[str]:
    stamp = at.astimezone(tz=UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tizilim//Terms//EN", "CALSCALE:GREGORIAN")
    yield f"X-WR-CALNAME:{escaped(gettext('Terms'))}"
    for row in rows:
        day = row.due_on
        assert day is not None  # noqa: S101  (asked for above)
        whose = row.organisation.name if row.organisation else ""
        title = f"{gettext(duty_label(row.code))}: {whose} ({row.reference})"
        yield from ("BEGIN:VEVENT", f"UID:term-{row.pk}@tizilim", f"DTSTAMP:{stamp}")
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escaped(title)}"
        yield f"DESCRIPTION:{escaped(str(row.get_debtor_display()))}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def escaped(text: str) -> str:
    for letter in ("\\", ";", ","):
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> str:
    """A long line goes on in the next after a space, never inside a letter."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n".join(parts)
