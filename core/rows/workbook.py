"""XLSX, read from its parts as a stream: a sheet of any length in the memory of one row.

openpyxl gives the sense of numbers that are days; its reader is not used for sheets, because even in its read-only mode
it keeps something of every row (dimensions, emptied elements). Whatever has macros, a password, a document type or
unpacks beyond measure is refused before a cell is read.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, TYPE_CHECKING, Any
from xml.etree import ElementTree

from django.conf import settings
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from core.rows.faults import Fault, FileFault
from core.rows.heading import HEAD_ROWS, Heading, Numbered, likeness, read_heading
from core.rows.sheet import Merged, RawCell, SheetReader, StringsReader
from core.rows.values import Formula, Style, Wrong
from law.problems import _

if TYPE_CHECKING:
    from core.rows.declaring import Column

PART_LIMIT = 16 * 1024 * 1024  # bytes of a part that is read whole: workbook, relations, styles
PARTS = 5_000
CHUNK = 256 * 1024
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
TYPES = "[Content_Types].xml"
BROKEN = _("The XLSX file is damaged or incomplete.")
Record = tuple[int, list[Any], int | None]


def local(tag: str) -> str:
    """The name of an element without its namespace: the strict and the usual form differ in that alone."""
    return tag.rpartition("}")[2]


class WorkbookRows:
    """The one sheet of a workbook that holds rows of a kind."""

    style = Style()

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self.archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise FileFault("file-xlsx", BROKEN) from None
        self.refuse_unsound()
        book = self.part("xl/workbook.xml")
        properties = book.find("{*}workbookPr")
        mac = properties is not None and properties.get("date1904") in ("1", "true")
        self.epoch = MAC_EPOCH if mac else WINDOWS_EPOCH
        self.sheets = self.find_sheets(book)
        self.day_styles = self.find_day_styles()
        self.strings: list[str] | None = None
        self.chosen = ""
        self.reader: SheetReader | None = None

    @property
    def share(self) -> float:
        return self.reader.share if self.reader else 0.0

    def refuse_unsound(self) -> None:
        """By its parts alone: macros, too much to unpack, no workbook."""
        parts = self.archive.infolist()
        names = {part.filename for part in parts}
        if any(name.lower().endswith("vbaproject.bin") for name in names) or self.has_macro_type(names):
            raise FileFault("file-macros", _("The file holds macros: save it as XLSX without them."))
        if any(part.flag_bits & 1 for part in parts):
            raise FileFault("file-locked", LOCKED)
        unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts) or 1
        most, ratio = settings.ROW_FILE_UNPACKED, settings.ROW_FILE_RATIO
        if len(parts) > PARTS or unpacked > most or (unpacked > PART_LIMIT and unpacked / packed > ratio):
            message = _("The file unpacks to %(size)s MB, which is beyond measure; at most %(most)s MB are read.")
            raise FileFault("file-bomb", message, size=unpacked // 2**20, most=most // 2**20)
        if TYPES not in names or "xl/workbook.xml" not in names:
            raise FileFault("file-no-text", _("The file is neither CSV nor XLSX."))

    def has_macro_type(self, names: set[str]) -> bool:
        return TYPES in names and b"macroEnabled" in self.whole(TYPES)

    def whole(self, name: str) -> bytes:
        """A part that is read at once, within limits."""
        try:
            part = self.archive.getinfo(name)
            if part.file_size > PART_LIMIT:
                raise FileFault("file-xlsx", BROKEN)
            content = self.archive.read(part)
        except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
            raise FileFault("file-xlsx", BROKEN) from None
        if b"<!DOCTYPE" in content:
            raise FileFault("file-xlsx", BROKEN)
        return content

    def part(self, name: str) -> ElementTree.Element:
        try:
            return ElementTree.fromstring(self.whole(name))  # noqa: S314  (bounded, and without a document type)
        except (ElementTree.ParseError, LookupError, ValueError):
            raise FileFault("file-xlsx", BROKEN) from None

    def find_sheets(self, book: ElementTree.Element) -> list[tuple[str, str]]:
        """Name and part of each sheet with cells, hidden ones too."""
        relations = {
            one.get("Id"): (one.get("Type", ""), one.get("Target", ""))
            for one in self.part("xl/_rels/workbook.xml.rels")
        }
        found = []
        for sheet in book.iterfind("{*}sheets/{*}sheet"):
            key = sheet.get(f"{{{OFFICE}}}id") or sheet.get(f"{{{STRICT}}}id")
            kind, target = relations.get(key, ("", ""))
            if kind.endswith("/worksheet"):
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                found.append((sheet.get("name", ""), path))
        if not found:
            raise FileFault("file-empty", _("The file has no rows."))
        return found

    def find_day_styles(self) -> frozenset[int]:
        """The places of the styles by which a number is shown as a day."""
        if "xl/styles.xml" not in self.archive.namelist():
            return frozenset()
        styles = self.part("xl/styles.xml")
        formats = dict(BUILTIN_FORMATS)
        for one in styles.iterfind("{*}numFmts/{*}numFmt"):
            formats[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
        kinds = [int(one.get("numFmtId", "0")) for one in styles.iterfind("{*}cellXfs/{*}xf")]
        return frozenset(place for place, kind in enumerate(kinds) if is_date_format(formats.get(kind, "")))

    def shared(self) -> list[str]:
        """The texts that cells share; the one part that is held in memory, and bounded for that."""
        if self.strings is None:
            name = next((n for n in self.archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
            if name is None:
                self.strings = []
                return self.strings
            most = settings.ROW_FILE_STRINGS
            if self.archive.getinfo(name).file_size > most:
                message = _("The file holds more than %(most)s MB of text: send it as CSV.")
                raise FileFault("file-strings", message, most=most // 2**20)
            self.strings = StringsReader(self.open(name)).read()
        return self.strings

    def open(self, name: str) -> IO[bytes]:
        try:
            return self.archive.open(name)
        except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
            raise FileFault("file-xlsx", BROKEN) from None

    def rows(self, name: str) -> Iterator[tuple[int, dict[int, RawCell]]]:
        size = self.archive.getinfo(name).file_size if name in self.archive.namelist() else 0
        self.reader = SheetReader(self.open(name), size)
        yield from self.reader.rows()

    def head(self, name: str) -> list[Numbered]:
        """The first rows of a sheet that hold anything, as lists of values."""
        found: list[Numbered] = []
        for number, cells in islice(self.rows(name), HEAD_ROWS):
            if cells:
                width = max(cells) + 1
                found.append((number, [self.value(cells.get(place)) for place in range(width)]))
        return [(number, cells) for number, cells in found if any(cell not in (None, "") for cell in cells)]

    def heading(self, columns: Sequence["Column"]) -> Heading:
        """The heading of the one sheet that has one of this kind.

        Raises:
            FileFault: none has, or two have.
        """
        chosen: list[tuple[str, str, Numbered]] = []
        first: Numbered | None = None
        for title, name in self.sheets:
            rows = self.head(name)
            first = first or next(iter(rows), None)
            _known, row = likeness(rows, columns)
            if row is not None:
                chosen.append((title, name, row))
        if len(chosen) > 1:
            message = _("Two sheets hold rows, “%(first)s” and “%(second)s”: leave one in the file.")
            raise FileFault("file-two-sheets", message, chosen[1][2][0], first=chosen[0][0], second=chosen[1][0])
        if chosen:
            self.chosen = chosen[0][1]
        return read_heading(chosen[0][2] if chosen else None, columns, first)

    def body(self, heading: Heading, places: Sequence[int]) -> Iterator[Record]:
        """The rows under the heading. What stands beside the table, in columns without a heading, is passed over."""
        value = self.value
        for number, cells in self.rows(self.chosen):
            if number > heading.row:
                get = cells.get
                yield number, [value(get(place)) for place in places], None

    def value(self, cell: RawCell | None) -> Any:
        """A cell as a value of Python; Formula and Wrong for what is none."""
        if cell is None:
            return None
        kind, style, text, formula = cell
        if formula:
            return Formula()
        if kind == "s":
            return self.string(text)
        if kind in ("str", "inlineStr"):
            return text
        if not text:
            return None
        if kind == "b":
            return text in ("1", "true")
        if kind == "e":
            return Wrong(text[:20])
        if kind == "d":
            return iso_day(text)
        return self.number(text, style)

    def string(self, text: str) -> str:
        try:
            return self.shared()[int(text)]
        except (ValueError, IndexError):
            raise FileFault("file-xlsx", BROKEN) from None

    def number(self, text: str, style: int) -> Any:
        try:
            found: int | float = int(text) if text.isdigit() and len(text) < 16 else float(text)
        except ValueError:
            return Wrong(text[:20])
        if style not in self.day_styles:
            return found
        try:
            return a_day(from_excel(found, self.epoch))
        except (OverflowError, ValueError):
            return Wrong(text[:20])

    def late_faults(self, heading: Heading) -> Iterator[Fault]:
        """Merged cells under the heading, known when the sheet is through: no row may borrow a value of another."""
        for merged in self.reader.merged if self.reader else ():
            if merged.last_row > heading.row and merged.first_place < heading.width:
                yield merged_fault(merged)


LOCKED = _("The file is protected with a password, or an old XLS: save it as XLSX or CSV without one.")


def merged_fault(merged: Merged) -> Fault:
    message = _("The cells %(cells)s are merged: each row needs its own values.")
    return Fault(merged.first_row, merged.first_place, "", "cell-merged", message, {"cells": merged.text})


def a_day(found: Any) -> Any:
    """What a spreadsheet shows as a day; a time or a length of time is none, and stays what it is."""
    if isinstance(found, datetime):
        return found.replace(microsecond=0)
    return str(found) if isinstance(found, time | timedelta) else found


def iso_day(text: str) -> Any:
    try:
        return datetime.fromisoformat(text.replace("Z", "")) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return Wrong(text[:20])
