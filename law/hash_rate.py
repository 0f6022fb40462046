"""The share of registered machines in the world's hash rate, and the marks that were published of the country's.

Public API
----------
- `share(registered, world, unit) -> Share`: the share (1 is all of it) with its arithmetic.
- `terahashes(amount, unit) -> Decimal`: an amount in TH/s.
- `percent(share) -> str`: a share in per cent, three significant digits.
- `MARKS`: what was published of the country before the register, each with its source and how sure it is.

No rule of law speaks of it: the world's figure is entered by the authority with its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.problems import Line, _
from law.provisions.base import CONFIDENCE_TITLES, Confidence

__all__ = ["MARKS", "UNITS", "Mark", "Share", "percent", "share", "terahashes"]

#: How many TH/s one of each is.
UNITS: Mapping[str, int] = MappingProxyType({"TH/s": 1, "PH/s": 10**3, "EH/s": 10**6, "ZH/s": 10**9})


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the world's hash rate, from 0 on, and how it was reckoned."""

    value: Decimal
    arithmetic: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The country's share as it was published: about when (msgid), how much, where (msgid), how sure that is."""

    when: str
    share: Decimal
    source: str
    confidence: Confidence

    @property
    def sureness(self) -> str:
        """The confidence in words (msgid)."""
        return CONFIDENCE_TITLES[self.confidence]


_COMMENTARY: Final = _("Commentary on Law 231-VIII, published 15 January 2026")
MARKS: tuple[Mark, ...] = (
    Mark(_("late 2021"), Decimal("0.18"), _COMMENTARY, "source"),
    Mark(_("mid-2023"), Decimal("0.04"), _COMMENTARY, "source"),
)


def terahashes(amount: Decimal, unit: str) -> Decimal:
    """An amount in TH/s. KeyError for a unit that is none of UNITS (a programmer's mistake)."""
    return amount * UNITS[unit]


def share(registered: Decimal, world: Decimal, unit: str) -> Share:
    """Registered TH/s over the world's hash rate in its own unit. ZeroDivisionError where the world has none."""
    whole = terahashes(world, unit)
    found = registered / whole
    lines = (
        Line(_("World: %(amount)s %(unit)s = %(whole)s TH/s"), amount=grouped(world), unit=unit, whole=grouped(whole)),
        Line(
            _("%(registered)s TH/s registered / %(whole)s TH/s = %(percent)s per cent"),
            registered=grouped(registered),
            whole=grouped(whole),
            percent=percent(found),
        ),
    )
    return Share(found, lines)


def percent(share: Decimal) -> str:
    """A share in per cent with three significant digits, without zeros behind them: 0.18 gives 18."""
    value = share * 100
    digits = max(0, 2 - value.adjusted()) if value else 0
    return plainly(Decimal(f"{value:.{digits}f}"))


def grouped(amount: Decimal) -> str:
    """The same with its digits in groups of three, by narrow spaces that keep it on one line."""
    return plainly(amount, grouping=",").replace(",", "\u202f")


def plainly(amount: Decimal, *, grouping: str = "") -> str:
    """An amount without the zeros behind the point."""
    text = f"{amount:{grouping}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
