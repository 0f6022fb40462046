"""Accredited pools: the list, and the page of one with its test protocols."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Event, Obligation, User
from core.models.base import pick_name
from core.services import allowed, require
from core.views import reader
from core.views.account import attempt
from law.pools import TESTS, kind_of_test, renew_by
from licensing.models import Licence
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.terms import term_rows
from licensing.wording import timeline_row
from licensing.workflow import LICENCE
from mining.forms.pools import ProtocolForm
from mining.models import PoolReport
from mining.models.pools import POOL
from mining.services import enter_protocol
from mining.services.pools import protocols_shown
from mining.views import nav_of
from mining.views.reports import FIELDS as REPORT_FIELDS
from mining.views.reports import line as report_line

FIELDS = (
    "pk",
    "number",
    "state",
    "valid_from",
    "application__pool_particulars__pool_name",
    "organisation__identifier",
    "organisation__name_kk",
    "organisation__name_ru",
    "organisation__name_en",
    "tested_to",
)
LAST_REPORTS = 12


def pool_rows(values: Any, today: date) -> list[dict[str, Any]]:
    """Pools as the list shows them, from the values of FIELDS."""
    states = {state.name: (_(state.label), state.tone) for state in LICENCE.states}
    return [
        {
            "number": number,
            "state": state,
            "label": states[state][0],
            "tone": states[state][1],
            "valid_from": start,
            "name": name,
            "identifier": identifier,
            "operator": pick_name(kk, ru, en),
            "tested_to": tested_to,
            "standing": standing(tested_to, today),
        }
        for _pk, number, state, start, name, identifier, kk, ru, en, tested_to in values
    ]


def standing(tested_to: date | None, today: date) -> str:
    """How the protocols of a pool stand: a code of the palette of states."""
    if tested_to is None or tested_to < today:
        return "overdue"
    return "due_soon" if renew_by(tested_to) <= today else "running"


@require_GET
def pools(request: HttpRequest) -> HttpResponse:
    """For officials those of their authority, for operators their own, with the day to which their tests hold."""
    rows = Licence.objects.visible_to(request.user).filter(kind=POOL)
    if text := request.GET.get("q", "").strip():
        named = Q(application__pool_particulars__pool_name__icontains=text[:200])
        rows = rows.filter(Q(pk__in=Licence.objects.found_by(text).values("pk")) | named)
    rows = rows.annotate(tested_to=Max("security_protocols__expires_on", filter=Q(security_protocols__positive=True)))
    page = page_newest(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {"rows": pool_rows(page.rows, timezone.localdate()), "page": page, "text": text}
    return render(request, "mining/pools.html", context | nav_of(request, "pools"))


@require_http_methods(["GET", "POST"])
def pool(request: HttpRequest, number: str) -> HttpResponse:
    """One pool, for officials and its operator. POST enters a new protocol."""
    user = reader(request)
    rows = Licence.objects.visible_to(user).filter(kind=POOL)
    found = get_object_or_404(rows.select_related("organisation", "application__pool_particulars"), number=number)
    may_enter = allowed(user, "mining.enter_protocol", found) and found.ended_on is None
    today = timezone.localdate()
    begin = {"kind": kind_of_test(today)}
    form = ProtocolForm(request.POST if request.method == "POST" else None, initial=begin)
    if request.method == "POST":
        require(user, "mining.enter_protocol", found)
        if form.is_valid() and attempt(
            form, lambda: enter_protocol(found, **form.cleaned_data, actor=user, at=timezone.now())
        ):
            messages.success(request, _("The protocol is entered."))
            return redirect("pool", number=number)
    state = LICENCE.state(found.state)
    events = Event.objects.of(found).visible_to(user).select_related("actor", "on_behalf_of").order_by("-id")
    terms = Obligation.objects.visible_to(user).of(found)
    context = {
        "pool": found,
        "stated": found.application.particulars,
        "particulars": [(_(row["label"]), _(str(row["value"]))) for row in found.particulars],
        "label": _(state.label),
        "tone": state.tone,
        "protocols": [one | {"kind": _(TESTS[one["row"].kind])} for one in protocols_shown(found, today)],
        "terms": term_rows(terms, today),
        "events": [timeline_row(event) for event in events[:100]],
        "form": form if may_enter else None,
        "reports": reports_of(found, user),
        "may_report": not user.is_official,
        **nav_of(request, "pools"),
    }
    return render(request, "mining/pool.html", context, status=409 if form.errors else 200)


def reports_of(pool: Licence, user: User) -> list[dict[str, Any]]:
    """The pool's last reports, as lists show them."""
    rows = PoolReport.objects.visible_to(user).filter(organisation=pool.organisation_id).order_by("-id")
    return [report_line(row) for row in rows.values_list(*REPORT_FIELDS)[:LAST_REPORTS]]
