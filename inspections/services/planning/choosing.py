"""Candidates one after the other: judged, placed, or refused with the reason. Pure and deterministic."""

from collections.abc import Iterable
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
        room, start, travel, taken, whole = found
        placed = self.entry(one, lawful, room.going.person, start, travel, [taken, whole])
        facts = law_plan(
            one,
            lawful,
            self.settings,
            start_on=placed.start_on,
            period=(placed.from_on, placed.to_on),
            chosen=self.chosen + 1,
        )
        if against := unlawful(facts, self.settings.on):
            return Refused(one, "blocked", [*lawful.why, *against])
        self.house.take(room, start, lawful.days, travel)
        self.chosen += 1
        return placed

    def place(self, lawful: Lawful) -> tuple[Room, int, int, int, int] | None:
        """(inspector, start, days of travel, days taken, days there are): of the region first, then with travel."""
        calendar, house = self.house.calendar, self.house
        earliest, latest = calendar.place(lawful.earliest), calendar.end(lawful.latest) - 1
        for travel in (0, TRAVEL) if lawful.region else (0,):
            if found := house.seek(lawful.region, earliest, latest, lawful.days, travel=travel):
                room, start, taken, whole = found
                return room, start, travel, taken, whole
        return None

    def entry(self, one: Candidate, lawful: Lawful, lead: int, start: int, travel: int, load: list[int]) -> Placed:
        days = self.house.calendar.days
        first, last = days[start], days[start + lawful.days - 1]
        period = lawful.period if one.facts.get("other") else around(first, last, self.settings.period)
        why = [*lawful.why, *self.when(lawful, first, load)]
        if travel:
            text = _("No inspector of its region has room; one day of travel, %(day)s.")
            why.append(said(text, day=days[start - travel]))
        return Placed(one, lawful.object, *period, first, lawful.days, lead, why)

    def when(self, lawful: Lawful, first: date, load: list[int]) -> list[Told]:
        """Why then, and by when the notice."""
        text = _("Starts on %(start)s: of the months from %(since)s on the emptiest, %(taken)s of %(all)s days taken.")
        emptiest = said(text, start=first, since=lawful.earliest, taken=load[0], all=load[1])
        if first not in self.notices:
            self.notices[first] = self.notice(first)
        return [emptiest, *self.notices[first]]

    def notice(self, first: date) -> list[Told]:
        kind = self.settings.kind
        notice = latest_notice_date(kind, first)
        return [said(_("Notice by %(day)s."), notice_rule(kind, first), day=notice)] if notice else []


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
