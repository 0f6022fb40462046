"""Chains of owners, with their arithmetic; circles; who is a child on a day."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from law.people import OWNER, Stake, StatedPerson, beneficial_shares, ownership_problems, people_problems


def stake(owner: str, firm: str, share: str) -> Stake:
    return Stake(owner, firm, Decimal(share), owner.upper())


def test_shares_are_multiplied_along_a_chain_and_added_over_chains() -> None:
    found = beneficial_shares(
        [stake("a", "f", "60"), stake("p", "f", "40"), stake("p", "a", "50"), stake("q", "a", "25.5")], "f"
    )
    assert [(one.owner, one.share) for one in found.shares] == [("p", Decimal("70.00")), ("q", Decimal("15.3000"))]
    assert [str(line) for line in found.shares[0].arithmetic] == [
        "Through A: 60 % × 50 % = 30 %",
        "Directly: 40 %",
        "Together: 70 %",
    ]
    assert found.circles == ()


def test_a_circle_is_told_once_and_not_followed() -> None:
    found = beneficial_shares([stake("a", "f", "50"), stake("b", "a", "50"), stake("a", "b", "50")], "f")
    assert [set(circle) for circle in found.circles] == [{"a", "b"}]
    own = beneficial_shares([stake("f", "f", "10")], "f")
    assert own.circles == (("f",),)


def test_many_storeys_of_many_firms_come_to_an_end() -> None:
    layers = [[f"{layer}-{number}" for number in range(20)] for layer in range(12)]
    stakes = [stake(one, "f", "5") for one in layers[0]]
    stakes += [stake(over, under, "5") for low, high in pairwise(layers) for under in low for over in high]
    assert beneficial_shares(stakes, "f").shares


def person(**fields: object) -> StatedPerson:
    return StatedPerson(**{"side": OWNER, "kind": "person", "name": "P", "field": "owners.0", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("born", "codes"),
    [
        (date(2008, 6, 16), []),  # eighteen today
        (date(2008, 6, 17), ["person-child"]),
        (date(2026, 6, 16), ["person-child"]),
        (date(2026, 6, 17), ["person-unborn"]),
        (None, []),
    ],
)
def test_a_child_is_pointed_at_by_the_day(born: date | None, codes: list[str]) -> None:
    assert [one.code for one in people_problems([person(born_on=born)], date(2026, 6, 16))] == codes


def test_every_fault_of_chains_at_once() -> None:
    people = [
        person(kind="legal_entity", number="a"),
        person(name="Q", through="a", field="owners.1"),
        person(name="R", through="nobody", field="owners.2"),
    ]
    stakes = [stake("a", "f", "100"), stake("q", "a", "60"), stake("r", "a", "60"), stake("f", "a", "1")]
    found = ownership_problems(people, stakes, "f", None)
    assert [(one.code, one.field) for one in found] == [
        ("owner-through", "owners.2"),
        ("shares-over-between", "owners"),
        ("owners-circle", "owners"),
    ]
