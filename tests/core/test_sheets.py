"""Tables for spreadsheets: streamed, readable in Cyrillic, and no cell is a formula."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from core.sheets import csv_lines, harmless, workbook
from core.tables import DAY, SHARE, TEXT, Column, Table, cells


@pytest.mark.parametrize("text", ["=1+1", "+7 700", "-2+3", "@cmd", "\t=1", "\r=1", "--"])
def test_a_formula_becomes_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (-3, "-3"), ("-3", "-3"), (0, "0"), ("ТОО «Ұшқын»", "ТОО «Ұшқын»")]
)
def test_other_values_stay_as_they_are(value: object, shown: str) -> None:
    assert harmless(value) == shown


def test_lines_come_one_by_one_and_read_back() -> None:
    drawn = []

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(3):
            drawn.append(number)
            yield number, 'a "quoted", split\nname', None

    lines = csv_lines(["№", "name", "rest"], rows())
    assert next(lines) == "\ufeff№,name,rest\r\n"
    assert drawn == []
    next(lines)
    assert drawn == [0]
    rest = list(csv.reader(StringIO("".join(lines), newline="")))
    assert rest == [["1", 'a "quoted", split\nname', ""], ["2", 'a "quoted", split\nname', ""]]


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers() -> None:
    columns = (Column("=Head", TEXT), Column("Count"), Column("Share", SHARE), Column("Day", DAY))
    row = cells("=1+1\x00", 7, Decimal("50.0"), date(2026, 6, 30))
    tables = [
        Table("a", "By [age]: 1/2", columns, (row,), cells("Together", 7, None, None)),
        Table("b", "x" * 40, columns[:1], ()),
    ]
    book = load_workbook(BytesIO(workbook(tables)))
    assert book.sheetnames == ["By  age   1 2", "x" * 31]
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["=1+1", 7, 50, datetime(2026, 6, 30)]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "d"]
    assert sheet["C2"].number_format == "0.0"
    assert [cell.value for cell in sheet[3]] == ["Together", 7, None, None]
    assert sheet["A1"].data_type == "s"
