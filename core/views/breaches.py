"""Breaches of personal data: noticed by any official, handled by administrators, read by auditors."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.models import DataBreach, Obligation
from core.models.house import KINDS_OF_DATA
from core.services import breaches, duty_label
from core.services.acts import choices
from core.views import reader
from core.views.account import attempt
from core.views.house import HouseRequest, newest, overseen


class Words(forms.CharField):
    """Some sentences."""

    def __init__(self, label: Any, *, required: bool = True, help_text: Any = "") -> None:
        area = forms.Textarea(attrs={"rows": 4})
        super().__init__(label=label, required=required, help_text=help_text, max_length=5000, widget=area)


class NoticeForm(forms.Form):
    """What was noticed."""

    summary = forms.CharField(label=_("What happened, in a line"), max_length=200)
    description = Words(_("What happened"), help_text=_("No names of persons: numbers, kinds, places."))
    happened_at = forms.DateTimeField(
        label=_("When it happened"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class AssessForm(forms.Form):
    """Whose data, of what kind, how many."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of data"),
        choices=list(KINDS_OF_DATA.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of data.")},
    )
    persons = forms.IntegerField(label=_("Persons concerned"), min_value=0, max_value=2_000_000_000)
    assessment = Words(_("What may follow for them"))


class NotifyForm(forms.Form):
    """The texts that went out."""

    notice = Words(_("What the authorised body is told"))
    persons_notice = Words(_("What the persons are told, and how"), required=False)


class JudgeForm(forms.Form):
    """Why not."""

    reason = Words(_("Why nobody is notified"))


class CloseForm(forms.Form):
    """What was done."""

    measures = Words(_("What was done about it"))


ACTS: dict[str, tuple[type[forms.Form], Callable[..., DataBreach]]] = {
    "assess": (AssessForm, breaches.assess_breach),
    "notify": (NotifyForm, breaches.notify_breach),
    "judge_not_notifiable": (JudgeForm, breaches.judge_not_notifiable),
    "close": (CloseForm, breaches.close_breach),
}


@overseen
@require_http_methods(["GET", "HEAD", "POST"])
def breach_list(request: HouseRequest) -> HttpResponse:
    """The record of breaches, newest first. POST notices one."""
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "actor": reader(request), "at": timezone.now()}
        if made := attempt(form, lambda: breaches.notice_breach(**given)):
            messages.success(request, gettext("Noted; the clock runs from today."))
            return redirect("data-breach", pk=made.pk)
    rows, following = newest(DataBreach.objects.visible_to(request.user), request.GET.get("cursor", ""))
    return render(request, "core/house/breaches.html", {"form": form, "rows": rows, "next": following, "nav": "house"})


def initial_of(breach: DataBreach, form: type[forms.Form]) -> dict[str, Any]:
    """What an act's form begins with: what is held, and for the notice a text drawn from it."""
    held = {field: getattr(breach, field, "") for field in form.base_fields}
    if form is NotifyForm and not breach.notice:
        held["notice"] = draft_notice(breach)
    return held


def draft_notice(breach: DataBreach) -> str:
    """A notice in the reader's language, to be edited: what, when, whose data, how many, what may follow."""
    kinds = ", ".join(str(KINDS_OF_DATA[code]) for code in breach.kinds if code in KINDS_OF_DATA)
    lines = [
        gettext("Breach of personal data, %(reference)s") % {"reference": breach},
        breach.summary,
        breach.description,
        gettext("Kinds of data: %(kinds)s") % {"kinds": kinds},
        gettext("Persons concerned: %(persons)s") % {"persons": breach.persons},
        breach.assessment,
    ]
    return "\n\n".join(line for line in lines if line)


@overseen
@require_http_methods(["GET", "HEAD", "POST"])
def breach(request: HouseRequest, pk: int) -> HttpResponse:
    """One breach with its term, its texts and the next acts."""
    row = get_object_or_404(DataBreach.objects.visible_to(request.user).select_related("noticed_by"), pk=pk)
    at, name = timezone.now(), request.POST.get("act", "")
    forms_ = {}
    if request.method == "POST":
        if name not in ACTS:
            raise Http404
        version = request.POST.get("version", "")
        known = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
        form = ACTS[name][0](request.POST)
        forms_[name] = form
        given = {"actor": reader(request), "at": at, "version": known}
        if form.is_valid() and attempt(form, lambda: ACTS[name][1](row, **form.cleaned_data, **given)):
            return redirect("data-breach", pk=pk)
    acts = []
    for choice in choices(row, reader(request), at):
        own = ACTS[choice.step.name][0]
        acts.append({"step": choice.step, "form": forms_.get(choice.step.name) or own(initial=initial_of(row, own))})
    context = {
        "breach": row,
        "kinds": [KINDS_OF_DATA[code] for code in row.kinds if code in KINDS_OF_DATA],
        "terms": [(one, duty_label(one.code)) for one in Obligation.objects.of(row)],
        "acts": acts,
        "nav": "house",
    }
    return render(request, "core/house/breach.html", context)
