"""Reports over periods: which period a day lies in, and by when it is reported; and the term to decide on machines.

Public API
----------
- `report_period(report, day) -> Period`: the period of a report ("pool" | "mining" | "jobs") that holds the day.
- `report_due(report, period) -> Due`: the last day to report it, with its arithmetic.
- `machines_due(filed_on) -> Due`: by when an application about mining machines is decided.

Nobody owes a report on jobs and investment ("jobs"): it has periods and no day.

The last day of a period picks the version of the rule. NotInForce before the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from law.calendar import explain_working_days
from law.licensing import Due, rule_line
from law.problems import Line, _, as_day
from law.provisions import Provision, provision

POOL: Final = "pool"
MINING: Final = "mining"
JOBS: Final = "jobs"

__all__ = ["JOBS", "MINING", "POOL", "Period", "machines_due", "report_due", "report_period"]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date


def report_period(report: str, day: date) -> Period:
    """The period that holds the day. Periods of so many months begin in January, so that a year holds whole ones."""
    months = provision(f"{report}.report_period", as_day(day)).number
    start = (day.month - 1) // months * months
    first = date(day.year, start + 1, 1)
    beyond = first.year * 12 + start + months
    return Period(first, date(beyond // 12, beyond % 12 + 1, 1) - timedelta(days=1))


def report_due(report: str, period: Period) -> Due:
    """The last day to report the period; its own last day is not counted."""
    return _due(provision(f"{report}.report_due", period.last), period.last)


def machines_due(filed_on: date) -> Due:
    """By when an application to include, exclude or move machines is decided; the day of filing is not counted."""
    return _due(provision("hsc.decision", as_day(filed_on)), filed_on)


def _due(found: Provision, base_on: date) -> Due:
    told = explain_working_days(base_on, found.number)
    lines = [rule_line(found), *told.arithmetic]
    if not found.is_confirmed:
        lines.append(Line(_("The rule or its first day is unconfirmed.")))
    return Due("", found.code, base_on, told.result, tuple(lines), found)
