"""What comes in as a file of rows: accepted where it is sound, else refused by row and column."""

import io
import struct
import tracemalloc
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rows import reading, sheet, text
from core.rows.faults import CellFault, letters
from core.rows.reading import RowReader
from core.rows.sheet import place_of
from core.rows.values import Style, number, read_number
from tests.rows.files import BIN, HEAD, KIND, edited, mac, read, xlsx

ROW = ["2026-05-02", BIN, "Steppe", "BTC", "0.5"]
LINE = f"2026-05-02\t{BIN}\tSteppe\tBTC\t0.500000000000000000\n"


def csv(*rows: list[str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings(separator: str, encoding: str) -> None:
    lines, faults, _reader = read(csv(HEAD, ROW, separator=separator, encoding=encoding))
    assert (lines, faults) == ([f"2\t{LINE}"], [])


def test_windows_1251_and_cyrillic_headings() -> None:
    head = ["Дата", "ИИН/БИН", "Наименование", "Актив", "Количество"]
    lines, faults, _reader = read(csv(head, ["02.05.2026", BIN, "ТОО «Ёлка»", "btc", "0,5"], encoding="cp1251"))
    assert (lines, faults) == ([f"2\t2026-05-02\t{BIN}\tТОО «Ёлка»\tBTC\t0.500000000000000000\n"], [])


def test_kazakh_headings_with_a_mark_and_a_title_above() -> None:
    head = ["Күні", "ИИН/БИН", "Атауы", "Актив", "Мөлшері", "Ескерту"]
    content = csv(["Есеп"], [""], head, [*ROW, "x"], encoding="utf-8-sig")
    lines, faults, reader = read(content)
    assert (lines, faults, reader.passed_over) == ([f"4\t{LINE}"], [], ("Ескерту",))


def test_broken_utf8_is_not_taken_for_windows_1251() -> None:
    rows = [["2026-05-02", BIN, "Степной", "BTC", "1"]] * 200
    content = csv(HEAD, *rows).replace("Степной".encode(), b"\xd0\xff" + "тепной".encode(), 1)
    assert read(content)[1] == [(2, "", "file-damaged")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (0, "", "file-empty")),
        (b"\n\n", (0, "", "file-empty")),
        (b"\x00\x01\x02", (0, "", "file-no-text")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (0, "", "file-locked")),
        (b"PK\x03\x04 and no more", (0, "", "file-xlsx")),
        (csv(HEAD), (0, "", "file-empty")),
        (csv(["a", "b"], ["1", "2"]), (1, "", "file-no-heading")),
        (csv(["day", "asset"], ["1", "2"]), (1, "", "file-columns")),
        (csv([*HEAD, "Дата"], ROW), (1, "F", "file-column-twice")),
        (b'day;miner;name;asset;amount\n2026-05-02;"1;x;y;z\n', (2, "", "file-csv")),
        (csv([*HEAD, *(f"c{n}" for n in range(300))], ROW), (1, "IW", "file-wide")),
    ],
)
def test_files_refused_as_a_whole(content: bytes, expected: tuple[int, str, str]) -> None:
    assert read(content)[1] == [expected]


def test_every_fault_is_told_by_row_and_column() -> None:
    bad = ["31.02.2026", "230140000022", "x" * 30, "BTC", "-1"]
    lines, faults, _reader = read(csv(HEAD, ROW, bad, ["", "", "", "", ""], ["2026-05-02", BIN]))
    assert faults == [
        (3, "A", "cell-day"),
        (3, "B", "cell-identifier"),
        (3, "C", "cell-long"),
        (3, "E", "cell-too-little"),
        (5, "D", "cell-missing"),
        (5, "E", "cell-missing"),
    ]
    assert lines[1] == "3\t\\N\t\\N\t\\N\tBTC\t\\N\n"


def test_a_decimal_comma_between_commas_shifts_a_row_and_is_told() -> None:
    content = csv(HEAD, ["2026-05-02", BIN, "Steppe", "BTC", "0", "5"], separator=",")
    assert read(content)[1] == [(2, "F", "row-long")]


@pytest.mark.parametrize(
    ("value", "comma", "expected"),
    [
        ("1 234,56", True, "1234.56"),
        ("1\u00a0234,5", False, "1234.5"),
        ("1.234,56", True, "1234.56"),
        ("1,234.56", False, "1234.56"),
        ("1,234", True, "1.234"),
        ("0,125", False, "0.125"),
        ("12,5", False, "12.5"),
        ("1e-8", False, "0.00000001"),
        (0.1, False, "0.1"),
        (7, False, "7"),
    ],
)
def test_numbers_as_people_write_them(value: Any, comma: bool, expected: str) -> None:
    assert read_number(value, Style(decimal_comma=comma)) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1,234", "cell-two-readings"),
        ("1,23,4", "cell-number"),
        ("٣", "cell-number"),
        ("NaN", "cell-number"),
        ("1e999999999", "cell-number"),
        ("9" * 500, "cell-number"),
        ("", "cell-number"),
        (True, "cell-number"),
        ("-0,1", "cell-too-little"),
        ("1e40", "cell-too-much"),
        ("0.0000000000000000001", "cell-decimals"),
    ],
)
def test_numbers_refused(value: Any, code: str) -> None:
    with pytest.raises(CellFault) as caught:
        number(30, 18)(value, Style())
    assert caught.value.code == code


@given(st.decimals(min_value=0, max_value=Decimal("999999999999"), places=18))
def test_a_number_written_is_the_number_read(value: Decimal) -> None:
    assert Decimal(number(30, 18)(f"{value:f}", Style())) == value
    assert Decimal(number(30, 18)(f"{value:f}".replace(".", ","), Style(decimal_comma=True))) == value


@given(st.integers(min_value=0, max_value=20_000))
def test_columns_are_named_as_spreadsheets_do(place: int) -> None:
    assert place_of(letters(place)) == place


def test_a_workbook_with_days_and_numbers() -> None:
    rows: list[list[Any]] = [
        HEAD,
        [date(2026, 5, 2), int(BIN), "Steppe", "BTC", 0.5],
        [datetime(2026, 5, 3), BIN, None, "ltc", "0,25"],
    ]
    lines, faults, _reader = read(xlsx(rows))
    assert (lines, faults) == ([f"2\t{LINE}", f"3\t2026-05-03\t{BIN}\t\\N\tLTC\t0.250000000000000000\n"], [])


def test_days_counted_from_1904() -> None:
    lines, faults, _reader = read(xlsx([HEAD, [date(2026, 5, 2), BIN, "Steppe", "BTC", 0.5]], mac))
    assert (lines, faults) == ([f"2\t{LINE}"], [])


def test_zeros_that_a_spreadsheet_dropped_are_put_back() -> None:
    lines, faults, _reader = read(xlsx([HEAD, [date(2026, 5, 2), 10140000014, None, "BTC", 1]]))
    assert not faults
    assert lines[0].split("\t")[2] == "010140000014"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2026-05-02", BIN, None, "BTC", "=1+1"], (2, "E", "cell-formula")),
        ([46144, BIN, None, "BTC", 1], (2, "A", "cell-day")),
        ([datetime(2026, 5, 2, 13, 5), BIN, None, "BTC", 1], (2, "A", "cell-day")),
        ([time(13, 5), BIN, None, "BTC", 1], (2, "A", "cell-day")),
        (["2026-05-02", BIN, date(2026, 1, 2), "BTC", 1], (2, "C", "cell-not-text")),
        (["2026-05-02", BIN, 12345678901234567890, "BTC", 1], (2, "C", "cell-digits-lost")),
        (["2026-05-02", BIN, None, True, 1], (2, "D", "cell-not-text")),
        (["2026-05-02", BIN, None, "BTC", "#N/A"], (2, "E", "cell-wrong")),
    ],
)
def test_cells_of_a_workbook_refused(cells: list[Any], expected: tuple[int, str, str]) -> None:
    assert read(xlsx([HEAD, cells]))[1] == [expected]


def test_a_formula_in_a_column_that_is_passed_over_harms_nobody() -> None:
    content = xlsx([[*HEAD, "Note"], [*ROW, "=1+1"]])
    lines, faults, _reader = read(content)
    assert (lines, faults) == ([f"2\t{LINE}"], [])


def test_merged_cells_under_the_heading_are_told_and_above_it_are_not() -> None:
    rows = [["Report of May"], HEAD, ROW, ["", *ROW[1:]]]
    title = lambda book: book.active.merge_cells("A1:E1")  # noqa: E731
    assert read(xlsx([rows[0], HEAD, ROW], title))[1] == []
    both = lambda book: book.active.merge_cells("A3:A4")  # noqa: E731
    assert read(xlsx(rows, both))[1] == [(4, "A", "cell-missing"), (3, "A", "cell-merged")]


def test_two_sheets() -> None:
    def notes(book: Any) -> None:
        book.create_sheet("Notes").append(["Nothing", "of this kind"])

    def again(book: Any) -> None:
        book.create_sheet("June", 0).append(HEAD)

    assert read(xlsx([HEAD, ROW], notes))[:2] == ([f"2\t{LINE}"], [])
    assert read(xlsx([HEAD, ROW], again))[1] == [(1, "", "file-two-sheets")]


def test_sixteen_thousand_columns() -> None:
    content = xlsx([[*HEAD, *(f"c{n}" for n in range(16_379))], ROW])
    assert read(content)[1] == [(1, "IW", "file-wide")]


def test_macros() -> None:
    sound = xlsx([HEAD, ROW])
    with_code = edited(sound, lambda name, part: part, {"xl/vbaProject.bin": b"\xcc"})
    by_type = edited(sound, lambda name, part: part.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml"))
    assert read(with_code)[1] == [(0, "", "file-macros")]
    assert read(by_type)[1] == [(0, "", "file-macros")]


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    content = edited(xlsx([HEAD, ROW]), lambda name, part: part, {"xl/media/zeros.bin": b"\0" * 60_000_000})
    tracemalloc.start()
    assert read(content)[1] == [(0, "", "file-bomb")]
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size() -> None:
    content = bytearray(edited(xlsx([HEAD, ROW]), lambda name, part: part, {"xl/media/zeros.bin": b"\0" * 60_000_000}))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/media/zeros.bin"))
    content[place + 24 : place + 28] = struct.pack("<I", 100)
    assert read(bytes(content))[:2] == ([f"2\t{LINE}"], [])  # nobody opens that part


def test_an_entity_that_unfolds_without_end() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    content = edited(xlsx([HEAD, ROW]), lambda name, part: bomb if name == "xl/worksheets/sheet1.xml" else part)
    assert read(content)[1] == [(0, "", "file-xlsx")]


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_that_lacks_a_part_or_has_a_broken_one(name: str) -> None:
    lacking = edited(xlsx([HEAD, ROW]), lambda part, content: None if part == name else content)
    broken = edited(xlsx([HEAD, ROW]), lambda part, content: content[: len(content) // 2] if part == name else content)
    codes = {fault[2] for content in (lacking, broken) for fault in read(content)[1]}
    assert codes <= {"file-xlsx", "file-no-text"}
    assert codes


def test_a_cell_far_out_and_a_row_beyond_all() -> None:
    def far(name: str, part: bytes) -> bytes:
        return part.replace(b'r="2"', b'r="2000000"') if name == "xl/worksheets/sheet1.xml" else part

    assert read(edited(xlsx([HEAD, ROW]), far))[1] == [(1_048_576, "", "file-xlsx")]


def test_more_rows_than_are_read(settings: Any) -> None:
    settings.ROW_FILE_ROWS = 3
    _lines, faults, _reader = read(csv(HEAD, *[ROW] * 5))
    assert faults[-1] == (5, "", "file-long")


def test_the_digest_is_of_the_rows_whatever_file_they_came_in() -> None:
    first = read(csv(HEAD, ROW))[2].digest
    assert read(xlsx([["Title"], HEAD, [date(2026, 5, 2), BIN, "Steppe", "btc", 0.5]]))[2].digest == first
    assert read(csv(HEAD, [*ROW[:4], "0.6"]))[2].digest != first


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_rows(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight times the rows: about the same peak, with slices that are full soon."""
    monkeypatch.setattr(reading, "SLICE", 200)
    monkeypatch.setattr(reading, "REMEMBERED", 200)
    monkeypatch.setattr(text, "CHUNK", 8_192)
    monkeypatch.setattr(sheet, "CHUNK", 8_192)

    def peak(count: int) -> int:
        rows: list[list[Any]] = [HEAD, *(["2026-05-02", BIN, "Steppe", "BTC", n / 1000] for n in range(count))]
        content = xlsx(rows) if kind == "xlsx" else csv(*[[str(cell) for cell in row] for row in rows])
        stream = io.BytesIO(content)
        reader = RowReader(KIND)
        tracemalloc.start()
        for one in reader.from_file(stream, len(content)):
            assert not one.faults
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert reader.rows == count
        return found

    peak(100)  # what is loaded once
    assert peak(8_000) < 1.5 * peak(1_000)


def test_an_archive_of_something_else() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert read(made.getvalue())[1] == [(0, "", "file-no-text")]
