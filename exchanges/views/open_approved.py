"""The list of approved assets as everybody reads it: as of a day, one by one, and whole as open data."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.limits import limited, wants_json
from core.sheets import csv_lines
from core.templatetags.tizilim import money
from exchanges.forms.approved import ListForm
from exchanges.models import ApprovedAsset
from law.offers import LIMIT_CLIENTS, LIMIT_PERIODS, list_in_force
from licensing.views.keyset import Cursor, page_newest
from licensing.views.register import download

PAGE = 25
COLUMNS = (
    *("reference", "state", "name", "symbol", "network", "contract", "limit_amount", "limit_currency"),
    *("limit_period", "limit_clients", "first_day", "last_day", "decision", "authority", "withdrawn_on", "reason"),
)


def plain(row: ApprovedAsset) -> dict[str, Any]:
    """An entry as open data: codes, ISO days, money as text."""
    gone = row.state == "withdrawn"
    return {
        "reference": row.reference,
        "state": row.open_state,
        "name": row.name,
        "symbol": row.symbol,
        "network": row.network,
        "contract": row.contract,
        "limit": row.limit,
        "first_day": row.first_day.isoformat(),
        "last_day": row.until.isoformat() if row.until else None,
        "decision": row.decision,
        "authority": row.authority.code,
        "withdrawn_on": timezone.localdate(row.ended_at).isoformat() if gone and row.ended_at else None,
        "reason": row.ending_reason if gone else "",
        "url": reverse("open-approved-asset", args=[row.reference]),
    }


def limit_words(row: ApprovedAsset) -> str:
    """The limit in the language of the page; empty where there is none."""
    if row.limit_amount is None:
        return ""
    words = gettext("%(amount)s for %(clients)s over %(period)s")
    clients, period = gettext(LIMIT_CLIENTS[row.limit_clients]), gettext(LIMIT_PERIODS[row.limit_period])
    return words % {"amount": money(row.limit_amount), "clients": clients, "period": period}


def shared_symbols(rows: Iterable[ApprovedAsset], day: date) -> set[str]:
    """Symbols of these rows that several assets of the list have on a day."""
    own = {row.symbol for row in rows}
    counted = ApprovedAsset.objects.standing(day).filter(symbol__in=own).order_by().values("symbol")
    return {row["symbol"] for row in counted.annotate(times=Count("id")) if row["times"] > 1}


def line_of(row: ApprovedAsset, shared: set[str]) -> dict[str, Any]:
    state = row.WORKFLOW.state(row.open_state)
    told = {"label": gettext(state.applicant_label), "tone": state.tone, "limit": limit_words(row)}
    return {"row": row, "shared": row.symbol in shared, **told}


def published() -> Any:
    return ApprovedAsset.objects.open().select_related("authority")


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def open_assets(request: HttpRequest) -> HttpResponse:
    """What stands on the list on a day, today's without one, the newest first; JSON for programs."""
    form = ListForm(request.GET)
    form.is_valid()
    on, text = form.cleaned_data.get("on") or timezone.localdate(), form.cleaned_data.get("q") or ""
    rows = ApprovedAsset.objects.standing(on).select_related("authority").found_by(text)
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    if wants_json(request):
        query = request.GET.copy()
        query["cursor"] = page.next
        address = request.build_absolute_uri(f"{reverse('open-approved-assets')}?{query.urlencode()}")
        body = {"on": on.isoformat(), "results": [plain(row) for row in page.rows]}
        return JsonResponse(body | {"next": address if page.next else None}, json_dumps_params={"ensure_ascii": False})
    shared = shared_symbols(page.rows, on)
    context = {"form": form, "lines": [line_of(row, shared) for row in page.rows], "page": page, "nav": "register"}
    context |= {"narrowed": any(form.cleaned_data.values()), "rule": list_in_force(on), "on": on}
    return render(request, "exchanges/open_assets.html", context)


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def open_asset(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry, made to be printed and cited; a withdrawn one says so with its day and reason."""
    row = get_object_or_404(published(), reference=reference)
    if wants_json(request):
        return JsonResponse(plain(row), json_dumps_params={"ensure_ascii": False})
    today = timezone.localdate()
    context = line_of(row, shared_symbols([row], today)) | {
        "stands": row.stands(today),
        "gone": row.state == "withdrawn",
        "today": today,
        "address_here": request.build_absolute_uri(),
        "rule": list_in_force(max(row.first_day, today)),
        "nav": "register",
    }
    return render(request, "exchanges/open_asset.html", context)


def open_rows() -> Iterator[dict[str, Any]]:
    """Every entry that was published, read by a cursor of the server."""
    for row in published().order_by("-id").iterator(chunk_size=1_000):
        yield plain(row)


def flat(facts: dict[str, Any]) -> list[str]:
    """An entry as texts in the order of COLUMNS."""
    limit = facts["limit"] or {}
    facts = facts | {f"limit_{name}": limit.get(name, "") for name in ("amount", "currency", "period", "clients")}
    return [str(facts[name] or "") for name in COLUMNS]


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def assets_csv(request: HttpRequest) -> HttpResponseBase:
    """All entries with their days as CSV, streamed."""
    return download(csv_lines(COLUMNS, map(flat, open_rows())), "text/csv; charset=utf-8", "approved-assets.csv")


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def assets_json(request: HttpRequest) -> HttpResponseBase:
    """All entries with their days as one JSON list, streamed."""

    def parts() -> Iterator[str]:
        yield "["
        for index, facts in enumerate(open_rows()):
            yield ("," if index else "") + "\n" + json.dumps(facts, ensure_ascii=False)
        yield "\n]\n"

    return download(parts(), "application/json", "approved-assets.json")
