"""The terms of an appeal at their edges: month ends, leap day, days off, moved working days, what regimes say."""

from datetime import date

import pytest

from law import appeals
from law.provisions import NotInForce

ONE = "mining-licence-1"


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("learned", "stated", "last"),
    [
        ("2026-06-16", True, "2026-09-16"),
        ("2026-06-16", False, "2026-12-17"),  # 16 December is Independence Day
        ("2025-11-30", True, "2026-03-02"),  # 28 February is a Saturday
        ("2023-11-30", True, "2024-02-29"),  # a leap day, and a Thursday
        ("2023-08-31", False, "2024-02-29"),
        ("2025-10-31", True, "2026-02-02"),  # 31 January is a Saturday
        ("2026-01-31", True, "2026-04-30"),  # April has no 31st
        ("2025-12-22", True, "2026-03-26"),  # Nauryz on a weekend: two days after it are off
        ("2025-09-30", False, "2026-03-30"),
        ("2024-02-04", True, "2024-05-04"),  # a Saturday that is worked for another day
        ("2026-10-01", True, "2027-01-05"),  # New Year, of which a Saturday is moved to Monday
    ],
)
def test_the_last_day_to_appeal(learned: str, stated: bool, last: str) -> None:
    found = appeals.file_by(ONE, day(learned), route_stated=stated)
    assert found.due_on == day(last)
    assert found.arithmetic


@pytest.mark.parametrize(
    ("filed", "forward", "decide"),
    [
        ("2026-06-16", "2026-06-19", "2026-07-15"),  # 6 July is Capital Day
        ("2026-06-19", "2026-06-24", "2026-07-20"),
        ("2026-12-30", "2027-01-06", "2027-02-01"),  # New Year; 7 January is off
        ("2024-04-30", "2024-05-04", "2024-05-31"),  # 4 May worked, 8 May given for it
        ("2024-02-27", "2024-03-01", "2024-04-01"),  # over the leap day, 8 March and Nauryz
    ],
)
def test_forwarded_and_decided(filed: str, forward: str, decide: str) -> None:
    assert appeals.forward_by(ONE, day(filed)).due_on == day(forward)
    found = appeals.decide_by(ONE, day(filed))
    assert found.due_on == day(decide)
    assert "assumed" in str(found.arithmetic[-1])


@pytest.mark.parametrize(
    ("answered", "last"),
    [
        ("2026-06-16", "2026-07-16"),
        ("2026-01-30", "2026-03-02"),
        ("2024-01-31", "2024-02-29"),
        ("2026-06-06", "2026-07-07"),
    ],
)
def test_a_month_to_the_court(answered: str, last: str) -> None:
    assert appeals.court_by(ONE, day(answered)).due_on == day(last)


def test_before_the_code_there_is_no_term() -> None:
    appeals.file_by(ONE, date(2021, 7, 1))
    with pytest.raises(NotInForce):
        appeals.file_by(ONE, date(2021, 6, 30))
    with pytest.raises(ValueError, match="unknown"):
        appeals.file_by("dog-licence", date(2026, 6, 16))


@pytest.mark.parametrize(
    ("kind", "on", "value", "confirmed"),
    [
        (ONE, "2026-06-16", True, False),
        ("nbk-dfa-platform", "2026-05-01", False, True),
        ("nbk-dfa-platform", "2026-04-30", None, None),
        ("nbk-exchanger", "2026-05-01", False, False),
        ("aifc-exchange", "2026-06-16", None, None),
    ],
)
def test_whether_an_appeal_suspends(kind: str, on: str, value: bool | None, confirmed: bool | None) -> None:
    found = appeals.suspends(kind, day(on))
    assert (found.value if found else None) == value
    assert (found.is_confirmed if found else None) == confirmed


def test_only_the_first_head_appeals_for_an_exchanger() -> None:
    found = appeals.filed_only_by("nbk-exchanger", date(2026, 5, 1))
    assert found is not None
    assert found.source.article == "12-6(4)"
    assert appeals.filed_only_by(ONE, date(2026, 5, 1)) is None
    assert appeals.silence(date(2026, 6, 16)).value == "refusal"
    assert not appeals.hands(date(2026, 6, 16)).is_confirmed


def test_acts_that_hang_on_no_permit_have_the_general_terms() -> None:
    assert appeals.file_by("", day("2026-06-16")).due_on == appeals.file_by(ONE, day("2026-06-16")).due_on
    assert appeals.suspends("", day("2026-06-16")) is None
