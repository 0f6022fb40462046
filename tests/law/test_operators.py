"""What the law asks of operators of the National Bank: boundary amounts and days."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from law.grounds import repeat_reasons
from law.licensing import documents, due, term, validity
from law.operators import (
    OPERATORS,
    Executive,
    Owner,
    activity_problems,
    capital_problems,
    executive_problems,
    form_problems,
    owner_problems,
    wind_down,
)
from law.problems import Problem
from law.provisions import NotInForce

DAY = date(2026, 6, 16)
IIN = "850314300013"
EXCHANGER, DFA, TRADING = "nbk-exchanger", "nbk-dfa-platform", "nbk-trading-platform"


def codes(found: list[Problem]) -> list[str]:
    assert all(one.provision for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("kind", "amount", "missing"),
    [
        (DFA, "100000000", None),
        (DFA, "99999999.99", "0.01"),
        (TRADING, "200000000", None),
        (TRADING, "100000000", "100\u202f000\u202f000"),
        (EXCHANGER, "50000000.00", None),
        (EXCHANGER, "49000000", "1\u202f000\u202f000"),
    ],
)
def test_the_capital_of_each_kind(kind: str, amount: str, missing: str | None) -> None:
    paid = date(2026, 6, 15)
    found = capital_problems(kind, DAY, amount=Decimal(amount), paid_on=paid, filed_on=DAY, in_tenge=True)
    assert codes(found) == ([] if missing is None else ["capital-short"])
    if missing:
        assert (found[0].params["missing"], found[0].provision.ground()["code"]) == (  # type: ignore[union-attr]
            missing,
            f"{kind}.capital",
        )
        assert f"= {missing} tenge are missing" in str(found[0])


@pytest.mark.parametrize(("paid", "expected"), [("2026-06-15", []), ("2026-06-16", ["capital-late"])])
def test_the_capital_is_paid_before_the_day_of_filing(paid: str, expected: list[str]) -> None:
    given: dict[str, Any] = {"amount": Decimal(50_000_000), "filed_on": DAY, "in_tenge": True}
    assert codes(capital_problems(EXCHANGER, DAY, paid_on=date.fromisoformat(paid), **given)) == expected
    given["in_tenge"] = False
    assert "capital-not-money" in codes(capital_problems(EXCHANGER, DAY, paid_on=None, **given))


def test_a_company_of_two_forms() -> None:
    assert [codes(form_problems(form, DAY)) for form in ("jsc", "llp", "other")] == [[], [], ["operator-form"]]


def owner(share: str, **fields: Any) -> Owner:
    values: dict[str, Any] = {"kind": "person", "name": "A", "number": IIN, "residence": "KZ", "beneficial": True}
    return Owner(**(values | fields), share=Decimal(share))


@pytest.mark.parametrize(
    ("owners", "expected"),
    [
        ([owner("100")], []),
        ([owner("33.33"), owner("33.33"), owner("33.34")], []),
        ([owner("60"), owner("40.01")], ["shares-over"]),
        ([owner("99.99")], ["shares-under"]),
        ([owner("100"), owner("80", direct=False)], []),
        ([owner("100", beneficial=False)], ["owner-beneficial"]),
        ([owner("100", number="850314300014")], ["resident-number"]),
        ([owner("100", number="AB 12-3", residence="DE")], []),
    ],
)
def test_shares_and_numbers_of_owners(owners: list[Owner], expected: list[str]) -> None:
    assert codes(owner_problems(DFA, owners, DAY)) == expected


def led(**fields: Any) -> Executive:
    values: dict[str, Any] = {"name": "A", "number": IIN, "residence": "KZ", "role": "executive_head", "degree": True}
    return Executive(**(values | fields))


FAILED = date(2016, 6, 17)


@pytest.mark.parametrize(
    ("kind", "person", "expected"),
    [
        (DFA, led(), []),
        (DFA, led(residence="DE", number="X1", degree=False), []),
        (EXCHANGER, led(residence="DE", number="X1"), ["executive-abroad"]),
        (EXCHANGER, led(degree=False), ["executive-degree"]),
        (DFA, led(role="chief_accountant"), ["executive-head"]),
        (DFA, led(failed_on=FAILED), ["executive-barred"]),  # ten years end on 17 June 2026
        (DFA, led(failed_on=date(2016, 6, 16)), []),
        (DFA, led(failed_on=FAILED, left_on=date(2015, 6, 17)), ["executive-barred"]),  # just within the year
        (DFA, led(failed_on=FAILED, left_on=date(2015, 6, 16)), []),
        (EXCHANGER, led(failed_on=date(2001, 1, 1)), ["executive-barred"]),  # no end date here
        (EXCHANGER, led(struck_off_on=date(2021, 6, 17)), ["executive-struck-off"]),
        (EXCHANGER, led(struck_off_on=date(2021, 6, 16)), []),
        (DFA, led(struck_off_on=date(2026, 6, 1)), []),
    ],
)
def test_who_may_lead(kind: str, person: Executive, expected: list[str]) -> None:
    assert codes(executive_problems(kind, [person], DAY)) == expected


def test_an_exchanger_does_nothing_else() -> None:
    given: dict[str, Any] = {"other_activity": True, "stakes": True}
    found = codes(activity_problems(EXCHANGER, DAY, website="https://a.example.kz/", **given))
    assert found == ["exchanger-other-activity", "exchanger-stakes"]
    assert codes(activity_problems(DFA, DAY, website="https://a.example.com", **given)) == ["provider-domain"]


@pytest.mark.parametrize("kind", OPERATORS)
def test_papers_and_validity(kind: str) -> None:
    assert len(documents(kind, date(2026, 5, 1))) == 6
    with pytest.raises(NotInForce):
        documents(kind, date(2026, 4, 30))
    assert validity(kind, DAY).last_day is None


def test_what_follows_a_refusal_and_a_removal() -> None:
    assert (due(DFA, "repeat-decision", DAY).due_on, due(DFA, "decision", DAY).due_on) == (
        date(2026, 6, 30),
        date(2026, 7, 15),
    )
    assert [one.source.article for one in repeat_reasons(TRADING, DAY)] == ["6(19)"]
    for missing in (lambda: repeat_reasons(EXCHANGER, DAY), lambda: term(EXCHANGER, "repeat-decision", DAY)):
        with pytest.raises(NotInForce):
            missing()
    assert due(DFA, "removal-notice", DAY).due_on == date(2026, 6, 23)
    found = wind_down(TRADING, DAY)
    assert (found.due_on, "assumed" in found.arithmetic[-1]) == (date(2026, 7, 16), True)
