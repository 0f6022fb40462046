"""The share of the world's hash rate: units, digits, arithmetic, and marks that stay unconfirmed."""

from decimal import Decimal
from itertools import pairwise

import pytest

from law.hash_rate import MARKS, UNITS, percent, share, terahashes


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [("7", "TH/s", 7), ("7", "PH/s", 7_000), ("0.5", "EH/s", 500_000), ("1", "ZH/s", 10**9)],
)
def test_every_unit_is_so_many_terahashes(amount: str, unit: str, expected: int) -> None:
    assert terahashes(Decimal(amount), unit) == expected


def test_units_differ_by_a_thousand() -> None:
    sizes = list(UNITS.values())
    assert [after // before for before, after in pairwise(sizes)] == [1_000] * 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"),
        ("1", "100"),
        ("0.18", "18"),
        ("0.04", "4"),
        ("0.12345", "12.3"),
        ("0.000671", "0.0671"),
        ("0.00000012345", "0.0000123"),
    ],
)
def test_a_share_keeps_three_digits(value: str, shown: str) -> None:
    assert percent(Decimal(value)) == shown


def test_the_share_tells_its_arithmetic() -> None:
    found = share(Decimal("450000.500"), Decimal("900.000"), "EH/s")
    assert found.value == Decimal("450000.5") / Decimal(900_000_000)
    assert [str(line) for line in found.arithmetic] == [
        "World: 900 EH/s = 900\u202f000\u202f000 TH/s",
        "450\u202f000.5 TH/s registered / 900\u202f000\u202f000 TH/s = 0.05 per cent",
    ]


def test_what_was_published_is_known_from_a_commentary_alone() -> None:
    assert [(mark.when, mark.share) for mark in MARKS] == [
        ("late 2021", Decimal("0.18")),
        ("mid-2023", Decimal("0.04")),
    ]
    assert {mark.confidence for mark in MARKS} == {"source"}
    assert {mark.sureness for mark in MARKS} == {"from a legal commentary only"}
