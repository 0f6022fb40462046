"""Periods of reports and their days, all of them assumed and shown so."""

from datetime import date

import pytest

from law.problems import Line
from law.provisions import NotInForce, provision
from law.reporting import Period, machines_due, report_due, report_period


@pytest.mark.parametrize("report", ["pool", "mining"])
@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2023, 4, 1), date(2023, 4, 1), date(2023, 4, 30)),
        (date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_a_month(report: str, day: date, first: date, last: date) -> None:
    assert report_period(report, day) == Period(first, last)


def test_the_day_is_counted_after_the_period_and_its_arithmetic_told() -> None:
    due = report_due("pool", report_period("pool", date(2026, 5, 31)))
    assert (due.base_on, due.due_on) == (date(2026, 5, 31), date(2026, 6, 12))  # ten days of two weeks
    assert not due.provision.is_confirmed
    assert str(due.arithmetic[-1]) == str(Line("The rule or its first day is unconfirmed."))


def test_nothing_before_the_law() -> None:
    with pytest.raises(NotInForce):
        report_period("pool", date(2023, 3, 31))
    with pytest.raises(NotInForce):
        machines_due(date(2023, 3, 31))
    assert machines_due(date(2026, 6, 16)).due_on > date(2026, 6, 16)


def test_jobs_and_investment_have_quarters_that_nobody_owes() -> None:
    assert report_period("jobs", date(2026, 6, 16)) == Period(date(2026, 4, 1), date(2026, 6, 30))
    assert report_period("jobs", date(2023, 4, 1)) == Period(date(2023, 4, 1), date(2023, 6, 30))
    assert not provision("jobs.report_period", date(2026, 6, 16)).is_confirmed
    with pytest.raises(NotInForce):
        report_due("jobs", report_period("jobs", date(2026, 6, 16)))
