"""Megawatts month by month: declared in licences in force, measured, and the limit, of the country or of one place.

Licences count by their state at the end of the day, which their events tell; centres and the places of filings as they
stand in the registers now. One statement a series, however many months, licences and centres there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q

from core.models import Authority
from core.regions import REGIONS, ZONES
from law.provisions import LDA_START
from mining.models.hosting import HOSTED_KINDS
from mining.models.power import PowerLimit

MOST = 120  # months

#: What came into force and what ceased to be on each day: spans of licences by their events, cut by their own days.
DECLARED = """
WITH held AS (
    SELECT l.id, p.megawatts, l.valid_from, least(l.valid_to, l.ended_on) AS last_day
    FROM licensing_licence l JOIN mining_miningparticulars p ON p.application_id = l.application_id
    WHERE l.authority_id = %(authority)s AND l.kind = ANY(%(kinds)s) AND p.megawatts IS NOT NULL
        AND %(region)s IN ('', p.region) AND %(zone)s IN ('', p.zone)
), states AS (
    SELECT id, 0 AS seq, valid_from AS day, 'in_force' AS state FROM held
    UNION ALL
    SELECT subject_id, seq, (at AT TIME ZONE 'Asia/Almaty')::date, to_state FROM core_event
    WHERE subject_type = 'licensing.licence' AND to_state <> '' AND subject_id IN (SELECT id FROM held)
), spans AS (
    SELECT id, state, day, lead(day) OVER (PARTITION BY id ORDER BY seq) AS next FROM states
), counted AS (
    SELECT h.megawatts, greatest(s.day, h.valid_from) AS first, least(s.next, h.last_day + 1) AS beyond
    FROM spans s JOIN held h USING (id) WHERE s.state = 'in_force'
)
SELECT day, sum(megawatts), sum(number) FROM (
    SELECT first AS day, megawatts, 1 AS number FROM counted WHERE beyond > first OR beyond IS NULL
    UNION ALL SELECT beyond, -megawatts, -1 FROM counted WHERE beyond > first
) AS moves WHERE day <= %(last)s GROUP BY day ORDER BY day
"""
#: The same of centres: a measurement holds until the next one of the centre, or its end.
MEASURED = """
WITH spans AS (
    SELECT a.measured_megawatts AS megawatts, greatest(a.assessed_on, c.opened_on) AS first, least(
        lead(a.assessed_on) OVER (PARTITION BY a.centre_id ORDER BY a.assessed_on, a.id), c.closed_on + 1) AS beyond
    FROM mining_assessment a JOIN mining_datacentre c ON c.id = a.centre_id
    WHERE c.authority_id = %(authority)s AND a.state = 'signed' AND a.measured_megawatts IS NOT NULL
        AND %(region)s IN ('', c.region) AND %(zone)s IN ('', c.zone)
)
SELECT day, sum(megawatts), sum(number) FROM (
    SELECT first AS day, megawatts, 1 AS number FROM spans WHERE beyond > first OR beyond IS NULL
    UNION ALL SELECT beyond, -megawatts, -1 FROM spans WHERE beyond > first
) AS moves WHERE day <= %(last)s GROUP BY day ORDER BY day
"""


@dataclass(frozen=True, slots=True)
class MonthOfPower:
    """A month's last day (today in the running month) with what stood then; None where nothing was measured or no
    limit stood."""

    day: date
    declared: Decimal
    licences: int
    measured: Decimal | None
    centres: int  # of which something was measured
    limit: Decimal | None


def month_ends(today: date, count: int) -> list[date]:
    """The last days of so many months up to this one, which ends today; none before the law began."""
    found, first = [today], today.replace(day=1)
    while len(found) < min(count, MOST) and first > LDA_START:
        last = first - timedelta(days=1)
        found.append(last)
        first = last.replace(day=1)
    return found[::-1]


def power_months(authority: Authority, days: Sequence[date], place: str = "") -> list[MonthOfPower]:
    """Three statements. `place`: a region, a zone, or "" for the country."""
    facts: dict[str, Any] = {
        "authority": authority.pk,
        "kinds": list(HOSTED_KINDS),
        "last": max(days),
        "region": place if place in REGIONS else "",
        "zone": place if place in ZONES else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(DECLARED, facts)
        declared = at_ends(cursor.fetchall(), days)
        cursor.execute(MEASURED, facts)
        measured = at_ends(cursor.fetchall(), days)
    limits = limits_on(authority, days, place)
    return [
        MonthOfPower(day, *held, seen[0] if seen[1] else None, seen[1], limits[day])
        for day, held, seen in zip(days, declared, measured, strict=True)
    ]


def at_ends(moves: Sequence[tuple[date, Decimal, int]], days: Sequence[date]) -> list[tuple[Decimal, int]]:
    """The sums at the end of each of these days, which rise, from what came (and, below zero, what went) day by day."""
    found, place, amount, number = [], 0, Decimal(0), 0
    for day in days:
        while place < len(moves) and moves[place][0] <= day:
            amount, number, place = amount + moves[place][1], number + int(moves[place][2]), place + 1
        found.append((amount, number))
    return found


def limits_on(authority: Authority, days: Sequence[date], place: str) -> Mapping[date, Decimal | None]:
    """The limit of a place on each day. The country's is that of its zones together, where each of them has one."""
    places = (place,) if place else tuple(ZONES)
    ends = Q(until__isnull=True) | Q(until__gte=min(days))
    rows = PowerLimit.objects.filter(ends, authority=authority, since__lte=max(days))
    held = list(rows.filter(Q(region__in=places) | Q(zone__in=places)).order_by("since", "id"))
    return {day: whole(limit_of(held, one, day) for one in places) for day in days}


def limit_of(held: Iterable[PowerLimit], place: str, day: date) -> Decimal | None:
    """The limit of one place on a day: two never stand at once."""
    standing = (row for row in held if row.place == place and row.since <= day)
    return next((row.megawatts for row in standing if row.until is None or row.until >= day), None)


def whole(parts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None where a part is missing."""
    known = list(parts)
    return None if None in known else sum((part for part in known if part is not None), Decimal(0))
