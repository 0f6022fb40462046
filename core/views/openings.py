"""Who opened what: by person, by object, by day; newest first, by key, nothing counted."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.forms import DateInput
from core.keyset import beyond
from core.models import Access
from core.views.house import HouseRequest, overseen

PAGE = 50


class OpeningsFilter(forms.Form):
    """What is looked for; all of it optional."""

    person = forms.EmailField(label=_("Person (e-mail)"), required=False, max_length=254)
    reference = forms.CharField(label=_("Number of a case, licence or record"), required=False, max_length=60)
    on = forms.DateField(label=_("Day"), required=False, widget=DateInput)


@overseen
@require_safe
def openings(request: HouseRequest) -> HttpResponse:
    """The access log as the reader's authority may see it."""
    form = OpeningsFilter(request.GET)
    rows = Access.objects.visible_to(request.user)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("person"):
        rows = rows.filter(user__email=asked["person"].lower())
    if asked.get("reference"):
        rows = rows.filter(reference=asked["reference"].strip())
    if day := asked.get("on"):
        start = timezone.make_aware(datetime.combine(day, time.min))
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    if place := read_cursor(request.GET.get("cursor", "")):
        rows = rows.filter(beyond(["at", "id"], place, falling=True))
    found = list(rows.select_related("user", "user__authority").order_by("-at", "-id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "form": form,
        "rows": found[:PAGE],
        "next": f"{last.at.isoformat()},{last.pk}" if last else "",
        "filtered": any(asked.values()),
        "nav": "house",
    }
    return render(request, "core/house/openings.html", context)


def read_cursor(text: str) -> tuple[datetime, int] | None:
    """The place after which a page starts; nonsense is the first page."""
    moment, _comma, number = text.replace(" ", "+").rpartition(",")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    known: Any = number.isascii() and number.isdigit() and len(number) < 18 and at.tzinfo is not None
    return (at, int(number)) if known else None
