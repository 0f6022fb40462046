"""Tables for spreadsheets: streamed, readable in Cyrillic, and no cell is a formula."""

import csv
from collections.abc import Iterator
from io import StringIO

import pytest

from core.sheets import csv_lines, harmless


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
