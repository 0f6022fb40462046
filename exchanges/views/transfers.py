"""Held transfers: reported by providers, read by their authority, with what was against the law."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from core.days import datetimeshort, told
from core.models import User
from core.views import reader
from core.views.account import attempt
from exchanges import services
from exchanges.forms.rails import clients_of
from exchanges.forms.transfers import OverForm, TransferForm, TransfersForm
from exchanges.models import HeldTransfer
from exchanges.workflow import TRANSFER
from law.problems import render as sentence
from law.transfers import transfer_answer
from licensing.views.deeds import Deed, Desk, by_provider, desk_list, file_context, line, newest

ACTS = {
    "pass": gettext_noop("It may pass."),
    "stop": gettext_noop("It is to be stopped."),
    "hold": gettext_noop("It is held; not refused before the hours are over."),
    "refuse": gettext_noop("It is to be refused."),
}


def find(user: User, reference: str) -> HeldTransfer:
    people = ("authority", "organisation", "licence", "reported_by")
    return get_object_or_404(HeldTransfer.objects.visible_to(user).select_related(*people), reference=reference)


def deed(step: str) -> Deed:
    """An act that is a transition: its words, permission and states stand in the table."""
    taken, service = TRANSFER[step], partial(services.end_transfer, step=step)
    done = gettext_noop("It is kept what became of the transfer.")
    return Deed(step, taken.label, done, OverForm, service, taken.permission, taken.sources, taken.consequence)


DESK = Desk(find, "transfer", "transfers", (deed("pass"), deed("refuse")))


def may_report(user: User) -> bool:
    return not user.is_official and bool(clients_of(user))


@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """The transfers that one may see, the newest first."""
    user, form = reader(request), TransfersForm(request.GET)
    form.is_valid()
    given, rows = form.cleaned_data, HeldTransfer.objects.visible_to(user)
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    if given.get("faulty"):
        rows = rows.exclude(faults=[])
    rows = by_provider(rows, given.get("q") or "")
    page = newest(request, rows.select_related("organisation", "licence"))
    return desk_list(
        request,
        form,
        page,
        [line_of(row, user) for row in page.rows],
        title=_("Held transfers"),
        lead=_("Transfers without the data of sender and receiver, held by the provider until they are given."),
        adds=[(reverse("transfer-new"), _("Report a transfer"))] if may_report(user) else [],
        heads=[_("Provider"), _("Digital asset"), _("Stopped"), _("Against the law")],
        nothing=_("A provider reports here or by API each transfer that it held."),
        nav="transfers",
    )


def line_of(row: HeldTransfer, user: User) -> dict[str, Any]:
    provider = f"{row.organisation.name} · {row.licence.number}"
    stopped = datetimeshort(row.stopped_at) if row.stopped_at else _("never")
    cells = [provider, row.asset, stopped, "; ".join(said(one) for one in row.faults) or "–"]
    return line("transfer", row, cells, user)


def said(fault: dict[str, Any]) -> str:
    """A stored fault in the reader's language."""
    return sentence(str(fault["message"]), fault["params"], told)


@require_http_methods(["GET", "POST"])
def new_transfer(request: HttpRequest) -> HttpResponse:
    """Report a transfer that came without data."""
    user = reader(request)
    if not may_report(user):
        raise PermissionDenied("exchanges.report_transfer")
    form = TransferForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": user, "at": timezone.now()}
        licence = given.pop("licence")
        if row := attempt(form, lambda: services.report_transfer(licence, **given)):
            messages.success(request, _("The transfer is reported."))
            return redirect("transfer", reference=row.reference)
    index = (reverse("transfers"), _("Held transfers"))
    context = {"form": form, "title": _("Report a transfer"), "index": index, "nav": "transfers"}
    return render(request, "licensing/new_record.html", context, status=409 if form.errors else 200)


@require_safe
def transfer(request: HttpRequest, reference: str) -> HttpResponse:
    """One transfer: what is to be done with it now, or what was against the law."""
    row = find(reader(request), reference)
    moments: dict[str, Any] = {"stopped_at": row.stopped_at, "given_at": row.given_at, "on": row.law_day}
    now = transfer_answer(data_complete=False, now=timezone.now(), **moments) if row.state == "held" else None
    facts = [
        (_("Digital asset"), row.asset),
        (_("The provider's own number"), row.own_number),
        (_("Asked for"), datetimeshort(row.seen_at)),
        (_("Stopped"), datetimeshort(row.stopped_at) if row.stopped_at else _("never")),
        (_("Data given"), datetimeshort(row.given_at) if row.given_at else ""),
        (_("Passed or refused"), datetimeshort(row.over_at) if row.over_at else ""),
        (_("What is to be done"), _(ACTS[now.act]) if now else ""),
        (_("Not refused before"), datetimeshort(timezone.localtime(now.until)) if now and now.until else ""),
    ]
    against = [(str(one["ground"]["article"]), said(one)) for one in row.faults]
    context = file_context(request, row, DESK, ("transfers", gettext_noop("Held transfers"))) | {
        "title": row.organisation.name,
        "sub": f"{row.licence.number} · {row.own_number}",
        "facts": [one for one in facts if one[1]],
        "parts": [{"title": _("Against the law"), "rows": against}],
        "grounds": [row.ground],
    }
    return render(request, "licensing/desk_file.html", context)
