"""The defined terms by edition, and the lines and texts of the law."""

import copy
import json
import pickle
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from law.definitions import (
    DEFINING_EDITIONS,
    EDITIONS,
    TERMS,
    NotDefined,
    changed,
    definition,
    definitions,
    edition,
)
from law.problems import Line, plain, problem, render


@pytest.mark.parametrize(
    ("term", "on", "part"),
    [
        ("unsecured-digital-asset", "2025-01-07", "reward"),
        ("unsecured-digital-asset", "2025-01-08", "does not meet the tests"),
        ("unsecured-digital-asset", "2026-05-01", "not a digital financial asset"),
        ("digital-asset", "2024-12-31", "electronic form"),
        ("digital-asset", "2025-01-08", "legal tender"),
        ("exchange", "2026-01-17", "platform"),
        ("exchange", "2026-01-18", "legal entity"),
        ("turnover", "2026-01-18", "civil-law deals"),
        ("turnover", "2026-05-01", "storage"),
        ("mining-data-centre", "2026-01-17", "production building"),
        ("mining-data-centre", "2026-01-18", "keeps computing capacity"),
        ("mining-data-centre", "2026-07-11", "information and communication"),
        ("mining-data-centre", "2026-07-12", "digital infrastructure"),
        ("digital-mining", "2026-01-17", "data processing"),
    ],
)
def test_wording_of_the_day(term: str, on: str, part: str) -> None:
    assert part in definition(term, date.fromisoformat(on)).text


def test_a_data_centre_lies_outside_a_residential_zone_under_every_edition() -> None:
    for one in changed("mining-data-centre"):
        assert "outside a residential zone" in one.text


@pytest.mark.parametrize(
    ("term", "on"),
    [
        ("turnover", "2026-01-17"),
        ("issue", "2026-01-17"),
        ("secured-digital-asset", "2026-05-01"),
        ("digital-financial-asset", "2026-04-30"),
        ("authorised-body", "2026-05-01"),
        ("digital-asset", "2023-03-31"),
        ("no-such-term", "2026-05-01"),
    ],
)
def test_not_defined(term: str, on: str) -> None:
    with pytest.raises(NotDefined) as caught:
        definition(term, date.fromisoformat(on))
    assert caught.value.problem.code == "not_defined"
    assert "%(" not in str(caught.value)


def test_wordings_follow_each_other() -> None:
    assert {one.term for one in definitions()} == set(TERMS)
    order = list(dict.fromkeys(one.term for one in definitions()))
    assert order == list(TERMS)
    for term in TERMS:
        for earlier, later in pairwise(changed(term)):
            assert earlier.repealed == later.in_force
            assert earlier.text != later.text


def test_definitions_change_on_days_of_editions_only() -> None:
    days = {one.day for one in EDITIONS} | {date(2025, 12, 13)}
    assert {one.in_force for one in definitions()} <= days
    for on in days:
        assert all(one.applies(on) for one in definitions(on))


def test_editions() -> None:
    assert [one.day.isoformat() for one in DEFINING_EDITIONS] == [
        "2023-04-01", "2025-01-08", "2026-01-18", "2026-05-01", "2026-07-12",
    ]  # fmt: skip
    assert [one.day for one in EDITIONS] == sorted({one.day for one in EDITIONS})
    assert edition(date(2023, 3, 31)) is None
    found = edition(date(2026, 1, 18))
    assert found is not None
    assert found.day_confidence == "assumed"
    assert edition(date(2026, 1, 17)) != found


def test_lines_are_texts_that_can_be_translated() -> None:
    line = Line("%(days)s working days (%(unit)s)", days=[date(2026, 3, 2), date(2026, 3, 3)], unit="days")
    assert line == "2026-03-02, 2026-03-03 working days (days)"
    assert json.loads(json.dumps(line.as_dict())) == {
        "text": str(line),
        "msgid": "%(days)s working days (%(unit)s)",
        "params": {"days": ["2026-03-02", "2026-03-03"], "unit": "days"},
    }
    for other in (copy.deepcopy(line), pickle.loads(pickle.dumps(line))):  # noqa: S301
        assert other == line
        assert other.as_dict() == line.as_dict()


def test_rendering_translates_what_stands_inside() -> None:
    catalogue = {"%(n)s %(unit)s": "%(n)s %(unit)s!", "working days": "рабочих дней", "": "header"}
    stored = Line("%(n)s %(unit)s", n=15, unit="working days", none="").as_dict()
    text = render(str(stored["msgid"]), stored["params"], lambda t: catalogue.get(t, t))  # type: ignore[arg-type]
    assert text == "15 рабочих дней!"
    assert render("100 %", {}) == "100 %"


def test_plain_values() -> None:
    assert plain((date(2026, 3, 2), Decimal("1.50"), None, True, 3)) == ["2026-03-02", "1.50", None, True, 3]
    found = problem("x", "%(a)s", field="f", severity="warning", a=Decimal("1.50"))
    assert str(found) == "1.50"
    assert not found.blocks
