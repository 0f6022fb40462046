"""The desk of a firm: its clients, its matters, its checks for conflicts. Read by the firm's members alone."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Membership
from core.views import reader
from core.views.account import attempt
from licensing import services
from licensing.forms.matters import CheckForm, EditMatterForm, MatterForm, PartyForm
from licensing.models import ConflictCheck, Matter
from licensing.models.matters import ROLES, own_firms
from licensing.services.conflicts import ROLE_WORDS
from licensing.views.keyset import Cursor, page_newest

PAGE, CLIENTS = 25, 200
SOON = timedelta(days=30)  # an end of a power of attorney that lies nearer is marked


def own_matters(request: HttpRequest) -> Any:
    rows = Matter.objects.visible_to(reader(request))
    return rows.select_related("organisation", "client", "lawyer", "check_made")


def ends_by(row: Membership, on: date) -> bool:
    return row.valid_to is not None and row.valid_to <= on


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """My firms' clients with the end of each power of attorney, and their matters, the newest first."""
    user, today = reader(request), timezone.localdate()
    if user.is_official:
        return redirect("account")
    mandates = Membership.objects.valid(today).filter(firm__in=own_firms(user)).select_related("organisation", "firm")
    rows, state = own_matters(request), request.GET.get("state", "")
    if state in ("open", "closed"):
        rows = rows.filter(closed_on__isnull=state == "open")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "clients": [
            {"row": row, "soon": ends_by(row, today + SOON)} for row in mandates.order_by("valid_to", "id")[:CLIENTS]
        ],
        "page": page,
        "state": state,
        "member": own_firms(user).exists(),
        "nav": "desk",
    }
    return render(request, "public/desk.html", context)


@require_http_methods(["GET", "POST"])
def conflict_checks(request: HttpRequest) -> HttpResponse:
    """The checks that were made, the newest first, and the form for another."""
    user = reader(request)
    form = CheckForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        firm, at = form.cleaned_data["organisation"], timezone.now()
        made = attempt(form, lambda: services.check_conflicts(firm, asked=form.asked(), actor=user, at=at))
        if made:
            return redirect("conflict-check", reference=made.reference)
    rows = ConflictCheck.objects.visible_to(user).select_related("organisation", "made_by")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {"form": form, "page": page, "nav": "desk"}
    return render(request, "public/conflict_checks.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def conflict_check(request: HttpRequest, reference: str) -> HttpResponse:
    """What a check found, as it was kept; and the form of the matter that it allows."""
    user = reader(request)
    rows = ConflictCheck.objects.visible_to(user).select_related("organisation", "made_by")
    check = get_object_or_404(rows, reference=reference)
    form = MatterForm(request.POST or None, check=check, user=user, initial=first_asked(check))
    if request.method == "POST" and form.is_valid():
        act = partial(services.open_matter, check.organisation, check=check, actor=user, at=timezone.now())
        if made := attempt(form, lambda: act(**form.given())):
            messages.success(request, gettext("The matter is opened."))
            return redirect("matter", reference=made.reference)
    found = [one | {"words": ROLE_WORDS.get(one["role"], one["role"])} for one in check.found]
    context = {"check": check, "found": found, "form": form, "nav": "desk"}
    return render(request, "public/conflict_check.html", context, status=409 if form.errors else 200)


def first_asked(check: ConflictCheck) -> dict[str, str]:
    return {"client_name": next((one["name"] for one in check.asked), "")}


@require_http_methods(["GET", "POST"])
def matter(request: HttpRequest, reference: str) -> HttpResponse:
    """One matter: its client, cases, parties and notes; changed here while it is open."""
    row = get_object_or_404(own_matters(request), reference=reference)
    form = EditMatterForm(request.POST or None, matter=row)
    if request.method == "POST" and form.is_valid():
        act = partial(services.edit_matter, row, actor=reader(request), at=timezone.now(), version=sent(request))
        if attempt(form, lambda: act(**form.given())):
            messages.success(request, gettext("Saved."))
            return redirect("matter", reference=reference)
    context = {
        "row": row,
        "parties": [(one, ROLES[one.role]) for one in row.parties.all()],
        "notes": row.notes.filter(taken_off_at__isnull=True).order_by("-id")[:50],
        "form": form,
        "open": row.closed_on is None,
        "nav": "desk",
    }
    return render(request, "public/matter.html", context, status=409 if form.errors else 200)


def sent(request: HttpRequest) -> int | None:
    """The version that the page showed."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


@require_http_methods(["GET", "POST"])
def new_party(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody comes into the matter: he is looked for first, and what is found is answered."""
    user, row = reader(request), get_object_or_404(own_matters(request), reference=reference)
    form, check = PartyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        party, at = form.party(), timezone.now()
        asked = [services.Asked(party.name, party.identifier)]
        check = attempt(form, lambda: services.check_conflicts(row.organisation, asked=asked, actor=user, at=at))
        given = {"check": check, "clearance": form.cleaned_data["clearance"], "actor": user, "at": at}
        if check and attempt(form, lambda: services.add_party(row, party, **given)):
            messages.success(request, gettext("Saved."))
            return redirect("matter", reference=reference)
    found = [one | {"words": ROLE_WORDS.get(one["role"], one["role"])} for one in (check.found if check else [])]
    context = {"row": row, "form": form, "check": check, "found": found, "nav": "desk"}
    return render(request, "public/new_party.html", context, status=409 if form.errors else 200)


@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close an open matter, open a closed one again."""
    row = get_object_or_404(own_matters(request), reference=reference)
    act = services.close_matter if row.closed_on is None else services.reopen_matter
    act(row, actor=reader(request), at=timezone.now(), version=sent(request))
    messages.success(request, gettext("Saved."))
    return redirect(reverse("matter", args=[reference]))
