"""Incidents at providers: reported by them, followed by their authority to closure."""

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
from core.templatetags.tizilim import line_text
from core.views import reader
from core.views.account import attempt
from exchanges import services
from exchanges.forms.complaints import DescribeForm, IncidentForm, IncidentsForm, OutcomeForm, RemarkForm
from exchanges.models import Incident
from exchanges.views.rails import may_enter
from exchanges.workflow import INCIDENT
from licensing.forms.deeds import DeedForm
from licensing.views.deeds import Deed, Desk, by_provider, desk_list, file_context, line, newest


def find(user: User, reference: str) -> Incident:
    people = ("authority", "organisation", "licence", "reported_by")
    return get_object_or_404(Incident.objects.visible_to(user).select_related(*people), reference=reference)


def deed(step: str, done: str, form: type[DeedForm], service: Any) -> Deed:
    """An act that is a transition: its words, permission and states stand in the table."""
    taken = INCIDENT[step]
    return Deed(step, taken.label, done, form, service, taken.permission, taken.sources, taken.consequence)


DESK = Desk(
    find,
    "incident",
    "incidents",
    (
        deed("describe", gettext_noop("The full report is given."), DescribeForm, services.describe_incident),
        deed("close", gettext_noop("The incident is closed."), OutcomeForm, services.close_incident),
        deed("send_back", gettext_noop("More is asked for."), RemarkForm, services.send_back_incident),
    ),
)


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """The incidents that one may see, the newest first."""
    user, form = reader(request), IncidentsForm(request.GET)
    form.is_valid()
    given, rows = form.cleaned_data, Incident.objects.visible_to(user)
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    if given.get("late"):
        rows = rows.filter(late=True)
    rows = by_provider(rows, given.get("q") or "")
    page = newest(request, rows.select_related("organisation", "licence"))
    return desk_list(
        request,
        form,
        page,
        [line_of(row, user) for row in page.rows],
        title=_("Incidents at providers"),
        lead=_("Reported by the provider against a clock, then in full, and followed to their closure."),
        adds=[(reverse("incident-new"), _("Report an incident"))] if may_enter(user) else [],
        heads=[_("Provider"), _("Kind"), _("Noticed"), _("In time")],
        nothing=_("A provider reports an incident here or by API; an official enters what came otherwise."),
        nav="incidents",
    )


def line_of(row: Incident, user: User) -> dict[str, Any]:
    provider = f"{row.organisation.name} · {row.licence.number}"
    in_time = _("late") if row.late else _("in time")
    cells = [provider, row.kind_label, datetimeshort(row.noticed_at), in_time]
    return line("incident", row, cells, user)


@require_http_methods(["GET", "POST"])
def new_incident(request: HttpRequest) -> HttpResponse:
    """Report an incident: a provider, or an official who knows of it otherwise."""
    user = reader(request)
    if not may_enter(user):
        raise PermissionDenied("exchanges.report_incident")
    form = IncidentForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": user, "at": timezone.now()}
        licence = given.pop("licence")
        if row := attempt(form, lambda: services.report_incident(licence, **given)):
            messages.success(request, _("The incident is reported."))
            return redirect("incident", reference=row.reference)
    context = {
        "form": form,
        "title": _("Report an incident"),
        "index": (reverse("incidents"), _("Incidents at providers")),
        "lead": _("A breach of personal data is reported by the next working day; other terms are assumed."),
        "nav": "incidents",
    }
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_safe
def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """One incident: its clock with the arithmetic, what was reported, what came of it."""
    row = find(reader(request), reference)
    in_time = _("late") if row.late else _("in time")
    facts = [
        (_("Kind"), row.kind_label),
        (_("What happened, in short"), row.summary),
        (_("Persons concerned"), "" if row.persons is None else str(row.persons)),
        (_("Noticed"), datetimeshort(row.noticed_at)),
        (_("Reported"), f"{datetimeshort(row.created_at)} · {in_time}"),
        (_("To be reported by"), dateshort(row.due_on)),
        (_("How this day was counted"), "\n".join(line_text(line) for line in row.arithmetic)),
        (_("Where this is known from"), row.source),
    ]
    later = [
        (_("What happened and why"), row.description),
        (_("What was done"), row.measures),
        (_("What is missing, and why"), row.remark if row.state == "reported" else ""),
        (_("What came of it"), row.outcome),
    ]
    context = file_context(request, row, DESK, ("incidents", gettext_noop("Incidents at providers"))) | {
        "title": row.organisation.name,
        "sub": f"{row.licence.number} · {row.kind_label}",
        "facts": [one for one in facts if one[1]],
        "parts": [{"title": _("Full report and outcome"), "rows": [one for one in later if one[1]]}],
        "grounds": [row.ground],
    }
    return render(request, "licensing/desk_file.html", context)
