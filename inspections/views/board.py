"""The board of a plan: months by inspectors; a row moved by form, by keyboard alone or by dragging; what it breaks."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.models import User
from core.regions import REGIONS
from core.services import allowed
from core.views.account import attempt
from inspections.forms.plans import MoveForm, OutForm
from inspections.models import ControlPlan, PlanEntry
from inspections.services import plan_rows
from inspections.services.planning.choosing import TRAVEL
from inspections.services.planning.facts import Settings
from inspections.services.planning.room import House, Room
from inspections.views.plans import find
from licensing.views.access import OfficeRequest, office

Month = tuple[int, int]


def rows_of(plan: ControlPlan) -> list[PlanEntry]:
    return list(
        plan.entries.order_by("start_on", "id").select_related("subject__organisation", "object", "lead", "inspection")
    )


def taken(house: House, rows: list[PlanEntry]) -> dict[int, Room]:
    """The rooms of inspectors by person, with the days of the rows taken."""
    rooms = {room.going.person: room for room in house.rooms}
    for row in rows:
        room = rooms.get(row.lead_id or 0)
        if room is not None:
            place = house.calendar.place(row.start_on)
            region = row.object.region if row.object else ""
            travel = min(place, TRAVEL if region not in ("", room.going.region) else 0)
            room.take(place, row.working_days, travel)
    return rooms


@require_safe
@office
def board(request: OfficeRequest, reference: str) -> HttpResponse:
    """Months across, inspectors down, `?region=` those of one region: two queries for all of it."""
    plan, region = find(request.user, reference), request.GET.get("region", "")
    settings, rows = plan_rows.settings_kept(plan), rows_of(plan)
    house = House(settings)
    rooms = taken(house, rows)
    cells: dict[tuple[int, Month], list[PlanEntry]] = defaultdict(list)
    for row in rows:
        cells[row.lead_id or 0, (row.start_on.year, row.start_on.month)].append(row)
    people = {one.pk: one for one in User.objects.filter(pk__in=[*rooms, *(row.lead_id or 0 for row in rows)])}
    shown = {pk: room for pk, room in rooms.items() if not region or room.going.region == region}
    context = {
        "row": plan,
        "months": [date(year, month, 1) for year, month in house.calendar.months],
        "now": timezone.localdate().replace(day=1),
        "lines": [board_line(pk, room, people, cells) for pk, room in shown.items()],
        "regions": sorted(
            {(one.region, _(REGIONS[one.region])) for one in settings.inspectors}, key=lambda one: one[1]
        ),
        "region": region,
        "may_change": plan.state == "formed" and allowed(request.user, "inspections.keep_plans", plan),
        "nav": "inspection-plans",
    }
    return render(request, "inspections/board.html", context)


def board_line(pk: int, room: Room, people: dict[int, User], cells: dict[Any, list[PlanEntry]]) -> dict[str, Any]:
    months = [
        {
            "month": date(*month, 1),
            "taken": whole - room.left[month],
            "all": whole,
            "over": room.left[month] < 0,
            "rows": cells.get((pk, month), []),
        }
        for month, whole in room.all.items()
    ]
    return {"person": people.get(pk), "pk": pk, "region": _(REGIONS[room.going.region]), "months": months}


def entry_of(request: HttpRequest, user: User, reference: str, pk: int) -> PlanEntry:
    plan = find(user, reference)
    row = get_object_or_404(plan.entries.select_related("subject__organisation", "object", "lead"), pk=pk)
    if not allowed(user, "inspections.keep_plans", plan):
        raise PermissionDenied("inspections.keep_plans")
    row.plan = plan
    return row


@require_http_methods(["GET", "POST"])
@office
def move(request: OfficeRequest, reference: str, pk: int) -> HttpResponse:
    """Move a row. By GET what the move would break, at once; `?month=` asks for the first day that is free in it."""
    row = entry_of(request, request.user, reference, pk)
    settings = plan_rows.settings_kept(row.plan)
    people = User.objects.filter(pk__in=[one.person for one in settings.inspectors]).order_by("full_name", "email")
    asked: Any = request.POST if request.method == "POST" else asked_of(request, row, settings)
    form = MoveForm(asked, people=people, period=settings.period)
    valid, problems = form.is_valid(), []
    if request.method == "POST" and valid:
        given: dict[str, Any] = {**form.given(), "actor": request.user, "at": timezone.now()}
        if attempt(form, lambda: plan_rows.move_entry(row, **given)):
            messages.success(request, _("The subject is moved."))
            return redirect("inspection-plan-board", reference=reference)
    elif valid:
        problems = plan_rows.move_problems(row, start_on=form.cleaned_data["start_on"], lead=form.cleaned_data["lead"])
    context = {
        "row": row,
        "form": form,
        "problems": problems,
        "fits": valid and request.method == "GET" and not problems,
        "back": reverse("inspection-plan-board", args=[reference]),
        "nav": "inspection-plans",
    }
    return render(request, "inspections/move.html", context, status=409 if request.method == "POST" else 200)


def asked_of(request: HttpRequest, row: PlanEntry, settings: Settings) -> dict[str, Any]:
    """What the address asks for, else what the row has now."""
    asked = {"start_on": row.start_on.isoformat(), "lead": row.lead_id, "version": row.plan.version}
    asked |= {name: request.GET[name] for name in ("start_on", "lead") if request.GET.get(name)}
    if month := request.GET.get("month", ""):
        asked["start_on"] = first_free(row, settings, month, str(asked["lead"])).isoformat()
    return asked


def first_free(row: PlanEntry, settings: Settings, month: str, lead: str) -> date:
    """The first day of a month on which an inspector has room for the row; its first working day where he has none."""
    house = House(settings)
    try:
        year, number = (int(part) for part in month.split("-"))
        first, _last = house.calendar.months[year, number]
    except (ValueError, KeyError):
        return row.start_on
    room = taken(house, [one for one in rows_of(row.plan) if one.pk != row.pk]).get(int(lead) if lead.isdigit() else 0)
    region = row.object.region if row.object else ""
    travel = TRAVEL if room is not None and region not in ("", room.going.region) else 0
    found = room.find((year, number), first, len(house.calendar.days), row.working_days, travel) if room else None
    return house.calendar.days[first if found is None else found]


@require_http_methods(["GET", "POST"])
@office
def out(request: OfficeRequest, reference: str, pk: int) -> HttpResponse:
    """Take a subject out of a version that is being made."""
    row = entry_of(request, request.user, reference, pk)
    posted = request.POST if request.method == "POST" else None
    form = OutForm(posted, initial={"version": row.plan.version})
    if posted is not None and form.is_valid():
        given: dict[str, Any] = {**form.given(), "actor": request.user, "at": timezone.now()}
        if attempt(form, lambda: plan_rows.take_out(row, **given)):
            messages.success(request, _("The subject is taken out."))
            return redirect("inspection-plan", reference=reference)
    context = {
        "form": form,
        "title": _("Take out %(name)s") % {"name": row.subject.organisation.name},
        "index": (reverse("inspection-plan", args=[reference]), reference),
        "nav": "inspection-plans",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_safe
@office
def changes(request: OfficeRequest, reference: str) -> HttpResponse:
    """What a version changes in the one before it: who left, who moved, who came."""
    plan = find(request.user, reference)
    before = {one.subject_id: one for one in rows_of(plan.previous)} if plan.previous else {}
    now = {one.subject_id: one for one in rows_of(plan)}
    same = ("start_on", "lead_id")
    context = {
        "row": plan,
        "gone": [one for pk, one in before.items() if pk not in now],
        "moved": [
            (before[pk], one)
            for pk, one in now.items()
            if pk in before and any(getattr(one, name) != getattr(before[pk], name) for name in same)
        ],
        "came": [one for pk, one in now.items() if pk not in before],
        "problems": plan.change_faults(timezone.localdate()) if plan.previous and plan.state != "published" else [],
        "nav": "inspection-plans",
    }
    return render(request, "inspections/changes.html", context)
