"""Where an applicant's side signs a draft's papers or the draft as a whole, and sees what was found of each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.models import Document, DocumentSignature
from core.services import Upload
from core.views import reader
from core.views.files import attachment
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.models import Application, Letter
from licensing.models.content import content_of, signatures_of
from licensing.views.archives import case_of


class SignForm(forms.Form):
    """What is signed, and the signature. In a draft the whole may be signed."""

    document = forms.ChoiceField(label=_("What is signed"), required=False)
    file = forms.FileField(
        label=_("Signature"),
        allow_empty_file=True,
        help_text=_("CMS (CAdES-BES), as a .p7s file or as the base64 text that a signing program gives out."),
    )

    def __init__(self, *args: Any, case: Application, papers: list[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [("", gettext("The filing as a whole"))] if case.submitted_at is None else []
        named = [(str(paper.pk), f"{paper.filename} ({paper.sha256[:8]}…)") for paper in papers]
        choice = self.fields["document"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices, choice.required = [*whole, *named], not whole


@require_http_methods(["GET", "POST"])
def signatures(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Every paper with its signatures; the form that adds one. Officials read the same on the case file."""
    user, case = reader(request), case_of(request, reference)
    if user.is_official:
        return redirect(f"/cases/{case.reference}/?tab=documents")
    papers = list(case.documents().visible_to(user).exclude(kind__in=dict(Letter.KINDS)))
    form = SignForm(request.POST or None, request.FILES or None, case=case, papers=papers)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        chosen = next((one for one in papers if str(one.pk) == form.cleaned_data["document"]), None)
        sent = form.cleaned_data["file"]
        try:
            row = services.sign_filing(
                case, Upload(sent.name, sent.file), document=chosen, actor=user, at=timezone.now()
            )
            told = gettext("The signature is attached. Found: %(verdict)s.") % {"verdict": row.verdict_label}
            messages.success(request, told)
            return redirect("signatures", reference=reference)
        except TransitionRefused as refused:
            problems = refused.problems
    status = 409 if problems else 422 if request.method == "POST" else 200
    return render(request, "public/signatures.html", page(case, papers, form, problems), status=status)


def page(case: Application, papers: list[Document], form: SignForm, problems: tuple[Problem, ...]) -> dict[str, Any]:
    rows = signatures_of(case)
    draft = case.state == case.WORKFLOW.initial
    return {
        "case": case,
        "kind": gettext(case.form.name),
        "form": form,
        "problems": problems,
        "draft": draft,
        "may_sign": draft or bool(papers and case.closed_at is None and (case.open_questions() or case.hearing)),
        "whole": [row for row in rows if row.document_id is None],
        "papers": [(paper, [row for row in rows if row.document_id == paper.pk]) for paper in papers],
        "nav": "account",
    }


@require_POST
def remove_signature(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take one off one's own draft."""
    case = case_of(request, reference)
    row = get_object_or_404(DocumentSignature.objects.of(case).current(), pk=pk)
    services.remove_signature(row, case, actor=reader(request), at=timezone.now())
    messages.success(request, gettext("The signature is taken away."))
    return redirect("signatures", reference=reference)


@require_GET
@cache_control(private=True, no_store=True)
def filing(request: HttpRequest, reference: str) -> FileResponse:
    """The draft as the bytes that are signed."""
    rows = Application.objects.visible_to(reader(request)).filter(submitted_at__isnull=True)
    case = get_object_or_404(rows.select_related("organisation", "authority"), reference=reference)
    return attachment(content_of(case), f"{reference}.json", "application/json")
