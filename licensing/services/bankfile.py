"""The bank's list of payments as text: columns, days, amounts. Reads, and says row by row what cannot be read."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from law.problems import Problem, _

SIZE_LIMIT = 2 * 1024 * 1024  # bytes
ROWS_LIMIT = 10_000
#: The columns by name, as docs/how-to/bank-file.md lists them. Others are passed over.
COLUMNS: dict[str, tuple[str, ...]] = {
    "reference": ("reference", "номер платежа", "төлем нөмірі"),
    "paid_on": ("paid_on", "дата платежа", "төлем күні"),
    "amount": ("amount", "сумма", "сомасы"),
    "payer": ("payer", "бин/иин плательщика", "төлеушінің бсн/жсн"),
    "application": ("application", "номер заявления", "өтініш нөмірі"),
}
NEEDED = ("reference", "paid_on", "amount", "payer")
_SPACES = str.maketrans("", "", " \u00a0\u202f'")
_COMMA, _DOT = re.compile(r"-?\d+,\d{1,2}"), re.compile(r"-?\d{1,3}(,\d{3})+(\.\d{1,2})?|-?\d+(\.\d{1,2})?")


@dataclass(slots=True)
class BankRow:
    """One row as it was read; what could not be read is None, and stands among the problems."""

    number: int  # of the line in the file, the heading being 1
    reference: str = ""
    paid_on: date | None = None
    amount: Decimal | None = None
    payer: str = ""
    application: str = ""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BankText:
    """A file as read: its rows, or what is wrong with it as a whole."""

    rows: list[BankRow]
    problems: list[Problem]


def decoded(content: bytes) -> str | None:
    """The text: UTF-8 with or without a mark at its head, else Windows-1251; None for what is no text."""
    if b"\x00" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("cp1251")
        except UnicodeDecodeError:
            return None


def file_problem(code: str, message: str, **params: object) -> BankText:
    return BankText([], [Problem(code, message, params, field="file")])


def read_bank_text(text: str) -> BankText:
    """The rows of a file, separated by semicolons or commas as its heading is."""
    lines = text.splitlines()
    heading = next((line for line in lines if line.strip()), "")
    if not heading:
        return file_problem("bank-file-empty", _("The file has no rows."))
    separator = ";" if heading.count(";") >= heading.count(",") else ","
    reader = csv.reader(lines, delimiter=separator)
    places: dict[str, int] = {}
    rows: list[BankRow] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not places:
                places = columns_of(cells)
                if missing := [name for name in NEEDED if name not in places]:
                    message = _("Columns are missing: %(missing)s. The file has: %(found)s.")
                    found = ", ".join(cell.strip()[:40] for cell in cells[:20])
                    return file_problem("bank-columns", message, missing=", ".join(missing), found=found)
                continue
            rows.append(read_row(reader.line_num, cells, places))
            if len(rows) > ROWS_LIMIT:
                return file_problem("bank-file-long", _("The file has more than %(limit)s rows."), limit=ROWS_LIMIT)
    except csv.Error:
        return file_problem("bank-file-broken", _("Line %(line)s cannot be read as CSV."), line=reader.line_num)
    if not rows:
        return file_problem("bank-file-empty", _("The file has no rows."))
    return BankText(rows, [])


def columns_of(cells: list[str]) -> dict[str, int]:
    """The place of each known column, by any of its names."""
    names = [" ".join(cell.lower().split()) for cell in cells]
    return {
        column: place
        for column, known in COLUMNS.items()
        for place in [next((i for i, name in enumerate(names) if name in known), -1)]
        if place >= 0
    }


def read_row(number: int, cells: list[str], places: dict[str, int]) -> BankRow:
    if len(cells) <= max(places.values()):
        short = Problem("bank-row-short", _("The row has fewer columns than the heading."))
        return BankRow(number, problems=[short])
    given = {name: clean(cells[place]) for name, place in places.items()}
    row = BankRow(number, reference=given["reference"], payer=given["payer"])
    row.application = given.get("application", "").upper()
    row.paid_on, row.amount = read_day(given["paid_on"]), read_amount(given["amount"])
    if row.paid_on is None:
        message = _("“%(value)s” is no day. Write 2026-06-16 or 16.06.2026.")
        row.problems.append(Problem("bank-day", message, {"value": given["paid_on"][:40]}, field="paid_on"))
    if row.amount is None:
        message = _("“%(value)s” is no amount in tenge.")
        row.problems.append(Problem("bank-amount", message, {"value": given["amount"][:40]}, field="amount"))
    if len(row.reference) > 60:
        row.problems.append(Problem("bank-reference", _("The reference is longer than 60 characters.")))
    return row


def clean(cell: str) -> str:
    """The cell without what cannot be seen, at most so long as anybody reads."""
    return "".join(c for c in cell.strip() if c.isprintable())[:200]


def read_day(text: str) -> date | None:
    for shape in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007  (a day of the bank has no hour)
        except ValueError:
            continue
    return None


def read_amount(text: str) -> Decimal | None:
    """8650000, 8 650 000,00, 8650000.00 or 8,650,000.00; None for anything else."""
    plain = text.translate(_SPACES)
    if not plain.isascii():
        return None
    if _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    elif _DOT.fullmatch(plain):
        plain = plain.replace(",", "")
    else:
        return None
    try:
        return Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def doubled(rows: list[BankRow]) -> Iterator[BankRow]:
    """Rows whose reference and day stand in the file before them."""
    seen: dict[tuple[str, date | None], int] = {}
    for row in rows:
        first = seen.setdefault((row.reference, row.paid_on), row.number)
        if first != row.number and row.reference:
            message = _("The same payment stands in line %(line)s.")
            row.problems.append(Problem("bank-doubled", message, {"line": first}, field="reference"))
            yield row
