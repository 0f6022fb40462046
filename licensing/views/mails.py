"""Mails that did not arrive, in the cases of an official's own authority: why, to whom, about what; sent once more."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from core.models import Notification, User
from core.services import allowed, message, send_again
from core.views.house import newest
from licensing.models import Clarification
from licensing.views.access import OfficeRequest, office

#: The page of what an event hangs on, where its reference is the page's name.
PAGES = {
    "licensing.application": "case",
    "licensing.licence": "licence",
    "licensing.breach": "breach",
    "licensing.measure": "measure",
    "licensing.appeal": "appeal",
    "licensing.objection": "objection",
}


def troubled(user: User) -> QuerySet[Notification]:
    """The mails of the official's authority that did not arrive."""
    rows: QuerySet[Notification] = Notification.objects.troubled().of_authority(user)
    return rows


@require_safe
@office
def mails(request: OfficeRequest) -> HttpResponse:
    """The newest first; each with what the mail server said and the day of the next attempt."""
    unconfirmed = User.objects.get_queryset().without_confirmed_address().filter(pk=OuterRef("recipient"))
    rows = Notification.objects.troubled().of_authority(request.user).annotate(unconfirmed=Exists(unconfirmed))
    page, following = newest(rows.select_related("recipient", "event"), request.GET.get("cursor", ""))
    context = {
        "lines": lines(page, request.user),
        "next": following,
        "nav": "mails",
    }
    return render(request, "licensing/mails.html", context)


def lines(page: Iterable[Notification], user: User) -> list[dict[str, Any]]:
    asked = [row.event.subject_id for row in page if row.event and row.event.subject_type == CLARIFICATION]
    requests = dict(Clarification.objects.filter(pk__in=asked).values_list("pk", "reference")) if asked else {}
    return [
        {
            "row": row,
            "subject": message(row)[0],
            "address": address_of(row, requests),
            "since": row.bounced_at or row.created_at,
            "may_send": allowed(user, "core.send_again", row),
        }
        for row in page
    ]


CLARIFICATION = Clarification._meta.label_lower


def address_of(row: Notification, requests: dict[int, str]) -> str:
    """The officers' page of what the mail was about; empty where it has none."""
    if row.event is None:
        return ""
    if row.event.subject_type == CLARIFICATION:
        found = requests.get(row.event.subject_id)
        return reverse("clarification-request", args=[found]) if found else ""
    page = PAGES.get(row.event.subject_type)
    return reverse(page, args=[row.event.reference]) if page and row.event.reference else ""


@require_POST
@office
def mail_again(request: OfficeRequest, pk: int) -> HttpResponse:
    """Have one sent once more."""
    row = get_object_or_404(Notification.objects.of_authority(request.user), pk=pk)
    send_again(row, actor=request.user, at=timezone.now())
    messages.success(request, gettext("The message goes out again."))
    return redirect("mails")
