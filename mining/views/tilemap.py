"""A map of the twenty regions as tiles, drawn on the server: told apart by pattern and sign, so in black and white too.

The table beside it holds the same figures; a tile is named by the digits of its ISO code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from law.power import CALM, LEVELS, NONE, REACHED, WARNING

#: Column and row of each tile, about as the regions lie.
PLACES: Mapping[str, tuple[int, int]] = {
    "KZ-59": (4, 0),
    "KZ-27": (0, 1),
    "KZ-39": (3, 1),
    "KZ-11": (4, 1),
    "KZ-55": (5, 1),
    "KZ-23": (0, 2),
    "KZ-15": (2, 2),
    "KZ-62": (3, 2),
    "KZ-71": (4, 2),
    "KZ-35": (5, 2),
    "KZ-10": (6, 2),
    "KZ-63": (7, 2),
    "KZ-47": (0, 3),
    "KZ-43": (2, 3),
    "KZ-61": (3, 3),
    "KZ-31": (4, 3),
    "KZ-19": (5, 3),
    "KZ-33": (6, 3),
    "KZ-79": (3, 4),
    "KZ-75": (5, 4),
}
SIDE, GAP = 96, 4
#: Sign and tone of each level; the pattern is that of its place in the list.
LOOKS: Mapping[str, tuple[str, str]] = {
    NONE: ("", "neutral"),
    CALM: ("✓", "ok"),
    WARNING: ("!", "warn"),
    REACHED: ("!!", "bad"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One region: its name, its level, and what stands in it (`42 %` or megawatts)."""

    region: str
    name: str
    level: str
    figure: str


def draw(tiles: Sequence[Tile], ident: str, title: str) -> SafeString:
    """The figure. Each tile tells its region, level and figure to who cannot see it."""
    told = gettext("The table beside it holds the same figures.")
    width, height = 8 * (SIDE + GAP), 5 * (SIDE + GAP)
    return format_html(
        '<figure class="chart tile-map"><svg role="group" viewBox="0 0 {} {}" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc><defs>{}</defs>{}</svg>{}</figure>',
        *(width, height, ident, ident, ident, title, ident, told),
        format_html_join("", "{}", ((pattern(code, ident),) for code in LOOKS)),
        format_html_join("", "{}", ((tile(one, ident),) for one in tiles)),
        legend(ident),
    )


def pattern(code: str, ident: str) -> SafeString:
    """Empty, dotted, hatched or whole, the more the fuller."""
    ground = '<rect class="map-ground" width="12" height="12"></rect>'
    marks = {
        NONE: ground,
        CALM: f'{ground}<circle class="map-ink" cx="3" cy="3" r="1.2"></circle>',
        WARNING: f'{ground}<rect class="map-ink" width="3" height="12"></rect>',
        REACHED: '<rect class="map-ink" width="12" height="12"></rect>',
    }[code]
    turn = ' patternTransform="rotate(45)"' if code == WARNING else ""
    return format_html(
        '<pattern id="{}-{}" class="tone-{}" width="12" height="12" patternUnits="userSpaceOnUse"{}>{}</pattern>',
        *(ident, code, LOOKS[code][1], SafeString(turn), SafeString(marks)),
    )


def tile(one: Tile, ident: str) -> SafeString:
    column, row = PLACES[one.region]
    left, top = column * (SIDE + GAP), row * (SIDE + GAP)
    sign, tone = LOOKS[one.level]
    middle = left + SIDE / 2
    return format_html(
        '<g role="img" aria-label="{}: {}, {}"><title>{}</title>'
        '<rect class="part tone-{}" x="{}" y="{}" width="{}" height="{}" rx="6" fill="url(#{}-{})"></rect>'
        '<rect class="map-label" x="{}" y="{}" width="{}" height="56" rx="4"></rect>'
        '<text class="map-code" x="{}" y="{}" text-anchor="middle">{} {}</text>'
        '<text class="map-figure" x="{}" y="{}" text-anchor="middle">{}</text></g>',
        *(one.name, gettext(LEVELS[one.level]), one.figure, one.name, tone, left, top, SIDE, SIDE, ident, one.level),
        *(left + 3, top + 20, SIDE - 6),
        *(middle, top + 44, one.region.removeprefix("KZ-"), sign, middle, top + 69, one.figure),
    )


def legend(ident: str) -> SafeString:
    """What each pattern means."""
    items = format_html_join(
        "",
        '<li><svg width="22" height="22" aria-hidden="true" focusable="false"><rect class="part tone-{}" x="1" y="1"'
        ' width="20" height="20" rx="3" fill="url(#{}-{})"></rect></svg>{} {}</li>',
        ((tone, ident, code, sign, gettext(LEVELS[code])) for code, (sign, tone) in LOOKS.items()),
    )
    return format_html('<ul class="legend">{}</ul>', items)
