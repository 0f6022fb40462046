"""Tips in the office: the list of one's authority and the file of one, with what may tell of the same."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.models import Document, Event, User
from core.regions import REGIONS
from core.services import allowed, log_access
from exchanges import services
from exchanges.forms.tips import TipsForm
from exchanges.models import MarketTip
from exchanges.views.acts.tip import ACTS, find
from law.market import KINDS
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.referrals import card, rows_about
from licensing.views.register import ground_words
from licensing.views.work import Waiting
from licensing.wording import timeline_row


def waiting_tips(user: User) -> Any:
    """Tips that nobody of the authority has taken, for who may."""
    if not allowed(user, "exchanges.triage_tip", MarketTip(authority=user.authority)):
        return None
    return MarketTip.objects.visible_to(user).waiting()


def said_of(count: int) -> str:
    return ngettext("%(n)s tip waits for triage", "%(n)s tips wait for triage", count) % {"n": count}


TO_TRIAGE = Waiting(waiting_tips, said_of, lambda: f"{reverse('tips')}?state=received")


def narrowed(form: TipsForm, rows: Any) -> Any:
    """The tips that the form asks for; fields with errors are passed over."""
    form.is_valid()
    given = form.cleaned_data
    if text := str(given.get("q") or "").strip():
        rows = rows.found_by(text)
    return rows.filter(**{name: given[name] for name in ("kind", "state", "region") if given.get(name)})


@require_safe
@office
def tips(request: OfficeRequest) -> HttpResponse:
    """Those of one's authority, the newest first."""
    form = TipsForm(request.GET)
    rows = narrowed(form, MarketTip.objects.visible_to(request.user))
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "form": form,
        "page": page,
        "lines": [
            {"row": row, "kind": _(KINDS[row.kind]), "region": _(REGIONS[row.region]) if row.region else ""}
            for row in page.rows
        ],
        "narrowed": any(form.cleaned_data.values()),
        "nav": "tips",
    }
    return render(request, "exchanges/tips.html", context)


@require_safe
@office
def tip(request: OfficeRequest, reference: str) -> HttpResponse:
    """The file of one. It holds what a person told, so that each look is logged."""
    row, at = find(request.user, reference), timezone.now()
    handles = allowed(request.user, "exchanges.triage_tip", row)
    if not (handles or request.user.role in ("inspector", "auditor", "administrator")):
        raise PermissionDenied("exchanges.triage_tip")
    log_access(row, actor=request.user, at=at)
    events = Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of")
    context = {
        "row": row,
        "kind": _(KINDS[row.kind]),
        "region": _(REGIONS[row.region]) if row.region else "",
        "handles": handles,
        "may_warn": handles and row.state == "in_triage",
        "why_here": {"ground": row.rule, "words": ground_words(row.rule)},
        "files": Document.objects.of(row).current().visible_to(request.user),
        "alike": services.alike_tips(row),
        "warnings": services.alike_warnings(row),
        "panel": card("tip", row, row.reference, request.user, rows_about(row, request.user)),
        "offers": ACTS.offered(row, request.user, at),
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        "nav": "tips",
    }
    return render(request, "exchanges/tip.html", context)
