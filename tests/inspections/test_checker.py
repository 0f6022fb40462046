"""Stored inspections against the independent judge: those that ran through the services are lawful, broken ones are
found, and what the services refuse the judge finds too."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from core.workflow import TransitionRefused
from inspections import services
from inspections.models import ControlPlan, Inspection, InspectionItem, PlanEntry, RiskRow, Subject
from law.calendar import add_working_days, next_working_day
from tests import factories as make
from tests.inspections import world
from tests.inspections.checker import judge_entry, judge_row
from tests.inspections.planning import form, make_population

pytestmark = pytest.mark.django_db
START, DAY = world.START, timedelta(days=1)


def put(row: Inspection, **fields: Any) -> None:
    Inspection.objects.filter(pk=row.pk).update(**fields)


def items(row: Inspection, code: str) -> QuerySet[InspectionItem]:
    return InspectionItem.objects.filter(inspection=row, code=code)


def again(row: Inspection, days: int, **fields: Any) -> None:
    """Another inspection of the subject that ended so many days before the start of this one."""
    other = Inspection.objects.get(pk=row.pk)
    other.pk, other.entry, other.reference = None, None, "IN-2024-00009"
    moment = START - timedelta(days=days)
    other.started_at = other.result_handed_at = other.closed_at = moment
    other.period_from, other.period_to = date(2020, 1, 1), date(2020, 2, 1)
    for name, value in fields.items():
        setattr(other, name, value)
    other.save()


def list_too(row: Inspection) -> None:
    plan = ControlPlan.objects.get(entries=row.entry_id)
    plan.pk, plan.reference, plan.plan = None, "CP-2026-00009", "list_2"
    plan.save()
    other = PlanEntry.objects.get(inspection=row)
    other.pk, other.plan, other.from_on = None, plan, date(2026, 7, 1)
    other.save()


def end_late(row: Inspection) -> None:
    assert row.end_on is not None
    put(row, result_handed_at=START + (row.end_on - START.date() + DAY))


BROKEN: dict[str, tuple[str, Callable[[Inspection], Any]]] = {
    "no place in a plan": ("B1", lambda row: put(row, entry=None)),
    "no subject matter": ("B2", lambda row: put(row, subject_matter="")),
    "notice of thirty days": ("B3", lambda row: put(row, noticed_at=START - 30 * DAY)),
    "no notice": ("B3", lambda row: put(row, noticed_at=None)),
    "an item of no checklist": ("B4", lambda row: items(row, "R2").update(code="X")),
    "a period checked before": ("B4", lambda row: again(row, 900, period_to=date(2025, 3, 1))),
    "two years are not over": ("B5", lambda row: again(row, 730)),
    "another body": ("B7", lambda row: put(row, authority=make.make_authority("nbk"))),
    "registered a day late": ("B8", lambda row: put(row, registered_on=START.date() + DAY)),
    "sixteen working days": ("B9", lambda row: put(row, end_on=add_working_days(START.date(), 15))),
    "result after the last day": ("B19", end_late),
    "nine days to cure": ("B20", lambda row: items(row, "R1").update(cure_by=START.date() + 9 * DAY)),
    "another period in a list": ("B21", list_too),
    "a form that ended": ("B26", lambda row: put(row, kind="visit_control")),
}


def test_a_finished_inspection_has_nothing_against_it_until_a_stored_fact_is_broken() -> None:
    row = world.hand_over(world.make_answered(unmet=("R1",)))
    assert judge_row(row) == set()
    for name, (code, spoil) in BROKEN.items():
        saved = transaction.savepoint()
        spoil(row)
        assert code in judge_row(row), name
        transaction.savepoint_rollback(saved)
    stranger = make.make_user("inspector")
    InspectionItem.objects.filter(inspection=row, code="R1").update(answered_by=stranger)
    assert judge_row(row) == {"B16"}


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("B3", lambda row: put(row, noticed_at=START - 31 * DAY)),
        ("B5", lambda row: again(row, 731)),
        ("B9", lambda row: put(row, end_on=add_working_days(START.date(), 14))),
        ("B20", lambda row: InspectionItem.objects.filter(inspection=row).update(cure_by=START.date() + 10 * DAY)),
    ],
)
def test_the_lawful_neighbour_passes(code: str, spoil: Callable[[Inspection], Any]) -> None:
    row = world.hand_over(world.make_answered(unmet=("R1",)))
    spoil(row)
    assert code not in judge_row(row)


LAWFUL: dict[str, Any] = {"length": 5, "size": "medium", "founded": date(2015, 3, 2), "ended": None, "registered": True}


def wished(rng: random.Random) -> dict[str, Any]:
    """A plan that may be unlawful: notice, length, size, age of the firm, last inspection, registration."""
    served = world.SERVED + rng.randrange(0, 90) * DAY
    start = served + rng.choice([20, 29, 30, 31, 32, 40]) * DAY
    size = rng.choice(["micro", "small", "medium", "large"])
    return {
        "served": served,
        "start": start.replace(hour=10),
        "length": rng.choice([1, 5, 6, 15, 16]),
        "size": size,
        "risk": rng.choice(["high", "medium", "low"]),
        "founded": start.date() - timedelta(days=365 * rng.choice([1, 3, 4, 9])),
        "ended": rng.choice([None, 300, 366, 800, 1200]),
        "unmet": rng.choice([(), ("R1",), ("R2", "R3")]),
        "registered": rng.random() < 0.8,
    }


def run(wish: dict[str, Any], taken: list[Inspection]) -> Inspection:
    """As the services let it be done, from the draft to the result."""
    start, served = wish["start"], wish["served"]
    licence = make.make_miner(kind="mining-licence-2")
    type(licence.organisation).objects.filter(pk=licence.organisation_id).update(registered_on=wish["founded"])
    ended = start.date() - wish["ended"] * DAY if wish["ended"] else None
    licence.organisation.refresh_from_db()
    world.make_subject(licence, size=wish["size"], risk=wish["risk"], last_ended_on=ended)
    first = start.date()
    end = add_working_days(first - DAY, wish["length"])
    row = world.make_inspection(licence=licence, at=served, start_on=first, end_on=end)
    taken.append(row)
    officer, head = row.opened_by, make.make_user("head")
    row = services.serve_notice(row, means="account", actor=officer, at=served)
    row = services.appoint(row, actor=head, at=served)
    if wish["registered"]:
        at = served + DAY
        row = services.register_act(row, number="ERSOP-1", registered_on=at.date(), actor=officer, at=at)
    row = services.start_inspection(row, receipt="taken", actor=world.leader(row), at=start)
    services.answer_items(row, world.entries(row, wish["unmet"]), actor=world.leader(row), at=start)
    return world.hand_over(row, at=start)


def b_codes(refused: TransitionRefused) -> set[str]:
    return {one.code for one in refused.problems if one.code[0] == "B" and one.code[1:].isdigit()}


@pytest.mark.parametrize("seed", range(3))
def test_what_runs_through_the_services_is_lawful_and_what_they_refuse_is_not(seed: int) -> None:
    rng, ran = random.Random(seed), 0
    for turn in range(4):
        taken: list[Inspection] = []
        wish = wished(rng)
        if turn == 0:
            first = wish["served"] + 31 * DAY
            wish |= LAWFUL | {"start": first + (next_working_day(first.date()) - first.date())}
        try:
            row = run(wish, taken)
        except TransitionRefused as refused:
            codes = b_codes(refused)
            if taken and codes:
                assert codes <= judge_row(taken[0], on=wish["start"].date()), wish
            continue
        ran += 1
        assert judge_row(row) == set(), wish
    assert ran


def shuffle(subjects: Any, rng: random.Random) -> None:
    """Sizes, degrees, ages of firms and last inspections by chance, near the edges of the rules for 2027."""
    for subject in subjects:
        founded = date(2027, 1, 1) - timedelta(days=rng.choice([200, 700, 900, 1000, 4000]))
        type(subject.organisation).objects.filter(pk=subject.organisation_id).update(registered_on=founded)
        subject.size = rng.choice(["micro", "small", "medium", "large"])
        subject.risk = rng.choice(["high", "medium", "low"])
        subject.successor = rng.random() < 0.2
        ended = date(2027, 1, 1) - timedelta(days=rng.choice([20, 300, 500, 800, 1000, 1100]))
        subject.last_ended_on = rng.choice([None, ended, ended])
        subject.save()
        RiskRow.objects.filter(subject=subject).update(objective=subject.risk, degree=subject.risk, risk=subject.risk)


@pytest.mark.parametrize(("seed", "mode"), [(1, "automated"), (2, "automated"), (3, "paper")])
def test_no_place_of_a_plan_that_is_formed_has_a_blocker(seed: int, mode: str) -> None:
    rng = random.Random(seed)
    for _number in range(3):
        world.make_inspector()
    run_of = make_population(40)
    shuffle(Subject.objects.select_related("organisation"), rng)
    plan = form(run_of, mode=mode)
    entries = plan.entries.select_related("plan__authority", "subject__organisation", "object")
    found = {entry.subject_id: judge_entry(entry) for entry in entries}
    assert found
    assert {codes for codes in map(frozenset, found.values()) if codes} == set()
