"""Subjects of control in the office: the list, the file of one, and what an official states of it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from core.models import Event, Organisation, User
from core.regions import REGIONS
from core.services import allowed
from core.templatetags.tizilim import thin
from core.views.account import attempt
from inspections import services
from inspections.forms.subjects import (
    ActForm,
    DistanceForm,
    FiguresForm,
    KeepForm,
    LoweringForm,
    SeenForm,
    SubjectsForm,
    chosen_kinds,
)
from inspections.models import ControlObject, Subject
from inspections.services.profiles import CONFIRM, STATE
from inspections.views.subject_file import file_of
from law.inspections.codes import RISKS, SIZES
from licensing.views.access import OfficeRequest, office
from licensing.views.deeds import desk_list, newest
from licensing.views.facts import plain_number
from licensing.wording import timeline_row

TONES = {"high": "bad", "medium": "waiting", "low": "good"}


def narrowed(form: SubjectsForm, user: User) -> Any:
    """The subjects that the form asks for: those of today unless it names others."""
    form.is_valid()
    given, rows = form.cleaned_data, Subject.objects.visible_to(user).select_related("organisation")
    shown = given.get("shown")
    rows = rows.filter(left_on__isnull=False) if shown == "left" else rows.standing()
    if shown == "confirm":
        rows = rows.to_confirm()
    for name in ("risk", "size"):
        if value := given.get(name):
            rows = rows.filter(**{name: "" if value == "none" else value})
    if text := " ".join((given.get("q") or "").split()):
        rows = rows.filter(organisation__in=Organisation.objects.found_by(text))
    things = {"region": given.get("region"), "kind_of_permit": given.get("kind")}
    if asked := {name: value for name, value in things.items() if value}:
        held = ControlObject.objects.filter(subject=OuterRef("pk"), left_on__isnull=True, **asked)
        rows = rows.filter(Exists(held))
    return rows


@require_safe
@office
def subjects(request: OfficeRequest) -> HttpResponse:
    """Whom the authority may inspect, the newest first."""
    form = SubjectsForm(request.GET)
    page = newest(request, narrowed(form, request.user))
    held = objects_of(page.rows)
    return desk_list(
        request,
        form,
        page,
        [line_of(row, held[row.pk]) for row in page.rows],
        title=_("Subjects of control"),
        lead=_("Holders and owners whom the law of today puts under inspections of Chapter 13, with size and risk."),
        adds=[(reverse("risk-runs"), _("Risk runs"))],
        heads=[_("Subject"), _("Objects"), _("Size"), _("Points")],
        first_head=_("BIN or IIN"),
        last_head=_("Risk"),
        nothing=_("Subjects come here with licences, accreditations and data centres, every hour."),
        nav="subjects",
    )


def objects_of(rows: Any) -> dict[int, list[ControlObject]]:
    """The standing objects of the subjects of a page: one query."""
    held: dict[int, list[ControlObject]] = defaultdict(list)
    for thing in ControlObject.objects.standing().filter(subject__in=[row.pk for row in rows]).order_by("id"):
        held[thing.subject_id].append(thing)
    return held


def line_of(row: Subject, things: list[ControlObject]) -> dict[str, Any]:
    names = dict(chosen_kinds())
    said = sorted({f"{names.get(one.kind_of_permit, one.kind_of_permit)}, {place(one)}" for one in things})
    size = _(SIZES[row.size]) if row.size else _("not stated")  # type: ignore[index]  # a code of the same enum
    label, tone = risk_words(row.risk)
    if row.proposed_run_id:
        label, tone = _("to be confirmed"), "waiting"
    return {
        "url": reverse("subject", args=[row.pk]),
        "reference": row.organisation.identifier,
        "cells": [
            row.organisation.name,
            "; ".join(said),
            size,
            "" if row.points is None else thin(plain_number(row.points)),
        ],
        "state": row.risk or "none",
        "label": label,
        "tone": tone,
    }


def place(thing: ControlObject) -> str:
    return _(REGIONS[thing.region]) if thing.region in REGIONS else _("place unknown")


def risk_words(risk: str) -> tuple[str, str]:
    """A degree as a badge."""
    return (_(RISKS[risk]), TONES[risk]) if risk else (_("not judged yet"), "neutral")  # type: ignore[index]  # a code


def find(user: User, pk: int) -> Subject:
    people = ("organisation", "authority", "risk_run__criteria", "proposed_run")
    return get_object_or_404(Subject.objects.visible_to(user).select_related(*people), pk=pk)


@require_safe
@office
def subject(request: OfficeRequest, pk: int) -> HttpResponse:
    """The file of one subject: objects, size and risk with their arithmetic, inspections, when the next may start."""
    row, user = find(request.user, pk), request.user
    events = Event.objects.of(row).visible_to(user).select_related("actor", "on_behalf_of").order_by("-id")
    label, tone = risk_words(row.risk)
    context = file_of(row, timezone.localdate()) | {
        "row": row,
        "label": label,
        "tone": tone,
        "acts": [
            (_(act.label), reverse("subject-act", args=[row.pk, name]))
            for name, act in ACTS.items()
            if name != "distance" and act.open_to(user, row)
        ],
        "may_state": allowed(user, STATE, row),
        "events": [timeline_row(event) for event in events[:100]],
        "nav": "subjects",
    }
    return render(request, "inspections/subject.html", context)


@dataclass(frozen=True, slots=True)
class Act:
    """What an official does to a subject: words, form, service, who may."""

    label: str
    lead: str
    done: str
    form: type[ActForm]
    service: Callable[..., Any]
    permission: str = STATE

    def open_to(self, user: User, row: Subject) -> bool:
        proposed = self.permission != CONFIRM or row.proposed_run_id is not None
        return proposed and allowed(user, self.permission, row)


ACTS = {
    "figures": Act(
        gettext_noop("State staff and income"),
        gettext_noop("The size follows by the index of the year; a miner of subtype I is never small."),
        gettext_noop("The figures are stated."),
        FiguresForm,
        services.state_figures,
    ),
    "lowering": Act(
        gettext_noop("State what lowers its risk"),
        gettext_noop("The next risk run takes one degree off (141(9)), until the last day that is named."),
        gettext_noop("The reasons are stated."),
        LoweringForm,
        services.set_lowering,
    ),
    "distance": Act(
        gettext_noop("State the distance"),
        gettext_noop("Beyond 100 km the act of an inspection may be registered later (144(9))."),
        gettext_noop("The distance is stated."),
        DistanceForm,
        services.set_distance,
    ),
    "confirm": Act(
        gettext_noop("Confirm the degree proposed"),
        gettext_noop("No machine alone decides on a natural person: the degree counts from your confirmation."),
        gettext_noop("The degree is confirmed."),
        SeenForm,
        services.confirm_risk,
        CONFIRM,
    ),
    "keep": Act(
        gettext_noop("Leave the degree as it was"),
        gettext_noop("The next risk run may propose again."),
        gettext_noop("The degree stays as it was."),
        KeepForm,
        services.keep_risk,
        CONFIRM,
    ),
}


@require_http_methods(["GET", "POST"])
@office
def act(request: OfficeRequest, pk: int, name: str, thing: int = 0) -> HttpResponse:
    """One act on a subject, or on an object of it."""
    row, found = find(request.user, pk), ACTS.get(name)
    if found is None or (name == "distance") != bool(thing):
        raise Http404(_("There is nothing here"))
    on: Any = get_object_or_404(row.objects_of_control, pk=thing) if thing else row
    if not found.open_to(request.user, row):
        raise PermissionDenied(name)
    form = found.form(request.POST if request.method == "POST" else None, initial=found.form.begun(on))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        if attempt(form, lambda: found.service(on, **given)) is not None:
            messages.success(request, _(found.done))
            return redirect("subject", pk=row.pk)
    context = {
        "form": form,
        "title": _(found.label),
        "lead": _(found.lead),
        "index": (reverse("subject", args=[row.pk]), row.organisation.name),
        "nav": "subjects",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


def distance(request: HttpRequest, pk: int, thing: int) -> Any:
    return act(request, pk, "distance", thing)
