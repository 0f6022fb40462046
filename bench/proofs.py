"""P11: all events verified, and only the new ones; against plain Python that streams the same rows and hashes them."""

import hashlib
import time

from django.db import connections, transaction
from django.utils import timezone

from bench.acts import Filing
from bench.measure import Figure, milliseconds
from core.models import Event
from core.services import seal_events, verify_events

TEXTS = """
SELECT jsonb_build_array(id, subject_type, subject_id, seq, to_jsonb(at AT TIME ZONE 'UTC'), actor_id, on_behalf_of_id,
    verb, from_state, to_state, reason, grounds, data, authority_id, organisation_id, audience, reference, title,
    encode(previous_hash, 'hex'))::text, subject_type, subject_id, seq, previous_hash, hash
FROM core_event ORDER BY subject_type, subject_id, seq
"""


def streamed() -> tuple[int, int]:
    """(events, faults) by a server-side cursor and hashlib."""
    seen = faults = 0
    before: tuple[str, int, int, bytes] = ("", 0, 0, b"")
    with transaction.atomic(), connections["default"].connection.cursor(name="events") as cursor:
        cursor.itersize = 2_000
        cursor.execute(TEXTS)
        for text, subject_type, subject_id, seq, previous, held in cursor:
            follows = before[:2] == (subject_type, subject_id)
            expected = (before[2] + 1, before[3]) if follows else (1, None)
            faults += (seq, bytes(previous) if previous else None) != expected
            faults += hashlib.sha256(text.encode()).digest() != bytes(held)
            before = (subject_type, subject_id, seq, bytes(held))
            seen += 1
    return seen, faults


def verification(rounds: int) -> list[Figure]:
    """P11: rates in turn, then a seal, some new filings, and the new events alone."""
    rates: dict[str, list[float]] = {"ours": [], "python": []}
    total = Event.objects.count()
    connections["default"].ensure_connection()
    for _round in range(rounds):
        started = time.perf_counter()
        assert not list(verify_events())
        rates["ours"].append(total / (time.perf_counter() - started))
        started = time.perf_counter()
        assert streamed() == (total, 0)
        rates["python"].append(total / (time.perf_counter() - started))
    ours, python = (sorted(rates[name])[rounds // 2] for name in ("ours", "python"))
    note = f"{ours:,.0f} / {python:,.0f} events a second, {total:,} events"
    figures = [Figure("P11", "events verified / plain Python streaming", ours / python, 0.7, note, above=True)]
    return [*figures, _only_new(total / ours)]


def _only_new(whole: float) -> Figure:
    """The time for events after a seal, as a share of the time for all."""
    assert seal_events(at=timezone.now()) is not None
    applicant = Filing()
    for _number in range(5):
        applicant.ours()
    started = time.perf_counter()
    assert not list(verify_events(only_new=True))
    spent = time.perf_counter() - started
    note = f"{milliseconds(spent)} of {milliseconds(whole)}"
    return Figure("P11", "only the new events after a seal / all", spent / whole, 0.1, note)
