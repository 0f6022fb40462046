"""Breaches and measures: their lists and their files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Event, Obligation, Organisation
from core.services import allowed
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.forms.life import StrangerForm
from licensing.models import Breach, Hearing, Letter, Measure
from licensing.views.access import OfficeRequest, office
from licensing.views.acts import Table
from licensing.views.acts import breach as breach_acts
from licensing.views.acts import measure as measure_acts
from licensing.views.acts.licence import ground_of
from licensing.views.acts.watching import watching
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.panels import measure_panels
from licensing.views.referrals import card, rows_about
from licensing.views.terms import term_rows
from licensing.wording import timeline_row

BREACH_FIELDS = ("pk", "reference", "state", "found_on", "organisation__name_kk", "organisation__name_ru")


def lines(rows: "QuerySet[Any]", cursor: str) -> dict[str, Any]:
    """A page of breaches or measures, the newest first, as the list shows them."""
    page = page_newest(rows.select_related("organisation", "licence"), Cursor.read(cursor), PAGE)
    shown = [
        {
            "case": row,
            "name": row.organisation.name if row.organisation else row.subject_name,
            "state": row.state,
            "label": _(row.WORKFLOW.state(row.state).label),
            "tone": row.WORKFLOW.state(row.state).tone,
        }
        for row in page.rows
    ]
    return {"rows": shown, "page": page}


@require_GET
@office
def breaches(request: OfficeRequest) -> HttpResponse:
    """The newest first; `state` picks one, without it the open ones are shown."""
    return cases_page(request, Breach.objects.visible_to(request.user), "licensing/breaches.html")


@require_GET
@office
def measures(request: OfficeRequest) -> HttpResponse:
    """The newest first; `state` picks one, without it the open ones are shown."""
    return cases_page(request, Measure.objects.visible_to(request.user), "licensing/measures.html")


def cases_page(request: OfficeRequest, rows: "QuerySet[Any]", template: str) -> HttpResponse:
    workflow, state = rows.model.WORKFLOW, request.GET.get("state", "")
    known = {one.name for one in workflow.states}
    if state in known:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.filter(closed_at__isnull=True)
    context = lines(rows, request.GET.get("cursor", "")) | {
        "state": state,
        "states": [(one.name, _(one.label)) for one in workflow.states],
        "may_open": request.user.role in ("officer", "head", "inspector"),
        "nav": "breaches" if rows.model is Breach else "measures",
    }
    return render(request, template, context)


def facts(case: Breach | Measure) -> list[tuple[str, Any]]:
    """What the case says, as (label, value); empty values are left out."""
    names = {
        Breach: ("found_on", "facts", "explanation", "cured_on", "outcome_text"),
        Measure: (
            *("text", "months", "told_on", "position", "approval_reference", "approval_on"),
            *("court", "claim_reference", "filed_on", "heard_on", "judgment_on", "judgment_in_force_on"),
            "outcome_text",
        ),
    }[type(case)]
    shown = [(str(case._meta.get_field(name).verbose_name), getattr(case, name)) for name in names]  # type: ignore[union-attr]  # own fields
    return [(label[:1].upper() + label[1:], value) for label, value in shown if value not in (None, "")]


def file_page(request: OfficeRequest, table: Table, case: Breach | Measure, more: dict[str, Any]) -> HttpResponse:
    at, user = timezone.now(), request.user
    events = Event.objects.of(case).visible_to(user).select_related("actor", "on_behalf_of").order_by("-id")[:100]
    state = case.WORKFLOW.state(case.state)
    context = {
        "case": case,
        "state": state,
        "state_label": _(state.label),
        "facts": facts(case),
        "offers": table.offered(case, user, at),
        "letters": list(Letter.objects.of(case).select_related("document").order_by("id")),
        "events": [timeline_row(event) for event in events],
        "terms": term_rows(Obligation.objects.of(case).visible_to(user).order_by("due_on", "id"), timezone.localdate()),
        "nav": "breaches" if isinstance(case, Breach) else "measures",
        **watching(table, case, user),
    }
    return render(request, f"licensing/{table.page}.html", context | more)


@require_GET
@office
def breach(request: OfficeRequest, reference: str) -> HttpResponse:
    found = breach_acts.find(request.user, reference)
    more = {
        "panel": card("breach", found, found.reference, request.user, rows_about(found, request.user)),
        "measures": list(found.measures.order_by("id")),
    }
    return file_page(request, breach_acts.ACTS, found, more)


@require_GET
@office
def measure(request: OfficeRequest, reference: str) -> HttpResponse:
    found = measure_acts.find(request.user, reference)
    today = timezone.localdate()
    more = {
        "reasons": [{"words": _(one.text), "ground": one.ground()} for one in found.chosen(today)],
        "act_label": found.get_act_display(),
        "decision": getattr(found, "decision", None),
        "panels": measure_panels(found, request.user),
        "papers": list(found.papers().visible_to(request.user)),
        "hearings": list(Hearing.objects.of(found).select_related("announced_by", "position_by", "minutes_by")),
    }
    return file_page(request, measure_acts.ACTS, found, more)


@require_http_methods(["GET", "POST"])
@office
def new_breach(request: OfficeRequest) -> HttpResponse:
    """A breach of somebody without a licence, known by his number or by name only."""
    authority = request.user.authority
    if authority is None or not allowed(request.user, "licensing.open_breach", Breach(authority=authority)):
        raise PermissionDenied("licensing.open_breach")
    form = StrangerForm(request.POST or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        whose = Organisation.objects.filter(identifier=given["identifier"]).first() if given["identifier"] else None
        if given["identifier"] and whose is None:
            message = gettext_noop("No organisation is registered here under this number.")
            problems = (Problem("organisation-unknown", message, field="identifier"),)
        else:
            values = {name: given[name] for name in ("facts", "found_on", "subject_name")}
            try:
                made = services.open_breach(
                    authority=authority,
                    organisation=whose,
                    ground=ground_of(given["rule"], None),
                    actor=request.user,
                    at=timezone.now(),
                    **values,
                )
            except TransitionRefused as refused:
                problems = refused.problems
            else:
                messages.success(request, _("The breach is opened."))
                return redirect("breach", reference=made.reference)
    context = {"form": form, "problems": problems, "title": _("Open a breach"), "nav": "breaches"}
    return render(request, "licensing/new_breach.html", context, status=409 if problems else 200)
