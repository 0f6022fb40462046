"""What happens to a term after it has begun to run: it stands, it is lengthened, it passes in silence; and hearings.

Public API
----------
- `recount(base_on, number, unit, stops=(), extra=0) -> Recount`: the last day after pauses and extensions, told.
- `agreement_silence(kind, on)`, `authority_silence(kind, on) -> Silence`: what follows when nobody answers.
- `hearing_due(sent_on) -> Due`: the first day on which a hearing may be set after the draft decision was sent.

How a term stands still is not said by the acts on licences: that the day on which the clock stops still counts, and
that on which it runs on does not (as CC 173 has it for every event), is *assumed*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

from law.calendar import DayOff, add_working_days, explain_working_days, next_working_day, working_days_between
from law.licensing import Due, term
from law.problems import Line, _, as_day
from law.provisions import CALENDAR_DAYS, WORKING_DAYS, NotInForce, Provision, provision
from law.provisions.base import AGREED, DEEMED_ISSUED

Effect = Literal["agreed", "issued", "none"]
_EFFECTS: Final[dict[str, Effect]] = {AGREED: "agreed", DEEMED_ISSUED: "issued"}


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood from the end of one day to the end of another."""

    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True)
class Recount:
    """The last day counted again from the base; `lost` days of the term's own unit stood still."""

    due_on: date
    lost: int
    arithmetic: tuple[Line, ...]


def days_lost(stop: Stop, unit: str) -> int:
    """How many days of the unit lie after the day of the stop, up to and including the day of the resumption.

    ValueError where it ends before it starts, or the unit is no day."""
    if as_day(stop.to_on) < as_day(stop.from_on):
        raise ValueError("a pause ends before it starts")
    if unit == WORKING_DAYS:
        return working_days_between(stop.from_on, stop.to_on)
    if unit == CALENDAR_DAYS:
        return (stop.to_on - stop.from_on).days
    raise ValueError(f"not a unit of days: {unit!r}")


def recount(base_on: date, number: int, unit: str, stops: Iterable[Stop] = (), extra: int = 0) -> Recount:
    """The last day of a term of `number` days from `base_on`, moved by all its pauses and extensions.

    Always from the unadjusted base, so that what was added can be taken away without a trace. The stops may not overlap
    (ValueError); `extra` counts days of the same unit. A term in calendar days ends on a working day (CC 175).
    """
    ordered = sorted(stops, key=lambda stop: (stop.from_on, stop.to_on))
    for earlier, later in pairwise(ordered):
        if later.from_on < earlier.to_on:
            raise ValueError("pauses overlap")
    told, lost = [], 0
    for stop in ordered:
        days = days_lost(stop, unit)
        text = _("The clock stood from %(from)s to %(to)s: %(days)s %(unit)s lost")
        told.append(Line(text, **{"from": stop.from_on, "to": stop.to_on, "days": days, "unit": unit}))
        lost += days
    if extra:
        told.append(Line(_("Lengthened by %(days)s %(unit)s"), days=extra, unit=unit))
    whole = number + lost + extra
    told.append(
        Line(
            _("Counted again from %(base)s: %(number)s + %(lost)s + %(extra)s = %(whole)s %(unit)s"),
            base=base_on,
            number=number,
            lost=lost,
            extra=extra,
            whole=whole,
            unit=unit,
        )
    )
    if unit == WORKING_DAYS:
        counted = explain_working_days(base_on, whole)
        before = add_working_days(base_on, number)
        told += _newly_skipped(counted.skipped, before)
        due_on = counted.result
    else:
        due_on = next_working_day(base_on + timedelta(days=whole))
    told.append(Line(_("New last day of the term: %(result)s"), result=due_on))
    return Recount(due_on, lost, tuple(told))


def _newly_skipped(skipped: tuple[DayOff, ...], after: date) -> list[Line]:
    """Days off behind the old last day, which the first count has not named."""
    later = [off for off in skipped if off.day > after]
    weekends = [off.day for off in later if off.kind == "weekend"]
    lines = [Line(_("Weekend days not counted: %(days)s"), days=weekends)] if weekends else []
    return lines + [off.line() for off in later if off.kind != "weekend"]


@dataclass(frozen=True, slots=True)
class Silence:
    """What follows when a term passes without an answer: `agreed`, `issued` or `none`; and by which rule.

    Without a provision the law says nothing, so nothing follows."""

    effect: Effect
    provision: Provision | None


def _silence(kind: str, rule: str, on: date) -> Silence:
    try:
        found = term(kind, rule, on)
    except NotInForce:
        return Silence("none", None)
    return Silence(_EFFECTS.get(str(found.value), "none"), found)


def agreement_silence(kind: str, on: date) -> Silence:
    """The silence of another body: agreed (Law 202-V 25(3)); for mining no effect. on = the day of filing."""
    return _silence(kind, "agreement-silence", on)


def authority_silence(kind: str, on: date) -> Silence:
    """The authority's own silence: deemed issued (Law 202-V 26(1)); for mining and exchangers no effect.

    on = the day of filing. ValueError for an unknown kind."""
    return _silence(kind, "silence", on)


def hearing_due(sent_on: date) -> Due:
    """The first day on which the party may be heard: three working days after the draft was sent (APPC 73, assumed).

    The day of sending picks the version and is not counted; nothing is decided before that day has passed. NotInForce.
    """
    found = provision("hearing.notice", sent_on)
    told = explain_working_days(sent_on, found.number)
    first = Line(
        _("%(rule)s: %(number)s %(unit)s (%(act)s, %(article)s)"),
        rule=found.title,
        number=str(found.value),
        unit=found.unit,
        act=found.source.act,
        article=found.source.article,
    )
    doubt = Line(_("The rule or its first day is unconfirmed."))
    return Due("", "hearing", sent_on, told.result, (first, *told.arithmetic, doubt), found)


def cure_due(kind: str, rule: str, from_on: date, days: int, on: date) -> Due:
    """The last day to cure remarks: `days` working days after the pause began, at most what the rule allows.

    on = the day of filing, which picks the version. ValueError for more days or none, NotInForce, ValueError as `term`.
    """
    found = term(kind, rule, on)
    if not 1 <= days <= found.number:
        raise ValueError("more days than the rule allows")
    told = explain_working_days(from_on, days)
    first = Line(_("%(rule)s: %(number)s %(unit)s"), rule=found.title, number=days, unit=found.unit)
    return Due(kind, rule, from_on, told.result, (first, *told.arithmetic), found)
