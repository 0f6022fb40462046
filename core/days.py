"""Days in words, in the language of the reader. Django's Kazakh catalogue is incomplete, its Russian one uneven."""

import datetime as dt
import re
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext

NO_BREAK = "\u00a0"
SUM = re.compile(r"-?\d{1,3}(?:\u202f\d{3})*\.\d\d")  # as law.problems.in_groups writes it
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

SHORT_MONTHS = {
    "kk": ["қаң", "ақп", "нау", "сәу", "мам", "мау", "шіл", "там", "қыр", "қаз", "қар", "жел"],
    "ru": ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
#: Days of the week from Monday on.
WEEKDAYS = {
    "kk": ["дс", "сс", "ср", "бс", "жм", "сн", "жк"],
    "ru": ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
LONG_MONTHS = {
    "kk": [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}

#: Months as heads of their own: in Russian another case than within a date.
ALONE_MONTHS = LONG_MONTHS | {
    "ru": [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ]
}


def language() -> str:
    """kk, ru or en: the language in force."""
    code = (get_language() or "en")[:2]
    return code if code in SHORT_MONTHS else "en"


def local(value: Any) -> Any:
    """A moment in the product's time zone; what has no zone stays as it is."""
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def dateshort(value: dt.date | None) -> str:
    """`27 Mar 2026`, month in the language of the page; a datetime is taken in the product's time zone."""
    if not isinstance(value, dt.date):
        return ""
    day = local(value)
    return NO_BREAK.join((str(day.day), SHORT_MONTHS[language()][day.month - 1], str(day.year)))


def datelong(value: dt.date | None) -> str:
    """`27 March 2026`, `27 марта 2026 года`, `2026 жылғы 27 наурыз`."""
    if not isinstance(value, dt.date):
        return ""
    day, code = local(value), language()
    month = LONG_MONTHS[code][day.month - 1]
    if code == "kk":
        return NO_BREAK.join((str(day.year), "жылғы", str(day.day), month))
    words = (str(day.day), month, str(day.year)) + (("года",) if code == "ru" else ())
    return NO_BREAK.join(words)


def datetimeshort(value: dt.date | None) -> str:
    """`27 Mar 2026, 14:05` in the product's time zone; a plain date gets no time."""
    if not isinstance(value, dt.datetime):
        return dateshort(value)
    return f"{dateshort(value)}, {local(value):%H:%M}"


def weekday(value: dt.date) -> str:
    """`Mon`, `пн`, `дс`: the day of the week in short."""
    day: dt.date = local(value)
    return WEEKDAYS[language()][day.weekday()]


def monthlong(value: dt.date) -> str:
    """`March 2026`, `март 2026 года`, `2026 жылғы наурыз`: a month on its own."""
    code, month = language(), ALONE_MONTHS[language()][value.month - 1]
    if code == "kk":
        return NO_BREAK.join((str(value.year), "жылғы", month))
    return NO_BREAK.join((month.capitalize(), str(value.year)) + (("года",) if code == "ru" else ()))


def monthshort(value: dt.date) -> str:
    """The month over its year, in two lines, for an axis."""
    return f"{ALONE_MONTHS[language()][value.month - 1][:3]}\n{value.year}"


def told_in_full(text: str) -> str:
    """`told` as acts and letters write days: the month in full."""
    try:
        return datelong(dt.date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else told(text)
    except ValueError:  # digits that are no day
        return text


def told(text: str) -> str:
    """Translates for `law.problems.render`: a day (ISO text) as a short date, a sum with the point of the language,
    every other text by the catalogue."""
    if SUM.fullmatch(text):
        return text if language() == "en" else text.replace(".", ",")
    if not ISO_DAY.fullmatch(text):
        return gettext(text)
    try:
        return dateshort(dt.date.fromisoformat(text))
    except ValueError:  # digits that are no day
        return text
