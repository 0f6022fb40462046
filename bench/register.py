"""P9 and P14: the search of the public register, and its daily files, over as many entries as are asked for."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.utils import timezone

from bench.databases import LARGE
from bench.measure import Figure, alternate, milliseconds, timed
from bench.pages import Readers
from bench.seed import HEAD, STEMS
from bench.spellings import FAMILIES
from core.names import searched, sought
from licensing import services
from licensing.models import RegisterEntry, RegisterFile
from licensing.services.register_files import write_register

PEAK, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
#: The published list: a number, a BIN's beginning, a rare name in each script, a stem that one entry in eight has, a
#: legal form that all have, one word of two letters, two common words with a rare one, and what stands nowhere.
TERMS = (
    "B-2026-{last}",
    "99{last}",
    "Steppe {rare}",
    "Степь {rare}",
    "Қызғалдақ {rare}",
    "Kyzgaldak",
    "тоо",
    "ша",
    "ТОО Тюльпан Щербаков {rare}",
    "nothing like it anywhere",
)
ENTRIES = """
INSERT INTO licensing_registerentry (name_kk, name_ru, name_en, number, type, kind, identifier, region, standing, since,
    until, published, publication_reason, publication_ground, services, ground, decided_at, changed_at, search,
    authority_id, decided_by_id)
SELECT kk || ' ' || i || ' ЖШС', 'ТОО ' || ru || ' ' || i, en || ' ' || i || ' LLP', 'B-2026-' || i, 'licence',
    'mining-licence-' || 1 + i %% 2, '99' || i, (%(regions)s::text[])[1 + i %% 20], 'in_force',
    date '2023-04-03' + (i %% 1200)::int, date '2029-01-01', true, 'Granted.', '{}', '["mine"]', '{}', now(), now(),
    ' b-2026-' || i || ' 99' || i || words || ' ' || i, 1, %(head)s
FROM generate_series(1::bigint, %(missing)s) i
JOIN unnest(%(kk)s::text[], %(ru)s::text[], %(en)s::text[], %(words)s::text[]) WITH ORDINALITY n(kk, ru, en, words, at)
    ON n.at = 1 + i %% %(names)s
"""
RAW = """
SELECT number, name_kk, name_ru, name_en, identifier, standing, since, until FROM licensing_registerentry
WHERE id IN (SELECT id FROM licensing_registerentry WHERE number = %s
    UNION SELECT id FROM licensing_registerentry WHERE {words}) ORDER BY since DESC, id DESC LIMIT 26
"""
COPY = """
COPY (SELECT e.number, e.type, e.kind, e.name_kk, e.name_ru, e.name_en, e.identifier, e.region, e.services, e.since,
    e.until, e.standing, e.changed_at, l.granted_on, o.address FROM licensing_registerentry e
    LEFT JOIN licensing_licence l ON l.id = e.licence_id LEFT JOIN core_organisation o ON o.id = l.organisation_id
    WHERE e.published) TO STDOUT WITH (FORMAT csv)
"""


def fill_register(readers: Readers, entries: int) -> int:
    """Bring the register of the large database to so many entries, as its owner; returns how many it has then."""
    from core.regions import REGIONS

    missing = max(entries - RegisterEntry.objects.count(), 0)
    names = [tuple(f"{word} {family}" for word in stem) for stem in STEMS for family in FAMILIES]
    facts: dict[str, Any] = {"missing": missing, "head": HEAD, "regions": list(REGIONS), "names": len(names)}
    facts |= {code: [one[at] for one in names] for at, code in enumerate(("kk", "ru", "en"))}
    facts["words"] = [searched(*one, "LLP") for one in names]
    with psycopg.connect(readers.databases.owner_url(LARGE), autocommit=True) as owner:
        (index,) = owner.execute("SELECT pg_get_indexdef('register_search'::regclass)").fetchone() or ("",)
        owner.execute("SET maintenance_work_mem = '512MB'; DROP INDEX register_search")
        owner.execute(ENTRIES, facts)
        owner.execute(index)
        owner.execute("VACUUM ANALYZE licensing_registerentry")
    return RegisterEntry.objects.count()


def search(readers: Readers, entries: int, rounds: int) -> list[Figure]:
    """P9: the page and the API against a union of look-ups for a rare name; the slowest term of the list."""
    count = fill_register(readers, entries)
    last, rare = max(entries // 2, 1), max(entries // 3, 1)
    terms = [one.format(last=last, rare=rare) for one in TERMS]
    asked = terms[2]
    figures = []
    for title, path in (("register search, API", "/api/v1/register/"), ("register search, page", "/register/")):
        found = alternate({"ours": readers.ask(f"{path}?q={quote(asked)}", LARGE), "raw": raw_union(asked)}, rounds)
        note = f"{milliseconds(found['ours'])} / {milliseconds(found['raw'])}, {count:,} entries"
        figures.append(Figure("P9", f"{title} / UNION of look-ups", found["ours"] / found["raw"], 12, note))
    for title, path in (("API", "/api/v1/register/"), ("page", "/register/")):
        slowest: dict[str, float] = {}
        for term in terms:
            ask = readers.ask(f"{path}?q={quote(term)}", LARGE)
            times = sorted(timed(lambda ask=ask: ask(0)) for _round in range(5))  # type: ignore[misc]  # bound at once
            slowest[term] = times[2] * 1000
        worst = max(slowest, key=lambda term: slowest[term])
        figures.append(Figure("P9", f"ms of the worst term of the list, {title}", slowest[worst], 60, f"“{worst}”"))
    return figures


def raw_union(text: str) -> Callable[[int], bytes]:
    """The same entries by one statement, as JSON."""
    words = sought(text)
    statement = RAW.format(words=" AND ".join("search LIKE %s" for _word in words))

    def run(_number: int) -> bytes:
        with connections["default"].cursor() as cursor:
            cursor.execute(statement, [text, *(f"%{word}%" for word in words)])
            names = [column.name for column in cursor.description]
            return json.dumps([dict(zip(names, row, strict=True)) for row in cursor], default=str).encode()

    return run


def files(rounds: int) -> list[Figure]:
    """P14: each file of the day against COPY of the same rows; the most memory held, kept in the storage and all."""
    today, times = timezone.localdate(), {}

    def plain(_number: int) -> None:
        with connection.cursor() as cursor, cursor.cursor.copy(COPY) as copy:
            for _block in copy:
                pass

    def written(format: str) -> Callable[[int], None]:
        def run(_number: int) -> None:
            with tempfile.TemporaryFile() as target:
                write_register(target, format, today)

        return run

    times = alternate({"copy": plain, "csv": written("csv"), "jsonl": written("jsonl")}, rounds, warm=1)
    base = resident("VmRSS")
    RESET.write_text("5")
    services.make_register_files(at=timezone.now())
    grown = resident("VmHWM") - base
    made = list(RegisterFile.objects.filter(day=today))
    for row in made:
        default_storage.delete(row.path)
    note = f"{made[0].rows:,} rows" if made else ""
    return [
        *(
            Figure(
                "P14",
                f"file of the register, {name} / COPY",
                times[name] / times["copy"],
                2,
                f"{times[name]:.2f} s / {times['copy']:.2f} s, {note}",
            )
            for name in ("csv", "jsonl")
        ),
        Figure("P14", "MiB of memory grown while both are made", grown, 32, note),
    ]


def resident(name: str) -> float:
    """MiB of this process: VmRSS now, VmHWM at most since it was reset."""
    line = next(line for line in PEAK.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
