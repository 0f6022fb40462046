"""Random lives through the services: what is lawful runs and is found lawful afterwards by the independent judge; what
is not is stopped at its step, whatever else is right."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.services import sweep_duties
from inspections import services
from inspections.models import ControlPlan, Inspection
from law.calendar import is_working_day
from law.inspections import blockers
from tests import factories as make
from tests.inspections import world
from tests.inspections.checker import judge_row
from tests.inspections.lives import DAY, Life, later_by_years, moment, place, some_life
from tests.inspections.stages import appointed_with, draft, first_notice, live, run

pytestmark = pytest.mark.django_db


UNMET = [(), ("R1",), ("R2", "R3")]


@pytest.mark.parametrize("seed", range(8))
def test_lives_of_unscheduled_inspections(seed: int) -> None:
    rng = random.Random(seed)
    life = some_life(rng, "unscheduled")
    live(life, rng.choice(UNMET))
    assert len(life.stopped) > 15


@pytest.mark.parametrize("seed", range(5))
def test_lives_of_planned_inspections_twice_over(seed: int) -> None:
    """The next one comes as soon as the frequency lets it; afterwards both are lawful, each by its own facts."""
    rng = random.Random(100 + seed)
    life = some_life(rng, "compliance")
    served = first_notice(life)
    draft(life, served)
    life.agrees(served)
    if life.thing.kind_of_permit != "mining-licence-1":  # those are never small
        code = "B22" if life.day < date(2024, 1, 1) else "B11"
        life.tries("small in its third year", lambda: served_to_young(life, served), code)
    row = run(life, served, rng.choice(UNMET))
    assert judge_row(row) == set()
    years = {"high": 1, "medium": 2, "low": 3}[row.risk]
    ended = timezone.localdate(row.result_handed_at)
    start = later_by_years(ended, years)
    while not is_working_day(start):
        start += DAY
    entry = place(rng, life.thing, start, "schedule")
    life.thing.subject.refresh_from_db()
    again = Life(rng, "compliance", life.thing, moment(start), {"period_from": ended + DAY}, entry)
    served = first_notice(again)
    draft(again, served)
    again.agrees(served)
    early = later_by_years(ended, years) - DAY
    again.tries("sooner than its degree allows", lambda: appointed_with(again, served, start_on=early), "B5")
    period = {"period_from": row.period_to, "checklist": row.checklist}
    again.tries("a period checked before", lambda: appointed_with(again, served, **period), "B4")
    run(again, served, rng.choice(UNMET))
    assert judge_row(row) == judge_row(again.row) == set()
    assert blockers(row.plan(ended), ended) == []


def desk(life: Life, day: date) -> None:
    """A desk control of the subject that ended on a day, as the time before the program left it."""
    at, thing = moment(day), life.thing
    Inspection.objects.create(
        reference=f"IN-{day.year}-00900",
        authority=thing.subject.authority,
        organisation=thing.subject.organisation,
        subject=thing.subject,
        object=thing,
        kind="desk_control",
        kind_of_permit=thing.kind_of_permit,
        act_number="D-1",
        act_signed_by=life.head,
        act_signed_at=at,
        receipt="taken",
        result_number="D-2",
        started_at=at,
        result_handed_at=at,
        closed_at=at,
        created_at=at,
        opened_by=life.officer,
        state="closed",
    )


@pytest.mark.parametrize("seed", range(3))
def test_lives_of_visits_while_preventive_control_was_lawful(seed: int) -> None:
    rng = random.Random(200 + seed)
    life = some_life(rng, "visit_control")
    served, subject = first_notice(life), life.thing.subject
    assert life.entry is not None
    plan = life.entry.plan
    draft(life, served)
    life.agrees(served)
    life.tries("no desk control", lambda: served_as(life, served), "B10")
    desk(life, date(2023, rng.randrange(7, 12), 9))
    life.tries("low risk", lambda: served_as(life, served, risk="low"), "B12")
    life.tries("over five per cent", lambda: served_of(life, served, plan, mode="paper", subjects=100, chosen=6), "B13")
    life.tries("in no published list", lambda: served_of(life, served, plan, state="replaced"), "B1")
    scheduled = place(rng, life.thing, life.day, "schedule")
    assert (scheduled.from_on, scheduled.to_on) != (life.entry.from_on, life.entry.to_on)
    life.agrees(served)
    life.tries("another period in the schedule", lambda: served_as(life, served), "B21")
    scheduled.to_on = life.entry.to_on
    scheduled.save()
    run(life, served, rng.choice(UNMET))
    assert judge_row(life.row) == set()
    subject.refresh_from_db()
    assert subject.last_ended_on is None or subject.last_ended_on < life.day  # a visit is no compliance inspection


def served_as(life: Life, at: datetime, **changes: Any) -> None:
    """The notice served where the row is another."""
    Inspection.objects.filter(pk=life.row.pk).update(**changes or {"method": "site"})
    row = Inspection.objects.get(pk=life.row.pk)
    services.serve_notice(row, means="hand", noticed_at=at, actor=life.officer, at=at)


def served_to_young(life: Life, at: datetime) -> None:
    """The notice served to a small firm on the last day on which it is left alone."""
    firm, day = life.thing.subject.organisation, life.day
    type(firm).objects.filter(pk=firm.pk).update(registered_on=day.replace(year=day.year - 3))
    type(life.thing.subject).objects.filter(pk=life.thing.subject_id).update(successor=False)
    served_as(life, at, size="small")


def served_of(life: Life, at: datetime, plan: ControlPlan, **changes: Any) -> None:
    """The notice served where the plan is another."""
    ControlPlan.objects.filter(pk=plan.pk).update(**changes)
    served_as(life, at)


@pytest.mark.parametrize("seed", range(2))
def test_lives_of_follow_ups(seed: int) -> None:
    """A check of an order comes after two failures, as an inspection of its own; that of the first is still lawful."""
    rng = random.Random(300 + seed)
    life = some_life(rng, "unscheduled")
    row = live(life, ("R1",))
    assert row.cure_by is not None
    judge: dict[str, Any] = {"closing": "No meters.", "actor": life.head}
    early = moment(row.cure_by)
    life.tries("judged in the term", lambda: services.find_uncured(row, at=early, **judge), "cure-running")
    passed = moment(row.cure_by + DAY)
    sweep_duties(at=passed)
    life.row.refresh_from_db()
    life.tries("checked after one failure", lambda: checked(life, passed, judge), "first-failure")
    services.send_reminder(life.row, answer_by=passed.date() + 7 * DAY, actor=life.officer, at=passed)
    silent = passed + 8 * DAY
    sweep_duties(at=silent)
    life.row.refresh_from_db()
    found = checked(life, silent, judge)
    again = follow(life, found, silent)
    served = first_notice(again)
    run(again, served, ())
    assert judge_row(life.row) == judge_row(again.row) == set()


def checked(life: Life, at: datetime, judge: dict[str, Any]) -> Inspection:
    row = services.find_uncured(life.row, at=at, **judge)
    return services.open_follow_up(row, actor=life.officer, at=at)


def follow(life: Life, row: Inspection, opened: datetime) -> Life:
    """The check as a life of its own, whole but for its notice."""
    start = opened.date() + 3 * DAY
    while not is_working_day(start):
        start += DAY
    again = Life(life.rng, "unscheduled", life.thing, moment(start, 12), {}, None, life.officer)
    values = {"start_on": start, "end_on": again.last_day(life.rng.choice([1, again.number(again.code)]))}
    row = services.edit_inspection(row, values=values, actor=life.officer, at=opened)
    team = [services.Named(world.make_inspector(), "Chief expert", leads=True)]
    services.keep_ground(row, make.paper(), actor=life.officer, at=opened)
    again.row = services.set_team(row, team, actor=life.officer, at=opened)
    again.start = max(again.start, opened + timedelta(hours=24))
    return again
