"""Lines that run in time: whole without scripts, told apart without colour, and nothing of nothing."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from core.curves import Curve, Curves, draw, round_up

LABELS = ("Nov\n2025", "Dec\n2025", "Jan\n2026", "Feb\n2026")


def numbers(*values: int | None) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(value) for value in values)


def drawn(*curves: Curve) -> ElementTree.Element:
    text = draw(Curves(LABELS, curves, lambda value: f"{value} MW"), "one", "Power <north>")
    return ElementTree.fromstring(text.replace("&#x27;", "'"))  # noqa: S314  (our own)


def paths(figure: ElementTree.Element) -> list[str]:
    return [one.get("d", "") for one in figure.iter("path") if one.get("vector-effect")]


def test_a_line_breaks_where_there_is_no_value() -> None:
    figure = drawn(Curve("Measured", "ok", numbers(2, 4, None, 1)))
    assert paths(figure) == ["M125.0 50.00L375.0 0.00M875.0 75.00"]


def test_a_limit_runs_in_steps_over_the_whole_of_its_months() -> None:
    figure = drawn(Curve("Limit", "bad", numbers(None, 4, 2, 2), step=True))
    assert paths(figure) == ["M250.0 0.00H500.0V50.00H750.0V50.00H1000.0"]


def test_series_differ_by_dashes_and_marks_and_the_legend_shows_both() -> None:
    figure = drawn(*(Curve(f"Series {number}", "info", numbers(1, 2, 3, 4)) for number in range(3)))
    dashes = [one.get("stroke-dasharray") for one in figure.iter("path") if one.get("vector-effect")]
    assert len(set(dashes)) == 3
    assert ["".join(item.itertext()) for item in figure.iter("li")] == ["Series 0", "Series 1", "Series 2"]
    shown = [one.get("stroke-dasharray") for item in figure.iter("li") for one in item.iter("path")]
    assert shown == dashes


def test_marks_stand_where_a_value_changes_and_at_its_end() -> None:
    figure = drawn(Curve("Declared", "info", numbers(3, 3, 5, 5)))
    discs = [one.get("cx") for one in figure.iter("circle") if "%" in one.get("cx", "")]
    assert discs == ["12.500%", "62.500%", "87.500%"]


def test_the_name_and_every_value_are_told_and_harmless() -> None:
    figure = drawn(Curve("Declared", "info", numbers(3, None, 5, 5)), Curve("Limit", "bad", numbers(4, None, 6, 6)))
    assert figure.findtext("svg/title") == "Power <north>"
    told = [one.findtext("title") for one in figure.iter("rect") if one.get("pointer-events")]
    assert told == [
        "Nov 2025\nDeclared: 3 MW\nLimit: 4 MW",
        "Jan 2026\nDeclared: 5 MW\nLimit: 6 MW",
        "Feb 2026\nDeclared: 5 MW\nLimit: 6 MW",
    ]


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw(Curves((), ()), "x", "x") == ""
    assert draw(Curves(LABELS, (Curve("Declared", "info", numbers(0, None, 0, 0)),)), "x", "x") == ""


@pytest.mark.parametrize(
    ("value", "top"),
    [("1", "1"), ("1.01", "2"), ("3", "3"), ("6.1", "8"), ("101.2", "200"), ("0.0021", "0.003"), ("0.09", "0.1")],
)
def test_the_axis_ends_at_a_round_number(value: str, top: str) -> None:
    assert round_up(Decimal(value)) == Decimal(top)
