"""Clarifications on the officers' desks: the queue and the file."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Event, Obligation
from core.workflow import HEAD, OFFICER, TransitionRefused
from licensing import services
from licensing.forms.clarification import AskForm
from licensing.models import Clarification
from licensing.models.clarifications import LANGUAGES
from licensing.views.access import OfficeRequest, office
from licensing.views.acts.clarification import ACTS, find
from licensing.views.clarifications import line_of
from licensing.views.terms import days_left, term_rows, urgency
from licensing.wording import timeline_row
from licensing.workflow.clarification import CLARIFICATION

PAGE = 50
SHOWN_STATES = {
    "open": ("asked", "drafted"),
    "signed": ("private", "published"),
    "ended": ("superseded", "withdrawn", "recalled"),
}
TABS = {"open": _("To answer"), "signed": _("Signed"), "ended": _("Ended")}


@require_GET
@office
def requests(request: OfficeRequest) -> HttpResponse:
    """`?show=` picks open, signed or ended ones; newest first, open ones with the day by which they are answered."""
    show = request.GET.get("show", "open")
    if show not in TABS:
        raise Http404
    rows = Clarification.objects.filter(authority=request.user.authority_id, state__in=SHOWN_STATES[show])
    cursor = request.GET.get("cursor", "")
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__lt=int(cursor))
    rows = rows.select_related("organisation", "authority").defer("letter", "search", "answer", "question")
    page = list(rows.order_by("-id")[: PAGE + 1])
    context = {
        "lines": with_terms(page[:PAGE]),
        "next": str(page[PAGE - 1].pk) if len(page) > PAGE else "",
        "show": show,
        "tabs": [(name, gettext(label)) for name, label in TABS.items()],
        "may_open": request.user.role in (OFFICER, HEAD),
        "nav": "clarification-requests",
    }
    return render(request, "licensing/clarification_requests.html", context)


def with_terms(page: list[Clarification]) -> list[dict[str, Any]]:
    """The rows with their open terms: one query for all."""
    today = timezone.localdate()
    terms = Obligation.objects.open().filter(
        subject_type=Clarification._meta.label_lower, subject_id__in=[row.pk for row in page]
    )
    due = dict(terms.values_list("subject_id", "due_on"))
    return [
        {
            "row": row,
            "heading": row.heading,
            "state": row.state,
            "label": gettext(CLARIFICATION.state(row.state).label),
            "tone": CLARIFICATION.state(row.state).tone,
            "due_on": due.get(row.pk),
            "days": days_left(due.get(row.pk), today),
            "urgency": urgency(due.get(row.pk), today) if row.pk in due else "",
        }
        for row in page
    ]


@require_http_methods(["GET", "POST"])
@office
def new_request(request: OfficeRequest) -> HttpResponse:
    """Begin one on the authority's own initiative."""
    authority = request.user.authority
    if authority is None or request.user.role not in (OFFICER, HEAD):
        raise Http404
    form, problems = AskForm(request.POST if request.method == "POST" else None, user=request.user), ()
    if request.method == "POST" and form.is_valid():
        try:
            row = services.open_clarification(
                authority,
                title=form.texts("title"),
                question=form.texts("question"),
                actor=request.user,
                at=timezone.now(),
            )
            return redirect("clarification-request-act", reference=row.reference, name="draft")
        except TransitionRefused as refused:
            problems = refused.problems  # type: ignore[assignment]  # a tuple of any length
    context = {"form": form, "problems": problems, "nav": "clarification-requests"}
    return render(request, "licensing/clarification_new.html", context, status=409 if problems else 200)


@require_GET
@office
def clarification_file(request: OfficeRequest, reference: str) -> HttpResponse:
    """Question, answer, what it cites, its terms, its history, and who relied on it."""
    row = find(request.user, reference)
    events = (
        Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of").order_by("-id")[:100]
    )
    relied = row.reliances.select_related("application").order_by("-id")[:50] if row.is_signed else []
    context = {
        **line_of(row, official=True),
        "languages": [
            (code, row.question.get(code, ""), row.answer.get(code, ""))
            for code in LANGUAGES
            if row.question.get(code) or row.answer.get(code)
        ],
        "asked_words": [row.asked[code] for code in LANGUAGES if row.asked.get(code)],
        "offers": ACTS.offered(row, request.user, timezone.now()),
        "terms": term_rows(Obligation.objects.visible_to(request.user).of(row), timezone.localdate()),
        "events": [timeline_row(event) for event in events],
        "relied": [one for one in relied if one.application.authority_id == request.user.authority_id],
        "later": getattr(row, "replaced_by", None),
        "nav": "clarification-requests",
    }
    return render(request, "licensing/clarification_file.html", context)
