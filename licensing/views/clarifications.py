"""Official clarifications as everybody reads them, and as who asked sees his own."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.keyset import beyond
from core.models import Obligation
from core.views import reader
from core.workflow import TransitionRefused
from licensing import services
from licensing.forms.clarification import AskForm, SearchForm
from licensing.models import Clarification
from licensing.models.clarifications import in_words
from licensing.views.terms import term_rows
from licensing.workflow.clarification import CLARIFICATION

PAGE = 25


def line_of(row: Clarification, *, official: bool = False) -> dict[str, Any]:
    """A clarification as lists and pages show it, in the reader's language."""
    state = CLARIFICATION.state(row.state)
    return {
        "row": row,
        "heading": row.heading,
        "question": in_words(row.question),
        "asked": in_words(row.asked),
        "answer": in_words(row.answer),
        "state": row.state,
        "label": gettext(state.label if official else state.applicant_label),
        "tone": state.tone,
    }


def after(rows: Any, cursor: str) -> Any:
    """The rows behind a cursor `2026-03-27.15` in the order (-signed_on, -id); a broken cursor is the first page."""
    day, _dot, pk = cursor.partition(".")
    try:
        since, last = date.fromisoformat(day), int(pk[:18])
    except ValueError:
        return rows
    return rows.filter(beyond(("signed_on", "id"), (since, last), falling=True))


@login_not_required
@require_safe
def clarifications(request: HttpRequest) -> HttpResponse:
    """What was published, newest first, found by words; also what no longer stands, marked."""
    form = SearchForm(request.GET)
    form.is_valid()
    rows = Clarification.objects.published().defer("letter", "search")
    if text := form.cleaned_data.get("q"):
        rows = rows.found_by(text)
    if authority := form.cleaned_data.get("authority"):
        rows = rows.filter(authority=authority)
    cursor = request.GET.get("cursor", "")
    page = list(after(rows, cursor).select_related("authority").order_by("-signed_on", "-id")[: PAGE + 1])
    following = f"{page[PAGE - 1].signed_on}.{page[PAGE - 1].pk}" if len(page) > PAGE else ""
    context = {
        "form": form,
        "lines": [line_of(row) for row in page[:PAGE]],
        "next": following,
        "cursor": cursor,
        "narrowed": any(form.cleaned_data.values()),
        "nav": "clarifications",
    }
    return render(request, "public/clarifications.html", context)


@login_not_required
@require_safe
def clarification(request: HttpRequest, number: str) -> HttpResponse:
    """One published clarification, made to be cited and printed. Who asked is not named."""
    rows = Clarification.objects.published().select_related("authority", "replaces", "replaced_by")
    row = get_object_or_404(rows, number=number)
    later = getattr(row, "replaced_by", None)
    context = {
        **line_of(row),
        "earlier": row.replaces if row.replaces and row.replaces.published_at else None,
        "later": later if later is not None and later.published_at else None,
        "later_private": later is not None and later.published_at is None,
        "nav": "clarifications",
    }
    return render(request, "public/clarification.html", context)


@require_http_methods(["GET", "POST"])
def my_clarifications(request: HttpRequest) -> HttpResponse:
    """What my organisations asked, and the form that asks."""
    user = reader(request)
    if user.is_official:
        return redirect("clarification-requests")
    form = AskForm(request.POST if request.method == "POST" else None, user=user)
    problems: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            row = services.ask_clarification(
                form.cleaned_data["authority"],
                organisation=form.cleaned_data["organisation"],
                title=form.texts("title"),
                question=form.texts("question"),
                actor=user,
                at=timezone.now(),
            )
            messages.success(request, gettext("Your question is with the authority; its term to answer runs."))
            return redirect("my-clarification", reference=row.reference)
        except TransitionRefused as refused:
            problems = refused.problems
    rows = Clarification.objects.filter(organisation__in=user.organisations()).select_related(
        "authority", "organisation"
    )
    cursor = request.GET.get("cursor", "")
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__lt=int(cursor))
    page = list(rows.order_by("-id")[: PAGE + 1])
    context = {
        "form": form,
        "problems": problems,
        "lines": [line_of(row) for row in page[:PAGE]],
        "next": str(page[PAGE - 1].pk) if len(page) > PAGE else "",
        "nav": "my-clarifications",
    }
    return render(request, "public/my_clarifications.html", context, status=409 if problems else 200)


@require_safe
def my_clarification(request: HttpRequest, reference: str) -> HttpResponse:
    """One question of mine: its term, and its answer once that is signed."""
    row = own(request, reference)
    terms = Obligation.objects.visible_to(reader(request)).of(row)
    context = {
        **line_of(row),
        "terms": term_rows(terms, timezone.localdate()),
        "may_recall": row.state in CLARIFICATION["recall"].sources,
        "nav": "my-clarifications",
    }
    return render(request, "public/my_clarification.html", context)


@require_POST
def recall_clarification(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the question back."""
    row = own(request, reference)
    services.recall_clarification(row, actor=reader(request), at=timezone.now())
    messages.success(request, gettext("The question is taken back."))
    return redirect("my-clarification", reference=reference)


def own(request: HttpRequest, reference: str) -> Clarification:
    rows = Clarification.objects.filter(organisation__in=reader(request).organisations())
    return get_object_or_404(rows.select_related("authority", "organisation", "document"), reference=reference)
