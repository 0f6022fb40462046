"""What templates show and Django has no word for: dates, numbers, money, BIN, icons, states.

Every tag and filter takes plain values and changes nothing. An empty value (None or "") gives an empty string.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.templatetags._states import look_of

register = template.Library()

NO_BREAK = "\u00a0"
THIN = "\u202f"  # narrow no-break space: groups digits and keeps the number on one line
THEMES = ("auto", "light", "dark")
CURRENCY_SIGNS = {"KZT": "₸", "USD": "$", "EUR": "€"}

# Django's Kazakh catalogue is incomplete, and its Russian short months are inconsistent in length.
SHORT_MONTHS = {
    "kk": "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел".split(),
    "ru": "янв фев мар апр мая июн июл авг сен окт ноя дек".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}
LONG_MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def _language() -> str:
    code = (get_language() or "en")[:2]
    return code if code in SHORT_MONTHS else "en"


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def dateshort(value: dt.date | None) -> str:
    """`27 Mar 2026`, month in the language of the page; a datetime is taken in the product's time zone."""
    if not isinstance(value, dt.date):
        return ""
    day = _local(value)
    return NO_BREAK.join((str(day.day), SHORT_MONTHS[_language()][day.month - 1], str(day.year)))


@register.filter
def datelong(value: dt.date | None) -> str:
    """`27 March 2026`, `27 марта 2026 года`, `2026 жылғы 27 наурыз`."""
    if not isinstance(value, dt.date):
        return ""
    day, language = _local(value), _language()
    month = LONG_MONTHS[language][day.month - 1]
    if language == "kk":
        return NO_BREAK.join((str(day.year), "жылғы", str(day.day), month))
    words = (str(day.day), month, str(day.year)) + (("года",) if language == "ru" else ())
    return NO_BREAK.join(words)


@register.filter
def datetimeshort(value: dt.datetime | None) -> str:
    """`27 Mar 2026, 14:05` in the product's time zone; a plain date gets no time."""
    if not isinstance(value, dt.datetime):
        return dateshort(value)
    return f"{dateshort(value)}, {_local(value):%H:%M}"


@register.simple_tag
def day(value: dt.date | None, time: bool = False) -> str:
    """A `<time>` element with the short date (and the time when asked) and the machine's form beside it."""
    if not isinstance(value, dt.date):
        return ""
    shown = datetimeshort(value) if time else dateshort(value)  # type: ignore[arg-type]
    return format_html('<time datetime="{}">{}</time>', _local(value).isoformat(), shown)


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
    point = "." if _language() == "en" else ","
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


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite. Hidden from screen readers unless it has a label of its own."""
    href = f"{static('icons.svg')}#{name}"
    classes = f"icon {css}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', classes, label, href
        )
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', classes, href)


@register.simple_tag
def state_badge(state: str, label: str = "", tone: str = "") -> str:
    """The badge of a state: colour, icon and word. `label` and `tone` (a workflow's own) override those kept here."""
    look = look_of(str(state), tone)
    word = label or look.label or str(state).replace("_", " ")
    return format_html('<span class="badge-state tone-{}">{}{}</span>', look.tone, icon(look.icon), word)


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """The colour scheme the visitor chose, from the cookie `theme`: auto, light or dark."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "auto") if request is not None else "auto"
    return chosen if chosen in THEMES else "auto"


@register.simple_tag
def demo_mode() -> bool:
    """Whether this installation shows invented data (setting DEMO)."""
    return bool(getattr(settings, "DEMO", False))


@register.simple_tag
def moment() -> str:
    """Now, as printed at the foot of a page: `27 Mar 2026, 14:05`."""
    return datetimeshort(timezone.now())


@register.filter
def state_tone(state: str, tone: str = "") -> str:
    """The tone of a state (neutral, info, wait, warn, ok, bad, ended) for charts and calendars."""
    return look_of(str(state), tone).tone
