"""The account area of applicants and firms: organisations, their people, powers of attorney, keys."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from knox.models import AuthToken

from core import services
from core.days import told
from core.forms import ClaimForm, FirmForm, KeyForm, PersonForm, PowerForm
from core.models import Membership, Organisation, User
from core.services import Upload
from core.views import reader
from core.workflow import TransitionRefused


def attempt(form: forms.Form, act: Callable[[], Any]) -> Any:
    """Do an act; what refuses it becomes the form's errors, by field. None when it was refused."""
    try:
        return act()
    except TransitionRefused as refusal:
        for problem in refusal.problems:
            field = problem.field if problem.field in form.fields else None
            form.add_error(field, problem.text(told))
        return None


def standing_of(row: Membership) -> str:
    """The badge of a membership or mandate today."""
    today = timezone.localdate()
    if row.revoked_at:
        return "ended" if row.confirmed_at else "rejected"
    if not row.confirmed_at:
        return "pending"
    if row.valid_to and row.valid_to < today:
        return "expired"
    return "active" if row.valid_from <= today else "pending"


def with_standing(rows: QuerySet[Membership]) -> list[dict[str, Any]]:
    return [{"row": row, "standing": standing_of(row)} for row in rows]


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """Those I act for or have claimed, and the clients of my firms."""
    user = reader(request)
    today = timezone.localdate()
    mine = user.memberships.select_related("organisation").order_by("revoked_at", "-id")
    firms = user.memberships.valid(today).values("organisation")
    clients = Membership.objects.filter(firm__in=firms, revoked_at__isnull=True, valid_to__gte=today)
    clients = clients.select_related("organisation", "firm").order_by("valid_to", "id")
    context = {"mine": with_standing(mine[:200]), "clients": with_standing(clients[:200])}
    return render(request, "core/organisations.html", {**context, "nav": "account-organisations"})


def claim(request: HttpRequest) -> HttpResponse:
    """Say that one acts for an organisation."""
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        fields = {name: given[name] for name in ("identifier", "form", "registered_in", "address", "region")}
        made = attempt(
            form,
            lambda: services.claim_organisation(actor=reader(request), at=timezone.now(), names=form.names(), **fields),
        )
        if made:
            messages.success(request, gettext("Claimed. An official compares it with the registration record."))
            return redirect("account-organisations")
    return render(
        request, "core/claim.html", {"form": form, "nav": "account-organisations"}, status=409 if form.errors else 200
    )


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: its people, its powers of attorney, and the form to grant one."""
    user = reader(request)
    row = get_object_or_404(user.organisations(), pk=pk)
    may_grant = services.allowed(user, "core.grant_power_of_attorney", row)
    form = PowerForm(request.POST or None, request.FILES or None, today=timezone.localdate())
    if request.method == "POST":
        services.require(user, "core.grant_power_of_attorney", row)
        if form.is_valid() and attempt(form, lambda: granted(row, form, actor=user, at=timezone.now())):
            messages.success(request, gettext("The power of attorney is granted."))
            return redirect("account-organisation", pk=pk)
    rows = row.memberships.select_related("user", "firm").order_by("revoked_at", "-id")[:200]
    people = [{**one, "may_end": may_end(request, one["row"])} for one in with_standing(rows)]
    may_describe = row.form == "legal_entity" and services.allowed(user, "core.describe_firm", row)
    context = {"organisation": row, "people": people, "may_grant": may_grant, "form": form}
    context["may_describe"] = may_describe
    status = 409 if form.errors else 200
    return render(request, "core/organisation.html", {**context, "nav": "account-organisations"}, status=status)


def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """What the organisation says of itself for the public register."""
    user = reader(request)
    row = get_object_or_404(user.organisations(), pk=pk)
    services.require(user, "core.describe_firm", row)
    form = FirmForm.of(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: services.describe_firm(row, **given, actor=user, at=timezone.now())):
            messages.success(request, gettext("Saved."))
            return redirect("account-organisation", pk=pk)
    context = {"organisation": row, "form": form, "nav": "account-organisations"}
    return render(request, "core/describe.html", context, status=409 if form.errors else 200)


def granted(client: Organisation, form: PowerForm, *, actor: User, at: datetime) -> Membership:
    """The power of attorney that a form grants, with its paper where one was sent."""
    given = dict(form.cleaned_data)
    sent = given.pop("file")
    paper = Upload(sent.name, sent.file) if sent else None
    return services.grant_power_of_attorney(organisation=client, document=paper, actor=actor, at=at, **given)


def may_end(request: HttpRequest, row: Membership) -> bool:
    return row.revoked_at is None and services.allowed(reader(request), "core.revoke_membership", row)


def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership, a claim or a power of attorney; asked once more before it is done."""
    user = reader(request)
    row = get_object_or_404(Membership.objects.visible_to(user).select_related("organisation", "user", "firm"), pk=pk)
    services.require(user, "core.revoke_membership", row)
    if request.method == "POST":
        services.revoke_membership(row, actor=user, at=timezone.now())
        messages.success(request, gettext("Ended. It no longer lets anybody act."))
        return redirect("account-organisations")
    return render(request, "core/end_membership.html", {"row": row, "nav": "account-organisations"})


@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """API keys; a new one is shown once, in the answer that makes it."""
    user, secret = reader(request), ""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        days = timedelta(days=form.cleaned_data["days"])
        made = attempt(form, lambda: services.make_key(user, actor=user, at=timezone.now(), expiry=days))
        secret = made[1] if made else ""
    rows = AuthToken.objects.filter(user=user).order_by("-created")
    context = {"form": KeyForm() if secret else form, "keys": rows, "secret": secret, "now": timezone.now()}
    return render(request, "core/keys.html", {**context, "nav": "account-keys"})


@require_POST
def end_key(request: HttpRequest, key: str) -> HttpResponse:
    """Revoke one of my keys at once."""
    user = reader(request)
    row = get_object_or_404(AuthToken, user=user, token_key=key)
    services.revoke_key(row, actor=user, at=timezone.now())
    messages.success(request, gettext("The key is revoked; nothing more is answered to it."))
    return redirect("account-keys")


def profile(request: HttpRequest) -> HttpResponse:
    """My name, and the language in which letters reach me."""
    user = reader(request)
    form = PersonForm.of(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.edit_person(User.objects.get(pk=user.pk), actor=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("account-profile")
    return render(request, "core/profile.html", {"form": form})
