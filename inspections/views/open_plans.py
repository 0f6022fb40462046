"""Published plans as everybody reads them, found by BIN, whole as CSV; and a subject's own places in them."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.keyset import beyond
from core.limits import limited
from core.regions import REGIONS
from core.sheets import csv_lines
from core.views import reader
from core.views.absences import read_place
from inspections.forms.plans import OpenEntriesForm
from inspections.models import ControlPlan, PlanEntry
from law.inspections.codes import MODES, Mode
from licensing.views.keyset import Cursor, page_newest
from licensing.views.register import download

PAGE = 50
PUBLISHED = ("published", "replaced")
COLUMNS = ("plan", "kind", "year", "subject", "bin", "object", "region", "first_day", "last_day")


def published() -> "QuerySet[ControlPlan]":
    return ControlPlan.objects.filter(state__in=PUBLISHED).select_related("authority")


@login_not_required
@require_safe
def control_plans(request: HttpRequest) -> HttpResponse:
    """All plans that were published, the newest first; a replaced version says so."""
    page = page_newest(published(), Cursor.read(request.GET.get("cursor", "")), PAGE)
    return render(request, "inspections/open_plans.html", {"page": page, "nav": "register"})


@login_not_required
@require_safe
def control_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """One plan: who stands in it, for which period, found by BIN or the name's beginning."""
    row, form = get_object_or_404(published(), reference=reference), OpenEntriesForm(request.GET)
    form.is_valid()
    rows, text = row.entries.all(), (form.cleaned_data.get("q") or "").strip()
    if text:
        rows = rows.filter(named(text))
    if place := read_place(request.GET.get("cursor", "")):
        rows = rows.filter(beyond(("from_on", "id"), place))
    found = list(rows.order_by("from_on", "id").select_related("subject__organisation", "object")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "row": row,
        "form": form,
        "narrowed": bool(text),
        "mode": _(MODES[Mode(row.mode)]),
        "lines": [line_of(one) for one in found[:PAGE]],
        "after": f"{last.from_on.isoformat()}.{last.pk}" if last else "",
        "nav": "register",
    }
    return render(request, "inspections/open_plan.html", context)


def named(text: str) -> Q:
    """By the whole number of a legal person, or a part of the name; numbers of natural persons are not asked."""
    number = "".join(text.split())
    if number.isdigit():
        return Q(subject__organisation__identifier=number, subject__organisation__form="legal_entity")
    names = Q()
    for field in ("name_kk", "name_ru", "name_en"):
        names |= Q(**{f"subject__organisation__{field}__icontains": text})
    return names


def line_of(one: PlanEntry) -> dict[str, Any]:
    holder = one.subject.organisation
    region = one.object.region if one.object else ""
    return {
        "row": one,
        "name": holder.name,
        "bin": holder.identifier if holder.form == "legal_entity" else "",
        "region": _(REGIONS[region]) if region else "",
        "kind": one.object.kind_of_permit if one.object else "",
    }


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def control_plan_csv(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One plan whole, streamed; codes and ISO days."""
    row = get_object_or_404(published(), reference=reference)
    return download(csv_lines(COLUMNS, sheet(row)), "text/csv; charset=utf-8", f"{row.reference}.csv")


def sheet(row: ControlPlan) -> Iterator[list[str]]:
    rows = row.entries.order_by("from_on", "id").select_related("subject__organisation", "object")
    for one in rows.iterator(chunk_size=1_000):
        line, region = line_of(one), one.object.region if one.object else ""
        period = [one.from_on.isoformat(), one.to_on.isoformat()]
        yield [row.reference, row.plan, str(row.year), line["name"], line["bin"], line["kind"], region, *period]


@require_safe
def own_plans(request: HttpRequest) -> HttpResponse:
    """When am I in a plan: the places of the reader's organisations in plans that hold, the latest first."""
    user = reader(request)
    rows = PlanEntry.objects.filter(
        plan__state="published", subject__organisation__in=user.organisations()
    ).select_related("plan__authority", "subject__organisation", "object")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {"lines": [line_of(one) for one in page.rows], "page": page, "nav": "account"}
    return render(request, "inspections/own_plans.html", context)
