"""Plans in the office: the list with what is owed, forming one, the file of one with its rows, its acts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from core.days import ALONE_MONTHS, dateshort, datetimeshort, language
from core.keyset import beyond
from core.models import Obligation, Organisation, User
from core.regions import REGIONS
from core.services import allowed
from core.templatetags.tizilim import thin
from core.views.absences import read_place
from core.views.account import attempt
from inspections.forms.plans import (
    EntriesForm,
    FormPlanForm,
    PlainForm,
    PlansForm,
    ReasonForm,
    SentForm,
    VersionForm,
    WhyForm,
)
from inspections.models import ControlPlan, PlanEntry, Subject
from inspections.services import plan_terms, plans
from inspections.services.planning.forming import form_plan, why_not
from inspections.services.planning.judging import OUTCOMES
from inspections.workflow import PLAN
from law.inspections.codes import MODES, RISKS, Mode, Risk
from law.inspections.schedules import PLANS
from licensing.views.access import OfficeRequest, office
from licensing.views.deeds import Deed, Desk, file_context, link, state_words
from licensing.views.facts import plain_number
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.terms import term_rows


def find(user: User, reference: str) -> ControlPlan:
    """A plan of the reader's own authority; the public has pages of its own."""
    rows = ControlPlan.objects.visible_to(user).filter(authority=user.authority_id)
    people = ("authority", "previous", "risk_run", "formed_by", "approved_by")
    return get_object_or_404(rows.select_related(*people), reference=reference)


def deed(step: str, done: str, form: Any, service: Any) -> Deed:
    taken = PLAN[step]
    return Deed(step, taken.label, done, form, service, taken.permission, taken.sources, taken.consequence)


VERSION = Deed(
    "version",
    gettext_noop("Make a later version"),
    gettext_noop("The later version is there: change its rows, then publish it."),
    VersionForm,
    plans.open_version,
    "inspections.prepare",
    ("published",),
    gettext_noop("The published plan holds until the later version is published in its place."),
)
DESK = Desk(
    find,
    "inspection-plan",
    "inspection-plans",
    (
        deed("approve", gettext_noop("The plan is approved."), PlainForm, plans.approve_plan),
        deed("send", gettext_noop("It is entered as sent."), SentForm, plans.send_plan),
        deed("publish", gettext_noop("The plan is published."), PlainForm, plans.publish_plan),
        VERSION,
        deed("drop", gettext_noop("The plan is dropped."), ReasonForm, plans.drop_plan),
    ),
)


@require_safe
@office
def control_plans(request: OfficeRequest) -> HttpResponse:
    """All plans of the authority by year, and the days that are owed, missed ones with what follows."""
    user, form = request.user, PlansForm(request.GET)
    form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value}
    rows = ControlPlan.objects.visible_to(user).filter(authority=user.authority_id, **given)
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    authority = user.authority
    may = authority is not None and allowed(user, "inspections.keep_plans", ControlPlan(authority=authority))
    owed = Obligation.objects.visible_to(user).filter(authority=authority, code__in=plan_terms.DUTIES)
    context = {
        "form": form,
        "narrowed": bool(given),
        "here": reverse("inspection-plans"),
        "heads": [_("Plan"), _("Version"), _("Formed"), _("Chosen"), _("Published")],
        "lines": [line_of(row, user) for row in page.rows],
        "page": page,
        "may_form": may,
        "terms": term_rows(owed.order_by("-due_on", "id")[:6], timezone.localdate()),
        "missed": [plan_named(one.part) for one in owed.filter(met_at=None, overdue_at__isnull=False)[:6]],
        "nav": "inspection-plans",
    }
    return render(request, "inspections/plans.html", context)


def plan_named(part: str) -> str:
    """What a duty is about: `schedule-2027` in words."""
    plan, _dash, year = part.rpartition("-")
    return f"{_(PLANS[plan])}, {year}" if plan in PLANS else part


def line_of(row: ControlPlan, user: User) -> dict[str, Any]:
    cells = [row.title, str(row.number), _(MODES[Mode(row.mode)]), str(row.chosen), datetimeshort(row.published_at)]
    line = {"url": reverse("inspection-plan", args=[row.reference]), "reference": row.reference, "cells": cells}
    return line | state_words(row, user)


@require_http_methods(["GET", "POST"])
@office
def new_plan(request: OfficeRequest) -> HttpResponse:
    """Form a plan."""
    user, authority = request.user, request.user.authority
    if authority is None or not allowed(user, "inspections.keep_plans", ControlPlan(authority=authority)):
        raise PermissionDenied("inspections.keep_plans")
    posted = request.POST if request.method == "POST" else None
    form = FormPlanForm(posted, user=user)
    if posted is not None and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": user, "at": timezone.now()}
        if row := attempt(form, lambda: form_plan(authority, **given)):
            messages.success(request, _("The plan is formed."))
            return redirect("inspection-plan", reference=row.reference)
    context = {
        "form": form,
        "title": _("Form a plan"),
        "index": (reverse("inspection-plans"), _("Plans of inspections")),
        "lead": _("From a risk run, by risk and points, where inspectors have room and the law lets a start be."),
        "nav": "inspection-plans",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_safe
@office
def control_plan(request: OfficeRequest, reference: str) -> HttpResponse:
    """One plan: facts, what stands against it, its rows page by page, counted by month, inspector and region."""
    row, form = find(request.user, reference), EntriesForm(request.GET)
    rows = narrowed(form, row)
    place = read_place(request.GET.get("cursor", ""))
    if place:
        rows = rows.filter(beyond(("start_on", "id"), place))
    people = ("subject__organisation", "object", "lead")
    found = list(rows.order_by("start_on", "id").select_related(*people)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    today = timezone.localdate()
    context = file_context(request, row, DESK, ("inspection-plans", gettext_noop("Plans of inspections"))) | {
        "title": row.title,
        "facts": facts_of(row),
        "problems": [*row.faults(today), *row.late_faults(today)]
        if row.state in ("formed", "approved", "sent")
        else [],
        "form": form,
        "narrowed": any(form.cleaned_data.values()),
        "here": reverse("inspection-plan", args=[row.reference]),
        "lines": [entry_line(one) for one in found[:PAGE]],
        "after": f"{last.start_on.isoformat()}.{last.pk}" if last else "",
        "may_change": row.state == "formed" and allowed(request.user, "inspections.keep_plans", row),
        **counted(row),
    }
    return render(request, "inspections/plan.html", context)


def narrowed(form: EntriesForm, row: ControlPlan) -> "QuerySet[PlanEntry]":
    form.is_valid()
    given, rows = form.cleaned_data, row.entries.all()
    if text := "".join((given.get("q") or "").split()):
        rows = rows.filter(subject__organisation__identifier=text)
    if given.get("month"):
        rows = rows.filter(start_on__month=given["month"])
    if given.get("region"):
        rows = rows.filter(object__region=given["region"])
    return rows


def entry_line(one: PlanEntry) -> dict[str, Any]:
    region = one.object.region if one.object else ""
    points = thin(plain_number(one.points))
    return {
        "row": one,
        "points": points,
        "risk": _(RISKS[Risk(one.risk)]),
        "region": _(REGIONS[region]) if region else "",
    }


def facts_of(row: ControlPlan) -> list[tuple[str, str]]:
    facts = [
        (_("Formed"), f"{_(MODES[Mode(row.mode)])} · {datetimeshort(row.created_at)} · {row.formed_by}"),
        (_("Risk run"), link(row.risk_run.reference, "risk-run", row.risk_run.reference)),
        (_("Subjects chosen"), f"{row.chosen} / {row.subjects}"),
        (_("Version of the plan"), version_of(row)),
        (_("Why it was changed"), row.reason),
        (_("Approved"), f"{datetimeshort(row.approved_at)} · {row.approved_by}" if row.approved_at else ""),
        (_("Sent to legal statistics"), dateshort(row.sent_on) if row.sent_on else ""),
        (_("Published"), datetimeshort(row.published_at) if row.published_at else ""),
        (_("Digest of the rows"), row.digest),
    ]
    return [one for one in facts if one[1]]


def version_of(row: ControlPlan) -> SafeString:
    """Its number, and the plan that it takes the place of."""
    before = row.previous
    return format_html(
        "{}{}",
        row.number,
        format_html(" · {}", link(before.reference, "inspection-plan", before.reference)) if before else "",
    )


def counted(row: ControlPlan) -> dict[str, Any]:
    """Subjects and working days by month, inspector and region: three queries."""
    sums = {"count": Count("pk"), "days": Sum("working_days")}
    months = row.entries.order_by("start_on__month").values_list("start_on__month").annotate(**sums)
    leads = row.entries.order_by("lead__full_name").values_list("lead__full_name").annotate(**sums)
    where = row.entries.order_by("object__region").values_list("object__region").annotate(**sums)
    return {
        "tables": [
            (
                _("By month"),
                [(ALONE_MONTHS[language()][month - 1].capitalize(), count, days) for month, count, days in months],
            ),
            (_("By inspector"), [(name or "—", count, days) for name, count, days in leads]),
            (_("By region"), [(_(REGIONS[code]) if code else "—", count, days) for code, count, days in where]),
        ]
    }


@require_safe
@office
def why(request: OfficeRequest, reference: str) -> HttpResponse:
    """Why a subject stands in a plan, in March, or why it does not."""
    row, form = find(request.user, reference), WhyForm(request.GET or None)
    context: dict[str, Any] = {"row": row, "form": form, "nav": "inspection-plans"}
    if form.is_valid():
        number = "".join(form.cleaned_data["bin"].split())
        holder = Organisation.objects.filter(identifier=number, subjects__authority=row.authority_id).first()
        subject = Subject.objects.visible_to(request.user).filter(organisation=holder).first() if holder else None
        if subject is None:
            form.add_error("bin", _("No subject of control has this number."))
        else:
            outcome, lines = why_not(row, subject)
            entry = row.entries.filter(subject=subject).select_related("lead").first()
            context |= {"holder": holder, "outcome": _(OUTCOMES[outcome]), "why": lines, "entry": entry}
    return render(request, "inspections/why.html", context)
