"""The compliance of the supervised sector as everybody reads it: numbers of firms by month, no names."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.days import monthlong
from core.limits import limited
from core.tables import Table, cells
from law.compliance import BASELINE, DEFINITION, LEAST_SHOWN, LEVELS
from licensing.models import Licence
from licensing.reports.compliance import baseline, columns, counted, line, month_ends, standings
from licensing.reports.scope import DAY
from licensing.views.rows import csv_response

MONTHS = 12


def by_month() -> Table:
    """The last months that are over, the newest first. Where firms are few, their number alone is told."""
    today = timezone.localdate()
    last = today.replace(day=1) - DAY
    first = last.replace(year=last.year - 1, day=1)
    days = list(month_ends(first, last, today))[-MONTHS:]
    rows = tuple(told(day) for day in reversed(days))
    note = gettext("Months with fewer than %(n)s firms are not broken down: each could be known by its state.")
    return Table("compliance", gettext("By month"), columns(gettext("Month")), rows, note=note % {"n": LEAST_SHOWN})


def told(day: date) -> Any:
    counts = counted(standings(Licence.objects.order_by(), day))
    whole = sum(counts.values())
    if whole < LEAST_SHOWN:
        return cells(monthlong(day), whole, *(None for _level in LEVELS), None)
    return line(monthlong(day), counts)


@login_not_required
@require_safe
@limited("compliance", per_minute=20)
def compliance(request: HttpRequest) -> HttpResponse:
    """The figure with its definition, its denominator, and what was published before."""
    context = {
        "table": by_month(),
        "before": baseline(),
        "definition": [gettext(sentence) for sentence in DEFINITION],
        "cited": {"citation": gettext(BASELINE.source), "unconfirmed": True},
        "nav": "compliance",
    }
    return render(request, "public/compliance.html", context)


@login_not_required
@require_safe
@limited("compliance", per_minute=20)
def compliance_csv(request: HttpRequest) -> HttpResponseBase:
    """The same months as a file."""
    table = by_month()
    return csv_response("compliance", table.head(), table.lines())
