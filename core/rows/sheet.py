"""A sheet and its shared texts as streams of XML: cells of one row at a time, nothing of it kept."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, NoReturn
from xml.parsers import expat

from core.rows.faults import FileFault
from law.problems import _

CHUNK = 256 * 1024
ROWS, COLUMNS = 1_048_576, 16_384  # of a spreadsheet
ROW_BYTES = 8 * 1024 * 1024  # of XML for one row
CELL = 32_767  # characters of a cell
MERGED = 200  # that are told
#: Kind, style, text, whether a formula made it.
RawCell = tuple[str, int, str, bool]
BROKEN = _("The XLSX file is damaged or incomplete.")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells; rows from 1, places from 0."""

    text: str
    first_row: int
    last_row: int
    first_place: int


def place_of(name: str) -> int:
    """The place from 0 of a column by its letters."""
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - 64
    return place - 1


def broken(row: int = 0) -> NoReturn:
    raise FileFault("file-xlsx", BROKEN, row)


class Stream:
    """XML that comes in pieces. A document type is refused: no spreadsheet has one, and it may unfold without end."""

    def __init__(self, source: IO[bytes], size: int = 0) -> None:
        self.source, self.size, self.passed = source, size, 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = lambda *_given: broken()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words

    @property
    def share(self) -> float:
        return self.passed / self.size if self.size else 1.0

    def start(self, tag: str, given: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        raise NotImplementedError

    def words(self, text: str) -> None:
        raise NotImplementedError

    def pieces(self) -> Iterator[None]:
        """Parse piece by piece."""
        with self.source:
            while True:
                try:
                    chunk = self.source.read(CHUNK)
                    self.passed += len(chunk)
                    self.parser.Parse(chunk, not chunk)
                except (expat.ExpatError, zipfile.BadZipFile, zlib.error, OSError, EOFError, LookupError, ValueError):
                    broken()
                yield
                if not chunk:
                    return


class StringsReader(Stream):
    """The shared texts, in order; what is said of their sound is left out."""

    def __init__(self, source: IO[bytes]) -> None:
        super().__init__(source)
        self.strings: list[str] = []
        self.parts: list[str] = []
        self.taking = False
        self.sound = 0

    def read(self) -> list[str]:
        for _piece in self.pieces():
            pass
        return self.strings

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.sound += 1
        elif name == "t":
            self.taking = not self.sound

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "si":
            self.strings.append("".join(self.parts))
        elif name == "rPh":
            self.sound -= 1
        elif name == "t":
            self.taking = False

    def words(self, text: str) -> None:
        if self.taking:
            self.parts.append(text)


class SheetReader(Stream):
    """The rows of a sheet, and the merged cells that stand behind them."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        super().__init__(source, size)
        self.done: list[tuple[int, dict[int, RawCell]]] = []
        self.merged: list[Merged] = []
        self.row, self.place, self.began = 0, -1, 0
        self.cells: dict[int, RawCell] = {}
        self.kind, self.style, self.formula = "n", 0, False
        self.taking = False
        self.parts: list[str] = []

    def rows(self) -> Iterator[tuple[int, dict[int, RawCell]]]:
        """Each row that stands in the file, by its number, with its cells by their places."""
        for _piece in self.pieces():
            if self.passed - self.began > ROW_BYTES + CHUNK and self.cells:
                message = _("Row %(row)s is longer than a row can be.")
                raise FileFault("file-row-long", message, self.row)
            rows, self.done = self.done, []
            yield from rows

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "c":
            self.start_cell(given)
        elif name in ("v", "t"):
            self.taking = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.start_row(given.get("r", ""))
        elif name == "mergeCell" and len(self.merged) < MERGED:
            self.merge(given.get("ref", ""))

    def start_row(self, number: str) -> None:
        self.row = int(number) if number.isdigit() and len(number) < 9 else self.row + 1
        if self.row > ROWS:
            broken(ROWS)
        self.cells, self.place, self.began = {}, -1, self.passed

    def start_cell(self, given: dict[str, str]) -> None:
        reference = given.get("r", "")
        self.place = place_of(reference.rstrip("0123456789")) if reference.isalnum() else self.place + 1
        if not 0 <= self.place < COLUMNS:
            broken(self.row)
        style = given.get("s", "0")
        self.kind, self.style = given.get("t", "n"), int(style) if style.isdigit() and len(style) < 9 else 0
        self.formula, self.parts = False, []

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name in ("v", "t"):
            self.taking = False
        elif name == "c":
            if self.parts or self.formula:
                text = "".join(self.parts)
                if len(text) > CELL:
                    broken(self.row)
                self.cells[self.place] = (self.kind, self.style, text, self.formula)
        elif name == "row":
            self.done.append((self.row, self.cells))
            self.cells = {}

    def words(self, text: str) -> None:
        if self.taking:
            self.parts.append(text)

    def merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        here, there = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
        if here and there and first != last:
            self.merged.append(Merged(reference, int(here[2]), int(there[2]), place_of(here[1])))
