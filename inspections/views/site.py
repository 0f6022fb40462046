"""The page for the site: a plain form, which with its script also works without network and sends what waits later."""

import hashlib
import json
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.days import datetimeshort, told
from core.http import UPLOAD_STATUS
from core.models import User
from core.services import Upload, allowed
from core.workflow import TransitionRefused
from inspections import services
from inspections.models import Inspection
from inspections.services.site import BATCH, PHOTO_LIMIT
from inspections.views.site_words import words
from law.checklists import ANSWERS
from law.inspections.codes import SEVERITIES, Severity
from law.problems import Problem
from licensing.views.access import OfficeRequest, office

NOTED = 60  # seconds by which a clock may differ without a word


def find(user: User, reference: str) -> Inspection:
    people = ("authority", "organisation", "object", "checklist")
    return get_object_or_404(Inspection.objects.visible_to(user).select_related(*people), reference=reference)


def works_here(user: User, row: Inspection) -> bool:
    return row.state == "running" and allowed(user, "inspections.work_on_site", row)


@require_http_methods(["GET", "POST"])
@office
def site(request: OfficeRequest, reference: str) -> HttpResponse:
    """The checklist of one inspection: its items with answers, what was seen, photographs. POST is the plain form."""
    row, problems = find(request.user, reference), []
    if request.method == "POST":
        problems = take_form(request, row)
        if not problems:
            messages.success(request, _("The entries are kept."))
            return redirect("inspection-site", reference=reference)
    lines = item_lines(row)
    context = {
        "row": row,
        "title": row.organisation.name,
        "lines": lines,
        "open": sum(not one["answer"] for one in lines),
        "answers": [(code, _(label)) for code, label in ANSWERS.items()],
        "may_work": works_here(request.user, row),
        "problems": problems,
        "words": words(),
        "limit": PHOTO_LIMIT,
        "worker": reverse("inspection-site-worker", args=[reference]),
        "nav": "inspections",
    }
    return render(request, "inspections/site.html", context, status=409 if problems else 200)


def item_lines(row: Inspection) -> list[dict[str, Any]]:
    """Each item as it stands, with its photographs: three queries, whatever there is."""
    photos: dict[str, list[dict[str, Any]]] = {}
    for one in row.entries.filter(document__isnull=False).select_related("document"):
        shown = {"id": str(one.client_id), "url": reverse("document", args=[one.document_id])}
        photos.setdefault(one.item, []).append(shown | {"name": one.document.filename if one.document else ""})
    return [
        {
            "item": item,
            "code": item.code,
            "severity": _(SEVERITIES[Severity(item.severity)]),
            "answer": item.answer,
            "evidence": item.evidence,
            "told": told_of(item),
            "photos": photos.get(item.code, []),
        }
        for item in row.items.select_related("answered_by")
    ]


def told_of(item: Any) -> str:
    return f"{item.answered_by}, {datetimeshort(item.answered_at)}" if item.answered_at else ""


def take_form(request: OfficeRequest, row: Inspection) -> list[Problem]:
    """What was changed on the form since it was opened, and its photographs; what refuses them."""
    at = timezone.now()
    found: list[Problem] = []
    entries = [entry for code in row.items.values_list("code", flat=True) if (entry := changed(request, code))]
    try:
        if entries:
            services.answer_items(row, entries, actor=request.user, at=at)
    except TransitionRefused as refused:
        found += refused.problems
    for code in row.items.values_list("code", flat=True):
        for file in request.FILES.getlist(f"photo-{code}"):
            try:
                services.keep_photo(row, Upload(file.name or "", file, file.size), item=code, actor=request.user, at=at)
            except TransitionRefused as refused:
                found += refused.problems
    return found


def changed(request: HttpRequest, code: str) -> services.Entry | None:
    """The entry of an item, unless it is as it was when the page was opened: another may have answered it since."""
    answer = request.POST.get(f"answer-{code}", "")
    evidence = request.POST.get(f"evidence-{code}", "").replace("\r\n", "\n")
    was = [request.POST.get(f"was-{part}-{code}", "").replace("\r\n", "\n") for part in ("answer", "evidence")]
    return None if [answer, evidence] == was else services.Entry(code, answer, evidence)


@require_GET
@office
def site_state(request: OfficeRequest, reference: str) -> JsonResponse:
    """What the team has entered so far, and what the script needs to send more."""
    row = find(request.user, reference)
    same = ("code", "answer", "evidence", "told", "photos")
    return JsonResponse(
        {
            "user": request.user.pk,
            "csrf": get_token(request),
            "now": timezone.now().isoformat(),
            "may_work": works_here(request.user, row),
            "items": [{name: line[name] for name in same} for line in item_lines(row)],
        }
    )


def moment(value: Any) -> datetime:
    """The clock of a device, as ISO text with a zone. ValueError for anything else."""
    found = parse_datetime(str(value))
    if found is None or found.tzinfo is None:
        raise ValueError("no moment")
    return found


def refused(problems: Any) -> JsonResponse:
    found = [{"code": one.code, "text": one.text(told)} for one in problems]
    status = UPLOAD_STATUS.get(found[0]["code"], HTTPStatus.CONFLICT) if found else HTTPStatus.CONFLICT
    return JsonResponse({"problems": found}, status=int(status))


@require_POST
@office
def site_entries(request: OfficeRequest, reference: str) -> JsonResponse:
    """A batch of entries: {id, device_at, entries: [{id, item, answer, evidence, seen_at}]}."""
    row, at = find(request.user, reference), timezone.now()
    try:
        sent = json.loads(request.body)
        entries = [
            services.Entry(
                str(one["item"])[:30],
                str(one["answer"])[:20],
                str(one.get("evidence", "")).replace("\0", ""),
                moment(one["seen_at"]),
                UUID(str(one["id"])),
            )
            for one in sent["entries"][: BATCH + 1]
        ]
        client_id, device_at = UUID(str(sent["id"])), moment(sent["device_at"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"problems": [{"code": "malformed", "text": _("This is no batch.")}]}, status=400)
    try:
        taken = services.take_batch(row, entries, client_id=client_id, device_at=device_at, actor=request.user, at=at)
    except TransitionRefused as refusal:
        return refused(refusal.problems)
    faults = {str(one): found.text(told) for one, found in taken.faults.items()}
    return JsonResponse({"received_at": taken.batch.received_at.isoformat(), "refused": faults})


@require_POST
@office
def site_photos(request: OfficeRequest, reference: str) -> JsonResponse:
    """One photograph: id, item, seen_at, device_at, file."""
    row, at, file = find(request.user, reference), timezone.now(), request.FILES.get("file")
    try:
        given: dict[str, Any] = {
            "client_id": UUID(request.POST.get("id", "")),
            "seen_at": moment(request.POST.get("seen_at")),
            "device_at": moment(request.POST.get("device_at")),
        }
    except ValueError:
        file = None
    if file is None:
        return JsonResponse({"problems": [{"code": "malformed", "text": _("This is no photograph.")}]}, status=400)
    upload = Upload(file.name or "", file, file.size)
    item = request.POST.get("item", "")[:30]
    try:
        document = services.keep_photo(row, upload, item=item, actor=request.user, at=at, **given)
    except TransitionRefused as refusal:
        return refused(refusal.problems)
    return JsonResponse({"url": reverse("document", args=[document.pk])})


@cache
def worker_text() -> str:
    """The worker with a version of its own: another text drops what the one before kept."""
    text = (settings.BASE_DIR / "static" / "js" / "site-worker.js").read_text(encoding="utf-8")
    return text.replace("__VERSION__", hashlib.sha256(text.encode()).hexdigest()[:12])


@require_GET
@office
def site_worker(request: OfficeRequest, reference: str) -> HttpResponse:
    """The service worker of this page alone: it lies below the page, so that it reaches nothing else."""
    find(request.user, reference)
    response = HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
