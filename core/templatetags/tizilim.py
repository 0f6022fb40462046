"""What templates show and Django has no word for: dates, numbers, money, BIN, icons, states.

Every tag and filter takes plain values (or what `law` gives) and changes nothing. An empty value gives an empty string.
Texts of `law` are English msgids: they are translated here, at the edge.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from core.charts import draw
from core.days import NO_BREAK, datelong, dateshort, datetimeshort, language, local, monthshort, told, weekday
from core.services import allowed
from core.tables import Table
from core.templatetags._states import look_of
from law.problems import Problem, render
from law.provisions import provisions
from law.provisions.base import Source

register = template.Library()
register.filter("dateshort", dateshort)
register.filter("monthshort", monthshort)
register.filter("weekday", weekday)
register.filter("datelong", datelong)
register.filter("datetimeshort", datetimeshort)

THIN = "\u202f"  # narrow no-break space: groups digits and keeps the number on one line
CURRENCY_SIGNS = {"KZT": "₸", "USD": "$", "EUR": "€"}


@register.simple_tag
def day(value: dt.date | None, time: bool = False) -> str:
    """A `<time>` element with the short date (and the time when asked) and the machine's form beside it."""
    if not isinstance(value, dt.date):
        return ""
    shown = datetimeshort(value) if time else dateshort(value)
    return format_html('<time datetime="{}">{}</time>', local(value).isoformat(), shown)


@register.filter
def thin(value: Any) -> str:
    """A number in groups of three by thin spaces: `1 234 567,5`; what is no number comes back as it is."""
    if value is None or value == "":
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    text = f"{number:,f}"
    whole, _, part = text.partition(".")
    point = "." if language() == "en" else ","
    return whole.replace(",", THIN) + (point + part if part else "")


@register.filter
def money(value: Any, currency: str = "KZT") -> str:
    """An amount with its sign behind it: `21 625 ₸`; other currencies by sign or code."""
    if value is None or value == "":
        return ""
    return f"{thin(value)}{NO_BREAK}{CURRENCY_SIGNS.get(currency, currency)}"


@register.filter
def bin_groups(value: str | None) -> str:
    """A BIN or IIN shown in three groups; the gaps are drawn by CSS, so that it copies as twelve digits."""
    if not value:
        return ""
    text = str(value)
    if len(text) != 12 or not text.isdigit():
        return format_html('<span class="bin">{}</span>', text)
    groups = format_html_join("", "<span>{}</span>", ((text[start : start + 4],) for start in (0, 4, 8)))
    return format_html('<span class="bin">{}</span>', groups)


@cache
def _sprite() -> str:
    """The address of the icons, the same as long as the process lives."""
    return static("icons.svg")


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite. Hidden from screen readers unless it has a label of its own."""
    href = f"{_sprite()}#{name}"
    classes = f"icon {css}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', classes, label, href
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', classes, href
    )


@register.simple_tag
def state_badge(state: str, label: str = "", tone: str = "") -> str:
    """The badge of a state: colour, icon and word. `label` and `tone` (a workflow's own) override those kept here."""
    look = look_of(str(state), tone)
    word = label or look.label or str(state).replace("_", " ")
    return format_html('<span class="badge-state tone-{}">{}{}</span>', look.tone, icon(look.icon), word)


@register.simple_tag
def chart(table: Table) -> SafeString:
    """The chart of a report's table; nothing where there is nothing to draw."""
    return draw(table.chart, f"chart-{table.code}", table.title) if table.chart else SafeString("")


@register.simple_tag
def moment() -> str:
    """Now, as printed at the foot of a page: `27 Mar 2026, 14:05`."""
    return datetimeshort(timezone.now())


@register.filter
def state_tone(state: str, tone: str = "") -> str:
    """The tone of a state (neutral, info, wait, warn, ok, bad, ended) for charts and calendars."""
    return look_of(str(state), tone).tone


def _plain_ground(thing: Any) -> dict[str, Any]:
    """What `cite` shows, from a provision, a stored ground, a problem, or a dict that carries one; {} when none."""
    if not thing:
        return {}
    if isinstance(thing, str):
        return {"citation": thing}
    if isinstance(thing, dict):
        inner = [key for key in ("ground", "provision") if key in thing]
        return _plain_ground(thing[inner[0]]) if inner else thing
    ground = getattr(thing, "ground", None)
    found = ground() if callable(ground) else ground
    return found if isinstance(found, dict) else {}


def _source(act: str, article: str) -> str:
    """`Law …, Art. 9(1)` in the reader's language."""
    line = Source(act, article).cite()
    return render(line.msgid, line.params, gettext) if act else article


@cache
def _provision_codes() -> frozenset[str]:
    """Codes that the law's pages know."""
    return frozenset(row.code for row in provisions())


@register.simple_tag
def cite(thing: Any) -> str:
    """The provision a thing rests on: act and article, linked to its page, with *unconfirmed* where that is so.

    Takes a Provision, the dict that an act stored of it, a Problem, a dict holding one of these under `ground` or
    `provision`, or {citation, provision_code?, unconfirmed?}. Nothing when there is none.
    """
    ground = _plain_ground(thing)
    words = ground.get("citation") or _source(str(ground.get("act") or ""), str(ground.get("article") or ""))
    if not words:
        return ""
    code = ground.get("provision_code") or (ground.get("code") if ground.get("act") else None)
    doubtful = {ground.get("confidence"), ground.get("day_confidence")} & {"source", "assumed"}
    mark = unconfirmed() if ground.get("unconfirmed") or doubtful else ""
    shown = format_html('<span class="cite">{}</span>', words)
    if code in _provision_codes():  # items of closed lists and papers have no page of their own
        try:
            address = reverse("law-provision", args=[code])
            shown = format_html('<a class="cite" href="{}">{}</a>', address, words)
        except NoReverseMatch:
            pass  # these addresses are not served here
    return format_html("{} {}", shown, mark) if mark else shown


@register.simple_tag
def unconfirmed() -> str:
    """The mark of law that no official text at hand confirms."""
    return format_html(
        '<span class="unconfirmed">{}{}</span>', icon("alert-circle"), pgettext("of a rule of law", "unconfirmed")
    )


@register.filter
def problem_rows(problems: Any) -> list[dict[str, Any]]:
    """Problems of `law` as components show them: {message, field_id, ground, severity, remedy}; dicts pass through."""
    return [_problem_row(one) if isinstance(one, Problem) else one for one in problems or ()]


def _problem_row(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "message": problem.text(told),
        "field_id": f"id_{problem.field}" if problem.field else "",
        "ground": problem.ground(),
        "severity": problem.severity,
        "remedy": "",
    }


@register.filter
def line_text(line: Any) -> str:
    """A line of arithmetic in the language of the page: a `Line`, the dict stored of it, or plain text."""
    if isinstance(line, dict):
        return render(str(line.get("msgid") or line.get("text") or ""), line.get("params") or {}, told)
    msgid = getattr(line, "msgid", None)
    return render(msgid, line.params, told) if msgid else str(line)


@register.filter
def beside(cells: Any, heads: Any) -> list[tuple[Any, Any]]:
    """The cells of a row, each with the head of its column: what names it on a phone."""
    return list(zip(heads, cells, strict=True))


@register.filter
def may(user: Any, permission: str) -> bool:
    """Whether somebody has a permission that is asked of himself: what a menu leads to."""
    return allowed(user, permission, user)


@register.filter
def frame(request: Any, other: str = "base_public.html") -> str:
    """The frame of a page that many may get: only the part for HTMX, the office for officials, else `other`."""
    if getattr(request, "htmx", False):
        return "base_part.html"
    user = getattr(request, "user", None)
    return "base_office.html" if getattr(user, "is_official", False) else other
