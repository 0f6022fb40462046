"""Who is away and who stands in: everybody enters himself, heads and administrators enter anybody."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from core import services
from core.forms import AbsenceForm
from core.keyset import beyond
from core.models import Absence, User
from core.views import reader
from core.views.account import attempt

PAGE = 50


def official(request: HttpRequest) -> User:
    """The reader, where he belongs to an authority; to everybody else the page is not there."""
    user = reader(request)
    if user.authority_id is None:
        raise Http404(gettext("There is nothing here"))
    return user


@require_http_methods(["GET", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Absences of today and later by their last day, `?cursor=` a place in that order; the form enters one."""
    user, now = official(request), timezone.now()
    form = AbsenceForm(request.POST if request.method == "POST" else None, user=user, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data.get("person") or user
        given = {name: form.cleaned_data[name] for name in ("from_on", "to_on", "deputy")}
        if attempt(form, lambda: services.enter_absence(person, actor=user, at=now, **given)):
            messages.success(request, gettext("The absence is entered; the deputy is told."))
            return redirect("absences")
    context = {"form": form, "nav": "absences", **shown(user, timezone.localdate(now), request.GET.get("cursor", ""))}
    return render(request, "core/absences.html", context, status=409 if form.errors else 200)


def shown(user: User, today: date, after: str) -> dict[str, Any]:
    """One page of the authority's absences, own ones marked: one query and one more for those stood in for."""
    rows = Absence.objects.visible_to(user).standing().filter(to_on__gte=today).order_by("to_on", "id")
    if place := read_place(after):
        rows = rows.filter(beyond(("to_on", "id"), place))
    found = list(rows.select_related("person", "deputy")[: PAGE + 1])
    lines = [
        {
            "row": row,
            "now": row.from_on <= today,
            "may_end": services.allowed(user, "core.enter_absence", row.person),
            "may_manage": services.allowed(user, "core.manage_teams", row),
        }
        for row in found[:PAGE]
    ]
    last = found[PAGE - 1] if len(found) > PAGE else None
    place_after = f"{last.to_on.isoformat()}.{last.pk}" if last else ""
    stands_in = list(services.stood_in_for(user, on=today).values())
    return {"lines": lines, "after": place_after, "stands_in": stands_in, "today": today}


def read_place(text: str) -> tuple[date, int] | None:
    """The place in a query; None for anything else, which shows the first page."""
    day, _dot, pk = text.partition(".")
    try:
        return date.fromisoformat(day), min(int(pk), 2**63 - 1)
    except ValueError:
        return None


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is back."""
    user = official(request)
    row = get_object_or_404(Absence.objects.visible_to(user).select_related("person"), pk=pk)
    if not services.allowed(user, "core.enter_absence", row.person):
        raise PermissionDenied("core.enter_absence")
    services.end_absence(row, actor=user, at=timezone.now())
    messages.success(request, gettext("The absence has ended."))
    return redirect("absences")
