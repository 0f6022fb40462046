"""Names against the current lists of an authority: candidates by keys in one statement, then scored with the reason."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from core.models import Authority
from core.names import Name, Score, compare, probes, read_name
from law.problems import _

#: How two words met, in words: the codes of core.names.scoring.
HOW = {
    "same": _("sound the same"),
    "consonants": _("have the same consonants"),
    "near": _("are nearly the same"),
    "initial": _("one is the initial of the other"),
    "father": _("one is the patronymic of the other"),
}
THRESHOLD = 0.85  # tests/core/test_names.py says what it finds and what it lets through
LEAST_TRIGRAMS = 0.3  # candidates whose trigrams have less in common are not scored; names with initials always are
CHUNK = 2_000  # names in one statement
#: Each key is looked up in the index of keys by itself: an overlap of whole arrays would be judged pair by pair.
CANDIDATES = """
WITH asked AS MATERIALIZED (
    SELECT id, folded, initials, unnest(keys) AS key
    FROM jsonb_to_recordset(%(names)s::jsonb) AS s (id int, folded text, keys text[], initials boolean)
), met AS (
    SELECT DISTINCT a.id AS asked, n.id, n.written, n.entry_id, n.list_id
    FROM asked a JOIN licensing_screeningname n ON n.keys @> ARRAY[a.key]
        AND (a.initials OR n.folded ~ '(^| ).( |$)' OR similarity(n.folded, a.folded) >= %(least)s)
)
SELECT met.asked, met.id, met.written,
    e.id, e.name, l.reference, l.title, e.identifier, e.born_on, e.country, e.reference
FROM met
JOIN licensing_screeninglist l ON l.id = met.list_id AND l.replaced_at IS NULL AND l.authority_id = %(authority)s
JOIN licensing_screeningentry e ON e.id = met.entry_id
"""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a name may mean. `written`: the way of writing it that met best."""

    entry_id: int
    name: str
    written: str
    list_reference: str
    list_title: str
    identifier: str
    born_on: date | None
    country: str
    reference: str
    score: Score

    @property
    def per_cent(self) -> int:
        return int(self.score.value * 100)


def screen(names: Mapping[int, str], authority: Authority, *, least: float = THRESHOLD) -> dict[int, list[Match]]:
    """Each name by its number against the current lists of an authority.

    Returns:
        For names that met something, the entries with a score of at least `least` (0 to 1), the best first, each entry
        once. Nothing is written, and nothing is decided: who is meant is for a person to judge.
    """
    found: dict[int, dict[int, Match]] = {}
    for chunk in chunks(names.items()):
        read = {number: read_name(written) for number, written in chunk}
        for number, match in candidates(read, authority):
            best = found.get(number, {}).get(match.entry_id)
            if match.score.value >= least and (best is None or best.score.value < match.score.value):
                found.setdefault(number, {})[match.entry_id] = match
    return {
        number: sorted(entries.values(), key=lambda one: (-one.score.value, one.entry_id))
        for number, entries in found.items()
    }


def chunks(items: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    held = list(items)
    for at in range(0, len(held), CHUNK):
        yield held[at : at + CHUNK]


def candidates(read: Mapping[int, Name], authority: Authority) -> Iterator[tuple[int, Match]]:
    """One statement for all names; each way of writing is read once however many names met it."""
    asked = [
        {
            "id": number,
            "folded": name.key,
            "keys": probes(name),
            "initials": any(word.initial for word in name.words),
        }
        for number, name in read.items()
    ]
    known: dict[int, Name] = {}
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"names": json.dumps(asked), "least": LEAST_TRIGRAMS, "authority": authority.pk}
        cursor.execute(CANDIDATES, given)
        for number, name_id, written, entry, name, reference, title, number_of, born, country, own in cursor.fetchall():
            other = known.get(name_id) or known.setdefault(name_id, read_name(written))
            score = compare(read[number], other)
            yield number, Match(entry, name, written, reference, title, number_of, born, country, own, score)
