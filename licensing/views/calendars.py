"""All terms of those I act for, day by day; and the same at a secret address for a calendar program."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.limits import limited
from core.models import Obligation
from core.views import reader
from licensing import services
from licensing.models import CalendarFeed
from licensing.views.account import term_line
from licensing.views.keyset import Cursor, page_by_due

PAGE = 50


@never_cache
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Open terms by day, the next first; the secret address is shown once, in the answer that makes it."""
    user, secret = reader(request), ""
    if user.is_official:
        return redirect("account")
    if request.method == "POST" and request.POST.get("act") == "end":
        services.end_feed(user, actor=user, at=timezone.now())
        messages.success(request, gettext("Nothing answers at the address any more."))
        return redirect("terms-calendar")
    if request.method == "POST":
        secret = services.make_feed(user, actor=user, at=timezone.now())
    rows, today = terms_of(request), timezone.localdate()
    page = page_by_due(rows.values_list("due_on", "pk"), Cursor.read(request.GET.get("cursor", "")), PAGE)
    found = rows.select_related("organisation").in_bulk([pk for _day, pk in page.rows])
    lines = [term_line(found[pk], today) for _day, pk in page.rows]
    context = {
        "days": [(day, list(these)) for day, these in groupby(lines, key=lambda line: line["due_on"])],
        "page": page,
        "address": request.build_absolute_uri(reverse("calendar-feed", args=[secret])) if secret else "",
        "feed": CalendarFeed.objects.visible_to(user).first(),
        "nav": "desk",
    }
    return render(request, "public/terms_calendar.html", context)


def terms_of(request: HttpRequest) -> Any:
    user = reader(request)
    return Obligation.objects.visible_to(user).open().filter(organisation__in=user.organisations())


@login_not_required
@require_safe
@limited("calendar-feed", per_minute=20)
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The terms of whoever was given this address, as iCalendar; whoever knows it reads them."""
    user = services.owner_of(secret)
    if user is None:
        raise Http404
    response = HttpResponse(services.calendar_of(user, at=timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="terms.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
