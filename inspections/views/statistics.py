"""Figures of inspections over a period, and the report of the Unified Reporting Day, each as a page and as CSV."""

from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import Authority
from core.services import allowed
from inspections.forms.statistics import PeriodForm
from inspections.services.statistics import WITHOUT_DAY, Period, reported, statistics
from law.inspections.schedules import reporting_day
from law.provisions import NotInForce, provision
from licensing.views.access import OfficeRequest, office
from licensing.views.reports import csv


def authority_of(request: OfficeRequest) -> Authority:
    """The authority whose inspections are counted.

    Raises:
        PermissionDenied: it inspects nobody.
    """
    if request.user.authority is None or not allowed(request.user, "inspections.read_figures", request.user):
        raise PermissionDenied("inspections.read_figures")
    return request.user.authority


def keeps(request: OfficeRequest) -> bool:
    """Whether the authority inspects under Chapter 13; of others supervisory visits alone are counted."""
    return allowed(request.user, "inspections.keep", request.user)


def asked(request: OfficeRequest) -> tuple[PeriodForm, Period | None]:
    """The period asked for; this year without one."""
    today = timezone.localdate()
    given = request.GET if "from_on" in request.GET else {"from_on": date(today.year, 1, 1), "to_on": today}
    form = PeriodForm(given)
    return form, Period(form.cleaned_data["from_on"], form.cleaned_data["to_on"]) if form.is_valid() else None


@require_safe
@office
def statistics_page(request: OfficeRequest) -> HttpResponse:
    """Inspections that began in a period: by kind, region and risk; plans kept; items; visits."""
    authority = authority_of(request)
    form, period = asked(request)
    query = urlencode({"from_on": period.first, "to_on": period.last}) if period else ""
    context = {
        "form": form,
        "period": period,
        "query": query,
        "tables": statistics(authority, period, inspects=keeps(request)) if period else [],
        "report": report_link(authority) if keeps(request) else "",
        "nav": "inspection-statistics",
    }
    return render(request, "inspections/statistics.html", context, status=422 if form.errors else 200)


def report_link(authority: Authority) -> str:
    """The report that comes next; empty where the authority has no such day."""
    if authority.code in WITHOUT_DAY:
        return ""
    today = timezone.localdate()
    year = today.year if today <= reporting_day(today.year) else today.year + 1
    return reverse("reporting-day", args=[year])


@require_safe
@office
def statistics_csv(request: OfficeRequest, table: str) -> HttpResponseBase:
    authority = authority_of(request)
    _form, period = asked(request)
    if period is None:
        raise Http404(_("There is nothing here"))
    tables = statistics(authority, period, inspects=keeps(request))
    return csv(f"inspections-{period.first}-{period.last}-{table}", tables, table)


def of_year(request: OfficeRequest, year: int) -> tuple[Authority, Period]:
    """The authority and what its report of a year covers.

    Raises:
        Http404: it has no Unified Reporting Day, or there was none that year.
    """
    authority = authority_of(request)
    try:
        period = reported(year)
    except (NotInForce, ValueError, OverflowError):
        raise Http404(_("There is nothing here")) from None
    if authority.code in WITHOUT_DAY:
        raise Http404(_("There is nothing here"))
    return authority, period


@require_safe
@office
def reporting_day_page(request: OfficeRequest, year: int) -> HttpResponse:
    """What a head prints for the Unified Reporting Day."""
    authority, period = of_year(request, year)
    day = reporting_day(year)
    context = {
        "authority": authority,
        "day": day,
        "period": period,
        "tables": statistics(authority, period),
        "rule": provision("CAL-REPDAY", day),
        "year": year,
        "nav": "inspection-statistics",
    }
    return render(request, "inspections/reporting_day.html", context)


@require_safe
@office
def reporting_day_csv(request: OfficeRequest, year: int, table: str) -> HttpResponseBase:
    authority, period = of_year(request, year)
    return csv(f"reporting-day-{year}-{table}", statistics(authority, period), table)
