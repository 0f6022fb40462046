"""Opinions that one's own body is asked for: its list, its page, its answer. Nothing else of the case is shown here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from core.models import Obligation
from core.services import allowed, log_access
from core.views.account import attempt
from core.views.files import sent_document
from core.views.house import newest
from licensing import services
from licensing.forms import TEXT_LIMIT
from licensing.models import Application, Opinion
from licensing.services.terms import AGREEMENT
from licensing.views.access import OfficeRequest, office
from licensing.views.terms import days_left, term_rows, urgency

TABS = {"open": gettext_noop("To answer"), "answered": gettext_noop("Answered")}
OPEN = ("", "silent")


class AnswerForm(forms.Form):
    """The opinion of the body."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Opinion.ANSWERS[1:3], widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Opinion"),
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Whoever objects gives the reasons. It stands in the case as you write it and cannot be changed."),
    )


@require_safe
@office
def opinions(request: OfficeRequest) -> HttpResponse:
    """What one's body is asked, the newest first, each with the last day of its term."""
    show = request.GET.get("show", "open")
    if show not in TABS:
        raise Http404
    rows = Opinion.objects.asked_of(request.user).select_related("application__organisation", "body")
    rows = rows.filter(answer__in=OPEN) if show == "open" else rows.exclude(answer__in=OPEN)
    page, following = newest(rows, request.GET.get("cursor", ""))
    context = {
        "lines": with_terms(page),
        "next": following,
        "show": show,
        "tabs": [(name, gettext(label)) for name, label in TABS.items()],
        "nav": "opinions",
    }
    return render(request, "licensing/opinions.html", context)


def with_terms(page: list[Opinion]) -> list[dict[str, Any]]:
    """The rows with the days of their terms: one query for all."""
    today = timezone.localdate()
    cases = {row.application_id for row in page}
    terms = Obligation.objects.open().filter(
        subject_type=Application._meta.label_lower, subject_id__in=cases, code=AGREEMENT
    )
    due = {(case, part): on for case, part, on in terms.values_list("subject_id", "part", "due_on")}
    lines = []
    for row in page:
        on = due.get((row.application_id, row.body.code))
        lines.append(
            {
                "row": row,
                "asked": gettext(row.application.form.name),
                "due_on": on,
                "days": days_left(on, today),
                "urgency": urgency(on, today) if on else "",
            }
        )
    return lines


def find(request: OfficeRequest, pk: int) -> Opinion:
    related = ("application__organisation", "application__authority", "body", "entered_by")
    return get_object_or_404(Opinion.objects.asked_of(request.user).select_related(*related), pk=pk)


@require_http_methods(["GET", "POST"])
@office
def opinion(request: OfficeRequest, pk: int) -> HttpResponse:
    """The question, the papers shown with it, the term; POST answers."""
    row, at = find(request, pk), timezone.now()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "actor": request.user, "at": at}
        if attempt(form, lambda: services.answer_opinion(row, **given)):
            messages.success(request, gettext("The answer stands in the case; its officer is told."))
            return redirect("opinion", pk=pk)
    log_access(row, actor=request.user, at=at)
    case = row.application
    terms = Obligation.objects.of(case).filter(code=AGREEMENT, part=row.body.code)
    context = {
        "row": row,
        "case": case,
        "asked": gettext(case.form.name),
        "documents": row.documents.filter(removed_at=None),
        "terms": term_rows(terms, timezone.localdate(at), {row.body.code: row.body.name}),
        "form": form,
        "may_answer": row.answer in OPEN
        and case.closed_at is None
        and allowed(request.user, "licensing.answer_opinion", row),
        "nav": "opinions",
    }
    return render(request, "licensing/opinion.html", context, status=409 if form.errors else 200)


@require_GET
@office
def opinion_document(request: OfficeRequest, pk: int, document: int) -> HttpResponseBase:
    """A paper that the officer of the case attached to the question."""
    shown = find(request, pk).documents.filter(removed_at=None)
    return sent_document(get_object_or_404(shown, pk=document), request.user)
