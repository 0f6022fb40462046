"""Working days of state bodies: a five-day week, public holidays, days off moved by the Government.

Public API
----------
- `is_working_day(d) -> bool`
- `add_working_days(d, n) -> date`: the n-th working day after d; d itself is not counted.
- `working_days_between(a, b) -> int`: working days after a, up to and including b; 0 when b is not after a.
- `last_working_day_before(d) -> date`: strictly before d.
- `working_day_back(d, n) -> date`: the n-th working day counted back from d, d included.
- `next_working_day(d) -> date`: d itself if it is a working day, else the first one after it (CC 175).
- `explain_working_days(base, n) -> WorkingDays`: the same result with every day counted or skipped, and why.
- `day_off(d) -> DayOff | None`: why a day is off. `MOVED_DAYS`, `CONFIRMED_HOLIDAYS`, `MOVED_DAYS_REACH`.

Sources: Labour Code 84 (five-day week; public holidays that meet a weekend move to the next working day, 7 January and
the first day of Kurban Ait do not), 85(3) (days off moved by the authority); Civil Code 173 (a term starts on the day
after its event). A day is a `date`; a `datetime` raises TypeError. Which law was in force needs no date of its own
here: every day is judged by the calendar of its own year.
"""

from __future__ import annotations

import calendar as _months
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from law.problems import Line, _, as_day
from law.provisions.base import Confidence

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A day off moved by the authority: `taken_from` becomes a working day, `given_to` a day off."""

    taken_from: date
    given_to: date
    source: str
    confidence: Confidence


_DECREE = _("Decision on moving days off")

#: Moved days. The library of holidays knows the years before; the rows here win over it.
MOVED_DAYS: tuple[MovedDay, ...] = (
    MovedDay(date(2023, 7, 1), date(2023, 7, 7), _DECREE, "secondary"),
    MovedDay(date(2024, 5, 4), date(2024, 5, 8), _DECREE, "secondary"),
    MovedDay(date(2025, 1, 5), date(2025, 1, 3), _DECREE, "secondary"),
)
#: Last year whose moved days are known (none in 2026). Later years are computed without them, and say so.
MOVED_DAYS_REACH = 2026

#: Days of Kurban Ait named by the clergy where the library only estimates: year -> day. Empty while none is confirmed.
CONFIRMED_HOLIDAYS: Mapping[int, date] = {}

# Beyond these years the library gives nothing: weekends only, and the arithmetic says so.
_FIRST_YEAR, _LAST_YEAR = 1992, 2100

_KURBAN_AIT = "Eid al-Adha"
_MARKS = (" (observed)", " (estimated)", " (observed, estimated)")
# The library's English names, as msgids of ours.
_NAMES: Mapping[str, str] = {
    "New Year's Day": _("New Year"),
    "Orthodox Christmas": _("Orthodox Christmas"),
    "International Women's Day": _("International Women's Day"),
    "Nowruz Holiday": _("Nauryz"),
    "Kazakhstan's People Solidarity Holiday": _("Unity Day of the People of Kazakhstan"),
    "Defender of the Fatherland Day": _("Defender of the Fatherland Day"),
    "Victory Day": _("Victory Day"),
    "Capital Day": _("Capital Day"),
    "Constitution Day": _("Constitution Day"),
    "Republic Day": _("Republic Day"),
    "First President Day": _("First President Day"),
    "Independence Day": _("Independence Day"),
    _KURBAN_AIT: _("Kurban Ait"),
}


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a day is off. `name` is a msgid; `kind`: weekend | holiday | observed (moved off a weekend) | moved (by the
    authority); `estimated`: the day of the feast is not confirmed."""

    day: date
    name: str
    kind: str
    estimated: bool = False

    def line(self) -> Line:
        """The day and the reason, translatable."""
        if self.kind == "observed":
            return Line(_("%(day)s: day off for %(name)s, moved from the weekend"), day=self.day, name=self.name)
        if self.estimated:
            return Line(_("%(day)s: %(name)s (the day is an estimate)"), day=self.day, name=self.name)
        return Line(_("%(day)s: %(name)s"), day=self.day, name=self.name)


@dataclass(frozen=True, slots=True)
class _Year:
    working: tuple[date, ...]
    off: Mapping[date, DayOff]


def _days(year: int) -> Iterator[date]:
    length = 366 if _months.isleap(year) else 365
    first = date(year, 1, 1).toordinal()
    return (date.fromordinal(first + number) for number in range(length))


def _holidays(year: int) -> tuple[dict[date, DayOff], set[date]]:
    """Days off of the year that are no plain weekends, and weekend days that are worked."""
    off: dict[date, DayOff] = {}
    worked: set[date] = set()
    if _FIRST_YEAR <= year <= _LAST_YEAR:
        # Neighbouring years too: a day may be moved over New Year.
        found = holidays.country_holidays("KZ", years=(year - 1, year, year + 1), language="en_US")
        worked |= {day for day in found.weekend_workdays if day.year == year}
        for day, names in found.items():
            if day.year == year:
                off[day] = _named(day, names)
    confirmed = CONFIRMED_HOLIDAYS.get(year)
    if confirmed is not None:
        off = {day: one for day, one in off.items() if one.name != _NAMES[_KURBAN_AIT]}
        off[confirmed] = DayOff(confirmed, _NAMES[_KURBAN_AIT], "holiday")
    for moved in MOVED_DAYS:
        if moved.taken_from.year == year:
            worked.add(moved.taken_from)
        if moved.given_to.year == year:
            off[moved.given_to] = DayOff(moved.given_to, _("day off moved by the authority"), "moved")
    return off, worked


def _named(day: date, names: str) -> DayOff:
    # Two feasts may meet on one day; the first names it.
    name = names.split("; ")[0]
    if name.startswith("Day off (substituted"):
        return DayOff(day, _("day off moved by the authority"), "moved")
    plain_name = name.split(" (", maxsplit=1)[0]
    kind = "observed" if "observed" in name else "holiday"
    return DayOff(day, _NAMES.get(plain_name, plain_name), kind, "estimated" in name)


# One immutable value per year: the library's own object fills itself while it is read, which threads may not share.
@lru_cache(maxsize=512)
def _year(year: int) -> _Year:
    off, worked = _holidays(year)
    working = []
    for day in _days(year):
        if day in off:
            continue
        if day.weekday() >= 5 and day not in worked:
            off[day] = DayOff(day, _("weekend"), "weekend")
        else:
            working.append(day)
    return _Year(tuple(working), off)


def day_off(d: date) -> DayOff | None:
    """Why d is off, or None when it is a working day."""
    return _year(as_day(d).year).off.get(d)


def is_working_day(d: date) -> bool:
    """Whether state bodies work on d (a weekend day may be worked in exchange for another)."""
    return day_off(d) is None


def add_working_days(d: date, n: int) -> date:
    """The n-th working day after d; d itself is not counted (CC 173), working day or not. n = 0 gives d.

    ValueError for n below 0, OverflowError past the year 9999."""
    if n < 0:
        raise ValueError("n may not be negative")
    if n == 0:
        return as_day(d)
    year, left = as_day(d).year, n
    passed = bisect_right(_year(year).working, d)
    while True:
        working = _year(year).working
        if passed + left <= len(working):
            return working[passed + left - 1]
        left -= len(working) - passed
        year, passed = year + 1, 0
        if year > date.max.year:
            raise OverflowError("past the year 9999")


def working_days_between(a: date, b: date) -> int:
    """Working days after a, up to and including b. 0 when b is not after a."""
    if as_day(b) <= as_day(a):
        return 0
    count = bisect_right(_year(b.year).working, b) - bisect_right(_year(a.year).working, a)
    return count + sum(len(_year(year).working) for year in range(a.year, b.year))


def last_working_day_before(d: date) -> date:
    """The last working day strictly before d: what "by" a day is read as, to be safe."""
    year = as_day(d).year
    before = bisect_left(_year(year).working, d)
    return _year(year).working[before - 1] if before else _year(year - 1).working[-1]


def working_day_back(d: date, n: int) -> date:
    """The n-th working day counted back from d, d itself included; n = 1 gives d where it is one.

    `working_days_between(a, d) >= n` holds exactly for every a before it. ValueError for n below 1."""
    if n < 1:
        raise ValueError("n may not be below one")
    year, left = as_day(d).year, n
    passed = bisect_right(_year(year).working, d)
    while passed < left:
        left -= passed
        year -= 1
        passed = len(_year(year).working)
    return _year(year).working[passed - left]


def next_working_day(d: date) -> date:
    """d itself if it is a working day, else the first working day after it: the last day of a term in calendar days
    that falls on a day off (CC 175)."""
    return d if is_working_day(d) else add_working_days(d, 1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A count of working days, told. `counted` are the days 1 … n, `skipped` the days off between base and result,
    `estimated_years` the years whose moved days are not entered."""

    base: date
    number: int
    result: date
    counted: tuple[date, ...]
    skipped: tuple[DayOff, ...]
    estimated_years: tuple[int, ...]

    @property
    def arithmetic(self) -> tuple[Line, ...]:
        """The count as translatable lines, in the order in which one reads it."""
        base = _("%(base)s: the day the term runs from; it is not counted")
        lines = [Line(base, base=self.base)]
        if self.counted:
            first, last = self.counted[0], self.counted[-1]
            if self.number == 1:
                lines.append(Line(_("%(first)s: the working day counted"), first=first))
            else:
                text = _("%(number)s working days counted, from %(first)s to %(last)s")
                lines.append(Line(text, number=self.number, first=first, last=last))
        weekends = [off.day for off in self.skipped if off.kind == "weekend"]
        if weekends:
            lines.append(Line(_("Weekend days not counted: %(days)s"), days=weekends))
        lines += [off.line() for off in self.skipped if off.kind != "weekend"]
        lines += [
            Line(_("Days off moved by the authority in %(year)s are not entered; the day may change."), year=str(year))
            for year in self.estimated_years
        ]
        lines.append(Line(_("Last day of the term: %(result)s"), result=self.result))
        return tuple(lines)


def explain_working_days(base: date, n: int) -> WorkingDays:
    """`add_working_days(base, n)` with each day counted and skipped. Same errors."""
    result = add_working_days(base, n)
    counted, skipped = [], []
    day = base
    while day < result:
        day += _DAY
        off = day_off(day)
        if off is None:
            counted.append(day)
        else:
            skipped.append(off)
    years = range(base.year, result.year + 1)
    unknown = tuple(year for year in years if not _FIRST_YEAR <= year <= MOVED_DAYS_REACH)
    return WorkingDays(base, n, result, tuple(counted), tuple(skipped), unknown)
