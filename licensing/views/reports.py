"""What managers look at: what lies open today, and reports over a period; each also as files."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.services import allowed
from core.sheets import workbook
from core.tables import Table
from core.views.teams import own_authority
from licensing.report_forms import ReportForm
from licensing.reports import REPORTS, Scope, last_month, last_quarter, overview
from licensing.reports.overview import CAP, count_of, oldest_case, open_counts, tables_of, to_queue
from licensing.views.access import OfficeRequest, office
from licensing.views.rows import csv_response
from licensing.views.terms import days_left

PERMISSION = "licensing.oversee"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST = "terms"


def oversees(request: OfficeRequest) -> None:
    """Figures of the house are for who answers for it.

    Raises:
        PermissionDenied: another official asks.
    """
    if not allowed(request.user, PERMISSION, own_authority(request.user)):
        raise PermissionDenied(PERMISSION)


def today_of(request: OfficeRequest) -> Scope:
    """What lies open now, in the whole authority."""
    oversees(request)
    today = timezone.localdate()
    return Scope(request.user, today, today, today)


@require_GET
@office
def overview_page(request: OfficeRequest) -> HttpResponse:
    scope = today_of(request)
    rows, oldest = open_counts(scope), oldest_case(scope)
    due, *tables = tables_of(rows, scope)
    whole = count_of(rows, "total")
    context = {
        "whole": to_queue(whole),
        "nobody": to_queue(count_of(rows, "total", officer=None), {"officer": "none"}),
        "capped": CAP if whole >= CAP else 0,
        "oldest": oldest,
        "oldest_days": -(days_left(oldest.filed_on, scope.today) or 0) if oldest else 0,
        "due": due,
        "tables": tables,
        "today": scope.today,
        "nav": "overview",
    }
    return render(request, "licensing/overview.html", context)


@require_GET
@office
def overview_workbook(request: OfficeRequest) -> HttpResponse:
    scope = today_of(request)
    return xlsx(f"overview-{scope.today}", overview(scope))


@require_GET
@office
def overview_csv(request: OfficeRequest, table: str) -> HttpResponseBase:
    scope = today_of(request)
    return csv(f"overview-{table}-{scope.today}", overview(scope), table)


class Asked(NamedTuple):
    """A report with what it is asked for; no scope where the question is wrong."""

    code: str
    form: ReportForm
    scope: Scope | None

    @property
    def query(self) -> str:
        """The question as a query, without what is empty."""
        return urlencode({name: value for name, value in self.form.cleaned_data.items() if value})

    def tables(self) -> list[Table]:
        return REPORTS[self.code][1](self.scope) if self.scope else []


def asked(request: OfficeRequest, code: str) -> Asked:
    oversees(request)
    if code not in REPORTS:
        raise Http404(_("There is nothing here"))
    today = timezone.localdate()
    usual = dict(zip(("from_on", "to_on"), (str(day) for day in last_month(today)), strict=True))
    form = ReportForm(usual | {name: value for name, value in request.GET.items() if value})
    return Asked(code, form, Scope(request.user, today=today, **form.cleaned_data) if form.is_valid() else None)


@require_GET
@office
def reports_page(request: OfficeRequest) -> HttpResponse:
    return report_page(request, FIRST)


@require_GET
@office
def report(request: OfficeRequest, code: str) -> HttpResponse:
    return report_page(request, code)


def report_page(request: OfficeRequest, code: str) -> HttpResponse:
    question = asked(request, code)
    query = question.query if question.scope else ""
    context = {
        "code": code,
        "title": _(REPORTS[code][0]),
        "reports": [(one, _(label)) for one, (label, _make) in REPORTS.items()],
        "form": question.form,
        "scope": question.scope,
        "said": said(question),
        "query": query,
        "periods": periods(question, timezone.localdate()),
        "tables": question.tables(),
        "nav": "reports",
    }
    return render(request, "licensing/report.html", context, status=200 if question.scope else 400)


def said(question: Asked) -> list[str]:
    """The chosen filters in words, for who reads a print."""
    chosen = [(question.form.fields[name], question.form.cleaned_data.get(name)) for name in ("kind", "region")]
    return [str(dict(field.choices)[value]) for field, value in chosen if value]  # type: ignore[attr-defined]  # selects


def periods(question: Asked, today: date) -> list[tuple[str, str, bool]]:
    """Usual periods as links: label, query, whether it is the one shown."""
    usual = (
        (_("Last month"), last_month(today)),
        (_("This month"), (today.replace(day=1), today)),
        (_("Last quarter"), last_quarter(today)),
        (_("This year"), (today.replace(month=1, day=1), today)),
        (_("Last year"), (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    )
    scope, kept = question.scope, question.form.cleaned_data if question.scope else {}
    more = {name: kept[name] for name in ("kind", "region") if kept.get(name)}
    return [
        (
            label,
            urlencode({"from_on": first, "to_on": last} | more),
            scope is not None and (scope.from_on, scope.to_on) == (first, last),
        )
        for label, (first, last) in usual
    ]


@require_GET
@office
def report_workbook(request: OfficeRequest, code: str) -> HttpResponse:
    question = asked(request, code)
    if question.scope is None:
        return back(request, code)
    return xlsx(named(question), question.tables())


@require_GET
@office
def report_csv(request: OfficeRequest, code: str, table: str) -> HttpResponseBase:
    question = asked(request, code)
    if question.scope is None:
        return back(request, code)
    return csv(f"{named(question)}-{table}", question.tables(), table)


def back(request: OfficeRequest, code: str) -> HttpResponse:
    """To the page, which says what is wrong with the question."""
    return HttpResponseRedirect(f"{reverse('report', args=[code])}?{request.GET.urlencode()}")


def named(question: Asked) -> str:
    scope = question.scope
    return f"{question.code}-{scope.from_on}-{scope.to_on}" if scope else question.code


def csv(name: str, tables: Sequence[Table], code: str) -> HttpResponseBase:
    found = next((table for table in tables if table.code == code), None)
    if found is None:
        raise Http404(_("There is nothing here"))
    return csv_response(name, found.head(), found.lines())


def xlsx(name: str, tables: Sequence[Table]) -> HttpResponse:
    response = HttpResponse(workbook(tables), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
