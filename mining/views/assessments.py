"""Assessments in the office: the file of one, its evidence, and two beside each other."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.models import Event, Obligation, User
from core.services import Upload, allowed
from core.views import reader
from core.workflow import TransitionRefused
from law import standards
from licensing.forms.checklists import EvidenceForm
from licensing.views.access import OfficeRequest, office
from licensing.views.checklists import item_row, items_with_papers
from licensing.views.terms import term_rows
from licensing.wording import timeline_row
from mining import services
from mining.forms.centres import CompareForm
from mining.models import Assessment
from mining.views import nav_of
from mining.views.acts.assessment import ACTS, find
from mining.views.acts.centre import find as find_centre
from mining.views.centres import OUTCOME_TONES

CHANGE_ICONS = {"better": "check", "worse": "alert-triangle", "added": "plus", "dropped": "minus", "other": "pencil"}


@require_http_methods(["GET", "POST"])
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """The file, for officials and, once it is signed off, for the owner: each item with answer, evidence and rule. POST
    of who prepares it adds a file to it."""
    user = reader(request)
    found, problems = find(user, reference), ()
    items = [(item.code, _(item.text)) for item in found.items.all()]
    may_add = found.state == "draft" and allowed(user, "mining.prepare_assessment", found)
    form = EvidenceForm(*((request.POST, request.FILES) if request.method == "POST" else ()), items=items)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = Upload(file.name, file, file.size)
        try:
            services.attach_evidence(found, upload, item=form.cleaned_data["item"], actor=user, at=timezone.now())
        except TransitionRefused as refused:
            problems = refused.problems  # type: ignore[assignment]  # a tuple of any length
        else:
            messages.success(request, _("The file is added."))
            return redirect("assessment", reference=reference)
    context = file_context(request, user, found) | {"form": form, "may_add": may_add, "problems": problems}
    status = 409 if problems else 422 if request.method == "POST" else 200
    return render(request, "mining/assessment.html", context, status=status)


def file_context(request: HttpRequest, user: User, found: Assessment) -> dict[str, Any]:
    at = timezone.now()
    items, papers = items_with_papers(found, user)
    terms = Obligation.objects.visible_to(user).of(found)
    events = Event.objects.of(found).visible_to(user).select_related("actor", "on_behalf_of")
    return {
        "case": found,
        "items": items,
        "papers": papers,
        "result": _(standards.RESULTS[found.outcome]) if found.outcome else "",
        "result_tone": OUTCOME_TONES.get(found.outcome, "neutral"),
        "previous": found.previous,
        "offers": ACTS.offered(found, user, at) if user.is_official else None,
        "terms": term_rows(terms.order_by("due_on", "id"), timezone.localdate(at)),
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        **nav_of(request, "centres"),
    }


@require_POST
@office
def remove_evidence(request: OfficeRequest, reference: str, pk: int) -> HttpResponse:
    """Take a file off while the assessment is being prepared."""
    found = find(request.user, reference)
    document = get_object_or_404(found.documents(), pk=pk)
    services.remove_evidence(document, found, actor=request.user, at=timezone.now())
    messages.success(request, _("The file is taken off."))
    return redirect("assessment", reference=reference)


@require_GET
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """Two signed assessments of a centre item by item; the two newest unless `before` and `after` name others."""
    centre = find_centre(reader(request), reference)
    rows = centre.assessments.signed().prefetch_related("items").order_by("assessed_on", "id")
    known = {row.reference: row for row in rows}
    if len(known) < 2:
        raise Http404(_("There is nothing here"))
    newest = list(known)[-2:]
    chosen = [request.GET.get(name, "") for name in ("before", "after")]
    before, after = (known.get(one, known[usual]) for one, usual in zip(chosen, newest, strict=True))
    choices = [(code, f"{code} · {row.assessed_on.isoformat()}") for code, row in known.items()]
    picked = {"before": before.reference, "after": after.reference}
    context = {
        "centre": centre,
        "form": CompareForm(initial=picked, choices=choices),
        "sides": [side(before), side(after)],
        "lines": compared(before, after),
        **nav_of(request, "centres"),
    }
    return render(request, "mining/compare.html", context)


def side(row: Assessment) -> dict[str, Any]:
    """One of the two, as the head of its column."""
    return {
        "row": row,
        "checklist": row.standard,
        "result": _(standards.RESULTS[row.outcome]),
        "tone": OUTCOME_TONES[row.outcome],
    }


def compared(before: Assessment, after: Assessment) -> list[dict[str, Any]]:
    """Each item that either asked for: both answers with what was seen, and what became of it."""
    left, right = ({item.code: item_row(item) for item in row.items.all()} for row in (before, after))
    return [
        {
            "text": _(change.text),
            "before": left.get(change.code),
            "after": right.get(change.code),
            "kind": change.kind,
            "words": _(standards.CHANGES[change.kind]),
            "icon": CHANGE_ICONS.get(change.kind, "arrow-right"),
            "doubt": next((row["doubt"] for row in (right.get(change.code), left.get(change.code)) if row), ""),
        }
        for change in standards.difference(before.answers, after.answers)
    ]
