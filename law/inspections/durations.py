"""How long an inspection lasts, how it is extended, and that its time does not stop.

Public API
----------
- `duration_limit(size, kind, on) -> (working_days, extension_working_days)`; `duration_rules(…)`: the two rows.
- `last_day(size, kind, start_on) -> date`, `extended_last_day(size, kind, end_on, on) -> date`: the latest ends.
- `length(start_on, end_on) -> int`: working days, the day of the start counted (assumed: never over-runs).
- `EXTENSION_REASONS`; `extension_notice_by(end_on, on) -> date`; `extension_needs_notice(reason)`.
- `may_suspend(on) -> bool`; `investigation_limit(on) -> (days, extension_days)` in calendar days.

on = the day of the start. ValueError for unknown codes and for kinds without a length, NotInForce before Chapter 13.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from law.calendar import add_working_days, working_day_back, working_days_between
from law.inspections.codes import VISITS, Kind, Size, known
from law.problems import _
from law.provisions import Provision, provision

__all__ = [
    "EXTENSION_REASONS",
    "LOCATING",
    "duration_limit",
    "duration_rules",
    "extended_last_day",
    "extension_needs_notice",
    "extension_notice_by",
    "investigation_limit",
    "last_day",
    "length",
    "may_suspend",
]

_DAY: Final = timedelta(days=1)
LOCATING: Final = "locating"
#: The only reasons of an extension (148(2)).
EXTENSION_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "foreign": _("information from foreign bodies under a treaty"),
        LOCATING: _("finding where the person is"),
        "laboratory": _("results of a laboratory"),
    }
)


def duration_rules(size: str, kind: str, on: date) -> tuple[Provision, Provision]:
    """The rules on length and extension (148(1)); on = the day of the start.

    Micro firms have one length for every kind. ValueError for kinds other than compliance, visit_control and
    unscheduled, and for an unknown size."""
    chosen = known(Kind, kind)
    if chosen not in VISITS:
        raise ValueError(f"no length is set for this kind: {kind!r}")
    if known(Size, size) is Size.MICRO:
        code = "EK-DUR-MICRO"
    else:
        code = "EK-DUR-UNSCH" if chosen is Kind.UNSCHEDULED else "EK-DUR-STD"
    return provision(code, on), provision(f"{code}-X", on)


def duration_limit(size: str, kind: str, on: date) -> tuple[int, int]:
    """Working days at most, and working days of the one extension at most; on = the day of the start.

    Micro 5 and 5; others 15 and 15, unscheduled 10 and 10. Errors as `duration_rules`."""
    first, extension = duration_rules(size, kind, on)
    return first.number, extension.number


def length(start_on: date, end_on: date) -> int:
    """Working days from the day of the start to that of the end, both counted where they are working days; the law
    does not say whether the first one counts, so it does (assumed: an inspection never over-runs)."""
    return working_days_between(start_on - _DAY, end_on)


def last_day(size: str, kind: str, start_on: date) -> date:
    """The latest end of an inspection that starts on that day, which picks the version. Errors as `duration_rules`."""
    return add_working_days(start_on - _DAY, duration_limit(size, kind, start_on)[0])


def extended_last_day(size: str, kind: str, end_on: date, on: date) -> date:
    """The latest end of an extended inspection that was to end on `end_on`; on = the day of the start."""
    return add_working_days(end_on, duration_limit(size, kind, on)[1])


def extension_needs_notice(reason: str) -> bool:
    """Whether the subject is told of an extension: for every reason but finding the person. ValueError."""
    if reason not in EXTENSION_REASONS:
        raise ValueError(f"unknown reason of an extension: {reason!r}")
    return reason != LOCATING


def extension_notice_by(end_on: date, on: date) -> date:
    """The last day to tell the subject of an extension: one working day before it begins, which it does on the first
    working day after `end_on`; on = the day of the start."""
    begins = add_working_days(end_on, 1)
    return working_day_back(begins - _DAY, provision("EK-EXT-NOTICE", on).number)


def may_suspend(on: date) -> bool:
    """Whether the time of an inspection may stop on that day: no rule was found, so it does not (assumed)."""
    return bool(provision("EK-SUSPEND", on).value)


def investigation_limit(on: date) -> tuple[int, int]:
    """Calendar days of an investigation and of its one extension (144-4(6)); on = the day of its start."""
    return provision("EK-INV-DUR", on).number, provision("EK-INV-EXT", on).number
