"""The page of every act: what it asks for and does, then the act itself."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing.forms import ActForm
from licensing.views.access import OfficeRequest, office, respond
from licensing.views.acts import Act, Offer, Table


def act_page(table: Table) -> Callable[..., HttpResponseBase]:
    """The view of all acts of a table."""

    @require_http_methods(["GET", "POST"])
    @office
    def view(request: OfficeRequest, reference: str, name: str) -> HttpResponse:
        return act_view(request, table, table.find(request.user, reference), table.act(name))

    return view


def act_view(request: OfficeRequest, table: Table, case: Any, act: Act) -> HttpResponse:
    """GET shows what the act asks for and does, POST takes it. `redraw` only draws the letter again."""
    posted = request.method == "POST"
    taking = posted and "redraw" not in request.POST
    offer = table.offer(act, case, request.user, timezone.now())
    if not offer.allowed and (taking or not offer.problems):
        raise PermissionDenied(act.name)
    data, files = (request.POST, request.FILES) if posted else (None, None)
    form = act.form(data, files, case=case, actor=request.user, initial=request.GET.dict())
    problems: tuple[Problem, ...] = ()
    if taking and form.is_valid():
        try:
            return taken(request, table, case, act, form)
        except TransitionRefused as refused:
            if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
                raise
            problems = refused.problems
    status = 409 if problems else 422 if taking else 200
    context = act_context(request, table, case, offer, form) | {"problems": problems}
    return respond(request, "licensing/act.html", "licensing/act_paper.html", context, target="paper", status=status)


def taken(request: HttpRequest, table: Table, case: Any, act: Act, form: ActForm) -> HttpResponseRedirect:
    """Take the act on the case as the actor saw it, say so, and go on to what it made, or back to the case."""
    version = form.cleaned_data.get("version") if act.versioned else None
    with transaction.atomic():
        table.hold(case)
        fresh = locked(case, version=version)
        made = act.take(fresh, form.cleaned_data, actor=form.actor, at=timezone.now())
    messages.success(request, gettext(act.done))
    if act.makes:
        return HttpResponseRedirect(reverse(act.makes, args=[made.reference]))
    return HttpResponseRedirect(table.address(case) + (f"?tab={act.tab}" if act.tab else ""))


def act_context(request: OfficeRequest, table: Table, case: Any, offer: Offer, form: ActForm) -> dict[str, Any]:
    index, label = table.index
    return {
        "case": case,
        "offer": offer,
        "form": form,
        "back": table.address(case),
        "index": (reverse(index), gettext(label)),
        "heading": table.heading(case),
        "consequences": [offer.consequence] if offer.consequence else [],
        "nav": table.nav,
    } | table.beside(case, offer, form, request.user, timezone.now())
