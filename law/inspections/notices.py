"""Notices of inspections: how long before, in which form, and the days and moments that follow.

Public API
----------
- `latest_notice_date(kind, start_on, ground=None) -> date | None`; `earliest_start(kind, noticed_on, …)`: its mirror.
- `notice_rule(kind, start_on, ground=None) -> Provision`: the rule; its value says how long.
- `needs_notice(kind, start_on, ground=None, case=None) -> bool`.
- `hours_kept(noticed_at, start_at, on) -> bool`: the 24 hours, on moments with a time zone.
- `working_day_problems(day, *, urgent)`, `working_time_problems(start_at, *, urgent)`: a start on a day off, at night.
- `MEANS`: by which a notice is served; `contents(kind)`: what it must say.

The day of the start picks the version of each rule. A subject that is registered anew after its notice gets no second
one (144(3), 144-2(4)).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from law.calendar import is_working_day, next_working_day
from law.inspections.codes import Kind, known
from law.inspections.grounds import CASES, special_case, unscheduled_ground
from law.problems import Problem, _, as_day, problem
from law.provisions import CALENDAR_DAYS, NotInForce, Provision, provision

__all__ = [
    "MEANS",
    "contents",
    "earliest_start",
    "hours_kept",
    "latest_notice_date",
    "needs_notice",
    "notice_rule",
    "working_day_problems",
    "working_time_problems",
]

_ZONE: Final = ZoneInfo("Asia/Almaty")
#: By which a notice is served (144(3), 144-2(4)); the last only where the others are not possible is not said.
MEANS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hand": _("by hand, against receipt"),
        "registered_mail": _("registered mail with receipt"),
        "e_document": _("signed e-document to the address that the subject gave"),
        "other": _("another available way"),
    }
)
_CONTENTS: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.COMPLIANCE: (_("day of the start"),),
        Kind.VISIT_CONTROL: (_("day of the start"),),
        Kind.UNSCHEDULED: (_("subject of the inspection"),),
    }
)
_RULES: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.COMPLIANCE: "EK-NOTICE-COMP",
        Kind.VISIT_CONTROL: "EK-NOTICE-VISIT",
        Kind.UNSCHEDULED: "EK-NOTICE-UNSCH",
        Kind.DESK_CONTROL: "EK-NOTICE-DESK",
    }
)
_DAY: Final = timedelta(days=1)


def contents(kind: str) -> tuple[str, ...]:
    """What the notice of this kind must say, as msgids; empty where there is none. ValueError for an unknown kind."""
    return _CONTENTS.get(known(Kind, kind), ())


def needs_notice(kind: str, start_on: date, ground: str | None = None, case: str | None = None) -> bool:
    """Whether the subject is told beforehand. ground: item of Art. 144(5), or the case itself; case: one of `CASES`.

    Both are read for unscheduled inspections alone. Desk control has no notice. NotInForce for test purchases and
    investigations, whose notice other laws set, and before Chapter 13; ValueError for unknown codes."""
    chosen = known(Kind, kind)
    if chosen in {Kind.TEST_PURCHASE, Kind.INVESTIGATION}:
        raise NotInForce(f"notice.{chosen}", as_day(start_on))
    provision(_RULES[chosen], start_on)
    if chosen is Kind.DESK_CONTROL:
        return False
    if chosen is not Kind.UNSCHEDULED:
        return True
    if case is not None:
        special_case(case)
    if case is not None or ground in CASES:
        return False
    return ground is None or unscheduled_ground(ground, start_on).notice


def notice_rule(kind: str, start_on: date, ground: str | None = None, case: str | None = None) -> Provision:
    """The rule on notice: how long before, or that there is none. Errors as `needs_notice`."""
    if needs_notice(kind, start_on, ground, case) or known(Kind, kind) is not Kind.UNSCHEDULED:
        return provision(_RULES[known(Kind, kind)], start_on)
    return provision("EK-NOTICE-NONE", start_on)


def _whole_days(rule: Provision) -> int:
    """Days from delivery to the first lawful start: of N calendar days neither end counts; of hours, the day before."""
    return rule.number + 1 if rule.unit == CALENDAR_DAYS else -(-rule.number // 24)


def latest_notice_date(kind: str, start_on: date, ground: str | None = None) -> date | None:
    """The last day to deliver the notice of an inspection that starts on `start_on`, which picks the version.

    Compliance and visits: start ≥ delivery + 30 + 1 days, so 31 days before. Unscheduled: the day before; whether 24
    hours were kept is asked of moments by `hours_kept`. None: no notice (desk control; grounds 3, 4, 7, 8 and the cases
    of 144(8), (9), (10)). ground: item of Art. 144(5) as text. Errors as `needs_notice`."""
    if not needs_notice(kind, start_on, ground):
        return None
    return start_on - _whole_days(notice_rule(kind, start_on, ground)) * _DAY


def earliest_start(kind: str, noticed_on: date, ground: str | None = None, case: str | None = None) -> date:
    """The first day on which an inspection noticed on `noticed_on` may start: `noticed_on` itself without notice.

    The day of the notice picks the version. Errors as `needs_notice`."""
    if not needs_notice(kind, noticed_on, ground, case):
        return noticed_on
    return noticed_on + _whole_days(notice_rule(kind, noticed_on, ground, case)) * _DAY


def hours_kept(noticed_at: datetime, start_at: datetime, on: date) -> bool:
    """Whether 24 hours lie between notice and start of an unscheduled inspection. Both moments carry a time zone
    (ValueError without one); on = the day of the start."""
    if noticed_at.tzinfo is None or start_at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return start_at - noticed_at >= timedelta(hours=provision("EK-NOTICE-UNSCH", on).number)


def working_day_problems(day: date, *, urgent: bool) -> list[Problem]:
    """What stands against a start on that day, which picks the version: a day off, but in urgent cases of 146(3)."""
    rule = provision("EK-HOURS", day)
    if urgent or is_working_day(day):
        return []
    message = _("%(day)s is a day off. Only urgent cases begin then; begin on %(next)s or later.")
    return [problem("day-off", message, field="start_on", provision=rule, day=day, next=next_working_day(day))]


def working_time_problems(start_at: datetime, *, urgent: bool) -> list[Problem]:
    """What stands against a start at that moment: a day off, or an hour outside the working day, in the time of Astana
    and Almaty. Urgent cases of Art. 146(3) may begin at any time. The local day picks the version; the hours are ours
    (assumed). ValueError for a moment without a time zone."""
    if start_at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    local = start_at.astimezone(_ZONE)
    day = local.date()
    rule, first, last = (provision(code, day) for code in ("EK-HOURS", "EK-HOURS.from", "EK-HOURS.to"))
    if urgent or not is_working_day(day):
        return working_day_problems(day, urgent=urgent)
    if first.number <= local.hour < last.number:
        return []
    message = _("It is outside working time (%(first)s to %(last)s o’clock). Only urgent cases begin then.")
    return [problem("hour-off", message, field="start_on", provision=rule, first=first.number, last=last.number)]
