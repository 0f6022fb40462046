"""The people of the demo and what is known of them while lives are told in the order of their days."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from config.demo.agenda import Life, working_days_ago
from config.demo.holders import LAWYER, Centre, Holder, claim, confirm, give_power, make_centre, member_of
from config.demo.people import START, make_authorities, make_people
from config.demo.plan import Plan
from config.demo.story import Cast, Facts, Story
from core.models import Authority, User

FIRM = 900  # number of the law firm's name
FORMER_CLIENTS = {2, 5}  # whose power of attorney has run out


class Stage:
    """Makes the people at once, and keeps who holds what while the lives of filings are told."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, timezone.localdate(now)
        self.chance = Random(231)  # noqa: S311  (the same demo every time)
        self.bodies: dict[str, Authority] = make_authorities()
        self.people: dict[str, User] = make_people(self.bodies)
        self.centres: list[Centre] = []
        self.holders: dict[int, Holder] = {}
        self.planned: dict[int, int] = {}  # subjects inspected by the schedule, and who leads there
        claimed = claim(FIRM, form="legal_entity", member=self.people[LAWYER], at=START)
        self.firm = confirm(claimed, registrar=self.official("officer4"), at=START + timedelta(days=1))

    def official(self, name: str) -> User:
        return self.people[f"{name}@maidd.example"]

    def cast(self, number: int) -> Cast:
        names = ("officer", "officer2", "officer", "officer3")
        officer = self.official(names[number % 4])
        second = self.official("officer2" if names[number % 4] != "officer2" else "officer")
        clerk = self.people["officer@energy.example"]
        return Cast(officer, second, self.official("head" if number % 3 else "head2"), self.bodies, clerk)

    def story(self, plan: Plan, number: int, *, whose: int, facts: Facts | None = None) -> Story:
        return Story(plan, self.holders, whose, self.cast(number), number=number, now=self.now, facts=facts)

    def newcomer(self, number: int, plan: Plan, *, member: str = "", by_firm: bool = False) -> Life:
        """An applicant registers some weeks before it files for the first time."""
        first_day = working_days_ago(plan.filed_on, 12 + number % 9)
        at = timezone.make_aware(datetime.combine(first_day, time(11, number % 60)))
        yield at
        person = self.people[member] if member else member_of(number, joined=at)
        own = plan.kind == "mining-licence-1"
        form = "legal_entity" if own or number % 4 else "sole_trader"
        claimed = claim(number, form=form, member=person, at=at)
        unchecked = at > self.now - timedelta(days=25) and number % 3 == 0
        yield at + timedelta(days=1)
        organisation = confirm(
            claimed, registrar=self.official("officer4"), at=at + timedelta(days=1), checked=not unchecked
        )
        if by_firm or number in FORMER_CLIENTS:
            until = date(self.today.year + 1, 12, 31) if by_firm else at.date() + timedelta(days=365)
            yield at + timedelta(days=2)
            give_power(organisation, self.firm, by=person, at=at + timedelta(days=2), until=until)
        centre = make_centre(number, organisation, self.chance) if own or not self.centres else None
        if centre:
            self.centres.append(centre)
        agent = self.people[LAWYER] if by_firm else person
        place = centre or self.chance.choice(self.centres)
        self.holders[number] = Holder(organisation, agent, place, organisation.name_en)
        yield from self.story(plan, number, whose=number).life()
