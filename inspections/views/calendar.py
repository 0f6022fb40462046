"""The calendar: planned starts of published plans and inspections, by month or week, inspector and region."""

import calendar as months
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.days import monthlong
from core.models import User
from inspections.forms.plans import CalendarForm
from inspections.models import Inspection, PlanEntry, TeamMember
from law.calendar import is_working_day
from licensing.views.access import OfficeRequest, office

MOST = 400  # of each kind on one page
_DAY = timedelta(days=1)
NOT_SHOWN = ("dropped", "annulled")


def month_of(on: date) -> tuple[date, date]:
    """First and last day of its month."""
    return on.replace(day=1), on.replace(day=months.monthrange(on.year, on.month)[1])


def span(view: str, on: date) -> tuple[date, date]:
    """First and last day of the week or month around a day, whole weeks."""
    if view == "week":
        first = on - _DAY * on.weekday()
        return first, first + 6 * _DAY
    first, last = month_of(on)
    return first - _DAY * first.weekday(), last + _DAY * (6 - last.weekday())


def reasonable(on: date | None) -> date | None:
    """A day whose weeks and neighbours a calendar has; None for one at the end of time."""
    return on if on is not None and 1 < on.year < date.max.year else None


@require_safe
@office
def inspection_calendar(request: OfficeRequest) -> HttpResponse:
    """Three queries for whatever is shown; a longer list than `MOST` says so."""
    user, form = request.user, CalendarForm(request.GET, user=request.user)
    form.is_valid()
    given = form.cleaned_data
    view, on = given.get("view") or "month", reasonable(given.get("on")) or timezone.localdate()
    first, last = span(view, on)
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    found = [*planned(user, given, first, last), *inspected(user, given, first, last)]
    for day, item in found:
        by_day[day].append(item)
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    step = 7 * _DAY if view == "week" else (on.replace(day=28) + 4 * _DAY).replace(day=1) - on
    context = {
        "form": form,
        "narrowed": any(given.values()),
        "weeks": [[day_cell(day, on, view, by_day) for day in days[at : at + 7]] for at in range(0, len(days), 7)],
        "month": monthlong(on),
        "view": view,
        "before": (on - 7 * _DAY if view == "week" else on.replace(day=1) - _DAY).isoformat(),
        "after": (on + step).isoformat(),
        "more": len(found) >= MOST,
        "nav": "inspection-calendar",
    }
    return render(request, "inspections/calendar.html", context)


def day_cell(day: date, on: date, view: str, by_day: dict[date, list[dict[str, Any]]]) -> dict[str, Any]:
    inside = view == "week" or day.month == on.month
    today = day == timezone.localdate()
    return {"day": day, "items": by_day.get(day, []), "off": not is_working_day(day), "inside": inside, "today": today}


def planned_rows(user: User, given: dict[str, Any], first: date, last: date) -> QuerySet[PlanEntry]:
    """Starts of plans that hold or are being made, where no inspection was opened yet."""
    rows = PlanEntry.objects.filter(
        plan__authority=user.authority_id, plan__state__in=["published", "formed", "approved", "sent"],
        start_on__range=(first, last), inspection__isnull=True,
    )  # fmt: skip
    rows = rows.filter(Q(plan__state="published") | Q(plan__previous__isnull=True))
    if given.get("lead"):
        rows = rows.filter(lead=given["lead"])
    if given.get("region"):
        rows = rows.filter(object__region=given["region"])
    return rows.select_related("plan", "subject__organisation", "lead").order_by("start_on", "id")


def planned(user: User, given: dict[str, Any], first: date, last: date) -> list[tuple[date, dict[str, Any]]]:
    """Planned starts by their day; `late`: no inspection was opened, and now none will be."""
    today = timezone.localdate()
    return [
        (
            one.start_on,
            {
                "name": one.subject.organisation.name,
                "who": str(one.lead) if one.lead else "",
                "url": reverse("inspection-plan", args=[one.plan.reference]) + f"?month={one.start_on.month}",
                "planned": True,
                "late": one.start_on < today,
            },
        )
        for one in planned_rows(user, given, first, last)[:MOST]
    ]


def inspected_rows(user: User, given: dict[str, Any], first: date, last: date) -> QuerySet[Inspection]:
    """Inspections that start in these days."""
    rows = Inspection.objects.visible_to(user).filter(start_on__range=(first, last)).exclude(state__in=NOT_SHOWN)
    if given.get("lead"):
        rows = rows.filter(team__person=given["lead"], team__left_on__isnull=True)
    if given.get("region"):
        rows = rows.filter(object__region=given["region"])
    return rows.select_related("organisation").order_by("start_on", "id")


def inspected(user: User, given: dict[str, Any], first: date, last: date) -> list[tuple[date, dict[str, Any]]]:
    """Inspections by their start, with who leads and the last day. One query more."""
    leads = TeamMember.objects.standing().filter(leads=True).select_related("person")
    rows = inspected_rows(user, given, first, last).prefetch_related(Prefetch("team", leads, to_attr="leaders"))
    shown: list[Any] = list(rows[:MOST])
    return [
        (
            one.start_on,
            {
                "name": one.organisation.name,
                "who": " · ".join(str(member.person) for member in one.leaders),
                "reference": one.reference,
                "until": one.last_day,
                "url": f"/inspections/{one.reference}/",
                "state": one.state,
                "label": one.state_label,
                "tone": one.state_tone,
            },
        )
        for one in shown
        if one.start_on is not None
    ]
