"""Tables for spreadsheets. CSV is made line by line: a long one is neither held in memory nor waited for."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from core.tables import SHARE, Table

SHEET_FORBIDS = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet may not hold
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """A file that hands every line on as it is written."""

    def write(self, text: str) -> str:
        return text


def harmless(value: Any) -> str:
    """Text that a spreadsheet takes for text: a cell that would start a formula gets an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not text.lstrip("-").isdigit() else text


def csv_lines(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The lines of a CSV file, the first with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(head)
    for row in rows:
        yield writer.writerow([harmless(value) for value in row])


def workbook(tables: Iterable[Table]) -> bytes:
    """A spreadsheet with a sheet for each table. Text is written as text: a cell that starts with = is no formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(SHEET_FORBIDS.sub(" ", table.title)[:31])
        for line in (table.head(), *table.lines()):
            sheet.append([ILLEGAL_CHARACTERS_RE.sub("", v) if isinstance(v, str) else v for v in line])
        for row in sheet.iter_rows():
            for column, cell in zip(table.columns, row, strict=True):
                if isinstance(cell.value, str):
                    cell.data_type = "s"
                elif column.kind == SHARE:
                    cell.number_format = "0.0"
        for place, cell in enumerate(sheet[1]):
            cell.font = Font(bold=True)
            widest = max(len(str(value)) for value in [cell.value, *(line[place] for line in table.lines())])
            sheet.column_dimensions[cell.column_letter].width = min(max(widest + 2, 8), 60)
        sheet.freeze_panes = "B2"
    made = BytesIO()
    book.save(made)
    return made.getvalue()
