"""Records of providers: filed by them, looked at by their authority."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from core.days import dateshort
from core.models import Document, User
from core.views import reader
from core.views.account import attempt
from exchanges import services
from exchanges.forms.records import LANGUAGE_NAMES, CheckForm, EndRecordForm, RecordForm, RecordsForm
from exchanges.models import ProviderRecord
from exchanges.views.rails import may_enter
from exchanges.workflow import RECORD
from licensing.forms.deeds import DeedForm
from licensing.views.deeds import Deed, Desk, by_provider, desk_list, file_context, line, newest


def find(user: User, reference: str) -> ProviderRecord:
    people = ("authority", "organisation", "licence", "filed_by", "checked_by")
    return get_object_or_404(ProviderRecord.objects.visible_to(user).select_related(*people), reference=reference)


def deed(step: str, done: str, form: type[DeedForm], service: Any) -> Deed:
    """An act that is a transition: its words, permission and states stand in the table."""
    taken = RECORD[step]
    return Deed(step, taken.label, done, form, service, taken.permission, taken.sources, taken.consequence)


DESK = Desk(
    find,
    "provider-record",
    "provider-records",
    (
        deed("find_met", gettext_noop("The look is kept."), CheckForm, partial(services.check_record, step="find_met")),
        deed(
            "find_unmet",
            gettext_noop("The look is kept."),
            CheckForm,
            partial(services.check_record, step="find_unmet"),
        ),
        deed("end", gettext_noop("The record has ended."), EndRecordForm, services.end_record),
    ),
)


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """The records that one may see, the newest first."""
    user, form = reader(request), RecordsForm(request.GET)
    form.is_valid()
    given, rows = form.cleaned_data, ProviderRecord.objects.visible_to(user)
    rows = rows.filter(**{name: given[name] for name in ("kind", "state") if given.get(name)})
    rows = by_provider(rows, given.get("q") or "")
    page = newest(request, rows.select_related("organisation", "licence"))
    return desk_list(
        request,
        form,
        page,
        [line_of(row, user) for row in page.rows],
        title=_("Records of providers"),
        lead=_("Warnings of risks, programmes and officers of control, systems, tests, reports: each from a day."),
        adds=[(reverse("provider-record-new"), _("File a record"))] if may_enter(user) else [],
        heads=[_("Provider"), _("Kind"), _("From"), _("Last day")],
        nothing=_("A provider files a record here or by API; an official enters what came otherwise."),
        nav="provider-records",
    )


def line_of(row: ProviderRecord, user: User) -> dict[str, Any]:
    provider = f"{row.organisation.name} · {row.licence.number}"
    days = [dateshort(row.from_on), dateshort(row.to_on) if row.to_on else "–"]
    cells = [provider, row.kind_label, *days]
    return line("provider-record", row, cells, user)


@require_http_methods(["GET", "POST"])
def new_record(request: HttpRequest) -> HttpResponse:
    """File a record; everything against it is told at once, with its article."""
    user = reader(request)
    if not may_enter(user):
        raise PermissionDenied("exchanges.file_record")
    posted = request.method == "POST"
    data, files = (request.POST, request.FILES) if posted else (None, None)
    form = RecordForm(data, files, user=user, initial=request.GET.dict())
    if posted and form.is_valid():
        given: dict[str, Any] = {**form.given(), "actor": user, "at": timezone.now()}
        licence = given.pop("licence")
        if row := attempt(form, lambda: services.file_record(licence, **given)):
            messages.success(request, _("The record is filed."))
            return redirect("provider-record", reference=row.reference)
    context = {
        "form": form,
        "title": _("File a record"),
        "index": (reverse("provider-records"), _("Records of providers")),
        "lead": _("What a kind needs is told when something is missing."),
        "nav": "provider-records",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_safe
def provider_record(request: HttpRequest, reference: str) -> HttpResponse:
    """One record with its file, and what was found when it was looked at."""
    user = reader(request)
    row = find(user, reference)
    facts = [
        (_("Kind"), row.kind_label),
        (_("Name"), row.name),
        (_("Number or version"), row.number),
        (_("Place or address on the Internet"), row.place),
        (_("Languages"), ", ".join(str(LANGUAGE_NAMES[code]) for code in row.languages)),
        (_("Country"), row.country),
        (_("From"), dateshort(row.from_on)),
        (_("Last day"), dateshort(row.to_on) if row.to_on else ""),
        (_("Note"), row.note),
    ]
    looked = [(dateshort(row.checked_on), row.check_note)] if row.checked_on else []
    context = file_context(request, row, DESK, ("provider-records", gettext_noop("Records of providers"))) | {
        "title": row.organisation.name,
        "sub": f"{row.licence.number} · {row.kind_label}",
        "facts": [one for one in facts if one[1]],
        "parts": [{"title": _("What was found"), "rows": looked}],
        "grounds": [row.ground] if row.ground else [],
        "files": Document.objects.of(row).visible_to(user).filter(removed_at__isnull=True),
    }
    return render(request, "licensing/desk_file.html", context)
