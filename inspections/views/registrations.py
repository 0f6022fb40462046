"""What waits for its registration with legal statistics: packages to hand over, receipts to enter."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.models import Document, Obligation
from core.views.account import attempt
from core.workflow import TransitionRefused
from inspections import services
from inspections.models import Inspection
from inspections.services.exchange import COLUMNS, PACKAGE, PARTS
from inspections.services.terms import EXTENSION, REGISTRATION
from inspections.views.inspections import may_prepare, with_team
from inspections.views.steps import find
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest


def columns_told() -> str:
    return _("CSV or JSON, with %s.") % ", ".join(COLUMNS)


class ReceiptsForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File of receipts"), help_text=lazy(columns_told, str)())


def waiting(user: Any) -> Any:
    """Signed acts of appointment and of extension without a registration, of inspections that go on."""
    act = Q(registered_on__isnull=True) & ~Q(act_number="")
    extension = Q(extension_registered_on__isnull=True) & ~Q(extension_number="")
    return Inspection.objects.visible_to(user).under_way().filter(act | extension)


@require_http_methods(["GET", "POST"])
@office
def registrations(request: OfficeRequest) -> HttpResponse:
    """The acts that wait, the newest first, each with its day; a file of receipts enters many at once."""
    user, posted = request.user, request.method == "POST"
    form = ReceiptsForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and not may_prepare(user):
        raise PermissionDenied("inspections.prepare")
    if posted and form.is_valid() and (number := attempt(form, lambda: entered(form, request))) is not None:
        said = ngettext("%(n)s registration is entered.", "%(n)s registrations are entered.", number)
        messages.success(request, said % {"n": number})
        return redirect("registrations")
    page = page_newest(with_team(waiting(user)), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "form": form,
        "may_enter": may_prepare(user),
        "lines": lines_of(list(page.rows)),
        "page": page,
        "nav": "registrations",
    }
    return render(request, "inspections/registrations.html", context, status=409 if form.errors else 200)


def entered(form: ReceiptsForm, request: OfficeRequest) -> int:
    file = form.cleaned_data["file"]
    rows = services.read_receipts(file.read(1024 * 1024 + 1))
    return services.enter_receipts(rows, actor=request.user, at=timezone.now())


def lines_of(rows: list[Inspection]) -> list[dict[str, Any]]:
    """One line an act, with the day by which it is registered and its last package: two queries more."""
    ids, label = [row.pk for row in rows], Inspection._meta.label_lower
    open_ = Obligation.objects.open().filter(subject_type=label, subject_id__in=ids, code__in=(REGISTRATION, EXTENSION))
    due = {(one.subject_id, one.code): one.due_on for one in open_}
    made = Document.objects.filter(subject_type=label, subject_id__in=ids, kind=PACKAGE).order_by("id")
    packages = {(one.subject_id, one.filename.split("-")[3]): one for one in made}
    found = []
    for row in rows:
        for part, number, is_open, code in (
            ("appointment", row.act_number, row.registered_on is None, REGISTRATION),
            ("extension", row.extension_number, row.extension_registered_on is None, EXTENSION),
        ):
            if number and is_open:
                package = packages.get((row.pk, part))
                if package is not None and row.act_signed_at and package.uploaded_at < row.act_signed_at:
                    package = None  # of an act that was given up since
                name = "register-extension" if part == "extension" else "register"
                name = "register-late" if part == "appointment" and row.state == "running" else name
                found.append(
                    {
                        "row": row,
                        "part": part,
                        "number": number,
                        "due": due.get((row.pk, code)),
                        "package": package,
                        "enter": reverse("inspection-act", args=[row.reference, name]),
                    }
                )
    return found


@require_POST
@office
def package(request: OfficeRequest, reference: str, part: str) -> HttpResponse:
    """Make the package of an act; it stands among the papers of the inspection."""
    if part not in PARTS:
        raise Http404(_("There is nothing here"))
    row = find(request.user, reference)
    try:
        services.make_package(row, part=part, actor=request.user, at=timezone.now())
    except TransitionRefused as refused:
        for problem in refused.problems:
            messages.error(request, problem.text(_))
    else:
        messages.success(request, _("The package is made: hand it over, and enter the receipt."))
    return redirect("registrations")
