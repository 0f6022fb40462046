"""From a cell to a value: what people and spreadsheets write for a text, a day, a number, an IIN or BIN.

A reader takes the cell and the style of its file, and gives the value as PostgreSQL's COPY writes it; CellFault says
why there is none. Where two readings are possible, the cell is refused and not guessed.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from core.rows.faults import CellFault
from law.identifiers import is_valid_bin
from law.problems import _


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes numbers: in one separated by semicolons a lone comma is a decimal one."""

    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that holds an error of the spreadsheet, as #N/A."""

    text: str


Reader = Callable[[Any, Style], str]
SHOWN = 60  # characters of a cell that a fault repeats
LONGEST = 60  # characters of a number
WIDE = Context(prec=200)
EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
EARLIEST, LATEST = dt.date(2009, 1, 3), dt.date(2100, 12, 31)
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'")
_COPY = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_DOT = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_COMMA = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+),\d+")
_EITHER = re.compile(r"-?[1-9]\d{0,2},\d{3}")
_POWER = re.compile(r"-?\d+([.,]\d+)?[eE][+-]?\d{1,3}")


def shown(value: Any) -> str:
    return "".join(c for c in str(value) if c.isprintable())[:SHOWN]


def written(text: str) -> str:
    """A text as COPY writes it."""
    return text.translate(_COPY) if "\\" in text or not text.isprintable() else text


def refuse_unreadable(value: Any) -> None:
    if isinstance(value, Formula):
        raise CellFault("cell-formula", _("The cell holds a formula: write the value itself."))
    if isinstance(value, Wrong):
        raise CellFault("cell-wrong", _("The cell holds an error of the spreadsheet: %(value)s."), value=value.text)


def plain_text(value: Any, most: int) -> str:
    """The words of a cell: one space between them, nothing that cannot be seen."""
    refuse_unreadable(value)
    if isinstance(value, bool | dt.date | dt.time):
        message = _("A spreadsheet has made a day or a yes/no of “%(value)s”: give the cell the format of text.")
        raise CellFault("cell-not-text", message, value=shown(value))
    if isinstance(value, int | float):
        if abs(value) >= 10**EXACT_DIGITS:
            message = _("A spreadsheet keeps no more than 15 digits of a number: give the cell the format of text.")
            raise CellFault("cell-digits-lost", message)
        value = str(int(value)) if float(value).is_integer() else repr(value)
    text = " ".join(str(value).split())
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable())
    if len(text) > most:
        raise CellFault("cell-long", _("The text is longer than %(most)s characters."), most=most)
    return text


def text(most: int = 200) -> Reader:
    return lambda value, style: written(plain_text(value, most))


def code(most: int = 40) -> Reader:
    """A number or code: capital letters, no spaces."""
    return lambda value, style: written(plain_text(value, most).replace(" ", "").upper())


def choice(*codes: str) -> Reader:
    """One of a few codes."""

    def read(value: Any, style: Style) -> str:
        found = plain_text(value, SHOWN).lower()
        if found not in codes:
            message = _("“%(value)s” is none of: %(known)s.")
            raise CellFault("cell-unknown-code", message, value=shown(found), known=", ".join(codes))
        return found

    return read


def identifier(value: Any, style: Style) -> str:
    """An IIN or BIN. What a spreadsheet kept as a number has lost its first zeros: they are put back."""
    refuse_unreadable(value)
    number = isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()
    found = f"{int(value):012d}" if number else plain_text(value, 40).translate(_SPACES)
    if not is_valid_bin(found):
        message = _("“%(value)s” is no IIN or BIN: twelve digits, the last one a check digit.")
        raise CellFault("cell-identifier", message, value=shown(found))
    return found


def day(earliest: dt.date = EARLIEST, latest: dt.date = LATEST) -> Reader:
    """A day: 2026-06-16, 16.06.2026, 16/06/2026, or a cell that the spreadsheet itself knows as a day."""

    def read(value: Any, style: Style) -> str:
        refuse_unreadable(value)
        found = read_day(value)
        if found is None:
            message = _("“%(value)s” is no day. Write 2026-06-16 or 16.06.2026.")
            raise CellFault("cell-day", message, value=shown(value))
        if not earliest <= found <= latest:
            message = _("%(day)s lies outside the days that are possible here, %(first)s to %(last)s.")
            raise CellFault("cell-day-far", message, day=found, first=earliest, last=latest)
        return found.isoformat()

    return read


def read_day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else None
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        return None
    found = value.strip()
    for shape in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d 00:00:00", "%d.%m.%Y 0:00:00"):
        try:
            return dt.datetime.strptime(found, shape).date()  # noqa: DTZ007  (a day has no hour)
        except ValueError:
            continue
    return None


def number(digits: int, places: int, *, least: str = "0", most: str = "", above: bool = False) -> Reader:
    """A number with a point or a comma, groups of digits with spaces or without; between two bounds, both allowed
    (`above`: the lower one not). More decimals than `places` are refused and not rounded, save the noise of a
    spreadsheet's own arithmetic."""
    low, high = Decimal(least), Decimal(most) if most else Decimal(10) ** (digits - places) - 1
    unit = Decimal(1).scaleb(-places)

    def read(value: Any, style: Style) -> str:
        found = read_number(value, style)
        if found < low or (above and found == low):
            raise too_little(value, least, above=above)
        if found > high:
            message = _("%(value)s is too much: at most %(most)s.")
            raise CellFault("cell-too-much", message, value=shown(value), most=high)
        fitted = found.quantize(unit, context=WIDE)
        noise = Decimal("1e-9") * max(abs(found), Decimal(1)) if isinstance(value, float) else Decimal(0)
        if abs(fitted - found) > noise:
            message = _("%(value)s has more than %(places)s decimals.")
            raise CellFault("cell-decimals", message, value=shown(value), places=places)
        return f"{fitted:f}"

    return read


def too_little(value: Any, least: str, *, above: bool) -> CellFault:
    if above:
        message = _("%(value)s is too little: it must be above %(least)s.")
        return CellFault("cell-not-above", message, value=shown(value), least=least)
    return CellFault(
        "cell-too-little", _("%(value)s is too little: at least %(least)s."), value=shown(value), least=least
    )


def count(most: int) -> Reader:
    """A whole number from 0."""
    return number(20, 0, most=str(most))


def read_number(value: Any, style: Style) -> Decimal:
    refuse_unreadable(value)
    if isinstance(value, bool | dt.date | dt.time):
        raise not_a_number(value)
    if isinstance(value, int | float):
        return Decimal(repr(value))
    plain = str(value).strip().translate(_SPACES)
    if not plain.isascii() or len(plain) > LONGEST:
        raise not_a_number(value)
    if not style.decimal_comma and _EITHER.fullmatch(plain):
        message = _("“%(value)s” may be read in two ways: write a decimal point, or no comma between thousands.")
        raise CellFault("cell-two-readings", message, value=shown(value))
    if _COMMA.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _DOT.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _POWER.fullmatch(plain):
        plain = plain.replace(",", ".")
    else:
        raise not_a_number(value)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise not_a_number(value) from None


def not_a_number(value: Any) -> CellFault:
    return CellFault("cell-number", _("“%(value)s” is no number."), value=shown(value))
