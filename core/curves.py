"""What runs in time as lines, drawn on the server as SVG: right at every width, in dark and on paper, without scripts.

Lines lie in a part of the drawing that alone is stretched; letters and marks keep their size. Series differ by dashes
and marks as well as by colour, which comes from the palette of states. The table beside is their text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts import ticks

PLOT, TOP, FOOT = 200, 18, 40  # pixels: the height of the lines, what stands over and under them
WIDE, TALL = 1000, 100  # of the stretched part, in its own units
#: Dashes, width and mark of each series by its place.
LOOKS = (("none", "2.5", "disc"), ("7 4", "2", "box"), ("2 4", "3", ""), ("12 3 2 3", "2", "disc"))


@dataclass(frozen=True, slots=True)
class Curve:
    """A value for each label, None where there is none. `step`: it holds until it changes, as a limit does."""

    label: str
    tone: str
    values: tuple[Decimal | None, ...]
    step: bool = False


@dataclass(frozen=True, slots=True)
class Curves:
    """Lines over the same labels, a label as `Nov` + newline + `2026`. `shown` writes a value for a reader."""

    labels: tuple[str, ...]
    curves: tuple[Curve, ...]
    shown: Callable[[Decimal], str] = str

    @property
    def most(self) -> Decimal:
        return max((value for one in self.curves for value in one.values if value is not None), default=Decimal(0))


def draw(chart: Curves, ident: str, title: str) -> SafeString:
    """The figure; empty where there is nothing to draw. `ident` is unique on the page."""
    if not chart.labels or chart.most <= 0:
        return SafeString("")
    top = round_up(chart.most)
    parts = [
        *rules(),
        lines(chart, top),
        *marks(chart, top),
        *axis(chart, top),
        *ticks(chart.labels, 100 / len(chart.labels), TOP + PLOT + 16, most=8),
        *told(chart),
    ]
    return format_html(
        '<figure class="chart curves"><svg role="img" width="100%" height="{}" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>{}</figure>',
        *(TOP + PLOT + FOOT, ident, ident, ident, title, ident),
        _("The table holds the same figures."),
        format_html_join("", "{}", ((part,) for part in parts)),
        legend(chart),
    )


def lines(chart: Curves, top: Decimal) -> SafeString:
    """All lines, in the part that is stretched to the width of the page."""
    inside = (
        (one.tone, path(one, top), LOOKS[place % len(LOOKS)][0], LOOKS[place % len(LOOKS)][1])
        for place, one in enumerate(chart.curves)
    )
    return format_html(
        '<svg x="0" y="{}" width="100%" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" overflow="visible">'
        "{}</svg>",
        *(TOP, PLOT, WIDE, TALL),
        format_html_join(
            "",
            '<path class="curve tone-{}" d="{}" stroke-dasharray="{}" stroke-width="{}" fill="none"'
            ' vector-effect="non-scaling-stroke"></path>',
            inside,
        ),
    )


def path(one: Curve, top: Decimal) -> str:
    """The line of a series, broken where it has no value; a step keeps its height for the width of its label."""
    slot, words, going = WIDE / len(one.values), [], False
    for place, value in enumerate(one.values):
        if value is None:
            going = False
            continue
        height = TALL * (1 - float(value / top))
        if one.step:
            start, end = place * slot, (place + 1) * slot
            words.append(f"{'V' if going else f'M{start:.1f} '}{height:.2f}H{end:.1f}")
        else:
            words.append(f"{'L' if going else 'M'}{(place + 0.5) * slot:.1f} {height:.2f}")
        going = True
    return "".join(words)


def marks(chart: Curves, top: Decimal) -> Iterator[SafeString]:
    """A mark where a value changes, and on the last: a series of one value is seen too."""
    slot = 100 / len(chart.labels)
    for place, one in enumerate(chart.curves):
        shape = LOOKS[place % len(LOOKS)][2]
        for row, value in enumerate(one.values):
            last = row + 1 == len(one.values) or one.values[row + 1] is None
            if shape and value is not None and (last or row == 0 or value != one.values[row - 1]):
                yield mark(shape, one.tone, f"{(row + 0.5) * slot:.3f}%", TOP + PLOT * (1 - float(value / top)))


def mark(shape: str, tone: str, across: str, down: float) -> SafeString:
    if shape == "disc":
        return format_html(
            '<circle class="disc tone-{}" cx="{}" cy="{}" r="3.5"></circle>', tone, across, f"{down:.1f}"
        )
    return format_html(
        '<svg class="box tone-{}" x="{}" y="{}" overflow="visible"><rect x="-3.5" y="-3.5" width="7" height="7"></rect>'
        "</svg>",
        *(tone, across, f"{down:.1f}"),
    )


def told(chart: Curves) -> Iterator[SafeString]:
    """What a pointer over a label is told: every value there."""
    slot = 100 / len(chart.labels)
    for row, label in enumerate(chart.labels):
        said = [f"{one.label}: {chart.shown(value)}" for one in chart.curves if (value := one.values[row]) is not None]
        if said:
            yield format_html(
                '<rect x="{}%" y="{}" width="{}%" height="{}" fill="none" pointer-events="all">'
                "<title>{}</title></rect>",
                *(f"{row * slot:.3f}", TOP, f"{slot:.3f}", PLOT),
                "\n".join([label.replace("\n", " "), *said]),
            )


def rules() -> Iterator[SafeString]:
    for height in (TOP + PLOT, TOP + PLOT / 2, TOP):
        yield format_html('<line class="rule" x1="0" x2="100%" y1="{}" y2="{}"></line>', height, height)


def axis(chart: Curves, top: Decimal) -> Iterator[SafeString]:
    """The values of the rules, over the lines."""
    for share in (Decimal(0), Decimal("0.5"), Decimal(1)):
        height = TOP + PLOT * (1 - float(share))
        value = (top * share).normalize()
        yield format_html('<text class="tick" x="0" y="{}">{}</text>', height - 4, chart.shown(Decimal(f"{value:f}")))


def legend(chart: Curves) -> SafeString:
    """What each line means, with a piece of it."""
    items: list[Sequence[object]] = []
    for place, one in enumerate(chart.curves):
        dashes, width, shape = LOOKS[place % len(LOOKS)]
        inside = mark(shape, one.tone, "20", 8) if shape else SafeString("")
        items.append((one.tone, dashes, width, inside, one.label))
    return format_html(
        '<ul class="legend">{}</ul>',
        format_html_join(
            "",
            '<li><svg width="40" height="16" aria-hidden="true" focusable="false"><path class="curve tone-{}"'
            ' d="M0 8H40" stroke-dasharray="{}" stroke-width="{}" fill="none"></path>{}</svg>{}</li>',
            items,
        ),
    )


def round_up(value: Decimal) -> Decimal:
    """The next number of one digit but 7 and 9, or 10, with zeros behind it or, below 1, before it."""
    power = Decimal(1).scaleb(value.adjusted())
    return next(step * power for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * power >= value)
