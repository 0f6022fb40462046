"""Terms of complaints and incidents: what law gives, what is assumed."""

from datetime import date

import pytest

from law.duties import INCIDENTS, complaint_answer_due, complaint_forward_due, incident_notice_due, incident_report_due
from law.provisions import NotInForce


@pytest.mark.parametrize("kind", INCIDENTS)
def test_an_incident_is_reported_by_the_next_working_day(kind: str) -> None:
    due = incident_notice_due(kind, date(2026, 6, 19))  # a Friday
    assert (due.due_on, due.provision.number) == (date(2026, 6, 22), 1)
    assert due.provision.is_confirmed is (kind == "personal_data")
    assert any("unconfirmed" in line for line in due.arithmetic) is (kind != "personal_data")


@pytest.mark.parametrize(
    ("kind", "on"), [("personal_data", date(2024, 6, 30)), ("outage", date(2026, 4, 30)), ("loss", date(2024, 7, 1))]
)
def test_before_its_rule_nothing_is_owed(kind: str, on: date) -> None:
    with pytest.raises(NotInForce):
        incident_notice_due(kind, on)


def test_a_breach_of_personal_data_has_its_term_since_its_law() -> None:
    assert incident_notice_due("personal_data", date(2024, 7, 1)).due_on == date(2024, 7, 2)
    with pytest.raises(KeyError):
        incident_notice_due("fire", date(2026, 6, 1))


def test_the_other_terms_are_assumed() -> None:
    on = date(2026, 6, 16)
    found = {rule(on).due_on for rule in (complaint_forward_due,)}
    assert found == {date(2026, 6, 19)}
    assert complaint_answer_due(on).due_on == date(2026, 7, 8)  # 6 July is a holiday
    assert incident_report_due(on).due_on == date(2026, 6, 30)
    for due in (complaint_forward_due(on), complaint_answer_due(on), incident_report_due(on)):
        assert not due.provision.is_confirmed
