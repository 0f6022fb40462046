"""Screening lists as files of rows: a new import is a new version, taken whole or not at all.

The declared facts are the list's code, title, source and day. The names are folded when the file is taken.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from core.models import Authority, RowFile, User
from core.names import read_name, stored
from core.rows import CellFault, Column, Pass, RowKind, Taken
from core.rows.values import Style, day, plain_text, text, written
from core.services import Upload, keep_row_file
from law.problems import Problem, _
from licensing.models import ScreeningList
from licensing.services.people import await_screening

SCREENING = "screening-list"
LONGEST, MOST_ALIASES = 300, 4_000
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EARLIEST_BIRTH, EARLIEST_DAY = date(1880, 1, 1), date(1990, 1, 1)
LOCK = 7_207_311  # class of the advisory locks of whoever takes a version of a list
BATCH = 2_000
_ALIASES = re.compile(r"[;|]")


def name_cell(value: Any, style: Style) -> str:
    return written(readable(plain_text(value, LONGEST)))


def readable(name: str) -> str:
    if not read_name(name).words:
        raise CellFault("name-unreadable", _("“%(value)s” holds no letter that a name could be read from."), value=name)
    return name


def alias_cell(value: Any, style: Style) -> str:
    """Names separated by semicolons or vertical bars; empty ones are passed over."""
    names = aliases_of(plain_text(value, MOST_ALIASES))
    for name in names:
        if len(name) > LONGEST:
            raise CellFault("cell-long", _("The text is longer than %(most)s characters."), most=LONGEST)
        readable(name)
    return written(";".join(names))


def aliases_of(cell: str) -> list[str]:
    return [name.strip() for name in _ALIASES.split(cell) if name.strip()]


COLUMNS = (
    Column("name", _("Name"), ("Имя", "ФИО", "Наименование", "Аты", "Аты-жөні", "Атауы"), name_cell),
    Column("aliases", _("Other names, separated by semicolons or |"), ("Другие имена", "Псевдонимы", "Басқа аттары",
           "Also known as"), alias_cell, required=False),
    Column("identifier", _("Number of a document, IIN or BIN"), ("ИИН", "БИН", "ИИН/БИН", "ЖСН", "БСН", "ЖСН/БСН",
           "Номер документа"), text(60), required=False),
    Column("born_on", _("Date of birth"), ("Дата рождения", "Туған күні"), day(EARLIEST_BIRTH), "date", required=False),
    Column("country", _("Country"), ("Страна", "Гражданство", "Ел", "Азаматтығы"), text(60), required=False),
    Column("reference", _("Reference in the list"), ("Номер в списке", "Тізімдегі нөмірі", "Номер"), text(120),
           required=False),
)  # fmt: skip
TWICE = Pass("reference-twice", _("The same reference stands in row %(first)s."), "reference", """
    SELECT row, jsonb_build_object('first', first) FROM (SELECT row,
        min(row) OVER (PARTITION BY reference) AS first FROM staged
        WHERE reference IS NOT NULL AND reference <> '') AS numbered WHERE row > first""")  # fmt: skip


def declared_day(file: RowFile) -> date | None:
    try:
        return date.fromisoformat(str(file.options.get("day")))
    except ValueError:
        return None


def against(file: RowFile, at: datetime) -> list[Problem]:
    """What stands against the import whatever its rows are."""
    given, on = file.options, declared_day(file)
    found = []
    if not CODE.fullmatch(str(given.get("code") or "")):
        message = _("A code is small Latin letters and digits, with hyphens between.")
        found.append(Problem("screening-code", message, field="code"))
    for field, label in (("title", _("title")), ("source", _("where this is known from"))):
        if not given.get(field):
            found.append(Problem("particular-missing", _("Not stated: %(field)s."), {"field": label}, field=field))
    if on is None or not EARLIEST_DAY <= on <= timezone.localdate(at):
        found.append(Problem("screening-day", _("Name the day of the list; it cannot lie ahead."), field="day"))
        return found
    current = standing(file)
    if current is not None and on < current.day:
        message = _("Version %(version)s of %(day)s is newer: a later version cannot be of an earlier day.")
        params = {"version": current.version, "day": current.day}
        found.append(Problem("screening-older", message, params, field="day"))
    return found


def standing(file: RowFile) -> ScreeningList | None:
    rows = ScreeningList.objects.current().filter(authority=file.authority_id)
    return rows.filter(code=str(file.options.get("code"))).first()


def hold(file: RowFile) -> None:
    """One version of a list at a time: of two at once, the second finds the first."""
    hold_lists(file.authority_id)


def hold_lists(authority_id: int) -> None:
    """Nobody imports a list of the authority, or screens against them, until the transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, authority_id])


def take(file: RowFile, given: Mapping[str, Any], at: datetime) -> Taken:
    """The version with its entries, each with its names folded; the version before is replaced."""
    before, on = standing(file), declared_day(file)
    if on is None or file.asked_by is None:
        raise LookupError(f"row file {file.pk} has no day or no sender")
    code, version = str(file.options["code"]), before.version + 1 if before is not None else 1
    if before is not None:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    made = ScreeningList.objects.create(
        authority=file.authority,
        code=code,
        version=version,
        reference=f"{code}-{version}",
        title=str(file.options["title"]),
        source=str(file.options["source"]),
        day=on,
        file=file,
        entries_count=file.rows,
        imported_by=file.asked_by,
        imported_at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO licensing_screeningentry (list_id, number, name, identifier, born_on, country, reference)"
            " SELECT %s, row, name, coalesce(identifier, ''), born_on, coalesce(country, ''), coalesce(reference, '')"
            " FROM staged ORDER BY row",
            [made.pk],
        )
    fold_names(made)
    await_screening(made.authority_id)
    return Taken(made, made.reference, {"version": version, "entries": made.entries_count})


def fold_names(made: ScreeningList) -> None:
    """Write the names of all entries with their keys, some thousands at a time."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.id, s.row, s.name, coalesce(s.aliases, '') FROM staged s JOIN licensing_screeningentry e"
                " ON e.list_id = %s AND e.number = s.row WHERE s.row > %s ORDER BY s.row LIMIT %s",
                [made.pk, last, BATCH],
            )
            rows = cursor.fetchall()
            if not rows:
                return
            columns = "entry_id, list_id, written, folded, keys"
            with cursor.cursor.copy(f"COPY licensing_screeningname ({columns}) FROM STDIN") as copy:
                for line in name_lines(made, rows):
                    copy.write_row(line)
        last = rows[-1][1]


def name_lines(made: ScreeningList, rows: list[Any]) -> Iterator[tuple[Any, ...]]:
    for entry, _row, name, aliases in rows:
        for spelled in dict.fromkeys((name, *aliases_of(aliases))):
            read = read_name(spelled)
            yield entry, made.pk, spelled, read.key[:LONGEST], stored(read)


SCREENING_ROWS = RowKind(
    SCREENING,
    _("Screening list"),
    COLUMNS,
    "licensing.import_screening",
    "screeninglist.import",
    take,
    passes=lambda file: (TWICE,),
    against=against,
    hold=hold,
    page="screening-list",
    back="screening",
    indexes=("row",),
)


def send_screening_list(
    upload: Upload, authority: Authority, *, code: str, title: str, source: str, day: date, actor: User, at: datetime
) -> RowFile:
    """Keep the file of a list and have it looked at; its page takes it when nothing is wrong with it.

    Args:
        code: what the versions of one list have in common. day: of the list itself, as its source dates it.

    Raises:
        PermissionDenied; TransitionRefused: something stands against it whatever its rows are.
    """
    options = {"code": code.strip().lower(), "title": title.strip(), "source": source.strip(), "day": day}
    return keep_row_file(SCREENING, upload, authority=authority, options=options, actor=actor, at=at)
