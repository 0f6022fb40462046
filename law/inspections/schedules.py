"""Yearly schedules and half-yearly lists: by when, in which of two ways, for which days, and how they may be changed.

Public API
----------
- `PLANS`: schedule | list_1 | list_2; `period(plan, year) -> (first, last)`: the days that a plan is for.
- `plan_due(plan, year, mode) -> tuple[PlanDue, ...]`: what is due, each with the internal last day.
- `plan_allowed(plan, year) -> bool`: lists only while the law of the sphere has preventive control.
- `mode_problems(modes, on)`, `change_problems(…)`: what stands against a way of forming, against a new version.
- `common_period(schedule, list_) -> (first, last) | None`: the days that both plans share.
- `reporting_day(year) -> date`: the Unified Reporting Day.
"""

from __future__ import annotations

import calendar as _months
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from law.calendar import last_working_day_before
from law.inspections.codes import Kind, Mode, known
from law.inspections.regimes import forms
from law.problems import Line, Problem, _, problem
from law.provisions import Provision, provision

__all__ = [
    "LIST_1",
    "LIST_2",
    "PLANS",
    "SCHEDULE",
    "PlanDue",
    "change_problems",
    "common_period",
    "mode_problems",
    "period",
    "plan_allowed",
    "plan_due",
    "reporting_day",
]

SCHEDULE: Final = "schedule"
LIST_1: Final = "list_1"
LIST_2: Final = "list_2"
PLANS: Final[Mapping[str, str]] = MappingProxyType(
    {
        SCHEDULE: _("yearly schedule of compliance inspections"),
        LIST_1: _("list of visits, first half-year"),
        LIST_2: _("list of visits, second half-year"),
    }
)
# What is due: (act, code of the rule, years before the year of the plan), by plan and way of forming.
_PUBLISH, _SEND = "publish", "send_to_legal_statistics"
_DUE: Final[Mapping[tuple[str, Mode], tuple[tuple[str, str, int], ...]]] = MappingProxyType(
    {
        (SCHEDULE, Mode.AUTOMATED): ((_PUBLISH, "EK-SCHED-PUB", 1),),
        (SCHEDULE, Mode.PAPER): ((_PUBLISH, "EK-SCHED-PUB", 1),),
        (LIST_1, Mode.AUTOMATED): ((_PUBLISH, "EK-LIST1-PUB", 1),),
        (LIST_1, Mode.PAPER): ((_SEND, "EK-LIST1-PLS", 1), (_PUBLISH, "EK-LIST1-PUB", 1)),
        (LIST_2, Mode.AUTOMATED): ((_PUBLISH, "EK-LIST2-PUB", 0),),
        (LIST_2, Mode.PAPER): ((_SEND, "EK-LIST2-PLS", 0), (_PUBLISH, "EK-LIST2-PUB", 0)),
    }
)


def _plan(plan: str) -> str:
    if plan not in PLANS:
        raise ValueError(f"unknown plan: {plan!r}")
    return plan


@dataclass(frozen=True, slots=True)
class PlanDue:
    """What is due for a plan. act: publish | send_to_legal_statistics (without an automated system legal statistics
    publishes the list itself); `named_on`: the day that the Code names, `due_on`: the last working day before it."""

    plan: str
    act: str
    named_on: date
    due_on: date
    arithmetic: tuple[Line, ...]
    provision: Provision


def plan_due(plan: str, year: int, mode: str) -> tuple[PlanDue, ...]:
    """What is due for the plan of that year, in order: “by” a day is read as the last working day strictly before it.

    Schedule and first list: 25 December of the year before; second list: 25 May; without an automated system the lists
    also go to legal statistics by 10 December and 10 May. The named day picks the version. ValueError, NotInForce."""
    found = []
    for act, code, before in _DUE[_plan(plan), known(Mode, mode)]:
        rule = provision(code, date(year - before, 1, 1))
        named = date.fromisoformat(f"{year - before}-{rule.value}")
        rule = provision(code, named)
        due_on = last_working_day_before(named)
        told = _("%(rule)s %(named)s; the last working day before it is %(due)s")
        found.append(PlanDue(plan, act, named, due_on, (Line(told, rule=rule.title, named=named, due=due_on),), rule))
    return tuple(found)


def period(plan: str, year: int) -> tuple[date, date]:
    """The first and last day that the plan of that year is for. ValueError for an unknown plan."""
    first = date(year, 7, 1) if _plan(plan) == LIST_2 else date(year, 1, 1)
    last = date(year, 6, 30) if plan == LIST_1 else date(year, 12, 31)
    return first, last


def plan_allowed(plan: str, year: int) -> bool:
    """Whether the law of the sphere lets this plan be formed: its first day decides; lists of visits ended with
    preventive control (2024-06-08), schedules stay."""
    kind = Kind.COMPLIANCE if _plan(plan) == SCHEDULE else Kind.VISIT_CONTROL
    return kind in forms(period(plan, year)[0])


def mode_problems(modes: Collection[str], on: date) -> list[Problem]:
    """A plan of one period formed both in the automated system and on paper (144(2), 144-2(4)); on = its forming."""
    if len({known(Mode, one) for one in modes}) < 2:
        return []
    message = _("The plan of one period is formed either by the automated system or on paper, never both.")
    return [problem("two-modes", message, field="modes", provision=provision("EK-MODE-ONE", on))]


def change_problems(plan: str, changes_before: int, added: int, moved: int, on: date) -> list[Problem]:
    """What stands against a new version of a list of visits: it may be changed once, and only to take subjects out.

    From secondary sources; the rule on schedules was not found, so nothing is said against changes of a schedule.
    on = the day of the change."""
    if _plan(plan) == SCHEDULE:
        return []
    rule = provision("EK-LIST-CHG", on)
    found = []
    if changes_before >= rule.number:
        found.append(
            problem("changed-before", _("The list was changed before; it may be changed once."), provision=rule)
        )
    if added or moved:
        message = _("A change of the list may only take subjects out; it adds %(added)s and moves %(moved)s.")
        found.append(problem("not-only-exclusions", message, provision=rule, added=added, moved=moved))
    return found


def common_period(schedule: tuple[date, date], list_: tuple[date, date]) -> tuple[date, date] | None:
    """The days on which a subject of both plans may have its one common period (144(2)); None where they share none."""
    first, last = max(schedule[0], list_[0]), min(schedule[1], list_[1])
    return (first, last) if first <= last else None


def reporting_day(year: int) -> date:
    """The Unified Reporting Day of control bodies: the last Thursday of September (131-1; the National Bank and the
    financial-market regulator have none). NotInForce before 2021."""
    provision("CAL-REPDAY", date(year, 9, 30))
    last = date(year, 9, _months.monthrange(year, 9)[1])
    return last - timedelta(days=(last.weekday() - _months.THURSDAY) % 7)
