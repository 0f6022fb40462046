"""The officers' pages of reports on sales, and of the list of exchanges of the AIFC."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Event
from core.models.base import pick_name
from core.services import allowed, require
from core.views.account import attempt
from exchanges import services
from exchanges.forms import EndForm, ExchangeForm, ReportFilterForm
from exchanges.models import EXCHANGE, MINER, ListedExchange, SaleReport
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.rows import csv_response
from licensing.wording import timeline_row

FIELDS = (
    *("pk", "reference", "edition", "source", "period_from", "period_to", "filed_on", "due_on", "late", "rows_count"),
    *("total", "organisation__name_kk", "organisation__name_ru", "organisation__name_en", "organisation__identifier"),
    *("exchange__name_kk", "exchange__name_ru", "exchange__name_en"),
)
#: What the comparison says of a line.
STANDINGS = {
    "elsewhere": gettext_noop("sold elsewhere"),
    "not_licensed": gettext_noop("the exchange was not licensed on that day"),
    "proved": gettext_noop("proved by the exchange"),
    "declared": gettext_noop("declared only"),
    "contradicted": gettext_noop("contradicted by the exchange"),
}
TONES = {"proved": "good", "declared": "waiting", "contradicted": "bad", "not_licensed": "bad", "elsewhere": "neutral"}
WHOSE = ("organisation", "exchange")
SOURCES = {MINER: gettext_noop("Of a miner"), EXCHANGE: gettext_noop("Of an exchange")}
SHOWN = 500  # rows of one report on its page; the file has them all
HEAD = (
    *(gettext_noop("Number"), gettext_noop("Edition"), gettext_noop("Whose report"), gettext_noop("Reported by")),
    *(gettext_noop("BIN or IIN"), gettext_noop("From"), gettext_noop("To"), gettext_noop("Filed"), gettext_noop("Due")),
    *(gettext_noop("Late"), gettext_noop("Rows"), gettext_noop("Sold, tenge")),
)
ROW_HEAD = (
    *(gettext_noop("Sold on"), gettext_noop("Digital asset"), gettext_noop("Amount, tenge"), gettext_noop("Exchange")),
    *(gettext_noop("Miner"), gettext_noop("Number of the deal")),
)


def narrowed(request: OfficeRequest) -> tuple[ReportFilterForm, "QuerySet[SaleReport]"]:
    """The reports that count and that the filters ask for."""
    form = ReportFilterForm(request.GET)
    form.is_valid()
    given, rows = form.cleaned_data, SaleReport.objects.visible_to(request.user).current()
    if given.get("source"):
        rows = rows.filter(source=given["source"])
    if given.get("late"):
        rows = rows.late()
    if text := (given.get("q") or "").strip():
        rows = rows.filter(Q(reference=text.upper()) | Q(organisation__identifier=text))
    return form, rows


def line_of(values: tuple[Any, ...]) -> dict[str, Any]:
    """A report as lists show it, from the values of FIELDS."""
    read = dict(zip(FIELDS, values, strict=True))
    names = {part: [read[f"{part}__name_{code}"] or "" for code in ("kk", "ru", "en")] for part in WHOSE}
    return read | {
        "whose": _(SOURCES[read["source"]]),
        "reporter": pick_name(*names["exchange"]) or pick_name(*names["organisation"]),
        "identifier": read["organisation__identifier"] or "",
    }


@require_GET
@office
def reports(request: OfficeRequest) -> HttpResponse:
    """Reports that count, the newest first."""
    form, rows = narrowed(request)
    page = page_newest(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "form": form,
        "lines": [line_of(row) for row in page.rows],
        "page": page,
        "narrowed": any(form.cleaned_data.values()),
        "nav": "sale-reports",
    }
    return render(request, "exchanges/reports.html", context)


@require_GET
@office
def reports_csv(request: OfficeRequest) -> HttpResponseBase:
    """The same list as a file, all of it."""
    _form, rows = narrowed(request)

    def lines() -> Iterator[tuple[Any, ...]]:
        for values in rows.order_by("-id").values_list(*FIELDS).iterator(chunk_size=2_000):
            one = line_of(values)
            yield (
                *(one["reference"], one["edition"], one["whose"], one["reporter"], one["identifier"]),
                *(one["period_from"], one["period_to"], one["filed_on"], one["due_on"]),
                *(_("Yes") if one["late"] else _("No"), one["rows_count"], one["total"]),
            )

    return csv_response("sale-reports", HEAD, lines())


def find(request: OfficeRequest, reference: str, edition: str = "") -> SaleReport:
    """The edition that counts, or the one asked for."""
    rows = SaleReport.objects.visible_to(request.user).select_related("organisation", "exchange", "filed_by")
    if edition.isascii() and edition.isdigit() and len(edition) < 5:
        return get_object_or_404(rows, reference=reference, edition=int(edition))
    return get_object_or_404(rows.current(), reference=reference)


@require_GET
@office
def report(request: OfficeRequest, reference: str) -> HttpResponse:
    """One report: its rows, its editions, and for a miner what the exchanges say."""
    found = find(request, reference, request.GET.get("edition", ""))
    editions = SaleReport.objects.visible_to(request.user).filter(reference=reference).order_by("-edition")
    lines: list[dict[str, Any]] = []
    if found.source == MINER and found.organisation is not None and found.replaced_at is None:
        told = services.compared(found.organisation, found.period_from, found.period_to)
        lines = [{"row": one, "words": _(STANDINGS[one.standing]), "tone": TONES[one.standing]} for one in told]
    events = Event.objects.visible_to(request.user).filter(
        subject_type=SaleReport._meta.label_lower, reference=reference
    )
    context = {
        "report": found,
        "whose": found.get_source_display(),
        "rows": found.rows.select_related("exchange")[:SHOWN],
        "more": found.rows_count > SHOWN,
        "editions": list(editions),
        "compared": lines[:SHOWN],
        "differing": sum(one["row"].standing == "contradicted" for one in lines),
        "events": [timeline_row(one) for one in events.select_related("actor", "on_behalf_of").order_by("-id")[:50]],
        "nav": "sale-reports",
    }
    return render(request, "exchanges/report.html", context)


@require_GET
@office
def report_csv(request: OfficeRequest, reference: str) -> HttpResponseBase:
    """All rows of the edition that counts."""
    found = find(request, reference)
    fields = ("sold_on", "asset", "amount", "exchange__code", "miner", "deal")
    rows = found.rows.order_by("number").values_list(*fields)
    return csv_response(f"{reference}-rows", ROW_HEAD, rows.iterator(chunk_size=2_000))


@require_http_methods(["GET", "POST"])
@office
def exchanges(request: OfficeRequest) -> HttpResponse:
    """The list of exchanges; POST enters one."""
    may = allowed(request.user, "exchanges.list_exchange", ListedExchange(authority=request.user.authority))
    form = ExchangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "exchanges.list_exchange", ListedExchange(authority=request.user.authority))
        authority = request.user.authority
        if (
            authority is not None
            and form.is_valid()
            and attempt(
                form,
                lambda: services.enter_exchange(authority, **form.given(), actor=request.user, at=timezone.now()),
            )
        ):
            messages.success(request, _("The exchange is in the list."))
            return redirect("exchanges")
    rows = ListedExchange.objects.visible_to(request.user).order_by("-valid_from", "-id")[:200]
    today = timezone.localdate()
    context = {
        "rows": [{"row": row, "licensed": row.is_licensed(today)} for row in rows],
        "form": form if may else None,
        "nav": "exchanges",
    }
    return render(request, "exchanges/exchanges.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@office
def end_exchange(request: OfficeRequest, code: str) -> HttpResponse:
    """Enter the last day of an exchange's licence."""
    found = get_object_or_404(ListedExchange.objects.filter(authority=request.user.authority_id), code=code)
    require(request.user, "exchanges.list_exchange", found)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"valid_to": found.valid_to})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        if attempt(form, lambda: services.end_exchange(found, **given)):
            messages.success(request, _("The day is entered."))
            return redirect("exchanges")
    context = {"exchange": found, "form": form, "nav": "exchanges"}
    return render(request, "exchanges/end.html", context, status=409 if form.errors else 200)
