"""Working days of Kazakhstan."""

import threading
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import (
    MOVED_DAYS,
    MOVED_DAYS_REACH,
    MovedDay,
    add_working_days,
    day_off,
    explain_working_days,
    is_working_day,
    last_working_day_before,
    next_working_day,
    working_days_between,
)

DAYS = st.dates(date(2014, 1, 1), date(2110, 12, 31))
COUNTS = st.integers(0, 70)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2025-01-03", False),  # moved from Sunday 5 January
        ("2025-01-05", True),
        ("2023-07-01", True),  # moved to Friday 7 July
        ("2023-07-07", False),
        ("2024-05-04", True),
        ("2024-05-08", False),
        ("2024-01-07", False),  # Orthodox Christmas on a Sunday is not moved
        ("2024-01-08", True),
        ("2024-06-16", False),  # Kurban Ait on a Sunday is not moved
        ("2024-06-17", True),
        ("2025-06-06", False),
        ("2025-10-27", False),  # Republic Day moved from Saturday
        ("2026-01-07", False),
        ("2026-03-09", False),
        ("2026-03-24", False),
        ("2026-03-25", False),
        ("2026-03-26", True),
        ("2026-05-27", False),
        ("2026-08-30", False),  # a Sunday; Constitution Day has gone
        ("2026-08-31", True),
        ("2025-09-01", False),
        ("2027-03-15", False),  # Constitution Day
        ("2027-01-04", False),
        ("2024-02-29", True),
        ("2026-12-01", True),
        ("2026-12-17", True),
    ],
)
def test_days(text: str, works: bool) -> None:
    assert is_working_day(day(text)) is works


@pytest.mark.parametrize(("year", "number"), [(2025, 246), (2026, 247), (2027, 247)])
def test_working_days_of_a_year(year: int, number: int) -> None:
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == number


@pytest.mark.parametrize(
    ("base", "n", "result"),
    [
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-10"),  # over 8 March and its moved day
        ("2026-03-02", 15, "2026-03-27"),
        ("2024-02-28", 1, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-02"),
        ("2025-12-31", 1, "2026-01-05"),
        ("2026-12-14", 15, "2027-01-08"),
        ("2025-01-04", 1, "2025-01-05"),  # a worked Sunday
        ("2026-03-07", 0, "2026-03-07"),
    ],
)
def test_adding(base: str, n: int, result: str) -> None:
    assert add_working_days(day(base), n) == day(result)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026-05-10", "2026-05-08"),
        ("2027-12-25", "2027-12-24"),
        ("2026-01-01", "2025-12-31"),
        ("2026-01-08", "2026-01-06"),
    ],
)
def test_last_working_day_before(text: str, before: str) -> None:
    assert last_working_day_before(day(text)) == day(before)


@given(DAYS, COUNTS)
def test_adding_and_counting_are_inverse(d: date, n: int) -> None:
    result = add_working_days(d, n)
    assert working_days_between(d, result) == n
    if n:
        assert is_working_day(result)
        assert working_days_between(d, result - timedelta(days=1)) == n - 1


@given(DAYS, COUNTS)
def test_adding_never_goes_back(d: date, n: int) -> None:
    assert add_working_days(d, n) <= add_working_days(d + timedelta(days=1), n)
    assert add_working_days(d, n) < add_working_days(d, n + 1)


@given(DAYS, st.integers(0, 800), st.integers(0, 800))
def test_counting_adds_up(d: date, first: int, second: int) -> None:
    middle, end = d + timedelta(days=first), d + timedelta(days=first + second)
    assert working_days_between(d, middle) + working_days_between(middle, end) == working_days_between(d, end)
    assert working_days_between(end, d) == 0


@given(DAYS)
def test_last_and_next(d: date) -> None:
    last = last_working_day_before(d)
    assert last < d
    assert is_working_day(last)
    assert working_days_between(last, d) == int(is_working_day(d))
    assert next_working_day(d) == add_working_days(last, 1)


@given(DAYS, COUNTS)
def test_the_explanation_tells_every_day(d: date, n: int) -> None:
    told = explain_working_days(d, n)
    assert told.result == add_working_days(d, n)
    assert len(told.counted) == n
    assert len(told.counted) + len(told.skipped) == (told.result - d).days
    assert all(day_off(off.day) == off for off in told.skipped)


def test_the_explanation_names_what_it_skips() -> None:
    lines = [str(line) for line in explain_working_days(date(2026, 3, 2), 15).arithmetic]
    assert lines[0] == "2026-03-02: the day the term runs from; it is not counted"
    assert "2026-03-09: day off for International Women's Day, moved from the weekend" in lines
    assert "Weekend days not counted: 2026-03-07, 2026-03-14, 2026-03-15" in lines
    assert lines[-1] == "Last day of the term: 2026-03-27"


def test_a_year_without_moved_days_says_so() -> None:
    told = explain_working_days(date(MOVED_DAYS_REACH, 12, 28), 10)
    assert told.estimated_years == (MOVED_DAYS_REACH + 1,)
    assert any("are not entered" in str(line) for line in told.arithmetic)
    assert explain_working_days(date(MOVED_DAYS_REACH, 3, 2), 15).estimated_years == ()


def test_kurban_ait_says_that_it_is_an_estimate() -> None:
    off = day_off(date(2026, 5, 27))
    assert off is not None
    assert off.estimated
    assert str(off.line()) == "2026-05-27: Kurban Ait (the day is an estimate)"


@pytest.mark.parametrize("moved", MOVED_DAYS, ids=lambda m: str(m.given_to))
def test_moved_days_are_a_weekend_for_a_weekday(moved: MovedDay) -> None:
    assert moved.taken_from.weekday() >= 5
    assert moved.given_to.weekday() < 5
    assert is_working_day(moved.taken_from)
    assert not is_working_day(moved.given_to)


@pytest.mark.parametrize("d", [date(2199, 12, 31), date(1900, 1, 1), date(9999, 1, 1)])
def test_far_days_still_answer(d: date) -> None:
    assert add_working_days(d, 10) > d
    assert explain_working_days(d, 3).estimated_years


def test_bad_values() -> None:
    with pytest.raises(TypeError):
        is_working_day(datetime(2026, 3, 2))
    with pytest.raises(TypeError):
        add_working_days("2026-03-02", 1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 3, 2), -1)
    with pytest.raises(OverflowError):
        add_working_days(date(9999, 12, 30), 10)


def test_threads_see_whole_years() -> None:
    seen: list[int] = []

    def count() -> None:
        seen.extend(working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) for year in range(2030, 2045))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = [working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) for year in range(2030, 2045)]
    assert sorted(seen) == sorted(alone * 4)
