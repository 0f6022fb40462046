"""Supervisory visits of providers that other laws than Chapter 13 govern: for their authority and for themselves."""

from collections.abc import Callable
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

from core.days import dateshort, datetimeshort
from core.models import User
from core.services import allowed
from core.views import reader
from core.views.account import attempt
from inspections import services
from inspections.forms.visits import (
    CarriedOutForm,
    ConclusionForm,
    ReplyForm,
    VisitForm,
    VisitReportForm,
    VisitsForm,
)
from inspections.models import SupervisoryVisit
from inspections.wording import group_name
from inspections.workflow import SUPERVISORY_VISIT
from licensing.forms.deeds import DeedForm
from licensing.views.deeds import Deed, Desk, by_provider, desk_list, file_context, line, newest


def find(user: User, reference: str) -> SupervisoryVisit:
    people = ("authority", "organisation", "licence", "announced_by", "written_by", "issued_by")
    return get_object_or_404(SupervisoryVisit.objects.visible_to(user).select_related(*people), reference=reference)


def deed(step: str, done: str, service: Callable[..., Any], form: type[DeedForm] = DeedForm) -> Deed:
    """An act that is a transition: its words, permission and states stand in the table."""
    taken = SUPERVISORY_VISIT[step]
    return Deed(step, taken.label, done, form, service, taken.permission, taken.sources, taken.consequence)


DESK = Desk(
    find,
    "supervisory-visit",
    "supervisory-visits",
    (
        deed("carry_out", gettext_noop("The visit is entered."), services.carry_out_visit, CarriedOutForm),
        Deed(
            "report",
            gettext_noop("Write the report"),
            gettext_noop("The report is written."),
            VisitReportForm,
            services.write_report,
            "inspections.supervise",
            ("carried_out",),
            gettext_noop("A head who did not write it issues it."),
        ),
        deed("issue_report", gettext_noop("The report is issued."), services.issue_report),
        Deed(
            "answer",
            gettext_noop("Answer the report"),
            gettext_noop("The answer is sent."),
            ReplyForm,
            services.answer_report,
            "inspections.answer_for_subject",
            ("reported",),
            gettext_noop("The authority reads it before it closes the visit."),
        ),
        deed("close", gettext_noop("The visit is closed."), services.close_visit, ConclusionForm),
        deed("drop", gettext_noop("The visit is dropped."), services.drop_visit, ConclusionForm),
    ),
)


def may_announce(user: User) -> bool:
    authority = user.authority
    return authority is not None and allowed(user, "inspections.supervise", SupervisoryVisit(authority=authority))


@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The visits that one may see, the newest first."""
    user, form = reader(request), VisitsForm(request.GET)
    form.is_valid()
    given, rows = form.cleaned_data, SupervisoryVisit.objects.visible_to(user)
    for name in ("state", "regime"):
        rows = rows.filter(**{name: given[name]}) if given.get(name) else rows
    rows = by_provider(rows, given.get("q") or "")
    page = newest(request, rows.select_related("organisation", "licence"))
    return desk_list(
        request,
        form,
        page,
        [line_of(row, user) for row in page.rows],
        title=_("Supervisory visits"),
        lead=_("Of providers that another law than Chapter 13 of the Entrepreneurial Code governs on the day."),
        adds=[(reverse("supervisory-visit-new"), _("Announce a visit"))] if may_announce(user) else [],
        heads=[_("Provider"), _("Under which law"), _("Planned for"), _("Carried out")],
        nothing=_("A supervisor announces a visit here; the provider reads it on its account."),
        nav="supervisory-visits",
    )


def line_of(row: SupervisoryVisit, user: User) -> dict[str, Any]:
    provider = f"{row.organisation.name} · {row.licence.number}"
    cells = [provider, row.regime_label, dateshort(row.planned_on), dateshort(row.carried_on)]
    return line("supervisory-visit", row, cells, user)


@require_http_methods(["GET", "POST"])
def new_visit(request: HttpRequest) -> HttpResponse:
    """Announce a visit; the law of its day says whether it may be made."""
    user = reader(request)
    if not may_announce(user):
        raise PermissionDenied("inspections.supervise")
    form = VisitForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": user, "at": timezone.now()}
        licence = given.pop("licence")
        if row := attempt(form, lambda: services.announce_visit(licence, **given)):
            messages.success(request, _("The visit is announced."))
            return redirect("supervisory-visit", reference=row.reference)
    context = {
        "form": form,
        "title": _("Announce a visit"),
        "index": (reverse("supervisory-visits"), _("Supervisory visits")),
        "lead": _("The provider is told at once. Subjects of Chapter 13 are inspected, not visited."),
        "nav": "supervisory-visits",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_safe
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    """One visit: its law, its days, its report when that may be read, the answer and what came of it."""
    user = reader(request)
    row = find(user, reference)
    official = user.is_official
    facts = [
        (_("Kind of permit"), group_name(row.licence.kind)),
        (_("Under which law"), row.regime_label),
        (_("How it is done"), row.method_label),
        (_("What it is about"), row.purpose),
        (_("Planned for"), dateshort(row.planned_on)),
        (_("Carried out"), dateshort(row.carried_on)),
        (_("Report written by"), str(row.written_by or "") if official else ""),
        (_("Report issued"), datetimeshort(row.issued_at)),
    ]
    later = [
        (_("Report"), row.report if official or row.is_issued else ""),
        (_("Answer of the provider"), row.reply),
        (_("What came of it"), row.conclusion),
    ]
    context = file_context(request, row, DESK, ("supervisory-visits", gettext_noop("Supervisory visits"))) | {
        "title": row.organisation.name,
        "sub": f"{row.licence.number} · {row.regime_label}",
        "facts": [one for one in facts if one[1]],
        "parts": [{"title": _("Report and outcome"), "rows": [one for one in later if one[1]]}],
        "grounds": [row.ground] if row.ground else [],
    }
    return render(request, "licensing/desk_file.html", context)
