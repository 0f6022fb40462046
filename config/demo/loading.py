"""The whole demo in one transaction: all or nothing, and nothing twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from config.demo.agenda import Life, night_after, play, working_days_ago
from config.demo.answers import ANSWERS, Desk, life_of, reliance
from config.demo.appeals import appeals
from config.demo.bank import fill_bank, propose_version
from config.demo.centres import centres
from config.demo.desks import share_work
from config.demo.duties import duties
from config.demo.figures import jobs, world
from config.demo.firm_desk import firm_desk
from config.demo.firms import firm_plans, life_of_firm, sunset
from config.demo.holders import (
    LAWYER,
    MINER,
    Centre,
    Holder,
    claim,
    confirm,
    give_power,
    identifier_of,
    make_centre,
    member_of,
)
from config.demo.inspections_acts import joint_acts
from config.demo.inspections_opening import prepared
from config.demo.inspections_plans import plan_life, plan_now
from config.demo.inspections_risk import control
from config.demo.inspections_site import on_site
from config.demo.inspections_subject import subject_answers
from config.demo.inspections_visits import visits
from config.demo.machines import machines
from config.demo.market import unlicensed_market
from config.demo.objections import objections
from config.demo.oversight import oversee
from config.demo.people import START, make_authorities, make_people
from config.demo.plan import LICENSEES, Plan, desk_plans, licensee_plans, renewal_plan
from config.demo.pools import life_of_pool, pool_plans
from config.demo.reports import reports
from config.demo.sales import sales
from config.demo.screening import screening
from config.demo.story import Cast, Facts, Story, expected_expiry
from config.demo.trade import trade
from core import services
from core.models import Authority, Notification, Organisation, User
from core.services.publishing import publishing_held
from licensing.models import Application
from licensing.services import expire_licences, lapse_suspensions

CLIENTS = {4, 7, 12, 21, 27, 33, 38}  # licensees whom the law firm represents
FORMER_CLIENTS = {2, 5}  # whose power of attorney has run out
NIGHTS = 60  # days before today on whose nights the sweep is told too
FIRM = 900  # number of the law firm's name


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many moments were told, and how many filings came of them."""

    acts: int
    applications: int


def load(*, now: datetime, licensees: int = LICENSEES) -> Loaded | None:
    """Fill the database; None when it holds applications or organisations already.

    Mails of the past count as sent when they were written: nobody gets the history of years into the mailbox.
    """
    with publishing_held(), transaction.atomic():
        if Application.objects.exists() or Organisation.objects.exists():
            return None
        stage = Stage(now)
        last = fill_bank(stage.people, stage.bodies, at=START + timedelta(days=2))
        acts = play(stage.lives(licensees), until=now)
        propose_version(last, stage.people, now=now)
        oversee(stage.people, stage.bodies, now=now)
        unlicensed_market(stage.people, stage.bodies, now=now)
        screening(stage.people, stage.bodies, now=now)
        control(stage.people, now=now)
        plan_now(stage.people, now=now)
        services.sweep_duties(at=now)
        lapse_suspensions(at=now)
        expire_licences(at=now)
        share_work(stage.people, now=now)
        Notification.objects.unsent().filter(created_at__lte=now).update(sent_at=F("created_at"), attempts=1)
        old = now - timedelta(days=14)
        Notification.objects.filter(channel=Notification.INBOX, created_at__lt=old).update(read_at=F("created_at"))
    services.seal_events(at=now)
    return Loaded(acts, Application.objects.count())


def miner_of(plans: Sequence[Plan]) -> int:
    """The applicant whose log-in is told: one of those in the middle who own their centre."""
    return next((i for i in range(len(plans) * 2 // 5, len(plans)) if plans[i].kind.endswith("1")), 0)


def signers(licensees: int, today: date) -> dict[str, tuple[str, str]]:
    """Who gets a test certificate: the applicant and the lawyer of the log-ins, each an invented IIN and the BIN."""
    numbers = {"applicant": miner_of(licensee_plans(licensees, today)), "lawyer": FIRM}
    return {
        name: (identifier_of(number, "sole_trader"), identifier_of(number, "legal_entity"))
        for name, number in numbers.items()
    }


class Stage:
    """Makes the people at once, then tells the lives of filings in the order of their days."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, timezone.localdate(now)
        self.chance = Random(231)  # noqa: S311  (the same demo every time)
        self.bodies: dict[str, Authority] = make_authorities()
        self.people: dict[str, User] = make_people(self.bodies)
        self.centres: list[Centre] = []
        self.holders: dict[int, Holder] = {}
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

    def lives(self, licensees: int) -> Iterator[Life]:
        plans = licensee_plans(licensees, self.today)
        miner = miner_of(plans)
        yield from (life_of_pool(self, one) for one in pool_plans(self.today))
        for number, plan in enumerate(plans):
            yield self.newcomer(number, plan, member=MINER if number == miner else "", by_firm=number in CLIENTS)
            again = renewal_plan(number, plan.kind, expected_expiry(plan), self.today)
            if again:
                yield self.story(again, number, whose=number).life()
        for number, plan in enumerate(desk_plans(self.today), start=max(licensees, LICENSEES)):
            if plan.question == "open" and plan.kind.endswith("2") and not plan.by_firm:
                yield self.story(plan, number, whose=miner).life()
            else:
                yield self.newcomer(number, plan, by_firm=plan.by_firm)
        desk = Desk(
            self.bodies["maidd"],
            self.firm,
            self.people[LAWYER],
            self.official("officer"),
            self.official("head2"),
            self.now,
        )
        yield from (life_of(one, desk) for one in ANSWERS)
        yield self.nights()
        yield self.claims()
        yield reliance(desk)
        yield objections(desk)
        yield appeals(desk)
        yield centres(desk)
        yield sales(desk)
        yield machines(desk)
        yield reports(desk)
        yield world(desk)
        yield jobs(desk)
        yield firm_desk(desk)
        yield from (life_of_firm(self, one) for one in firm_plans(self.today))
        yield trade(self)
        yield sunset(self)
        yield duties(self)
        yield from self.inspected()

    def inspected(self) -> Iterator[Life]:
        """Joint acts before what rests on them; then visits, inspections, what subjects answer, plans."""
        yield joint_acts(self)
        yield visits(self)
        yield on_site(self)
        yield prepared(self)
        yield subject_answers(self)
        yield plan_life(self)

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

    def nights(self) -> Life:
        """The sweep of terms, each night of the last weeks."""
        day = self.today - timedelta(days=NIGHTS)
        while day < self.today:
            yield night_after(day)
            services.sweep_duties(at=night_after(day))
            expire_licences(at=night_after(day))
            day += timedelta(days=1)

    def claims(self) -> Life:
        """Two claims wait for an official to confirm them."""
        at = self.now - timedelta(days=1)
        yield at
        for number in (801, 802):
            claim(number, form="legal_entity", member=member_of(number, joined=at), at=at)
