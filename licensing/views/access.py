"""What every office page starts with: who may be here, which case, whole page or part."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.models import User
from core.services import allowed
from licensing.models import Application

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


class OfficeRequest(HttpRequest):
    """A request of an official."""

    user: User


def office(
    view: Callable[Concatenate[OfficeRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For officials only: to everybody else the page is not there, except that start pages lead them to their own."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not getattr(request.user, "is_official", False):
            if request.method == "GET" and not args and not kwargs:
                return redirect("start")
            raise Http404(_("There is nothing here"))
        return view(cast(OfficeRequest, request), *args, **kwargs)

    return guarded


def kept_by(permission: str) -> Callable[[View], View]:
    """To officials without a permission, asked of themselves, the page is not there; the view judges everybody else."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if getattr(user, "is_official", False) and not allowed(user, permission, user):
                raise Http404(_("There is nothing here"))
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def case_or_404(user: User, reference: str) -> Application:
    """A filing that the reader sees, with its people: one query. Its particulars are read when they are asked for."""
    people = ("authority", "organisation", "assigned_to", "created_by", "started_from", "concerning__organisation")
    return get_object_or_404(Application.objects.visible_to(user).select_related(*people), reference=reference)


def respond(
    request: HttpRequest, page: str, part: str, context: Mapping[str, Any], *, target: str, status: int = 200
) -> HttpResponse:
    """The whole page, or for HTMX the part with the id `target` alone: the page includes the same template."""
    htmx: Any = getattr(request, "htmx", None)
    alone = bool(htmx) and htmx.target == target and not htmx.history_restore_request
    return render(request, part if alone else page, dict(context), status=status)
