"""Warnings in the office: the list of one's authority, proposing one, and the file of one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.models import Authority, Event, User
from core.services import allowed
from core.views.account import attempt
from exchanges import services
from exchanges.forms.warnings import ProposeForm, WarningsForm
from exchanges.models import MarketTip, MarketWarning
from exchanges.models.warnings import OPEN
from exchanges.views.acts.tip import find as find_tip
from exchanges.views.acts.warning import ACTS, find
from exchanges.views.open_warnings import narrowed
from law.market import KINDS
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.register import ground_words
from licensing.wording import timeline_row


@require_safe
@office
def warnings(request: OfficeRequest) -> HttpResponse:
    """Those of one's authority, the newest first."""
    form = WarningsForm(request.GET)
    rows = narrowed(form, MarketWarning.objects.filter(authority=request.user.authority_id))
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "form": form,
        "page": page,
        "lines": [
            {"row": row, "kind": _(KINDS[row.kind]), "doubtful": any(look.is_doubtful for look in row.looks)}
            for row in page.rows
        ],
        "narrowed": any(form.cleaned_data.values()),
        "may_propose": may_propose(request.user),
        "nav": "warnings",
    }
    return render(request, "exchanges/warnings.html", context)


def may_propose(user: User) -> bool:
    authority = user.authority
    return authority is not None and allowed(user, "exchanges.propose_warning", MarketWarning(authority=authority))


@require_http_methods(["GET", "POST"])
@office
def new_warning(request: OfficeRequest) -> HttpResponse:
    """Propose an entry, of a tip where `?tip=` names one; everything wrong with it is told at once."""
    authority = request.user.authority
    if authority is None or not may_propose(request.user):
        raise PermissionDenied("exchanges.propose_warning")
    tip = find_tip(request.user, request.GET["tip"]) if request.GET.get("tip") else None
    form = ProposeForm(request.POST if request.method == "POST" else None, initial=told_by(tip) if tip else None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.given(), "actor": request.user, "at": timezone.now()}
        if row := attempt(form, lambda: warned_of(tip, authority, given)):
            messages.success(request, _("The warning is before a head."))
            return redirect("warning", reference=row.reference)
    context = {"form": form, "tip": tip, "nav": "warnings"}
    return render(request, "exchanges/new_warning.html", context, status=409 if form.errors else 200)


def warned_of(tip: MarketTip | None, authority: Authority, given: dict[str, Any]) -> MarketWarning:
    if tip is not None:
        return services.warn_of_tip(tip, **given)
    return services.propose_warning(authority, **given)


def told_by(tip: MarketTip) -> dict[str, Any]:
    """What a warning begins with when it is proposed of a tip; its text is the official's own."""
    return {
        "kind": tip.kind,
        "name": tip.title,
        "brands": "\n".join(tip.names[1:]),
        "domains": "\n".join(tip.domains),
        "since": timezone.localdate(tip.created_at),
    }


@require_safe
@office
def warning(request: OfficeRequest, reference: str) -> HttpResponse:
    """The file of one: what it says, how its domains look, its grounds, the acts, its history."""
    row = find(request.user, reference)
    events = Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of")
    context = {
        "row": row,
        "kind": _(KINDS[row.kind]),
        "is_open": row.state in OPEN,
        "doubtful": any(look.is_doubtful for look in row.looks),
        "grounds": [{"ground": ground, "words": ground_words(ground)} for ground in row.rules],
        "offers": ACTS.offered(row, request.user, timezone.now()),
        "tips": MarketTip.objects.visible_to(request.user).filter(warning=row),
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        "nav": "warnings",
    }
    return render(request, "exchanges/warning.html", context)
