"""The register of issues as everybody reads it: found by words, one by one with its terms, and whole as open data."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.limits import limited, wants_json
from core.models import Document
from core.models.base import PUBLIC
from core.sheets import csv_lines
from core.views.files import sent_document
from exchanges.forms.issues import IssuesForm
from exchanges.models import AssetIssue
from exchanges.services.issue_bodies import open_facts
from exchanges.views.issues import facts_of, line_of, narrowed
from law.issues import PUBLIC_PAPERS
from law.problems import plain
from licensing.views.keyset import Cursor, page_newest
from licensing.views.register import download

PAGE = 25
COLUMNS = (
    *("reference", "state", "dfa_kind", "supervisor", "operator", "operator_number", "licence", "name"),
    *("issuer_name", "issuer_number", "initiator_name", "decision", "decided_on", "underlying", "underlying_text"),
    *("keeper_name", "keeper_number", "checked_on", "amount", "currency", "placement_on", "redemption_on"),
    *("registered_on", "placed_on", "redeemed_on", "ended_on", "corrected_on"),
)


def flat(value: Any) -> Any:
    return [plain(one) for one in value] if isinstance(value, list) else plain(value)


def open_data(row: AssetIssue) -> dict[str, Any]:
    """An issue as open data: codes, ISO days, money as text."""
    facts = {name: flat(value) for name, value in open_facts(row).items()}
    return facts | {"url": reverse("open-issue", args=[row.reference])}


def published() -> Any:
    parts = ("organisation", "authority", "licence")
    return AssetIssue.objects.open().select_related(*parts).prefetch_related("changes")


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def open_issues(request: HttpRequest) -> HttpResponse:
    """What was registered, the newest first; JSON for programs."""
    form = IssuesForm(request.GET)
    page = page_newest(narrowed(form, published()), Cursor.read(request.GET.get("cursor", "")), PAGE)
    if wants_json(request):
        query = request.GET.copy()
        query["cursor"] = page.next
        address = request.build_absolute_uri(f"{reverse('open-issues')}?{query.urlencode()}")
        body = {"results": [open_data(row) for row in page.rows], "next": address if page.next else None}
        return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    context = {"form": form, "lines": [line_of(row) for row in page.rows], "page": page, "nav": "register"}
    context |= {"narrowed": any(form.cleaned_data.values())}
    return render(request, "exchanges/open_issues.html", context)


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def open_issue(request: HttpRequest, reference: str) -> HttpResponse:
    """One issue, made to be printed and cited."""
    row = get_object_or_404(published(), reference=reference)
    if wants_json(request):
        return JsonResponse(open_data(row), json_dumps_params={"ensure_ascii": False})
    facts = facts_of(row)
    context = facts | {
        "papers": [(words, one) for words, one in facts["papers"] if one.kind in PUBLIC_PAPERS],
        "initiator": "" if row.initiator_is_person else row.initiator_name,
        "today": timezone.localdate(),
        "address_here": request.build_absolute_uri(),
        "nav": "register",
    }
    return render(request, "exchanges/open_issue.html", context)


@login_not_required
@require_safe
def open_paper(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """The terms of a registered issue or the disclosure of its risks."""
    row = get_object_or_404(published(), reference=reference)
    papers = Document.objects.of(row).current().filter(kind__in=PUBLIC_PAPERS, audience=PUBLIC)
    user = request.user if request.user.is_authenticated else None
    return sent_document(get_object_or_404(papers, pk=pk), user, inline="inline" in request.GET)


def open_rows() -> Iterator[dict[str, Any]]:
    """Every registered issue, read by a cursor of the server."""
    for row in published().order_by("-id").iterator(chunk_size=1_000):
        yield open_data(row)


def cells(facts: dict[str, Any]) -> list[str]:
    """An issue as texts in the order of COLUMNS."""
    facts = facts | {"corrected_on": "\n".join(facts["corrected_on"])}
    return [str(facts[name] or "") for name in COLUMNS]


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def issues_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole register as CSV, streamed."""
    return download(csv_lines(COLUMNS, map(cells, open_rows())), "text/csv; charset=utf-8", "issues.csv")


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def issues_json(request: HttpRequest) -> HttpResponseBase:
    """The whole register as one JSON list, streamed."""

    def parts() -> Iterator[str]:
        yield "["
        for index, facts in enumerate(open_rows()):
            yield ("," if index else "") + "\n" + json.dumps(facts, ensure_ascii=False)
        yield "\n]\n"

    return download(parts(), "application/json", "issues.json")
