"""Whether what was paid settles a fee: one payment or several, on whatever days.

Public API
----------
- `Paid(on, amount)`: a payment as the bank has it.
- `settle(kind, paid, on, act="issue") -> Settlement`: the fee owed, what was paid, what is missing or too much.
- `FEE_ACTS`: what a filing asks for, and the act whose fee it owes; what is not there owes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.licensing import CURRENCIES, Fee, fee
from law.problems import Line, _

#: Law 202-V 44 asks nothing for a correction; for an electronic form, a stop, a way back and the end none is named.
FEE_ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {"issue": "issue", "reissue": "reissue", "reissue-split": "reissue", "duplicate": "duplicate"}
)
ZERO = Decimal("0.00")
#: Currencies in words.
UNITS: Final[Mapping[str, str]] = MappingProxyType({code: unit for unit, code in CURRENCIES.items()})


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment: the day on which it was made picks rate and MCI; `amount` in the currency of the fee."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is owed and what was paid, in the currency of the fee. `settled_on`: the day of the payment that made it
    whole, or None."""

    owed: Fee
    paid: Decimal
    settled_on: date | None
    arithmetic: tuple[Line, ...]

    @property
    def missing(self) -> Decimal:
        """What is still to be paid; 0 when settled."""
        return ZERO if self.settled_on else max(self.owed.amount - self.paid, ZERO)

    @property
    def over(self) -> Decimal:
        """What was paid beyond the fee."""
        return max(self.paid - self.owed.amount, ZERO)

    @property
    def is_settled(self) -> bool:
        return self.settled_on is not None


def settle(kind: str, paid: Iterable[Paid], on: date, act: str = "issue") -> Settlement:
    """Weigh payments against the fee of the kind; `on` is the day whose fee is owed while nothing settles it.

    Tax Code 616(1): the MCI of the day of payment. Of several payments, each adds to those before it, and the fee of
    the day on which they reach it is the one owed (assumed: the Code speaks of one payment): a later rise of the MCI
    takes nothing back, and an earlier part payment holds no old MCI. NotInForce for a day whose rate or MCI is not
    known; ValueError for an act without a fee."""
    rows = sorted(paid, key=lambda one: one.on)
    total, settled_on, owed = ZERO, None, None
    for row in rows:
        total += row.amount
        if settled_on is None:
            owed = fee(kind, row.on, act)
            settled_on = row.on if total >= owed.amount else None
    if owed is None or settled_on is None:
        owed = fee(kind, max([on, *(row.on for row in rows)]), act)
    unit = UNITS[owed.currency]
    told = _("Paid on %(on)s: %(amount)s %(unit)s")
    lines = [*owed.arithmetic, *(Line(told, on=row.on, amount=row.amount, unit=unit) for row in rows)]
    if len({row.on for row in rows}) > 1:
        lines.append(Line(_("The fee of the day on which the payments reach it is taken; that is assumed.")))
    found = Settlement(owed, total, settled_on, ())
    if found.missing:
        lines.append(Line(_("Missing: %(amount)s %(unit)s"), amount=found.missing, unit=unit))
    if found.over:
        lines.append(Line(_("Paid too much: %(amount)s %(unit)s"), amount=found.over, unit=unit))
    return Settlement(owed, total, settled_on, tuple(lines))
