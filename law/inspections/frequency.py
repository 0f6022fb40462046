"""How often a subject may be inspected, who is left alone, and how many may be chosen.

Public API
----------
- `may_schedule(risk, last_ended_on, on) -> bool`; `first_day_after(risk, last_ended_on, on) -> date`.
- `frequency_rule(risk, on)`, `visits_allowed(risk, on) -> int` a year.
- `holiday_until(registered_on, on) -> date`; `in_holiday(…) -> bool`: the three years of small firms.
- `desk_year(start_on) -> int | None`: the year in which desk control must have taken place.
- `moratorium(size, on) -> Provision | None`.
- `cap(subjects, on) -> int`: the most subjects of the sphere without an automated system.

on = the planned start. ValueError for unknown codes, NotInForce before Chapter 13.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from law.inspections.codes import SMALL_FIRMS, Kind, Risk, Size, known
from law.inspections.regimes import forms
from law.licensing import months_after
from law.problems import as_day
from law.provisions import NotInForce, Provision, provision

__all__ = [
    "cap",
    "desk_year",
    "first_day_after",
    "frequency_rule",
    "holiday_until",
    "in_holiday",
    "may_schedule",
    "moratorium",
    "visits_allowed",
]

_CODES: Final[Mapping[Risk, str]] = MappingProxyType(
    {Risk.HIGH: "EK-FREQ-HIGH", Risk.MEDIUM: "EK-FREQ-MED", Risk.LOW: "EK-FREQ-LOW"}
)
_DAY: Final = timedelta(days=1)


def frequency_rule(risk: str, on: date) -> Provision:
    """The rule on compliance inspections at this degree: its value is the years between two."""
    return provision(_CODES[known(Risk, risk)], on)


def _years_after(day: date, rule: Provision) -> date:
    return months_after(day, rule.number * 12)


def first_day_after(risk: str, last_ended_on: date, on: date) -> date:
    """The first day of the next compliance inspection after one that ended on `last_ended_on`: the day after the
    anniversary (one, two or three years; that the anniversary itself is not yet free is assumed)."""
    return _years_after(as_day(last_ended_on), frequency_rule(risk, on)) + _DAY


def may_schedule(risk: str, last_ended_on: date | None, on: date) -> bool:
    """Whether a compliance inspection may start on `on` (141(4)), which picks the version: True when there was none
    before, and from the day after the anniversary of the end of the last. ValueError for an unknown degree."""
    rule = frequency_rule(risk, on)
    return last_ended_on is None or on > _years_after(as_day(last_ended_on), rule)


def visits_allowed(risk: str, on: date) -> int:
    """Visits of preventive control in a calendar year, at most: two at high and medium risk, none at low."""
    return provision("EK-VISIT-LOW" if known(Risk, risk) is Risk.LOW else "EK-FREQ-VISIT", on).number


def holiday_until(registered_on: date, on: date) -> date:
    """The last day on which a small firm is left alone: the third anniversary of its state registration (131(6))."""
    return _years_after(as_day(registered_on), provision("EK-HOLIDAY3", on))


def in_holiday(size: str, registered_on: date, on: date, *, successor: bool = False, kind: str | None = None) -> bool:
    """Whether no control may be had of this firm on `on`: small and micro firms in the three years after their
    registration; not for unscheduled inspections, nor for firms made by reorganisation and other successors."""
    if successor or known(Size, size) not in SMALL_FIRMS or kind == Kind.UNSCHEDULED:
        return False
    return on <= holiday_until(registered_on, on)


def desk_year(start_on: date) -> int | None:
    """The calendar year in which desk control of the subject must have taken place before a visit on `start_on`; None
    where the law of the sphere has no preventive control on that day (from 2024-06-08)."""
    if Kind.DESK_CONTROL not in forms(start_on):
        return None
    return start_on.year - provision("EK-DESK-FIRST", start_on).number


def moratorium(size: str, on: date) -> Provision | None:
    """The moratorium that the rows know for firms of this size on that day (unconfirmed); None where there is none.
    The Government may set others (144(12)), which an official enters."""
    if known(Size, size) not in SMALL_FIRMS:
        return None
    try:
        return provision("MORAT-1", on)
    except NotInForce:
        return None


def cap(subjects: int, on: date) -> int:
    """How many of so many subjects of the sphere may be chosen without an automated system: 5 per cent, rounded down
    (141(7)). ValueError for a negative number."""
    if subjects < 0:
        raise ValueError("subjects may not be negative")
    return int(subjects * provision("EK-CAP5", on).amount / 100)
