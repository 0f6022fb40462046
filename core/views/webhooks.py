"""Webhooks in the account area: the organisation's own people make them and see what was sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import services
from core.forms import WebhookForm
from core.models import Organisation, User, Webhook, WebhookDelivery
from core.services import announced
from core.views import reader
from core.views.account import attempt

PAGE = 25


def own(user: User) -> Any:
    """Organisations that the reader himself belongs to."""
    valid = user.memberships.valid(timezone.localdate()).values("organisation")
    return Organisation.objects.filter(pk__in=valid).order_by("pk")


def find(request: HttpRequest, pk: int) -> Webhook:
    rows = Webhook.objects.visible_to(reader(request)).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


@never_cache
def hooks(request: HttpRequest) -> HttpResponse:
    """The webhooks, and the form to make one; its secret is shown in the answer alone."""
    user, made = reader(request), None
    form = WebhookForm(request.POST or None, organisations=own(user))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.make_webhook(actor=user, at=timezone.now(), **form.cleaned_data))
    rows = Webhook.objects.visible_to(user).select_related("organisation").order_by("id")[:200]
    shown = {"made": made[0], "secret": made[1], "form": WebhookForm(organisations=own(user))} if made else {}
    context = {"hooks": rows, "form": form, "made": None, "secret": "", "may_make": own(user).exists(), **shown}
    return render(request, "core/webhooks.html", {**context, "nav": "webhooks"}, status=409 if form.errors else 200)


@never_cache
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook: its settings, its acts, its log."""
    row = find(request, pk)
    form = WebhookForm(request.POST or None, initial={"url": row.url, "verbs": row.verbs})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: services.edit_webhook(row, actor=reader(request), at=timezone.now(), **given)):
            messages.success(request, gettext("Saved."))
            return redirect("webhook", pk=pk)
    return shown(request, row, form)


def shown(request: HttpRequest, row: Webhook, form: WebhookForm, secret: str = "") -> HttpResponse:
    rows = WebhookDelivery.objects.filter(webhook=row).select_related("event").order_by("-id")
    cursor = request.GET.get("cursor", "")
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__lt=int(cursor))
    page = list(rows[: PAGE + 1])
    lines = [line_of(one) for one in page[:PAGE]]
    now = timezone.now()
    context = {
        "hook": row,
        "verbs": [gettext(announced().get(verb, verb)) for verb in row.verbs],
        "overlap": row.previous_until if row.previous_until and row.previous_until > now else None,
        "lines": lines,
        "next": str(page[PAGE - 1].pk) if len(page) > PAGE else "",
        "cursor": cursor,
        "form": form,
        "secret": secret,
        "nav": "webhooks",
    }
    return render(request, "core/webhook.html", context, status=409 if form.errors else 200)


def line_of(row: WebhookDelivery) -> dict[str, Any]:
    label = announced().get(row.event.verb, "")
    return {"row": row, "what": gettext(label) if label else gettext("Test"), "reference": row.event.reference}


@require_POST
@never_cache
def new_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new secret, and show it in the answer alone."""
    row, secret = services.rotate_secret(find(request, pk), actor=reader(request), at=timezone.now())
    return shown(request, find(request, pk), WebhookForm(initial={"url": row.url, "verbs": row.verbs}), secret)


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    services.send_test(find(request, pk), actor=reader(request), at=timezone.now())
    messages.success(request, gettext("A test is on its way; the log below says what comes of it."))
    return redirect("webhook", pk=pk)


@require_POST
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn the webhook on or off."""
    on = request.POST.get("active") == "1"
    services.edit_webhook(find(request, pk), active=on, actor=reader(request), at=timezone.now())
    messages.success(request, gettext("Turned on.") if on else gettext("Turned off."))
    return redirect("webhook", pk=pk)


@require_POST
def again(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    row = get_object_or_404(WebhookDelivery.objects.select_related("webhook"), webhook=find(request, pk), pk=delivery)
    services.send_delivery_again(row, actor=reader(request), at=timezone.now())
    messages.success(request, gettext("It is sent again, under the same webhook-id."))
    return redirect("webhook", pk=pk)


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """End a webhook; asked once more before it is done."""
    row = find(request, pk)
    if request.method == "POST":
        services.remove_webhook(row, actor=reader(request), at=timezone.now())
        messages.success(request, gettext("The webhook is removed."))
        return redirect("webhooks")
    consequences = [
        gettext("The server is called no more, and what waits for it is forgotten."),
        gettext("The log of what was sent is forgotten too."),
    ]
    return render(request, "core/webhook_remove.html", {"hook": row, "consequences": consequences, "nav": "webhooks"})
