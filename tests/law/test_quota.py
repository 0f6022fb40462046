"""The share of sales: by the day of sale, split where the law changes, the same in any order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from law import provisions
from law.provisions import NotInForce, history
from law.quota import SHARE, Assessment, Sale, assess, organised_trade, own_output, quarter_of, report_due, spans

HUNDRED = Decimal(100)


def day(text: str) -> date:
    return date.fromisoformat(text)


def sale(on: str, amount: str = "100", declared: str = "0", reported: str | None = None) -> Sale:
    return Sale(day(on), "BTC", Decimal(amount), Decimal(declared), None if reported is None else Decimal(reported))


@pytest.mark.parametrize(
    ("sold_on", "required", "verdict"),
    [
        ("2023-12-31", "0", "no_duty"),
        ("2024-01-01", "50", "short"),
        ("2024-12-31", "50", "short"),
        ("2025-01-01", "75", "short"),
        ("2026-01-17", "75", "short"),
        ("2026-01-18", "0", "no_duty"),
        ("2026-05-01", "0", "no_duty"),
    ],
)
def test_the_day_of_sale_picks_the_law(sold_on: str, required: str, verdict: str) -> None:
    found = assess([sale(sold_on)], day(sold_on), day(sold_on))
    assert (found.required, found.verdict, found.missing) == (Decimal(required), verdict, Decimal(required))
    assert [ground["code"] for ground in found.grounds] == ([SHARE] if verdict != "no_duty" else [])


@pytest.mark.parametrize(
    ("first", "last", "cuts"),
    [
        ("2023-10-01", "2023-12-31", [("2023-10-01", "2023-12-31", "0")]),
        ("2024-10-01", "2025-03-31", [("2024-10-01", "2024-12-31", "0.50"), ("2025-01-01", "2025-03-31", "0.75")]),
        ("2026-01-01", "2026-03-31", [("2026-01-01", "2026-01-17", "0.75"), ("2026-01-18", "2026-03-31", "0")]),
        ("2026-01-18", "2026-03-31", [("2026-01-18", "2026-03-31", "0")]),
        ("2024-01-01", "2024-01-01", [("2024-01-01", "2024-01-01", "0.50")]),
    ],
)
def test_a_period_is_split_by_day(first: str, last: str, cuts: list[tuple[str, str, str]]) -> None:
    found = spans(day(first), day(last))
    assert [(one.first, one.last, one.share) for one in found] == [(day(a), day(b), Decimal(c)) for a, b, c in cuts]


def test_a_quarter_over_the_repeal() -> None:
    rows = [sale("2026-01-10", "1000", "700"), sale("2026-02-10", "5000")]
    found = assess(rows, day("2026-01-01"), day("2026-03-31"))
    before, after = found.parts
    assert [before.sold, before.required, before.missing, before.verdict] == [1000, 750, 50, "short"]
    assert [after.sold, after.required, after.verdict] == [5000, 0, "no_duty"]
    assert [found.sold, found.required, found.missing, found.verdict] == [6000, 750, 50, "short"]
    lines = [str(line) for line in found.arithmetic]
    assert "1000 × 0.75 = 750 tenge through exchanges of the AIFC, at least" in lines
    assert "Missing: 50 tenge" in lines
    assert "The rule or its first day is unconfirmed." in lines
    assert "No share was required on these days." in lines


def test_what_is_over_in_one_part_is_none_of_the_other() -> None:
    rows = [sale("2024-12-31", "100", "100"), sale("2025-01-01", "100", "50")]
    found = assess(rows, day("2024-10-01"), day("2025-03-31"))
    assert [part.verdict for part in found.parts] == ["unproved", "short"]
    assert found.missing == 25


@pytest.mark.parametrize(
    ("declared", "reported", "proof", "verdict"),
    [
        ("75", "75", "proved", "met"),
        ("75", None, "declared", "unproved"),
        ("75", "74.99", "contradicted", "short"),
        ("60", "80", "contradicted", "met"),
        ("74.99", None, "declared", "short"),
        ("0", "0", "proved", "short"),
        ("100", "250", "contradicted", "met"),  # more than the sale itself proves no more than the sale
    ],
)
def test_proof(declared: str, reported: str | None, proof: str, verdict: str) -> None:
    row = sale("2025-06-01", "100", declared, reported)
    assert row.proof == proof
    found = assess([row], day("2025-04-01"), day("2025-06-30"))
    assert found.verdict == verdict
    assert found.parts[0].proved <= HUNDRED


def test_without_sales() -> None:
    assert assess([], day("2025-04-01"), day("2025-06-30")).verdict == "nothing_sold"
    assert assess([], day("2026-04-01"), day("2026-06-30")).verdict == "no_duty"
    assert assess([], day("2026-01-01"), day("2026-03-31")).verdict == "nothing_sold"
    assert assess([sale("2026-02-01")], day("2026-01-01"), day("2026-03-31")).verdict == "no_duty"


@pytest.mark.parametrize("row", [sale("2025-06-01", "-1"), sale("2025-06-01", "1", "2"), sale("2025-06-01", "1", "-1")])
def test_what_is_no_sale(row: Sale) -> None:
    with pytest.raises(ValueError, match="no sale"):
        assess([row], day("2025-04-01"), day("2025-06-30"))


def test_a_period_backwards() -> None:
    with pytest.raises(ValueError, match="ends before"):
        spans(day("2025-06-30"), day("2025-04-01"))


def rows_with_repeal(on: date) -> Mapping[str, tuple[provisions.Provision, ...]]:
    """The rules as they stand, the last of the share ending on another day."""
    earlier, last = history(SHARE)
    return MappingProxyType({**provisions._ROWS, SHARE: (earlier, replace(last, repealed=on))})


def test_the_day_of_repeal_is_changed_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, first, last = [sale("2026-01-20")], day("2026-01-01"), day("2026-03-31")
    before = assess(rows, first, last)
    kept = before.grounds
    monkeypatch.setattr(provisions, "_ROWS", rows_with_repeal(day("2026-01-25")))
    after = assess(rows, first, last)
    assert [before.required, after.required] == [0, 75]
    assert (kept[0]["repealed"], after.grounds[0]["repealed"]) == ("2026-01-18", "2026-01-25")


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        ("2026-01-17", "2026-01-01", "2026-03-31"),
        ("2026-06-30", "2026-04-01", "2026-06-30"),
        ("2024-02-29", "2024-01-01", "2024-03-31"),
        ("2025-12-31", "2025-10-01", "2025-12-31"),
    ],
)
def test_quarters(on: str, first: str, last: str) -> None:
    assert quarter_of(day(on)) == (day(first), day(last))


def test_when_reports_are_due() -> None:
    told = report_due("mining", day("2025-04-01"), day("2025-06-30"))
    assert told.due_on == day("2025-07-15")
    assert not told.provision.is_confirmed
    assert report_due("mining", day("2026-01-01"), day("2026-03-31")).due_on == day("2026-04-15")
    with pytest.raises(NotInForce):
        report_due("mining", day("2026-04-01"), day("2026-06-30"))
    assert report_due("exchange", day("2026-04-01"), day("2026-06-30")).due_on == day("2026-07-15")


@pytest.mark.parametrize(("on", "lawful"), [("2026-04-30", False), ("2026-05-01", True)])
def test_own_output_is_a_lawful_case_by_name(on: str, lawful: bool) -> None:
    found = own_output(day(on))
    assert (found is not None) is lawful
    assert found is None or found.source.article == "12-1(1)(5)"


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2023-04-01", "unsecured.issue_and_turnover_ban"),
        ("2026-01-17", "unsecured.issue_and_turnover_ban"),
        ("2026-01-18", "turnover.organising_needs_licence"),
        ("2026-04-30", "turnover.organising_needs_licence"),
        ("2026-05-01", "unsecured.closed_list_of_cases"),
    ],
)
def test_which_rule_organised_trade_breaches(on: str, code: str) -> None:
    assert organised_trade(day(on)).code == code


def test_before_the_law_nobody_breached_it() -> None:
    with pytest.raises(NotInForce):
        organised_trade(day("2023-03-31"))


FIRST, LAST = day("2023-11-01"), day("2026-03-31")
AMOUNTS = some.decimals(0, 10**12, places=2)


@some.composite
def sales(draw: some.DrawFn) -> Sale:
    amount = draw(AMOUNTS)
    declared = min(draw(AMOUNTS), amount)
    on = FIRST - timedelta(days=20) + timedelta(days=draw(some.integers(0, 940)))
    return Sale(on, draw(some.sampled_from(["BTC", "LTC"])), amount, declared, draw(some.none() | AMOUNTS))


def sums(found: Assessment) -> list[tuple[object, ...]]:
    return [
        (part.span.first, part.sold, part.required, part.proved, part.declared_only, part.missing, part.verdict)
        for part in found.parts
    ]


unhurried = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(some.lists(sales(), max_size=20), some.randoms(use_true_random=False))
def test_any_order_gives_the_same_sums(rows: list[Sale], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    one, other = assess(rows, FIRST, LAST), assess(shuffled, FIRST, LAST)
    assert sums(one) == sums(other)
    inside = [row for row in rows if FIRST <= row.sold_on <= LAST]
    assert one.sold == sum((row.amount for row in inside), Decimal(0))
    assert one.missing == sum((part.missing for part in one.parts), Decimal(0))


@unhurried
@given(some.lists(sales(), max_size=15), some.integers(1, 800))
def test_two_halves_of_a_period_add_up(rows: list[Sale], where: int) -> None:
    cut = FIRST + timedelta(days=where)
    whole = assess(rows, FIRST, LAST)
    halves = assess(rows, FIRST, cut), assess(rows, cut + timedelta(days=1), LAST)
    assert whole.sold == sum((half.sold for half in halves), Decimal(0))
    assert whole.required == sum((half.required for half in halves), Decimal(0))
