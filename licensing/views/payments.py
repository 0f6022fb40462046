"""Money that came in: payments without a case, the bank's files with their preview, and the fees of one case."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from core.days import told
from core.services import allowed
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.models import Application, BankFile, Payment
from licensing.services.bankfile import COLUMNS, NEEDED, SIZE_LIMIT
from licensing.services.imports import Look
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest

FIELDS = (
    "pk",
    "reference",
    "paid_on",
    "amount",
    "payer",
    "source",
    "application__reference",
    "confirmed_at",
    "currency",
)
SHOWN = 200  # rows of a file that the preview lists of each sort


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Bank file"), allow_empty_file=True)


class MatchForm(forms.Form):
    application = forms.CharField(label=gettext_lazy("Number of the application"), max_length=20)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed where the payer is not the applicant: why this payment is his."),
    )


@require_GET
@office
def payments(request: OfficeRequest) -> HttpResponse:
    """The newest first: those that settle no case yet, or all with `show=all`; `q` finds by reference or BIN."""
    rows = Payment.objects.visible_to(request.user)
    text, show = request.GET.get("q", "").replace("\x00", "").strip(), request.GET.get("show", "")
    rows = rows.standing() if show == "all" else rows.unmatched()
    if text:
        rows = rows.found_by(text)
    page = page_newest(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    sources = dict(Payment.SOURCES)
    context = {
        "rows": [
            dict(zip(FIELDS, row, strict=True)) | {"source": sources[row[5]], "case": row[6]} for row in page.rows
        ],
        "page": page,
        "text": text,
        "show": show,
        "may_import": may_import(request),
        "nav": "payments",
    }
    return render(request, "licensing/payments.html", context)


def may_import(request: OfficeRequest) -> bool:
    return allowed(request.user, "licensing.import_payments", BankFile(authority=request.user.authority))


@require_http_methods(["GET", "POST"])
@office
def payment(request: OfficeRequest, pk: int) -> HttpResponse:
    """One payment; POST takes it to a case."""
    rows = Payment.objects.visible_to(request.user).standing().filter(confirmed_at__isnull=False)
    found = get_object_or_404(rows.select_related("application", "organisation", "bank_file", "confirmed_by"), pk=pk)
    form = MatchForm(
        request.POST if request.method == "POST" else None, initial={"application": request.GET.get("application", "")}
    )
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            case = case_named(request, form.cleaned_data["application"])
            at = timezone.now()
            services.match_payment(found, application=case, note=form.cleaned_data["note"], actor=request.user, at=at)
        except TransitionRefused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("The payment is taken to the case."))
            return HttpResponseRedirect(f"{reverse('case', args=[case.reference])}?tab=fees")
    context = {"payment": found, "form": form, "problems": problems, "cases": candidates(request, found)}
    context |= {"may_match": allowed(request.user, "licensing.pay", found), "nav": "payments"}
    return render(request, "licensing/payment.html", context, status=409 if problems else 200)


def case_named(request: OfficeRequest, number: str) -> Application:
    case = Application.objects.visible_to(request.user).filter(reference=number.strip().upper()).first()
    if case is None:
        message = _("There is no filed application “%(number)s” with your authority.")
        raise TransitionRefused([Problem("bank-case", message, {"number": number}, field="application")])
    return case


def candidates(request: OfficeRequest, found: Payment) -> list[Application]:
    """Cases of the payer that the money may be for, the newest first."""
    rows = Application.objects.visible_to(request.user).filter(organisation__identifier=found.payer)
    rows = rows.exclude(pk=found.application_id) if found.application_id else rows
    return list(rows.order_by("-id")[:10])


@require_http_methods(["GET", "POST"])
@office
def bank_files(request: OfficeRequest) -> HttpResponse:
    """What was imported, and the way to the next file. Nothing is imported before it has been looked at."""
    if not may_import(request):
        raise PermissionDenied("licensing.import_payments")
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*given)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            content = upload.read(SIZE_LIMIT + 1)
            kept = services.keep_bank_file(upload.name, content, actor=request.user, at=timezone.now())
        except TransitionRefused as refused:
            problems = refused.problems
        else:
            return redirect("bank-file", pk=kept.pk)
    files = BankFile.objects.visible_to(request.user).select_related("imported_by", "uploaded_by").order_by("-id")
    columns = [(names[0], ", ".join(names[1:]), name in NEEDED) for name, names in COLUMNS.items()]
    context = {"form": form, "problems": problems, "files": files[:20], "columns": columns, "nav": "payments"}
    status = 409 if problems else 422 if form.errors else 200
    return render(request, "licensing/bank_files.html", context, status=status)


@require_http_methods(["GET", "POST"])
@office
def bank_file(request: OfficeRequest, pk: int) -> HttpResponse:
    """What an import would do, row by row; POST imports what is right."""
    file = get_object_or_404(BankFile.objects.visible_to(request.user).select_related("imported_by"), pk=pk)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            done = services.import_bank_file(file, actor=request.user, at=timezone.now())
        except TransitionRefused as refused:
            problems = refused.problems
        else:
            said = ngettext("%(n)s payment is imported.", "%(n)s payments are imported.", done.taken)
            messages.success(request, said % {"n": done.taken})
            return redirect("bank-file", pk=pk)
    context: dict[str, Any] = {"file": file, "problems": problems, "nav": "payments", "may_import": may_import(request)}
    if file.imported_at is None:
        context |= preview(services.look_at_bank_file(file, at=timezone.now()))
    else:
        context["payments"] = list(file.payments.select_related("application").order_by("row")[:SHOWN])
    return render(request, "licensing/bank_file.html", context, status=409 if problems else 200)


def preview(look: Look) -> dict[str, Any]:
    """The rows of a look, faults first, bounded."""
    return {
        "wrong": [(row, [one.text(told) for one in row.problems]) for row in look.wrong[:SHOWN]],
        "right": [(row, look.cases.get(row.number), look.payers.get(row.payer)) for row in look.right[:SHOWN]],
        "counts": {"right": len(look.right), "wrong": len(look.wrong), "unmatched": len(look.right) - len(look.cases)},
        "more": max(len(look.wrong), len(look.right)) > SHOWN,
    }
