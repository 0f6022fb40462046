"""The power page: megawatts declared, asked for, built and measured by region and zone, against the limits entered."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Authority
from core.regions import REGIONS, ZONES
from core.services import allowed
from core.templatetags.tizilim import thin
from core.workflow import TransitionRefused
from law.power import LEVELS, REACHED, WARNING, level, percent
from law.problems import Problem
from law.provisions import provision
from licensing.views.access import OfficeRequest, office
from mining.forms.power import EndLimitForm, LimitForm
from mining.models import PowerLimit
from mining.models.power import Use, power_use
from mining.services.power import end_limit, enter_limit
from mining.views import tilemap
from mining.views.power_chart import drawn, months_of

TONES = {"none": "neutral", "calm": "good", "warning": "waiting", "reached": "bad"}


def own_authority(request: OfficeRequest) -> Authority:
    if request.user.authority is None:
        raise Http404(_("There is nothing here"))
    return request.user.authority


@require_GET
@office
def power(request: OfficeRequest) -> HttpResponse:
    """`?if=granted` asks what would be if every open filing were granted."""
    authority, today = own_authority(request), timezone.localdate()
    granted = request.GET.get("if") == "granted"
    found = power_use(authority, today)
    regions = [line_of(code, _(REGIONS[code]), use, today, granted=granted) for code, use in found.regions.items()]
    zones = [line_of(code, _(ZONES[code]), use, today, granted=granted) for code, use in found.zones.items()]
    total = Use()
    for use in (*found.regions.values(), found.nowhere):
        total.add(use)
    context = {
        "granted": granted,
        "regions": sorted(regions, key=lambda line: line["name"]),
        "zones": zones,
        "total": total,
        "nowhere": found.nowhere,
        "warned": [line for line in (*zones, *regions) if line["level"].code in (WARNING, REACHED)],
        "map": tilemap.draw([tile_of(line) for line in regions], "power-map", _("Use of the limits by region")),
        "chart": drawn(months_of(authority), ""),
        "part": "power",
        "thresholds": [provision("power.early_warning", today), provision("power.limit_reached", today)],
        "limits": PowerLimit.objects.visible_to(request.user).order_by("-since", "-id")[:100],
        "may_enter": allowed(request.user, "mining.enter_limit", PowerLimit(authority=authority)),
        "today": today,
        "nav": "power",
    }
    return render(request, "mining/power.html", context)


def line_of(code: str, name: str, use: Use, today: date, *, granted: bool) -> dict[str, Any]:
    """One place as the tables show it: what counts against its limit, and what that comes to."""
    counted = use.declared + (use.pending if granted else Decimal(0))
    found = level(counted, use.limit.megawatts if use.limit else None, today)
    return {
        "code": code,
        "name": name,
        "use": use,
        "counted": counted,
        "level": found,
        "label": _(LEVELS[found.code]),
        "tone": TONES[found.code],
        "percent": thin(percent(found.share)) if found.share is not None else "",
    }


def tile_of(line: Mapping[str, Any]) -> tilemap.Tile:
    """The share of the limit, or megawatts where there is none."""
    figure = f"{line['percent']} %" if line["percent"] else thin(f"{line['counted'].normalize():f}")
    return tilemap.Tile(line["code"], line["name"], line["level"].code, figure)


@require_http_methods(["GET", "POST"])
@office
def new_limit(request: OfficeRequest) -> HttpResponse:
    """Enter a limit."""
    authority = own_authority(request)
    if not allowed(request.user, "mining.enter_limit", PowerLimit(authority=authority)):
        raise PermissionDenied("mining.enter_limit")
    form = LimitForm(request.POST if request.method == "POST" else None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            enter_limit(authority, **form.cleaned_data, actor=request.user, at=timezone.now())
        except TransitionRefused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("The limit is entered."))
            return redirect("power")
    status = 409 if problems else 422 if form.is_bound else 200
    context = {"form": form, "problems": problems, "limit": None, "nav": "power"}
    return render(request, "mining/power_limit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@office
def limit_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Enter the last day of a limit."""
    limit = get_object_or_404(PowerLimit.objects.visible_to(request.user), pk=pk)
    if not allowed(request.user, "mining.enter_limit", limit):
        raise PermissionDenied("mining.enter_limit")
    form = EndLimitForm(request.POST if request.method == "POST" else None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            end_limit(limit, until=form.cleaned_data["until"], actor=request.user, at=timezone.now())
        except TransitionRefused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("The last day of the limit is entered."))
            return redirect("power")
    status = 409 if problems else 422 if form.is_bound else 200
    context = {"form": form, "problems": problems, "limit": limit, "nav": "power"}
    return render(request, "mining/power_limit.html", context, status=status)
