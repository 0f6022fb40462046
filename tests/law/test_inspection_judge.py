"""Blockers against a second opinion: over random facts both find the same."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from law.inspections import Plan, blockers
from law.inspections.acts import ACT_FIELDS
from law.inspections.grounds import CASES, FORBIDDEN
from law.licensing import KINDS
from tests.law.inspection_judge import DAY, judge

FLAG = st.sampled_from([None, None, False, True])


def near(day: date, before: int, after: int) -> st.SearchStrategy[date | None]:
    """No day, or one near another: where it matters the edge is met often."""
    return st.none() | st.integers(-before, after).map(lambda days: day + days * DAY)


GROUNDS = ["1", "2", "2-1", "3", "4", "5", "5-1", "6", "7", "8"]
ITEMS = st.none() | st.frozensets(st.sampled_from("abc"))
TEAM = st.none() | st.frozensets(st.sampled_from("AB"))


def sizes_and_subjects() -> dict[str, Any]:
    return {
        "kind": st.sampled_from(
            ["compliance", "unscheduled", "visit_control", "desk_control", "test_purchase", "investigation"]
        ),
        "kind_of_permit": st.none() | st.sampled_from([*KINDS, *["mining-licence-1", "mining-licence-2"] * 8]),
        "authority": st.sampled_from([None, "maidd", "maidd", "maidd", "nbk", "afsa"]),
        "before_permit": st.sampled_from([None, None, None, None, True]),
        "size": st.sampled_from([None, "micro", "small", "medium", "large"]),
        "risk": st.sampled_from([None, "high", "medium", "low"]),
        "ground": st.none() | st.sampled_from(GROUNDS),
        "case": st.sampled_from([None, None, None, *CASES]),
        "failures": st.none() | st.integers(0, 3),
        "modes": st.none() | st.frozensets(st.sampled_from(["automated", "paper"])),
        "sphere_subjects": st.none() | st.integers(0, 200),
        "sphere_chosen": st.none() | st.integers(0, 11),
        "visits_this_year": st.none() | st.integers(0, 3),
        "act_subjects": st.none() | st.integers(1, 2),
        "act_fields": st.none() | st.just(frozenset(ACT_FIELDS)) | st.frozensets(st.sampled_from(sorted(ACT_FIELDS))),
        "distance_km": st.none() | st.integers(98, 103),
        "officials_named": TEAM,
        "officials_working": TEAM,
        "working_days": st.none() | st.integers(1, 16),
        "extensions": st.none() | st.integers(0, 2),
        "extension_reason": st.none() | st.sampled_from(["foreign", "locating", "laboratory", "workload"]),
        "items_asked": ITEMS,
        "checklist_items": ITEMS,
        "forbidden_acts": st.sampled_from([None, None, frozenset({FORBIDDEN[0].code.rpartition(".")[2]})]),
        "orders": st.none() | st.integers(0, 2),
    }


FLAGS = (
    "outside_competence", "allowed_by_law", "successor", "moratorium", "moratorium_excepted", "listed", "ground_papers",
    "urgent", "anonymous", "automated_system", "notice_wrong", "act_handed", "registered", "extension_registered",
    "originals_taken", "criminal_or_offence_case", "prompt_response", "prompt_response_lawful", "restrictive_measure",
    "registered_investor", "prosecutor_approved",
)  # fmt: skip


def days_around(start: date) -> dict[str, Any]:
    years = st.sampled_from([0, 1, 2, 3]).flatmap(lambda back: near(start - timedelta(days=back * 365), 3, 3))
    end = start + 18 * DAY
    return {
        "start_on": st.sampled_from([None, start, start, start]),
        "firm_registered_on": years,
        "last_ended_on": years,
        "desk_control_on": years,
        "noticed_on": near(start - 31 * DAY, 3, 3) | near(start, 3, 1),
        "registered_on": near(start, 2, 10),
        "joined_on": near(start, 0, 3),
        "joined_told_subject_on": near(start, 0, 3),
        "joined_told_statistics_on": near(start, 0, 3),
        "end_on": near(end, 14, 4),
        "extended_to": near(end + 20 * DAY, 16, 4),
        "extension_act_on": near(end, 5, 3),
        "extension_registered_on": near(end, 5, 3),
        "extension_noticed_on": near(end, 5, 3),
        "result_handed_on": near(end, 5, 5),
        "order_handed_on": near(end, 5, 5),
        "cure_by": near(end + 10 * DAY, 5, 5),
        "period_from": near(start - 400 * DAY, 3, 3),
        "period_to": near(start, 10, 0),
        "complaint_from": near(start - 400 * DAY, 3, 3),
        "complaint_to": near(start, 10, 0),
        "checked_before": st.none() | st.just(((start - 800 * DAY, start - 400 * DAY),)),
        "schedule_from": near(start, 1, 0),
        "schedule_to": near(end, 0, 1),
        "list_from": near(start, 1, 0),
        "list_to": near(end, 0, 1),
    }


def plans(start: date) -> st.SearchStrategy[Plan]:
    return st.builds(Plan, **sizes_and_subjects(), **dict.fromkeys(FLAGS, FLAG), **days_around(start))


EDGES = [date(2023, 4, 1), date(2024, 1, 1), date(2024, 6, 8), date(2025, 8, 31), date(2026, 5, 1), date(2026, 7, 1)]
STARTS = st.dates(date(2023, 3, 25), date(2028, 12, 31)) | st.sampled_from(EDGES).flatmap(
    lambda day: st.integers(-2, 2).map(lambda days: day + days * DAY)
)


# a busy machine draws slowly; that is no fault of the strategy
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(STARTS.flatmap(lambda start: st.tuples(plans(start), near(start, 3, 30).map(lambda on: on or start))))
def test_blockers_agree_with_the_second_opinion(given_: tuple[Plan, date]) -> None:
    plan, on = given_
    assert {one.code for one in blockers(plan, on)} == judge(plan, on)
