"""An inspection is opened: from its place in a published plan, or unscheduled on a ground of Art. 144(5)."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.models import Organisation
from core.views.account import attempt
from core.workflow import TransitionRefused
from inspections import services
from inspections.forms.opening import UnscheduledForm
from inspections.models import Inspection, PlanEntry
from inspections.views.inspections import may_prepare
from law.calendar import add_working_days
from law.inspections.codes import Kind
from law.inspections.grounds import unscheduled_grounds
from licensing.views.access import OfficeRequest, office

SHOWN = 50  # places of plans that the page shows: the next ones


def places(authority_id: int | None, text: str, today: date) -> Any:
    """Places of published plans that no inspection was opened from yet: the next start first, the missed ones last."""
    rows = PlanEntry.objects.filter(plan__authority=authority_id, plan__state="published", inspection__isnull=True)
    if text:
        rows = rows.filter(subject__organisation__in=Organisation.objects.found_by(text))
    missed = ExpressionWrapper(Q(start_on__lt=today), BooleanField())
    rows = rows.select_related("plan", "subject__organisation", "lead").annotate(missed=missed)
    return rows.order_by("missed", "start_on", "id")


@require_http_methods(["GET", "POST"])
@office
def new_inspection(request: OfficeRequest) -> HttpResponse:
    """The next places of plans, each to be opened; and the form of an unscheduled one."""
    user, today = request.user, timezone.localdate()
    if not may_prepare(user):
        raise PermissionDenied("inspections.prepare")
    posted = request.method == "POST"
    given = (request.POST, request.FILES) if posted else (None, None)
    form = UnscheduledForm(*given, user=user, initial=request.GET.dict())
    if posted and form.is_valid() and (row := attempt(form, lambda: opened(form))) is not None:
        messages.success(request, _("The inspection is opened."))
        return redirect("inspection", reference=row.reference)
    text = request.GET.get("q", "").strip()[:200]
    context = {
        "form": form,
        "q": text,
        "places": list(places(user.authority_id, text, today)[:SHOWN]),
        "grounds": [one for one in unscheduled_grounds(today) if one.digital_assets],
        "nav": "inspections",
    }
    return render(request, "inspections/new_inspection.html", context, status=409 if form.errors else 200)


@transaction.atomic
def opened(form: UnscheduledForm) -> Inspection:
    """The unscheduled inspection with the papers of its ground: both or nothing."""
    given: dict[str, Any] = {"actor": form.user, "at": timezone.now()}
    thing = form.cleaned_data["thing"]
    row = services.open_inspection(thing, kind=Kind.UNSCHEDULED, values=form.values(), **given)
    return services.keep_grounds(row, papers=form.uploads(), **given)


@require_POST
@office
def open_place(request: OfficeRequest, pk: int) -> HttpResponse:
    """Open the inspection of a place in a plan, with its start and the length that the plan gives it."""
    user, at = request.user, timezone.now()
    entry = get_object_or_404(PlanEntry.objects.filter(plan__authority=user.authority_id), pk=pk)
    thing = entry.object or entry.subject.objects_of_control.standing().first()
    if thing is None:
        messages.error(request, _("This subject has no object of control any more."))
        return redirect("inspection-new")
    last = add_working_days(entry.start_on - timedelta(days=1), entry.working_days)
    values = {"start_on": entry.start_on, "end_on": last}
    kind = Kind.COMPLIANCE if entry.plan.plan == "schedule" else Kind.VISIT_CONTROL
    try:
        row = services.open_inspection(thing, kind=kind, entry=entry, values=values, actor=user, at=at)
    except TransitionRefused as refused:
        for problem in refused.problems:
            messages.error(request, problem.text(_))
        return redirect(reverse("inspection-new"))
    messages.success(request, _("The inspection is opened."))
    return redirect("inspection", reference=row.reference)
