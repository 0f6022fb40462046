"""Candidates one after the other: judged, placed, or refused with the reason. Pure and deterministic."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from inspections.services.planning.facts import Candidate, Placed, Refused, Settings, Told, said
from inspections.services.planning.judging import Lawful, judge, law_plan, unlawful
from inspections.services.planning.room import House, Room
from law.inspections import latest_notice_date
from law.inspections.notices import notice_rule
from law.problems import _
from law.provisions import provision

TRAVEL = 1  # working days before the start where the object lies in another region; ours, not law
PATIENCE = 200  # candidates in a row for whom nobody had room: then the plan is full
_DAY = timedelta(days=1)
NEXT = _("Starts on %(start)s: the next day of its period that is lawful and on which an inspector has room.")
FIRST = _("Starts on %(start)s: no later day will do, and of those before it is the first.")
Search = Callable[..., "tuple[Room, int, int, int] | None"]


@dataclass(frozen=True, slots=True)
class Found:
    """Who goes, on which place of the calendar he starts, days of travel before; of the month before it: days taken,
    days there are."""

    room: Room
    start: int
    travel: int
    taken: int
    whole: int


class Planner:
    """Offer candidates by risk until it is full."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.house = House(settings)
        self.chosen = 0
        self.without_room = 0
        self.notices: dict[date, list[Told]] = {}  # a year has few starts

    @property
    def full(self) -> bool:
        most = self.settings.most
        if most is not None and self.chosen >= most:
            return True
        return self.without_room >= PATIENCE or not any(any(one.left.values()) for one in self.house.rooms)

    def offer(self, one: Candidate) -> Placed | Refused:
        lawful = judge(one, self.settings)
        if isinstance(lawful, Refused):
            return lawful
        found = self.place(lawful)
        if found is None:
            self.without_room += 1
            return Refused(one, "room", [*lawful.why, said(_("No inspector has so many days left when it may start."))])
        self.without_room = 0
        placed, against = self.tried(one, lawful, found)
        if against:
            other = self.another(one, lawful, found.start, against)
            if other is None:
                return Refused(one, "blocked", [*lawful.why, *against])
            found, placed = other
        self.house.take(found.room, found.start, lawful.days, found.travel)
        self.chosen += 1
        return placed

    def place(self, lawful: Lawful) -> Found | None:
        """In the emptiest month: of the region first, then with travel."""
        calendar = self.house.calendar
        return self.found(self.house.seek, lawful, calendar.place(lawful.earliest), calendar.end(lawful.latest) - 1)

    def found(self, search: Search, lawful: Lawful, earliest: int, latest: int) -> Found | None:
        for travel in (0, TRAVEL) if lawful.region else (0,):
            if one := search(lawful.region, earliest, latest, lawful.days, travel=travel):
                room, start, taken, whole = one
                return Found(room, start, travel, taken, whole)
        return None

    def tried(self, one: Candidate, lawful: Lawful, found: Found) -> tuple[Placed, list[Told]]:
        """The place on that day, and what the law has against it."""
        placed = self.entry(one, lawful, found)
        facts = law_plan(
            one,
            lawful,
            self.settings,
            start_on=placed.start_on,
            period=(placed.from_on, placed.to_on),
            chosen=self.chosen + 1,
        )
        return placed, unlawful(facts, self.settings.on)

    def another(self, one: Candidate, lawful: Lawful, barred: int, against: list[Told]) -> tuple[Found, Placed] | None:
        """The days of its period after a barred one in their order, then those before it: the first that is lawful and
        on which somebody has room."""
        calendar = self.house.calendar
        spans = ((barred + 1, calendar.end(lawful.latest) - 1), (calendar.place(lawful.earliest), barred - 1))
        first = said(_("%(day)s, in the emptiest month, is barred."), day=calendar.days[barred])
        for text, (earliest, latest) in zip((NEXT, FIRST), spans, strict=True):
            while earliest <= latest and (found := self.found(self.house.next, lawful, earliest, latest)):
                placed, problems = self.tried(one, lawful, found)
                if not problems:
                    lines = [first, *against, said(text, start=placed.start_on), *self.notice(placed.start_on)]
                    return found, replace(placed, why=self.why(lawful, found, lines))
                earliest = found.start + 1
        return None

    def entry(self, one: Candidate, lawful: Lawful, found: Found) -> Placed:
        days, start = self.house.calendar.days, found.start
        first, last = days[start], days[start + lawful.days - 1]
        period = lawful.period if one.facts.get("other") else around(first, last, self.settings.period)
        why = self.why(lawful, found, self.when(lawful, first, found))
        return Placed(one, lawful.object, *period, first, lawful.days, found.room.going.person, why)

    def why(self, lawful: Lawful, found: Found, lines: list[Told]) -> list[Told]:
        why = [*lawful.why, *lines]
        if found.travel:
            text = _("No inspector of its region has room; one day of travel, %(day)s.")
            why.append(said(text, day=self.house.calendar.days[found.start - found.travel]))
        return why

    def when(self, lawful: Lawful, first: date, found: Found) -> list[Told]:
        """Why then, and by when the notice."""
        text = _("Starts on %(start)s: of the months from %(since)s on the emptiest, %(taken)s of %(all)s days taken.")
        emptiest = said(text, start=first, since=lawful.earliest, taken=found.taken, all=found.whole)
        return [emptiest, *self.notice(first)]

    def notice(self, first: date) -> list[Told]:
        """By when it is told; the same for all of a day."""
        if first not in self.notices:
            kind = self.settings.kind
            day = latest_notice_date(kind, first)
            told = [said(_("Notice by %(day)s."), notice_rule(kind, first), day=day)] if day else []
            self.notices[first] = told
        return self.notices[first]


def around(first: date, last: date, within: tuple[date, date]) -> tuple[date, date]:
    """The whole months of an inspection: the period in which it may be moved without a new version."""
    begin = first.replace(day=1)
    end = (last.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY
    return max(begin, within[0]), min(end, within[1])


def choose(candidates: Iterable[Candidate], settings: Settings) -> list[Placed | Refused]:
    """All that was looked at until the plan was full."""
    planner, found = Planner(settings), list[Placed | Refused]()
    for one in candidates:
        if planner.full:
            break
        found.append(planner.offer(one))
    return found


def digest_of(results: Iterable[Placed | Refused]) -> str:
    """Over the entries of a plan, in their order."""
    total = sha256()
    for one in results:
        if isinstance(one, Placed):
            total.update(one.row().encode() + b"\n")
    return total.hexdigest()


def cap_line(settings: Settings) -> Told:
    text = _("Without an automated system at most %(most)s of %(subjects)s subjects may be chosen.")
    return said(text, provision("EK-CAP5", settings.on), most=settings.most or 0, subjects=settings.subjects)
