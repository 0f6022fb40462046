"""Payments weighed against the fee: at the amount, a tiyn below, in parts, and where the law is silent."""

from datetime import date
from decimal import Decimal

import pytest

from law.fees import FEE_ACTS, Paid, settle
from law.licensing import fee
from law.provisions import NotInForce

ONE, DAY = "mining-licence-1", date(2026, 6, 16)
FULL = Decimal("8650000.00")


def paid(*rows: tuple[str, str]) -> list[Paid]:
    return [Paid(date.fromisoformat(day), Decimal(amount)) for day, amount in rows]


@pytest.mark.parametrize(
    ("rows", "settled_on", "missing", "over"),
    [
        ((), None, "8650000.00", "0"),
        ((("2026-06-10", "8649999.99"),), None, "0.01", "0"),
        ((("2026-06-10", "8650000.00"),), "2026-06-10", "0", "0"),
        ((("2026-06-10", "8650000.01"),), "2026-06-10", "0", "0.01"),
        ((("2026-06-10", "5000000.00"), ("2026-06-12", "3649999.99")), None, "0.01", "0"),
        ((("2026-06-12", "3650000.00"), ("2026-06-10", "5000000.00")), "2026-06-12", "0", "0"),
        ((("2026-06-10", "8650000.00"), ("2026-06-12", "100.00")), "2026-06-10", "0", "100.00"),
        ((("2026-01-01", "8650000.00"),), "2026-01-01", "0", "0"),
    ],
)
def test_settled_to_the_tiyn(rows: tuple[tuple[str, str], ...], settled_on: str, missing: str, over: str) -> None:
    found = settle(ONE, paid(*rows), DAY)
    assert found.settled_on == (date.fromisoformat(settled_on) if settled_on else None)
    assert (found.missing, found.over) == (Decimal(missing), Decimal(over))
    assert found.is_settled == (settled_on is not None)
    assert found.owed.amount == FULL
    assert found.arithmetic[: len(found.owed.arithmetic)] == found.owed.arithmetic


@pytest.mark.parametrize(
    ("act", "amount"), [("issue", "8650000.00"), ("reissue", "865000.00"), ("duplicate", "8650000.00")]
)
def test_each_act_has_its_fee(act: str, amount: str) -> None:
    assert settle(ONE, paid(("2026-06-10", amount)), DAY, act).is_settled
    assert settle(ONE, [], DAY, act).missing == Decimal(amount)


def test_acts_without_a_fee_are_not_among_them() -> None:
    assert not {"correction", "suspension", "resumption", "surrender"} & set(FEE_ACTS)
    with pytest.raises(ValueError, match="correction"):
        settle(ONE, [], DAY, "correction")


@pytest.mark.parametrize("rows", [(("2025-12-31", "1.00"),), (("2027-01-01", "1.00"),)])
def test_a_day_without_a_known_fee_is_said_so(rows: tuple[tuple[str, str], ...]) -> None:
    """The rates of 2025 and the MCI of 2027 are not entered."""
    with pytest.raises(NotInForce):
        settle(ONE, paid(*rows), DAY)


def test_what_is_owed_follows_the_day_asked_and_the_last_payment() -> None:
    assert settle(ONE, [], DAY).owed.amount == fee(ONE, DAY).amount
    late = settle(ONE, paid(("2026-12-31", "1.00")), DAY)
    assert "2026-12-31" in str(late.arithmetic[1])
    assert any("Missing" in str(line) for line in late.arithmetic)
