"""Records of providers by the law of a day: which rule asks for them, who is a subject of monitoring."""

from datetime import date
from typing import Any

import pytest

from law.records import RecordFacts, aml_subject, owed_records, recheck_due, record_problems, record_rule


@pytest.mark.parametrize(
    ("permit", "on", "code"),
    [
        ("aifc-exchange", date(2023, 3, 31), None),
        ("aifc-exchange", date(2023, 4, 1), "exchange.risk_warning"),
        ("aifc-exchange", date(2026, 4, 30), "exchange.risk_warning"),
        ("aifc-exchange", date(2026, 5, 1), "provider.risk_information"),
        ("aifc-provider", date(2026, 4, 30), None),  # the older rule was that of exchanges alone
        ("nbk-exchanger", date(2026, 5, 1), "provider.risk_information"),
        ("nbk-dfa-platform", date(2026, 5, 1), None),
    ],
)
def test_risks_are_warned_of_by_different_articles(permit: str, on: date, code: str | None) -> None:
    rule = record_rule("risk_warning", permit, on)
    assert (rule.code if rule else None) == code


@pytest.mark.parametrize(
    ("permit", "on", "subject"),
    [
        ("nbk-exchanger", date(2026, 4, 30), False),
        ("nbk-exchanger", date(2026, 5, 1), True),
        ("nbk-special-regime", date(2026, 3, 18), False),
        ("nbk-special-regime", date(2026, 3, 19), True),
        ("secured-asset-permit", date(2026, 4, 30), True),
        ("secured-asset-permit", date(2026, 5, 1), False),
        ("aifc-exchange", date(2024, 1, 1), True),
        ("mining-licence-1", date(2026, 6, 1), False),
    ],
)
def test_who_is_a_subject_of_monitoring_on_a_day(permit: str, on: date, subject: bool) -> None:
    assert (aml_subject(permit, on) is not None) is subject


def test_what_an_exchanger_is_to_have() -> None:
    found = [code for code, _rule in owed_records("nbk-exchanger", date(2026, 6, 16))]
    assert found == [
        *("risk_warning", "aml_registration", "compliance_programme", "mlro", "client_identification"),
        *("analysis_system", "security_test", "data_location"),
    ]
    assert [code for code, _rule in owed_records("aifc-provider", date(2026, 4, 30))] == [
        "aml_registration",
        "data_location",
    ]


def codes(**facts: Any) -> list[tuple[str, str | None]]:
    given: dict[str, Any] = {
        "record": "data_location",
        "permit": "nbk-exchanger",
        "from_on": date(2026, 6, 1),
        "to_on": None,
        "country": "KZ",
        "languages": (),
        "stated": frozenset({"place", "country"}),
    }
    return [(one.code, one.field) for one in record_problems(RecordFacts(**(given | facts)))]


def test_what_bars_a_record() -> None:
    assert codes() == []
    assert codes(country="DE") == [("data-abroad", "country")]
    warning: dict[str, Any] = {"record": "risk_warning", "stated": frozenset(), "languages": ("de",)}
    assert codes(**warning, permit="nbk-dfa-platform", to_on=date(2026, 5, 31)) == [
        ("record-permit", "kind"),
        *(("particular-missing", name) for name in ("place", "languages", "file")),
        ("record-days", "to_on"),
        ("record-language", "languages"),
    ]


def test_the_next_look_is_assumed() -> None:
    due = recheck_due(date(2026, 8, 31))
    assert (due.due_on, due.provision.is_confirmed) == (date(2027, 2, 28), False)
