"""Thresholds of financial monitoring and limits of clients: the days and sums on both sides of each boundary."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.limits import (
    ASSETS,
    BELOW,
    NO_RULE,
    NOT_SUBJECT,
    PROVIDERS,
    REACHED,
    Deal,
    NotRead,
    client_limit,
    is_threshold_operation,
    monitored,
    retail_month,
    threshold,
)
from law.provisions import D259, D259_FIRST, LDA_START, NotInForce

DAY = timedelta(days=1)
CENT = Decimal("0.01")
JUNE = date(2026, 6, 14)
SUMS = st.decimals(min_value=CENT, max_value=Decimal(10**12), places=2)
PLATFORM, EXCHANGER, AIFC = "nbk-dfa-platform", "nbk-exchanger", "aifc-exchange"


@pytest.mark.parametrize(
    ("provider", "asset", "least"),
    [
        (EXCHANGER, "unsecured", 5_000_000),
        (EXCHANGER, "fixed_value", 5_000_000),
        (EXCHANGER, "money", 5_000_000),
        ("nbk-special-regime", "money", 5_000_000),
        ("nbk-trading-platform", "secured", 5_000_000),
        (PLATFORM, "dfa_kind_1", 7_000_000),
        (PLATFORM, "dfa_kind_2", 7_000_000),
        (PLATFORM, "dfa_kind_3_shares", 7_000_000),
        (PLATFORM, "dfa_kind_3_other", 45_000_000),
    ],
)
def test_at_least_the_sum_of_the_law(provider: str, asset: str, least: int) -> None:
    for on in (D259, JUNE):
        assert threshold(provider, asset, on).amount == least
        at, under = (monitored(provider, asset, amount, on) for amount in (Decimal(least), least - CENT))
        assert (at.verdict, under.verdict) == (REACHED, BELOW)
        assert is_threshold_operation(provider, asset, Decimal(least), on)
        assert not is_threshold_operation(provider, asset, least - CENT, on)
        assert "0.01" in under.arithmetic[-1]
        assert not at.is_confirmed  # the first day of the wording is assumed
        assert (at.confidence, at.day_confidence) == ("text", "assumed")
        assert [one.code.split(".")[1] for one in at.provisions] == ["threshold", "subject"]


@pytest.mark.parametrize(
    ("provider", "asset", "on", "verdict"),
    [
        (EXCHANGER, "unsecured", D259 - DAY, NOT_SUBJECT),
        (EXCHANGER, "unsecured", D259, REACHED),
        (PLATFORM, "dfa_kind_1", D259 - DAY, NOT_SUBJECT),
        (PLATFORM, "money", D259, NO_RULE),  # not named
        ("nbk-special-regime", "unsecured", D259_FIRST - DAY, NOT_SUBJECT),
        ("nbk-special-regime", "unsecured", D259_FIRST, NO_RULE),  # a subject that the rule of that time does not name
        ("nbk-special-regime", "unsecured", D259, REACHED),
        (AIFC, "unsecured", LDA_START - DAY, NOT_SUBJECT),
        (AIFC, "unsecured", D259_FIRST - DAY, NO_RULE),  # editions before were not read
        (AIFC, "unsecured", D259_FIRST, REACHED),
        (AIFC, "unsecured", D259 - DAY, REACHED),
        (AIFC, "dfa_kind_1", D259 - DAY, NO_RULE),
        (AIFC, "dfa_kind_1", D259, REACHED),
        ("secured-asset-permit", "secured", D259 - DAY, REACHED),
        ("secured-asset-permit", "secured", D259, NOT_SUBJECT),
        ("dfa-issuer", "dfa_kind_2", date(2026, 12, 31), NOT_SUBJECT),
        ("dfa-issuer", "dfa_kind_2", date(2027, 1, 1), REACHED),
    ],
)
def test_the_day_says_who_is_a_subject_and_which_rule_holds(provider: str, asset: str, on: date, verdict: str) -> None:
    answer = monitored(provider, asset, Decimal(10**9), on)
    assert answer.verdict == verdict
    assert any(one.blocks for one in answer.problems) is (verdict in (NOT_SUBJECT, NO_RULE))
    if verdict == REACHED:
        assert threshold(provider, asset, on) == answer.provisions[0]
    else:
        assert answer.arithmetic == ()
    if verdict == NO_RULE:
        with pytest.raises(NotInForce):
            threshold(provider, asset, on)


@given(st.sampled_from(sorted(PROVIDERS)), st.sampled_from(sorted(ASSETS)), SUMS, SUMS)
def test_more_is_never_told_less(provider: str, asset: str, amount: Decimal, more: Decimal) -> None:
    smaller, larger = (monitored(provider, asset, one, JUNE) for one in (amount, amount + more))
    assert smaller.provisions == larger.provisions
    if smaller.verdict in (REACHED, BELOW):
        assert (smaller.verdict == REACHED) is (amount >= threshold(provider, asset, JUNE).amount)
        assert not (smaller.verdict == REACHED and larger.verdict == BELOW)
    else:
        assert smaller.verdict == larger.verdict


@given(st.sampled_from(sorted(PROVIDERS)), st.sampled_from(sorted(ASSETS)), st.dates(date(2020, 1, 1)))
def test_every_day_has_an_answer_with_its_rule_or_its_reason(provider: str, asset: str, on: date) -> None:
    answer = monitored(provider, asset, Decimal(1), on)
    assert bool(answer.arithmetic) is (answer.verdict in (REACHED, BELOW))
    assert answer.arithmetic or answer.problems
    assert all(one.applies(on) for one in answer.provisions)


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity"])
def test_a_sum_is_above_zero(amount: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        monitored(EXCHANGER, "unsecured", Decimal(amount), JUNE)


def test_unknown_codes_are_refused() -> None:
    for provider, asset in (("bank", "money"), (EXCHANGER, "gold")):
        with pytest.raises(KeyError):
            threshold(provider, asset, JUNE)


def test_limits_of_an_exchangers_clients_are_unknown_and_never_none() -> None:
    with pytest.raises(NotInForce) as early:
        client_limit(D259 - DAY)
    assert early.value.problem.code == "not_in_force"
    with pytest.raises(NotRead) as unread:
        client_limit(D259)
    assert isinstance(unread.value, NotInForce)
    assert "no freedom from limits" in str(unread.value.problem)
    warned = [one.code for one in monitored(EXCHANGER, "unsecured", Decimal(1), JUNE).problems]
    assert warned == ["limits-not-read"]
    assert not monitored(AIFC, "unsecured", Decimal(1), JUNE).problems


def deal(amount: str, at: datetime = datetime(2026, 6, 14, 10, tzinfo=UTC), *, bought: bool = True) -> Deal:
    return Deal(at, Decimal(amount), bought)


@pytest.mark.parametrize(
    ("bought", "further", "left", "over"),
    [
        ("0", "1000", "1000", False),
        ("0", "1000.01", "1000", True),
        ("400", "600", "600", False),
        ("400", "600.01", "600", True),
        ("1000", "0", "0", False),
        ("1000", "0.01", "0", True),
        ("1000.01", "0", "0", True),
    ],
)
def test_more_than_the_limit_needs_the_test(bought: str, further: str, left: str, over: bool) -> None:
    month = retail_month([deal(bought)], JUNE, tested=False, further=Decimal(further))
    assert (month.left, month.over) == (Decimal(left), over)
    assert (month.first, month.last) == (date(2026, 6, 1), date(2026, 6, 30))
    assert any(sign in month.arithmetic[-1] for sign in (">", "above")) is over
    tested = retail_month([deal(bought)], JUNE, tested=True, further=Decimal(further))
    assert (tested.left, tested.over) == (None, False)


def test_only_purchases_count() -> None:
    month = retail_month([deal("300"), deal("5000", bought=False)], JUNE, tested=False)
    assert (month.bought, month.left) == (Decimal(300), Decimal(700))
    assert any("no purchases" in line for line in month.arithmetic)


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (datetime(2026, 5, 31, 18, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 5, 31, 19, tzinfo=UTC), True),  # midnight in Almaty
        (datetime(2026, 6, 30, 18, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 30, 19, tzinfo=UTC), False),
    ],
)
def test_a_month_is_that_of_almaty(at: datetime, counts: bool) -> None:
    assert retail_month([deal("1", at)], JUNE, tested=False).bought == int(counts)


@pytest.mark.parametrize(("on", "last"), [("2026-02-10", 28), ("2028-02-29", 29), ("2026-12-31", 31)])
def test_the_month_is_whole(on: str, last: int) -> None:
    assert retail_month([], date.fromisoformat(on), tested=False).last.day == last


def test_what_a_month_refuses() -> None:
    with pytest.raises(NotInForce):
        retail_month([], LDA_START - DAY, tested=False)
    with pytest.raises(ValueError, match="time zone"):
        retail_month([deal("1", datetime(2026, 6, 1))], JUNE, tested=False)
    with pytest.raises(ValueError, match="above zero"):
        retail_month([deal("-1")], JUNE, tested=False)


@given(st.lists(st.tuples(SUMS, st.booleans()), max_size=6), SUMS)
def test_what_is_left_may_be_bought_and_not_a_cent_more(rows: list[tuple[Decimal, bool]], further: Decimal) -> None:
    deals = [deal(str(amount), bought=bought) for amount, bought in rows]
    month = retail_month(deals, JUNE, tested=False, further=further)
    assert month.bought == sum(amount for amount, bought in rows if bought)
    assert month.left is not None
    assert month.over is (further > month.left or month.bought > 1000)
    if month.left:
        assert not retail_month(deals, JUNE, tested=False, further=month.left).over
    assert retail_month(deals, JUNE, tested=False, further=month.left + CENT).over


@given(st.lists(st.tuples(st.datetimes(datetime(2026, 4, 1), datetime(2026, 9, 1)), SUMS), max_size=6))
def test_months_share_no_purchase(rows: list[tuple[datetime, Decimal]]) -> None:
    deals = [deal(str(amount), at.replace(tzinfo=UTC)) for at, amount in rows]
    months = [retail_month(deals, date(2026, number, 15), tested=False) for number in range(4, 10)]
    assert sum(one.bought for one in months) == sum(amount for _at, amount in rows)
