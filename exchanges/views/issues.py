"""Issues of digital financial assets: for operators of platforms their own, for supervisors those of their kinds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.models import Event
from core.views import reader
from exchanges.forms.issues import IssuesForm
from exchanges.models import AssetIssue
from exchanges.models.issues import STATED
from law.assets import KINDS
from law.issues import PAPERS, UNDERLYINGS
from law.provisions import NotInForce, Provision, provision
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.wording import timeline_row

PEOPLE = ("organisation", "authority", "licence", "registered_by", "created_by")


def narrowed(form: IssuesForm, rows: Any) -> Any:
    """The issues that the form asks for; fields with errors are passed over."""
    form.is_valid()
    given = form.cleaned_data
    rows = rows.filter(**{name: given[name] for name in ("dfa_kind", "state") if given.get(name)})
    return rows.found_by(given["q"]) if given.get("q") else rows


def line_of(row: AssetIssue) -> dict[str, Any]:
    state = row.WORKFLOW.state(row.state)
    return {"row": row, "kind": _(KINDS[row.dfa_kind]), "label": _(state.applicant_label), "tone": state.tone}


def rule_of(code: str, row: AssetIssue) -> Provision | None:
    try:
        return provision(code, row.registered_on) if row.registered_on else None
    except NotInForce:
        return None


def facts_of(row: AssetIssue) -> dict[str, Any]:
    """What the pages of one show beside the row."""
    labels = {name: AssetIssue._meta.get_field(name).verbose_name for name in STATED}  # type: ignore[union-attr]  # own fields
    return line_of(row) | {
        "underlying": _(UNDERLYINGS[row.underlying]) if row.underlying else "",
        "rule": rule_of("dfa.issue_registered_by_operator", row),
        "checked_by_rule": rule_of("dfa.underlying_verified_first", row),
        "papers": [(_(PAPERS.get(one.kind, one.kind)), one) for one in row.documents().order_by("id")],
        "changes": [
            {
                "row": one,
                "fields": [(labels.get(name, name), one.before[name], after) for name, after in one.after.items()],
            }
            for one in row.changes.select_related("changed_by")
        ],
    }


@require_GET
def own_issues(request: HttpRequest) -> HttpResponse:
    """Issues of the operators for which one acts, drafts too, the newest first."""
    user = reader(request)
    if user.is_official:
        return redirect("office-issues")
    rows = AssetIssue.objects.visible_to(user).select_related("organisation")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {"lines": [line_of(row) for row in page.rows], "page": page, "nav": "account"}
    return render(request, "exchanges/own_issues.html", context)


@require_GET
def own_issue(request: HttpRequest, reference: str) -> HttpResponse:
    """One of them, with its files, corrections and history."""
    user = reader(request)
    if user.is_official:
        return redirect("office-issue", reference=reference)
    row = get_object_or_404(AssetIssue.objects.visible_to(user).select_related(*PEOPLE), reference=reference)
    events = Event.objects.of(row).visible_to(user).select_related("actor", "on_behalf_of")
    context = facts_of(row) | {
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        "nav": "account",
    }
    return render(request, "exchanges/own_issue.html", context)


@require_GET
@office
def office_issues(request: OfficeRequest) -> HttpResponse:
    """What was registered of the kinds that one's authority supervises, the newest first."""
    form = IssuesForm(request.GET)
    rows = narrowed(form, AssetIssue.objects.visible_to(request.user).select_related("organisation"))
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "form": form,
        "lines": [line_of(row) for row in page.rows],
        "page": page,
        "narrowed": any(form.cleaned_data.values()),
        "nav": "dfa-issues",
    }
    return render(request, "exchanges/office_issues.html", context)


@require_GET
@office
def office_issue(request: OfficeRequest, reference: str) -> HttpResponse:
    """The file of one, to read: the operator keeps the register."""
    rows = AssetIssue.objects.visible_to(request.user).select_related(*PEOPLE)
    row = get_object_or_404(rows, reference=reference)
    events = Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of")
    timeline = [timeline_row(event) for event in events.order_by("-id")[:100]]
    return render(request, "exchanges/office_issue.html", facts_of(row) | {"events": timeline, "nav": "dfa-issues"})
