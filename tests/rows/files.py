"""Files of rows as tests need them: by openpyxl, and by hand where no program would write such a file."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.rows import Column, RowKind, Taken
from core.rows.reading import RowReader
from core.rows.values import code, day, identifier, number, text

KIND = RowKind(
    "trial",
    "Trial",
    (
        Column("day", "Day", ("Дата", "Күні"), day(), "date"),
        Column("miner", "Miner", ("ИИН/БИН",), identifier),
        Column("name", "Name", ("Наименование", "Атауы"), text(20), required=False),
        Column("asset", "Asset", ("Актив",), code(10)),
        Column("amount", "Amount", ("Количество", "Мөлшері"), number(30, 18), "numeric"),
    ),
    "core.own_record",
    "trial.file",
    lambda file, facts, at: Taken(file, "T-1"),
)
HEAD = ["day", "miner", "name", "asset", "amount"]
BIN = "230140000021"


def xlsx(rows: Iterable[Sequence[Any]], shape: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    if shape:
        shape(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def mac(book: Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


def edited(content: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """The same workbook with parts changed (None leaves one out) and others added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return made.getvalue()


def read(content: bytes, kind: RowKind = KIND) -> tuple[list[str], list[tuple[int, str, str]], RowReader]:
    """(lines, faults as (row, letter, code), the reader) of a file."""
    reader = RowReader(kind)
    lines, faults = [], []
    for one in reader.from_file(io.BytesIO(content), len(content)):
        lines += one.lines
        faults += [(fault.row, fault.letter, fault.code) for fault in one.faults]
    return lines, faults, reader
