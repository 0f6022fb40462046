"""Joint acts: checklists and criteria of risk, as everybody reads them and as officials keep them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.limits import limited
from core.models import Event, User
from core.models.base import pick_name
from core.services import allowed
from core.sheets import csv_lines
from core.templatetags.tizilim import thin
from inspections.forms.acts import ActsForm, OfficeActsForm
from inspections.models import JointAct
from inspections.models.acts import CHECKLIST, CRITERION_KINDS, INDICATORS, OBJECTIVE
from inspections.services.act_rows import CRITERION_COLUMNS, REQUIREMENT_COLUMNS
from inspections.services.acts import rows_of
from inspections.wording import group_name
from law.inspections.codes import RISKS, SEVERITIES, Risk, Severity
from law.inspections.requirements import ITEM_TESTS
from law.provisions import provision
from licensing.views.facts import plain_number
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.register import download
from licensing.wording import timeline_row

OPEN_COLUMNS = (
    *("act", "act_number", "signed_on", "name", "group", "in_force", "last_day_before", "item", "severity", "text_kk"),
    *("text_ru", "text_en", "article", "method"),
)


def find(user: Any, reference: str) -> JointAct:
    people = ("authority", "entered_by", "confirmed_by")
    return get_object_or_404(JointAct.objects.visible_to(user).select_related(*people), reference=reference)


def may_enter(user: Any) -> bool:
    authority = getattr(user, "authority", None)
    return authority is not None and allowed(user, "inspections.enter_joint_act", JointAct(authority=authority))


def badge(row: JointAct, user: Any, on: date) -> dict[str, str]:
    """Whether it counts on a day; of one that was not confirmed, how far it is."""
    state = row.WORKFLOW.state(row.state)
    if row.state not in ("confirmed", "ended") or row.in_force is None:
        return {"state": row.state, "label": _(state.label), "tone": state.tone}
    if row.counts(on):
        return {"state": "confirmed", "label": _("In force"), "tone": "good"}
    if on < row.in_force:
        return {"state": "proposed", "label": _("Not in force yet"), "tone": "waiting"}
    return {"state": "ended", "label": _("No longer in force"), "tone": "neutral"}


def chosen(rows: QuerySet[JointAct], given: dict[str, Any]) -> QuerySet[JointAct]:
    if given.get("on"):
        rows = rows & JointAct.objects.in_force(given["on"])
    if given.get("kind"):
        rows = rows.filter(kind=given["kind"])
    if given.get("group"):
        rows = rows.filter(kinds_of_permit__contains=[given["group"]])
    return rows.filter(state=given["state"]) if given.get("state") else rows


@login_not_required
@require_safe
def joint_acts(request: HttpRequest) -> HttpResponse:
    """The acts that one may see, the newest first: everybody those that were confirmed."""
    official = getattr(request.user, "is_official", False)
    form = (OfficeActsForm if official else ActsForm)(request.GET)
    form.is_valid()
    given, today = form.cleaned_data, timezone.localdate()
    rows = chosen(JointAct.objects.visible_to(request.user), given).select_related("authority")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    on = given.get("on") or today
    context = {
        "form": form,
        "page": page,
        "lines": [{"row": row, "group": groups(row), "badge": badge(row, request.user, on)} for row in page.rows],
        "narrowed": any(given.values()),
        "may_enter": may_enter(request.user),
        "nav": "joint-acts" if official else "register",
    }
    return render(request, "inspections/joint_acts.html", context)


def groups(row: JointAct) -> list[str]:
    return [group_name(code) for code in row.kinds_of_permit]


def row_lines(row: JointAct) -> list[dict[str, Any]]:
    """The rows as the page tells them."""
    if row.kind == CHECKLIST:
        return [
            {
                "row": one,
                "severity": _(SEVERITIES[Severity(one.severity)]),
                "missing": [_(text) for code, text in ITEM_TESTS.items() if code not in one.tests],
            }
            for one in row.requirements.all()
        ]
    return [
        {
            "row": one,
            "kind": CRITERION_KINDS[one.kind],
            "name": group_name(one.code) if one.kind == OBJECTIVE else INDICATORS.get(one.code, one.code),
            "degree": _(RISKS[Risk(one.degree)]) if one.degree else "",
            **{name: figure(getattr(one, name)) for name in ("least", "weight", "greatest")},
        }
        for one in row.criteria.all()
    ]


@login_not_required
@require_safe
def joint_act(request: HttpRequest, reference: str) -> HttpResponse:
    """One act with its rows, made to be printed; to officials with its acts and history."""
    from inspections.views.acts_desk import DESK  # it needs `find` from here

    row, today = find(request.user, reference), timezone.localdate()
    context: dict[str, Any] = {
        "row": row,
        "checklist": row.kind == CHECKLIST,
        "badge": badge(row, request.user, today),
        "groups": groups(row),
        "lines": row_lines(row),
        "rule": provision("EK-CHECKLIST", max(row.in_force or today, today)) if row.kind == CHECKLIST else None,
        "others": beside(row, request.user),
        "nav": "joint-acts" if getattr(request.user, "is_official", False) else "register",
    }
    if isinstance(request.user, User) and request.user.authority_id == row.authority_id:
        events = Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of")
        context["events"] = [timeline_row(event) for event in events.order_by("-id")[:100]]
        context["deeds"] = DESK.offered(row, request.user)
        context["may_edit"] = row.state == "draft" and allowed(request.user, "inspections.enter_joint_act", row)
        context["may_enter"] = may_enter(request.user)
    return render(request, "inspections/joint_act.html", context)


def beside(row: JointAct, user: Any) -> QuerySet[JointAct]:
    """Other versions of the same kind for some of the same subjects, the newest first."""
    rows = JointAct.objects.visible_to(user).filter(
        authority=row.authority_id, kind=row.kind, kinds_of_permit__overlap=row.kinds_of_permit
    )
    return rows.exclude(pk=row.pk).exclude(state="dropped").order_by("-id")[:10]


@login_not_required
@require_safe
def compare_acts(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Two versions beside each other, row by row: what came, went and changed."""
    after, before = find(request.user, reference), find(request.user, other)
    if after.kind != before.kind or after.pk == before.pk:
        raise Http404(_("There is nothing here"))
    context = {
        "before": before,
        "after": after,
        "lines": differences(before, after),
        "nav": "joint-acts" if getattr(request.user, "is_official", False) else "register",
    }
    return render(request, "inspections/compare_acts.html", context)


def differences(before: JointAct, after: JointAct) -> list[dict[str, Any]]:
    """Each item of either version in the order of the later one: both texts and what differs."""
    labels = {one.name: one.label for one in (*REQUIREMENT_COLUMNS, *CRITERION_COLUMNS)}
    then, now = keyed(before), keyed(after)
    found = []
    for key in dict.fromkeys((*now, *then)):
        old, new = then.get(key), now.get(key)
        fields = sorted(name for name in (new or {}) if old and new and old[name] != new[name])
        kind = "gone" if new is None else "new" if old is None else "changed" if fields else "same"
        words = {"new": _("New"), "gone": _("Gone"), "changed": _("Changed"), "same": _("The same")}[kind]
        parts = [(_(labels[name]), told(old, name), told(new, name)) for name in fields]
        found.append({"key": key[-1] if len(key) == 1 else " ".join(map(str, key)), "kind": kind, "words": words,
                      "parts": parts, "text": summary(new or old or {})})  # fmt: skip
    return found


def keyed(act: JointAct) -> dict[tuple[str, ...], dict[str, Any]]:
    """The rows by what makes two of them the same one."""
    names = ("code",) if act.kind == CHECKLIST else ("kind", "code", "least")
    return {tuple(str(row[name]) for name in names if row[name] is not None): row for row in rows_of(act)}


def told(row: dict[str, Any] | None, name: str) -> str:
    value = (row or {}).get(name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    closed: dict[str, Any] = {"severity": SEVERITIES, "degree": RISKS}
    words = closed.get(name, {})
    return _(str(words[value])) if value in words else str(value if value is not None else "")


def figure(value: Any) -> str:
    """A figure without empty decimals; nothing where there is none."""
    return "" if value is None else thin(plain_number(value))


def summary(row: dict[str, Any]) -> str:
    if "text_ru" in row:
        return pick_name(row["text_kk"], row["text_ru"], row["text_en"])
    return group_name(row["code"]) if row["kind"] == OBJECTIVE else str(INDICATORS.get(row["code"], row["code"]))


@login_not_required
@require_safe
def act_csv(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The rows of one act, as a file that can be sent again for another version."""
    row = find(request.user, reference)
    columns = REQUIREMENT_COLUMNS if row.kind == CHECKLIST else CRITERION_COLUMNS
    names = [column.name for column in columns]
    lines = ([plain(one[name]) for name in names] for one in rows_of(row))
    return download(csv_lines(names, lines), "text/csv; charset=utf-8", f"{row.reference}.csv")


def plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def acts_csv(request: HttpRequest) -> HttpResponseBase:
    """The items of all checklists in force today as CSV, streamed."""
    return download(csv_lines(OPEN_COLUMNS, open_rows(timezone.localdate())), "text/csv; charset=utf-8",
                    "joint-acts.csv")  # fmt: skip


def open_rows(on: date) -> Iterator[list[str]]:
    acts = JointAct.objects.in_force(on).filter(kind=CHECKLIST).prefetch_related("requirements").order_by("id")
    for act in acts.iterator(chunk_size=50):
        head = [act.reference, act.number, act.signed_on, act.name, " ".join(act.kinds_of_permit), act.in_force]
        for row in act.requirements.all():
            texts = [row.text_kk, row.text_ru, row.text_en, row.article, row.method]
            yield [plain(value) for value in (*head, act.repealed, row.code, row.severity, *texts)]


def page_of(row: JointAct) -> str:
    return reverse("joint-act", args=[row.reference])
