"""Where an applicant reads the draft of a decision against him, states his position, adds documents, or waives."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.models import Document, User
from core.services import Upload
from core.views import reader
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.forms import TEXT_LIMIT
from licensing.models import Application, Hearing, Letter, Measure
from licensing.models.hearings import POSITION_PAPER

LETTERS = ("hearing", "draft_measure")


class PositionForm(forms.Form):
    """The position in words, and one document at a time; more come with the same form or by API."""

    text = forms.CharField(
        label=_("Your position"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It stands in the case as you write it and cannot be changed."),
    )
    file = forms.FileField(label=_("Document"), required=False, help_text=_("PDF, PNG, JPEG, XLSX or DOCX."))
    more = forms.FileField(label=_("Another document"), required=False)


@require_http_methods(["GET", "POST"])
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """`waive` in the form waives; otherwise the position and its documents go in together or not at all."""
    user = reader(request)
    row = get_object_or_404(Hearing.objects.visible_to(user), pk=pk)
    case = case_of(row, user)
    waives = "waive" in request.POST
    form = PositionForm(None if waives else request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and (waives or form.is_valid()):
        try:
            answer(row, case, user, form, waives=waives)
            messages.success(request, gettext("Your answer stands in the case; the authority has been told."))
            return redirect("hearing", pk=row.pk)
        except TransitionRefused as refused:
            problems = refused.problems
    return render(
        request,
        "public/hearing.html",
        page(row, case, user, form, problems),
        status=status_of(request.method == "POST", problems),
    )


def case_of(row: Hearing, user: User) -> Application | Measure:
    """The application or the measure that the party is heard on."""
    if row.subject_type == Measure._meta.label_lower:
        return get_object_or_404(Measure.objects.visible_to(user).told(), pk=row.subject_id)
    return get_object_or_404(Application.objects.visible_to(user), pk=row.subject_id)


def status_of(sent: bool, problems: tuple[Problem, ...]) -> int:
    return 409 if problems else 422 if sent else 200


@transaction.atomic
def answer(row: Hearing, case: Application | Measure, user: User, form: PositionForm, *, waives: bool) -> None:
    at = timezone.now()
    if waives:
        services.waive_hearing(row, actor=user, at=at)
        return
    for name in ("file", "more"):
        if sent := form.cleaned_data[name]:
            attach(case, Upload(sent.name, sent.file), actor=user, at=at)
    services.state_position(row, text=form.cleaned_data["text"], actor=user, at=at)


def attach(case: Application | Measure, upload: Upload, *, actor: User, at: datetime) -> None:
    """A document beside the position, where the case takes it."""
    if isinstance(case, Measure):
        services.attach_to_measure(case, upload, actor=actor, at=at)
    else:
        services.attach_document(case, upload, kind=POSITION_PAPER, actor=actor, at=at)


def page(
    row: Hearing, case: Application | Measure, user: User, form: PositionForm, problems: tuple[Problem, ...]
) -> dict[str, Any]:
    open_to_him = row.closed_at is None and row.position_at is None and row.waived_at is None and not user.is_official
    letters = Letter.objects.of(case).filter(kind__in=LETTERS, made_at=row.announced_at)
    return {
        "hearing": row,
        "case": case,
        "measure": case.get_act_display() if isinstance(case, Measure) else "",
        "form": form,
        "problems": problems,
        "may_answer": open_to_him and case.closed_at is None,
        "letter": letters.first(),
        "documents": Document.objects.of(case).filter(kind=POSITION_PAPER, removed_at=None).visible_to(user),
        "nav": "account",
    }
