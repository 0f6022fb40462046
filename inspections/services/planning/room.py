"""Room: which working days of a period inspectors still have. Pure; a day is a place in the list of working days."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from inspections.services.planning.facts import Going, Settings
from law.calendar import is_working_day

Month = tuple[int, int]
#: Between which places a search found nothing, by region, month, length and travel: what is taken never comes back.
Full = dict[tuple[str, Month, int, int], tuple[int, int]]
_DAY = timedelta(days=1)


class Calendar:
    """The working days of a period, and the months they lie in."""

    def __init__(self, first: date, last: date) -> None:
        span = (first + _DAY * number for number in range((last - first).days + 1))
        self.days = [day for day in span if is_working_day(day)]
        self.month_of: list[Month] = [(day.year, day.month) for day in self.days]
        self.months: dict[Month, tuple[int, int]] = {}
        for place, month in enumerate(self.month_of):
            self.months[month] = (self.months.get(month, (place, place))[0], place + 1)

    def place(self, day: date) -> int:
        """Of the first working day not before a day."""
        return bisect_left(self.days, day)

    def end(self, day: date) -> int:
        """One past the last working day not after a day."""
        return bisect_right(self.days, day)

    def share(self, start: int, count: int) -> dict[Month, int]:
        """How many of so many working days from a place on lie in which month."""
        found: dict[Month, int] = defaultdict(int)
        for month in self.month_of[start : start + count]:
            found[month] += 1
        return found


def is_full(full: Full, key: tuple[str, Month, int, int], start: int, until: int) -> bool:
    """Whether a search as wide as this found nothing before."""
    known = full.get(key)
    return known is not None and known[0] <= start and until <= known[1]


class Room:
    """What is free of one inspector: day by day, and by the month's limit."""

    def __init__(self, going: Going, away: Iterable[tuple[date, date]], calendar: Calendar) -> None:
        self.going, self.calendar = going, calendar
        self.free = bytearray(b"\x01" * len(calendar.days))
        since, until = calendar.place(going.from_on), calendar.end(going.to_on) if going.to_on else len(calendar.days)
        self._close(0, since)
        self._close(until, len(calendar.days))
        for first, last in away:
            self._close(calendar.place(first), calendar.end(last))
        self.all: dict[Month, int] = {
            month: min(going.days_a_month, sum(self.free[first:last]))
            for month, (first, last) in calendar.months.items()
        }
        self.left = dict(self.all)
        self.full: Full = {}

    def _close(self, first: int, last: int) -> None:
        if first < last:
            self.free[first:last] = bytes(last - first)

    def find(self, month: Month, earliest: int, latest: int, length: int, travel: int) -> int | None:
        """The first start in a month, from `earliest`, not after `latest`, with `travel` days before and `length` from
        it on free and within the limit of every month they touch."""
        first, last = self.calendar.months[month]
        start, until, whole = max(first, earliest, travel), min(last - 1, latest), travel + length
        key, span = (self.going.region, month, length, travel), (start, until)
        if is_full(self.full, key, *span):
            return None
        run = b"\x01" * whole
        while start <= until:
            found = self.free.find(run, start - travel, until + length)
            if found < 0:
                break
            start = found + travel
            if all(days <= self.left[one] for one, days in self.calendar.share(found, whole).items()):
                return start
            start += 1
        self.full[key] = span
        return None

    def take(self, start: int, length: int, travel: int) -> dict[Month, int]:
        """The days are taken; how many of which month."""
        taken = self.calendar.share(start - travel, travel + length)
        self._close(start - travel, start + length)
        for month, days in taken.items():
            self.left[month] -= days
        return taken


class House:
    """The room of all inspectors, by region and altogether ("")."""

    def __init__(self, settings: Settings) -> None:
        self.calendar = Calendar(*settings.period)
        away: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for person, first, last in settings.absences:
            away[person].append((first, last))
        self.rooms = [Room(one, away[one.person], self.calendar) for one in settings.inspectors]
        self.whole: dict[str, Counter[Month]] = defaultdict(Counter)
        self.left: dict[str, Counter[Month]] = defaultdict(Counter)
        for room in self.rooms:
            for region in (room.going.region, ""):
                self.whole[region].update(room.all)
                self.left[region].update(room.all)
        self.full: Full = {}

    def take(self, room: Room, start: int, length: int, travel: int) -> None:
        taken = room.take(start, length, travel)
        for region in (room.going.region, ""):
            self.left[region].subtract(taken)

    def near(self, region: str) -> list[Room]:
        """The inspectors of a region; all of them where the region is not known."""
        return [one for one in self.rooms if region in ("", one.going.region)]

    def far(self, region: str) -> list[Room]:
        return [one for one in self.rooms if region not in ("", one.going.region)]

    def months(self, region: str, earliest: int, latest: int, *, far: bool) -> list[tuple[Month, int, int]]:
        """(month, days taken, days there are) of months with a start between two places, the emptiest first: of the
        inspectors of a region, or of all the others."""
        found = []
        for month, (first, last) in self.calendar.months.items():
            if last <= earliest or first > latest:
                continue
            whole, left = self.whole[region][month], self.left[region][month]
            if far:
                whole, left = self.whole[""][month] - whole, self.left[""][month] - left
            if left:
                found.append((month, whole - left, whole))
        return sorted(found, key=lambda one: (one[1] / one[2], one[0]))

    def seek(
        self, region: str, earliest: int, latest: int, length: int, *, travel: int
    ) -> tuple[Room, int, int, int] | None:
        """(inspector, start, days taken of the month before, days there are): the emptiest month, who has most left.
        With days of travel among the inspectors of other regions."""
        rooms: list[Room] | None = None
        for month, taken, whole in self.months(region, earliest, latest, far=travel > 0):
            key = (region, month, length, travel)
            if is_full(self.full, key, earliest, latest):
                continue
            if rooms is None:
                rooms = self.far(region) if travel else self.near(region)
            for room in sorted(rooms, key=lambda one: (-one.left[month], one.going.person)):
                if (start := room.find(month, earliest, latest, length, travel)) is not None:
                    return room, start, taken, whole
            self.full[key] = (earliest, latest)
        return None

    def next(
        self, region: str, earliest: int, latest: int, length: int, *, travel: int
    ) -> tuple[Room, int, int, int] | None:
        """As `seek`, but the first day in order, however full its month is; who has most left on it."""
        rooms = self.far(region) if travel else self.near(region)
        for month, taken, whole in sorted(self.months(region, earliest, latest, far=travel > 0)):
            found = [
                (start, -room.left[month], room.going.person, room)
                for room in rooms
                if (start := room.find(month, earliest, latest, length, travel)) is not None
            ]
            if found:
                start, _left, _person, room = min(found, key=lambda one: one[:3])
                return room, start, taken, whole
        return None
