"""What is offered: for holders their own declarations, for officials those of their licences and what was seen."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Obligation
from core.services import allowed
from core.views import reader
from core.views.account import attempt
from exchanges import services
from exchanges.forms.offers import DeclareForm, EndOfferForm, ObserveForm
from exchanges.models import ObservedOffer, OfferDifference, OfferedAsset
from exchanges.models.offers import DIFFERENCES
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.workflow import LIVE


def offer_lines(rows: Iterable[OfferedAsset]) -> list[dict[str, Any]]:
    """Offers with what differs from the list and what is owed, in two queries."""
    rows = list(rows)
    ids = [row.pk for row in rows]
    differing: dict[int, list[OfferDifference]] = {}
    for one in OfferDifference.objects.filter(offer__in=ids).select_related("breach").order_by("id"):
        differing.setdefault(one.offer_id or 0, []).append(one)
    owed = Obligation.objects.open().filter(subject_type=OfferedAsset._meta.label_lower, subject_id__in=ids)
    dues = {row.subject_id: row for row in owed}
    return [
        {
            "row": row,
            "differences": [(_(DIFFERENCES[one.kind]), one) for one in differing.get(row.pk, [])],
            "due": dues.get(row.pk),
        }
        for row in rows
    ]


@require_GET
def own_offers(request: HttpRequest) -> HttpResponse:
    """What the organisations declared for which one acts, the newest first."""
    user = reader(request)
    if user.is_official:
        return redirect("office-offers")
    rows = OfferedAsset.objects.visible_to(user).select_related("organisation", "asset")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    may = services.offering_licences(user).filter(state__in=LIVE).exists()
    context = {"lines": offer_lines(page.rows), "page": page, "may_declare": may, "nav": "account"}
    return render(request, "exchanges/own_offers.html", context)


@require_http_methods(["GET", "POST"])
def new_offer(request: HttpRequest) -> HttpResponse:
    """Declare an offer; everything wrong with it is told at once."""
    user = reader(request)
    if user.is_official:
        raise PermissionDenied("exchanges.declare_offer")
    form = DeclareForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.given(), "actor": user, "at": timezone.now()}
        if attempt(form, lambda: services.declare_offer(form.cleaned_data["licence"], **given)):
            messages.success(request, _("The offer is declared."))
            return redirect("own-offers")
    context = {"form": form, "nav": "account"}
    return render(request, "exchanges/new_offer.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end_offer(request: HttpRequest, reference: str) -> HttpResponse:
    """Declare the end of an offer."""
    user = reader(request)
    rows = OfferedAsset.objects.visible_to(user).select_related("organisation", "licence", "asset")
    row = get_object_or_404(rows, reference=reference)
    if not allowed(user, "exchanges.declare_offer", row):
        raise PermissionDenied("exchanges.declare_offer")
    form = EndOfferForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": user, "at": timezone.now()}
        if attempt(form, lambda: services.end_offer(row, **given)):
            messages.success(request, _("The end of the offer is declared."))
            return redirect("own-offers")
    context = {"form": form, "row": row, "nav": "account"}
    return render(request, "exchanges/end_offer.html", context, status=409 if form.errors else 200)


@require_GET
@office
def office_offers(request: OfficeRequest) -> HttpResponse:
    """Declared offers of one's licences, the newest first."""
    rows = OfferedAsset.objects.visible_to(request.user).select_related("organisation", "asset")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {"lines": offer_lines(page.rows), "page": page, "nav": "asset-list"}
    return render(request, "exchanges/office_offers.html", context)


@require_GET
@office
def observed_offers(request: OfficeRequest) -> HttpResponse:
    """What officials saw, the newest first."""
    rows = ObservedOffer.objects.visible_to(request.user).select_related("organisation", "asset", "observed_by")
    page = page_newest(rows.prefetch_related("differences__breach"), Cursor.read(request.GET.get("cursor", "")), PAGE)
    lines = [
        {"row": row, "differences": [(_(DIFFERENCES[one.kind]), one) for one in row.differences.all()]}
        for row in page.rows
    ]
    return render(request, "exchanges/observed_offers.html", {"lines": lines, "page": page, "nav": "asset-list"})


@require_http_methods(["GET", "POST"])
@office
def observe(request: OfficeRequest) -> HttpResponse:
    """Enter what was seen; everything wrong with it is told at once."""
    if not allowed(request.user, "exchanges.observe_offer", ObservedOffer(authority=request.user.authority)):
        raise PermissionDenied("exchanges.observe_offer")
    form = ObserveForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.given(), "actor": request.user, "at": timezone.now()}
        if attempt(form, lambda: services.observe_offer(form.cleaned_data["licence"], **given)):
            messages.success(request, _("What was seen is entered and compared with the list."))
            return redirect("observed-offers")
    context = {"form": form, "nav": "asset-list"}
    return render(request, "exchanges/observe_offer.html", context, status=409 if form.errors else 200)
