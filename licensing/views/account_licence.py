"""What the holder may file about a licence: each request with its term and fee, and the call that opens it."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.views import reader
from law.fees import FEE_ACTS
from law.licensing import Due, Fee, due, fee
from law.problems import Problem
from law.provisions import NotInForce
from licensing.models import Licence, LicenceChange
from licensing.permits import ISSUE, Form, Request
from licensing.services import requests_now
from licensing.views.panels import ACCOUNT, licence_panels
from licensing.views.register import kind_name
from licensing.workflow import LICENCE


@require_safe
def account_licence(request: HttpRequest, number: str) -> HttpResponse:
    """One licence of mine and what may be filed about it today. Officials have a page of their own."""
    user, today = reader(request), timezone.localdate()
    if user.is_official:
        return redirect("licence", number=number)
    found = get_object_or_404(Licence.objects.visible_to(user).select_related("organisation"), number=number)
    state = LICENCE.state(found.state)
    asked = [line(found, one, problems, today) for one, problems in requests_now(found, on=today)]
    context = {
        "licence": found,
        "kind": kind_name(found.kind),
        "state": state,
        "label": gettext(state.applicant_label),
        "open": [one for one in asked if not one["problems"]],
        "closed": [one for one in asked if one["problems"]],
        "renewal": renewal(found, today),
        "panels": licence_panels(ACCOUNT, found, user),
        "nav": "account",
    }
    return render(request, "public/account_licence.html", context)


def line(licence: Licence, asked: Request, problems: list[Problem], today: date) -> dict[str, Any]:
    """A request in the holder's words, with the law of today."""
    form = Form(licence.permit, asked)
    return {
        "act": asked.act,
        "name": gettext(asked.name),
        "summary": gettext(asked.summary),
        "consequence": gettext(asked.consequence),
        "problems": problems,
        "papers": [{"title": gettext(paper.title), "unless": gettext(paper.unless)} for paper in form.papers(today)],
        "call": f"POST /api/v1/licences/{licence.number}/requests/",
        "body": json.dumps({"act": asked.act}),
        "fields": [label_of(name) for name in asked.fields],
        **figures(licence.kind, form, today),
    }


def label_of(name: str) -> str:
    return str(LicenceChange._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # its own fields


def figures(kind: str, form: Form, today: date) -> dict[str, Any]:
    """By which day it would be decided if it were filed today, and what it costs; None where the law says neither."""
    term: Due | None = None
    cost: Fee | None = None
    with suppress(NotInForce, KeyError):
        term = due(kind, form.rules["decision"], today)
    has_fee = form.act in FEE_ACTS
    if has_fee:
        with suppress(NotInForce):
            cost = fee(kind, today, FEE_ACTS[form.act])
    return {"term": term, "fee": cost, "has_fee": has_fee}


def renewal(licence: Licence, today: date) -> dict[str, Any]:
    """A new licence for a new term: no law renews one, so that it is applied for anew."""
    permit = licence.permit
    closed = permit.closed_problem(today)
    call = f"POST /api/v1/licences/{licence.number}/renewal/"
    return {"problems": [closed] if closed else [], "call": call, **figures(licence.kind, permit.form(ISSUE), today)}
