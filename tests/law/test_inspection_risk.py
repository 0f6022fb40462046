"""Points for breaches, normalisation, degrees of risk; checklists that feed them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.inspections import Risk, Severity, violation_score
from law.inspections.requirements import (
    ITEM_TESTS,
    Requirement,
    asked_problems,
    item_problems,
    may_ask,
    tally,
)
from law.inspections.risk import (
    LOWERING,
    Indicator,
    Scale,
    degree,
    figures,
    final_degree,
    interim,
    lowered,
    scale,
    score_explained,
)
from law.provisions import NotInForce

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("counts", "points"),
    [
        ((0, 0, 0, 0, 0), "0"),
        ((1, 0, 0, 0, 0), "100"),
        ((3, 1, 2, 1, 2), "100"),
        ((0, 1, 1, 0, 0), "70"),
        ((0, 0, 0, 1, 1), "30"),
        ((0, 5, 5, 4, 4), "100"),
        ((0, 1, 2, 1, 4), "42.5"),
        ((0, 0, 7, 0, 9), "0"),
        ((0, 1, 10, 0, 0), "7"),
    ],
)
def test_points_for_breaches(counts: tuple[int, int, int, int, int], points: str) -> None:
    assert violation_score(*counts, ON) == Decimal(points)


def test_points_are_not_rounded() -> None:
    found = violation_score(0, 1, 3, 0, 0, ON)
    assert Decimal("23.33333") < found < Decimal("23.33334")


@pytest.mark.parametrize("counts", [(-1, 0, 0, 0, 0), (0, 2, 1, 0, 0), (0, 0, 0, 1, 0), (0, -1, 1, 0, 0)])
def test_counts_that_cannot_be(counts: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="unmet items"):
        violation_score(*counts, ON)


def test_no_score_before_the_chapter() -> None:
    with pytest.raises(NotInForce):
        violation_score(0, 0, 0, 0, 0, date(2022, 12, 31))


PAIRS = st.integers(0, 200).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(st.integers(0, 5), PAIRS, PAIRS)
def test_a_score_lies_between_0_and_100(gross: int, first: tuple[int, int], second: tuple[int, int]) -> None:
    points = violation_score(gross, *first, *second, ON)
    assert 0 <= points <= 100
    if gross:
        assert points == 100
    assert degree(points, ON) in Risk


@given(PAIRS, PAIRS)
def test_one_more_breach_never_lowers_the_score(first: tuple[int, int], second: tuple[int, int]) -> None:
    points = violation_score(0, *first, *second, ON)
    if first[0] < first[1]:
        assert violation_score(0, first[0] + 1, first[1], *second, ON) > points
    assert violation_score(1, *first, *second, ON) >= points


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("0", "low"),
        ("30", "low"),
        ("30.5", "low"),
        ("30.999", "low"),
        ("31", "medium"),
        ("70", "medium"),
        ("70.99", "medium"),
        ("71", "high"),
        ("100", "high"),
    ],
)
def test_bands(points: str, expected: str) -> None:
    assert degree(Decimal(points), ON) == expected


@pytest.mark.parametrize("points", ["-0.1", "100.1"])
def test_points_outside_the_span(points: str) -> None:
    with pytest.raises(ValueError, match="span"):
        degree(Decimal(points), ON)


def test_points_decide_among_subjects_that_are_not_of_low_risk() -> None:
    assert final_degree("high", Decimal(10), ON) == "low"
    assert final_degree("medium", Decimal(71), ON) == "high"
    assert final_degree("low", Decimal(100), ON) == "low"
    with pytest.raises(ValueError, match="unknown risk"):
        final_degree("none", Decimal(0), ON)


def test_one_degree_down_once() -> None:
    assert lowered("high", ["insurance"], ON) == "medium"
    assert lowered("medium", ["self_regulation"], ON) == "low"
    assert lowered("low", ["release"], ON) == "low"
    assert lowered("high", list(LOWERING), ON) == "medium"
    assert lowered("high", [], ON) == "high"
    with pytest.raises(ValueError, match="unknown reason"):
        lowered("high", ["friendship"], ON)


def test_indicators_add_to_the_points() -> None:
    late = Indicator("late-reports", Decimal(2), Decimal("1.5"))
    complaints = Indicator("complaints", Decimal(3), Decimal(4))
    assert interim(Decimal("42.5"), (late, complaints)) == Decimal("57.5")
    assert interim(Decimal(10), ()) == 10


VALUES = st.lists(st.decimals(0, 10_000, places=4), min_size=1, max_size=50)


@given(VALUES)
def test_normalisation_keeps_the_order_and_the_span(values: list[Decimal]) -> None:
    found = scale(values)
    normal = [found.normal(value, ON) for value in sorted(values)]
    assert normal == sorted(normal)
    assert all(0 <= one <= 100 for one in normal)
    if found.least < found.greatest:
        assert normal[0] == 0
        assert normal[-1] == 100


def test_equal_subjects_keep_their_points() -> None:
    assert Scale(Decimal(40), Decimal(40)).normal(Decimal(40), ON) == 40
    assert Scale(Decimal(140), Decimal(140)).normal(Decimal(140), ON) == 100
    with pytest.raises(ValueError, match="outside the scale"):
        Scale(Decimal(0), Decimal(1)).normal(Decimal(2), ON)


def test_a_score_is_told() -> None:
    told = score_explained(0, 1, 2, 1, 4, ON)
    assert told.points == Decimal("42.5")
    assert [str(line) for line in told.arithmetic] == [
        "Significant: 1 of 2 unmet, × 100 × 0.7 = 35",
        "Insignificant: 1 of 4 unmet, × 100 × 0.3 = 7.5",
        "Points for breaches: 42.5",
        "The order on risk systems was not read; the constants are unconfirmed.",
    ]
    assert {one.code for one in told.provisions} == {"RISK-W-SIG", "RISK-W-INS"}
    gross = score_explained(2, 0, 0, 0, 0, ON)
    assert str(gross.arithmetic[0]) == "Unmet gross requirements: 2; any gives 100 points"


def test_no_constant_of_the_score_is_confirmed() -> None:
    assert not any(one.is_confirmed for one in figures(ON).provisions)


def test_requirements_by_day() -> None:
    old = Requirement("a", Severity.GROSS, date(2024, 1, 14), date(2026, 3, 2))
    new = Requirement("b", Severity.SIGNIFICANT, date(2026, 3, 2))
    assert [may_ask(old, on) for on in (date(2024, 1, 13), date(2024, 1, 14), date(2026, 3, 1), ON)] == [
        False,
        True,
        True,
        False,
    ]
    assert [one.field for one in asked_problems(["a", "b", "c"], (old, new), ON)] == ["a", "c"]
    assert asked_problems(["b"], (old, new), ON) == []
    assert [one.field for one in item_problems({"protects", "sole"}, ON)] == ["checkable", "definite"]
    assert item_problems(ITEM_TESTS, ON) == []


def test_a_filled_checklist_gives_its_score() -> None:
    results = [("significant", False), ("significant", True), ("insignificant", False)]
    assert tally([*results, *[("insignificant", True)] * 3]).score(ON) == Decimal("42.5")
    assert tally([*results, ("gross", True)]).score(ON) == Decimal(65)
    assert tally([*results, ("gross", False)]).score(ON) == 100
    assert tally([]).score(ON) == 0
    with pytest.raises(ValueError, match="unknown severity"):
        tally([("grave", False)])
