"""What stands against the registration of an issue of digital financial assets."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from law.issues import Issue, issue_problems
from law.offers import list_in_force, list_rule, offer_end
from law.provisions import NotInForce

ON = date(2026, 6, 16)


def number(first_eleven: str) -> str:
    from law.identifiers import check_digit

    return f"{first_eleven}{check_digit(first_eleven)}"


GOOD = Issue(
    kind=1,
    name="Tenge Note",
    issuer_name="Issuer LLP",
    issuer_number=number("24054000001"),
    issuer_residence="KZ",
    decision="No. 1",
    decided_on=date(2026, 6, 1),
    underlying="money",
    underlying_text="Money on an account",
    keeper_name="Bank JSC",
    keeper_number=number("10054000002"),
    keeper_residence="KZ",
    checked_on=ON,
    checked_by="Head of risks",
    amount=Decimal(1000),
    currency="KZT",
    placement_on=ON,
    redemption_on=ON,
)
THIRD: dict[str, Any] = {
    "kind": 3,
    "underlying": "none",
    "keeper_number": "",
    "keeper_residence": "",
    "checked_on": None,
}


def found(on: date = ON, **changes: Any) -> set[tuple[str, str | None]]:
    return {(one.code, one.field) for one in issue_problems(replace(GOOD, **changes), on)}


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, set()),
        ({"kind": 2, "underlying": "property"}, set()),
        (THIRD, set()),
        ({"redemption_on": None}, set()),
        ({"keeper_number": GOOD.issuer_number, "keeper_name": GOOD.issuer_name}, set()),  # nothing forbids it
        ({"kind": 2}, {("issue-underlying", "underlying")}),
        ({"kind": 4}, {("issue-kind", "dfa_kind")}),
        ({"issuer_residence": "AE"}, {("issuer-foreign", "issuer_residence")}),
        ({"issuer_number": number("24055000001")}, {("issuer-foreign", "issuer_number")}),
        ({"issuer_number": number("90010130001")}, {("issuer-person", "issuer_number")}),
        ({"issuer_number": "123"}, {("issuer-number", "issuer_number")}),
        ({"keeper_residence": ""}, {("keeper-foreign", "keeper_residence")}),
        ({"initiator_name": "Mine LLP"}, {("particular-missing", "initiator_number")}),
        (
            {"initiator_number": "1"},
            {("particular-missing", "initiator_name"), ("initiator-number", "initiator_number")},
        ),
        ({"amount": Decimal(0)}, {("issue-amount", "amount")}),
        ({"currency": "tenge"}, {("issue-currency", "currency")}),
        ({"checked_on": date(2026, 6, 17)}, {("underlying-late", "checked_on")}),
        ({"decided_on": date(2026, 6, 17)}, {("decision-late", "decided_on")}),
        ({"placement_on": date(2026, 6, 15)}, {("placement-early", "placement_on")}),
        ({"redemption_on": date(2026, 6, 15)}, {("redemption-early", "redemption_on")}),
    ],
)
def test_each_fault_is_told(changes: dict[str, Any], faults: set[tuple[str, str | None]]) -> None:
    assert found(**changes) == faults


def test_all_faults_are_told_at_once_each_with_its_rule() -> None:
    told = issue_problems(Issue(), ON)
    assert {one.field for one in told} == {
        *("name", "issuer_name", "issuer_number", "issuer_residence", "decision", "decided_on", "placement_on"),
        *("amount", "currency", "dfa_kind"),
    }
    assert all(one.provision is not None for one in told)


@pytest.mark.parametrize(("on", "known"), [(date(2026, 4, 30), False), (date(2026, 5, 1), True)])
def test_there_is_no_issue_before_the_law(on: date, known: bool) -> None:
    codes = [one.code for one in issue_problems(Issue(), on)]
    assert (codes == ["not_in_force"]) is not known
    assert (list_in_force(on) is not None) is known
    assert (list_rule("nbk-exchanger", on) is not None) is known
    assert list_rule("nbk-trading-platform", on) is None


@pytest.mark.parametrize(
    ("gone", "due"),
    [
        (date(2026, 6, 16), date(2026, 6, 26)),
        (date(2026, 7, 1), date(2026, 7, 13)),  # ten days later is a Saturday
    ],
)
def test_the_end_of_an_offer_is_counted_from_the_day_off_the_list(gone: date, due: date) -> None:
    told = offer_end(gone)
    assert (told.due_on, told.provision.is_confirmed) == (due, False)


def test_no_end_is_owed_before_the_law() -> None:
    with pytest.raises(NotInForce):
        offer_end(date(2026, 4, 30))
