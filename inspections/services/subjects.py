"""Subjects and objects of control: who comes and goes with licences and data centres, by the law of the day."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.models import Authority, User
from core.models.base import INTERNAL
from core.services import record
from core.services.acts import locked
from inspections.models import Subject
from law.inspections import Regime, regime
from law.inspections.regimes import DATA_CENTRE, authorities, regime_rule
from law.inspections.sizes import effective_size
from law.licensing import KINDS, MINING_LICENCE_1
from licensing.workflow import LIVE

#: Everything that may be inspected now: licences that live, centres in the register.
THINGS = """things AS (
    SELECT l.id AS licence_id, NULL::bigint AS centre_id, l.organisation_id, l.kind AS kind,
        coalesce(nullif(p.region, ''), nullif(q.region, ''), o.region) AS region
    FROM licensing_licence l JOIN core_organisation o ON o.id = l.organisation_id
    LEFT JOIN mining_miningparticulars p ON p.application_id = l.application_id
    LEFT JOIN mining_poolparticulars q ON q.application_id = l.application_id
    WHERE l.authority_id = %(authority)s AND l.kind = ANY(%(kinds)s) AND l.state = ANY(%(live)s)
        AND l.valid_from <= %(on)s
    UNION ALL
    SELECT NULL, c.id, c.owner_id, %(centre)s, c.region FROM mining_datacentre c
    WHERE %(centre)s = ANY(%(kinds)s) AND c.authority_id = %(authority)s AND c.state = 'registered'
        AND (c.opened_on IS NULL OR c.opened_on <= %(on)s)
)"""
#: Objects of control whose licence or centre stands, with whose they are and where by its record.
HELD = (
    THINGS  # noqa: S608  (constants)
    + """, held AS (
    SELECT o.id, s.id AS subject_id, t.region FROM things t
    JOIN inspections_controlobject o ON o.licence_id = t.licence_id
    JOIN inspections_subject s ON s.authority_id = %(authority)s AND s.organisation_id = t.organisation_id
    UNION ALL
    SELECT o.id, s.id, t.region FROM things t JOIN inspections_controlobject o ON o.centre_id = t.centre_id
    JOIN inspections_subject s ON s.authority_id = %(authority)s AND s.organisation_id = t.organisation_id
)"""
)
NOTHING = "nothing AS (SELECT 1)"
#: One step after another: what is changed, as (what it reads, the statement), by the name under which it is counted.
STEPS = {
    "subjects_came": (
        THINGS,
        """INSERT INTO inspections_subject (authority_id, organisation_id, size, successor, lowering, lowering_evidence,
            risk, entered_at)
        SELECT %(authority)s, t.organisation_id, '', false, '{}', '', '', %(at)s
        FROM (SELECT DISTINCT organisation_id FROM things) t WHERE NOT EXISTS (SELECT FROM inspections_subject s
            WHERE s.authority_id = %(authority)s AND s.organisation_id = t.organisation_id)
        ORDER BY t.organisation_id RETURNING id""",
    ),
    "subjects_returned": (
        THINGS,
        """UPDATE inspections_subject s SET left_on = NULL, entered_at = %(at)s
        WHERE s.authority_id = %(authority)s AND s.left_on IS NOT NULL
            AND EXISTS (SELECT FROM things t WHERE t.organisation_id = s.organisation_id) RETURNING s.id""",
    ),
    "objects_came": (
        THINGS,
        """INSERT INTO inspections_controlobject (subject_id, kind_of_permit, licence_id, centre_id, region)
        SELECT s.id, t.kind, t.licence_id, t.centre_id, t.region FROM things t
        JOIN inspections_subject s ON s.authority_id = %(authority)s AND s.organisation_id = t.organisation_id
        WHERE NOT EXISTS (SELECT FROM inspections_controlobject o WHERE o.licence_id = t.licence_id)
            AND NOT EXISTS (SELECT FROM inspections_controlobject o WHERE o.centre_id = t.centre_id)
        ORDER BY s.id, t.licence_id, t.centre_id RETURNING id""",
    ),
    "objects_moved": (
        HELD,
        """UPDATE inspections_controlobject o SET subject_id = h.subject_id, region = h.region, left_on = NULL
        FROM held h
        WHERE o.id = h.id AND (o.subject_id <> h.subject_id OR o.region <> h.region OR o.left_on IS NOT NULL)
        RETURNING o.id""",
    ),
    "objects_left": (
        THINGS,
        """UPDATE inspections_controlobject o
        SET left_on = coalesce((SELECT ended_on + 1 FROM licensing_licence l WHERE l.id = o.licence_id),
            (SELECT closed_on + 1 FROM mining_datacentre c WHERE c.id = o.centre_id), %(on)s)
        FROM inspections_subject s WHERE s.id = o.subject_id AND s.authority_id = %(authority)s AND o.left_on IS NULL
            AND NOT EXISTS (SELECT FROM things t WHERE t.licence_id = o.licence_id)
            AND NOT EXISTS (SELECT FROM things t WHERE t.centre_id = o.centre_id) RETURNING o.id""",
    ),
    "subjects_left": (
        NOTHING,
        """UPDATE inspections_subject s SET proposed_run_id = NULL, left_on = coalesce(
            (SELECT max(left_on) FROM inspections_controlobject o WHERE o.subject_id = s.id), %(on)s)
        WHERE s.authority_id = %(authority)s AND s.left_on IS NULL AND NOT EXISTS (
            SELECT FROM inspections_controlobject o WHERE o.subject_id = s.id AND o.left_on IS NULL) RETURNING s.id""",
    ),
    "sizes_raised": (
        NOTHING,
        """UPDATE inspections_subject s SET size = %(least_size)s
        WHERE s.authority_id = %(authority)s AND s.left_on IS NULL AND s.size = ANY(%(raised)s) AND EXISTS (
            SELECT FROM inspections_controlobject o WHERE o.subject_id = s.id AND o.left_on IS NULL
                AND o.kind_of_permit = %(first)s) RETURNING s.id""",
    ),
}
#: How many rows a step changed, and a digest of their ids.
TOLD = """WITH {reads}, changed AS ({change}) SELECT count(*),
    encode(sha256(convert_to(coalesce(string_agg(id::text, ',' ORDER BY id), ''), 'UTF8')), 'hex') FROM changed"""


def kinds_of(authority: Authority, on: date) -> list[str]:
    """The kinds whose holders this authority inspects under Chapter 13 on a day."""
    return [
        kind
        for kind in (*KINDS, DATA_CENTRE)
        if regime(kind, on) is Regime.CHAPTER_13 and authority.code in authorities(kind, on)
    ]


@transaction.atomic
def sync_subjects(authority: Authority, *, at: datetime) -> dict[str, int]:
    """Bring subjects and objects to what licences and centres say now; safe to run twice. Returns what changed, by
    step; one event tells of it with a digest of the rows, none where nothing did."""
    locked(authority)
    on = timezone.localdate(at)
    kinds = kinds_of(authority, on)
    raised = [size for size in ("micro", "small") if effective_size(size, True, on) != size]
    facts: dict[str, Any] = {
        "authority": authority.pk, "on": on, "at": at, "kinds": kinds, "centre": DATA_CENTRE, "live": list(LIVE),
        "first": MINING_LICENCE_1, "raised": raised, "least_size": effective_size("small", True, on),
    }  # fmt: skip
    counts, digest = {}, sha256()
    with connection.cursor() as cursor:
        for name, (reads, change) in STEPS.items():
            cursor.execute(TOLD.format(reads=reads, change=change), facts)
            number, part = cursor.fetchone()
            if number:
                counts[name] = number
                digest.update(f"{name} {part}\n".encode())
    if counts:
        rules = [rule for kind in kinds if (rule := regime_rule(kind, on)) is not None]
        told = {"on": on.isoformat(), "counts": counts, "digest": digest.hexdigest()}
        grounds = {rule.code: rule for rule in rules}.values()
        system = User.objects.system()
        record(authority, "subject.sync", actor=system, at=at, audience=INTERNAL, grounds=grounds, data=told)
    return counts


def sync_all_subjects(*, at: datetime) -> int:
    """Every authority that inspects under Chapter 13, or did. Returns how many rows changed."""
    today = timezone.localdate(at)
    rows = [one for one in Authority.objects.order_by("code") if kinds_of(one, today) or one_of_ours(one)]
    return sum(sum(sync_subjects(one, at=at).values()) for one in rows)


def one_of_ours(authority: Authority) -> bool:
    return Subject.objects.standing().filter(authority=authority).exists()
