"""The list of approved assets in the office: all entries, proposing one, and the file of one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.models import Event, User
from core.services import allowed
from core.views.account import attempt
from exchanges import services
from exchanges.forms.approved import AssetsForm, NewAssetForm
from exchanges.models import ApprovedAsset
from exchanges.models.approved import OPEN
from exchanges.views.acts.approved import ACTS, find
from exchanges.views.open_approved import limit_words, shared_symbols
from law.offers import list_in_force
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.wording import timeline_row


@require_safe
@office
def asset_list(request: OfficeRequest) -> HttpResponse:
    """Entries of one's authority, the newest first."""
    form = AssetsForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    rows = ApprovedAsset.objects.filter(authority=request.user.authority_id).found_by(given.get("q") or "")
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    shared = shared_symbols(page.rows, timezone.localdate())
    context = {
        "form": form,
        "page": page,
        "lines": [{"row": row, "shared": row.symbol in shared} for row in page.rows],
        "narrowed": any(given.values()),
        "may_propose": may_propose(request.user),
        "rule": list_in_force(timezone.localdate()),
        "nav": "asset-list",
    }
    return render(request, "exchanges/asset_list.html", context)


def may_propose(user: User) -> bool:
    authority = user.authority
    return authority is not None and allowed(user, "exchanges.propose_asset", ApprovedAsset(authority=authority))


@require_http_methods(["GET", "POST"])
@office
def new_asset(request: OfficeRequest) -> HttpResponse:
    """Propose an entry; everything wrong with it is told at once."""
    authority = request.user.authority
    if authority is None or not may_propose(request.user):
        raise PermissionDenied("exchanges.propose_asset")
    form = NewAssetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        if row := attempt(form, lambda: services.propose_asset(authority, **given)):
            messages.success(request, _("The asset is before a head."))
            return redirect("approved-asset", reference=row.reference)
    context = {"form": form, "nav": "asset-list"}
    return render(request, "exchanges/new_asset.html", context, status=409 if form.errors else 200)


@require_safe
@office
def approved_asset(request: OfficeRequest, reference: str) -> HttpResponse:
    """The file of one: what it says, who entered it, the acts, its history."""
    row, today = find(request.user, reference), timezone.localdate()
    events = Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of")
    context = {
        "row": row,
        "limit": limit_words(row),
        "shared": row.symbol in shared_symbols([row], today),
        "is_open": row.state in OPEN,
        "rule": list_in_force(row.first_day),
        "offers": ACTS.offered(row, request.user, timezone.now()),
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        "nav": "asset-list",
    }
    return render(request, "exchanges/approved_asset.html", context)
