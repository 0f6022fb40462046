"""Terms, fees, validity and closed lists."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import add_working_days
from law.licensing import (
    GOVERNED_BY_PERMITS_LAW,
    KINDS,
    MINING_LICENCES,
    decision_due,
    documents,
    due,
    fee,
    incompleteness_reasons,
    refusal_grounds,
    term,
    valid_until,
    validity,
)
from law.provisions import NotInForce

FILED = date(2026, 3, 2)


@pytest.mark.parametrize("kind", MINING_LICENCES)
@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("decision", "permit.decision"),
        ("completeness", "permit.completeness"),
        ("registration", "permit.registration"),
        ("validity", "mining-licence.validity"),
        ("silence", "mining-licence.silence"),
        ("agreement-silence", "mining-licence.agreement-silence"),
        ("pause", "permit.pause"),
    ],
)
def test_the_rule_of_the_kind_wins(kind: str, rule: str, code: str) -> None:
    assert term(kind, rule, FILED).code == code


@pytest.mark.parametrize(
    ("kind", "rule", "on"),
    [
        ("mining-licence-1", "decision", date(2023, 3, 31)),
        ("mining-licence-1", "no-such-rule", FILED),
        ("pool-accreditation", "pause-cases", FILED),
        ("aifc-exchange", "decision", FILED),
        ("national-exchange", "decision", FILED),
        ("nbk-special-regime", "decision", date(2026, 6, 1)),
        ("nbk-exchanger", "decision", date(2026, 4, 30)),
        ("nbk-exchanger", "completeness", date(2026, 6, 1)),
        ("secured-asset-permit", "decision", date(2026, 5, 1)),
        ("secured-asset-permit", "completeness", date(2026, 5, 1)),
    ],
)
def test_what_the_law_does_not_give(kind: str, rule: str, on: date) -> None:
    with pytest.raises(NotInForce):
        term(kind, rule, on)


@pytest.mark.parametrize("call", [decision_due, fee, valid_until, documents])
def test_unknown_kinds(call: Callable[[str, date], object]) -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        call("mining-licence-3", FILED)


@pytest.mark.parametrize(
    ("kind", "filed", "due_on"),
    [
        ("mining-licence-1", "2026-03-02", "2026-03-27"),
        ("mining-licence-2", "2026-02-02", "2026-02-23"),
        ("mining-licence-1", "2023-04-01", "2023-04-21"),
        ("mining-licence-1", "2024-02-28", "2024-03-26"),  # leap day, 8 March, Nauryz with its moved day
        ("mining-licence-1", "2026-12-14", "2027-01-08"),
        ("secured-asset-permit", "2026-04-30", "2026-05-26"),
        ("nbk-exchanger", "2026-06-01", "2026-06-29"),
        ("nbk-dfa-platform", "2026-06-01", "2026-06-29"),
    ],
)
def test_decision_due(kind: str, filed: str, due_on: str) -> None:
    assert decision_due(kind, date.fromisoformat(filed)) == date.fromisoformat(due_on)


@given(st.sampled_from(MINING_LICENCES), st.dates(date(2023, 4, 1), date(2099, 1, 1)))
def test_terms_from_filing(kind: str, filed: date) -> None:
    for rule, days in (("registration", 1), ("completeness", 2), ("decision", 15)):
        owed = due(kind, rule, filed)
        assert owed.base_on == filed
        assert owed.due_on == add_working_days(filed, days)
        assert owed.ground["value"] == days


def test_arithmetic_is_kept_as_json() -> None:
    owed = due("mining-licence-1", "decision", FILED)
    steps = json.loads(json.dumps(owed.steps()))
    assert [step["text"] for step in steps] == [str(line) for line in owed.arithmetic]
    assert steps[0]["msgid"] == "%(rule)s: %(number)s %(unit)s (%(act)s, %(article)s)"
    for step in steps:
        assert set(step) == {"text", "msgid", "params"}
    assert json.loads(json.dumps(owed.ground))["code"] == "permit.decision"
    assert any("first day" in step["text"] for step in steps)


def test_calendar_days_that_end_on_a_day_off_move_on() -> None:
    owed = due("mining-licence-1", "reissue-apply", date(2026, 4, 9))  # the 30th day is Saturday 9 May
    assert owed.due_on == date(2026, 5, 12)
    assert due("mining-licence-1", "reissue-apply", date(2026, 4, 1)).due_on == date(2026, 5, 4)


def test_a_rule_without_days_is_no_term() -> None:
    with pytest.raises(ValueError, match="number of days"):
        due("mining-licence-1", "silence", FILED)


@pytest.mark.parametrize(
    ("kind", "act", "amount"),
    [
        ("mining-licence-1", "issue", "8650000"),
        ("mining-licence-2", "issue", "21625"),
        ("mining-licence-1", "reissue", "865000"),
        ("mining-licence-2", "reissue", "2162.50"),
        ("mining-licence-1", "duplicate", "8650000"),
    ],
)
@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31)])
def test_fees(kind: str, act: str, amount: str, on: date) -> None:
    found = fee(kind, on, act)
    assert found.amount == Decimal(amount)
    assert found.amount.as_tuple().exponent == -2
    assert found.currency == "KZT"
    assert {one["code"] for one in found.grounds} >= {"mci"}
    assert all(isinstance(line, str) for line in found.arithmetic)
    json.dumps([found.steps(), found.grounds])


def test_the_arithmetic_of_a_fee() -> None:
    lines = [str(line) for line in fee("mining-licence-2", date(2026, 3, 2), "reissue").arithmetic]
    assert "5 × 4325 tenge = 21625 tenge" in lines
    assert "0.10 × 21625 tenge = 2162.50 tenge" in lines


@pytest.mark.parametrize(
    ("kind", "on", "missing"),
    [
        ("mining-licence-1", date(2025, 12, 31), "mining.licence_1.fee"),
        ("mining-licence-1", date(2027, 1, 1), "mci"),
        ("pool-accreditation", date(2026, 3, 2), "pool-accreditation.fee"),
        ("nbk-exchanger", date(2026, 6, 1), "nbk-exchanger.fee"),
    ],
)
def test_unknown_fees(kind: str, on: date, missing: str) -> None:
    with pytest.raises(NotInForce) as caught:
        fee(kind, on)
    assert caught.value.code == missing


def test_unknown_act() -> None:
    with pytest.raises(ValueError, match="unknown act"):
        fee("mining-licence-1", FILED, "renewal")


@pytest.mark.parametrize(
    ("kind", "granted", "last"),
    [
        ("mining-licence-1", "2023-04-01", "2026-04-01"),
        ("mining-licence-2", "2024-02-29", "2027-02-28"),
        ("mining-licence-1", "2025-01-31", "2028-01-31"),
        ("mining-licence-1", "2025-02-28", "2028-02-28"),
        ("secured-asset-permit", "2026-04-30", "2029-04-30"),
        ("nbk-exchanger", "2026-05-01", None),
    ],
)
def test_validity(kind: str, granted: str, last: str | None) -> None:
    found = validity(kind, date.fromisoformat(granted))
    assert valid_until(kind, date.fromisoformat(granted)) == found.last_day
    assert found.last_day == (date.fromisoformat(last) if last else None)
    if last and kind in MINING_LICENCES:
        assert found.confidence == "assumed"


def test_no_validity_before_the_law() -> None:
    with pytest.raises(NotInForce):
        valid_until("mining-licence-1", date(2023, 3, 31))


@pytest.mark.parametrize(
    ("kind", "on", "number"),
    [
        ("mining-licence-1", FILED, 7),
        ("mining-licence-2", date(2023, 4, 1), 7),
        ("secured-asset-permit", date(2026, 4, 30), 7),
        ("nbk-dfa-platform", date(2026, 5, 1), 6),
        ("nbk-exchanger", date(2026, 5, 1), 4),
        ("nbk-special-regime", date(2025, 8, 31), 3),
        ("pool-accreditation", FILED, 5),
    ],
)
def test_refusal_grounds(kind: str, on: date, number: int) -> None:
    found = refusal_grounds(kind, on)
    assert len(found) == len({one.code for one in found}) == number
    assert json.loads(json.dumps(found[0].ground()))["value"] == found[0].text


@pytest.mark.parametrize(
    ("kind", "on"),
    [
        ("mining-licence-1", date(2023, 3, 31)),
        ("secured-asset-permit", date(2026, 5, 1)),
        ("national-exchange", FILED),
        ("nbk-exchanger", date(2026, 4, 30)),
    ],
)
def test_no_list_of_grounds(kind: str, on: date) -> None:
    with pytest.raises(NotInForce):
        refusal_grounds(kind, on)


def test_incompleteness_is_a_list_of_its_own() -> None:
    reasons = incompleteness_reasons("mining-licence-1", FILED)
    assert [one.source.article for one in reasons] == [f"25(1), 29(3)({n})" for n in (1, 2, 3)]
    assert not {one.code for one in reasons} & {one.code for one in refusal_grounds("mining-licence-1", FILED)}
    with pytest.raises(NotInForce):
        incompleteness_reasons("nbk-exchanger", date(2026, 6, 1))


def test_papers_of_the_subtypes() -> None:
    first = {one.code for one in documents("mining-licence-1", FILED)}
    second = {one.code for one in documents("mining-licence-2", FILED)}
    assert "centre-right" in first - second
    assert {"equipment-right", "hosting-contract"} <= second - first
    assert "fee-proof" in first & second
    with pytest.raises(NotInForce):
        documents("mining-licence-1", date(2023, 3, 31))


def test_kinds() -> None:
    assert set(GOVERNED_BY_PERMITS_LAW) <= set(KINDS)
    assert len(KINDS) == len(set(KINDS)) == 11
