"""Reports on sales: for officials all that came to their authority, for miners and exchanges their own."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from core.models import Event, User
from core.models.base import pick_name
from core.services import allowed
from core.views import reader
from exchanges import services
from exchanges.forms.sales import ReportFilterForm
from exchanges.models import EXCHANGE, MINER, SaleReport
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
FILING = {MINER: gettext_noop("Report of a miner on sales"), EXCHANGE: gettext_noop("Report of an exchange on sales")}
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


def narrowed(request: HttpRequest) -> tuple[ReportFilterForm, "QuerySet[SaleReport]"]:
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
def reports(request: HttpRequest) -> HttpResponse:
    """Reports that count, the newest first."""
    form, rows = narrowed(request)
    page = page_newest(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "form": form,
        "lines": [line_of(row) for row in page.rows],
        "page": page,
        "narrowed": any(form.cleaned_data.values()),
        "may_file": may_file(reader(request)),
        "official": reader(request).is_official,
        "nav": "sale-reports",
    }
    return render(request, "exchanges/reports.html", context)


def may_file(user: User) -> list[tuple[str, str]]:
    """The reports that somebody may file: whose, and the words on the button."""
    if user.is_official:
        own = {MINER: allowed(user, "exchanges.file_report", SaleReport(authority=user.authority))}
        own[EXCHANGE] = own[MINER]
    else:
        own = {MINER: services.miners_of(user).exists(), EXCHANGE: services.exchanges_of(user).exists()}
    return [(source, _(label)) for source, label in FILING.items() if own[source]]


@require_GET
def reports_csv(request: HttpRequest) -> HttpResponseBase:
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


def find(request: HttpRequest, reference: str, edition: str = "") -> SaleReport:
    """The edition that counts, or the one asked for."""
    rows = SaleReport.objects.visible_to(request.user).select_related("organisation", "exchange", "filed_by")
    if edition.isascii() and edition.isdigit() and len(edition) < 5:
        return get_object_or_404(rows, reference=reference, edition=int(edition))
    return get_object_or_404(rows.current(), reference=reference)


@require_GET
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report: its rows and editions; for officials beside a miner's what the exchanges say."""
    found = find(request, reference, request.GET.get("edition", ""))
    editions = SaleReport.objects.visible_to(request.user).filter(reference=reference).order_by("-edition")
    lines: list[dict[str, Any]] = []
    user = reader(request)
    if user.is_official and found.source == MINER and found.organisation is not None and found.replaced_at is None:
        told = services.compared(found.organisation, found.period_from, found.period_to)
        lines = [{"row": one, "words": _(STANDINGS[one.standing]), "tone": TONES[one.standing]} for one in told]
    events = Event.objects.visible_to(request.user).filter(
        subject_type=SaleReport._meta.label_lower, reference=reference
    )
    context = {
        "report": found,
        "whose": found.get_source_display(),
        "official": user.is_official,
        "may_correct": found.replaced_at is None and allowed(user, "exchanges.file_report", found),
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
def report_csv(request: HttpRequest, reference: str) -> HttpResponseBase:
    """All rows of the edition that counts."""
    found = find(request, reference)
    fields = ("sold_on", "asset", "amount", "exchange__code", "miner", "deal")
    rows = found.rows.order_by("number").values_list(*fields)
    return csv_response(f"{reference}-rows", ROW_HEAD, rows.iterator(chunk_size=2_000))
