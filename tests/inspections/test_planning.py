"""Forming plans: the same again, once; by risk; within the room of inspectors and the bounds of the law."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.models import Event, Organisation
from core.services import enter_absence
from core.workflow import TransitionRefused
from inspections.models import ControlObject, ControlPlan, PlanCandidate, PlanEntry, RiskRow, Subject
from inspections.services.plan_rows import digest_of_plan
from inspections.services.planning import choosing, reading
from inspections.services.planning.choosing import choose, digest_of
from inspections.services.planning.facts import Candidate, Going, Placed, Settings, said
from inspections.services.planning.forming import form_again, why_not
from inspections.services.planning.judging import unlawful
from inspections.services.plans import publish_plan
from law.calendar import is_working_day
from law.inspections import Plan, blockers_at, duration_limit
from law.inspections.durations import length
from tests import factories as make
from tests.inspections import world
from tests.inspections.planning import FORMED, form, make_population

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


def codes(refused: Any) -> list[str]:
    return [one.code for one in refused.value.problems]


@pytest.mark.django_db
def test_the_same_forming_gives_the_same_plan_once() -> None:
    world.make_inspector(), world.make_inspector(region="KZ-71")
    run = make_population(9)
    plan = form(run)
    assert (plan.state, plan.chosen, plan.subjects) == ("formed", 9, 9)
    assert form(run, at=FORMED + timedelta(hours=5)) == plan
    assert ControlPlan.objects.count() == 1
    assert form_again(plan) == plan.digest == digest_of_plan(plan)
    event = Event.objects.of(plan).get()
    assert (event.verb, event.data["digest"]) == ("controlplan.form", plan.digest)
    ranks: list[Any] = list(plan.entries.order_by("place").values_list("risk", "points"))
    assert ranks == sorted(ranks, key=lambda one: (("high", "medium", "low").index(one[0]), -one[1]))
    assert len(set(plan.entries.values_list("start_on__month", flat=True))) > 5  # spread over the year
    # What changes later changes nothing of the snapshot.
    Subject.objects.update(size="micro", last_ended_on=date(2026, 11, 1))
    ControlObject.objects.update(region="KZ-79")
    plan.refresh_from_db()
    assert form_again(plan) == plan.digest


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_formed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What dies between two slices leaves nothing; the next forming is whole."""
    world.make_inspector()
    run, system = make_population(8), make.make_system_user()
    monkeypatch.setattr(reading, "SLICE", 3)
    whole, asked = reading._facts, []

    def dies(subjects: list[int], settings: Settings) -> Any:
        asked.append(subjects)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return whole(subjects, settings)

    monkeypatch.setattr(reading, "_facts", dies)
    with pytest.raises(KeyboardInterrupt):
        form(run, actor=system)
    assert (ControlPlan.objects.count(), PlanEntry.objects.count(), PlanCandidate.objects.count()) == (0, 0, 0)
    plan = form(run, actor=system)
    assert form(run, actor=system) == plan
    assert plan.entries.count() == plan.chosen == 8
    assert form_again(plan) == plan.digest
    assert Event.objects.filter(verb="controlplan.form").count() == 1


@pytest.mark.django_db
def test_capacity_and_absences_are_kept() -> None:
    person = world.make_inspector(days_a_month=15)
    away = {"from_on": date(2027, 6, 1), "to_on": date(2027, 8, 31)}
    enter_absence(person, **away, deputy=make.make_user("officer"), actor=person, at=FORMED)
    plan = form(make_population(30))
    rows = list(plan.entries.order_by("start_on"))
    assert 0 < len(rows) < 30
    days: Counter[int] = Counter()
    last = date(2027, 1, 1)
    for row in rows:
        assert row.start_on > last
        day, left = row.start_on, row.working_days
        while left:
            if is_working_day(day):
                assert not away["from_on"] <= day <= away["to_on"]
                days[day.month] += 1
                left, last = left - 1, day
            day += timedelta(days=1)
        assert row.from_on <= row.start_on <= last <= row.to_on
    assert max(days.values()) <= 15
    later = Subject.objects.filter(risk_run=plan.risk_run).exclude(pk__in=[row.subject_id for row in rows])
    assert {why_not(plan, one)[0] for one in later} == {"room"}


@pytest.mark.django_db
def test_inspectors_of_the_region_first_and_a_day_of_travel_for_others() -> None:
    near, far = world.make_inspector(days_a_month=15), world.make_inspector(region="KZ-71", days_a_month=16)
    plan = form(make_population(14))
    own = plan.entries.filter(lead=near)
    assert own.count() >= 10
    travelled = plan.entries.filter(lead=far)
    assert travelled.exists()
    assert all("travel" in row.why[-3]["text"] or "travel" in row.why[-1]["text"] for row in travelled)
    assert not any("travel" in line["text"] for row in own for line in row.why)


@pytest.mark.django_db
def test_without_an_automated_system_the_cap_holds() -> None:
    for _number in range(4):
        world.make_inspector()
    plan = form(make_population(47), mode="paper")
    assert plan.chosen == 2
    left = Subject.objects.order_by("-id").first()
    assert left is not None
    outcome, lines = why_not(plan, left)
    assert outcome == "cap"
    assert lines[0]["ground"]["code"] == "EK-CAP5"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "firm", "outcome"),
    [
        ({"last_ended_on": date(2026, 11, 2)}, {}, "frequency"),
        ({"size": "small"}, {"registered_on": date(2025, 3, 3)}, "holiday"),
        ({"size": ""}, {"registered_on": date(2025, 3, 3)}, "holiday"),
        ({"left_on": date(2026, 10, 1)}, {}, "left"),
    ],
)
def test_who_may_not_be_chosen_and_why(fields: dict[str, Any], firm: dict[str, Any], outcome: str) -> None:
    world.make_inspector()
    run = make_population(3, risk="medium", **fields)
    RiskRow.objects.update(risk="medium")
    Organisation.objects.filter(subjects__isnull=False).update(**firm)
    plan = form(run)
    assert plan.chosen == 0
    assert set(plan.candidates.values_list("outcome", flat=True)) == {outcome}
    subject = Subject.objects.all()[0]
    told, lines = why_not(plan, subject)
    assert told == outcome
    assert lines


@pytest.mark.django_db
def test_the_neighbours_of_these_may_be_chosen() -> None:
    world.make_inspector()
    run = make_population(3, last_ended_on=date(2025, 6, 10), size="small")  # high: free since 11 June 2026
    RiskRow.objects.update(risk="high")
    Organisation.objects.filter(subjects__isnull=False).update(registered_on=date(2024, 3, 2))
    plan = form(run)
    assert plan.chosen == 3
    assert min(plan.entries.values_list("start_on", flat=True)) > date(2027, 3, 2)


@pytest.mark.django_db
def test_not_governed_and_unknown() -> None:
    world.make_inspector()
    run = make_population(3)
    ControlObject.objects.update(kind_of_permit="nbk-exchanger")
    plan = form(run)
    assert set(plan.candidates.values_list("outcome", flat=True)) == {"regime"}
    assert why_not(plan, world.make_subject())[0] == "left"


@pytest.mark.django_db
def test_what_is_under_way_counts_from_its_end() -> None:
    world.make_inspector()
    run = make_population(2)
    subject = Subject.objects.order_by("id").first()
    assert subject is not None
    world.make_entry(subject, start_on=date(2026, 12, 7), from_on=date(2026, 12, 1), to_on=date(2026, 12, 31))
    plan = form(run)
    start = plan.entries.filter(subject=subject).values_list("start_on", flat=True).first()
    assert start is None or start > date(2027, 12, 31)
    assert plan.candidates.get(subject=subject).outcome == "frequency"


@pytest.mark.django_db
def test_what_refuses_a_forming() -> None:
    run = make_population(3)
    with pytest.raises(TransitionRefused) as refused:
        form(run, plan="list_1")
    assert codes(refused) == ["plan-form", "plan-inspectors"]
    world.make_inspector()
    with pytest.raises(TransitionRefused) as refused:
        form(run, at=FORMED.replace(day=25))
    assert codes(refused) == ["plan-late"]
    plan = form(run, at=FORMED.replace(day=24))
    with pytest.raises(TransitionRefused) as refused:
        form(run, mode="paper", at=FORMED.replace(day=24))
    assert codes(refused) == ["two-modes", "plan-there"]
    with pytest.raises(PermissionDenied):
        form(run, actor=make.make_user("auditor"))
    publish_plan(plan, actor=make.make_user("head"), at=FORMED.replace(day=24))
    run.trial = True
    run.save()
    with pytest.raises(TransitionRefused) as refused:
        form(run, year=2028, at=FORMED)
    assert codes(refused) == ["plan-run"]


@pytest.mark.django_db
def test_only_what_is_needed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that is full reads no further slice."""
    world.make_inspector(to_on=date(2027, 1, 31))
    monkeypatch.setattr(reading, "SLICE", 4)
    monkeypatch.setattr("inspections.services.planning.choosing.PATIENCE", 3)
    run = make_population(40)
    with CaptureQueriesContext(connection) as asked:
        plan = form(run)
    assert plan.candidates.count() < 8
    assert sum("inspections_riskrow" in one["sql"] for one in asked) <= 2
    last = Subject.objects.order_by("-id").first()
    assert last is not None
    assert why_not(plan, last)[0] == "room"


FIRM: dict[str, Any] = {
    "size": "micro", "successor": True, "registered_on": "2015-01-01", "left_on": None, "last_ended_on": None,
    "busy": False, "visits": 0, "desk_on": "2023-05-05", "objects": [[1, "mining-data-centre", "KZ-39"]], "other": None,
}  # fmt: skip
SPRING = (date(2024, 1, 1), date(2024, 6, 30))


def offered(count: int, away: tuple[tuple[int, date, date], ...]) -> list[Any]:
    """Visits of the first half-year of 2024, planned for so many firms; preventive control ends on 8 June."""
    settings = Settings(
        authority="maidd", plan="list_1", year=2024, mode="automated", on=date(2023, 11, 20), first=SPRING[0],
        period=SPRING, subjects=count, most=None, absences=away,
        inspectors=(Going(1, "KZ-39", 20, date(2023, 1, 1), None),),
    )  # fmt: skip
    rows = [Candidate(place, place, "high", "50.000", FIRM) for place in range(1, count + 1)]
    found = choose(rows, settings)
    assert digest_of(found) == digest_of(choose(rows, settings))
    return found


def told(one: Placed) -> str:
    return " ".join(str(line["text"]) for line in one.why)


def test_where_the_emptiest_month_is_barred_a_lawful_day_before_it_is_taken() -> None:
    june = ((1, date(2024, 6, 1), date(2024, 6, 9)),)
    found = offered(9, june)
    assert all(isinstance(one, Placed) for one in found)
    assert [one.start_on for one in found[5:]] == [date(2024, 1, day) for day in (10, 17, 24)] + [date(2024, 2, 8)]
    assert found[4].start_on.month == 5
    assert "barred" not in told(found[4])
    assert "2024-06-10, in the emptiest month, is barred." in told(found[5])
    assert "Starts on 2024-01-10: no later day will do, and of those before it is the first." in told(found[5])
    assert any("ground" in line and line["ground"]["code"] == "control.form" for line in found[5].why)


def test_a_barred_day_is_followed_by_the_next_lawful_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule of today bars some days and lets later ones be; a moratorium of some weeks would."""
    ended, real = date(2024, 2, 20), unlawful

    def barring(plan: Plan, on: date) -> list[Any]:
        early = plan.start_on is not None and date(2024, 2, 1) <= plan.start_on < ended
        return [said("A moratorium.")] if early else real(plan, on)

    monkeypatch.setattr(choosing, "unlawful", barring)
    found = offered(2, ())
    assert [one.start_on for one in found] == [date(2024, 1, 3), ended]
    assert "2024-02-01, in the emptiest month, is barred. A moratorium. Starts on 2024-02-20: the next day" in told(
        found[1]
    )
    monkeypatch.setattr(choosing, "unlawful", lambda plan, on: [said("Never.")])
    assert [one.outcome for one in offered(2, ())] == ["blocked", "blocked"]


DAYS = st.dates(date(2019, 1, 1), date(2026, 11, 30))
FACTS = st.fixed_dictionaries(
    {
        "size": st.sampled_from(["", "micro", "small", "medium", "large"]),
        "successor": st.booleans(),
        "registered_on": st.none() | DAYS.map(date.isoformat),
        "left_on": st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat),
        "last_ended_on": st.none() | st.dates(date(2023, 1, 1), date(2027, 3, 31)).map(date.isoformat),
        "busy": st.booleans(),
        "visits": st.just(0),
        "desk_on": st.none(),
        "objects": st.lists(
            st.tuples(
                st.integers(1, 99),
                st.sampled_from(["mining-licence-1", "mining-licence-2", "mining-data-centre", "nbk-exchanger"]),
                st.sampled_from(["", "KZ-39", "KZ-71"]),
            ).map(list),
            max_size=2,
        ),
        "other": st.none(),
    }
)
PEOPLE = st.lists(
    st.tuples(st.sampled_from(["KZ-39", "KZ-71"]), st.integers(1, 23), st.dates(*YEAR)), min_size=1, max_size=4
)


@hypothesis_settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=PEOPLE,
    away=st.lists(st.tuples(st.integers(0, 3), st.dates(*YEAR), st.integers(0, 90)), max_size=5),
    rows=st.lists(st.tuples(st.sampled_from(["high", "medium", "low"]), FACTS), max_size=12),
    first=st.dates(date(2026, 12, 20), date(2027, 6, 1)),
)
def test_no_entry_of_any_plan_has_a_blocker(people: Any, away: Any, rows: Any, first: date) -> None:
    """Over random firms, inspectors and absences: what is planned is lawful, whole, once, and the same again."""
    settings = Settings(
        authority="maidd", plan="schedule", year=2027, mode="automated", on=date(2026, 11, 20), first=first,
        period=YEAR, subjects=len(rows), most=None,
        inspectors=tuple(
            Going(number, region, days, date(2026, 1, 1), until) for number, (region, days, until) in enumerate(people)
        ),
        absences=tuple((who, day, day + timedelta(days=span)) for who, day, span in away),
    )  # fmt: skip
    given = [Candidate(place, place, risk, "50.000", facts) for place, (risk, facts) in enumerate(rows, 1)]
    found = choose(given, settings)
    assert digest_of(found) == digest_of(choose(given, settings))
    taken: dict[int, list[tuple[date, date]]] = {}
    for one in found:
        if not isinstance(one, Placed):
            assert one.outcome != "blocked", one
            continue
        facts = one.candidate.facts
        kind = next(kind for pk, kind, _region in facts["objects"] if pk == one.object)
        plan = Plan(
            kind="compliance", kind_of_permit=kind, authority="maidd", size=facts["size"] or None,
            risk=one.candidate.risk, listed=True, successor=facts["successor"], automated_system=True,
            firm_registered_on=facts["registered_on"] and date.fromisoformat(facts["registered_on"]),
            last_ended_on=facts["last_ended_on"] and date.fromisoformat(facts["last_ended_on"]),
            schedule_from=one.from_on, schedule_to=one.to_on, start_on=one.start_on, working_days=one.working_days,
        )  # fmt: skip
        assert not blockers_at("plan", plan, settings.on)
        assert is_working_day(one.start_on)
        assert first <= one.start_on
        assert one.from_on <= one.start_on <= one.to_on
        assert one.working_days <= duration_limit(facts["size"] or "micro", "compliance", one.start_on)[0] or (
            kind == "mining-licence-1"
        )
        end = one.start_on
        while length(one.start_on, end) < one.working_days:
            end += timedelta(days=1)
        assert end <= one.to_on <= YEAR[1]
        assert end <= people[one.lead][2]
        for begin, until in taken.get(one.lead, []):
            assert until < one.start_on or end < begin
        for who, day, span in away:
            assert who != one.lead or day + timedelta(days=span) < one.start_on or end < day
        taken.setdefault(one.lead, []).append((one.start_on, end))
