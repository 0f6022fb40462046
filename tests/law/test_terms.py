"""Terms that stand, are lengthened or pass in silence; hearings: at the boundaries of the calendar."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import add_working_days, is_working_day, working_day_back, working_days_between
from law.grounds import pause_cases
from law.provisions import CALENDAR_DAYS, WORKING_DAYS, NotInForce
from law.terms import Stop, agreement_silence, authority_silence, cure_due, days_lost, hearing_due, recount


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("from_on", "to_on", "lost"),
    [
        ("2026-06-16", "2026-06-16", 0),  # stopped and running again on one day
        ("2026-06-16", "2026-06-17", 1),
        ("2026-06-19", "2026-06-21", 0),  # Friday to Sunday: no working day was lost
        ("2026-06-19", "2026-06-22", 1),
        ("2026-03-20", "2026-03-24", 0),  # the weekend, Nauryz, and its days moved off the weekend
        ("2026-03-20", "2026-03-26", 1),
        ("2025-01-02", "2025-01-03", 0),  # 3 January was off instead of the 5th, a Sunday that was worked
        ("2025-01-03", "2025-01-05", 1),
        ("2024-02-28", "2024-02-29", 1),  # leap day
        ("2026-12-31", "2027-01-04", 0),  # year end: 1 and 2 January, and Monday the 4th in place of the Saturday
        ("2026-12-31", "2027-01-05", 1),
    ],
)
def test_working_days_lost_by_a_pause(from_on: str, to_on: str, lost: int) -> None:
    assert days_lost(Stop(day(from_on), day(to_on)), WORKING_DAYS) == lost


@pytest.mark.parametrize(
    ("stops", "extra", "due"),
    [
        ([], 0, "2026-07-15"),  # 20 working days from 16 June; 6 July is the Capital Day
        ([("2026-06-17", "2026-06-17")], 0, "2026-07-15"),
        ([("2026-06-17", "2026-06-18")], 0, "2026-07-16"),
        ([("2026-06-17", "2026-06-21")], 0, "2026-07-17"),  # ran on on a Sunday
        ([("2026-07-03", "2026-07-07")], 0, "2026-07-16"),  # over the holiday: one day alone
        ([("2026-06-17", "2026-06-18"), ("2026-06-18", "2026-06-19")], 0, "2026-07-17"),  # back to back
        ([], 10, "2026-07-29"),
        ([("2026-06-17", "2026-07-01")], 10, "2026-08-12"),
    ],
)
def test_the_day_is_counted_again_from_the_base(stops: list[tuple[str, str]], extra: int, due: str) -> None:
    found = recount(day("2026-06-16"), 20, WORKING_DAYS, [Stop(day(a), day(b)) for a, b in stops], extra)
    assert found.due_on == day(due)
    assert str(found.arithmetic[-1]) == f"New last day of the term: {due}"


@pytest.mark.parametrize(
    ("base", "number", "stop", "due"),
    [
        ("2026-06-01", 30, None, "2026-07-01"),
        ("2026-06-01", 30, ("2026-06-10", "2026-06-13"), "2026-07-07"),  # 4 July is a Saturday, 6 July a holiday
        ("2024-02-27", 2, None, "2024-02-29"),
        ("2024-02-27", 2, ("2024-02-28", "2024-02-29"), "2024-03-01"),
        ("2026-12-30", 2, ("2026-12-31", "2027-01-01"), "2027-01-05"),
    ],
)
def test_calendar_days_end_on_a_working_day(base: str, number: int, stop: tuple[str, str] | None, due: str) -> None:
    stops = [Stop(day(stop[0]), day(stop[1]))] if stop else []
    assert recount(day(base), number, CALENDAR_DAYS, stops).due_on == day(due)


def test_the_new_holidays_are_named() -> None:
    found = recount(day("2026-06-16"), 12, WORKING_DAYS, [Stop(day("2026-06-17"), day("2026-06-18"))])
    assert "2026-07-06: Capital Day" not in map(str, found.arithmetic)
    found = recount(day("2026-06-16"), 13, WORKING_DAYS, [Stop(day("2026-06-17"), day("2026-06-18"))])
    assert "2026-07-06: Capital Day" in map(str, found.arithmetic)


def test_what_is_no_pause_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        days_lost(Stop(day("2026-06-17"), day("2026-06-16")), WORKING_DAYS)
    with pytest.raises(ValueError, match="overlap"):
        recount(
            day("2026-06-01"),
            5,
            WORKING_DAYS,
            [Stop(day("2026-06-02"), day("2026-06-04")), Stop(day("2026-06-03"), day("2026-06-05"))],
        )
    with pytest.raises(ValueError, match="unit"):
        days_lost(Stop(day("2026-06-16"), day("2026-06-17")), "months")


DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@given(DAYS, st.integers(1, 40), st.lists(st.integers(0, 30), max_size=6))
def test_a_moved_day_never_comes_earlier_and_loses_exactly_what_stood(base: date, number: int, gaps: list[int]) -> None:
    days = [base]
    for gap in gaps:
        days.append(date.fromordinal(days[-1].toordinal() + gap))
    stops = [Stop(a, b) for a, b in list(pairwise(days))[::2]]
    found = recount(base, number, WORKING_DAYS, stops)
    assert working_days_between(base, found.due_on) == number + found.lost
    assert found.due_on >= add_working_days(base, number)


@given(DAYS, st.integers(1, 15), st.integers(0, 40))
def test_the_working_day_back_bounds_the_count(on: date, number: int, before: int) -> None:
    bound, earlier = working_day_back(on, number), date.fromordinal(on.toordinal() - before)
    assert is_working_day(bound)
    assert (working_days_between(earlier, on) >= number) == (earlier < bound)


@pytest.mark.parametrize(
    ("kind", "on", "body", "authority"),
    [
        ("mining-licence-1", "2026-06-16", "none", "none"),
        ("mining-licence-2", "2023-04-01", "none", "none"),
        ("secured-asset-permit", "2023-04-01", "agreed", "issued"),
        ("secured-asset-permit", "2026-04-30", "agreed", "issued"),
        ("secured-asset-permit", "2026-05-01", "none", "none"),  # its law has ended
        ("nbk-exchanger", "2026-04-30", "none", "none"),
        ("nbk-exchanger", "2026-05-01", "none", "none"),
        ("nbk-dfa-platform", "2026-05-01", "none", "none"),
    ],
)
def test_whose_silence_means_what(kind: str, on: str, body: str, authority: str) -> None:
    assert agreement_silence(kind, day(on)).effect == body
    assert authority_silence(kind, day(on)).effect == authority


def test_silence_is_cited_where_a_rule_speaks_of_it() -> None:
    mining = authority_silence("mining-licence-1", day("2026-06-16")).provision
    assert mining is not None
    assert mining.code == "mining-licence.silence"
    exchanger = authority_silence("nbk-exchanger", day("2026-06-16")).provision
    assert exchanger is not None
    assert not exchanger.is_confirmed
    assert authority_silence("nbk-dfa-platform", day("2026-06-16")).provision is None


@pytest.mark.parametrize(
    ("kind", "on", "count"),
    [
        ("nbk-dfa-platform", "2026-05-01", 3),
        ("nbk-trading-platform", "2026-06-16", 3),
        ("nbk-dfa-platform", "2026-04-30", 0),
        ("nbk-exchanger", "2026-06-16", 0),
        ("mining-licence-1", "2026-06-16", 0),
    ],
)
def test_where_the_review_may_stop(kind: str, on: str, count: int) -> None:
    if count:
        assert len(pause_cases(kind, day(on))) == count
    else:
        with pytest.raises(NotInForce):
            pause_cases(kind, day(on))


@pytest.mark.parametrize(("days", "due"), [(1, "2026-06-17"), (10, "2026-06-30"), (5, "2026-06-23")])
def test_days_to_cure(days: int, due: str) -> None:
    on = day("2026-06-16")
    assert cure_due("nbk-dfa-platform", "cure", on, days, on).due_on == day(due)


@pytest.mark.parametrize("days", [0, 11, -1])
def test_no_more_days_to_cure_than_the_law_has(days: int) -> None:
    with pytest.raises(ValueError, match="more days"):
        cure_due("nbk-dfa-platform", "cure", day("2026-06-16"), days, day("2026-06-16"))


@pytest.mark.parametrize(
    ("sent", "earliest"),
    [
        ("2026-06-16", "2026-06-19"),
        ("2026-06-17", "2026-06-22"),  # over a weekend
        ("2026-03-19", "2026-03-27"),  # Nauryz
        ("2025-01-02", "2025-01-08"),  # the 3rd off, the 5th a worked Sunday, the 7th Christmas
        ("2024-02-27", "2024-03-01"),  # leap day
        ("2026-12-29", "2027-01-05"),  # year end
    ],
)
def test_the_first_day_of_a_hearing(sent: str, earliest: str) -> None:
    found = hearing_due(day(sent))
    assert found.due_on == day(earliest)
    assert not found.provision.is_confirmed


def test_no_hearing_before_its_code() -> None:
    with pytest.raises(NotInForce):
        hearing_due(day("2021-06-30"))
    assert hearing_due(day("2021-07-01")).provision.code == "hearing.notice"
