"""Appeals for officials: what waits, the file of one appeal, and the acts on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Authority, Event, Obligation, User
from core.models.base import pick_name
from core.services import choices, read_document, require
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.models import Appeal
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_by_due
from licensing.views.terms import days_left, term_rows, urgency
from licensing.wording import timeline_row
from licensing.workflow.appeal import APPEAL

FIELDS = (
    "due_on",
    "pk",
    "reference",
    "state",
    "filed_on",
    "decision__application__reference",
    "organisation__name_kk",
    "organisation__name_ru",
    "organisation__name_en",
)


def _words(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class AppealForm(forms.Form):
    """The base of all: the version that the actor saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)


class ForwardForm(AppealForm):
    body = forms.ModelChoiceField(Authority.objects.order_by("code"), label=_t("Body that decides"))


class AnswerForm(AppealForm):
    text = _words(_t("Reasons in words"))
    decided_on = _day(
        _t("Day of the decision"),
        required=False,
        help_text=_t("Only for the answer of a body that keeps no cases here."),
    )


class BarForm(AppealForm):
    barred = forms.ChoiceField(label=_t("Why"), choices=Appeal.BARS[1:], widget=forms.RadioSelect)
    text = _words(_t("Reasons in words"))


class HearingForm(AppealForm):
    heard_on = _day(_t("Day of the hearing"))
    text = _words(_t("What was said"), required=False)


class ClaimForm(AppealForm):
    court_on = _day(_t("Day of the claim"))
    court_number = forms.CharField(label=_t("Number of the court case"), max_length=60)


class JudgmentForm(AppealForm):
    judged_on = _day(_t("Day on which the judgment came into force"))
    text = _words(_t("What the court decided"))


Do = Callable[[Appeal, Mapping[str, Any], User, datetime], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act on an appeal: the transition it takes, what it asks for, and the service that does it."""

    step: str
    form: type[AppealForm]
    do: Do


def _answer(outcome: str) -> Do:
    def do(appeal: Appeal, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
        return services.decide_appeal(
            appeal,
            outcome=outcome,
            text=given["text"],
            decided_on=given.get("decided_on"),
            barred=given.get("barred", ""),
            actor=actor,
            at=at,
            version=given.get("version"),
        )

    return do


def _judgment(annulled: bool) -> Do:
    def do(appeal: Appeal, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
        return services.enter_judgment(appeal, annulled=annulled, actor=actor, at=at, **given)

    return do


ACTS: Mapping[str, Act] = {
    "forward": Act("forward", ForwardForm, lambda a, g, u, at: services.forward_appeal(a, actor=u, at=at, **g)),
    "satisfy": Act("satisfy", AnswerForm, _answer("satisfy")),
    "not-admit": Act("not_admit", BarForm, _answer("not_admit")),
    "hear": Act("hear", HearingForm, lambda a, g, u, at: services.enter_hearing(a, actor=u, at=at, **g)),
    "annul": Act("annul", AnswerForm, _answer("annul")),
    "change": Act("change", AnswerForm, _answer("change")),
    "uphold": Act("uphold", AnswerForm, _answer("uphold")),
    "claim": Act("go_to_court", ClaimForm, lambda a, g, u, at: services.record_claim(a, actor=u, at=at, **g)),
    "judgment-annuls": Act("lose_in_court", JudgmentForm, _judgment(True)),
    "judgment-upholds": Act("win_in_court", JudgmentForm, _judgment(False)),
}
NAMES = {act.step: name for name, act in ACTS.items()}
SHOW = {"": gettext_noop("Open"), "all": gettext_noop("All")}


@require_GET
@office
def appeals(request: OfficeRequest) -> HttpResponse:
    """Appeals by their next term: the open ones, or all with `show=all`."""
    today, show = timezone.localdate(), request.GET.get("show", "")
    rows = Appeal.objects.visible_to(request.user)
    rows = rows if show == "all" else rows.open()
    page = page_by_due(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "rows": [line(row, today) for row in page.rows],
        "page": page,
        "show": show,
        "shows": [(code, _(label)) for code, label in SHOW.items()],
        "nav": "appeals",
    }
    return render(request, "licensing/appeals.html", context)


def line(row: Any, today: Any) -> dict[str, Any]:
    due_on, _pk, reference, state, filed_on, case, kk, ru, en = row
    known = APPEAL.state(state)
    return {
        "reference": reference,
        "case": case,
        "applicant": pick_name(kk, ru, en),
        "state": state,
        "label": _(known.label),
        "tone": known.tone,
        "filed_on": filed_on,
        "due_on": due_on,
        "days": days_left(due_on, today),
        "urgency": urgency(due_on, today) if due_on else "",
    }


def found(request: OfficeRequest, reference: str) -> Appeal:
    rows = Appeal.objects.visible_to(request.user).select_related(
        "authority",
        "body",
        "organisation",
        "decided_by",
        "decision__application",
        "decision__made_by",
        "decision__recommendation__made_by",
        "decision__recommendation__countersigned_by",
    )
    return get_object_or_404(rows, reference=reference)


@require_GET
@office
def appeal(request: OfficeRequest, reference: str) -> HttpResponse:
    """The file of one appeal: what is asked, terms, what may be done, papers, events."""
    row, at = found(request, reference), timezone.now()
    known = APPEAL.state(row.state)
    offers = [one for one in choices(row, request.user, at) if one.step.name in NAMES]
    events = Event.objects.of(row).select_related("actor", "on_behalf_of").order_by("-id")[:100]
    context = {
        "appeal": row,
        "case": row.case,
        "own": row.authority_id == request.user.authority_id,
        "label": _(known.label),
        "tone": known.tone,
        "kind": _(row.case.permit.name),
        "offers": [(NAMES[one.step.name], _(one.step.label), one.step.adverse) for one in offers],
        "terms": term_rows(Obligation.objects.of(row), timezone.localdate(at)),
        "documents": list(row.documents()),
        "filed_only_by": row.filed_only_by,
        "who_files": _(str(row.filed_only_by.value)) if row.filed_only_by else "",
        "events": [timeline_row(event) for event in events],
        "nav": "appeals",
    }
    return render(request, "licensing/appeal.html", context)


@require_http_methods(["GET", "POST"])
@office
def appeal_act(request: OfficeRequest, reference: str, name: str) -> HttpResponse:
    """One act: GET says what it asks for and does, POST takes it."""
    row, spec = found(request, reference), ACTS.get(name)
    if spec is None:
        raise Http404(_("There is nothing here"))
    step = APPEAL[spec.step]
    require(request.user, step.permission, row)
    given = request.POST if request.method == "POST" else None
    form = spec.form(given, initial={"version": row.version, "body": row.body_id})
    problems: tuple[Problem, ...] = ()
    if given is not None and form.is_valid():
        try:
            spec.do(row, form.cleaned_data, request.user, timezone.now())
            return redirect("appeal", reference=reference)
        except TransitionRefused as refused:
            problems = refused.problems
    context = {
        "appeal": row,
        "form": form,
        "title": _(step.label),
        "adverse": step.adverse,
        "consequences": [_(step.consequence)],
        "problems": problems,
        "nav": "appeals",
    }
    status = 409 if problems else 422 if form.errors else 200
    return render(request, "licensing/appeal_act.html", context, status=status)


@require_GET
@office
def appeal_document(request: OfficeRequest, reference: str, pk: int) -> HttpResponseBase:
    """A paper of the appeal, also for the body that decides it."""
    document = get_object_or_404(found(request, reference).documents(), pk=pk)
    stream = read_document(document, actor=request.user, at=timezone.now())
    response = FileResponse(stream, as_attachment=True, filename=document.filename, content_type=document.media_type)
    response["Cache-Control"] = "private, no-store"
    return response
