"""The file outbox, to read: where the product runs on one machine and no mail leaves it. Administrators only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.mail import outbox_is_read, stored_mail, stored_mails
from core.services import allowed
from core.views.house import PAGE

P = ParamSpec("P")


def administrators(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For administrators, where the outbox is read at all; to everybody else the page is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not outbox_is_read() or not allowed(request.user, "core.read_outbox", request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@administrators
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All mails that were written, the newest first."""
    mails, following = stored_mails(request.GET.get("cursor", ""), PAGE)
    return render(request, "core/house/outbox.html", {"mails": mails, "next": following, "nav": "house"})


@administrators
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its headers, its text, the names of what is attached."""
    found = stored_mail(name)
    if found is None:
        raise Http404
    return render(request, "core/house/mail.html", {"mail": found, "nav": "house"})
