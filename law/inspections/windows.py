"""The lawful window: the earliest and the latest start of an inspection, and what sets each.

Public API
----------
- `window(plan, on) -> Window`; `latest_extension(plan, on) -> (date, Provision) | None`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from law.calendar import next_working_day, working_day_back
from law.inspections.blocking.facts import Facts, facts_of
from law.inspections.codes import VISITS, Kind, Size
from law.inspections.durations import duration_limit, duration_rules, extended_last_day
from law.inspections.frequency import first_day_after, holiday_until, in_holiday, moratorium
from law.inspections.notices import earliest_start, needs_notice
from law.inspections.plans import Plan
from law.problems import Line, _
from law.provisions import Provision

__all__ = ["Window", "latest_extension", "window"]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """`earliest` start; `latest` start, None without an end; `arithmetic` tells what sets them, one line each."""

    earliest: date
    latest: date | None
    arithmetic: tuple[Line, ...]

    @property
    def is_open(self) -> bool:
        """Whether any day is left."""
        return self.latest is None or self.earliest <= self.latest


def window(plan: Plan, on: date) -> Window:
    """Between which days the inspection may start, judged on `on`, which picks the version of the law; what the plan
    does not know sets no bound. The start in the plan is not read.

    Earliest: `on`; the notice (as if served on `on` where none was); the day after the interval by risk, after the
    three years of a small firm, and after a moratorium of the rows; the first day of the periods; moved to a working
    day. Latest: so that the longest length still ends in the periods of schedule and list (that it must end there is
    assumed). Only `on` where Chapter 13 does not govern. Errors as `blockers`."""
    facts = facts_of(plan, on)
    day = on
    lines = [Line(_("Not before today: %(day)s"), day=on)]
    for text, first in _bounds(facts) if facts.is_governed else ():
        lines.append(Line(text, day=first))
        day = max(day, first)
    earliest = next_working_day(day)
    if earliest != day:
        lines.append(Line(_("%(day)s is a day off; the next working day is %(next)s"), day=day, next=earliest))
    latest = _latest(facts) if facts.is_governed else None
    if latest is not None:
        lines.append(Line(_("So that it ends within its period, not after %(day)s"), day=latest))
    return Window(earliest, latest, tuple(lines))


def latest_extension(plan: Plan, on: date) -> tuple[date, Provision] | None:
    """The latest day to which the inspection may be extended, and the rule of its length; None while kind, size or end
    are not known. Errors as `blockers`."""
    facts = facts_of(plan, on)
    if facts.kind is None or facts.size is None or plan.end_on is None:
        return None
    rule = duration_rules(facts.size, facts.kind, facts.day)[1]
    return extended_last_day(facts.size, facts.kind, plan.end_on, facts.day), rule


def _owes_notice(kind: Kind, facts: Facts) -> bool:
    return needs_notice(kind, facts.day, facts.plan.ground, facts.plan.case)


def _bounds(facts: Facts) -> list[tuple[str, date]]:
    plan, on, found = facts.plan, facts.on, []
    if facts.kind is not None and facts.kind in VISITS and (plan.noticed_on or _owes_notice(facts.kind, facts)):
        noticed = plan.noticed_on or on
        first = earliest_start(facts.kind, noticed, plan.ground, plan.case)
        served = _("By the notice served, not before %(day)s")
        found.append((served if plan.noticed_on else _("With notice served today, not before %(day)s"), first))
    if facts.kind is Kind.COMPLIANCE and plan.risk and plan.last_ended_on:
        first = first_day_after(plan.risk, plan.last_ended_on, on)
        found.append((_("By the degree of risk, not before %(day)s"), first))
    if facts.size and plan.firm_registered_on:
        successor = bool(plan.successor)
        if in_holiday(facts.size, plan.firm_registered_on, on, successor=successor, kind=facts.kind):
            free = holiday_until(plan.firm_registered_on, on) + _DAY
            found.append((_("A small firm is left alone until its third year is over: not before %(day)s"), free))
    if facts.size and facts.kind is not Kind.UNSCHEDULED and not plan.moratorium_excepted:
        rule = moratorium(facts.size, on)
        if rule and rule.repealed:
            found.append((_("By the moratorium, not before %(day)s"), rule.repealed))
    starts = [one for one in (plan.schedule_from, plan.list_from) if one]
    if starts:
        found.append((_("By the period of the plan, not before %(day)s"), max(starts)))
    return found


def _latest(facts: Facts) -> date | None:
    plan = facts.plan
    ends = [one for one in (plan.schedule_to, plan.list_to) if one]
    if not ends or facts.kind is None or facts.kind not in VISITS:
        return None
    days = plan.working_days or duration_limit(facts.size or Size.LARGE, facts.kind, facts.on)[0]
    return working_day_back(min(ends), days)
