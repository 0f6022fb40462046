"""The whole demo in one transaction: all or nothing, and nothing twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from config.demo.agenda import Life, night_after, play
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
    claim,
    identifier_of,
    member_of,
)
from config.demo.inspections_acts import joint_acts
from config.demo.inspections_opening import prepared
from config.demo.inspections_planned import planned
from config.demo.inspections_plans import plan_life, plan_now
from config.demo.inspections_risk import control
from config.demo.inspections_site import on_site
from config.demo.inspections_subject import subject_answers
from config.demo.inspections_visits import visits
from config.demo.machines import machines
from config.demo.market import unlicensed_market
from config.demo.objections import objections
from config.demo.oversight import oversee
from config.demo.people import START
from config.demo.plan import LICENSEES, Plan, desk_plans, licensee_plans, renewal_plan
from config.demo.pools import life_of_pool, pool_plans
from config.demo.reports import reports
from config.demo.sales import sales
from config.demo.screening import screening
from config.demo.stage import FIRM, Stage
from config.demo.story import expected_expiry
from config.demo.trade import trade
from core import services
from core.models import Notification, Organisation
from core.services.publishing import publishing_held
from licensing.models import Application
from licensing.services import expire_licences, lapse_suspensions

CLIENTS = {4, 7, 12, 21, 27, 33, 38}  # licensees whom the law firm represents
NIGHTS = 60  # days before today on whose nights the sweep is told too


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
        acts = play(lives(stage, licensees), until=now)
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


def lives(stage: Stage, licensees: int) -> Iterator[Life]:
    """Every life of the demo; each is a row of moments, and all are told in the order of their days."""
    plans = licensee_plans(licensees, stage.today)
    miner = miner_of(plans)
    yield from (life_of_pool(stage, one) for one in pool_plans(stage.today))
    for number, plan in enumerate(plans):
        yield stage.newcomer(number, plan, member=MINER if number == miner else "", by_firm=number in CLIENTS)
        again = renewal_plan(number, plan.kind, expected_expiry(plan), stage.today)
        if again:
            yield stage.story(again, number, whose=number).life()
    for number, plan in enumerate(desk_plans(stage.today), start=max(licensees, LICENSEES)):
        if plan.question == "open" and plan.kind.endswith("2") and not plan.by_firm:
            yield stage.story(plan, number, whose=miner).life()
        else:
            yield stage.newcomer(number, plan, by_firm=plan.by_firm)
    desk = Desk(
        stage.bodies["maidd"],
        stage.firm,
        stage.people[LAWYER],
        stage.official("officer"),
        stage.official("head2"),
        stage.now,
    )
    yield from (life_of(one, desk) for one in ANSWERS)
    yield nights(stage)
    yield claims(stage)
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
    yield from (life_of_firm(stage, one) for one in firm_plans(stage.today))
    yield trade(stage)
    yield sunset(stage)
    yield duties(stage)
    yield from inspected(stage)


def inspected(stage: Stage) -> Iterator[Life]:
    """Joint acts before what rests on them; visits, inspections, what subjects answer, plans and what they found."""
    yield joint_acts(stage)
    yield visits(stage)
    yield on_site(stage)
    yield prepared(stage)
    yield subject_answers(stage)
    yield plan_life(stage)
    yield from planned(stage)


def nights(stage: Stage) -> Life:
    """The sweep of terms, each night of the last weeks."""
    day = stage.today - timedelta(days=NIGHTS)
    while day < stage.today:
        yield night_after(day)
        services.sweep_duties(at=night_after(day))
        expire_licences(at=night_after(day))
        day += timedelta(days=1)


def claims(stage: Stage) -> Life:
    """Two claims wait for an official to confirm them."""
    at = stage.now - timedelta(days=1)
    yield at
    for number in (801, 802):
        claim(number, form="legal_entity", member=member_of(number, joined=at), at=at)
