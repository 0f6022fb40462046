"""Items and result of an inspection, and the acts from the result on."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from core.days import dateshort, datetimeshort
from core.models import User
from core.services import allowed
from core.views.account import attempt
from inspections import services
from inspections.forms.results import ClosingForm, FollowUpForm, ReminderForm, ResultForm, SuspensionForm, result_form
from inspections.models import Inspection
from inspections.services.papers import number_of
from inspections.services.results import breached
from inspections.views.site import NOTED, find, item_lines, works_here
from inspections.workflow import INSPECTION
from law.checklists import ANSWERS, NOT_MET
from law.inspections.results import cure_from
from licensing.models import Letter, Measure
from licensing.views.access import OfficeRequest, office
from licensing.views.deeds import Deed, Desk, file_context
from licensing.views.panels import Panel

TONES = {"met": "good", NOT_MET: "bad", "not_applicable": "neutral"}
PREPARE = "inspections.prepare"


def judged(step: str, done: str, service: Any) -> Deed:
    taken = INSPECTION[step]
    return Deed(step, taken.label, done, ClosingForm, service, taken.permission, taken.sources, taken.consequence)


#: Acts after the result; the file of the inspection may offer them too.
RESULT_DEEDS = (
    judged("accept_cure", gettext_noop("The cure is accepted; the inspection is closed."), services.accept_cure),
    judged("find_uncured", gettext_noop("It is found that it was not cured."), services.find_uncured),
    Deed(
        "remind",
        gettext_noop("Ask the subject about the cure"),
        gettext_noop("The subject is asked."),
        ReminderForm,
        services.send_reminder,
        PREPARE,
        ("curing",),
        gettext_noop("Asked is who did not report the cure by its day. Another silence founds a check of the order."),
    ),
    Deed(
        "follow_up",
        gettext_noop("Open a check of the order"),
        gettext_noop("The draft of the check is open."),
        FollowUpForm,
        services.open_follow_up,
        PREPARE,
        ("uncured",),
        gettext_noop("An unscheduled inspection by ground 2 is drafted, with the papers of the order as its proof."),
    ),
    Deed(
        "propose_suspension",
        gettext_noop("Propose to suspend the licence"),
        gettext_noop("The measure is proposed. A head decides on it."),
        SuspensionForm,
        services.propose_suspension,
        PREPARE,
        ("uncured",),
        gettext_noop(
            "A measure against the licence begins; it is countersigned, made known and decided as every other."
        ),
    ),
)


DESK = Desk(find, "inspection-results", "inspections", RESULT_DEEDS)
deed_page = office(DESK.view())


@require_safe
@office
def results(request: OfficeRequest, reference: str) -> HttpResponse:
    """What was asked and seen, what was ordered, what came of it."""
    row = find(request.user, reference)
    context = file_context(request, row, DESK, ("inspections", gettext_noop("Inspections"))) | {
        "title": row.organisation.name,
        "sub": f"{row.kind_label} · {number_of(row)}",
        "lines": [shown(line) for line in item_lines(row)],
        "skewed": [
            (one.item, datetimeshort(one.received_at), round(one.skew / 60))
            for one in row.entries.filter(skew__gt=NOTED) | row.entries.filter(skew__lt=-NOTED)
        ],
        "facts": [one for one in facts_of(row) if one[1]],
        "letters": list(Letter.objects.of(row).select_related("document").order_by("id")),
        "at_site": row.state == "running",
        "may_hand": works_here(request.user, row),
        "followed": list(row.followed_by.order_by("id")),
    }
    return render(request, "inspections/results.html", context)


def shown(line: dict[str, Any]) -> dict[str, Any]:
    item = line["item"]
    words = _(ANSWERS[item.answer]) if item.answer else ""
    return line | {"words": words, "tone": TONES.get(item.answer, "neutral"), "cure_by": item.cure_by}


def facts_of(row: Inspection) -> list[tuple[str, str]]:
    """What was handed over, ordered and found, as lines."""
    day = dateshort
    return [
        (_("Last day"), day(row.last_day) if row.last_day else ""),
        (
            _("Result act"),
            f"{row.result_number}, {datetimeshort(row.result_handed_at)}" if row.result_handed_at else "",
        ),
        (_("Receipt of the result act"), str(row.get_result_receipt_display()) if row.result_receipt else ""),
        (_("What was found"), row.findings),
        (_("Order to cure"), row.order_number),
        (_("What is to be mended"), row.instructions),
        (_("To be cured by"), day(row.cure_by) if row.cure_by else ""),
        (_("Failures to report or to cure"), str(row.missed) if row.missed else ""),
        (_("Asked about the cure"), datetimeshort(row.reminded_at) if row.reminded_at else ""),
        (_("To be answered by"), day(row.answer_by) if row.answer_by else ""),
        (_("What came of the order"), row.closing),
    ]


@require_http_methods(["GET", "POST"])
@office
def hand_result(request: OfficeRequest, reference: str) -> HttpResponse:
    """Hand over the result act, with an order to cure where an item was not met."""
    row, user = find(request.user, reference), request.user
    if not (row.state == "running" and allowed(user, "inspections.work_on_site", row)):
        raise PermissionDenied("inspections.work_on_site")
    found, at = breached(row), timezone.now()
    form = result_form(row, found, cure_from(timezone.localdate(at)), *([request.POST] if request.POST else []))
    if request.method == "POST" and form.is_valid() and hand(row, form, user, at):
        messages.success(request, _("The result act is handed over."))
        return redirect("inspection-results", reference=reference)
    step = INSPECTION["order_cure" if found else "find_clean"]
    context = {
        "row": row,
        "form": form,
        "title": _(step.label),
        "consequence": _(step.consequence),
        "back": reverse("inspection-results", args=[reference]),
        "nav": "inspections",
    }
    return render(request, "licensing/deed.html", context, status=409 if form.errors else 200)


def hand(row: Inspection, form: ResultForm, user: User, at: datetime) -> bool:
    return attempt(form, lambda: services.hand_result(row, actor=user, at=at, **form.given())) is not None


def measure_card(measure: Measure, user: User) -> Panel | None:
    """On the file of a measure: the inspections whose breaches it follows."""
    rows = list(Inspection.objects.visible_to(user).filter(measure=measure))
    return Panel("inspections/measure_panel.html", {"rows": rows}) if rows else None
