"""Acts on chosen rows: confirmed first, then taken one by one through a service, each in its own transaction.

What was refused is listed with its reasons and their articles; the rest is done. A second click finds the first one's
result instead of acting again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from unfold.widgets import UnfoldAdminTextareaWidget

from core.days import told
from core.models import RequestKey, User
from core.workflow import StaleVersion, TransitionRefused
from law.problems import Problem

if TYPE_CHECKING:
    from core.admin.base import HouseAdmin

LIMIT = 100  # rows of one act: a page of a list


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do to chosen rows. `call(row, actor=, at=, **form.cleaned_data)` is a service.

    `permission` is asked of the actor for his role's sake; the service asks again for each row. `versioned`: the
    service takes the version that was confirmed, and refuses a row that changed since.
    """

    name: str
    label: str | Promise
    consequence: str | Promise
    permission: str
    call: Callable[..., Any]
    form: "type[ActForm] | None" = None
    adverse: bool = False
    versioned: bool = False


class ActForm(forms.Form):
    """What an act needs besides the rows; may look at them and at the actor to offer choices."""

    def __init__(self, *args: Any, actor: User, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.rows = actor, rows


class ReasonForm(ActForm):
    reason = forms.CharField(max_length=2000, widget=UnfoldAdminTextareaWidget({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Reason")


class NothingForm(ActForm):
    """The rows are enough."""


def reader(request: HttpRequest) -> User:
    """Who reads or acts: nobody comes here without having signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def runner(act: Act) -> Callable[..., HttpResponse]:
    """The act as Django's panel calls it."""

    def run(panel: "HouseAdmin", request: HttpRequest, _rows: Any) -> HttpResponse:
        return take(panel, request, act)

    return run


def take(panel: "HouseAdmin", request: HttpRequest, act: Act) -> HttpResponse:
    """The page that confirms; once confirmed, the acts and the way to their result."""
    rows, missing = chosen_rows(panel, request)
    actor = reader(request)
    sent = request.POST if "confirmed" in request.POST else None
    form = (act.form or NothingForm)(sent, actor=actor, rows=rows)
    if sent is None or not form.is_valid():
        return confirm_page(panel, request, act, rows, form)
    try:
        token = UUID(request.POST["confirmed"])
    except ValueError:
        return confirm_page(panel, request, act, rows, form)
    try:
        with transaction.atomic():
            kept = RequestKey.objects.create(user=actor, key=f"admin:{token}", digest="", at=timezone.now())
    except IntegrityError:  # clicked twice: the first click's result is what happened
        return HttpResponseRedirect(panel.act_url(str(token)))
    results = [
        take_one(act, row, form.cleaned_data, actor=actor, version=request.POST.get(f"version-{row.pk}", ""))
        for row in rows
    ]
    results += [(gettext("A row that you no longer see"), [gettext_problem("row-gone")])] * missing
    kept.body = result_body(act, results, back=request.get_full_path())
    kept.status = 200
    kept.save(update_fields=["body", "status"])
    return HttpResponseRedirect(panel.act_url(str(token)))


def chosen_rows(panel: "HouseAdmin", request: HttpRequest) -> tuple[list[Any], int]:
    """The chosen rows as this actor sees them now, whatever the list was filtered by; and how many are gone."""
    texts = dict.fromkeys(request.POST.getlist(ACTION_CHECKBOX_NAME)[:LIMIT])
    keys = [panel.opts.pk.to_python(text) for text in texts]
    found = {row.pk: row for row in panel.get_queryset(request).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found], len(keys) - len(found)


def well_formed(key: Any, texts: Sequence[str]) -> bool:
    """Whether each text could be a key of this field."""
    try:
        return all(key.get_prep_value(key.to_python(text)) not in ("", None) for text in texts)
    except (ValidationError, ValueError, TypeError):
        return False


def take_one(
    act: Act, row: Any, given: dict[str, Any], *, actor: User, version: str
) -> tuple[str, list[dict[str, Any]]]:
    """(what it was done to, why it was refused); nothing in the second means that it is done."""
    extra = {"version": int(version)} if act.versioned and version.isdecimal() else {}
    name = str(row)
    try:
        act.call(row, actor=actor, at=timezone.now(), **given, **extra)
    except TransitionRefused as refused:
        return name, [kept_problem(problem) for problem in refused.problems]
    except StaleVersion:
        return name, [gettext_problem("stale-version")]
    except PermissionDenied:
        return name, [gettext_problem("not-allowed")]
    return name, []


def kept_problem(problem: Problem) -> dict[str, Any]:
    return {"message": problem.text(told), "ground": problem.ground(), "code": problem.code}


def gettext_problem(code: str) -> dict[str, Any]:
    words = {
        "row-gone": gettext("It was taken from your sight between choosing and confirming."),
        "stale-version": gettext("Somebody changed it since you confirmed. Look at it again."),
        "not-allowed": gettext("You may not do this here: another authority's case, or you had a hand in it."),
    }
    return {"message": words[code], "ground": None, "code": code}


def result_body(act: Act, results: list[tuple[str, list[dict[str, Any]]]], *, back: str) -> dict[str, Any]:
    return {
        "act": str(act.label),
        "back": back,
        "done": [name for name, problems in results if not problems],
        "refused": [{"name": name, "problems": problems} for name, problems in results if problems],
    }


def confirm_page(
    panel: "HouseAdmin", request: HttpRequest, act: Act, rows: Sequence[Any], form: forms.Form
) -> HttpResponse:
    context = {
        **panel.admin_site.each_context(request),
        "opts": panel.opts,
        "title": act.label,
        "act": act,
        "form": form,
        "rows": [(row, panel.summary(row)) for row in rows],
        "heads": panel.summary_heads,
        "token": uuid4(),
        "checkbox": ACTION_CHECKBOX_NAME,
        "back": request.get_full_path(),
    }
    status = 400 if form.is_bound and not form.is_valid() else 200
    return TemplateResponse(request, "admin/act_confirm.html", context, status=status)


def result_page(panel: "HouseAdmin", request: HttpRequest, token: UUID) -> HttpResponse:
    """What came of an act, for who took it."""
    kept = RequestKey.objects.filter(user=reader(request), key=f"admin:{token}").first()
    if kept is None:
        raise Http404
    context = {
        **panel.admin_site.each_context(request),
        "opts": panel.opts,
        "title": kept.body.get("act", gettext("Being done")),
        "result": kept.body,
        "finished": bool(kept.status),
    }
    return TemplateResponse(request, "admin/act_result.html", context)
