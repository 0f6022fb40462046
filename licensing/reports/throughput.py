"""What came in and what went out, month by month."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from core.charts import Chart, Series
from core.days import monthlong, monthshort
from core.tables import TEXT, Column, Table, cells
from licensing.models import Decision
from licensing.reports.scope import Scope

ENDINGS = {"refused_consideration": "not_considered", "withdrawn": "withdrawn"}
COUNTS = ("filed", "decided", "grant", "refuse", "not_considered", "withdrawn")


def throughput(scope: Scope) -> list[Table]:
    """Filings by the day of filing, decisions by the day they were taken, the rest by the day it ended: three queries.

    A decision that was annulled later was taken all the same; the one that follows it counts in its own month.
    """
    months = {month: dict.fromkeys(COUNTS, 0) for month in months_of(scope.from_on, scope.to_on)}
    for row in filings(scope):
        months[row["month"]]["filed"] += row["count"]
    for row in decisions(scope):
        month = months[row["month"].date()]
        month[row["outcome"]] += row["count"]
        month["decided"] += row["count"]
    for row in endings(scope):
        months[row["month"].date()][ENDINGS[row["state"]]] += row["count"]
    labels = (_("Filings"), _("Decided"), _("Granted"), _("Refused"), _("Not considered"), _("Withdrawn"))
    whole = [sum(counts[name] for counts in months.values()) for name in COUNTS]
    return [
        Table(
            "by-month",
            _("By month"),
            (Column(_("Month"), TEXT), *map(Column, labels)),
            tuple(cells(monthlong(month), *counts.values()) for month, counts in months.items()),
            cells(_("Together"), *whole),
            note=_("Decided: granted and refused. The first and the last month count within the period alone."),
            chart=drawn(months),
        )
    ]


def drawn(months: dict[date, dict[str, int]]) -> Chart:
    shown = (
        (_("Filings"), "info", ("filed",)),
        (_("Granted"), "ok", ("grant",)),
        (_("Refused or not considered"), "bad", ("refuse", "not_considered")),
        (_("Withdrawn"), "ended", ("withdrawn",)),
    )
    series = tuple(
        Series(label, tone, tuple(sum(counts[name] for name in names) for counts in months.values()))
        for label, tone, names in shown
    )
    return Chart(tuple(monthshort(month) for month in months), series, upright=True)


def filings(scope: Scope) -> Any:
    rows = scope.cases().filter(filed_on__range=(scope.from_on, scope.to_on))
    return rows.order_by().annotate(month=TruncMonth("filed_on")).values("month").annotate(count=Count("pk"))


def decisions(scope: Scope) -> Any:
    """Of applications; those on measures are no part of this."""
    rows = Decision.objects.filter(scope.within("made_at"), application__in=scope.cases().order_by())
    month = TruncMonth("made_at", tzinfo=timezone.get_default_timezone())
    return rows.order_by().annotate(month=month).values("month", "outcome").annotate(count=Count("pk"))


def endings(scope: Scope) -> Any:
    rows = scope.cases().filter(scope.within("closed_at"), state__in=ENDINGS)
    month = TruncMonth("closed_at", tzinfo=timezone.get_default_timezone())
    return rows.order_by().annotate(month=month).values("month", "state").annotate(count=Count("pk"))


def months_of(first: date, last: date) -> list[date]:
    """The first day of each month that a period meets."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
