"""Classes of digital assets in the office: the list, a new one, the file of one with its evidence."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.models import Authority, Event
from core.services import Upload, allowed
from core.views.account import attempt
from core.workflow import TransitionRefused
from exchanges import services
from exchanges.forms.classes import ClassFilterForm, NewClassForm
from exchanges.models import AssetAssessment
from exchanges.views.acts.classes import ACTS, find
from law import assets
from licensing.forms.checklists import EvidenceForm
from licensing.views.access import OfficeRequest, office
from licensing.views.checklists import items_with_papers
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.wording import timeline_row

TONES = {assets.SECURED: "info", assets.DFA: "info", assets.FIXED_VALUE: "warn", assets.UNSECURED: "neutral"}


def class_words(row: AssetAssessment) -> str:
    """The class with its kind, in the reader's language; empty while there is none."""
    if not row.asset_class:
        return ""
    name = _(assets.CLASSES[row.asset_class])
    return f"{name}. {_(assets.KINDS[row.kind])}" if row.kind else name


def line_of(row: AssetAssessment) -> dict[str, Any]:
    return {"row": row, "class": class_words(row), "tone": TONES.get(row.asset_class, "waiting")}


def own_body(request: OfficeRequest) -> Authority | None:
    """The reader's authority, where he may begin one there."""
    body = request.user.authority
    may = body is not None and allowed(request.user, "exchanges.prepare_class", AssetAssessment(authority=body))
    return body if may else None


@require_http_methods(["GET", "POST"])
@office
def asset_classes(request: OfficeRequest) -> HttpResponse:
    """What my authority assessed, newest first; POST begins another one."""
    form = NewClassForm(request.POST if request.method == "POST" else None)
    body = own_body(request)
    if request.method == "POST" and body is not None and form.is_valid():
        given = {"actor": request.user, "at": timezone.now(), **form.cleaned_data}
        made: AssetAssessment | None = attempt(form, lambda: services.open_class(body, **given))
        if made is not None:
            return redirect("asset-class", reference=made.reference)
    narrow = ClassFilterForm(request.GET)
    narrow.is_valid()
    rows = AssetAssessment.objects.visible_to(request.user)
    if text := narrow.cleaned_data.get("q"):
        rows = rows.found_by(text)
    if chosen := narrow.cleaned_data.get("asset_class"):
        rows = rows.filter(asset_class=chosen)
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "form": form,
        "filters": narrow,
        "may_begin": body is not None,
        "lines": [line_of(row) for row in page.rows],
        "page": page,
        "nav": "asset-classes",
    }
    return render(request, "exchanges/asset_classes.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@office
def asset_class(request: OfficeRequest, reference: str) -> HttpResponse:
    """The file: each item with answer, evidence and rule, part by part. POST adds a file to it."""
    found, problems = find(request.user, reference), ()
    items = [(item.code, _(item.text)) for item in found.items.all()]
    form = EvidenceForm(*((request.POST, request.FILES) if request.method == "POST" else ()), items=items)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = Upload(file.name, file, file.size)
        given = {"item": form.cleaned_data["item"], "actor": request.user, "at": timezone.now()}
        try:
            services.attach_to_class(found, upload, **given)
        except TransitionRefused as refused:
            problems = refused.problems  # type: ignore[assignment]  # a tuple of any length
        else:
            messages.success(request, _("The file is added."))
            return redirect("asset-class", reference=reference)
    context = file_context(request, found) | {"form": form, "problems": problems}
    status = 409 if problems else 422 if request.method == "POST" else 200
    return render(request, "exchanges/asset_class.html", context, status=status)


def file_context(request: OfficeRequest, found: AssetAssessment) -> dict[str, Any]:
    rows, papers = items_with_papers(found, request.user)
    events = Event.objects.of(found).visible_to(request.user).select_related("actor", "on_behalf_of")
    return {
        "case": found,
        "parts": [
            {"title": _(assets.PARTS[part]), "items": list(members)}
            for part, members in groupby(rows, key=lambda row: row["item"].part)
        ],
        "items": rows,
        "papers": papers,
        "class": class_words(found),
        "tone": TONES.get(found.asset_class, "waiting"),
        "doubts": [_(text) for text in found.doubts],
        "may_add": found.state == "draft" and allowed(request.user, "exchanges.prepare_class", found),
        "offers": ACTS.offered(found, request.user, timezone.now()),
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        "nav": "asset-classes",
    }


@require_POST
@office
def remove_file(request: OfficeRequest, reference: str, pk: int) -> HttpResponse:
    """Take a file off while it is being prepared."""
    found = find(request.user, reference)
    document = get_object_or_404(found.documents(), pk=pk)
    services.remove_from_class(document, found, actor=request.user, at=timezone.now())
    messages.success(request, _("The file is taken off."))
    return redirect("asset-class", reference=reference)
