"""Risk runs in the office: the list, starting one, one with its rows explained, and trying other criteria first."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from core.days import dateshort, datetimeshort
from core.models import Authority, Event, User
from core.services import allowed
from core.templatetags.tizilim import thin
from core.views.account import attempt
from inspections import services
from inspections.forms.risk import RunForm, RunsForm, TrialForm, criteria_of
from inspections.forms.subjects import chosen_kinds
from inspections.models import JointAct, RiskRow, RiskRun
from inspections.services.explained import explained, weights_of
from inspections.services.rules import rules_of
from inspections.views.risk_rows import Place, degree_of, degrees, moves_of, page_of
from law.inspections.codes import RISKS, Risk
from law.provisions import titles
from licensing.views.access import OfficeRequest, office
from licensing.views.deeds import desk_list, newest
from licensing.views.facts import plain_number
from licensing.views.keyset import PAGE
from licensing.wording import timeline_row

LEAD = gettext_noop(
    "Each run judges every subject by the criteria in force. Its constants are unconfirmed: the order was not read."
)
DEGREES = tuple(Risk)


def own_authority(request: OfficeRequest) -> Authority:
    """Whose runs the reader works on; refused where he may start none."""
    authority = request.user.authority
    if authority is None or not may_run(request.user):
        raise PermissionDenied("inspections.run_risk")
    return authority


def may_run(user: User) -> bool:
    return allowed(user, "inspections.run_risk", RiskRun(authority=user.authority))


@require_safe
@office
def runs(request: OfficeRequest) -> HttpResponse:
    """Runs and trials, the newest first."""
    form = RunsForm(request.GET)
    form.is_valid()
    rows = RiskRun.objects.visible_to(request.user).select_related("criteria")
    if shown := form.cleaned_data.get("shown"):
        rows = rows.filter(trial=shown == "trials")
    page = newest(request, rows)
    adds = [(reverse("risk-new"), _("Judge the risk of today")), (reverse("risk-trial"), _("Try other criteria"))]
    return desk_list(
        request,
        form,
        page,
        [line_of(row) for row in page.rows],
        title=_("Risk runs"),
        lead=_(LEAD),
        adds=adds if may_run(request.user) else [],
        heads=[_("As of"), _("Criteria"), _("Subjects"), *(capfirst(_(RISKS[code])) for code in DEGREES)],
        nothing=_("A run is started here, or once a week by itself."),
        nav="risk-runs",
    )


def line_of(row: RiskRun) -> dict[str, Any]:
    counts = [thin(row.counts.get(code, 0)) if row.finished_at else "" for code in DEGREES]
    subjects = thin(row.subjects) if row.finished_at else ""
    state, label, tone = state_of(row)
    return {
        "url": reverse("risk-run", args=[row.reference]),
        "reference": row.reference,
        "cells": [dateshort(row.on), row.criteria.reference, subjects, *counts],
        "state": state,
        "label": label,
        "tone": tone,
    }


def state_of(row: RiskRun) -> tuple[str, str, str]:
    if row.finished_at is None:
        return "running", _("being reckoned"), "waiting"
    return ("trial", _("trial"), "neutral") if row.trial else ("finished", _("snapshot"), "good")


@require_http_methods(["GET", "POST"])
@office
def new_run(request: OfficeRequest) -> HttpResponse:
    """Begin the snapshot of today; the worker makes its rows."""
    authority, now = own_authority(request), timezone.now()
    today = timezone.localdate(now)
    form = RunForm(request.POST if request.method == "POST" else None, acts=criteria_of(authority, today))
    if request.method == "POST" and form.is_valid():
        act = form.cleaned_data["criteria"]
        made = attempt(form, lambda: services.begin_risk_run(authority, act, today, actor=request.user, at=now))
        if made is not None:
            messages.success(request, _("The run is begun. A day has one of the same criteria."))
            return redirect("risk-run", reference=made.reference)
    context = {
        "form": form,
        "title": _("Judge the risk of today"),
        "lead": _("Firms stand by it when it is finished; of natural persons it only proposes a degree."),
        "index": (reverse("risk-runs"), _("Risk runs")),
        "nav": "risk-runs",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@office
def trial(request: OfficeRequest) -> HttpResponse:
    """Try other criteria: what would move, before a joint act changes them."""
    authority, now = own_authority(request), timezone.now()
    today = timezone.localdate(now)
    acts = criteria_of(authority, today)
    act: JointAct | None = acts.filter(reference=request.GET.get("criteria", "")).first() or acts.first()
    if act is None:
        return render(request, "inspections/no_criteria.html", {"nav": "risk-runs"})
    posted = request.POST if request.method == "POST" else None
    form = TrialForm(posted, rules=rules_of(act), names=dict(chosen_kinds()))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"trial": True, "changes": form.changes(), "actor": request.user, "at": now}
        made = attempt(form, lambda: services.begin_risk_run(authority, act, today, **given))
        if made is not None:
            messages.success(request, _("The trial is begun. It changes no subject."))
            return redirect("risk-run", reference=made.reference)
    context = {
        "form": form,
        "title": _("Try other criteria"),
        "lead": _("It changes no subject: it shows who would move, against the last run."),
        "index": (reverse("risk-runs"), _("Risk runs")),
        "nav": "risk-runs",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_safe
@office
def run(request: OfficeRequest, reference: str) -> HttpResponse:
    """One run: its counts and figures, what moved, and its rows of one degree, the most points first."""
    rows = RiskRun.objects.visible_to(request.user).select_related("criteria", "started_by", "base")
    row = get_object_or_404(rows, reference=reference)
    chosen = degree_of(request.GET.get("risk", ""), row)
    moved = request.GET.get("moved") == "1"
    page = page_of(row, chosen, moved, Place.read(request.GET.get("cursor", "")), PAGE)
    weights = weights_of(row)
    state, label, tone = state_of(row)
    events = Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of").order_by("-id")
    context = {
        "row": row,
        "state": state,
        "label": label,
        "tone": tone,
        "degrees": degrees(row, chosen, moved),
        "moves": moves_of(row),
        "moved": moved,
        "changes": changes_of(row) if row.changes else [],
        "lines": [
            {"row": one, "points": plain_number(one.points), "lines": explained(with_run(one, row), weights)}
            for one in page.rows
        ],
        "page": page,
        "constants": constants_of(row),
        "told": datetimeshort(row.finished_at) if row.finished_at else "",
        "events": [timeline_row(event) for event in events[:20]],
        "nav": "risk-runs",
    }
    return render(request, "inspections/risk_run.html", context)


def with_run(one: RiskRow, row: RiskRun) -> RiskRow:
    """The row with its run as read already."""
    one.run = row
    return one


def told_number(value: Any) -> str:
    """`6.000` as 6; a word, such as a degree, as it is."""
    try:
        return thin(plain_number(Decimal(str(value))))
    except InvalidOperation:
        return str(value or "—")


def constants_of(row: RiskRun) -> list[tuple[str, dict[str, Any]]]:
    """Each figure with what the law calls it."""
    names = titles()
    return [(_(names.get(one["code"], one["code"])), one) for one in row.figures]


def changes_of(row: RiskRun) -> list[tuple[str, str, str]]:
    """What a trial changed: criterion, what stands, what was tried."""
    form = TrialForm(None, rules=rules_of(row.criteria), names=dict(chosen_kinds()))
    found = []
    for key, values in row.changes.items():
        for name, value in values.items():
            field = form.fields.get(f"{key}-{name}")
            if field is not None:
                stands, tried = (told_number(one) for one in (field.initial, value))
                found.append((str(field.label), stands, tried))
    return found
