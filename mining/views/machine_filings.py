"""Applications about machines: what waits, the file of one, and the acts on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from core.models import Event, Obligation, User
from core.models.base import pick_name
from core.services import allowed, choices
from core.views import reader
from licensing.views.acts import Act, Table
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.rows import csv_response
from licensing.views.terms import days_left, term_rows, urgency
from licensing.wording import timeline_row
from mining import services
from mining.forms.registers import AnswerForm, ConsentForm, GrantForm, RefuseForm
from mining.models import MachineFiling
from mining.models.machines import ACTS as ACT_LABELS
from mining.views import nav_of
from mining.views.machines import CSV_HEAD, csv_rows
from mining.workflow import MACHINES

WAITING = ("filed", "offered")
FIELDS = ("pk", "reference", "act", "state", "machines", "filed_on", "due_on", "organisation__name_kk",
          "organisation__name_ru", "organisation__name_en")  # fmt: skip
SHOWN = 50


def find(user: User, reference: str) -> MachineFiling:
    rows = MachineFiling.objects.visible_to(user)
    people = ("authority", "organisation", "to_owner", "to_centre", "filed_by", "decided_by")
    return get_object_or_404(rows.select_related(*people), reference=reference)


ACTS = Table(
    find=find,
    page="machine-filing",
    index=("machine-filings", _("Applications about machines")),
    nav="machines",
    acts=(
        Act(
            "grant",
            _("The register is changed; the owner is told."),
            services.decide_machines,
            GrantForm,
            step="grant",
            given={"outcome": "grant"},
        ),
        Act(
            "refuse",
            _("The application is refused; the owner is told."),
            services.decide_machines,
            RefuseForm,
            step="refuse",
            given={"outcome": "refuse"},
            supplied=frozenset({"refusal-unreasoned"}),
        ),
        Act(
            "record-consent",
            _("The paper is recorded; both owners are told."),
            services.record_consent,
            ConsentForm,
            step="record_consent",
            supplied=frozenset({"machine-no-consent", "paper-missing"}),
        ),
    ),
)


@require_GET
def filings(request: HttpRequest) -> HttpResponse:
    """The newest first: those that wait, or all with `show=all`."""
    rows, show = MachineFiling.objects.visible_to(request.user), request.GET.get("show", "")
    rows = rows if show == "all" else rows.filter(state__in=WAITING)
    page = page_newest(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    today = timezone.localdate()
    context = {"rows": [line(row, today) for row in page.rows], "page": page, "show": show}
    return render(request, "mining/machine_filings.html", context | nav_of(request, "machines"))


def line(row: Any, today: Any) -> dict[str, Any]:
    _pk, reference, act, state, machines, filed_on, due_on, kk, ru, en = row
    known = MACHINES.state(state)
    runs = state == "filed"
    return {
        "reference": reference,
        "act": ACT_LABELS[act],
        "state": state,
        "label": gettext(known.label),
        "tone": known.tone,
        "machines": machines,
        "filed_on": filed_on,
        "owner": pick_name(kk, ru, en),
        "due_on": due_on if runs else None,
        "days": days_left(due_on, today) if runs else None,
        "urgency": urgency(due_on, today) if runs and due_on else "",
    }


@require_GET
def filing(request: HttpRequest, reference: str) -> HttpResponse:
    """What is asked about which machines, by when it is decided, what may be done, what happened."""
    user, at = reader(request), timezone.now()
    row = find(user, reference)
    known = MACHINES.state(row.state)
    events = Event.objects.of(row).visible_to(user).select_related("actor", "on_behalf_of").order_by("-id")
    terms = Obligation.objects.visible_to(user).of(row)
    context = {
        "row": row,
        "label": gettext(known.label),
        "tone": known.tone,
        "act": ACT_LABELS[row.act],
        "machines": list(services.machines_of(row)[:SHOWN]),
        "theirs": user.is_official or user.acts_for(row.organisation_id),
        "offered": row.state == "offered" and allowed(user, "mining.answer_transfer", row),
        "offers": ACTS.offered(row, user, at) if user.is_official else None,
        "may_withdraw": not user.is_official and any(one.step.name == "withdraw" for one in choices(row, user, at)),
        "terms": term_rows(terms, timezone.localdate(at)),
        "events": [timeline_row(event) for event in events[:100]],
    }
    return render(request, "mining/machine_filing.html", context | nav_of(request, "machines"))


@require_GET
def filing_csv(request: HttpRequest, reference: str) -> HttpResponseBase:
    """All machines of an application, streamed."""
    row = find(reader(request), reference)
    return csv_response(row.reference, CSV_HEAD, csv_rows(services.machines_of(row)))


@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """The new owner takes the machines over or declines them, on the version that he saw."""
    user, form = reader(request), AnswerForm(request.POST)
    row = find(user, reference)
    if not form.is_valid():
        return redirect("machine-filing", reference=reference)
    given: dict[str, Any] = {"version": form.cleaned_data["version"], "actor": user, "at": timezone.now()}
    if form.cleaned_data["outcome"] == "confirm":
        services.confirm_transfer(row, **given)
        messages.success(request, gettext("You take the machines over; the authority decides now."))
    else:
        services.decline_transfer(row, reason=form.cleaned_data["reason"], **given)
        messages.success(request, gettext("The machines are declined; the application is over."))
    return redirect("machine-filing", reference=reference)


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """The owner takes his application back."""
    services.withdraw_machines(find(reader(request), reference), actor=reader(request), at=timezone.now())
    messages.success(request, gettext("The application is withdrawn."))
    return redirect("machine-filing", reference=reference)
