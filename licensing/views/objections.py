"""Objections to what the program did by itself: the person's pages, and the officers' list and file."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.automated import automated
from core.models import Event, Obligation
from core.views import reader
from core.views.account import attempt
from core.views.house import newest
from licensing import services
from licensing.forms.objection import ObjectForm
from licensing.models import Objection
from licensing.services.objections import ANSWER_OBJECTION, persons_of
from licensing.views.access import OfficeRequest, office
from licensing.views.acts.objection import ACTS, find
from licensing.views.terms import days_left, term_rows, urgency
from licensing.wording import event_title, timeline_row
from licensing.workflow.objection import OBJECTION

TABS = {"open": gettext_noop("To answer"), "answered": gettext_noop("Ended")}


def line_of(row: Objection, *, official: bool = False) -> dict[str, Any]:
    """An objection as lists and pages show it."""
    state = OBJECTION.state(row.state)
    act = automated().get(row.act)
    return {
        "row": row,
        "act": gettext(act.title) if act else row.act,
        "state": row.state,
        "label": gettext(state.label if official else state.applicant_label),
        "tone": state.tone,
    }


def act_line(event: Event) -> dict[str, Any]:
    return {"event": event, "title": event_title(event), "grounds": event.grounds}


@require_safe
def my_objections(request: HttpRequest) -> HttpResponse:
    """What the program did by itself in my cases, and what I objected to."""
    user = reader(request)
    if user.is_official:
        return redirect("objections")
    rows = Objection.objects.visible_to(user).select_related("organisation", "authority", "event")
    page, following = newest(rows, request.GET.get("cursor", ""))
    acts = services.open_to_objection(user).order_by("-id")[:50]
    context = {
        "natural": persons_of(user).exists(),
        "acts": [act_line(event) for event in acts],
        "lines": [line_of(row) for row in page],
        "next": following,
        "nav": "my-objections",
    }
    return render(request, "public/my_objections.html", context)


@require_http_methods(["GET", "POST"])
def new_objection(request: HttpRequest, event: int) -> HttpResponse:
    """Object to one act."""
    user = reader(request)
    found = get_object_or_404(services.open_to_objection(user), pk=event)
    form = ObjectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {"text": form.cleaned_data["text"], "actor": user, "at": timezone.now()}
        if row := attempt(form, lambda: services.file_objection(found, **given)):
            messages.success(request, gettext("Your objection is with the authority; its term to answer runs."))
            return redirect("my-objection", reference=row.reference)
    context = {**act_line(found), "form": form, "nav": "my-objections"}
    return render(request, "public/new_objection.html", context, status=409 if form.errors else 200)


def own(request: HttpRequest, reference: str) -> Objection:
    user = reader(request)
    rows = Objection.objects.visible_to(user).filter(organisation__in=user.organisations())
    return get_object_or_404(rows.select_related("organisation", "authority", "event__actor"), reference=reference)


@require_safe
def my_objection(request: HttpRequest, reference: str) -> HttpResponse:
    """One objection of mine: its term, and its answer."""
    row = own(request, reference)
    terms = Obligation.objects.visible_to(reader(request)).of(row)
    context = {
        **line_of(row),
        "title": event_title(row.event),
        "terms": term_rows(terms, timezone.localdate()),
        "may_take_back": row.state in OBJECTION["take_back"].sources,
        "nav": "my-objections",
    }
    return render(request, "public/my_objection.html", context)


@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    services.take_back_objection(own(request, reference), actor=reader(request), at=timezone.now())
    messages.success(request, gettext("The objection is taken back."))
    return redirect("my-objection", reference=reference)


@require_safe
@office
def objections(request: OfficeRequest) -> HttpResponse:
    """Objections put to one's authority, the newest first; open ones with the day by which they are answered."""
    show = request.GET.get("show", "open")
    if show not in TABS:
        raise Http404
    rows = Objection.objects.visible_to(request.user).select_related("organisation", "event")
    rows = rows.filter(state="filed") if show == "open" else rows.exclude(state="filed")
    page, following = newest(rows, request.GET.get("cursor", ""))
    context = {
        "lines": with_terms(page),
        "next": following,
        "show": show,
        "tabs": [(name, gettext(label)) for name, label in TABS.items()],
        "nav": "objections",
    }
    return render(request, "licensing/objections.html", context)


def with_terms(page: list[Objection]) -> list[dict[str, Any]]:
    """The rows with their open terms: one query for all."""
    today = timezone.localdate()
    terms: QuerySet[Obligation] = Obligation.objects.open().filter(
        subject_type=Objection._meta.label_lower, subject_id__in=[row.pk for row in page], code=ANSWER_OBJECTION
    )
    due = dict(terms.values_list("subject_id", "due_on"))
    return [
        {
            **line_of(row, official=True),
            "due_on": due.get(row.pk),
            "days": days_left(due.get(row.pk), today),
            "urgency": urgency(due.get(row.pk), today) if row.pk in due else "",
        }
        for row in page
    ]


@require_safe
@office
def objection(request: OfficeRequest, reference: str) -> HttpResponse:
    """What is objected to, its term, its history, and the acts by which it is answered."""
    row = find(request.user, reference)
    events = Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of").order_by("-id")
    context = {
        **line_of(row, official=True),
        "title": event_title(row.event),
        "offers": ACTS.offered(row, request.user, timezone.now()),
        "terms": term_rows(Obligation.objects.visible_to(request.user).of(row), timezone.localdate()),
        "events": [timeline_row(event) for event in events[:100]],
        "nav": "objections",
    }
    return render(request, "licensing/objection.html", context)
