"""Inspectors in the office: who goes, from where, how much, who is away; heads enter and change them."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.models import Absence, User
from core.regions import REGIONS
from core.services import allowed
from core.views.account import attempt
from inspections.forms.inspectors import ChangeInspectorForm, InspectorForm
from inspections.models import Inspector
from inspections.services import inspectors as services
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest

YEAR = timedelta(days=366)


def may_manage(user: User) -> bool:
    authority = user.authority
    return authority is not None and allowed(user, "inspections.manage_inspectors", Inspector(authority=authority))


@require_safe
@office
def inspectors(request: OfficeRequest) -> HttpResponse:
    """All inspectors of the authority with their coming absences: two queries."""
    user, today = request.user, timezone.localdate()
    rows = Inspector.objects.visible_to(user).select_related("person")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    coming = (
        Absence.objects.visible_to(user)
        .standing()
        .filter(person__in=[row.person_id for row in page.rows], to_on__gte=today, from_on__lte=today + YEAR)
    )
    away: dict[int, list[Absence]] = {}
    for one in coming.order_by("from_on"):
        away.setdefault(one.person_id, []).append(one)
    may = may_manage(user)
    context = {
        "lines": [
            {"row": row, "region": _(REGIONS[row.region]), "away": away.get(row.person_id, []), "may_change": may}
            for row in page.rows
        ],
        "page": page,
        "may_enter": may,
        "nav": "inspectors",
    }
    return render(request, "inspections/inspectors.html", context)


@require_http_methods(["GET", "POST"])
@office
def new_inspector(request: OfficeRequest) -> HttpResponse:
    """Enter an inspector."""
    if not may_manage(request.user):
        raise PermissionDenied("inspections.manage_inspectors")
    posted = request.POST if request.method == "POST" else None
    form = InspectorForm(posted, user=request.user, initial={"from_on": timezone.localdate()})
    if posted is not None and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        person = given.pop("person")
        if attempt(form, lambda: services.enter_inspector(person, **given)):
            messages.success(request, _("The inspector is entered; the next plan reckons with him."))
            return redirect("inspectors")
    return answered(request, form, _("Enter an inspector"))


@require_http_methods(["GET", "POST"])
@office
def change_inspector(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change what plans reckon with."""
    row = get_object_or_404(Inspector.objects.visible_to(request.user).select_related("person"), pk=pk)
    if not allowed(request.user, "inspections.manage_inspectors", row):
        raise PermissionDenied("inspections.manage_inspectors")
    posted = request.POST if request.method == "POST" else None
    held = {name: getattr(row, name) for name in ("post", "region", "days_a_month", "from_on", "to_on")}
    form = ChangeInspectorForm(posted, initial=held)
    if posted is not None and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        if attempt(form, lambda: services.change_inspector(row, **given)):
            messages.success(request, _("The inspector is changed; the next plan reckons with it."))
            return redirect("inspectors")
    return answered(request, form, str(row.person))


def answered(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "index": (reverse("inspectors"), _("Inspectors")),
        "lead": _("A plan fills no month beyond these days. Plans that were formed keep what they were formed with."),
        "nav": "inspectors",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)
