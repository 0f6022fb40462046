"""What a report is about: who reads it, from which day to which, and which filings. Days are those of Almaty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from core.models import User
from law.calendar import working_day_back
from licensing.models import Application
from licensing.permits import kinds

#: Ages of a case in working days since its filing, as first and last; the last band has no end.
BANDS: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 10), (11, 20), (21, 40), (41, None))
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Both ends belong to the period. An official reads of his own authority alone, so nobody chooses one.

    Args:
        kind, region: as in the queue; empty for all.
        today: the day on which the report is made.
    """

    user: User
    from_on: date
    to_on: date
    today: date
    kind: str = ""
    region: str = ""

    def cases(self) -> QuerySet[Application]:
        rows = Application.objects.visible_to(self.user)
        chosen = {"kind": self.kind, "region": self.region}
        return rows.filter(**{name: value for name, value in chosen.items() if value})

    @property
    def as_of(self) -> date:
        """The last day of the period that has come."""
        return min(self.to_on, self.today)

    def within(self, field: str) -> Q:
        """That a moment falls in the period."""
        return Q(**{f"{field}__gte": start_of(self.from_on), f"{field}__lt": start_of(self.to_on + DAY)})

    def open_then(self) -> Q:
        """That a case had been filed and had not ended when the day `as_of` was over."""
        ended = Q(closed_at__isnull=True) | Q(closed_at__gte=start_of(self.as_of + DAY))
        return Q(filed_on__lte=self.as_of) & ended


def start_of(day: date) -> datetime:
    """The first moment of a day in the product's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


def last_month(today: date) -> tuple[date, date]:
    """The last month that is over: its first day and its last."""
    end = today.replace(day=1) - DAY
    return end.replace(day=1), end


def last_quarter(today: date) -> tuple[date, date]:
    """The last quarter that is over."""
    end = today.replace(month=today.month - (today.month - 1) % 3, day=1) - DAY
    return end.replace(month=end.month - 2, day=1), end


def ages(on: date) -> list[tuple[date | None, date]]:
    """For each band, the days of filing that belong to it on a day: first (None: ever) and last."""
    return [(working_day_back(on, last + 1) if last is not None else None, since(on, first)) for first, last in BANDS]


def since(on: date, first: int) -> date:
    """The last day of filing from which at least `first` working days have passed."""
    return working_day_back(on, first) - DAY if first else on


def band_labels() -> list[str]:
    """The bands in words: working days since the filing."""
    return [f"{first}–{last}" if last is not None else f"> {first - 1}" for first, last in BANDS]


def of_age(days: tuple[date | None, date]) -> Q:
    first, last = days
    return Q(filed_on__lte=last) & (Q(filed_on__gte=first) if first else Q())


def share(part: int, whole: int) -> Decimal | None:
    """A percentage with one decimal; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def kind_name(code: str) -> str:
    return gettext(kinds()[code].name) if code in kinds() else code


#: Who holds a case: what a query groups by, and what is shown of it.
OFFICER = {"officer": F("assigned_to"), "name": F("assigned_to__full_name"), "email": F("assigned_to__email")}


def officer_name(row: Mapping[str, Any]) -> str:
    return str(row["name"] or row["email"] or gettext("Nobody yet"))


def sums(rows: Iterable[Mapping[str, Any]], key: str, names: Iterable[str]) -> dict[Any, dict[str, int]]:
    """Counts of groups summed up by one of the things that they are grouped by."""
    wanted, found = tuple(names), dict[Any, dict[str, int]]()
    for row in rows:
        line = found.setdefault(row[key], dict.fromkeys(wanted, 0))
        for name in wanted:
            line[name] += row[name]
    return found
