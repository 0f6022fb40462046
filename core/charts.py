"""Charts drawn on the server as SVG: right at every width, in dark and on paper; the table beside is their text.

Lengths across are percentages, so nothing is scaled and letters keep their size. Series differ by pattern as well as by
colour, which comes from the palette of states.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MOST = 15  # bars; further ones stand in the table alone
ROW, BAR, PLOT, FOOT = 42, 16, 150, 40  # pixels: a bar with its label, the bar, the columns, what stands under them
LETTERS = 36  # of a label that fit over a bar at the width of a telephone


@dataclass(frozen=True, slots=True)
class Series:
    """One thing that is counted: a value for each label. `tone` is one of the palette."""

    label: str
    tone: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, the series one after the other in each; or, `upright`, columns side by side, for what runs in time."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    upright: bool = False


def draw(chart: Chart, ident: str, title: str) -> SafeString:
    """The figure; empty where there is nothing to draw. `ident` is unique on the page."""
    if not any(value for one in chart.series for value in one.values):
        return SafeString("")
    inside, height = columns(chart, ident) if chart.upright else bars(chart, ident)
    told = _("The table beside it holds the same figures.")
    return format_html(
        '<figure class="chart"><svg role="img" width="100%" height="{}" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc><defs>{}</defs>{}</svg>{}</figure>',
        height,
        *(ident, ident, ident),
        title,
        ident,
        told,
        format_html_join("", "{}", ((pattern(place, one, ident),) for place, one in enumerate(chart.series))),
        inside,
        legend(chart, ident),
    )


def pattern(place: int, one: Series, ident: str) -> SafeString:
    """Whole, pale, hatched or dotted, by the place of the series."""
    pale = '<rect class="pale" width="8" height="8"></rect>'
    marks = (
        '<rect class="fill" width="8" height="8"></rect>',
        pale,
        f'{pale}<rect class="fill" width="3" height="8"></rect>',
        f'{pale}<circle class="fill" cx="4" cy="4" r="1.8"></circle>',
    )[place % 4]
    turn = ' patternTransform="rotate(45)"' if place % 4 == 2 else ""
    return format_html(
        '<pattern id="{}-{}" class="tone-{}" width="8" height="8" patternUnits="userSpaceOnUse"{}>{}</pattern>',
        *(ident, place, one.tone, SafeString(turn), SafeString(marks)),
    )


def legend(chart: Chart, ident: str) -> SafeString:
    """What each pattern means; a single series is named by the title."""
    if len(chart.series) < 2:
        return SafeString("")
    items = format_html_join(
        "",
        '<li><svg width="16" height="16" aria-hidden="true" focusable="false"><rect class="part tone-{}" x="1" y="1"'
        ' width="14" height="14" rx="2" fill="url(#{}-{})"></rect></svg>{}</li>',
        ((one.tone, ident, place, one.label) for place, one in enumerate(chart.series)),
    )
    return format_html('<ul class="legend">{}</ul>', items)


def bars(chart: Chart, ident: str) -> tuple[SafeString, int]:
    """Lying bars: over each its label and its sum."""
    sums = [sum(one.values[row] for one in chart.series) for row in range(len(chart.labels))]
    most, shown = max(sums), min(len(chart.labels), MOST)
    parts = []
    for row in range(shown):
        top = row * ROW
        parts += [
            format_html('<text x="0" y="{}">{}</text>', top + 14, shortened(chart.labels[row])),
            format_html('<text class="value" x="100%" y="{}" text-anchor="end">{}</text>', top + 14, sums[row]),
            format_html('<rect class="ground" x="0" y="{}" width="100%" height="{}" rx="3"></rect>', top + 20, BAR),
            *segments(chart, ident, row, top + 20, most),
        ]
    return format_html_join("", "{}", ((part,) for part in parts)), shown * ROW


def segments(chart: Chart, ident: str, row: int, top: int, most: int) -> Iterator[SafeString]:
    left = 0.0
    for place, one in enumerate(chart.series):
        width = 100 * one.values[row] / most
        if width:
            yield box(ident, place, one, row, chart.labels[row], (left, top, width, BAR))
        left += width


def box(ident: str, place: int, one: Series, row: int, label: str, at: tuple[float, float, float, float]) -> SafeString:
    """One part of a bar, or a column: `at` is left and width in percent, top and height in pixels."""
    left, top, width, height = at
    return format_html(
        '<rect class="part tone-{}" x="{}%" y="{}" width="{}%" height="{}" fill="url(#{}-{})">'
        "<title>{}, {}: {}</title></rect>",
        *(one.tone, f"{left:.3f}", f"{top:.1f}", f"{width:.3f}", f"{height:.1f}"),
        *(ident, place, label, one.label, one.values[row]),
    )


def columns(chart: Chart, ident: str) -> tuple[SafeString, int]:
    """Standing columns in groups over an axis with three lines."""
    most = round_up(max(value for one in chart.series for value in one.values))
    slot, top = 100 / len(chart.labels), 18
    wide = slot * 0.76 / len(chart.series)
    parts = [*axis(most, top)]
    for row, label in enumerate(chart.labels):
        for place, one in enumerate(chart.series):
            height = PLOT * one.values[row] / most
            if height:
                at = (row * slot + slot * 0.12 + place * wide, top + PLOT - height, wide, height)
                parts.append(box(ident, place, one, row, label.replace("\n", " "), at))
    parts += ticks(chart.labels, slot, top + PLOT + 16)
    return format_html_join("", "{}", ((part,) for part in parts)), top + PLOT + FOOT


def ticks(labels: Sequence[str], slot: float, top: int, *, most: int = 12) -> Iterator[SafeString]:
    """At most so many labels under the columns; a second line, such as the year, only where it changes."""
    before = ""
    for row in range(0, len(labels), -(-len(labels) // most)):
        first, _line, second = labels[row].partition("\n")
        for line, shown in enumerate((first, second if second != before else "")):
            if shown:
                yield format_html(
                    '<text class="tick" x="{}%" y="{}" text-anchor="middle">{}</text>',
                    *(f"{(row + 0.5) * slot:.3f}", top + 15 * line, shown),
                )
        before = second


def axis(most: int, top: int) -> Iterator[SafeString]:
    for share in (0, 1) if most % 2 else (0, 0.5, 1):
        height = top + PLOT * (1 - share)
        yield format_html('<line class="rule" x1="0" x2="100%" y1="{}" y2="{}"></line>', height, height)
        yield format_html('<text class="tick" x="0" y="{}">{}</text>', height - 4, round(most * share))


def round_up(value: int) -> int:
    """The next number of the shape 1, 2, 4, 5 or 10 with zeros behind."""
    power = int(10 ** (len(str(value)) - 1))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= value)


def shortened(label: str) -> str:
    """Without its middle: names of one kind often differ in their end."""
    return label if len(label) <= LETTERS else f"{label[: LETTERS - 15].rstrip()}…{label[-14:].lstrip()}"


def single(label: str, tone: str, labels: Sequence[str], values: Sequence[int]) -> Chart:
    """Bars of one series."""
    return Chart(tuple(labels), (Series(label, tone, tuple(values)),))
