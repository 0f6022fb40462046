"""The size of a business: by staff and income in monthly calculation indices (Entrepreneurial Code 24).

Public API
----------
- `size_class(staff, income_tenge, on, mining_subtype_1=False) -> Size`.
- `size_explained(…) -> Sized`: the same with its arithmetic and provisions.
- `effective_size(size, mining_subtype_1, on) -> Size`: a size as the law counts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from law.inspections.codes import SIZES, SMALL_FIRMS, Size, known
from law.problems import Line, _, as_day, in_groups
from law.provisions import NotInForce, Provision, provision

__all__ = ["Sized", "effective_size", "size_class", "size_explained"]

_CLASSES: Final = ("SZ-MICRO", "SZ-SMALL", "SZ-LARGE")


@dataclass(frozen=True, slots=True)
class Sized:
    """A size with the lines that tell it and the provisions it rests on."""

    size: Size
    arithmetic: tuple[Line, ...]
    provisions: tuple[Provision, ...]

    @property
    def is_confirmed(self) -> bool:
        """False where a rule or its first day is unconfirmed."""
        return all(one.is_confirmed for one in self.provisions)


def _never_small(mining_subtype_1: bool, on: date) -> bool:
    try:
        return mining_subtype_1 and bool(provision("SZ-MINING1", on).value)
    except NotInForce:
        return False


def size_class(staff: int | Decimal, income_tenge: int | Decimal, on: date, mining_subtype_1: bool = False) -> Size:
    """The size of a business by its average yearly staff and its average yearly income of three years, in tenge.

    on = the day for which it is asked; its year picks the index, that of 1 January. Micro: a small firm with at most 15
    people or 30,000 MCI. Small: at most 100 people and 300,000 MCI. Large: more than 250 people or 3,000,000 MCI; the
    rest is medium. A miner of subtype I is never small. ValueError for negative figures, NotInForce for a year whose
    index is not entered."""
    return size_explained(staff, income_tenge, on, mining_subtype_1).size


def size_explained(
    staff: int | Decimal, income_tenge: int | Decimal, on: date, mining_subtype_1: bool = False
) -> Sized:
    """`size_class` with its arithmetic. Same errors."""
    if staff < 0 or income_tenge < 0:
        raise ValueError("staff and income may not be negative")
    index = provision("mci", date(as_day(on).year, 1, 1))
    people = {code: provision(code, on) for code in _CLASSES}
    income = {code: provision(f"{code}-INCOME", on) for code in _CLASSES}
    limit = {code: one.amount * index.amount for code, one in income.items()}
    small = staff <= people["SZ-SMALL"].number and income_tenge <= limit["SZ-SMALL"]
    if staff > people["SZ-LARGE"].number or income_tenge > limit["SZ-LARGE"]:
        found = Size.LARGE
    elif not small or _never_small(mining_subtype_1, on):
        found = Size.MEDIUM
    elif staff <= people["SZ-MICRO"].number or income_tenge <= limit["SZ-MICRO"]:
        found = Size.MICRO
    else:
        found = Size.SMALL
    told = _("%(staff)s people and %(income)s tenge a year, at %(index)s tenge an index of 1 January: %(size)s")
    sums = {"income": in_groups(Decimal(income_tenge)), "index": in_groups(Decimal(str(index.value)))}
    lines = [Line(told, staff=str(staff), **sums, size=SIZES[found])]
    if small and found is Size.MEDIUM:
        lines.append(Line(_("A miner of subtype I is never a small firm.")))
    return Sized(found, tuple(lines), (index, *people.values(), *income.values()))


def effective_size(size: str, mining_subtype_1: bool, on: date) -> Size:
    """A size as the law counts it on the day: a miner of subtype I that is entered as small counts as medium."""
    chosen = known(Size, size)
    return Size.MEDIUM if chosen in SMALL_FIRMS and _never_small(mining_subtype_1, on) else chosen
