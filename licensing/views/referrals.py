"""Requests between authorities: what one's own is asked and has asked, asking another, the page that both read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from core.models import Event, Obligation, User
from core.services import allowed, log_access
from core.views.account import attempt
from core.views.files import sent_document
from licensing import services
from licensing.forms.referral import AnswerForm, AskForm
from licensing.models import Licence, Referral
from licensing.services.referrals import (
    About,
    about,
    answers_due,
    papers_answered,
    papers_between,
    papers_of,
    papers_sent,
    seen_kind,
)
from licensing.views.access import OfficeRequest, office
from licensing.views.acts.referral import ACTS, find
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.panels import Panel, PanelMaker
from licensing.views.terms import days_left, term_rows, urgency
from licensing.views.work import Waiting
from licensing.wording import timeline_row

TABS = {
    "open": gettext_noop("To answer"),
    "received": gettext_noop("Asked of us"),
    "sent": gettext_noop("Asked by us"),
}
SHOWN = 50  # requests on the card of a record


def to_answer(user: User) -> Any:
    """The requests that wait for an answer of the official's authority."""
    return Referral.objects.open().filter(body=user.authority_id)


def said_of(count: int) -> str:
    return ngettext(
        "%(n)s request of another authority waits for your answer",
        "%(n)s requests of other authorities wait for your answer",
        count,
    ) % {"n": count}


TO_ANSWER = Waiting(to_answer, said_of, lambda: reverse("authority-requests"))


@require_safe
@office
def requests(request: OfficeRequest) -> HttpResponse:
    """What one's authority is asked, or has asked; the newest first, each with the last day of its term."""
    show, own = request.GET.get("show", "open"), request.user.authority_id
    if show not in TABS:
        raise Http404
    rows = Referral.objects.visible_to(request.user).select_related("authority", "body").on_side(show, own)
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "page": page,
        "lines": with_terms(page.rows),
        "show": show,
        "tabs": [(name, gettext(label)) for name, label in TABS.items()],
        "may_ask": may_ask(request.user),
        "nav": "authority-requests",
    }
    return render(request, "licensing/requests.html", context)


def with_terms(rows: Any) -> list[dict[str, Any]]:
    """The rows with the days of their terms: one query for all."""
    today, due = timezone.localdate(), answers_due(rows)
    return [
        {
            "row": row,
            "due_on": (on := due.get(row.pk)),
            "days": days_left(on, today),
            "urgency": urgency(on, today) if on else "",
        }
        for row in rows
    ]


def may_ask(user: User) -> bool:
    return allowed(user, "licensing.ask_body", Referral(authority=user.authority))


@require_http_methods(["GET", "POST"])
@office
def new_request(request: OfficeRequest, page: str = "", reference: str = "") -> HttpResponse:
    """Ask another authority: about a record that the official sees, or about something in words."""
    kind = about(page)
    if page and kind is None:
        raise Http404
    subject = get_object_or_404(kind.found(request.user, reference)) if kind else None
    if not may_ask(request.user):
        raise PermissionDenied("licensing.ask_body")
    posted = request.method == "POST"
    form = AskForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        asker=request.user,
        papers=papers_of(subject, request.user) if subject is not None else None,
    )
    if posted and form.is_valid():
        given: dict[str, Any] = {**form.given(), "subject": subject, "actor": request.user, "at": timezone.now()}
        if row := attempt(form, lambda: services.ask_body(request.user.authority, **given)):  # type: ignore[arg-type]  # may_ask() has asked for it
            messages.success(request, gettext("The request is sent."))
            return redirect("request", reference=row.reference)
    context = {"form": form, "subject": link_to(kind, reference) if kind else None, "nav": "authority-requests"}
    return render(request, "licensing/new_request.html", context, status=409 if form.errors else 200)


def link_to(kind: About, reference: str) -> dict[str, str]:
    return {"url": reverse(kind.page, args=[reference]), "reference": reference}


def seen_subject(row: Referral, user: User) -> dict[str, str] | None:
    """Where what it is about is read, for who sees it; the other authority reads the number alone."""
    kind = seen_kind(row, user)
    return link_to(kind, row.about) if kind else None


@require_http_methods(["GET", "POST"])
@office
def one_request(request: OfficeRequest, reference: str) -> HttpResponse:
    """What was asked and shown, the term, the answer. Both authorities read it; of the case behind it, nothing."""
    row, at = find(request.user, reference), timezone.now()
    of_body = row.body_id == request.user.authority_id
    posted = request.method == "POST"
    form = AnswerForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and not of_body:
        raise PermissionDenied("licensing.answer_request")
    if posted and form.is_valid():
        given: dict[str, Any] = {**form.given(), "actor": request.user, "at": at}
        if attempt(form, lambda: services.answer_request(row, **given)):
            messages.success(request, gettext("The answer is sent; who asked is told."))
            return redirect("request", reference=reference)
    log_access(row, actor=request.user, at=at)
    context = facts_of(row, request.user) | {
        "form": form,
        "may_answer": of_body and row.state == "sent" and allowed(request.user, "licensing.answer_request", row),
        "nav": "authority-requests",
    }
    return render(request, "licensing/request.html", context, status=409 if form.errors else 200)


def facts_of(row: Referral, user: User) -> dict[str, Any]:
    """What the page of a request shows of it."""
    today = timezone.localdate()
    events = Event.objects.of(row).visible_to(user).select_related("actor", "on_behalf_of")
    return {
        "row": row,
        "subject": seen_subject(row, user),
        "shown": papers_sent(row),
        "answers": papers_answered(row),
        "terms": term_rows(Obligation.objects.of(row), today, {}),
        "offers": ACTS.offered(row, user, timezone.now()),
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
    }


@require_GET
@office
def request_document(request: OfficeRequest, reference: str, pk: int) -> HttpResponseBase:
    """A paper that was shown, or came with question or answer."""
    row = find(request.user, reference)
    return sent_document(get_object_or_404(papers_between(row), pk=pk), request.user)


def rows_about(subject: Any, user: User) -> Any:
    """The requests about a record of the reader's authority."""
    rows = Referral.objects.of(subject).filter(authority=user.authority_id)
    return rows.select_related("body").order_by("-id")[:SHOWN]


def card(page: str, subject: Any, reference: str, user: User, rows: Any) -> Panel:
    """What other authorities were asked about a record, and the way to ask one."""
    facts = {"rows": list(rows), "ask": reverse("request-about", args=[page, reference]) if may_ask(user) else ""}
    return Panel("licensing/requests_panel.html", facts)


def licence_card(licence: Licence, user: Any) -> Panel | None:
    return card("licence", licence, licence.number, user, rows_about(licence, user))


CASE_CARD = PanelMaker(
    lambda application, user: Referral.objects.of(application).filter(authority=user.authority_id).order_by("-id"),
    lambda application, user, rows: card("case", application, application.reference, user, rows),
)
