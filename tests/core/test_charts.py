"""Charts: whole without scripts, safe, and nothing where there is nothing to draw."""

from xml.etree import ElementTree

from core.charts import Chart, Series, draw, round_up, shortened


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(draw(chart, "one", "By <officer>").replace("&#x27;", "'"))  # noqa: S314  (our own)


def test_bars_share_the_width_by_their_values() -> None:
    chart = Chart(("<b>", "B"), (Series("In time", "ok", (3, 1)), Series("Late", "bad", (1, 0))))
    figure = drawn(chart)
    parts = [one for one in figure.iter("rect") if one.get("x", "").endswith("%")]
    assert [(one.get("x"), one.get("width")) for one in parts] == [
        ("0.000%", "75.000%"),
        ("75.000%", "25.000%"),
        ("0.000%", "25.000%"),
    ]
    assert [one.findtext("title") for one in parts] == ["<b>, In time: 3", "<b>, Late: 1", "B, In time: 1"]
    assert {one.get("fill") for one in parts} == {"url(#one-0)", "url(#one-1)"}
    assert {one.get("id") for one in figure.iter("pattern")} == {"one-0", "one-1"}


def test_a_chart_has_its_name_and_its_legend() -> None:
    figure = drawn(Chart(("A",), (Series("In time", "ok", (3,)), Series("Late", "bad", (1,)))))
    svg = figure.find("svg")
    assert svg is not None
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", "one-title one-desc")
    assert figure.findtext("svg/title") == "By <officer>"
    assert ["".join(item.itertext()) for item in figure.iter("li")] == ["In time", "Late"]


def test_columns_name_the_year_once() -> None:
    labels = tuple(f"{month}\n{year}" for year in (2025, 2026) for month in ("Nov", "Dec", "Jan"))
    figure = drawn(Chart(labels, (Series("Filed", "info", (1, 2, 3, 4, 5, 60)),), upright=True))
    ticks = [one.text for one in figure.iter("text") if one.get("text-anchor") == "middle"]
    assert ticks.count("2025") == ticks.count("2026") == 1
    assert ticks.count("Nov") == 2


def test_nothing_is_drawn_of_nothing() -> None:
    assert not draw(Chart((), ()), "x", "x")
    assert not draw(Chart(("A",), (Series("Filed", "info", (0,)),)), "x", "x")


def test_an_axis_ends_on_a_round_number() -> None:
    assert [round_up(value) for value in (1, 2, 3, 5, 6, 9, 10, 11, 41, 99, 101)] == [
        *(1, 2, 4, 5, 10, 10, 10, 20, 50, 100, 200),
    ]


def test_names_that_differ_in_their_end_stay_apart() -> None:
    names = [f"Licence for digital mining, first subtype {kind}" for kind in ("I", "II")]
    assert len({shortened(name) for name in names}) == 2
    assert max(len(shortened(name)) for name in names) <= 36
