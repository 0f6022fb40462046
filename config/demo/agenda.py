"""Many lives told at once, in the order of their days: events, references and licence numbers follow the calendar."""

import heapq
from collections.abc import Generator, Iterable
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from law.calendar import add_working_days, is_working_day, last_working_day_before, next_working_day

#: A life yields the moment at which its next act happens, and acts when it is resumed.
Life = Generator[datetime, None, None]


def play(lives: Iterable[Life], *, until: datetime) -> int:
    """Let every life act at its moments, earliest first. What lies after `until` does not happen. Returns the acts."""
    waiting: list[tuple[datetime, int, Life]] = []
    for number, life in enumerate(lives):
        _wait(waiting, number, life, until)
    acts = 0
    while waiting:
        _moment, number, life = heapq.heappop(waiting)
        _wait(waiting, number, life, until)
        acts += 1
    return acts


def _wait(waiting: list[tuple[datetime, int, Life]], number: int, life: Life, until: datetime) -> None:
    moment = next(life, None)
    if moment is not None and moment <= until:
        heapq.heappush(waiting, (moment, number, life))


class Clock:
    """Office hours of one case: each step is later than the one before, and none lies after `now`."""

    def __init__(self, day: date, *, now: datetime, chance: Random) -> None:
        self.now, self.chance = now, chance
        self.moment = self._at(next_working_day(day), 9 * 60 + chance.randrange(90))

    def _at(self, day: date, minutes: int) -> datetime:
        moment = timezone.make_aware(datetime.combine(day, time(minutes // 60, minutes % 60)))
        return min(moment, self.now)

    def soon(self) -> datetime:
        """Some minutes later on the same day."""
        self.moment = min(self.moment + timedelta(minutes=self.chance.randrange(4, 16)), self.now)
        return self.moment

    def after(self, days: int) -> datetime:
        """So many working days later, within office hours."""
        if not days:
            return self.soon()
        day = add_working_days(timezone.localdate(self.moment), days)
        self.moment = self._at(day, 9 * 60 + self.chance.randrange(420))
        return self.moment


def working_days_ago(today: date, days: int) -> date:
    """The working day so many before today; with 0, today if it is one, else the last one."""
    day = today if is_working_day(today) else last_working_day_before(today)
    for _step in range(days):
        day = last_working_day_before(day)
    return day


def night_after(day: date) -> datetime:
    """When the sweep notices that a day has passed: ten minutes after midnight."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time(0, 10)))
