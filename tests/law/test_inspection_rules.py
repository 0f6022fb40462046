"""The rows on inspections: every rule that others know by its code, with value, first day and how sure it is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from law.calendar import day_off
from law.provisions import ALIASES, NotInForce, history, provision

#: code, value, first day, first day no longer, confidence, confidence of the days.
RULES = """
EK-FREQ-HIGH     1         2023-01-01 -          text      assumed
EK-FREQ-MED      2         2023-01-01 -          text      assumed
EK-FREQ-LOW      3         2023-01-01 -          text      assumed
EK-FREQ-VISIT    2         2023-01-01 -          text      assumed
EK-VISIT-LOW     0         2023-01-01 -          text      assumed
EK-DESK-FIRST    1         2023-01-01 -          text      text
EK-CAP5          5         2023-01-01 -          text      assumed
EK-HOLIDAY3      3         2016-01-01 -          text      assumed
EK-SCHED-PUB     12-25     2023-01-01 -          text      assumed
EK-LIST1-PLS     12-10     2023-01-01 -          text      assumed
EK-LIST2-PLS     05-10     2023-01-01 -          text      assumed
EK-LIST1-PUB     12-25     2023-01-01 -          text      assumed
EK-LIST2-PUB     05-25     2023-01-01 -          text      assumed
EK-LIST-CHG      1         2023-01-01 -          secondary assumed
EK-NOTICE-COMP   30        2023-01-01 -          text      text
EK-NOTICE-VISIT  30        2023-01-01 -          text      text
EK-NOTICE-UNSCH  24        2023-01-01 -          text      text
EK-NOTICE-NONE   *         2023-01-01 -          text      assumed
EK-REG-BEFORE    0         2023-01-01 -          text      text
EK-REG-URGENT    1         2023-01-01 -          text      assumed
EK-REG-REMOTE    5         2023-01-01 -          text      assumed
EK-DUR-MICRO     5         2023-01-01 -          text      text
EK-DUR-MICRO-X   5         2023-01-01 -          text      text
EK-DUR-STD       15        2023-01-01 -          text      text
EK-DUR-STD-X     15        2023-01-01 -          text      text
EK-DUR-UNSCH     10        2023-01-01 -          text      text
EK-DUR-UNSCH-X   10        2023-01-01 -          text      text
EK-EXT-MAX       1         2023-01-01 -          text      text
EK-EXT-NOTICE    1         2023-01-01 -          text      text
EK-INV-DUR       30        2023-01-01 -          text      assumed
EK-INV-EXT       30        2023-01-01 -          text      assumed
EK-SUSPEND       False     2023-01-01 -          assumed   assumed
EK-CURE-MIN      10        2023-01-01 -          text      assumed
EK-CURE-REQ      3         2023-01-01 -          text      assumed
EK-CURE-DEC      3         2023-01-01 -          text      assumed
EK-CURE-ASK      2         2023-01-01 -          text      assumed
EK-PRESC-ONE     1         2023-01-01 -          text      assumed
EK-INVESTOR      *         2026-07-01 -          text      assumed
EK-UNS-53        *         2026-07-01 -          text      text
EK-COPIES        3         2023-01-01 -          text      assumed
EK-INVAL-APP     10        2023-01-01 -          text      text
AP-COMPL         3         2021-07-01 -          text      text
AP-COMPL-6       6         2021-07-01 -          text      assumed
AP-FWD           3         2021-07-01 -          text      assumed
AP-DECIDE        20        2021-07-01 -          text      assumed
AP-COURT         1         2021-07-01 -          text      assumed
SZ-MICRO         15        2016-01-01 -          text      assumed
SZ-MICRO-INCOME  30000     2016-01-01 -          text      assumed
SZ-SMALL         100       2016-01-01 -          text      assumed
SZ-SMALL-INCOME  300000    2016-01-01 -          text      assumed
SZ-LARGE         250       2016-01-01 -          text      assumed
SZ-LARGE-INCOME  3000000   2016-01-01 -          text      assumed
SZ-MINING1       True      2023-04-01 -          text      text
MCI-2025         3932      2025-01-01 2026-01-01 assumed   text
MCI-2026         4325      2026-01-01 2027-01-01 secondary text
FINE-OFF         20        2025-01-01 -          text      assumed
FINE-OFF-AGAIN   25        2025-01-01 -          text      assumed
RISK-W-SIG       0.7       2023-01-01 -          assumed   assumed
RISK-W-INS       0.3       2023-01-01 -          assumed   assumed
RISK-GROSS       100       2023-01-01 -          assumed   assumed
RISK-T-LOW       0         2023-01-01 -          assumed   assumed
RISK-T-MED       31        2023-01-01 -          assumed   assumed
RISK-T-HIGH      71        2023-01-01 -          assumed   assumed
MORAT-1          *         2020-01-01 2024-01-01 assumed   assumed
CAL-CONST-OLD    08-30     1996-01-01 2026-01-01 secondary secondary
CAL-CONST-NEW    03-15     2027-01-01 -          secondary secondary
CAL-REPDAY       *         2021-01-01 -          text      assumed
"""
TABLE = [line.split() for line in RULES.strip().splitlines()]
DAY = timedelta(days=1)


@pytest.mark.parametrize(("code", "value", "first", "end", "confidence", "day_confidence"), TABLE, ids=lambda v: v)
def test_the_rule_stands(code: str, value: str, first: str, end: str, confidence: str, day_confidence: str) -> None:
    begins = date.fromisoformat(first)
    rule = provision(code, begins)
    assert rule.in_force == begins
    assert str(rule.repealed or "-") == end
    assert rule.confidence == confidence
    assert rule.day_confidence == day_confidence
    if value != "*":
        assert str(rule.value) == value
    with pytest.raises(NotInForce):
        provision(code, begins - DAY)
    if end != "-":
        last = date.fromisoformat(end)
        assert provision(code, last - DAY) is rule
        with pytest.raises(NotInForce):
            provision(code, last)


def test_a_rule_known_by_two_codes_is_one_row() -> None:
    assert provision("EK-UNS-53", date(2026, 7, 1)) is provision("inspection.ground-5-3", date(2026, 7, 1))
    assert provision("EK-INVESTOR", date(2026, 7, 1)) is provision("permit.investor-approval", date(2026, 7, 1))
    for code, one in ALIASES.items():
        assert code != one.code
        assert history(code) == (one,)
    with pytest.raises(NotInForce, match="no longer applies"):
        provision("MCI-2025", date(2026, 1, 1))


def test_what_is_assumed_says_so() -> None:
    on = date(2026, 3, 2)
    for code in ("RISK-W-SIG", "RISK-T-HIGH", "EK-SUSPEND", "EK-INVESTIGATION", "EK-FREQ-HIGH", "SZ-MICRO"):
        assert not provision(code, on).is_confirmed, code
    for code in ("EK-NOTICE-COMP", "EK-DUR-STD", "EK-EXT-MAX", "SZ-MINING1", "EK-INVAL-APP"):
        assert provision(code, on).is_confirmed, code


@pytest.mark.parametrize(("year", "off"), [(2024, True), (2025, True), (2026, False), (2027, False)])
def test_constitution_day_of_the_rows_is_that_of_the_calendar(year: int, off: bool) -> None:
    old = history("CAL-CONST-OLD")[0]
    day = date.fromisoformat(f"{year}-{old.value}")
    named = day_off(day)
    assert (named is not None and named.name == "Constitution Day") is off
    assert old.applies(day) is off


@pytest.mark.parametrize(("year", "off"), [(2026, False), (2027, True), (2028, True)])
def test_the_new_constitution_day(year: int, off: bool) -> None:
    new = history("CAL-CONST-NEW")[0]
    day = date.fromisoformat(f"{year}-{new.value}")
    named = day_off(day)
    assert (named is not None and named.name == "Constitution Day") is off
    assert new.applies(day) is off


def test_weights_make_a_whole() -> None:
    on = date(2026, 3, 2)
    assert provision("RISK-W-SIG", on).amount + provision("RISK-W-INS", on).amount == Decimal(1)
