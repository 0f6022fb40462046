"""From a file to lines for PostgreSQL's COPY, slice by slice, with every fault by row and column."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from django.conf import settings

from core.rows.declaring import Column, RowKind
from core.rows.faults import CellFault, Fault, FileFault
from core.rows.heading import Heading
from core.rows.text import Record, TextRows
from core.rows.values import Style, shown
from core.rows.workbook import LOCKED, WorkbookRows
from law.problems import _

SLICE = 5_000  # rows handed on at once
REMEMBERED = 5_000  # values of a column: days, numbers and codes come again and again
EMPTY = "\\N"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # XLS, and whatever is locked with a password


@dataclass(slots=True)
class Slice:
    """Rows as COPY takes them, and what is wrong with some."""

    lines: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    share: float = 0.0  # of the file that is read


def open_rows(stream: IO[bytes], size: int) -> TextRows | WorkbookRows:
    """What the file is, by its own bytes.

    Raises:
        FileFault: it is none of those that are read, is locked, or has macros.
    """
    stream.seek(0)
    head = stream.read(4)
    if head == OLD_OFFICE:
        raise FileFault("file-locked", LOCKED)
    if head == b"PK\x03\x04":
        return WorkbookRows(stream)
    if not head:
        raise FileFault("file-empty", _("The file has no rows."))
    return TextRows(stream, size)


class Source(Protocol):
    """What rows come from: how it writes numbers, and how much of it is read."""

    @property
    def style(self) -> Style: ...

    @property
    def share(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Values:
    """Values that a program sent."""

    style: Style = field(default_factory=Style)
    share: float = 1.0


class RowReader:
    """Reads the rows of a kind from one file, and keeps count."""

    def __init__(self, kind: RowKind) -> None:
        self.kind = kind
        self.rows = 0
        self.passed_over: tuple[str, ...] = ()
        self.places: dict[str, int] = {}
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        """SHA-256 over the values of all rows in their order, whatever kind of file they came in."""
        return self._digest.hexdigest()

    def from_file(self, stream: IO[bytes], size: int) -> Iterator[Slice]:
        """Slice by slice. What is wrong with the file as a whole is the one fault of the last slice."""
        try:
            source = open_rows(stream, size)
            heading = source.heading(self.kind.columns)
            self.passed_over, self.places = heading.passed_over, heading.places
            columns = [column for column in self.kind.columns if column.name in heading.places]
            places = [heading.places[column.name] for column in columns]
            yield from self.slices(source.body(heading, places), columns, heading, source)
            yield Slice(faults=list(source.late_faults(heading)), share=1.0)
            if not self.rows:
                raise FileFault("file-empty", _("The file has no rows."))
        except FileFault as fault:
            yield Slice(faults=[fault.fault()], share=1.0)

    def from_values(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[Slice]:
        """Rows that a program sent, by the names of their columns; counted from 1."""
        names = [column.name for column in self.kind.columns]
        heading = Heading(0, len(names), {name: place for place, name in enumerate(names)}, ())
        self.places = heading.places
        records: Iterator[Record] = ((n, [row.get(name) for name in names], None) for n, row in enumerate(rows, 1))
        yield from self.slices(records, self.kind.columns, heading, Values())
        if not self.rows:
            yield Slice(faults=[FileFault("file-empty", _("The file has no rows.")).fault()])

    def slices(
        self,
        records: Iterable[Record],
        columns: Sequence[Column],
        heading: Heading,
        source: "Source",
    ) -> Iterator[Slice]:
        read = Cells(columns, heading, source.style)
        names = [column.name for column in columns]
        order = [names.index(column.name) if column.name in names else -1 for column in self.kind.columns]
        plain = order == list(range(len(order)))
        look = self.kind.look
        found = Slice()
        for number, values, extra in records:
            if not any(value not in (None, "") and str(value).strip() for value in values):
                if extra is not None:
                    found.faults.append(too_long(number, extra))
                continue
            self.rows += 1
            if self.rows > settings.ROW_FILE_ROWS:
                yield found
                message = _("The file has more than %(most)s rows.")
                raise FileFault("file-long", message, number, most=settings.ROW_FILE_ROWS)
            texts = read.row(number, values, found.faults)
            if extra is not None:
                found.faults.append(too_long(number, extra))
            whole = texts if plain else [texts[place] if place >= 0 else EMPTY for place in order]
            line = "\t".join(whole) + "\n"
            self._digest.update(line.encode())
            found.lines.append(f"{number}\t{line}")
            self.look_at(look, number, whole, heading, found.faults)
            if len(found.lines) >= SLICE:
                found.share = source.share
                yield found
                found = Slice()
        found.share = source.share
        yield found

    def look_at(self, look: Any, number: int, texts: list[str], heading: Heading, faults: list[Fault]) -> None:
        columns = zip(self.kind.columns, texts, strict=True)
        row = {column.name: None if text == EMPTY else text for column, text in columns}
        for one in look(row):
            place = heading.places.get(one.column)
            faults.append(Fault(number, place, one.column, one.code, one.message, one.params, one.severity))


def too_long(number: int, place: int) -> Fault:
    message = _("The row has more cells than the heading: a separator stands inside a value without quotation marks.")
    return Fault(number, place, "", "row-long", message)


class Cells:
    """Reads the cells of a row. A value that was read before is not read again."""

    def __init__(self, columns: Sequence[Column], heading: Heading, style: Style) -> None:
        self.columns = [(column, heading.places[column.name], dict[Any, str]()) for column in columns]
        self.style = style

    def row(self, number: int, values: Sequence[Any], faults: list[Fault]) -> list[str]:
        texts = []
        for (column, place, known), value in zip(self.columns, values, strict=True):
            key = value if type(value) is str else None
            text = known.get(key) if key else None
            if text is None:
                text = self.cell(column, place, number, value, faults)
                if key and text != EMPTY:
                    if len(known) >= REMEMBERED:
                        known.clear()
                    known[key] = text
            texts.append(text)
        return texts

    def cell(self, column: Column, place: int, number: int, value: Any, faults: list[Fault]) -> str:
        if value is None or (isinstance(value, str) and not value.strip()):
            if column.required:
                message = _("“%(column)s” is missing.")
                faults.append(Fault(number, place, column.name, "cell-missing", message, {"column": column.label}))
            return EMPTY
        try:
            return column.read(value, self.style) or EMPTY
        except CellFault as fault:
            faults.append(Fault(number, place, column.name, fault.code, fault.message, fault.params))
        except (ValueError, OverflowError, TypeError):
            message = _("“%(value)s” cannot be read.")
            faults.append(Fault(number, place, column.name, "cell-unreadable", message, {"value": shown(value)}))
        return EMPTY
