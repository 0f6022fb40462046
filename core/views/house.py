"""Pages on the house's own conduct, for administrators and auditors; the periods of keeping are for everybody."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from core import services
from core.automated import RULE, automated
from core.forms_house import HoldForm, ReasonForm, find_holdable
from core.mail import outbox_is_read
from core.models import ErasureRun, LegalHold, User
from core.retention import ACTS, RULES
from core.services import allowed
from core.services.acts import choices
from core.services.retention import COUNTED, ERASURE_OPEN, key_of, period_of, preview
from core.views import reader
from core.views.account import attempt
from law.provisions import NotInForce, provision

P = ParamSpec("P")
PAGE = 25


class HouseRequest(HttpRequest):
    """A request of an administrator or auditor."""

    user: User


def overseen(
    view: Callable[Concatenate[HouseRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For administrators and auditors; to everybody else the page is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not allowed(request.user, "core.oversee", request.user):
            raise Http404
        return view(cast(HouseRequest, request), *args, **kwargs)

    return guarded


def newest(rows: Any, cursor: str, size: int = PAGE) -> tuple[list[Any], str]:
    """A page of rows with falling numbers, and the cursor of the next; nonsense is the first page."""
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__lt=int(cursor))
    found = list(rows.order_by("-pk")[: size + 1])
    return found[:size], str(found[size - 1].pk) if len(found) > size else ""


@login_not_required
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """How long each kind of record is kept: the document that the program obeys."""
    at = timezone.now()
    lines = [
        {
            "rule": rule,
            "period": period_of(rule, at),
            "acts": list(dict.fromkeys(gettext(ACTS[part.act]) for part in rule.parts)),
            "parts": rule.parts,
        }
        for rule in RULES
    ]
    return render(request, "core/house/retention.html", {"lines": lines, "nav": "retention"})


@login_not_required
@require_safe
def automated_acts(request: HttpRequest) -> HttpResponse:
    """What the program does without a person: the registry that `manage.py check` holds it to."""
    day, lines = timezone.localdate(), []
    for act in automated().values():
        found = None
        with suppress(NotInForce):
            found = provision(act.provision, day) if act.provision else None
        lines.append({"act": act, "provision": found})
    context = {"lines": lines, "rule": provision(RULE, day), "nav": "automated-acts"}
    return render(request, "core/house/automated.html", context)


@overseen
@require_safe
def house(request: HouseRequest) -> HttpResponse:
    """Where the pages of the house are."""
    outbox = outbox_is_read() and allowed(request.user, "core.read_outbox", request.user)
    return render(request, "core/house/index.html", {"outbox": outbox, "nav": "house"})


@overseen
@require_http_methods(["GET", "HEAD", "POST"])
def erasures(request: HouseRequest) -> HttpResponse:
    """What would go today, when, why; the runs so far. POST proposes what is shown."""
    at = timezone.now()
    if request.method == "POST":
        run = services.propose_erasure(actor=reader(request), at=at)
        messages.success(request, gettext("Proposed. Another administrator confirms or declines it."))
        return redirect("erasure", pk=run.pk)
    cursor = request.GET.get("cursor", "")
    runs, following = newest(ErasureRun.objects.visible_to(request.user).select_related("proposed_by"), cursor)
    lines = [] if cursor else preview(at=at)
    context = {
        "lines": lines,
        "due": any(line.now for line in lines if not line.rule.automatic),
        "counted": COUNTED,
        "runs": runs,
        "next": following,
        "open": ErasureRun.objects.filter(automatic=False, state__in=ERASURE_OPEN).exists(),
        "may_propose": allowed(request.user, "core.propose_erasure", ErasureRun()),
        "nav": "house",
    }
    return render(request, "core/house/erasures.html", context)


ACTS_ON_RUN = {"confirm": services.confirm_erasure, "decline": services.decline_erasure}


@overseen
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: HouseRequest, pk: int) -> HttpResponse:
    """One erasure with what was planned and what went. POST confirms or declines."""
    run = get_object_or_404(ErasureRun.objects.visible_to(request.user), pk=pk)
    at = timezone.now()
    if request.method == "POST":
        act = ACTS_ON_RUN.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        version = request.POST.get("version", "")
        known = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
        act(run, actor=reader(request), at=at, version=known)
        return redirect("erasure", pk=pk)
    titles = {key_of(rule, part): (rule, part) for rule in RULES for part in rule.parts}
    names = dict.fromkeys([*titles, *run.planned, *run.erased])
    rows = [
        {"name": titles.get(key), "key": key, "planned": run.planned.get(key, 0), "erased": run.erased.get(key, 0)}
        for key in names
        if key in run.planned or key in run.erased
    ]
    context = {"run": run, "rows": rows, "choices": choices(run, reader(request), at), "nav": "house"}
    return render(request, "core/house/erasure.html", context)


@overseen
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: HouseRequest) -> HttpResponse:
    """What must stay, and why. POST places a hold."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = find_holdable(form.cleaned_data["kind"], form.cleaned_data["number"])
        if found is None:
            form.add_error("number", gettext("Nothing is known under this number."))
        else:
            given = {"reason": form.cleaned_data["reason"], "actor": reader(request), "at": timezone.now()}
            if attempt(form, lambda: services.place_hold(found, **given)):
                messages.success(request, gettext("Held: nothing of it is erased until the hold is lifted."))
                return redirect("holds")
    rows = LegalHold.objects.visible_to(request.user).select_related("placed_by", "lifted_by")
    page, following = newest(rows, request.GET.get("cursor", ""))
    context = {"form": form, "rows": page, "next": following, "nav": "house"}
    return render(request, "core/house/holds.html", context)


@overseen
@require_http_methods(["GET", "HEAD", "POST"])
def lift_hold(request: HouseRequest, pk: int) -> HttpResponse:
    """Lift a hold, with the reason."""
    hold = get_object_or_404(LegalHold.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "actor": reader(request), "at": timezone.now()}
        if attempt(form, lambda: services.lift_hold(hold, **given)):
            messages.success(request, gettext("The hold is lifted; the period counts again."))
            return redirect("holds")
    return render(request, "core/house/lift_hold.html", {"hold": hold, "form": form, "nav": "house"})
