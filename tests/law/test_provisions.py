"""Rows of law: one row a day, cited, and switched on the right days."""

import ast
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import law
from law.problems import Problem
from law.provisions import (
    CONFIDENCES,
    D205,
    D231,
    D256,
    D259,
    Confidence,
    NotInForce,
    Provision,
    Source,
    faults,
    groups,
    history,
    provision,
    provisions,
    titles,
)

CODES = sorted(titles())


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("code", "on", "value"),
    [
        ("mining.sale_share", "2024-01-01", Decimal("0.50")),
        ("mining.sale_share", "2024-02-29", Decimal("0.50")),
        ("mining.sale_share", "2024-12-31", Decimal("0.50")),
        ("mining.sale_share", "2025-01-01", Decimal("0.75")),
        ("mining.sale_share", "2026-01-17", Decimal("0.75")),
        ("mci", "2025-12-31", 3932),
        ("mci", "2026-01-01", 4325),
        ("mci", "2026-12-31", 4325),
        ("permit.registration", "2026-03-02", 1),
        ("permit.completeness", "2026-03-02", 2),
        ("permit.decision", "2026-03-02", 15),
        ("permit.agreement-answer", "2026-03-02", 10),
        ("mining-licence.validity", "2023-04-01", 3),
        ("mining-licence.transferable", "2026-03-02", False),
        ("mining-licence.suspension-max", "2024-02-11", 6),
        ("mining.licence_1.fee", "2026-01-01", 2000),
        ("mining.licence_2.fee", "2026-01-01", 5),
        ("mining.not_turnover", "2026-01-17", "issue and turnover of unsecured assets"),
        ("mining.not_turnover", "2026-01-18", "organisation of turnover"),
        ("pool.security_test", "2024-02-10", "test act, information security"),
        ("pool.security_test", "2024-02-11", "test protocols, information security"),
        ("pool.security_test", "2026-07-11", "test protocols, information security"),
        ("pool.security_test", "2026-07-12", "test protocols, cybersecurity"),
        ("asset.classes", "2026-04-30", "secured, unsecured"),
        ("asset.classes", "2026-05-01", "digital financial assets, unsecured"),
        ("nbk-exchanger.decision", "2026-05-01", 20),
        ("nbk-trading-platform.capital", "2026-05-01", 200_000_000),
        ("rails.postal_operator", "2026-01-18", True),
    ],
)
def test_value_on_the_day(code: str, on: str, value: object) -> None:
    assert provision(code, day(on)).value == value


@pytest.mark.parametrize(
    ("code", "on"),
    [
        ("mining.sale_share", "2023-12-31"),
        ("mining.sale_share", "2026-01-18"),
        ("mining.exclusive_activity", "2026-01-18"),
        ("mining-licence.validity", "2023-03-31"),
        ("mining-licence.suspension-max", "2024-02-10"),
        ("mining.licence_1.fee", "2025-12-31"),
        ("mci", "2024-12-31"),
        ("mci", "2027-01-01"),
        ("permit.refusal-32-2", "2023-07-01"),
        ("rails.postal_operator", "2026-01-17"),
        ("nbk-exchanger.decision", "2026-04-30"),
        ("turnover.organising_needs_licence", "2026-05-01"),
        ("aml.subject.dfa_issuer", "2026-12-31"),
        ("no.such.rule", "2026-01-01"),
    ],
)
def test_not_in_force_is_a_problem(code: str, on: str) -> None:
    with pytest.raises(NotInForce) as caught:
        provision(code, day(on))
    assert caught.value.problem.code == "not_in_force"
    assert caught.value.problem.params["code"] == code
    assert "%(" not in str(caught.value)


def test_a_year_without_an_index_says_so() -> None:
    with pytest.raises(NotInForce, match=r"The monthly calculation index \(MCI\) of 2027 is not entered\."):
        provision("mci", date(2027, 1, 1))


def test_a_rule_is_entered_under_one_code_only() -> None:
    others = {
        "mining.licence.validity", "mining.licence.decision_term", "mining.licence.suspension_min",
        "mining.licence.suspension_max", "mining.licence.end_by_court", "permits.completeness",
        "permits.decision_term", "nbk.exchanger.capital", "nbk.exchanger.decision_term", "mining.checklist_order",
    }  # fmt: skip
    assert not others & set(CODES)


def test_rows_have_no_faults() -> None:
    assert faults() == []


def test_faults_are_found() -> None:
    good = provision("mci", date(2026, 1, 1))
    bad = (
        good,
        replace(good, in_force=date(2026, 12, 31), repealed=None),
        replace(good, code="a", source=Source("", "")),
        replace(good, code="b", repealed=good.in_force),
        replace(good, code="c", confidence=cast("Confidence", "sure")),
    )
    assert faults(bad) == [
        "a: no source, title or unit",
        "b: ends before it begins (2026-01-01)",
        "c: unknown confidence",
        "mci: rows of 2026-01-01 and 2026-12-31 overlap",
    ]
    assert faults((replace(good, repealed=None), replace(good, in_force=date(2027, 1, 1)))) != []


def test_all_rows_are_in_a_group_and_told() -> None:
    grouped = [one for _title, rows in groups() for one in rows]
    assert sorted(grouped, key=lambda p: (p.code, p.in_force)) == list(provisions())
    assert len(grouped) > 150
    for one in grouped:
        assert one.value_text
        assert str(one.source)
        assert {one.confidence, one.day_confidence} <= set(CONFIDENCES)


@pytest.mark.parametrize("code", CODES)
def test_history_does_not_overlap(code: str) -> None:
    for earlier, later in pairwise(history(code)):
        assert earlier.repealed is not None
        assert earlier.repealed <= later.in_force
        assert earlier.title == later.title


@given(st.sampled_from(provisions()), st.dates(date(2010, 1, 1), date(2199, 12, 31)))
def test_a_row_is_found_exactly_while_it_applies(one: Provision, on: date) -> None:
    try:
        found = provision(one.code, on)
    except NotInForce:
        assert not one.applies(on)
    else:
        assert (found is one) == one.applies(on)
    assert (one in provisions(on)) == one.applies(on)


@pytest.mark.parametrize("one", provisions(), ids=lambda p: f"{p.code}@{p.in_force}")
def test_edges_of_each_row(one: Provision) -> None:
    before = one.in_force - timedelta(days=1)
    assert provision(one.code, one.in_force) is one
    assert not one.applies(before)
    if one.repealed:
        assert provision(one.code, one.repealed - timedelta(days=1)) is one
        assert not one.applies(one.repealed)


def test_shared_days_carry_their_confidence() -> None:
    for one in provisions():
        if {one.in_force, one.repealed} & {D231, D205}:
            assert one.day_confidence == "assumed", one.code
            assert not one.is_confirmed
    assert provision("asset.classes", D259).is_confirmed
    assert provision("pool.security_test", D256).is_confirmed
    assert not provision("permit.decision-start", date(2026, 1, 1)).is_confirmed
    assert provision("mci", date(2026, 1, 1)).is_confirmed
    assert not provision("mci", date(2025, 1, 1)).is_confirmed


def test_ground_is_plain() -> None:
    assert provision("mining.sale_share", date(2026, 1, 17)).ground() == {
        "code": "mining.sale_share",
        "value": "0.75",
        "unit": "share",
        "act": "Law 193-VII on Digital Assets",
        "article": "8(4)",
        "in_force": "2025-01-01",
        "repealed": "2026-01-18",
        "confidence": "text",
        "day_confidence": "assumed",
    }


def test_citation() -> None:
    on = date(2026, 3, 2)
    assert str(provision("permit.decision", on).source) == "Law 202-V on Permits and Notifications, Art. 30(1)"
    cited = str(provision("mining-licence.silence", on).source)
    assert cited == "Law 202-V on Permits and Notifications, annex 1, row 12-1"
    assert str(provision("mci", on).source) == "Law on the Republican Budget"


def test_numbers_are_numbers() -> None:
    on = date(2026, 3, 2)
    assert provision("permit.decision", on).number == 15
    assert provision("mining.licence.reissue_fee", on).amount == Decimal("0.1")
    with pytest.raises(TypeError):
        assert provision("mining-licence.transferable", on).number
    with pytest.raises(TypeError):
        assert provision("mining.holder", on).amount


def test_a_datetime_is_no_day() -> None:
    with pytest.raises(TypeError):
        provision("mci", datetime(2026, 3, 2))


def test_problems_hash_and_keep_their_ground() -> None:
    rule = provision("permit.decision", date(2026, 3, 2))
    first, second = (Problem("x", "Late by %(days)s", {"days": 3}, provision=rule) for _ in range(2))
    assert len({first, second}) == 1
    assert str(first) == "Late by 3"
    assert first.blocks
    assert first.ground() == rule.ground()


def test_confidence_of_one_rule_may_change() -> None:
    code = "unsecured.issue_and_turnover_ban"
    assert provision(code, D205 - timedelta(days=1)).confidence == "text"
    assert provision(code, D205).confidence == "assumed"


def test_texts_for_screens_are_no_format_strings() -> None:
    """A stray per cent sign would break the catalogues."""
    for one in provisions():
        assert "%" not in f"{one.title}{one.note}{one.unit}{one.value_text}{one.source.act}", one.code


def test_the_law_imports_nothing_but_itself_and_holidays() -> None:
    allowed = set(sys.stdlib_module_names) | {"law", "holidays"}
    for path in Path(law.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert {name.split(".")[0] for name in names} <= allowed, path
