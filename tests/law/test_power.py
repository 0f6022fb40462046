"""Thresholds of power: the shares at which the authority is warned."""

from datetime import date
from decimal import Decimal

import pytest

from law.power import CALM, NONE, REACHED, WARNING, level, percent
from law.provisions import NotInForce

DAY = date(2026, 6, 16)


@pytest.mark.parametrize(
    ("used", "limit", "code", "said"),
    [
        ("0", "100", CALM, "0"),
        ("79.999", "100", CALM, "79.9"),
        ("80", "100", WARNING, "80"),
        ("99.999", "100", WARNING, "99.9"),
        ("100", "100", REACHED, "100"),
        ("130", "100", REACHED, "130"),
    ],
)
def test_a_level_follows_from_the_share(used: str, limit: str, code: str, said: str) -> None:
    found = level(Decimal(used), Decimal(limit), DAY)
    assert found.code == code
    assert found.share is not None
    assert percent(found.share) == said
    assert f"{used} of {limit} MW: {said} per cent" in str(found.arithmetic[0])
    assert found.provision is not None
    assert not found.provision.is_confirmed


def test_without_a_limit_there_is_no_level() -> None:
    assert (level(Decimal(5), None, DAY).code, level(Decimal(5), None, DAY).share) == (NONE, None)
    with pytest.raises(NotInForce):
        level(Decimal(5), Decimal(10), date(2023, 3, 31))
