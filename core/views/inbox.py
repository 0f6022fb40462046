"""The inbox: what a person was told, in the language of the page, newest first; his own only."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from core.models import Notification, User
from core.services import message
from core.views import reader

PAGE = 25


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Messages, those older than ?cursor= on later pages."""
    user = reader(request)
    rows = Notification.objects.filter(recipient=user, channel=Notification.INBOX)
    unread = rows.filter(read_at__isnull=True).order_by()[:100].count()
    cursor = request.GET.get("cursor", "")
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__lt=int(cursor))
    page = list(rows.select_related("event").order_by("-id")[: PAGE + 1])
    lines = [line_of(row, user) for row in page[:PAGE]]
    following = str(page[PAGE - 1].pk) if len(page) > PAGE else ""
    context = {"lines": lines, "unread": unread, "next": following, "cursor": cursor, "nav": "inbox"}
    return render(request, "core/inbox.html", context)


def line_of(row: Notification, user: User) -> dict[str, object]:
    row.recipient = user  # the rows are his own: no query for each
    subject, body = message(row)
    body = body.replace(f"{settings.SITE_URL}{row.path}", "").strip()  # the mail's link; here a button leads there
    return {"pk": row.pk, "at": row.created_at, "subject": subject, "body": body, "path": row.path, "read": row.read_at}


@require_POST
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and go where it leads."""
    row = get_object_or_404(Notification, recipient=reader(request), pk=pk, channel=Notification.INBOX)
    Notification.objects.filter(pk=row.pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(row.path if row.path.startswith("/") and not row.path.startswith("//") else "inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every message as read."""
    rows = Notification.objects.filter(recipient=reader(request), channel=Notification.INBOX, read_at__isnull=True)
    rows.update(read_at=timezone.now())
    return redirect("inbox")
