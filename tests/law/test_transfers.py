"""Transfers without data: stopped, held for the hours of the law, then refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from law.provisions import NotInForce
from law.transfers import hold_problems, transfer_answer

DAY = date(2026, 6, 14)
STOP = datetime(2026, 6, 14, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "hours", "act"),
    [
        ({"data_complete": True}, 0, "pass"),
        ({"stopped_at": None}, 0, "stop"),
        ({}, 0, "hold"),
        ({}, 47.999, "hold"),
        ({}, 48, "refuse"),
        ({"given_at": STOP + timedelta(hours=60)}, 59, "refuse"),
        ({"given_at": STOP + timedelta(hours=60)}, 60, "pass"),
    ],
)
def test_what_is_to_be_done(facts: dict[str, Any], hours: float, act: str) -> None:
    given: dict[str, Any] = {"data_complete": False, "stopped_at": STOP, "given_at": None, "on": DAY} | facts
    answer = transfer_answer(**given, now=STOP + timedelta(hours=hours))
    assert answer.act == act
    assert (answer.until == STOP + timedelta(hours=48)) is (act in ("hold", "refuse"))
    assert answer.provision.source.article == "6(27), 12-1(9)"


def test_before_the_law_nothing_is_asked() -> None:
    with pytest.raises(NotInForce):
        transfer_answer(data_complete=False, stopped_at=None, given_at=None, now=STOP, on=date(2026, 4, 30))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"outcome": "refuse", "ended_at": STOP + timedelta(hours=48)}, []),
        ({"outcome": "refuse", "ended_at": STOP + timedelta(hours=47, minutes=59)}, ["transfer-held-short"]),
        ({"outcome": "pass"}, ["transfer-without-data"]),
        ({"outcome": "pass", "given_at": STOP + timedelta(hours=1)}, []),
        ({"outcome": "pass", "stopped_at": None}, ["transfer-not-stopped", "transfer-without-data"]),
        ({"outcome": "refuse", "stopped_at": None}, ["transfer-not-stopped"]),
    ],
)
def test_what_was_against_the_law(facts: dict[str, Any], expected: list[str]) -> None:
    given: dict[str, Any] = {"stopped_at": STOP, "given_at": None, "ended_at": STOP + timedelta(hours=2), "on": DAY}
    found = hold_problems(**(given | facts))
    assert [one.code for one in found] == expected
    assert all(one.ground() for one in found)
