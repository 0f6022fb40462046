"""Complaints of consumers: filed and found by anybody, put to providers and followed by their authority."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.days import dateshort
from core.limits import limited
from core.models import Obligation, User
from core.services import log_access
from core.views import reader
from core.views.account import attempt
from exchanges import services
from exchanges.forms.complaints import (
    AnswerForm,
    CodeForm,
    ComplaintsForm,
    NewComplaintForm,
    OutcomeForm,
    RemarkForm,
)
from exchanges.models import Complaint
from exchanges.services.complaints import ANSWER
from exchanges.workflow import COMPLAINT
from licensing.forms.deeds import DeedForm
from licensing.views.deeds import Deed, Desk, by_provider, desk_list, file_context, line, newest
from licensing.views.register import kind_name


def find(user: User, reference: str) -> Complaint:
    people = ("authority", "organisation", "licence", "filed_by")
    return get_object_or_404(Complaint.objects.visible_to(user).select_related(*people), reference=reference)


def deed(step: str, done: str, form: type[DeedForm], service: Any) -> Deed:
    """An act that is a transition: its words, permission and states stand in the table."""
    taken = COMPLAINT[step]
    return Deed(step, taken.label, done, form, service, taken.permission, taken.sources, taken.consequence)


DESK = Desk(
    find,
    "complaint",
    "complaints",
    (
        deed("forward", gettext_noop("It is put to the provider."), DeedForm, services.forward_complaint),
        deed(
            "decline",
            gettext_noop("It is not taken up."),
            OutcomeForm,
            partial(services.end_complaint, step="decline"),
        ),
        deed("answer", gettext_noop("The answer is given."), AnswerForm, services.answer_complaint),
        deed("close", gettext_noop("It is closed."), OutcomeForm, partial(services.end_complaint, step="close")),
        deed("send_back", gettext_noop("Another answer is asked for."), RemarkForm, services.send_back_complaint),
    ),
)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited("complaint", per_minute=10)
def new_complaint(request: HttpRequest) -> HttpResponse:
    """Complain of a provider, with or without an account. The code is told once, on the page that follows."""
    form = NewComplaintForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        person = request.user if isinstance(request.user, User) and not request.user.is_official else None
        given: dict[str, Any] = {**form.cleaned_data, "filed_by": person, "at": timezone.now()}
        licence = given.pop("licence")
        if filed := attempt(form, lambda: services.file_complaint(licence, **given)):
            row, code = filed
            return render(request, "exchanges/complaint_filed.html", {"row": row, "code": code, "nav": "register"})
    context = {"form": form, "nav": "register"}
    return render(request, "exchanges/new_complaint.html", context, status=409 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited("complaint-code", per_minute=10)
def complaint_state(request: HttpRequest) -> HttpResponse:
    """What became of a complaint, by its code; sent by POST, so that it stands in no address."""
    form, row = CodeForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        row = Complaint.objects.with_code(form.cleaned_data["code"]).select_related("organisation", "authority").first()
        if row is None:
            form.add_error("code", _("There is no complaint with this code."))
    state = COMPLAINT.state(row.state) if row else None
    context = {"form": form, "row": row, "state": state, "nav": "register"}
    context["label"] = _(state.applicant_label) if state else ""
    return render(request, "exchanges/complaint_state.html", context, status=404 if form.errors else 200)


def overdue() -> Any:
    """The open duty of the provider to answer, whose day has passed."""
    rows = Obligation.objects.open().filter(subject_type=Complaint._meta.label_lower, code=ANSWER)
    return rows.filter(due_on__lt=timezone.localdate(), subject_id=OuterRef("pk"))


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints that one may see, the newest first, with the day by which each is answered."""
    user, form = reader(request), ComplaintsForm(request.GET)
    form.is_valid()
    given, rows = form.cleaned_data, Complaint.objects.visible_to(user)
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    if given.get("late"):
        rows = rows.filter(Exists(overdue()))
    rows = by_provider(rows, given.get("q") or "")
    page = newest(request, rows.select_related("organisation", "licence"))
    ids = [row.pk for row in page.rows]
    terms = Obligation.objects.open().filter(subject_type=Complaint._meta.label_lower, subject_id__in=ids, code=ANSWER)
    due = dict(terms.values_list("subject_id", "due_on"))
    return desk_list(
        request,
        form,
        page,
        [line_of(row, due.get(row.pk), user) for row in page.rows],
        title=_("Complaints of consumers"),
        lead=_("Against providers of services with digital assets: put to the provider, answered by a day, closed."),
        adds=[] if user.is_official else [(reverse("complaint-new"), _("Complain of a provider"))],
        heads=[_("Provider"), _("Filed"), _("To be answered by")],
        nothing=_("A complaint appears here when somebody files one and it concerns you."),
        nav="complaints",
    )


def line_of(row: Complaint, due: Any, user: User) -> dict[str, Any]:
    provider = f"{row.organisation.name} · {row.licence.number}"
    cells = [provider, dateshort(timezone.localdate(row.created_at)), dateshort(due) if due else "–"]
    return line("complaint", row, cells, user)


@require_safe
def complaint(request: HttpRequest, reference: str) -> HttpResponse:
    """One complaint. That an official reads who complains is noted."""
    user = reader(request)
    row = find(user, reference)
    if user.is_official:
        log_access(row, actor=user, at=timezone.now())
    person = [(_("Name"), row.name), (_("How to reach the person"), row.contact)]
    agreed = _("The provider may read name and contact.") if row.shared else _("The provider reads the words alone.")
    said = [
        (_("Answer of the provider"), row.answer),
        (_("Why another answer is asked for"), row.remark if row.state != "closed" else ""),
        (_("What came of it"), row.outcome),
    ]
    context = file_context(request, row, DESK, ("complaints", gettext_noop("Complaints of consumers"))) | {
        "title": row.organisation.name,
        "sub": f"{row.licence.number} · {kind_name(row.licence.kind)}",
        "facts": [
            (_("What is complained of"), row.text),
            *(person if row.names_person_to(user) else []),
            *([(_("Consent"), agreed)] if user.is_official else []),
        ],
        "parts": [{"title": _("Answer and outcome"), "rows": [one for one in said if one[1]]}],
    }
    return render(request, "licensing/desk_file.html", context)
