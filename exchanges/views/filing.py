"""Reports on sales as a form and as a file of rows: for miners and exchanges, and for an officer who enters a paper."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.models import User
from core.services import Upload, allowed, require
from core.views import reader
from core.views.rowfiles import column_rows, sent
from core.workflow import StaleVersion, TransitionRefused
from exchanges import services
from exchanges.forms.sales import MOST, CorrectionFileForm, CorrectionForm, ReporterForm, SalesFileForm, lines_form
from exchanges.models import EXCHANGE, SaleReport
from exchanges.services.sale_rows import COLUMNS
from exchanges.views.reports import SOURCES, find
from law.problems import Problem
from law.quota import quarter_of

Told = list[Problem]


def filer(request: HttpRequest, source: str) -> User:
    """Who may file reports of this kind; to others the page is not there, or closed."""
    user = reader(request)
    if source not in SOURCES:
        raise Http404
    if user.is_official and not allowed(user, "exchanges.file_report", SaleReport(authority=user.authority)):
        raise PermissionDenied("exchanges.file_report")
    return user


def attempt(act: Callable[[], Any]) -> tuple[Any, Told]:
    """What came of an act, or what stands against it."""
    try:
        return act(), []
    except TransitionRefused as refused:
        return None, list(refused.problems)
    except StaleVersion:
        message = _("The report was corrected since you saw it: look at the edition that counts.")
        return None, [Problem("report-corrected", message, field="edition")]


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def asks_for_more(request: HttpRequest) -> bool:
    """More empty rows are asked for: nothing is judged yet."""
    return request.method == "POST" and "more" in request.POST


def begun(request: HttpRequest, **initial: Any) -> dict[str, Any]:
    """What a form is made of: what was sent, or what it begins with."""
    if asks_for_more(request):
        return {"initial": request.POST.dict()}
    return {"data": posted(request), "initial": initial}


def status(problems: Told, *forms: Any) -> int:
    """409 where the service refused, 422 where something is malformed."""
    if problems:
        return 409
    return 422 if any(form.is_bound and not form.is_valid() for form in forms) else 200


def entry(request: HttpRequest, template: str, source: str, problems: Told, **context: Any) -> HttpResponse:
    """The page of a form, asked for the first time, for more rows, or again."""
    judged = request.method == "POST" and not asks_for_more(request)
    code = status(problems, context["form"], *([context["rows"]] if "rows" in context else ())) if judged else 200
    page = {"source": source, "problems": problems, "judged": judged, "most": MOST, "nav": "sale-reports"}
    return render(request, template, page | context, status=code)


@require_http_methods(["GET", "POST"])
def new_report(request: HttpRequest, source: str) -> HttpResponse:
    """The rows of a quarter, typed."""
    user = filer(request, source)
    problems: Told = []
    form = ReporterForm(user=user, source=source, **begun(request))
    rows = lines_form(posted(request), source=source)
    if form.is_bound and form.is_valid() and rows.is_valid():
        first, last = quarter_of(form.cleaned_data["period"])
        paper = form.cleaned_data.get("paper", "")
        given: dict[str, Any] = {**form.reporter(), "paper": paper, "actor": user, "at": timezone.now()}
        row, problems = attempt(
            lambda: services.file_sale_report(
                services.keeper(), period_from=first, period_to=last, rows=rows.lines(), **given
            )
        )
        if row is not None:
            messages.success(request, _("The report is filed."))
            return redirect("sale-report", reference=row.reference)
        problems = rows.take_problems(problems)
    return entry(request, "exchanges/new_report.html", source, problems, form=form, rows=rows)


@require_http_methods(["GET", "POST"])
def new_file(request: HttpRequest, source: str) -> HttpResponse:
    """The rows of a quarter as a file: looked at first, then taken by its sender."""
    user = filer(request, source)
    problems: Told = []
    files = request.FILES if request.method == "POST" else None
    form = SalesFileForm(posted(request), files, user=user, source=source)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.reporter(), "period_from": form.cleaned_data["period"]}
        file, problems = attempt(lambda: send(form, user, **given))
        if file is not None:
            return sent(request, file)
    columns = column_rows(COLUMNS[source])
    return entry(request, "exchanges/new_file.html", source, problems, form=form, columns=columns)


def send(form: Any, user: User, **given: Any) -> Any:
    upload = form.cleaned_data["file"]
    given |= {"paper": form.cleaned_data.get("paper", ""), "actor": user, "at": timezone.now()}
    return services.send_sales(Upload(upload.name, upload.file, upload.size), **given)


def to_correct(request: HttpRequest, reference: str) -> tuple[SaleReport, User]:
    """The edition that counts, for who may correct it."""
    found, user = find(request, reference), reader(request)
    require(user, "exchanges.file_report", found)
    return found, user


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """All rows as they should have been, beginning with those that stand; and why."""
    found, user = to_correct(request, reference)
    if found.rows_count > MOST:
        return redirect("sale-report-correct-file", reference=reference)
    problems: Told = []
    form = CorrectionForm(user=user, **begun(request, edition=found.edition))
    rows = lines_form(posted(request), source=found.source, rows=[] if request.method == "POST" else stated(found))
    if form.is_bound and form.is_valid() and rows.is_valid():
        given = dict(form.cleaned_data)
        given |= {"version": given.pop("edition"), "actor": user, "at": timezone.now()}
        row, problems = attempt(lambda: services.correct_sale_report(found, rows=rows.lines(), **given))
        if row is not None:
            messages.success(request, _("The correction counts now."))
            return redirect("sale-report", reference=reference)
        problems = rows.take_problems(problems)
    return entry(request, "exchanges/new_report.html", found.source, problems, form=form, rows=rows, report=found)


def stated(report: SaleReport) -> list[dict[str, Any]]:
    """The rows that stand, as the form begins with them."""
    rows = report.rows.select_related("exchange")
    return [
        {
            "sold_on": row.sold_on,
            "asset": row.asset,
            "amount": row.amount,
            "exchange": row.exchange.code if row.exchange else "",
            "miner": row.miner,
            "deal": row.deal,
        }
        for row in rows
    ]


@require_http_methods(["GET", "POST"])
def correct_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a file."""
    found, user = to_correct(request, reference)
    problems: Told = []
    files = request.FILES if request.method == "POST" else None
    form = CorrectionFileForm(posted(request), files, user=user, initial={"edition": found.edition})
    if request.method == "POST" and form.is_valid():
        whose = {"exchange": found.exchange} if found.source == EXCHANGE else {"organisation": found.organisation}
        given: dict[str, Any] = {name: form.cleaned_data[name] for name in ("edition", "reason")}
        file, problems = attempt(lambda: send(form, user, period_from=found.period_from, **whose, **given))
        if file is not None:
            return sent(request, file)
    context = {"form": form, "columns": column_rows(COLUMNS[found.source]), "report": found}
    return entry(request, "exchanges/new_file.html", found.source, problems, **context)
