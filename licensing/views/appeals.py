"""Appeals for officials: what waits, and the file of one appeal."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from core.models import Event, Obligation
from core.models.base import pick_name
from core.views.files import sent_document
from licensing.models import Appeal
from licensing.models.appeals import OPEN
from licensing.views.access import OfficeRequest, office
from licensing.views.acts.appeal import ACTS, find
from licensing.views.acts.watching import watching
from licensing.views.keyset import PAGE, Cursor, page_by_due
from licensing.views.terms import days_left, term_rows, urgency
from licensing.wording import timeline_row
from licensing.workflow.appeal import APPEAL

FIELDS = (
    "due_on",
    "pk",
    "reference",
    "state",
    "filed_on",
    "decision__application__reference",
    "organisation__name_kk",
    "organisation__name_ru",
    "organisation__name_en",
)


SHOW = {
    "": gettext_noop("Open"),
    **{state.name: state.label for state in APPEAL.states if state.name in OPEN},
    "all": gettext_noop("All"),
}


@require_GET
@office
def appeals(request: OfficeRequest) -> HttpResponse:
    """Appeals by their next term: the open ones, those in one open state, or all (`show`)."""
    today, show = timezone.localdate(), request.GET.get("show", "")
    rows = Appeal.objects.visible_to(request.user)
    if show != "all":
        rows = rows.filter(state=show) if show in OPEN else rows.open()
    page = page_by_due(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "rows": [line(row, today) for row in page.rows],
        "page": page,
        "show": show,
        "shows": [(code, _(label)) for code, label in SHOW.items()],
        "nav": "appeals",
    }
    return render(request, "licensing/appeals.html", context)


def line(row: Any, today: Any) -> dict[str, Any]:
    due_on, _pk, reference, state, filed_on, case, kk, ru, en = row
    known = APPEAL.state(state)
    return {
        "reference": reference,
        "case": case,
        "applicant": pick_name(kk, ru, en),
        "state": state,
        "label": _(known.label),
        "tone": known.tone,
        "filed_on": filed_on,
        "due_on": due_on,
        "days": days_left(due_on, today),
        "urgency": urgency(due_on, today) if due_on else "",
    }


@require_GET
@office
def appeal(request: OfficeRequest, reference: str) -> HttpResponse:
    """The file of one appeal: what is asked, terms, what may be done, papers, events."""
    row, at = find(request.user, reference), timezone.now()
    known = APPEAL.state(row.state)
    events = Event.objects.of(row).select_related("actor", "on_behalf_of").order_by("-id")[:100]
    context = {
        "appeal": row,
        "case": row.case,
        "own": row.authority_id == request.user.authority_id,
        "label": _(known.label),
        "tone": known.tone,
        "kind": _(row.case.permit.name),
        "offers": ACTS.offered(row, request.user, at),
        "terms": term_rows(Obligation.objects.of(row), timezone.localdate(at)),
        "documents": list(row.documents()),
        "filed_only_by": row.filed_only_by,
        "who_files": _(str(row.filed_only_by.value)) if row.filed_only_by else "",
        "events": [timeline_row(event) for event in events],
        "nav": "appeals",
        **watching(ACTS, row, request.user),
    }
    return render(request, "licensing/appeal.html", context)


@require_GET
@office
def appeal_document(request: OfficeRequest, reference: str, pk: int) -> HttpResponseBase:
    """A paper of the appeal, also for the body that decides it."""
    document = get_object_or_404(find(request.user, reference).documents(), pk=pk)
    return sent_document(document, request.user)
