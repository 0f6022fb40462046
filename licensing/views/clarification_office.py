"""Clarifications on the officers' desks: the queue, the file, and the acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Event, Obligation, User
from core.services import choices, require
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.clarification_forms import AskForm, DraftForm, TextsForm, WhyForm
from licensing.models import Clarification
from licensing.models.clarifications import LANGUAGES
from licensing.views.access import OfficeRequest, office
from licensing.views.clarifications import line_of
from licensing.views.terms import days_left, term_rows, urgency
from licensing.wording import timeline_row
from licensing.workflow.clarification import CLARIFICATION

PAGE = 50
SHOWN_STATES = {
    "open": ("asked", "drafted"),
    "signed": ("private", "published"),
    "ended": ("superseded", "withdrawn", "recalled"),
}
TABS = {"open": _("To answer"), "signed": _("Signed"), "ended": _("Ended")}
#: What the form of an act supplies itself.
SUPPLIED = frozenset({"answer-missing", "title-missing", "provisions-missing"})

Do = Callable[[Clarification, Any, User, datetime], Clarification]


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the file: its transition, what it says when it is done, its form and its service."""

    name: str
    step: str
    done: str
    do: Do
    form: type[TextsForm] = TextsForm


def _draft(row: Clarification, form: Any, actor: User, at: datetime) -> Clarification:
    given = form.cleaned_data
    return services.draft_clarification(
        row,
        title=form.texts("title"),
        question=form.texts("question"),
        answer=form.texts("answer"),
        provisions=given["provisions"],
        replaces=given["replaces"],
        actor=actor,
        at=at,
        version=given["version"],
    )


def _send_back(row: Clarification, form: Any, actor: User, at: datetime) -> Clarification:
    given = form.cleaned_data
    return services.send_back_clarification(row, reason=given["reason"], actor=actor, at=at, version=given["version"])


def _withdraw(row: Clarification, form: Any, actor: User, at: datetime) -> Clarification:
    given = form.cleaned_data
    return services.withdraw_clarification(row, reason=given["reason"], actor=actor, at=at, version=given["version"])


def _plain(service: Callable[..., Clarification]) -> Do:
    def do(row: Clarification, form: Any, actor: User, at: datetime) -> Clarification:
        return service(row, actor=actor, at=at, version=form.cleaned_data["version"])

    return do


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act("draft", "draft", _("The answer waits for a signature."), _draft, DraftForm),
        Act("send-back", "send_back", _("The draft is sent back."), _send_back, WhyForm),
        Act("sign", "sign", _("The clarification is signed and has its number."), _plain(services.sign_clarification)),
        Act("publish", "publish", _("Everybody can read it now."), _plain(services.publish_clarification)),
        Act("withdraw", "withdraw", _("The clarification is withdrawn."), _withdraw, WhyForm),
    )
}
BY_STEP = {act.step: act for act in ACTS.values()}


@require_GET
@office
def requests(request: OfficeRequest) -> HttpResponse:
    """`?show=` picks open, signed or ended ones; newest first, open ones with the day by which they are answered."""
    show = request.GET.get("show", "open")
    if show not in TABS:
        raise Http404
    rows = Clarification.objects.filter(authority=request.user.authority_id, state__in=SHOWN_STATES[show])
    cursor = request.GET.get("cursor", "")
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__lt=int(cursor))
    rows = rows.select_related("organisation", "authority").defer("letter", "search", "answer", "question")
    page = list(rows.order_by("-id")[: PAGE + 1])
    context = {
        "lines": with_terms(page[:PAGE]),
        "next": str(page[PAGE - 1].pk) if len(page) > PAGE else "",
        "show": show,
        "tabs": [(name, gettext(label)) for name, label in TABS.items()],
        "may_open": request.user.role in (OFFICER, HEAD),
        "nav": "clarification-requests",
    }
    return render(request, "licensing/clarification_requests.html", context)


def with_terms(page: list[Clarification]) -> list[dict[str, Any]]:
    """The rows with their open terms: one query for all."""
    today = timezone.localdate()
    terms = Obligation.objects.open().filter(
        subject_type=Clarification._meta.label_lower, subject_id__in=[row.pk for row in page]
    )
    due = dict(terms.values_list("subject_id", "due_on"))
    return [
        {
            "row": row,
            "heading": row.heading,
            "state": row.state,
            "label": gettext(CLARIFICATION.state(row.state).label),
            "tone": CLARIFICATION.state(row.state).tone,
            "due_on": due.get(row.pk),
            "days": days_left(due.get(row.pk), today),
            "urgency": urgency(due.get(row.pk), today) if row.pk in due else "",
        }
        for row in page
    ]


@require_http_methods(["GET", "POST"])
@office
def new_request(request: OfficeRequest) -> HttpResponse:
    """Begin one on the authority's own initiative."""
    authority = request.user.authority
    if authority is None or request.user.role not in (OFFICER, HEAD):
        raise Http404
    form, problems = AskForm(request.POST if request.method == "POST" else None, user=request.user), ()
    if request.method == "POST" and form.is_valid():
        try:
            row = services.open_clarification(
                authority,
                title=form.texts("title"),
                question=form.texts("question"),
                actor=request.user,
                at=timezone.now(),
            )
            return redirect("clarification-act", reference=row.reference, name="draft")
        except TransitionRefused as refused:
            problems = refused.problems  # type: ignore[assignment]  # a tuple of any length
    context = {"form": form, "problems": problems, "nav": "clarification-requests"}
    return render(request, "licensing/clarification_new.html", context, status=409 if problems else 200)


def of_authority(request: OfficeRequest, reference: str) -> Clarification:
    rows = Clarification.objects.filter(authority=request.user.authority_id)
    people = ("asked_by", "drafted_by", "signed_by", "organisation", "authority", "replaces", "document")
    return get_object_or_404(rows.select_related(*people), reference=reference)


@require_GET
@office
def clarification_file(request: OfficeRequest, reference: str) -> HttpResponse:
    """Question, answer, what it cites, its terms, its history, and who relied on it."""
    row = of_authority(request, reference)
    events = (
        Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of").order_by("-id")[:100]
    )
    relied = row.reliances.select_related("application").order_by("-id")[:50] if row.is_signed else []
    context = {
        **line_of(row, official=True),
        "languages": [
            (code, row.question.get(code, ""), row.answer.get(code, ""))
            for code in LANGUAGES
            if row.question.get(code) or row.answer.get(code)
        ],
        "asked_words": [row.asked[code] for code in LANGUAGES if row.asked.get(code)],
        "offers": offers(row, request.user),
        "terms": term_rows(Obligation.objects.visible_to(request.user).of(row), timezone.localdate()),
        "events": [timeline_row(event) for event in events],
        "relied": [one for one in relied if one.application.authority_id == request.user.authority_id],
        "later": getattr(row, "replaced_by", None),
        "nav": "clarification-requests",
    }
    return render(request, "licensing/clarification_file.html", context)


def offers(row: Clarification, actor: User) -> list[dict[str, Any]]:
    """What this person may do now, each with what blocks it."""
    return [
        {
            "name": BY_STEP[one.step.name].name,
            "label": gettext(one.step.label),
            "adverse": one.step.adverse,
            "problems": [problem for problem in one.problems if problem.code not in SUPPLIED],
        }
        for one in choices(row, actor, timezone.now())
        if one.step.name in BY_STEP
    ]


@require_http_methods(["GET", "POST"])
@office
def clarification_act(request: OfficeRequest, reference: str, name: str) -> HttpResponse:
    """One act: GET shows what it asks for and does, POST takes it."""
    row, act = of_authority(request, reference), ACTS.get(name)
    if act is None:
        raise Http404
    step = CLARIFICATION[act.step]
    require(request.user, step.permission, row)
    form = form_of(act, row, request.POST if request.method == "POST" else None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            act.do(row, form, request.user, timezone.now())
            messages.success(request, gettext(act.done))
            return redirect("clarification-request", reference=reference)
        except TransitionRefused as refused:
            problems = refused.problems
    context = {
        **line_of(row, official=True),
        "form": form,
        "problems": problems,
        "title": gettext(step.label),
        "consequence": gettext(step.consequence),
        "adverse": step.adverse,
        "nav": "clarification-requests",
    }
    status = 409 if problems else 422 if form.errors else 200
    return render(request, "licensing/clarification_act.html", context, status=status)


def form_of(act: Act, row: Clarification, data: Any) -> TextsForm:
    if act.form is DraftForm:
        return DraftForm(data, row=row)
    return act.form(data, initial={"version": row.version})
