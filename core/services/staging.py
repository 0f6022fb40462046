"""Rows on their way in: copied into a temporary table, judged there by statements over all of them.

The tables live as long as the connection and are dropped when the work is over; a process that is killed leaves
nothing behind.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from core.models import RowFile
from core.rows import ERROR, Fault, Pass, RowKind
from core.rows.reading import EMPTY
from core.rows.values import written
from law.problems import plain

FAULTS = "row int, place int, col text, code text, message text, params jsonb, severity text"
#: The faults of a file in the order of its rows, as many as are kept.
KEEP = """
INSERT INTO core_rowfault (file_id, "row", place, "column", code, message, params, severity)
SELECT %(file)s, "row", place, col, code, message, params, severity FROM staged_fault
ORDER BY severity, "row", place NULLS FIRST, code LIMIT %(most)s
"""


@contextmanager
def staging(kind: RowKind) -> Iterator[None]:
    """The tables `staged` (row number and the columns of the kind) and `staged_fault`, empty, as long as this holds."""
    drop()
    columns = ", ".join(f'"{column.name}" {column.sql}' for column in kind.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE staged (row int NOT NULL, {columns})")
        cursor.execute(f"CREATE TEMPORARY TABLE staged_fault ({FAULTS})")
    try:
        yield
    finally:
        with suppress(DatabaseError):  # of a broken connection or transaction nothing is left anyway
            drop()


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.staged, pg_temp.staged_fault")


def copy_rows(lines: list[str]) -> None:
    if lines:
        with connection.cursor() as cursor, cursor.cursor.copy("COPY staged FROM STDIN") as copy:
            copy.write("".join(lines))


def copy_faults(faults: Iterable[Fault]) -> None:
    lines = [fault_line(fault) for fault in faults]
    if lines:
        with connection.cursor() as cursor, cursor.cursor.copy("COPY staged_fault FROM STDIN") as copy:
            copy.write("".join(lines))


def fault_line(fault: Fault) -> str:
    params = json.dumps({name: plain(value) for name, value in fault.params.items()}, ensure_ascii=False)
    place = EMPTY if fault.place is None else str(fault.place)
    parts = (str(fault.row), place, fault.column, fault.code, written(fault.message), written(params), fault.severity)
    return "\t".join(parts) + "\n"


def index_rows(kind: RowKind) -> None:
    """What the passes join by, and what the database must know of the rows to plan well."""
    with connection.cursor() as cursor:
        for index in kind.indexes:
            cursor.execute(f"CREATE INDEX ON staged ({index})")
        cursor.execute("ANALYZE staged")


def prepare(statements: Iterable[str], facts: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, facts)


def look_through(passes: Iterable[Pass], places: Mapping[str, int], facts: Mapping[str, Any]) -> None:
    """Take each pass; what it finds joins the faults of the cells."""
    with connection.cursor() as cursor:
        for one in passes:
            given = {**facts, "_column": one.column, "_code": one.code, "_message": one.message}
            given |= {"_place": places.get(one.column), "_severity": one.severity}
            cursor.execute(
                'INSERT INTO staged_fault SELECT found."row", %(_place)s, %(_column)s, %(_code)s, %(_message)s,'  # noqa: S608  (declared in code)
                f" found.params, %(_severity)s FROM ({one.sql}) AS found (row, params)",
                given,
            )


def count_faults() -> tuple[int, int]:
    """(errors, warnings)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE severity = %s), count(*) FILTER (WHERE severity <> %s) FROM staged_fault",
            [ERROR, ERROR],
        )
        errors, warnings = cursor.fetchone()
    return errors, warnings


def keep_faults(file: RowFile) -> None:
    """The faults found now take the place of those found before."""
    file.found.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"file": file.pk, "most": settings.ROW_FILE_FAULTS})


def first_faults(most: int) -> list[Fault]:
    """Errors by row, for who sent rows and waits for the answer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row, place, col, code, message, params, severity FROM staged_fault"
            " ORDER BY severity, row, place NULLS FIRST, code LIMIT %s",
            [most],
        )
        found = cursor.fetchall()
    return [
        Fault(row, place, col, code, message, json.loads(params) if isinstance(params, str) else params, severity)
        for row, place, col, code, message, params, severity in found
    ]
