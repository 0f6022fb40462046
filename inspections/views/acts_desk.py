"""What officials do to joint acts: enter, change, rows typed or by file, and the acts of the table."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from core.days import told
from core.services import Upload, allowed
from core.views.account import attempt
from core.views.rowfiles import column_rows, sent
from core.workflow import TransitionRefused
from inspections import services
from inspections.forms.acts import (
    CriterionForm,
    EditActForm,
    EndActForm,
    NewActForm,
    RequirementForm,
    RowForm,
    RowsFileForm,
    SendBackActForm,
)
from inspections.models import JointAct
from inspections.models.acts import CHECKLIST
from inspections.services.act_rows import CRITERION_COLUMNS, REQUIREMENT_COLUMNS
from inspections.services.acts import rows_of
from inspections.views.acts import find, may_enter, page_of
from inspections.workflow import JOINT_ACT
from licensing.forms.deeds import DeedForm
from licensing.views.access import OfficeRequest, office
from licensing.views.deeds import Deed, Desk

CHANGED = gettext_noop("The draft is changed.")


def deed(step: str, done: str, service: Callable[..., Any], form: type[DeedForm] = DeedForm) -> Deed:
    """An act that is a transition: its words, permission and states stand in the table."""
    taken = JOINT_ACT[step]
    return Deed(step, taken.label, done, form, service, taken.permission, taken.sources, taken.consequence)


DESK = Desk(
    find,
    "joint-act",
    "joint-acts",
    (
        deed("propose", gettext_noop("The act is before a head."), services.propose_act),
        deed("confirm", gettext_noop("The act is confirmed."), services.confirm_act),
        deed("send_back", gettext_noop("The act is sent back."), services.send_back_act, SendBackActForm),
        deed("end", gettext_noop("The end of the act is entered."), services.end_act, EndActForm),
        deed("drop", gettext_noop("The draft is dropped."), services.drop_act),
    ),
)


def draft_of(request: OfficeRequest, reference: str) -> JointAct:
    """A draft that this person may change."""
    row = find(request.user, reference)
    if row.state != "draft" or not allowed(request.user, "inspections.enter_joint_act", row):
        raise PermissionDenied("inspections.enter_joint_act")
    return row


def asks(request: HttpRequest, row: JointAct | None, form: Form, title: str, lead: str = "") -> HttpResponse:
    """The page of a form that enters or changes something of an act."""
    index = (reverse("joint-acts"), _("Joint acts")) if row is None else (page_of(row), row.reference)
    context = {"form": form, "title": title, "index": index, "lead": lead, "nav": "joint-acts"}
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@office
def new_act(request: OfficeRequest) -> HttpResponse:
    """Begin an act; its rows come next."""
    authority = request.user.authority
    if authority is None or not may_enter(request.user):
        raise PermissionDenied("inspections.enter_joint_act")
    form = NewActForm(request.POST if request.method == "POST" else None, initial=like_of(request))
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        if row := attempt(form, lambda: services.enter_act(authority, **given)):
            messages.success(request, _("The draft is entered: give it its rows."))
            return redirect("joint-act", reference=row.reference)
    lead = _("Another person compares it with the signed act before it counts.")
    return asks(request, None, form, _("Enter a joint act"), lead)


def like_of(request: OfficeRequest) -> dict[str, Any]:
    """What a new version takes over from the act named in the address."""
    reference = request.GET.get("like", "")
    row = JointAct.objects.visible_to(request.user).filter(reference=reference).first() if reference else None
    if row is None:
        return {}
    return {"kind": row.kind, "name": row.name, "kinds_of_permit": row.kinds_of_permit, "like": row.reference}


@require_http_methods(["GET", "POST"])
@office
def edit_act(request: OfficeRequest, reference: str) -> HttpResponse:
    """Change the head of a draft."""
    row = draft_of(request, reference)
    names = ("name", "number", "signed_on", "kinds_of_permit", "in_force", "version")
    initial = {name: getattr(row, name) for name in names}
    form = EditActForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        if attempt(form, lambda: services.edit_act(row, **given)):
            messages.success(request, _(CHANGED))
            return redirect("joint-act", reference=row.reference)
    return asks(request, row, form, _("Change the head of the act"))


@require_http_methods(["GET", "POST"])
@office
def act_rows(request: OfficeRequest, reference: str) -> HttpResponseBase:
    """The rows of a draft as a file, in place of those that it has."""
    row = draft_of(request, reference)
    posted = request.method == "POST"
    data, files = (request.POST, request.FILES) if posted else (None, None)
    form = RowsFileForm(data, files, initial={"version": row.version})
    if posted and form.is_valid():
        file, version = form.cleaned_data["file"], form.cleaned_data["version"]
        upload, at = Upload(file.name, file.file, file.size), timezone.now()
        kept = attempt(form, lambda: services.send_rows(row, upload, actor=request.user, at=at, version=version))
        if kept is not None:
            return sent(request, kept)
    columns = REQUIREMENT_COLUMNS if row.kind == CHECKLIST else CRITERION_COLUMNS
    context = {"row": row, "form": form, "columns": column_rows(columns), "nav": "joint-acts"}
    return render(request, "inspections/act_rows.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@office
def act_row(request: OfficeRequest, reference: str, place: int | None = None) -> HttpResponse:
    """One row of a draft: a new one at the end, or the one at a place."""
    act = draft_of(request, reference)
    rows = rows_of(act)
    if place is not None and not 1 <= place <= len(rows):
        raise Http404(_("There is nothing here"))
    initial = {"version": act.version, **(rows[place - 1] if place is not None else {})}
    shape: type[RowForm] = RequirementForm if act.kind == CHECKLIST else CriterionForm
    form = shape(request.POST if request.method == "POST" else None, initial=initial)
    if place is None:
        del form.fields["gone"]
    if request.method == "POST" and form.is_valid() and put(request, form, act, place, len(rows)):
        messages.success(request, _(CHANGED))
        return redirect("joint-act", reference=act.reference)
    title = _("Add a row") if place is None else _("Change row %(place)s") % {"place": place}
    return asks(request, act, form, title)


def put(request: OfficeRequest, form: RowForm, act: JointAct, place: int | None, rows: int) -> bool:
    """Write the row; what is wrong with it is told at its fields."""
    given, version, here = form.given(), form.cleaned_data.get("version"), place or rows + 1
    try:
        services.put_row(act, place=place, row=given, actor=request.user, at=timezone.now(), version=version)
    except TransitionRefused as refused:
        for problem in refused.problems:
            where, _dot, name = (problem.field or "").rpartition(".")
            own = where == f"rows.{here}" and name in form.fields
            form.add_error(name if own else None, problem.text(told))
        return False
    return True
