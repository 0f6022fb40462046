"""Licences of the authority, each with its decision chain and its line in the register; and the search over all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.days import told
from core.models import Event, Obligation
from core.models.base import pick_name
from core.services import allowed
from core.workflow import TransitionRefused
from law.standing import may_while
from licensing.forms.office import PublicationForm
from licensing.models import Application, Licence, RegisterEntry
from licensing.permits import kinds
from licensing.services import newest_print, publish_entry
from licensing.views.access import OfficeRequest, office
from licensing.views.acts.licence import ACTS
from licensing.views.acts.watching import watching
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.panels import OFFICE, licence_panels
from licensing.views.rows import Reader, read_values
from licensing.views.terms import term_rows
from licensing.wording import timeline_row
from licensing.workflow import LICENCE

FIELDS = (
    "pk",
    "number",
    "kind",
    "state",
    "valid_from",
    "valid_to",
    "organisation__identifier",
    "organisation__name_kk",
    "organisation__name_ru",
    "organisation__name_en",
)
FOUND = 20


def licence_rows(values: Any) -> list[dict[str, Any]]:
    """Licences as lists show them, from the values of FIELDS."""
    names = {code: _(kind.name) for code, kind in kinds().items()}
    states = {state.name: (_(state.label), state.tone) for state in LICENCE.states}
    return [
        {
            "number": number,
            "kind": names.get(kind, kind),
            "state": state,
            "state_label": states[state][0],
            "tone": states[state][1],
            "valid_from": start,
            "valid_to": end,
            "identifier": identifier,
            "holder": pick_name(kk, ru, en),
        }
        for _pk, number, kind, state, start, end, identifier, kk, ru, en in values
    ]


@require_GET
@office
def licences(request: OfficeRequest) -> HttpResponse:
    """The newest first; `q` finds by number, BIN or name, `state` picks one."""
    rows = Licence.objects.visible_to(request.user)
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    if text:
        rows = rows.found_by(text)
    if state in {one.name for one in LICENCE.states}:
        rows = rows.filter(state=state)
    page = page_newest(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "rows": licence_rows(page.rows),
        "page": page,
        "text": text,
        "state": state,
        "states": [(one.name, _(one.label)) for one in LICENCE.states],
        "nav": "licences",
    }
    return render(request, "licensing/licences.html", context)


@require_http_methods(["GET", "POST"])
@office
def licence(request: OfficeRequest, number: str) -> HttpResponse:
    """One licence. POST decides whether the public sees its entry."""
    rows = Licence.objects.visible_to(request.user).select_related(
        "organisation",
        "authority",
        "register_entry__decided_by",
        "application",
    )
    found = get_object_or_404(rows, number=number)
    entry: RegisterEntry | None = getattr(found, "register_entry", None)
    may_publish = entry is not None and allowed(request.user, "licensing.publish", entry)
    form = PublicationForm(request.POST or None)
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        if entry is None or not may_publish:
            raise PermissionDenied("licensing.publish")
        if form.is_valid():
            try:
                publish_entry(entry, **form.cleaned_data, actor=request.user, at=timezone.now())
            except TransitionRefused as refused:
                problems = refused.problems
            else:
                messages.success(request, _("The publication decision is kept."))
                return redirect("licence", number=number)
    context = licence_context(request, found, entry) | {"form": form, "may_publish": may_publish, "problems": problems}
    return render(request, "licensing/licence.html", context, status=409 if problems else 200)


def licence_context(request: OfficeRequest, found: Licence, entry: RegisterEntry | None) -> dict[str, Any]:
    today = timezone.localdate()
    printed = newest_print(found)
    events = Event.objects.of(found).visible_to(request.user).select_related("actor", "on_behalf_of")
    people = ("made_by", "recommendation__made_by", "recommendation__countersigned_by")
    decision = get_object_or_404(found.application.decisions.select_related(*people), outcome="grant", annulled_at=None)
    return {
        "licence": found,
        "entry": entry,
        "publication_reason": _(entry.publication_reason) if entry and entry.publication_reason else "",
        "state": LICENCE.state(found.state),
        "state_label": _(LICENCE.state(found.state).label),
        "kind_name": _(found.permit.name),
        "paper": printed.document if printed else None,
        "filings": filings_about(found),
        "offers": ACTS.offered(found, request.user, timezone.now()),
        **standing(found),
        "recommendation": decision.recommendation,
        "decision": decision,
        "particulars": [(_(row["label"]), told(row["value"]) if row["value"] else "") for row in found.particulars],
        "terms": term_rows(Obligation.objects.of(found).visible_to(request.user), today),
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        "panels": licence_panels(OFFICE, found, request.user),
        "nav": "licences",
        **watching(ACTS, found, request.user),
    }


ANSWERS = {"yes": gettext_noop("yes"), "no": gettext_noop("no"), "unclear": gettext_noop("unclear")}


def standing(licence: Licence) -> dict[str, Any]:
    """What the holder may do in this state, and what was found and begun against the licence."""
    found = [
        {"reference": row.reference, "label": _(row.WORKFLOW.state(row.state).label)}
        for row in licence.breaches.order_by("-id")[:FOUND]
    ]
    begun = [
        {
            "reference": row.reference,
            "label": _(row.WORKFLOW.state(row.state).label),
            "act": row.get_act_display(),
        }
        for row in licence.measures.order_by("-id")[:FOUND]
    ]
    may = [
        {"words": _(one.label), "answer": _(ANSWERS[one.answer]), "ground": one.ground()}
        for one in may_while(licence.state, licence.kind)
    ]
    return {"breaches": found, "measures": begun, "may": may}


def filings_about(licence: Licence) -> list[dict[str, Any]]:
    """What was filed about the licence, the newest first."""
    rows = licence.filings.filter(submitted_at__isnull=False).order_by("-id")[:FOUND]
    return [
        {
            "reference": row.reference,
            "name": _(row.form.name),
            "filed_on": row.filed_on,
            "label": _(row.WORKFLOW.state(row.state).label),
            "tone": row.WORKFLOW.state(row.state).tone,
        }
        for row in rows
    ]


@require_GET
@office
def search(request: OfficeRequest) -> HttpResponse:
    """Cases and licences by number, BIN or name in any script; one hit alone is opened at once."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:200]
    cases: list[Any] = []
    held: list[dict[str, Any]] = []
    if len(text) >= 2:
        user = request.user
        found = Application.objects.visible_to(user).found_by(text)
        cases = Reader(timezone.localdate()).rows(read_values(found).order_by("-id")[: FOUND + 1])
        licences_found = Licence.objects.visible_to(user).found_by(text)
        held = licence_rows(licences_found.order_by("-id").values_list(*FIELDS)[: FOUND + 1])
        if len(cases) == 1 and not held:
            return HttpResponseRedirect(reverse("case", args=[cases[0].reference]))
        if len(held) == 1 and (not cases or held[0]["number"] == text.upper()):
            return HttpResponseRedirect(reverse("licence", args=[held[0]["number"]]))
    context = {
        "text": text,
        "cases": cases[:FOUND],
        "licences": held[:FOUND],
        "more": len(cases) > FOUND or len(held) > FOUND,
        "nav": "",
    }
    return render(request, "licensing/search.html", context)
