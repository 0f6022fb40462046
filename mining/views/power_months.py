"""Power over time: month by month for the country, a zone or a region, as lines, as a table and as a file."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from core.days import monthlong
from core.regions import REGIONS, ZONES
from core.templatetags.tizilim import thin
from law.power import level, percent
from licensing.views.access import OfficeRequest, office
from licensing.views.rows import csv_response
from mining.models.power_months import MonthOfPower
from mining.views.power import own_authority
from mining.views.power_chart import USUAL, drawn, months_of, place_name

SPANS = (12, 24, 36, 60)
CSV_HEAD = (
    gettext_noop("Day"), gettext_noop("Declared, MW"), gettext_noop("Licences in force"), gettext_noop("Measured, MW"),
    gettext_noop("Centres measured"), gettext_noop("Limit, MW"), gettext_noop("Declared, per cent of the limit"),
)  # fmt: skip


def asked(request: OfficeRequest) -> tuple[str, int]:
    """The place and the number of months; the country and the usual number for what is none."""
    place, months = request.GET.get("place", ""), request.GET.get("months", "")
    span = int(months) if months in {str(one) for one in SPANS} else USUAL
    return place if place in REGIONS or place in ZONES else "", span


def line(row: MonthOfPower) -> dict[str, Any]:
    """A month with what was declared against the limit: the thresholds are those of its day."""
    found = level(row.declared, row.limit, row.day)
    return {
        "row": row,
        "month": monthlong(row.day),
        "percent": thin(percent(found.share)) if found.share is not None else "",
    }


@require_GET
@office
def months(request: OfficeRequest) -> HttpResponse:
    """`place`: KZ-39 or north; `months`: how many."""
    place, span = asked(request)
    rows = months_of(own_authority(request), place, span)
    regions = sorted(((code, _(name)) for code, name in REGIONS.items()), key=lambda pair: pair[1])
    context = {
        "chart": drawn(rows, place),
        "lines": [line(row) for row in reversed(rows)],
        "place": place,
        "place_name": place_name(place),
        "span": span,
        "spans": SPANS,
        "zones": [(code, _(name)) for code, name in ZONES.items()],
        "regions": regions,
        "part": "months",
        "nav": "power",
    }
    return render(request, "mining/power_months.html", context)


@require_GET
@office
def months_csv(request: OfficeRequest) -> HttpResponseBase:
    place, span = asked(request)
    rows = months_of(own_authority(request), place, span)
    return csv_response(f"power-{place or 'country'}", CSV_HEAD, csv_rows(rows))


def csv_rows(rows: Sequence[MonthOfPower]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        found = level(row.declared, row.limit, row.day)
        share: Decimal | str = percent(found.share) if found.share is not None else ""
        yield row.day, row.declared, row.licences, row.measured, row.centres, row.limit, share
