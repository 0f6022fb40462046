"""What each kind of permit needs, for everybody: papers, requirements, terms, fee, grounds of refusal, by the law of a
day. All of it comes from the declaration of the kind and from the law."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.services import duty_label
from law.licensing import due, fee, validity
from law.provisions import NotInForce, provision
from licensing.permits import PermitKind
from licensing.permits import kinds as declared

FIRST_DAY, LAST_DAY = date(1991, 12, 16), date(2100, 12, 31)


def day_of(request: HttpRequest) -> date:
    """`?on=`; nonsense, and a day for which no law could be known, is today."""
    try:
        day = parse_date(request.GET.get("on", ""))
    except ValueError:
        day = None
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else timezone.localdate()


@login_not_required
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind, and whether one may file for it on the day."""
    on = day_of(request)
    lines = [
        {"kind": one, "name": gettext(one.name), "summary": gettext(one.summary), "open": one.is_open(on)}
        for one in declared().values()
    ]
    return render(request, "public/kinds.html", {"lines": lines, "on": on, "nav": "kinds"})


@login_not_required
@require_safe
def kind(request: HttpRequest, code: str) -> HttpResponse:
    """One kind with what it needs on the day, each thing with its rule."""
    found, on = declared().get(code), day_of(request)
    if found is None:
        raise Http404(code)
    form = found.form()
    context = {
        "kind": found,
        "name": gettext(found.name),
        "summary": gettext(found.summary),
        "on": on,
        "closed": [one for one in [found.closed_problem(on)] if one],
        "papers": form.papers(on),
        "checks": [requirement(one.label, one.provision, on) | {"by_person": one.by_person} for one in found.checks],
        "terms": terms(found, on),
        "fee": known(partial(fee, found.code, on)),
        "validity": known(partial(validity, found.code, on)),
        "grounds": form.refusal_grounds(on),
        "incomplete": form.incompleteness_reasons(on),
        "nav": "kinds",
    }
    return render(request, "public/kind.html", context)


def known(look_up: Callable[[], Any]) -> Any:
    """What the law gives; None where it gives nothing on that day, or the kind has no such rule."""
    with suppress(NotInForce, KeyError, ValueError):
        return look_up()
    return None


def requirement(label: str, code: str, on: date) -> dict[str, Any]:
    return {"label": gettext(label), "ground": known(partial(provision, code, on))}


def terms(found: PermitKind, on: date) -> list[dict[str, Any]]:
    """By when each term would end, were the filing made on the day; those that the law of the day does not give are
    left out."""
    rows = []
    for duty, rule in found.form().rules.items():
        owed = known(partial(due, found.code, rule, on))
        if owed is not None:
            rows.append({"label": gettext(duty_label(duty)), "due": owed})
    return rows
