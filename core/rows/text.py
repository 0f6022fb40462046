"""CSV: UTF-8 with or without a mark at its head, UTF-16 with one, or Windows-1251; semicolons, commas or tabs."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from io import BufferedReader, RawIOBase, TextIOWrapper
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from core.rows.faults import Fault, FileFault
from core.rows.heading import HEAD_ROWS, Heading, Numbered, likeness, read_heading
from core.rows.values import Style
from law.problems import _

if TYPE_CHECKING:
    from core.rows.declaring import Column

CHUNK = 256 * 1024
SEPARATORS = (";", ",", "\t")
HINT = "sep="  # a first line of this kind is a word to spreadsheets
DAMAGED = _("The text is damaged: these bytes are no UTF-8.")
BROKEN_SHARE = 20  # so many right letters to a broken one: damaged UTF-8 rather than Windows-1251
#: A row: its number, its values at the places asked for, and the place of a cell beyond the heading.
Record = tuple[int, list[Any], int | None]


class Counted(RawIOBase):
    """Bytes that know how many of them were read."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self.stream, self.passed = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self.stream.read(len(buffer))
        buffer[: len(found)] = found
        self.passed += len(found)
        return len(found)


def encoding_of(stream: IO[bytes]) -> str:
    """Which of the encodings it is, by all of its bytes.

    Raises:
        FileFault: it is no text, or UTF-8 that was damaged; the row says where.
    """
    stream.seek(0)
    head = stream.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    right = broken = lines = first = 0
    chunk = head
    while True:
        if b"\x00" in chunk:
            raise FileFault("file-no-text", _("The file is neither CSV nor XLSX."))
        found = decoder.decode(chunk, final=not chunk)
        if not found.isascii():
            bad = found.count("\ufffd")
            first = first or (bad and lines + found[: found.index("\ufffd")].count("\n") + 1)
            right, broken = right + sum(c > "\x7f" for c in found) - bad, broken + bad
        lines += found.count("\n")
        if not chunk:
            break
        chunk = stream.read(CHUNK)
    if not broken:
        return "utf-8-sig"
    if head.startswith(codecs.BOM_UTF8) or right > broken * BROKEN_SHARE:
        raise FileFault("file-damaged", DAMAGED, first)
    return "cp1251"


class TextRows:
    """A CSV file as rows of texts."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self.stream, self.size = stream, size
        self.encoding = encoding_of(stream)
        self.counted = Counted(stream)
        self.separator = ";"

    @property
    def style(self) -> Style:
        return Style(decimal_comma=self.separator == ";")

    @property
    def share(self) -> float:
        """How much of the file was read."""
        return self.counted.passed / self.size if self.size else 1.0

    def records(self, separator: str) -> Iterator[Numbered]:
        """Each record with its number, counted as a spreadsheet counts rows."""
        self.stream.seek(0)
        self.counted = Counted(self.stream)
        lines = TextIOWrapper(BufferedReader(self.counted), encoding=self.encoding, newline="")
        reader, number = csv.reader(lines, delimiter=separator, strict=True), 0
        try:
            for cells in reader:
                number += 1
                yield number, cells
        except csv.Error:
            message = _("The row cannot be read as CSV: a quotation mark is not closed, or stands in a wrong place.")
            raise FileFault("file-csv", message, number + 1) from None
        except UnicodeDecodeError:
            raise FileFault("file-damaged", DAMAGED, number + 1) from None
        finally:
            lines.detach()  # the stream is the caller's

    def head(self, separator: str) -> list[Numbered]:
        """The first rows that hold anything; fewer where a row cannot be read under this separator."""
        rows: list[Numbered] = []
        try:
            for number, cells in islice(self.records(separator), HEAD_ROWS):
                if any(cell.strip() for cell in cells) and not cells[0].startswith(HINT):
                    rows.append((number, cells))
        except FileFault as fault:
            if not rows:
                raise fault
        return rows

    def heading(self, columns: Sequence["Column"]) -> Heading:
        """The heading, by the separator under which most of it is known."""
        best: tuple[int, Numbered | None] = (0, None)
        first: Numbered | None = None
        for separator in SEPARATORS:
            rows = self.head(separator)
            first = first or next(iter(rows), None)
            found = likeness(rows, columns)
            if found[0] > best[0]:
                best, self.separator = found, separator
        return read_heading(best[1], columns, first)

    def body(self, heading: Heading, places: Sequence[int]) -> Iterator[Record]:
        """The rows under the heading: the values at the places, "" or None where nothing stands."""
        width = heading.width
        for number, cells in self.records(self.separator):
            if number <= heading.row:
                continue
            short = len(cells)
            extra = None
            if short > width:
                extra = next((place for place in range(width, short) if cells[place].strip()), None)
            yield number, [cells[place] if place < short else None for place in places], extra

    def late_faults(self, heading: Heading) -> Iterator[Fault]:
        """A text has none that are found only at its end."""
        return iter(())
