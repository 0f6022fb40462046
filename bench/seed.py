"""Fills an empty migrated database with N applications and all that hangs on them, set-based, in slices.

Every event passes the database's own trigger: numbered by the loader, chained and hashed by PostgreSQL. Indexes and
foreign keys are taken off while loading and put back, which checks every reference.
"""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth.hashers import make_password
from psycopg import sql
from psycopg.types.json import Jsonb

from bench import rows
from core.names import searched
from core.regions import REGIONS
from law.identifiers import check_digit
from law.licensing import due

SLICE = 25_000  # applications in one transaction: sealing waits for none of them long
LOADERS = 2
RULES = ("registration", "completeness", "decision")
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FIRST_DAY = date(2023, 4, 3)
SYSTEM_USERS = 1  # made by a migration
OFFICERS, HEADS = 40, 5
OFFICER = 100  # ids of users: officers from here, then heads, then applicants
HEAD, APPLICANT = OFFICER + OFFICERS, OFFICER + OFFICERS + HEADS
FIRM = 1  # the organisation that acts for others under powers of attorney
CLIENTS = 20
STEMS = (
    ("Дала", "Степь", "Steppe"),
    ("Қызғалдақ", "Тюльпан", "Tulip"),
    ("Жұлдыз", "Звезда", "Star"),
    ("Көкжиек", "Горизонт", "Horizon"),
    ("Тұлпар", "Скакун", "Courser"),
    ("Бәйтерек", "Байтерек", "Poplar"),
    ("Ақсу", "Белая вода", "Aksu"),
    ("Шаңырақ", "Шанырак", "Hearth"),
)


def seed(url: str, n: int, *, today: date) -> None:
    """N applications in all states, as the owner of the tables."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET work_mem = '64MB'; SET maintenance_work_mem = '512MB'; SET timezone = 'Asia/Almaty'")
        _lend_defaults(connection)
        _load_people(connection, n)
        _load_law(connection, today)
        _write_shared_file()
        facts = _facts(n, today)
        connection.execute(rows.PLAN, facts)
        connection.execute("ALTER TABLE plan ADD PRIMARY KEY (i)")
        connection.execute("ANALYZE plan")
        kept = _take_off(connection)
        for statement in rows.SLICED:
            _load(url, statement, n, facts)
            connection.execute(f"ANALYZE {_table(statement)}")
        connection.execute(rows.COUNTERS)
        for statement in kept:
            connection.execute(statement)
        connection.execute("DROP TABLE plan, day, term, step, folded")
        _move_sequences(connection)
        for table in {_table(statement) for statement in rows.SLICED}:
            connection.execute(f"VACUUM {table}")
        connection.execute("ANALYZE core_organisation, core_user, core_membership")


def _lend_defaults(connection: psycopg.Connection[Any]) -> None:
    """Columns that the statements do not name get what the model would give them."""
    from django.apps import apps
    from django.db import connection as tables

    editor = tables.schema_editor(collect_sql=True)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            value = editor.effective_default(field)  # as a migration fills a new column
            if value is None or field.null or field.remote_field or field.auto_created:
                continue
            table, column = sql.Identifier(model._meta.db_table), sql.Identifier(str(field.column))
            if field.get_internal_type() == "JSONField":
                value = json.dumps(getattr(value, "obj", value))  # the driver wraps what goes into a JSON column
            if isinstance(value, str | int):
                command = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}")
                connection.execute(command.format(table, column, sql.Literal(value)))


def _load(url: str, statement: str, n: int, facts: dict[str, Any]) -> None:
    """One table, by two connections."""

    def work(firsts: range) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET work_mem = '64MB'; SET timezone = 'Asia/Almaty'")
            for first in firsts:
                connection.execute(statement, {**facts, "first": first, "last": first + SLICE - 1})

    with ThreadPoolExecutor(LOADERS) as pool:
        list(pool.map(work, [range(1 + SLICE * number, n + 1, SLICE * LOADERS) for number in range(LOADERS)]))


def _table(statement: str) -> str:
    return statement.split()[2]


def _facts(n: int, today: date) -> dict[str, Any]:
    return {
        "n": n,
        "organisations": organisations(n),
        "busy": CLIENTS + 1,  # the firm and its clients hold every fiftieth case
        "applicants": applicants(n),
        "first_applicant": APPLICANT,
        "first_officer": OFFICER,
        "officers": OFFICERS - 1,  # the last one countersigns
        "second": OFFICER + OFFICERS - 1,
        "head": HEAD,
        "days": (today - FIRST_DAY).days,
        "some_day": FIRST_DAY,
        "regions": list(REGIONS),
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
    }


def _write_shared_file() -> None:
    """The one content that all documents share."""
    sha256 = hashlib.sha256(PDF).hexdigest()
    path = settings.MEDIA_ROOT / "documents" / sha256[:2] / sha256[2:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PDF)


def organisations(n: int) -> int:
    return max(n // 5, 30)


def applicants(n: int) -> int:
    return max(n // 10, 10)


def _load_people(connection: psycopg.Connection[Any], n: int) -> None:
    """The authority, its officials, applicants, organisations, who is a member of which, and a firm's clients."""
    now = datetime.fromisoformat("2023-04-01T09:00:00+05:00")
    connection.execute(
        "INSERT INTO core_authority (id, name_kk, name_ru, name_en, code, decides, address)"
        " VALUES (1, 'Орган', 'Орган', 'Authority', 'maidd', true, '')"
    )
    password = make_password("a password that nobody types")
    with connection.cursor() as cursor:
        columns = "id, password, is_superuser, email, full_name, role, language, is_active, date_joined, authority_id"
        with cursor.copy(f"COPY core_user ({columns}) FROM STDIN") as copy:
            for number, (role, count) in enumerate(
                (("officer", OFFICERS), ("head", HEADS), ("applicant", applicants(n)))
            ):
                start = (OFFICER, HEAD, APPLICANT)[number]
                authority = None if role == "applicant" else 1
                for pk in range(start, start + count):
                    person = (f"{role}{pk}@example.org", f"Person {pk}", role, "en", True, now, authority)
                    copy.write_row((pk, password, False, *person))
        cursor.execute("CREATE UNLOGGED TABLE folded (org bigint PRIMARY KEY, words text)")
        with cursor.copy("COPY folded FROM STDIN") as copy:
            for pk in range(1, organisations(n) + 1):
                copy.write_row((pk, searched(*(f"{stem} {pk}" for stem in STEMS[pk % len(STEMS)]), "LLP")))
        columns = "id, name_kk, name_ru, name_en, identifier, form, registered_in, region, address, created_at"
        checked = "registration_checked_at, registration_checked_by_id"
        with cursor.copy(f"COPY core_organisation ({columns}, {checked}) FROM STDIN") as copy:
            for pk, identifier in zip(range(1, organisations(n) + 1), _identifiers(), strict=False):
                kk, ru, en = (f"{stem} {pk}" for stem in STEMS[pk % len(STEMS)])
                names = (f"«{kk}» ЖШС", f"ТОО «{ru}»", f"{en} LLP")
                region = list(REGIONS)[pk % len(REGIONS)]
                copy.write_row((pk, *names, identifier, "legal_entity", "KZ", region, "", now, now, OFFICER))
    connection.execute(
        "INSERT INTO core_membership (valid_from, valid_to, claimed_at, confirmed_at, claimed_by_id, confirmed_by_id,"
        " user_id, firm_id, organisation_id)"
        " SELECT date '2023-04-01', NULL::date, %(now)s, %(now)s, u, %(officer)s, u, NULL::bigint, o FROM"
        " (SELECT o, %(applicant)s + (o - 1) %% %(applicants)s AS u FROM generate_series(1, %(organisations)s) o) m"
        " UNION ALL SELECT '2023-04-01', '2099-12-31', %(now)s, %(now)s, %(applicant)s, %(officer)s, NULL, %(firm)s, o"
        " FROM generate_series(%(firm)s + 1, %(firm)s + %(clients)s) o",
        {
            "now": now,
            "officer": OFFICER,
            "applicant": APPLICANT,
            "applicants": applicants(n),
            "organisations": organisations(n),
            "firm": FIRM,
            "clients": CLIENTS,
        },
    )
    connection.execute(
        'INSERT INTO account_emailaddress (email, verified, "primary", user_id)'
        " SELECT email, true, true, id FROM core_user WHERE role <> 'system'"
    )


def _identifiers() -> Iterator[str]:
    """Valid numbers of resident legal entities, one after the other."""
    for number in range(10_000_000):
        stem = f"{10 + number // 600_000:02d}{1 + number // 50_000 % 12:02d}40{number % 50_000:05d}"
        digit = check_digit(stem)
        if digit is not None:
            yield f"{stem}{digit}"


def _load_law(connection: psycopg.Connection[Any], today: date) -> None:
    """The terms of every day of filing with their arithmetic, and the acts that lead to every state."""
    connection.execute(
        "CREATE TABLE day (number int PRIMARY KEY, filed_on date, registration date, completeness date, decision date);"
        "CREATE TABLE term (filed_on date, code text, due_on date, arithmetic jsonb, ground jsonb);"
        "CREATE TABLE step (state text, seq int, name text, source text, target text, audience text, party bool)"
    )
    with connection.cursor() as cursor:
        days = [FIRST_DAY + timedelta(days=number) for number in range((today - FIRST_DAY).days)]
        terms = {day: [due("mining-licence-1", rule, day) for rule in RULES] for day in days}
        with cursor.copy("COPY day FROM STDIN") as copy:
            for number, day in enumerate(days):
                copy.write_row((number, day, *(one.due_on for one in terms[day])))
        with cursor.copy("COPY term FROM STDIN") as copy:
            for day in days:
                for rule, one in zip(RULES, terms[day], strict=True):
                    ground = Jsonb(one.provision.ground())
                    copy.write_row((day, rule, one.due_on, Jsonb(one.steps()), ground))
        with cursor.copy("COPY step FROM STDIN") as copy:
            for row in _steps():
                copy.write_row(row)
    connection.execute("CREATE INDEX ON term (filed_on); ANALYZE day; ANALYZE term; ANALYZE step")


def _steps() -> Iterator[tuple[Any, ...]]:
    for state, length in rows.LENGTH.items():
        yield from ((state, seq, *step) for seq, step in enumerate(rows.MAIN[:length], 1))
    for state, (length, last) in rows.BRANCHES.items():
        yield from ((state, seq, *step) for seq, step in enumerate((*rows.MAIN[:length], last), 1))


def _take_off(connection: psycopg.Connection[Any]) -> list[str]:
    """Drop foreign keys and plain indexes of the tables that grow. Returns the statements that bring them back."""
    tables = [_table(statement) for statement in rows.SLICED]
    keys = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conname",
        [tables],
    ).fetchall()
    indexes = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique ORDER BY 1",
        [tables],
    ).fetchall()
    for table, name, _definition in keys:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _definition in indexes:
        connection.execute(f"DROP INDEX {name}")
    back = [definition for _name, definition in indexes]
    return back + [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in keys]


def _move_sequences(connection: psycopg.Connection[Any]) -> None:
    """New rows get numbers after those loaded."""
    found = connection.execute(
        "SELECT table_name, pg_get_serial_sequence(table_name, 'id') FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'"
    ).fetchall()
    for table, sequence in found:
        connection.execute(f"SELECT setval('{sequence}', greatest((SELECT max(id) FROM {table}), 1))")  # noqa: S608  (constants)
    connection.execute(
        "SELECT setval('licensing_application_number', (SELECT count(*) + 1 FROM licensing_application))"
    )
