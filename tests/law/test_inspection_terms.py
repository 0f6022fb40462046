"""Regime, notices, lengths, sizes, frequency, plans: on the last day before, the first day, the day after."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import inspections
from law.calendar import is_working_day, last_working_day_before, working_days_between
from law.inspections import Kind, Regime, Size, duration_limit, latest_notice_date, may_schedule, regime, size_class
from law.inspections.durations import (
    EXTENSION_REASONS,
    extended_last_day,
    extension_needs_notice,
    extension_notice_by,
    investigation_limit,
    last_day,
    length,
    may_suspend,
)
from law.inspections.frequency import (
    cap,
    desk_year,
    first_day_after,
    holiday_until,
    in_holiday,
    moratorium,
    visits_allowed,
)
from law.inspections.notices import MEANS, contents, earliest_start, hours_kept, needs_notice, notice_rule
from law.inspections.regimes import DATA_CENTRE, authorities, forms, lacking_law, regime_rule
from law.inspections.schedules import (
    LIST_1,
    LIST_2,
    PLANS,
    SCHEDULE,
    change_problems,
    common_period,
    mode_problems,
    period,
    plan_allowed,
    plan_due,
    reporting_day,
)
from law.inspections.sizes import effective_size, size_explained
from law.licensing import KINDS
from law.provisions import NotInForce, provision

DAY = timedelta(days=1)
ON = date(2026, 3, 2)
ALMATY = timezone(timedelta(hours=5))


def day(text: str) -> date:
    return date.fromisoformat(text)


MINING = ("mining-licence-1", "mining-licence-2", "pool-accreditation", DATA_CENTRE)
NBK = ("nbk-dfa-platform", "nbk-trading-platform", "nbk-exchanger")
AIFC = ("aifc-exchange", "aifc-provider")


@pytest.mark.parametrize(
    ("kinds", "on", "expected"),
    [
        (MINING, "2023-03-31", "none"),
        (MINING, "2023-04-01", "chapter_13"),
        (MINING, "2024-02-29", "chapter_13"),
        (MINING, "2026-04-30", "chapter_13"),
        (MINING, "2026-05-01", "chapter_13"),
        (("secured-asset-permit", "national-exchange"), "2023-03-31", "none"),
        (("secured-asset-permit", "national-exchange"), "2023-04-01", "chapter_13"),
        (("secured-asset-permit", "national-exchange"), "2026-04-30", "chapter_13"),
        (("secured-asset-permit", "national-exchange"), "2026-05-01", "none"),
        (NBK, "2026-04-30", "none"),
        (NBK, "2026-05-01", "financial_supervision"),
        (("nbk-special-regime",), "2025-08-30", "none"),
        (("nbk-special-regime",), "2025-08-31", "special_regime_contract"),
        (("nbk-special-regime",), "2026-05-01", "special_regime_contract"),
        (AIFC, "2023-03-31", "aifc"),
        (AIFC, "2026-05-01", "aifc"),
    ],
)
def test_regime_by_subject_and_day(kinds: tuple[str, ...], on: str, expected: str) -> None:
    for kind in kinds:
        assert regime(kind, day(on)) == expected
        assert str(regime(kind, day(on))) == expected


def test_every_kind_of_permit_has_a_regime_and_its_authority() -> None:
    for kind in KINDS:
        for on in (date(2023, 3, 31), date(2024, 1, 1), date(2026, 5, 1)):
            assert bool(authorities(kind, on)) is (regime(kind, on) is not Regime.NONE)
    assert authorities("mining-licence-1", ON) == ("maidd",)
    assert authorities("nbk-exchanger", date(2026, 5, 1)) == ("nbk",)
    assert authorities("aifc-provider", ON) == ("afsa",)
    with pytest.raises(ValueError, match="unknown kind of permit"):
        regime("licence", ON)
    with pytest.raises(TypeError):
        regime("mining-licence-1", datetime(2026, 3, 2))


def test_what_the_regime_rests_on() -> None:
    rule = regime_rule("mining-licence-1", ON)
    assert rule is not None
    assert rule.code == "control.scope_entrepreneurial_code"
    ended = regime_rule("secured-asset-permit", date(2026, 5, 1))
    assert ended is not None
    assert not ended.is_confirmed
    assert regime_rule("aifc-exchange", ON) is None
    assert regime_rule("nbk-exchanger", ON) is None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2023-03-31", set()),
        ("2023-04-01", {"compliance", "unscheduled", "visit_control", "desk_control"}),
        ("2024-06-07", {"compliance", "unscheduled", "visit_control", "desk_control"}),
        ("2024-06-08", {"compliance", "unscheduled"}),
        ("2026-05-01", {"compliance", "unscheduled"}),
    ],
)
def test_forms_of_control(on: str, expected: set[str]) -> None:
    assert forms(day(on)) == expected


def test_test_purchases_and_investigations_have_no_law() -> None:
    assert lacking_law("test_purchase", ON).confidence == "assumed"
    assert lacking_law("investigation", ON).source.article == "144-4(8)"
    with pytest.raises(ValueError, match="needs no law"):
        lacking_law("compliance", ON)


@pytest.mark.parametrize(
    ("kind", "start", "ground", "latest"),
    [
        ("compliance", "2026-04-14", None, "2026-03-14"),
        ("compliance", "2026-03-31", None, "2026-02-28"),
        ("compliance", "2024-03-31", None, "2024-02-29"),
        ("compliance", "2026-01-31", None, "2025-12-31"),
        ("visit_control", "2024-06-07", None, "2024-05-07"),
        ("unscheduled", "2026-03-02", None, "2026-03-01"),
        ("unscheduled", "2024-03-01", "2", "2024-02-29"),
        ("unscheduled", "2026-03-02", "2-1", "2026-03-01"),
        ("unscheduled", "2026-03-02", "5", "2026-03-01"),
        ("unscheduled", "2026-03-02", "6", "2026-03-01"),
        ("unscheduled", "2026-07-01", "5-3", "2026-06-30"),
        ("unscheduled", "2026-03-02", "3", None),
        ("unscheduled", "2026-03-02", "4", None),
        ("unscheduled", "2026-03-02", "7", None),
        ("unscheduled", "2026-03-02", "8", None),
        ("unscheduled", "2026-03-02", "144(8)", None),
        ("unscheduled", "2026-03-02", "144(9)", None),
        ("unscheduled", "2026-03-02", "144(10)", None),
        ("desk_control", "2024-03-01", None, None),
        ("compliance", "2026-04-14", "3", "2026-03-14"),
    ],
)
def test_latest_day_of_notice(kind: str, start: str, ground: str | None, latest: str | None) -> None:
    found = latest_notice_date(kind, day(start), ground)
    assert found == (day(latest) if latest else None)
    assert latest_notice_date(Kind(kind), day(start), ground) == found


@pytest.mark.parametrize(
    ("kind", "start", "ground", "error"),
    [
        ("raid", "2026-03-02", None, ValueError),
        ("unscheduled", "2026-03-02", "99", ValueError),
        ("unscheduled", "2026-06-30", "5-3", NotInForce),
        ("test_purchase", "2026-03-02", None, NotInForce),
        ("investigation", "2026-03-02", None, NotInForce),
        ("compliance", "2022-12-31", None, NotInForce),
    ],
)
def test_no_answer_where_the_law_has_none(kind: str, start: str, ground: str | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        latest_notice_date(kind, day(start), ground)


NOTICED = st.sampled_from([Kind.COMPLIANCE, Kind.UNSCHEDULED, Kind.VISIT_CONTROL])
DAYS = st.dates(date(2023, 2, 15), date(2099, 12, 31))


@given(NOTICED, DAYS, st.integers(0, 400))
def test_a_later_start_never_needs_an_earlier_notice(kind: Kind, start: date, more: int) -> None:
    first, later = latest_notice_date(kind, start), latest_notice_date(kind, start + more * DAY)
    assert first is not None
    assert later is not None
    assert later - first == more * DAY
    assert first < start


@given(NOTICED, DAYS)
def test_notice_and_start_are_mirrors(kind: Kind, start: date) -> None:
    latest = latest_notice_date(kind, start)
    assert latest is not None
    assert earliest_start(kind, latest) == start
    assert earliest_start(kind, latest + DAY) > start


def test_notices_say_their_rule_means_and_contents() -> None:
    assert notice_rule("compliance", ON).code == "EK-NOTICE-COMP"
    assert notice_rule("unscheduled", ON, "3").code == "EK-NOTICE-NONE"
    assert notice_rule("unscheduled", ON, "5").code == "EK-NOTICE-UNSCH"
    assert notice_rule("desk_control", ON).value is False
    assert not needs_notice("unscheduled", ON, "5", case="144(8)")
    assert needs_notice("compliance", ON, None, case="144(8)")
    assert contents("unscheduled") != contents("compliance") != ()
    assert contents("desk_control") == ()
    assert len(MEANS) == 4
    assert earliest_start("unscheduled", ON, "3") == ON
    with pytest.raises(ValueError, match="unknown case"):
        needs_notice("unscheduled", ON, None, case="144(7)")


@pytest.mark.parametrize(("seconds", "kept"), [(-1, False), (0, True), (1, True)])
def test_twenty_four_hours(seconds: int, kept: bool) -> None:
    noticed = datetime(2026, 3, 1, 10, 0, tzinfo=ALMATY)
    start = datetime(2026, 3, 2, 5, 0, tzinfo=UTC) + timedelta(seconds=seconds)
    assert hours_kept(noticed, start, ON) is kept
    with pytest.raises(ValueError, match="time zone"):
        hours_kept(noticed.replace(tzinfo=None), start, ON)


@pytest.mark.parametrize(
    ("size", "kind", "expected"),
    [
        ("micro", "compliance", (5, 5)),
        ("micro", "visit_control", (5, 5)),
        ("micro", "unscheduled", (5, 5)),
        *((size, kind, (15, 15)) for size in ("small", "medium", "large") for kind in ("compliance", "visit_control")),
        *((size, "unscheduled", (10, 10)) for size in ("small", "medium", "large")),
    ],
)
def test_length_limits(size: str, kind: str, expected: tuple[int, int]) -> None:
    assert duration_limit(size, kind, ON) == expected
    assert duration_limit(Size(size), Kind(kind), date(2023, 1, 1)) == expected
    with pytest.raises(NotInForce):
        duration_limit(size, kind, date(2022, 12, 31))


@pytest.mark.parametrize("kind", ["desk_control", "test_purchase", "investigation", "raid"])
def test_kinds_without_a_length(kind: str) -> None:
    with pytest.raises(ValueError, match="kind"):
        duration_limit("small", kind, ON)
    with pytest.raises(ValueError, match="unknown size"):
        duration_limit("tiny", "compliance", ON)


@pytest.mark.parametrize(
    ("size", "kind", "start", "last"),
    [
        # A Monday; the first day counts.
        ("micro", "compliance", "2026-02-02", "2026-02-06"),
        ("small", "unscheduled", "2026-02-02", "2026-02-13"),
        ("small", "compliance", "2026-02-02", "2026-02-20"),
        # Over Women's Day (a Sunday, moved to Monday) and Nauryz.
        ("micro", "unscheduled", "2026-03-05", "2026-03-12"),
        ("medium", "unscheduled", "2026-03-16", "2026-04-01"),
        # A start on a day off counts from the next working day.
        ("micro", "compliance", "2026-02-01", "2026-02-06"),
        # A leap day is a working day like others.
        ("micro", "compliance", "2024-02-26", "2024-03-01"),
    ],
)
def test_last_day_by_almaty_working_days(size: str, kind: str, start: str, last: str) -> None:
    found = last_day(size, kind, day(start))
    assert found == day(last)
    assert length(day(start), found) == duration_limit(size, kind, day(start))[0]
    assert length(day(start), found + DAY) >= length(day(start), found)


@given(st.sampled_from(Size), NOTICED, DAYS)
def test_a_length_never_over_runs(size: Size, kind: Kind, start: date) -> None:
    first, extension = duration_limit(size, kind, start)
    last = last_day(size, kind, start)
    assert length(start, last) == first
    assert is_working_day(last)
    extended = extended_last_day(size, kind, last, start)
    assert working_days_between(last, extended) == extension
    assert is_working_day(extended)


@pytest.mark.parametrize(
    ("end", "told_by"),
    [
        ("2026-02-06", "2026-02-06"),  # Friday; it goes on on Monday
        ("2026-02-10", "2026-02-10"),
        ("2026-02-07", "2026-02-06"),  # a Saturday
        ("2026-03-20", "2026-03-20"),  # before Nauryz
    ],
)
def test_notice_of_an_extension(end: str, told_by: str) -> None:
    assert extension_notice_by(day(end), ON) == day(told_by)


def test_extensions_have_three_reasons_and_suspension_none() -> None:
    assert len(EXTENSION_REASONS) == 3
    assert [code for code in EXTENSION_REASONS if not extension_needs_notice(code)] == ["locating"]
    with pytest.raises(ValueError, match="unknown reason"):
        extension_needs_notice("holiday")
    assert may_suspend(ON) is False
    assert investigation_limit(ON) == (30, 30)


MICRO, SMALL, LARGE = 30_000 * 4325, 300_000 * 4325, 3_000_000 * 4325


@pytest.mark.parametrize(
    ("staff", "income", "expected"),
    [
        (0, 0, "micro"),
        (15, SMALL, "micro"),
        (16, MICRO, "micro"),
        (16, MICRO + 1, "small"),
        (100, MICRO, "micro"),
        (100, SMALL, "small"),
        (101, MICRO, "medium"),
        (15, SMALL + 1, "medium"),
        (100, SMALL + 1, "medium"),
        (250, LARGE, "medium"),
        (251, 0, "large"),
        (1, LARGE + 1, "large"),
        (Decimal("15.5"), Decimal(MICRO) + 1, "small"),
    ],
)
def test_sizes_by_staff_and_income(staff: Any, income: Any, expected: str) -> None:
    assert size_class(staff, income, ON) == expected
    as_miner = size_class(staff, income, ON, mining_subtype_1=True)
    assert as_miner == (expected if expected in {"medium", "large"} else "medium")


def test_the_index_is_that_of_the_year() -> None:
    income = 30_000 * 4000
    assert size_class(16, income, date(2025, 12, 31)) == "small"
    assert size_class(16, income, date(2026, 1, 1)) == "micro"
    for on in (date(2024, 12, 31), date(2027, 1, 1)):
        with pytest.raises(NotInForce):
            size_class(1, 1, on)
    with pytest.raises(ValueError, match="negative"):
        size_class(-1, 0, ON)


def test_a_size_is_told() -> None:
    told = size_explained(16, MICRO, ON, mining_subtype_1=True)
    assert [str(line) for line in told.arithmetic] == [
        "16 people and 129\u202f750\u202f000 tenge a year, at 4\u202f325 tenge an index of 1 January: medium firm",
        "A miner of subtype I is never a small firm.",
    ]
    assert not told.is_confirmed
    assert effective_size("micro", True, date(2023, 4, 1)) is Size.MEDIUM
    assert effective_size("micro", True, date(2023, 3, 31)) is Size.MICRO
    assert effective_size("micro", False, ON) is Size.MICRO
    assert effective_size("large", True, ON) is Size.LARGE


@given(st.integers(0, 400), st.integers(0, 2 * LARGE), st.booleans())
def test_a_bigger_firm_is_never_of_a_smaller_size(staff: int, income: int, subtype_1: bool) -> None:
    order = list(Size)
    first = order.index(size_class(staff, income, ON, subtype_1))
    assert order.index(size_class(staff + 1, income, ON, subtype_1)) >= first
    assert order.index(size_class(staff, income + 4325, ON, subtype_1)) >= first


@pytest.mark.parametrize(
    ("risk", "ended", "anniversary"),
    [
        ("high", "2025-03-10", "2026-03-10"),
        ("medium", "2024-03-10", "2026-03-10"),
        ("low", "2023-03-10", "2026-03-10"),
        ("high", "2024-02-29", "2025-02-28"),
        ("low", "2024-02-29", "2027-02-28"),
        ("high", "2023-02-28", "2024-02-28"),
    ],
)
def test_once_in_one_two_or_three_years(risk: str, ended: str, anniversary: str) -> None:
    at = day(anniversary)
    assert not may_schedule(risk, day(ended), at - DAY)
    assert not may_schedule(risk, day(ended), at)
    assert may_schedule(risk, day(ended), at + DAY)
    assert first_day_after(risk, day(ended), at) == at + DAY
    assert may_schedule(risk, None, at)


def test_frequency_answers_for_known_degrees_and_days_only() -> None:
    with pytest.raises(ValueError, match="unknown risk"):
        may_schedule("none", None, ON)
    with pytest.raises(NotInForce):
        may_schedule("high", None, date(2022, 12, 31))


@given(st.sampled_from(["high", "medium", "low"]), DAYS, st.integers(0, 1500))
def test_a_higher_degree_is_never_asked_to_wait_longer(risk: str, ended: date, more: int) -> None:
    on = ended + more * DAY
    if may_schedule("low", ended, on):
        assert may_schedule("medium", ended, on)
    if may_schedule("medium", ended, on):
        assert may_schedule("high", ended, on)
    assert may_schedule(risk, ended, on) is (on >= first_day_after(risk, ended, on))


def test_visits_a_year_and_desk_control_before() -> None:
    assert [visits_allowed(risk, ON) for risk in ("high", "medium", "low")] == [2, 2, 0]
    assert desk_year(date(2024, 1, 1)) == 2023
    assert desk_year(date(2024, 6, 7)) == 2023
    assert desk_year(date(2024, 6, 8)) is None
    assert desk_year(date(2023, 3, 31)) is None


@pytest.mark.parametrize(
    ("registered", "last"),
    [("2023-05-15", "2026-05-15"), ("2024-02-29", "2027-02-28"), ("2022-12-31", "2025-12-31")],
)
def test_three_years_of_a_small_firm(registered: str, last: str) -> None:
    first, until = day(registered), day(last)
    assert holiday_until(first, until) == until
    for size in ("micro", "small"):
        assert in_holiday(size, first, until - DAY)
        assert in_holiday(size, first, until)
        assert not in_holiday(size, first, until + DAY)
        assert not in_holiday(size, first, until, successor=True)
        assert not in_holiday(size, first, until, kind="unscheduled")
        assert in_holiday(size, first, until, kind="visit_control")
    for size in ("medium", "large"):
        assert not in_holiday(size, first, until)


def test_the_moratorium_that_the_rows_know() -> None:
    for size in ("micro", "small"):
        found = moratorium(size, date(2023, 12, 31))
        assert found is not None
        assert not found.is_confirmed
        assert moratorium(size, date(2024, 1, 1)) is None
    assert moratorium("medium", date(2023, 12, 31)) is None


@pytest.mark.parametrize(("subjects", "most"), [(0, 0), (19, 0), (20, 1), (39, 1), (40, 2), (1_000_000, 50_000)])
def test_five_per_cent(subjects: int, most: int) -> None:
    assert cap(subjects, ON) == most
    with pytest.raises(ValueError, match="negative"):
        cap(-1, ON)


@pytest.mark.parametrize(
    ("plan", "year", "mode", "expected"),
    [
        (SCHEDULE, 2027, "automated", [("publish", "2026-12-24")]),
        (SCHEDULE, 2027, "paper", [("publish", "2026-12-24")]),
        (SCHEDULE, 2028, "automated", [("publish", "2027-12-24")]),  # the 25th is a Saturday
        (LIST_1, 2027, "automated", [("publish", "2026-12-24")]),
        (LIST_1, 2027, "paper", [("send_to_legal_statistics", "2026-12-09"), ("publish", "2026-12-24")]),
        (LIST_2, 2026, "automated", [("publish", "2026-05-22")]),  # the 25th is a Monday
        # 10 May 2026 is a Sunday, 9 May a holiday on a Saturday.
        (LIST_2, 2026, "paper", [("send_to_legal_statistics", "2026-05-08"), ("publish", "2026-05-22")]),
        # 10 May 2027 is a day off for Victory Day, 7 May a holiday.
        (LIST_2, 2027, "paper", [("send_to_legal_statistics", "2027-05-06"), ("publish", "2027-05-24")]),
    ],
)
def test_plans_are_due_on_the_working_day_before(
    plan: str, year: int, mode: str, expected: list[tuple[str, str]]
) -> None:
    found = plan_due(plan, year, mode)
    assert [(one.act, one.due_on.isoformat()) for one in found] == expected
    for one in found:
        assert one.due_on == last_working_day_before(one.named_on) < one.named_on
        assert is_working_day(one.due_on)
        assert one.due_on.isoformat() in str(one.arithmetic[0])


@given(st.sampled_from(sorted(PLANS)), st.integers(2024, 2099), st.sampled_from(["automated", "paper"]))
def test_a_plan_is_due_before_its_period(plan: str, year: int, mode: str) -> None:
    first, last = period(plan, year)
    assert first < last
    days = [one.due_on for one in plan_due(plan, year, mode)]
    assert days == sorted(days)
    assert days[-1] < first


def test_plans_of_unknown_kinds_and_years() -> None:
    with pytest.raises(ValueError, match="unknown plan"):
        plan_due("monthly", 2026, "paper")
    with pytest.raises(ValueError, match="unknown mode"):
        plan_due(SCHEDULE, 2026, "oral")
    with pytest.raises(NotInForce):
        plan_due(SCHEDULE, 2023, "paper")
    assert period(SCHEDULE, 2026) == (date(2026, 1, 1), date(2026, 12, 31))
    assert period(LIST_1, 2024) == (date(2024, 1, 1), date(2024, 6, 30))
    assert period(LIST_2, 2024) == (date(2024, 7, 1), date(2024, 12, 31))


def test_lists_ended_with_preventive_control() -> None:
    assert plan_allowed(LIST_1, 2024)
    assert not plan_allowed(LIST_2, 2024)
    assert plan_allowed(LIST_2, 2023)
    assert plan_allowed(SCHEDULE, 2027)
    assert not plan_allowed(SCHEDULE, 2023)


def test_one_way_and_one_change() -> None:
    assert mode_problems(["automated", "automated"], ON) == []
    assert [one.code for one in mode_problems(["automated", "paper"], ON)] == ["two-modes"]
    assert change_problems(LIST_1, 0, 0, 0, ON) == []
    assert [one.code for one in change_problems(LIST_1, 1, 1, 0, ON)] == ["changed-before", "not-only-exclusions"]
    assert [one.code for one in change_problems(LIST_2, 0, 0, 1, ON)] == ["not-only-exclusions"]
    assert change_problems(SCHEDULE, 5, 5, 5, ON) == []


def test_one_common_period() -> None:
    a, b, c, d = (date(2024, month, 1) for month in (1, 2, 3, 4))
    assert common_period((a, c), (b, d)) == (b, c)
    assert common_period((a, b), (b, d)) == (b, b)
    assert common_period((a, b), (c, d)) is None


@pytest.mark.parametrize(
    ("year", "expected"), [(2025, "2025-09-25"), (2026, "2026-09-24"), (2027, "2027-09-30"), (2024, "2024-09-26")]
)
def test_reporting_day(year: int, expected: str) -> None:
    assert reporting_day(year) == day(expected)
    with pytest.raises(NotInForce):
        reporting_day(2020)


@pytest.mark.parametrize("name", inspections.__all__)
def test_the_names_that_others_call_are_there(name: str) -> None:
    assert getattr(inspections, name) is not None


def test_codes_are_text() -> None:
    assert f"{Regime.NONE} {Size.MICRO} {Kind.VISIT_CONTROL}" == "none micro visit_control"
    assert provision("EK-NOTICE-COMP", ON).source.article == "144(3)"
