"""The daily files of the register: written by the database's own COPY, so that memory does not grow with the rows."""

import hashlib
import tempfile
from datetime import date, datetime, timedelta
from itertools import islice
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext, override
from psycopg import sql

from core.models import User
from core.models.base import PUBLIC
from core.services import record
from core.services.tries import alone_with
from law.provisions import provision
from law.publication import FILES_RULE, MICA, SERVICES
from licensing.models import RegisterFile
from licensing.models.register_files import CSV, FORMATS
from licensing.register_columns import CODE, CODES, COLUMNS, COUNTRY, TEXT, VERSION, Column
from licensing.register_types import entry_kinds, entry_states, entry_types
from licensing.services.archives import one_moment
from licensing.services.letters import LANGUAGES

FILES_LOCK = 7_207_306  # class of the advisory lock that the maker holds
TOGETHER = 1_000  # lines hashed and written at once
#: A cell that a spreadsheet would take for a formula gets an apostrophe, in CSV only: = + - @ tab, return.
FORMULA = "CASE WHEN ascii({cell}) IN (61, 43, 45, 64, 9, 13) THEN '''' || {cell} ELSE nullif({cell}, '') END"
QUOTED = """coalesce({named} || {cell} || '"', {nothing})"""
ESCAPED = "coalesce({name} || to_json({cell}), {nothing})"
#: Few entries hold anything that JSON escapes: where all texts of one together grow by two quotation marks alone, the
#: line is put together as it is, in half the time.
LINE = """CASE WHEN octet_length(to_json(concat({texts}))::text) = octet_length(concat({texts})) + 2
    THEN {plain} ELSE {escaped} END"""
#: One JSON text a row: COPY's own CSV with a quote and a delimiter that JSON never holds as they are.
AS_LINES = r"(FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')"


def make_register_files(*, at: datetime) -> int:
    """Make the files of today that are not there yet; returns how many. Safe to run twice and after a kill.

    After days without it the files of those days are not made up: nobody knows any more how the register stood.
    """
    today = timezone.localdate(at)
    with alone_with(FILES_LOCK) as mine:
        if not mine:
            return 0
        done = set(RegisterFile.objects.filter(day=today, schema=VERSION).values_list("format", flat=True))
        missing = [name for name in FORMATS if name not in done]
        written = []
        with one_moment():  # both of one day say the same
            for name in missing:
                target = tempfile.TemporaryFile(prefix="register-")  # noqa: SIM115  (closed when it is kept)
                written.append((name, target, *write_register(target, name, today)))
        for name, target, size, sha256, rows in written:
            with target:
                made = RegisterFile(
                    day=today, format=name, schema=VERSION, rows=rows, size=size, sha256=sha256, made_at=at
                )
                keep(made, target)
        return len(written)


def keep(made: RegisterFile, target: IO[bytes]) -> None:
    """The file lies in the storage before its row says so."""
    target.seek(0)
    default_storage.delete(made.path)  # what a killed process may have left
    default_storage.save(made.path, File(target))
    with transaction.atomic():
        made.save()
        facts = {"sha256": made.sha256, "rows": made.rows, "size": made.size, "schema": made.schema}
        record(made, "registerfile.make", actor=User.objects.system(), at=made.made_at, audience=PUBLIC, data=facts)


def write_register(target: IO[bytes], format: str, today: date) -> tuple[int, str, int]:
    """Write the published register; returns size, SHA-256 and how many rows."""
    digest, size = hashlib.sha256(), 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")  # an index has the order; whole lines would be sorted on disk
        raw = cursor.cursor  # psycopg's own: Django knows no COPY
        with raw.copy(statement(format, today).as_string(raw)) as copy:
            lines = iter(copy)
            while block := b"".join(islice(lines, TOGETHER)):
                digest.update(block)
                target.write(block)
                size += len(block)
        rows = raw.rowcount
    return size, digest.hexdigest(), rows


def statement(format: str, today: date) -> sql.Composed:
    values = {"today": sql.Literal(today), "zone": sql.Literal(settings.TIME_ZONE)}
    cells = [cell(one, values, guarded=format == CSV) for one in COLUMNS]
    if format == CSV:
        named = [
            sql.SQL("{} AS {}").format(text, sql.Identifier(one.name)) for text, one in zip(cells, COLUMNS, strict=True)
        ]
        chosen, options = sql.SQL(", ").join(named), sql.SQL("(FORMAT csv, HEADER true)")
    else:
        texts = [text for text, one in zip(cells, COLUMNS, strict=True) if one.type == TEXT]
        chosen = sql.SQL(LINE).format(
            texts=sql.SQL(", ").join(texts), plain=json_line(cells, plain=True), escaped=json_line(cells, plain=False)
        )
        options = sql.SQL(AS_LINES)
    rows = sql.SQL(
        "SELECT {} FROM licensing_registerentry e JOIN core_authority a ON a.id = e.authority_id"
        " LEFT JOIN licensing_licence l ON l.id = e.licence_id"
        " LEFT JOIN core_organisation o ON o.id = l.organisation_id WHERE e.published ORDER BY e.id"
    ).format(chosen)
    return sql.SQL("COPY ({}) TO STDOUT WITH {}").format(rows, options)


def cell(column: Column, values: dict[str, Any], *, guarded: bool) -> sql.Composed:
    """What a column reads; an empty text is no value, in both formats."""
    read = sql.SQL(column.sql).format(**values) if "{" in column.sql else sql.SQL(column.sql).format()
    if column.type not in (TEXT, CODE, CODES, COUNTRY):
        return read
    guarded = guarded and column.type == TEXT
    return sql.SQL(FORMULA if guarded else "nullif({cell}, '')").format(cell=read)


def json_line(cells: list[sql.Composed], *, plain: bool) -> sql.Composed:
    """An entry as a JSON object. Only free text may have to be escaped: codes and days hold nothing that must be."""
    pairs = []
    for at, (text, one) in enumerate(zip(cells, COLUMNS, strict=True)):
        name = f'{"," if at else "{"}"{one.name}":'
        known = {"name": sql.Literal(name), "named": sql.Literal(f'{name}"'), "nothing": sql.Literal(f"{name}null")}
        pairs.append(sql.SQL(QUOTED if plain or one.type != TEXT else ESCAPED).format(cell=text, **known))
    return sql.SQL("concat({}, '}}')").format(sql.SQL(", ").join(pairs))


def forget_register_files(*, at: datetime) -> int:
    """Delete files that are older than the rule keeps them; returns how many. The first of each month stays."""
    today = timezone.localdate(at)
    kept = int(provision(FILES_RULE, today).value)
    gone = RegisterFile.objects.to_forget(today - timedelta(days=kept))
    for row in gone:
        default_storage.delete(row.path)
        row.delete()
    return len(gone)


def in_three(msgid: str) -> dict[str, str]:
    """A text of the dictionary in every language."""
    told = {}
    for code in LANGUAGES:
        with override(code):
            told[code] = gettext(msgid)
    return told


def dictionary() -> dict[str, Any]:
    """Every column and every code of the files, in three languages, for programs."""
    return {
        "schema": VERSION,
        "columns": [
            {
                "name": one.name,
                "type": one.type,
                "type_words": in_three(one.type_words),
                "meaning": in_three(one.meaning),
                "source": in_three(one.source),
                "mica_column": one.mica or None,
                "mica_same": not one.near if one.mica else None,
            }
            for one in COLUMNS
        ],
        "codes": {
            "type": {code: in_three(one.name) for code, one in entry_types().items()},
            "kind": {code: in_three(name) for code, name in entry_kinds().items()},
            "standing": {name: in_three(state.applicant_label) for name, state in entry_states().items()},
            "services": {code: in_three(name) | {"mica_service": MICA.get(code)} for code, name in SERVICES.items()},
        },
    }


def find_register_file(name: str) -> RegisterFile | None:
    """The file of this name; None where there is none, or no longer."""
    try:
        day, version, format = name.removeprefix("register-").split(".")
        found = RegisterFile.objects.filter(day=date.fromisoformat(day), schema=int(version.removeprefix("v")))
    except ValueError:
        return None
    return next((row for row in found.filter(format=format) if row.name == name), None)
