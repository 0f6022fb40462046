"""Screening of the people behind firms: set-based and in the background; what it finds, a person decides.

It runs after a filing and after each import of a list, and is caught up by a sweep. People wait while `screened_at` is
empty; nothing is granted while somebody waits or a match is open (licensing.workflow.screened).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.models import Authority, Event, User
from core.models.base import INTERNAL
from core.services import advance, notify
from core.services.acts import record_each
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import FirmPerson, ScreeningEntry, ScreeningMatch
from licensing.services.screening import screen
from licensing.services.screening_rows import hold_lists
from licensing.services.terms import officials, parties

SLICE = 2_000  # people in one transaction
TEXT_LIMIT = 10_000
ONE, PLACES = Decimal(1), Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Found:
    """A person and the entry that he may be, not written yet."""

    person: FirmPerson
    entry_id: int
    score: Decimal
    explanation: Mapping[str, Any]


def screen_people(*, at: datetime) -> int:
    """Look at everybody who waits, slice by slice. Safe to run twice and beside itself. Returns how many."""
    done = 0
    while slice_of := _screen_slice(at):
        done += slice_of
    return done


@transaction.atomic
def _screen_slice(at: datetime) -> int:
    """Some people of one authority: matches, their events, and that they were looked at, in one transaction.

    The authority's lists are held meanwhile: an import waits, and makes these people wait again.
    """
    waiting = FirmPerson.objects.unscreened().order_by("authority", "id")
    first = waiting.values_list("authority", flat=True).first()
    if first is None:
        return 0
    hold_lists(first)
    rows = list(waiting.filter(authority=first).select_for_update(of=("self",))[:SLICE])
    if not rows:
        return 0
    authority = Authority.objects.get(pk=first)
    keep_matches(authority, [*by_name(authority, rows), *by_number(authority, rows)], at=at)
    FirmPerson.objects.filter(pk__in=[row.pk for row in rows]).update(screened_at=at)
    return len(rows)


def by_name(authority: Authority, rows: Iterable[FirmPerson]) -> list[Found]:
    people = {row.pk: row for row in rows}
    return [
        Found(people[pk], one.entry_id, Decimal(one.score.value).quantize(PLACES), one.score.as_dict())
        for pk, matches in screen({pk: row.name for pk, row in people.items()}, authority).items()
        for one in matches
    ]


def by_number(authority: Authority, rows: Iterable[FirmPerson]) -> list[Found]:
    """The same number is the same person, however his name is written."""
    people: dict[str, list[FirmPerson]] = {}
    for row in rows:
        if row.number:
            people.setdefault(row.number, []).append(row)
    entries = ScreeningEntry.objects.filter(
        list__authority=authority, list__replaced_at=None, identifier__in=list(people)
    )
    return [
        Found(person, entry.pk, ONE, {"score": 1, "met": [], "number": entry.identifier})
        for entry in entries
        for person in people[entry.identifier]
    ]


def keep_matches(authority: Authority, found: Iterable[Found], *, at: datetime) -> list[ScreeningMatch]:
    """Write what nobody was asked about yet, the best of each person and entry; tell the officials once.

    An entry that a later version of its list repeats was decided: it is not asked about again.
    """
    best: dict[tuple[int, int], Found] = {}
    for one in found:
        held = best.get((one.person.pk, one.entry_id))
        if held is None or one.score > held.score:
            best[one.person.pk, one.entry_id] = one
    entries = ScreeningEntry.objects.select_related("list").in_bulk({one.entry_id for one in best.values()})
    prints = {pk: fingerprint(entry) for pk, entry in entries.items()}
    people = [one.person.pk for one in best.values()]
    known = set(ScreeningMatch.objects.filter(person__in=people).values_list("person", "fingerprint"))
    fresh: dict[tuple[int, str], Found] = {}
    for one in best.values():
        name = (one.person.pk, prints[one.entry_id])
        if name not in known:
            fresh.setdefault(name, one)
    rows = [
        ScreeningMatch(
            reference=reference,
            authority=authority,
            organisation_id=one.person.organisation_id,
            person=one.person,
            entry=entries[one.entry_id],
            fingerprint=printed,
            score=one.score,
            explanation=dict(one.explanation),
            imported_by_id=entries[one.entry_id].list.imported_by_id,
            created_at=at,
        )
        for reference, ((_person, printed), one) in zip(next_references(len(fresh), at), fresh.items(), strict=True)
    ]
    made = ScreeningMatch.objects.bulk_create(rows)
    events = record_each(made, "screeningmatch.find", actor=User.objects.system(), at=at, audience=INTERNAL)
    if events:
        told = {"count": len(events)}
        notify(events[0], officials(authority.pk), "matches_found", told, path="/screening/matches/", at=at)
    return made


def fingerprint(entry: ScreeningEntry) -> str:
    """What an entry says, whatever version of its list says it."""
    born = entry.born_on.isoformat() if entry.born_on else ""
    said = (entry.list.code, entry.name, entry.identifier, born, entry.country, entry.reference)
    return sha256("\n".join(said).encode()).hexdigest()


def next_references(count: int, at: datetime) -> list[str]:
    """SM-<year>-<number>, from a sequence, so that they wait for nobody."""
    year = timezone.localdate(at).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('licensing_match_reference') FROM generate_series(1, %s)", [count])
        return [f"SM-{year}-{number:06d}" for (number,) in cursor.fetchall()]


@transaction.atomic
def decide_match(
    match: ScreeningMatch, step: str, *, evidence: str, actor: User, at: datetime, version: int | None = None
) -> ScreeningMatch:
    """Say that it is this person ("confirm") or another ("clear"), with what shows it. Where it is confirmed, the firm
    is told that one of its people does not meet the requirements; of the list it hears nothing.

    What is written of a person stands with the match, where it can be erased, and in no event.

    Raises:
        PermissionDenied: also for who imported the list. StaleVersion. TransitionRefused: nothing is written, or too
            much, or it is cleared already.
    """
    words = evidence.strip()
    if len(words) > TEXT_LIMIT:
        message = _("The text is longer than %(limit)s characters.")
        raise TransitionRefused([Problem("text-too-long", message, {"limit": TEXT_LIMIT}, field="evidence")])
    row = advance(
        match,
        step,
        actor=actor,
        at=at,
        version=version,
        audience=INTERNAL,
        evidence=words,
        decided_by=actor,
        decided_at=at,
    )
    if row.state == "confirmed":
        event = Event.objects.of(row).order_by("-seq")[0]
        path = f"/account/organisations/{row.organisation_id}/people/"
        notify(event, parties(row.organisation_id, timezone.localdate(at)), "person_listed", path=path, at=at)
    return row
