"""Accounts of providers: who may hold them from which day, and whose."""

from datetime import date
from typing import Any

import pytest

from law.rails import Account, account_problems


def codes(**facts: Any) -> list[str]:
    given: dict[str, Any] = {
        "servicer": "bank",
        "kind": "nbk-exchanger",
        "from_on": date(2026, 6, 1),
        "to_on": None,
        "licensed_from": date(2026, 5, 10),
        "licensed_to": None,
    }
    return [one.code for one in account_problems(Account(**(given | facts)))]


@pytest.mark.parametrize(
    ("servicer", "on", "expected"),
    [
        ("bank", date(2023, 3, 31), ["rail-servicer-not-yet"]),
        ("bank", date(2023, 4, 1), []),
        ("postal_operator", date(2026, 1, 17), ["rail-servicer-not-yet"]),
        ("postal_operator", date(2026, 1, 18), []),
        ("postal_operator", date(2026, 4, 30), []),
    ],
)
def test_who_may_hold_accounts_from_which_day(servicer: str, on: date, expected: list[str]) -> None:
    assert codes(servicer=servicer, kind="aifc-exchange", from_on=on, licensed_from=date(2026, 4, 30)) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 4, 30), []),  # nothing asked for a licence before
        (date(2026, 5, 1), ["rail-client-unlicensed"]),
        (date(2026, 5, 9), ["rail-client-unlicensed"]),
        (date(2026, 5, 10), []),
        (date(2026, 7, 31), []),
        (date(2026, 8, 1), ["rail-client-unlicensed"]),
    ],
)
def test_the_client_is_licensed_on_the_day(on: date, expected: list[str]) -> None:
    assert codes(from_on=on, licensed_to=date(2026, 7, 31)) == expected


def test_all_faults_are_told_with_their_articles() -> None:
    found = account_problems(
        Account("postal_operator", "mining-licence-1", date(2026, 1, 17), date(2026, 1, 16), date(2026, 1, 1), None)
    )
    assert [one.code for one in found] == ["rail-servicer-not-yet", "rail-client-kind", "rail-days"]
    ground = found[0].ground()
    assert ground is not None
    assert (ground["article"], ground["in_force"], ground["day_confidence"]) == (
        "11(2); 12-1(3)",
        "2026-01-18",
        "assumed",
    )
    assert codes(suspended=True) == ["rail-client-suspended"]
