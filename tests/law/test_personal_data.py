"""Periods of keeping, the notice of a breach and the answer to an objection, at their boundaries."""

from datetime import date

import pytest

from law.personal_data import breach_notice_due, hours_kept, kept_from, objection_due
from law.provisions import NotInForce, provisions


@pytest.mark.parametrize(
    ("code", "began", "on", "goes"),
    [
        ("retention.case-papers", date(2016, 6, 15), date(2026, 6, 14), False),  # the day before
        ("retention.case-papers", date(2016, 6, 15), date(2026, 6, 15), False),  # the anniversary itself
        ("retention.case-papers", date(2016, 6, 15), date(2026, 6, 16), True),  # the day after
        ("retention.panel-log", date(2024, 2, 29), date(2025, 2, 28), False),  # leap day: not before 1 March
        ("retention.panel-log", date(2024, 2, 29), date(2025, 3, 1), True),
        ("retention.panel-log", date(2023, 2, 28), date(2024, 2, 29), False),
        ("retention.panel-log", date(2023, 2, 28), date(2024, 3, 1), True),
        ("retention.panel-log", date(2024, 12, 31), date(2025, 12, 31), False),  # year end
        ("retention.panel-log", date(2024, 12, 31), date(2026, 1, 1), True),
        ("retention.api-keys", date(2026, 2, 1), date(2026, 3, 3), False),  # 30 calendar days
        ("retention.api-keys", date(2026, 2, 1), date(2026, 3, 4), True),
    ],
)
def test_a_period_is_over_on_the_day_after_its_end(code: str, began: date, on: date, goes: bool) -> None:
    first = kept_from(code, on)
    assert first is not None
    assert (began < first) is goes


@pytest.mark.parametrize("code", ["retention.decisions", "retention.journal", "retention.in-use"])
def test_what_is_kept_for_good_has_no_day(code: str) -> None:
    assert kept_from(code, date(2026, 6, 16)) is None
    assert hours_kept(code, date(2026, 6, 16)) is None


def test_hours_are_hours() -> None:
    assert hours_kept("retention.request-keys", date(2026, 6, 16)) == 48
    assert kept_from("retention.request-keys", date(2026, 6, 16)) is None
    assert hours_kept("retention.people", date(2026, 6, 16)) is None


def test_no_period_before_the_law() -> None:
    with pytest.raises(NotInForce):
        kept_from("retention.people", date(2015, 12, 31))


def test_every_period_is_shown_as_unconfirmed() -> None:
    """No text at hand names one; should one be found, this test falls and the row is mended."""
    assert {row.code for row in provisions() if row.code.startswith("retention.") and row.is_confirmed} == set()


@pytest.mark.parametrize(
    ("noticed", "due"),
    [
        (date(2024, 7, 1), date(2024, 7, 2)),  # the first day of the rule
        (date(2026, 6, 16), date(2026, 6, 17)),
        (date(2026, 6, 19), date(2026, 6, 22)),  # Friday
        (date(2026, 6, 20), date(2026, 6, 22)),  # Saturday: it is not counted, and neither is Sunday
        (date(2025, 12, 31), date(2026, 1, 5)),  # New Year: 1 and 2 January, then a weekend
        (date(2026, 3, 20), date(2026, 3, 26)),  # Nauryz: 21 to 23 March, moved to 24 and 25
        (date(2028, 2, 28), date(2028, 2, 29)),  # leap day
    ],
)
def test_a_breach_is_notified_within_one_working_day(noticed: date, due: date) -> None:
    found = breach_notice_due(noticed)
    assert (found.due_on, found.provision.code) == (due, "personal_data.breach_notice")
    assert str(noticed) in " ".join(found.arithmetic)


def test_before_the_rule_no_clock_runs() -> None:
    with pytest.raises(NotInForce):
        breach_notice_due(date(2024, 6, 30))


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        (date(2024, 2, 11), date(2024, 2, 14)),
        (date(2026, 6, 16), date(2026, 6, 19)),
        (date(2026, 6, 18), date(2026, 6, 23)),  # over a weekend
        (date(2025, 12, 30), date(2026, 1, 6)),  # over New Year
        (date(2026, 4, 29), date(2026, 5, 5)),  # over 1 May
    ],
)
def test_an_objection_is_answered_within_three_working_days(raised: date, due: date) -> None:
    found = objection_due(raised)
    assert (found.due_on, found.rule) == (due, "personal_data.objection_answer")
    assert any("unconfirmed" in line for line in found.arithmetic)


def test_no_objection_before_the_article() -> None:
    with pytest.raises(NotInForce):
        objection_due(date(2024, 2, 10))
