"""The ways of inspectors through a month: from place to place in order, days of travel between regions, days taken."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.days import monthlong
from core.models import User
from core.regions import REGIONS
from inspections.forms.plans import RouteForm
from inspections.models import ControlObject, Inspection, Inspector, PlanEntry, TeamMember
from inspections.services.planning.choosing import TRAVEL
from inspections.views.calendar import MOST, inspected_rows, month_of, planned_rows, reasonable
from law.calendar import add_working_days, last_working_day_before, working_days_between
from licensing.views.access import OfficeRequest, office

THINGS = ("object__licence__organisation", "object__centre")


@dataclass(frozen=True, slots=True)
class Stop:
    """One place on the way: its days, whose it is, the page that leads to it; an inspection, or planned alone."""

    first: date
    last: date
    object: ControlObject | None
    name: str
    page: str
    row: Inspection | PlanEntry

    @property
    def region(self) -> str:
        return self.object.region if self.object else ""

    @property
    def days(self) -> int:
        return working_days_between(self.first - timedelta(days=1), self.last)


@require_safe
@office
def inspection_routes(request: OfficeRequest) -> HttpResponse:
    """As many queries for one inspector as for many; a longer list than `MOST` says so."""
    user, form = request.user, RouteForm(request.GET, user=request.user)
    form.is_valid()
    given = form.cleaned_data
    first, last = month_of(reasonable(given.get("on")) or timezone.localdate())
    stops = stops_of(user, given, first, last)
    people = Inspector.objects.visible_to(user).filter(person__in=list(stops)).select_related("person")
    context = {
        "form": form,
        "narrowed": any(given.values()),
        "routes": [route(one, stops[one.person_id]) for one in people.order_by("person__full_name", "pk")],
        "month": monthlong(first),
        "before": (first - timedelta(days=1)).isoformat(),
        "after": (last + timedelta(days=1)).isoformat(),
        "more": sum(map(len, stops.values())) >= MOST,
        "nav": "inspection-calendar",
    }
    return render(request, "inspections/routes.html", context)


def stops_of(user: User, given: dict[str, Any], first: date, last: date) -> dict[int, list[Stop]]:
    """By person: planned starts without an inspection for who leads, inspections for everybody of the team."""
    found: dict[int, list[Stop]] = defaultdict(list)
    for entry in planned_rows(user, given, first, last).select_related("plan", "subject__organisation", *THINGS)[:MOST]:
        if entry.lead_id:
            page = reverse("inspection-plan", args=[entry.plan.reference]) + f"?month={entry.start_on.month}"
            until = add_working_days(entry.start_on, max(entry.working_days - 1, 0))
            name = entry.subject.organisation.name
            found[entry.lead_id].append(Stop(entry.start_on, until, entry.object, name, page, entry))
    team = Prefetch("team", TeamMember.objects.standing().select_related("person"), to_attr="going")
    rows: list[Any] = list(
        inspected_rows(user, given, first, last).select_related(*THINGS).prefetch_related(team)[:MOST]
    )
    for row in rows:
        stop = Stop(
            row.start_on, row.last_day, row.object, row.organisation.name, f"/inspections/{row.reference}/", row
        )
        for member in row.going:
            if given.get("lead") in (None, member.person):
                found[member.person_id].append(stop)
    return {person: sorted(way, key=lambda stop: (stop.first, stop.name)) for person, way in found.items()}


def route(inspector: Inspector, way: list[Stop]) -> dict[str, Any]:
    """From the inspector's own region on: a day of travel before each stop in another one than the last."""
    here, legs, taken = inspector.region, [], 0
    for stop in way:
        there = stop.region or here
        travel = TRAVEL if there != here else 0
        legs.append(
            {
                "stop": stop,
                "region": gettext(REGIONS[there]) if there in REGIONS else "",
                "travel": last_working_day_before(stop.first) if travel else None,
                "address": address_of(stop.object),
                "late": stop.first < timezone.localdate(),  # planned, and nobody opened it
                "reference": getattr(stop.row, "reference", ""),
            }
        )
        here, taken = there, taken + stop.days + travel
    home = gettext(REGIONS[inspector.region])
    whole = inspector.days_a_month
    return {"inspector": inspector, "home": home, "legs": legs, "taken": taken, "whole": whole, "over": taken > whole}


def address_of(thing: ControlObject | None) -> str:
    """Where to go: of a data centre its own address, else that of its owner."""
    if thing is None:
        return ""
    return thing.centre.address if thing.centre else thing.licence.organisation.address if thing.licence else ""
