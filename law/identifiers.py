"""Numbers of persons (IIN) and organisations (BIN): twelve digits, the last one a check digit.

Public API
----------
- `is_valid_iin(s) -> bool`, `is_valid_bin(s) -> bool`: twelve ASCII digits and the check digit; nothing is stripped,
  nothing raises. Dates and the fifth digit decide nothing here.
- `describe(s) -> Identifier`: what the digits say, with warnings; ValueError with the reason where
  they are no identifier.
- `is_valid_lei(s) -> bool`: an identifier of legal entities by ISO 17442: 18 capital letters or digits and two check
  digits.
- `check_digit(first_eleven) -> int | None`: the twelfth digit; None where no number can exist.

An identifier warns; the registration record decides. Source: Government resolutions 565 of 2003 and 406 of 2007; the
check digit is known from public code (secondary), the fifth and sixth digits of a BIN are partly assumed.
The rules have not changed, so no function takes a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from law.problems import Problem, _

_LENGTH: Final = 12
_LEI: Final = re.compile("[0-9A-Z]{18}[0-9]{2}")
_DIGITS: Final = frozenset("0123456789")
_FIRST: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)

_HOLDERS: Final = {"4": "resident_entity", "5": "foreign_entity", "6": "joint_sole_traders"}
_PARTS: Final = {"0": "head", "1": "branch", "2": "representation", "3": "farm"}
_CENTURIES: Final = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a number says of its holder.

    `kind`: iin | bin | unknown. `date_part`: the leading digits, YYMMDD of an IIN and YYMM of a BIN.
    `born_on`: the birth date of an IIN, None when the digits give none. `registered`: (two-digit year, month) of a BIN.
    `holder`: person | resident_entity | foreign_entity | joint_sole_traders | unknown.
    `resident`: True | False | None (an IIN does not say). `part` of a BIN: head | branch | representation | farm |
    unknown. `warnings`: Problems of severity *warning*, never blocking.
    """

    number: str
    kind: str
    date_part: str
    born_on: date | None
    registered: tuple[int, int] | None
    holder: str
    resident: bool | None
    part: str | None
    warnings: tuple[Problem, ...]


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit for eleven ASCII digits; None when both rounds of weights give 10 and the number cannot exist.

    ValueError when these are not eleven ASCII digits."""
    if len(first_eleven) != _LENGTH - 1 or not _DIGITS.issuperset(first_eleven):
        raise ValueError("eleven digits are needed")
    digits = [int(digit) for digit in first_eleven]
    for weights in (_FIRST, _SECOND):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def _fault(s: object) -> str | None:
    """Why s is no identifier, as a msgid; None when it is one."""
    if not isinstance(s, str) or len(s) != _LENGTH:
        return _("An identification number has exactly twelve digits.")
    if not _DIGITS.issuperset(s):
        return _("An identification number has digits 0 to 9 only.")
    if check_digit(s[:11]) != int(s[11]):
        return _("The check digit of the identification number is wrong.")
    return None


def is_valid_iin(s: object) -> bool:
    """Twelve ASCII digits with a right check digit. Anything else, None and other types included, is False."""
    return _fault(s) is None


def is_valid_bin(s: object) -> bool:
    """Twelve ASCII digits with a right check digit. Anything else, None and other types included, is False."""
    return _fault(s) is None


def is_valid_lei(s: object) -> bool:
    """18 ASCII capital letters or digits and two check digits: by ISO 7064, the number that they make with A = 10 …
    Z = 35 leaves 1 when divided by 97. Nothing is stripped or made capital; whether it was issued is not looked up."""
    if not isinstance(s, str) or _LEI.fullmatch(s) is None:
        return False
    return int("".join(str(int(letter, 36)) for letter in s)) % 97 == 1


def describe(s: str) -> Identifier:
    """What the digits say, with warnings where they look odd. ValueError, its text a msgid, when s is no identifier."""
    fault = _fault(s)
    if fault is not None:
        raise ValueError(fault)
    if s[4] in "0123":
        return _describe_iin(s)
    return _describe_bin(s)


def _warn(code: str, message: str, **params: object) -> Problem:
    return Problem(code, message, params, severity="warning")


def _describe_iin(s: str) -> Identifier:
    warnings = []
    born_on = None
    century = _CENTURIES.get(s[6])
    if century is None:
        message = _("The seventh digit of the IIN (%(digit)s) names no century: it may belong to a foreigner.")
        warnings.append(_warn("iin_century", message, digit=s[6]))
    try:
        # Without a century the day is still checked, in a leap year, so that 29 February passes.
        born_on = date((century or 2000) + int(s[:2]), int(s[2:4]), int(s[4:6]))
    except ValueError:
        message = _("The first six digits of the IIN (%(digits)s) are no date of birth.")
        warnings.append(_warn("iin_date", message, digits=s[:6]))
    if century is None:
        born_on = None
    return Identifier(s, "iin", s[:6], born_on, None, "person", None, None, tuple(warnings))


def _describe_bin(s: str) -> Identifier:
    warnings = []
    month = int(s[2:4])
    if not 1 <= month <= 12:
        warnings.append(_warn("bin_month", _("The BIN has no month of registration: %(digits)s."), digits=s[2:4]))
    holder = _HOLDERS.get(s[4], "unknown")
    if holder == "unknown":
        message = _("The fifth digit (%(digit)s) names no kind of organisation.")
        warnings.append(_warn("bin_holder", message, digit=s[4]))
    part = _PARTS.get(s[5], "unknown")
    if part == "unknown":
        message = _("The sixth digit (%(digit)s) names no part of an organisation.")
        warnings.append(_warn("bin_part", message, digit=s[5]))
    resident = {"resident_entity": True, "foreign_entity": False, "joint_sole_traders": True}.get(holder)
    registered = (int(s[:2]), month) if 1 <= month <= 12 else None
    kind = "unknown" if holder == "unknown" else "bin"
    return Identifier(s, kind, s[:4], None, registered, holder, resident, part, tuple(warnings))
