"""Blockers: each code by a plan with that fault alone, silent on its lawful neighbour and on lawful plans."""

import re
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import add_working_days, is_working_day
from law.exchanges.codes import AUTHORITIES
from law.inspections import STEPS, TITLES, Kind, Plan, Risk, Size, blockers, blockers_at, doubts, window
from law.inspections.acts import ACT_FIELDS
from law.inspections.durations import last_day
from law.inspections.windows import latest_extension

DAY = timedelta(days=1)
ALMATY = timezone(timedelta(hours=5))
FIELDS = frozenset(ACT_FIELDS)
TEAM = frozenset({"A", "B"})


def day(text: str) -> date:
    return date.fromisoformat(text)


# A compliance inspection of a small miner, done to its end: noticed 31 days before a Monday, 15 working days long.
DONE: dict[str, Any] = {
    "kind": "compliance",
    "kind_of_permit": "mining-licence-2",
    "authority": "maidd",
    "size": "small",
    "risk": "medium",
    "firm_registered_on": day("2023-01-31"),
    "listed": True,
    "last_ended_on": day("2024-02-01"),
    "automated_system": False,
    "sphere_subjects": 100,
    "sphere_chosen": 5,
    "schedule_from": day("2026-02-02"),
    "schedule_to": day("2026-02-27"),
    "modes": frozenset({"paper"}),
    "noticed_on": day("2026-01-02"),
    "act_fields": FIELDS,
    "act_subjects": 1,
    "act_handed": True,
    "registered": True,
    "registered_on": day("2026-02-02"),
    "officials_named": TEAM,
    "officials_working": TEAM,
    "start_on": day("2026-02-02"),
    "end_on": day("2026-02-20"),
    "period_from": day("2024-02-01"),
    "period_to": day("2026-01-31"),
    "checked_before": ((day("2023-01-01"), day("2024-01-31")),),
    "items_asked": frozenset({"1", "2"}),
    "checklist_items": frozenset({"1", "2", "3"}),
    "result_handed_on": day("2026-02-20"),
    "orders": 1,
    "cure_by": day("2026-03-02"),
}
COMPLIANCE = Plan(**DONE)
# An unscheduled one on a request of a state body, noticed the day before, 10 working days long.
UNSCHEDULED = replace(
    COMPLIANCE,
    kind="unscheduled",
    listed=None,
    ground="5",
    ground_papers=True,
    noticed_on=day("2026-02-01"),
    end_on=day("2026-02-13"),
    result_handed_on=day("2026-02-13"),
)
COMPLAINT = replace(
    UNSCHEDULED,
    ground="3",
    noticed_on=None,
    complaint_from=day("2024-02-01"),
    complaint_to=day("2026-01-31"),
)
# A visit of 2024, while the law of the sphere had them, after desk control of 2023.
VISIT = Plan(
    kind="visit_control",
    kind_of_permit="mining-licence-1",
    authority="maidd",
    size="large",
    risk="high",
    listed=True,
    visits_this_year=1,
    desk_control_on=day("2023-12-31"),
    noticed_on=day("2024-05-07"),
    act_fields=FIELDS,
    act_handed=True,
    registered=True,
    start_on=day("2024-06-07"),
    end_on=day("2024-06-27"),
    list_from=day("2024-06-03"),
    list_to=day("2024-06-28"),
)
DESK = Plan(kind="desk_control", kind_of_permit="mining-licence-2", start_on=day("2024-06-07"))
LAWFUL = {
    "compliance": COMPLIANCE,
    "unscheduled": UNSCHEDULED,
    "complaint": COMPLAINT,
    "visit": VISIT,
    "desk": DESK,
}
LATER = day("2026-12-01")
EXTENDED = {
    "extensions": 1,
    "extended_to": day("2026-03-16"),  # 15 working days on, over Women's Day
    "extension_reason": "laboratory",
    "extension_registered": True,
    "extension_act_on": day("2026-02-20"),
    "extension_noticed_on": day("2026-02-20"),
    "result_handed_on": day("2026-03-16"),
    "cure_by": day("2026-03-27"),
}


def codes(plan: Plan, on: date = LATER) -> set[str]:
    return {one.code for one in blockers(plan, on)}


@pytest.mark.parametrize("name", LAWFUL)
def test_a_lawful_plan_has_no_blocker(name: str) -> None:
    assert blockers(LAWFUL[name], LATER) == []
    for step in STEPS:
        assert blockers_at(step, LAWFUL[name], LATER) == []


#: (code, lawful plan, what makes it unlawful, what makes its neighbour lawful)
FAULTS: list[tuple[str, Plan, dict[str, Any], dict[str, Any]]] = [
    ("B1", COMPLIANCE, {"listed": False}, {"listed": True}),
    ("B1", COMPLIANCE, {"listed": None}, {"listed": True}),
    ("B1", VISIT, {"listed": None}, {}),
    ("B1", UNSCHEDULED, {"ground": None}, {"ground": "6"}),
    ("B1", UNSCHEDULED, {"ground_papers": None}, {"ground": "1"}),
    ("B1", UNSCHEDULED, {"ground": "5-1"}, {"ground": "4", "noticed_on": None}),
    ("B1", UNSCHEDULED, {"ground": "5-2"}, {"ground": "7", "noticed_on": None}),
    ("B1", UNSCHEDULED, {"ground": "2", "failures": 1}, {"ground": "2", "failures": 2}),
    ("B1", UNSCHEDULED, {"ground": "2", "failures": 0}, {"ground": "2"}),
    ("B2", COMPLIANCE, {"act_fields": None}, {"act_fields": FIELDS}),
    ("B2", COMPLIANCE, {"act_fields": FIELDS - {"period"}}, {"act_fields": FIELDS - {"experts"}}),
    ("B2", COMPLIANCE, {"act_fields": FIELDS - {"receipt"}}, {"act_fields": FIELDS - {"receipt"}, "act_handed": None}),
    ("B3", COMPLIANCE, {"noticed_on": day("2026-01-03")}, {"noticed_on": day("2026-01-02")}),
    ("B3", COMPLIANCE, {"noticed_on": None}, {"noticed_on": day("2025-12-31")}),
    ("B3", COMPLIANCE, {"notice_wrong": True}, {"notice_wrong": False}),
    ("B3", VISIT, {"noticed_on": day("2024-05-08")}, {}),
    ("B3", UNSCHEDULED, {"noticed_on": day("2026-02-02")}, {"noticed_on": day("2026-02-01")}),
    ("B3", UNSCHEDULED, {"noticed_on": None}, {"noticed_on": None, "case": "144(10)"}),
    (
        "B3",
        UNSCHEDULED,
        {
            "noticed_at": datetime(2026, 2, 1, 10, 0, 1, tzinfo=ALMATY),
            "start_at": datetime(2026, 2, 2, 10, 0, 0, tzinfo=ALMATY),
        },
        {
            "noticed_at": datetime(2026, 2, 1, 10, 0, 0, tzinfo=ALMATY),
            "start_at": datetime(2026, 2, 2, 10, 0, 0, tzinfo=ALMATY),
        },
    ),
    ("B4", COMPLIANCE, {"items_asked": {"1", "9"}}, {"items_asked": {"3"}}),
    ("B4", COMPLIANCE, {"checked_before": ((day("2023-01-01"), day("2024-02-01")),)}, {}),
    (
        "B4",
        replace(UNSCHEDULED, ground="1", checked_before=()),
        {"checked_before": ((day("2026-01-31"), day("2026-01-31")),)},
        {"checked_before": ((day("2026-01-31"), day("2026-01-31")),), "ground": "2-1"},
    ),
    (
        "B4",
        replace(UNSCHEDULED, ground="2"),
        {"checked_before": ((day("2025-01-01"), day("2025-01-31")),)},
        {"checked_before": ((day("2025-01-01"), day("2025-01-31")),), "ground": "5"},
    ),
    ("B4", COMPLIANCE, {"forbidden_acts": {"disclosure"}}, {"forbidden_acts": set()}),
    ("B5", COMPLIANCE, {"last_ended_on": day("2024-02-02")}, {"last_ended_on": None}),
    ("B5", COMPLIANCE, {"risk": "low"}, {"risk": "low", "last_ended_on": day("2023-02-01")}),
    ("B5", VISIT, {"visits_this_year": 2}, {"visits_this_year": 0}),
    ("B6", COMPLIANCE, {"act_handed": False}, {"act_handed": None}),
    ("B7", COMPLIANCE, {"authority": "nbk"}, {"authority": None}),
    ("B7", COMPLIANCE, {"outside_competence": True}, {"outside_competence": False}),
    ("B8", COMPLIANCE, {"registered_on": day("2026-02-03")}, {"registered_on": day("2026-01-30")}),
    ("B8", COMPLIANCE, {"registered": False, "registered_on": None}, {"registered": None, "registered_on": None}),
    (
        "B8",
        COMPLIANCE,
        {"registered_on": day("2026-02-04"), "urgent": True},
        {"registered_on": day("2026-02-03"), "urgent": True},
    ),
    (
        "B8",
        COMPLIANCE,
        {"registered_on": day("2026-02-10"), "distance_km": 101},
        {"registered_on": day("2026-02-09"), "distance_km": 101},
    ),
    ("B8", COMPLIANCE, {"registered_on": day("2026-02-03"), "distance_km": 100}, {"distance_km": 100}),
    ("B9", COMPLIANCE, {"end_on": day("2026-02-23")}, {"end_on": day("2026-02-20")}),
    ("B9", COMPLIANCE, {"end_on": None, "working_days": 16}, {"end_on": None, "working_days": 15}),
    (
        "B9",
        COMPLIANCE,
        {"size": "micro"},
        {"size": "micro", "end_on": day("2026-02-06"), "result_handed_on": day("2026-02-06")},
    ),
    ("B9", UNSCHEDULED, {"end_on": day("2026-02-16")}, {"size": None}),
    ("B9", COMPLIANCE, EXTENDED | {"extended_to": day("2026-03-17")}, EXTENDED),
    ("B10", VISIT, {"desk_control_on": day("2024-01-01")}, {"desk_control_on": day("2023-01-01")}),
    ("B10", VISIT, {"desk_control_on": None}, {}),
    ("B10", VISIT, {"desk_control_on": day("2022-12-31")}, {}),
    ("B11", COMPLIANCE, {"firm_registered_on": day("2023-02-02")}, {"firm_registered_on": day("2023-02-01")}),
    (
        "B11",
        COMPLIANCE,
        {"firm_registered_on": day("2025-06-01")},
        {"firm_registered_on": day("2025-06-01"), "successor": True},
    ),
    (
        "B11",
        COMPLIANCE,
        {"firm_registered_on": day("2025-06-01")},
        {"firm_registered_on": day("2025-06-01"), "size": "medium"},
    ),
    (
        "B11",
        COMPLIANCE,
        {"firm_registered_on": day("2025-06-01")},
        {"firm_registered_on": day("2025-06-01"), "kind_of_permit": "mining-licence-1"},
    ),
    ("B12", VISIT, {"risk": "low"}, {"risk": "medium"}),
    ("B13", COMPLIANCE, {"sphere_chosen": 6}, {"sphere_chosen": 6, "automated_system": True}),
    ("B13", COMPLIANCE, {"sphere_chosen": 6, "automated_system": None}, {"sphere_chosen": None}),
    ("B14", COMPLAINT, {"anonymous": True}, {"anonymous": False}),
    ("B15", COMPLIANCE, {"act_subjects": 2}, {"act_subjects": None}),
    ("B16", COMPLIANCE, {"officials_working": {"A", "C"}}, {"officials_working": {"A"}}),
    (
        "B16",
        COMPLIANCE,
        {"joined_on": day("2026-02-10"), "joined_told_subject_on": day("2026-02-10")},
        {
            "joined_on": day("2026-02-10"),
            "joined_told_subject_on": day("2026-02-10"),
            "joined_told_statistics_on": day("2026-02-09"),
        },
    ),
    (
        "B16",
        COMPLIANCE,
        {
            "joined_on": day("2026-02-10"),
            "joined_told_subject_on": day("2026-02-11"),
            "joined_told_statistics_on": day("2026-02-10"),
        },
        {},
    ),
    ("B17", COMPLIANCE, EXTENDED | {"extensions": 2}, EXTENDED),
    ("B17", COMPLIANCE, EXTENDED | {"extension_reason": None}, EXTENDED | {"extension_reason": "foreign"}),
    ("B17", COMPLIANCE, EXTENDED | {"extension_reason": "workload"}, EXTENDED),
    ("B17", COMPLIANCE, EXTENDED | {"extension_registered": False}, EXTENDED | {"extension_registered": None}),
    (
        "B17",
        COMPLIANCE,
        EXTENDED | {"extension_act_on": day("2026-02-21")},
        EXTENDED | {"extension_act_on": day("2026-02-19")},
    ),
    (
        "B17",
        COMPLIANCE,
        EXTENDED | {"extension_registered_on": day("2026-02-21")},
        EXTENDED | {"extension_registered_on": day("2026-02-20")},
    ),
    (
        "B17",
        COMPLIANCE,
        EXTENDED | {"extension_noticed_on": day("2026-02-21")},
        EXTENDED | {"extension_noticed_on": day("2026-02-21"), "extension_reason": "locating"},
    ),
    ("B18", COMPLAINT, {"period_from": day("2024-01-31")}, {"period_from": day("2025-01-01")}),
    ("B18", COMPLAINT, {"period_to": day("2026-02-01")}, {"period_to": day("2026-02-01"), "ground": "4"}),
    (
        "B19",
        COMPLIANCE,
        {"result_handed_on": day("2026-02-21"), "cure_by": day("2026-03-03")},
        {"result_handed_on": day("2026-02-19")},
    ),
    ("B19", COMPLIANCE, EXTENDED | {"result_handed_on": day("2026-03-17")}, EXTENDED),
    ("B20", COMPLIANCE, {"cure_by": day("2026-03-01")}, {"cure_by": day("2026-03-02")}),
    ("B20", COMPLIANCE, {"order_handed_on": day("2026-02-21")}, {"order_handed_on": day("2026-02-20")}),
    ("B20", COMPLIANCE, {"orders": 2}, {"orders": 0}),
    (
        "B21",
        COMPLIANCE,
        {"list_from": day("2026-02-09"), "list_to": day("2026-02-27")},
        {"list_from": day("2026-02-02"), "list_to": day("2026-02-27")},
    ),
    ("B21", COMPLIANCE, {"list_from": day("2026-05-04"), "list_to": day("2026-05-29")}, {}),
    ("B21", COMPLIANCE, {"modes": {"paper", "automated"}}, {"modes": {"automated"}}),
    ("B22", COMPLIANCE, {"moratorium": True}, {"moratorium": True, "moratorium_excepted": True}),
    (
        "B23",
        Plan(start_on=day("2026-02-02")),
        {"kind": "investigation"},
        {"kind": "investigation", "allowed_by_law": True},
    ),
    (
        "B23",
        Plan(start_on=day("2026-02-02")),
        {"kind": "test_purchase"},
        {"kind": "test_purchase", "allowed_by_law": True},
    ),
    ("B24", COMPLIANCE, {"prompt_response": True}, {"prompt_response": True, "prompt_response_lawful": True}),
    (
        "B24",
        COMPLIANCE,
        {"restrictive_measure": True, "registered_investor": True},
        {"restrictive_measure": True, "registered_investor": True, "prosecutor_approved": True},
    ),
    (
        "B24",
        COMPLIANCE,
        {"restrictive_measure": True, "registered_investor": True},
        {"restrictive_measure": True, "registered_investor": False},
    ),
    ("B25", COMPLIANCE, {"originals_taken": True}, {"originals_taken": True, "criminal_or_offence_case": True}),
    ("B26", DESK, {"start_on": day("2024-06-08")}, {"start_on": day("2024-06-07")}),
    (
        "B26",
        VISIT,
        {"start_on": day("2024-06-10")},
        {},
    ),
    ("B26", DESK, {"start_on": day("2023-03-31")}, {"start_on": day("2023-04-01")}),
    (
        "B26",
        COMPLIANCE,
        {"kind_of_permit": "secured-asset-permit", "start_on": day("2026-05-01")},
        {"kind_of_permit": "secured-asset-permit"},
    ),
]


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[f"{n}-{one[0]}" for n, one in enumerate(FAULTS)])
def test_a_fault_blocks_alone_and_its_neighbour_passes(number: int) -> None:
    code, lawful, fault, neighbour = FAULTS[number]
    found = blockers(replace(lawful, **fault), LATER)
    assert [one.code for one in found] == [code]
    assert blockers(replace(lawful, **neighbour), LATER) == []
    problem = found[0]
    assert problem.blocks
    assert problem.field in {one.name for one in fields(Plan)}
    assert "%(" not in problem.text()
    if code != "B22":
        assert problem.provision is not None
        assert problem.provision.source.act


def test_every_code_is_reached_and_named() -> None:
    expected = {f"B{number}" for number in range(1, 27)}
    assert {one[0] for one in FAULTS} == expected
    assert set(TITLES) == expected
    assert set().union(*STEPS.values()) == expected


def test_the_moratorium_of_the_rows_blocks_small_firms() -> None:
    small = Plan(kind="compliance", size="micro", listed=True, act_fields=FIELDS, noticed_on=day("2023-06-01"))
    found = blockers(replace(small, start_on=day("2023-12-31")), LATER)
    assert [one.code for one in found] == ["B22"]
    assert found[0].provision is not None
    assert not found[0].provision.is_confirmed
    for lawful in ({"start_on": day("2024-01-01")}, {"start_on": day("2023-12-31"), "size": "medium"}):
        assert blockers(replace(small, **lawful), LATER) == []
    unscheduled = replace(small, kind="unscheduled", ground="5", ground_papers=True, start_on=day("2023-12-29"))
    assert blockers(unscheduled, LATER) == []
    assert [one.code for one in doubts(unscheduled, LATER)] == ["moratorium"]


@pytest.mark.parametrize(
    ("ground", "warned"),
    [("2-1", True), ("3", False), ("4", False), ("5", False), ("6", False), ("7", False), ("8", False)],
)
def test_grounds_that_may_check_a_period_again(ground: str, warned: bool) -> None:
    again = replace(UNSCHEDULED, ground=ground, checked_before=((day("2025-01-01"), day("2025-02-01")),))
    assert blockers(again, LATER) == []
    found = doubts(again, LATER)
    assert [one.code for one in found] == (["period-refusal"] if warned else [])
    assert not any(one.blocks for one in found)


def test_the_remedy_names_the_days() -> None:
    draft = Plan(kind="compliance", listed=True, act_fields=FIELDS, start_on=day("2026-04-14"))
    assert str(blockers(draft, day("2026-03-14"))[0]) == (
        "The subject has had no notice. Serve it by 2026-03-14, or move the start."
    )
    assert str(blockers(draft, day("2026-03-18"))[0]) == (
        "It is too late for notice of this start. Serve it today and move the start to 2026-04-20 or later."
    )
    late = replace(draft, noticed_on=day("2026-03-18"))
    assert "Move the start to 2026-04-20" in str(blockers(late, day("2026-03-20"))[0])
    again = replace(COMPLIANCE, last_ended_on=day("2024-02-02"))
    assert "Start on 2026-02-03 or later" in str(blockers(again, LATER)[0])
    undated = replace(draft, start_on=None)
    assert "may start on 2026-04-20" in str(blockers(undated, day("2026-03-18"))[0])
    assert blockers(replace(undated, noticed_on=day("2026-03-18")), day("2026-03-18")) == []


def test_late_registration_is_asked_once_its_day_is_over() -> None:
    running = replace(COMPLIANCE, registered=False, registered_on=None, urgent=True)
    assert codes(running, day("2026-02-03")) == set()
    assert codes(running, day("2026-02-04")) == {"B8"}
    remote = replace(COMPLAINT, registered=False, registered_on=None, case="144(9)")
    assert codes(remote, day("2026-02-09")) == set()
    assert codes(remote, day("2026-02-10")) == {"B8"}
    emergency = replace(COMPLAINT, registered_on=day("2026-02-03"), case="144(8)")
    assert codes(emergency) == set()


def test_a_plan_without_facts_lacks_ground_act_and_notice() -> None:
    assert [one.code for one in blockers(Plan(), LATER)] == ["B1", "B2", "B3"]
    assert [one.code for one in blockers(Plan(kind="unscheduled"), LATER)] == ["B1", "B2", "B3"]
    assert [one.code for one in blockers(Plan(kind="unscheduled", ground="3"), LATER)] == ["B1", "B2"]
    assert blockers(Plan(kind="desk_control"), day("2024-01-01")) == []


def test_all_faults_are_told_at_once_in_order() -> None:
    bad = replace(
        COMPLIANCE,
        listed=False,
        noticed_on=None,
        risk="low",
        act_subjects=3,
        end_on=day("2026-02-27"),
        cure_by=day("2026-02-21"),
        originals_taken=True,
    )
    assert [one.code for one in blockers(bad, LATER)] == ["B1", "B3", "B5", "B9", "B15", "B20", "B25"]
    assert {one.code for one in blockers_at("plan", bad, LATER)} == {"B5", "B9"}
    assert {one.code for one in blockers_at("notify", bad, LATER)} == {"B1", "B3", "B5", "B9"}
    with pytest.raises(ValueError, match="unknown step"):
        blockers_at("sign", bad, LATER)


FAULTY: dict[str, Any] = {
    "noticed_on": None,
    "act_fields": None,
    "listed": None,
    "act_subjects": 5,
    "registered": False,
}


@pytest.mark.parametrize(
    ("permit", "on", "authority"),
    [
        ("nbk-exchanger", "2026-05-04", "nbk"),
        ("nbk-trading-platform", "2026-05-04", "nbk"),
        ("nbk-special-regime", "2025-09-01", "nbk"),
        ("aifc-exchange", "2026-02-02", "afsa"),
    ],
)
def test_other_regimes_do_not_know_the_rules_of_chapter_13(permit: str, on: str, authority: str) -> None:
    plan = replace(COMPLIANCE, **FAULTY, kind_of_permit=permit, start_on=day(on), authority=authority)
    assert blockers(plan, LATER) == []
    assert doubts(plan, LATER) == []
    wrong = blockers(replace(plan, authority="maidd"), LATER)
    assert [one.code for one in wrong] == ["B7"]
    assert AUTHORITIES[authority] in str(wrong[0])


def test_before_a_permit_only_the_prosecutor_is_asked() -> None:
    early = replace(COMPLIANCE, **FAULTY, before_permit=True)
    assert blockers(early, LATER) == []
    measure = replace(early, restrictive_measure=True, registered_investor=True)
    assert codes(replace(measure, start_on=day("2026-06-30"))) == set()
    assert codes(replace(measure, start_on=day("2026-07-01"))) == {"B24"}
    bank = replace(measure, before_permit=None, kind_of_permit="nbk-exchanger", authority="nbk")
    assert codes(replace(bank, start_on=day("2026-06-30"))) == set()
    assert codes(replace(bank, start_on=day("2026-07-01"))) == {"B24"}
    firm = replace(bank, kind_of_permit="aifc-exchange", authority="afsa", start_on=day("2026-07-01"))
    assert codes(firm) == set()


def test_codes_and_days_must_be_such() -> None:
    wrong: list[dict[str, Any]] = [
        {"kind": "raid"},
        {"kind_of_permit": "licence"},
        {"size": "tiny"},
        {"risk": "none"},
        {"act_fields": {"stamp"}},
        {"forbidden_acts": {"rudeness"}},
        {"modes": {"oral"}},
    ]
    for one in wrong:
        with pytest.raises(ValueError, match="unknown"):
            blockers(replace(COMPLIANCE, **one), LATER)
    for bad in (replace(UNSCHEDULED, ground="99"), replace(UNSCHEDULED, case="144(7)")):
        with pytest.raises(ValueError, match="unknown"):
            blockers(bad, LATER)
    with pytest.raises(TypeError):
        blockers(replace(COMPLIANCE, start_on=datetime(2026, 2, 2, 9, 0)), LATER)
    with pytest.raises(TypeError):
        blockers(replace(COMPLIANCE, start_on=None), datetime(2026, 2, 2, 9, 0))


def test_the_plan_tells_its_fields() -> None:
    told = Plan.__doc__ or ""
    for one in fields(Plan):
        assert re.search(rf"\b{one.name}\b", told), one.name
        assert one.default is None
    assert {f"B{number}" for number in range(1, 27)} <= set(re.findall(r"B\d+", told)) | {"B10"}


def test_doubts() -> None:
    off = replace(COMPLIANCE, start_on=day("2026-02-07"))
    assert [one.code for one in doubts(off, LATER)] == ["day-off"]
    assert doubts(replace(off, urgent=True), LATER) == []
    unknown = replace(UNSCHEDULED, ground="2")
    assert [one.code for one in doubts(unknown, LATER)] == ["first-failure"]
    assert doubts(COMPLIANCE, LATER) == []


@given(st.dates(date(2024, 6, 10), date(2060, 12, 1)), st.integers(0, 60))
def test_more_notice_never_makes_a_blocker(start: date, more: int) -> None:
    plan = Plan(kind="compliance", listed=True, act_fields=FIELDS, start_on=start, noticed_on=start - 31 * DAY)
    assert blockers(plan, start) == []
    assert blockers(replace(plan, noticed_on=start - (31 + more) * DAY), start) == []
    assert codes(replace(plan, noticed_on=start - 30 * DAY), start) == {"B3"}


FIRM_DAYS = st.dates(date(2020, 1, 1), date(2027, 1, 1))


@given(
    on=st.dates(date(2024, 6, 10), date(2027, 6, 1)),
    kind=st.sampled_from([Kind.COMPLIANCE, Kind.UNSCHEDULED]),
    size=st.sampled_from(Size),
    risk=st.sampled_from(Risk),
    registered=FIRM_DAYS,
    ended=st.none() | FIRM_DAYS,
)
def test_a_start_in_the_window_has_no_blocker(
    on: date, kind: Kind, size: Size, risk: Risk, registered: date, ended: date | None
) -> None:
    plan = Plan(
        kind=kind,
        kind_of_permit="mining-licence-2",
        authority="maidd",
        size=size,
        risk=risk,
        firm_registered_on=registered,
        last_ended_on=ended,
        listed=True,
        ground="5" if kind is Kind.UNSCHEDULED else None,
        ground_papers=True,
        act_fields=FIELDS,
        noticed_on=on,
    )
    found = window(plan, on)
    assert found.is_open
    assert is_working_day(found.earliest)
    end = last_day(size, kind, found.earliest)
    assert blockers(replace(plan, start_on=found.earliest, end_on=end), on) == []
    before = replace(plan, start_on=add_working_days(found.earliest - 40 * DAY, 1))
    assert blockers(before, on) != []


def test_the_window_is_told() -> None:
    plan = replace(COMPLIANCE, start_on=None, noticed_on=None, last_ended_on=day("2024-03-06"))
    plan = replace(plan, schedule_from=day("2026-03-01"), schedule_to=day("2026-04-30"))
    found = window(plan, day("2026-02-05"))
    assert (found.earliest, found.latest) == (day("2026-03-10"), day("2026-04-10"))
    assert [str(line) for line in found.arithmetic] == [
        "Not before today: 2026-02-05",
        "With notice served today, not before 2026-03-08",
        "By the degree of risk, not before 2026-03-07",
        "By the period of the plan, not before 2026-03-01",
        "2026-03-08 is a day off; the next working day is 2026-03-10",
        "So that it ends within its period, not after 2026-04-10",
    ]
    one_day = window(replace(plan, schedule_to=day("2026-04-02")), day("2026-02-05"))
    assert one_day.earliest == one_day.latest
    assert one_day.is_open
    assert not window(replace(plan, schedule_to=day("2026-04-01")), day("2026-02-05")).is_open
    young = replace(plan, firm_registered_on=day("2024-01-15"))
    assert window(young, day("2026-02-05")).earliest == day("2027-01-18")
    other = window(replace(plan, kind_of_permit="aifc-exchange"), day("2026-02-05"))
    assert (other.earliest, other.latest) == (day("2026-02-05"), None)
    small_2023 = window(replace(plan, firm_registered_on=None, last_ended_on=None), day("2023-06-01"))
    assert "By the moratorium, not before 2024-01-01" in [str(line) for line in small_2023.arithmetic]


@pytest.mark.parametrize(("ground", "told"), [("5", True), ("3", False)])  # a complaint; a demand of the prosecutor
def test_the_window_speaks_of_a_notice_where_one_is_owed(ground: str, told: bool) -> None:
    plan = replace(COMPLIANCE, kind=Kind.UNSCHEDULED, ground=ground, start_on=None, noticed_on=None)
    said = [str(line) for line in window(plan, day("2026-02-05")).arithmetic]
    assert any("notice" in line for line in said) == told


@pytest.mark.parametrize(
    ("kind", "size", "end", "last"),
    [
        (Kind.COMPLIANCE, "micro", "2026-06-05", "2026-06-12"),  # 5 working days
        (Kind.COMPLIANCE, "medium", "2026-06-05", "2026-06-26"),  # 15
        (Kind.UNSCHEDULED, "medium", "2026-06-05", "2026-06-19"),  # 10
    ],
)
def test_how_long_an_extension_may_be(kind: Kind, size: str, end: str, last: str) -> None:
    plan = replace(COMPLIANCE, kind=kind, size=size, ground="5", start_on=day("2026-06-01"), end_on=day(end))
    found = latest_extension(plan, day("2026-06-03"))
    assert found is not None
    assert found[0] == day(last)
    longest = replace(plan, extended_to=found[0], extension_reason="laboratory", extensions=1)
    assert not [one for one in blockers(longest, day("2026-06-03")) if one.code == "B9"]
    longer = replace(longest, extended_to=add_working_days(found[0], 1))
    assert [one.code for one in blockers(longer, day("2026-06-03")) if one.code == "B9"] == ["B9"]
    assert latest_extension(replace(plan, end_on=None), day("2026-06-03")) is None
