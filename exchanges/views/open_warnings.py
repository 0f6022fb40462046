"""The list of warnings as everybody reads it: found by name, brand or domain, one by one, and whole as open data."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.limits import limited, wants_json
from core.sheets import csv_lines
from exchanges.forms.warnings import PublicWarningsForm, WarningsForm
from exchanges.models import MarketWarning
from law.market import KINDS, LIST_RULE
from law.provisions import NotInForce, provision
from licensing.views.keyset import Cursor, page_newest
from licensing.views.register import download, ground_words

PAGE = 25
COLUMNS = (
    *("reference", "kind", "authority", "state", "name", "brands", "domains", "since", "published_on", "withdrawn_on"),
    *("text_kk", "text_ru", "text_en", "grounds"),
)


def narrowed(form: WarningsForm, rows: Any) -> Any:
    """The warnings that the form asks for; fields with errors are passed over."""
    form.is_valid()
    given = form.cleaned_data
    if text := given.get("q"):
        rows = rows.found_by(text)
    return rows.filter(**{name: given[name] for name in ("kind", "state") if given.get(name)})


def local_day(moment: Any) -> str | None:
    return timezone.localdate(moment).isoformat() if moment else None


def plain(row: MarketWarning) -> dict[str, Any]:
    """A warning as open data: codes, ISO days, texts in three languages, domains in their normal form."""
    return {
        "reference": row.reference,
        "kind": row.kind,
        "authority": row.authority.code,
        "state": row.state,
        "name": row.name,
        "brands": row.brands,
        "domains": row.domains,
        "since": row.since.isoformat(),
        "published_on": local_day(row.published_at),
        "withdrawn_on": local_day(row.ended_at),
        "texts": row.texts,
        "grounds": row.rules,
        "url": reverse("open-warning", args=[row.reference]),
    }


def line_of(row: MarketWarning) -> dict[str, Any]:
    state = row.WORKFLOW.state(row.state)
    return {"row": row, "kind": gettext(KINDS[row.kind]), "label": gettext(state.applicant_label), "tone": state.tone}


def published() -> Any:
    return MarketWarning.objects.open().select_related("authority")


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def open_warnings(request: HttpRequest) -> HttpResponse:
    """What was published, the newest first, withdrawn ones marked; JSON for programs."""
    form = PublicWarningsForm(request.GET)
    page = page_newest(narrowed(form, published()), Cursor.read(request.GET.get("cursor", "")), PAGE)
    if wants_json(request):
        query = request.GET.copy()
        query["cursor"] = page.next
        address = request.build_absolute_uri(f"{reverse('open-warnings')}?{query.urlencode()}")
        body = {"results": [plain(row) for row in page.rows], "next": address if page.next else None}
        return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    context = {"form": form, "lines": [line_of(row) for row in page.rows], "page": page, "nav": "register"}
    context |= {"narrowed": any(form.cleaned_data.values()), "rule": list_rule()}
    return render(request, "exchanges/open_warnings.html", context)


def list_rule() -> Any:
    """The rule behind the list, shown as unconfirmed."""
    try:
        return provision(LIST_RULE, timezone.localdate())
    except NotInForce:
        return None


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def open_warning(request: HttpRequest, reference: str) -> HttpResponse:
    """One warning, made to be printed and cited; a withdrawn one says so with the day."""
    row = get_object_or_404(published(), reference=reference)
    if wants_json(request):
        return JsonResponse(plain(row), json_dumps_params={"ensure_ascii": False})
    context = line_of(row) | {
        "grounds": [{"ground": ground, "words": ground_words(ground)} for ground in row.rules],
        "today": timezone.localdate(),
        "address_here": request.build_absolute_uri(),
        "rule": list_rule(),
        "nav": "register",
    }
    return render(request, "exchanges/open_warning.html", context)


def open_rows() -> Iterator[dict[str, Any]]:
    """Every warning that was published, read by a cursor of the server."""
    for row in published().order_by("-id").iterator(chunk_size=1_000):
        yield plain(row)


def flat(facts: dict[str, Any]) -> list[str]:
    """A warning as texts in the order of COLUMNS: several values of one cell stand one a line."""
    facts = {**facts, **{f"text_{code}": text for code, text in facts["texts"].items()}}
    facts |= {"brands": "\n".join(facts["brands"]), "domains": "\n".join(facts["domains"])}
    facts["grounds"] = "\n".join(str(ground["code"]) for ground in facts["grounds"])
    return [str(facts[name] or "") for name in COLUMNS]


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def warnings_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole list as CSV, streamed."""
    return download(csv_lines(COLUMNS, map(flat, open_rows())), "text/csv; charset=utf-8", "warnings.csv")


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def warnings_json(request: HttpRequest) -> HttpResponseBase:
    """The whole list as one JSON list, streamed."""

    def parts() -> Iterator[str]:
        yield "["
        for index, facts in enumerate(open_rows()):
            yield ("," if index else "") + "\n" + json.dumps(facts, ensure_ascii=False)
        yield "\n]\n"

    return download(parts(), "application/json", "warnings.json")
