"""The share of registered machines in the world's hash rate, and the world's figures as they are entered."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.curves import Curve, Curves, draw
from core.days import monthlong, monthshort
from core.services import allowed
from core.templatetags.tizilim import thin
from law.hash_rate import MARKS, percent, plainly
from licensing.views.access import OfficeRequest, office
from licensing.views.rows import csv_response
from mining import services
from mining.forms.hash_rate import CorrectWorldForm, WorldForm
from mining.models import WorldHashRate
from mining.models.power_months import month_ends
from mining.services.hash_rate import ShareOfWorld
from mining.views import attempt
from mining.views.power import own_authority

MONTHS, SHOWN = 36, 100
CSV_HEAD = (
    gettext_noop("Day"), gettext_noop("Registered, TH/s"), gettext_noop("Machines in the register"),
    gettext_noop("World"), gettext_noop("Unit"), gettext_noop("Day of the figure"), gettext_noop("Source"),
    gettext_noop("Share, per cent"),
)  # fmt: skip


def shares(request: OfficeRequest) -> list[ShareOfWorld]:
    """Month by month, from the first with a machine or a figure on; at least today."""
    rows = services.shares_of_world(own_authority(request), month_ends(timezone.localdate(), MONTHS))
    first = next((place for place, one in enumerate(rows) if one.registered.machines or one.world), len(rows) - 1)
    return rows[first:]


def line(one: ShareOfWorld) -> dict[str, Any]:
    return {
        "one": one,
        "month": monthlong(one.day),
        "registered": thin(plainly(one.registered.terahashes)),
        "world": thin(plainly(one.world.amount)) if one.world else "",
        "percent": thin(percent(one.share.value)) if one.share else "",
    }


def drawn(rows: Sequence[ShareOfWorld]) -> SafeString:
    """The share in per cent; nothing where no month has one."""
    values = tuple(Decimal(percent(one.share.value)) if one.share else None for one in rows)
    labels = tuple(monthshort(one.day) for one in rows)
    title = _("Share of the world's hash rate month by month, per cent")
    return draw(Curves(labels, (Curve(_("Share, per cent"), "info", values),), thin), "hash-rate", title)


@require_GET
@office
def hash_rate(request: OfficeRequest) -> HttpResponse:
    """Today and month by month, beside what was published before the register."""
    authority, rows = own_authority(request), shares(request)
    figures = WorldHashRate.objects.visible_to(request.user).select_related("entered_by", "corrects")
    context = {
        "now": line(rows[-1]),
        "chart": drawn(rows),
        "lines": [line(one) for one in reversed(rows)],
        "marks": [marked(one) for one in reversed(MARKS)],
        "figures": [{"row": row, "amount": thin(plainly(row.amount))} for row in figures[:SHOWN]],
        "may_enter": allowed(request.user, "mining.enter_hash_rate", WorldHashRate(authority=authority)),
        "part": "hash-rate",
        "nav": "hash-rate",
    }
    return render(request, "mining/hash_rate.html", context)


def marked(mark: Any) -> dict[str, Any]:
    cited = {"citation": _(mark.source), "unconfirmed": True}
    return {"when": _(mark.when), "percent": percent(mark.share), "cited": cited, "sureness": _(mark.sureness)}


@require_GET
@office
def hash_rate_csv(request: OfficeRequest) -> HttpResponseBase:
    return csv_response("hash-rate", CSV_HEAD, csv_rows(shares(request)))


def csv_rows(rows: Sequence[ShareOfWorld]) -> Iterator[tuple[Any, ...]]:
    for mark in MARKS:
        yield _(mark.when), "", "", "", "", "", f"{_(mark.source)} ({_(mark.sureness)})", percent(mark.share)
    for one in rows:
        world = (plainly(one.world.amount), one.world.unit, one.world.day, one.world.source) if one.world else ("",) * 4
        share = percent(one.share.value) if one.share else ""
        yield one.day, plainly(one.registered.terahashes), one.registered.machines, *world, share


@require_http_methods(["GET", "POST"])
@office
def new_world(request: OfficeRequest) -> HttpResponse:
    """Enter a figure."""
    return enter(request, None, WorldForm(request.POST if request.method == "POST" else None))


@require_http_methods(["GET", "POST"])
@office
def correct_world(request: OfficeRequest, pk: int) -> HttpResponse:
    """Enter a figure in place of one entered before."""
    row = get_object_or_404(WorldHashRate.objects.visible_to(request.user), pk=pk)
    start = {"day": row.day, "amount": plainly(row.amount), "unit": row.unit, "source": row.source}
    return enter(request, row, CorrectWorldForm(request.POST if request.method == "POST" else None, initial=start))


def enter(request: OfficeRequest, corrects: WorldHashRate | None, form: WorldForm) -> HttpResponse:
    authority = own_authority(request)
    if not allowed(request.user, "mining.enter_hash_rate", WorldHashRate(authority=authority)):
        raise PermissionDenied("mining.enter_hash_rate")
    problems: Any = ()
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "corrects": corrects}
        acting: dict[str, Any] = {"actor": request.user, "at": timezone.now()}
        made, problems = attempt(lambda: services.enter_world_hash_rate(authority, **given, **acting))
        if made is not None:
            messages.success(request, _("The figure is entered."))
            return redirect("hash-rate")
    status = 409 if problems else 422 if form.is_bound else 200
    context = {"form": form, "problems": problems, "corrects": corrects, "nav": "hash-rate"}
    return render(request, "mining/world_hash_rate.html", context, status=status)
