"""Breaches and measures: their lists, their files, and the acts on them and on a licence."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Event, Obligation, Organisation, Stateful
from core.services import allowed
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.life_forms import FileForm, StrangerForm
from licensing.models import Breach, Letter, Licence, Measure
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.lifeacts import FileOffer, ground_of, offer_named, offered
from licensing.views.terms import term_rows
from licensing.wording import timeline_row

BREACH_FIELDS = ("pk", "reference", "state", "found_on", "organisation__name_kk", "organisation__name_ru")
PEOPLE = {
    Breach: ("organisation", "authority", "licence", "assigned_to"),
    Measure: ("organisation", "authority", "licence", "breach"),
}
PAGES: dict[type[Stateful], str] = {Licence: "licence", Breach: "breach", Measure: "measure"}


def address(case: Any) -> str:
    return reverse(PAGES[type(case)], args=[case.number if isinstance(case, Licence) else case.reference])


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
        "nav": "breaches",
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


def file_page(request: OfficeRequest, case: Breach | Measure, template: str, more: dict[str, Any]) -> HttpResponse:
    at, user = timezone.now(), request.user
    acts = offered(case, user, at)
    free = [one for one in acts if not one.problems]
    events = Event.objects.of(case).visible_to(user).select_related("actor", "on_behalf_of").order_by("-id")[:100]
    state = case.WORKFLOW.state(case.state)
    context = {
        "case": case,
        "state": state,
        "state_label": _(state.label),
        "facts": facts(case),
        "primary": free[0] if free else None,
        "others": free[1:],
        "blocked": [one for one in acts if one.problems],
        "act_base": address(case),
        "letters": list(Letter.objects.of(case).select_related("document").order_by("id")),
        "events": [timeline_row(event) for event in events],
        "terms": term_rows(Obligation.objects.of(case).visible_to(user).order_by("due_on", "id"), timezone.localdate()),
        "nav": "breaches",
    }
    return render(request, template, context | more)


@require_GET
@office
def breach(request: OfficeRequest, reference: str) -> HttpResponse:
    rows = Breach.objects.visible_to(request.user).select_related(*PEOPLE[Breach])
    found = get_object_or_404(rows, reference=reference)
    more = {
        "referrals": list(found.referrals.select_related("body", "sent_by")),
        "measures": list(found.measures.order_by("id")),
    }
    return file_page(request, found, "licensing/breach.html", more)


@require_GET
@office
def measure(request: OfficeRequest, reference: str) -> HttpResponse:
    rows = Measure.objects.visible_to(request.user).select_related(*PEOPLE[Measure])
    found = get_object_or_404(rows, reference=reference)
    today = timezone.localdate()
    more = {
        "reasons": [{"words": _(one.text), "ground": one.ground()} for one in found.chosen(today)],
        "act_label": found.get_act_display(),
        "decision": getattr(found, "decision", None),
    }
    return file_page(request, found, "licensing/measure.html", more)


@require_http_methods(["GET", "POST"])
@office
def breach_act(request: OfficeRequest, reference: str, name: str) -> HttpResponse:
    rows = Breach.objects.visible_to(request.user).select_related(*PEOPLE[Breach])
    return act_page(request, get_object_or_404(rows, reference=reference), name)


@require_http_methods(["GET", "POST"])
@office
def measure_act(request: OfficeRequest, reference: str, name: str) -> HttpResponse:
    rows = Measure.objects.visible_to(request.user).select_related(*PEOPLE[Measure])
    return act_page(request, get_object_or_404(rows, reference=reference), name)


@require_http_methods(["GET", "POST"])
@office
def licence_act(request: OfficeRequest, number: str, name: str) -> HttpResponse:
    rows = Licence.objects.visible_to(request.user).select_related("organisation", "authority")
    return act_page(request, get_object_or_404(rows, number=number), name)


def act_page(request: OfficeRequest, case: Any, name: str) -> HttpResponse:
    """One act: GET shows what it asks for and does, POST takes it."""
    at = timezone.now()
    offer = offer_named(case, name, request.user, at)
    if offer is None:
        raise Http404(_("There is nothing here"))
    data = request.POST if request.method == "POST" else None
    form = offer.act.form(data, case=case, actor=request.user)
    problems: tuple[Problem, ...] = ()
    if data is not None and form.is_valid():
        try:
            return taken(request, case, offer, form)
        except TransitionRefused as refused:
            problems = refused.problems
    context = {
        "case": case,
        "title": offer.label,
        "back": address(case),
        "offer": offer,
        "form": form,
        "problems": problems,
        "nav": "breaches",
    }
    status = 409 if problems else 422 if data is not None else 200
    return render(request, "licensing/file_act.html", context, status=status)


def taken(request: OfficeRequest, case: Any, offer: FileOffer, form: FileForm) -> HttpResponseRedirect:
    """Take the act on the case as the actor saw it, say so, and go to what came of it."""
    at = timezone.now()
    with transaction.atomic():
        version = form.cleaned_data.get("version") if offer.act.versioned else None
        if isinstance(case, Measure):
            locked(case.licence)  # the licence first, as every act does
        done = offer.act.do(locked(case, version=version), form.cleaned_data, request.user, at)
    messages.success(request, _(offer.act.done))
    return HttpResponseRedirect(address(done if type(done) in PAGES else case))


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
