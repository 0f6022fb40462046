"""A miner's sales and conduct: assessments with their findings, and breaches of what a miner may not do."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Event, User
from core.services import allowed
from core.views import reader
from core.views.account import attempt
from exchanges.models import SaleReport
from law.licensing import MINING_LICENCES
from law.provisions import history
from law.quota import own_output, quarter_of
from licensing.models import Breach, Licence
from licensing.views.access import OfficeRequest, office
from licensing.views.acts import Act, Table
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.wording import timeline_row
from mining import services
from mining.forms.quota import ActivityForm, FactsForm, JudgementForm, PeriodForm, TradeForm
from mining.models.quota import VERDICTS, QuotaAssessment, QuotaFinding
from mining.views import nav_of

TONES = {"short": "bad", "unproved": "waiting", "met": "good", "nothing_sold": "neutral", "no_duty": "neutral"}


def find(user: User, reference: str) -> QuotaFinding:
    rows = QuotaFinding.objects.visible_to(user)
    people = ("assessment__organisation", "assessment__licence", "assessment__authority", "judged_by", "breach")
    return get_object_or_404(rows.select_related(*people), assessment__reference=reference)


ACTS = Table(
    find=find,
    page="quota-assessment",
    index=("quota", gettext_noop("Sales of miners")),
    nav="quota",
    acts=(
        Act(
            "uphold",
            gettext_noop("The finding is upheld."),
            services.judge_finding,
            JudgementForm,
            step="uphold",
            given={"step": "uphold"},
            supplied=frozenset({"note-missing"}),
        ),
        Act(
            "set-aside",
            gettext_noop("The finding is set aside."),
            services.judge_finding,
            JudgementForm,
            step="set_aside",
            given={"step": "set_aside"},
            supplied=frozenset({"note-missing"}),
        ),
        Act(
            "breach",
            gettext_noop("The breach is opened."),
            services.act_on_finding,
            FactsForm,
            step="open_breach",
            supplied=frozenset({"finding-without-breach"}),
            makes="breach",
        ),
    ),
)


def line_of(row: QuotaAssessment) -> dict[str, Any]:
    """An assessment as lists show it."""
    finding: QuotaFinding | None = getattr(row, "finding", None)
    return {
        "row": row,
        "sold": row.sold.normalize(),
        "required": row.required.normalize(),
        "missing": row.missing.normalize(),
        "words": _(str(VERDICTS[row.verdict])),
        "tone": TONES[row.verdict],
        "finding": {"state": finding.state, "label": finding.state_label, "tone": finding.state_tone}
        if finding
        else None,
    }


@require_GET
def assessments(request: HttpRequest) -> HttpResponse:
    """The newest first; for officials those to judge, `show=all` the others too, and `licence` leads to a miner; for a
    miner all that he may read."""
    user = reader(request)
    if user.is_official and (number := request.GET.get("licence", "").strip().upper()):
        return redirect("miner", number=miner_or_404(user, number).number)
    rows = QuotaAssessment.objects.visible_to(user).select_related("organisation", "finding")
    show = request.GET.get("show", "") if user.is_official else "all"
    page = page_newest(rows if show == "all" else rows.to_judge(), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {"lines": [line_of(row) for row in page.rows], "page": page, "show": show}
    context |= nav_of(request, "quota")
    return render(request, "mining/quota_assessments.html", context)


@require_GET
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """One assessment as it was made, its finding, and what officials may do about it."""
    user = reader(request)
    rows = QuotaAssessment.objects.visible_to(user)
    people = ("organisation", "licence", "made_by", "finding__judged_by", "finding__breach")
    row = get_object_or_404(rows.select_related(*people), reference=reference)
    finding: QuotaFinding | None = getattr(row, "finding", None)
    subject = finding if finding is not None else row
    events = Event.objects.of(subject).visible_to(user).select_related("actor", "on_behalf_of")
    acts = finding is not None and user.is_official
    context = {
        **line_of(row),
        "reports": reports_of(row, user),
        "parts": [part_line(part) for part in row.parts],
        "judged": finding if finding is not None and finding.judged_at else None,
        "ended": ended_rules(row),
        "offers": ACTS.offered(find(user, reference), user, timezone.now()) if acts else None,
        "events": [timeline_row(event) for event in events.order_by("-id")[:50]],
        **nav_of(request, "quota"),
    }
    return render(request, "mining/quota_assessment.html", context)


def reports_of(row: QuotaAssessment, user: User) -> list[dict[str, Any]]:
    """The reports that were read; those which the reader may open himself lead there."""
    numbers = {number for number, _edition in row.reports}
    seen = set(SaleReport.objects.visible_to(user).filter(reference__in=numbers).values_list("reference", flat=True))
    return [{"number": number, "edition": edition, "open": number in seen} for number, edition in row.reports]


def part_line(part: dict[str, Any]) -> dict[str, Any]:
    """A part as its page shows it: days as days, the verdict in words."""
    days = {name: date.fromisoformat(part[name]) for name in ("first", "last")}
    return part | days | {"words": _(str(VERDICTS[part["verdict"]])), "tone": TONES[part["verdict"]]}


def ended_rules(row: QuotaAssessment) -> list[dict[str, Any]]:
    """The rules of a finding that are repealed today: whether they may still be pursued is the head's to judge."""
    today = timezone.localdate().isoformat()
    kept = {ground["repealed"]: ground for ground in row.grounds if ground["repealed"] and ground["repealed"] <= today}
    last = history("mining.sale_share")[-1].repealed
    gone = last is not None and last.isoformat() <= today
    return [kept[max(kept)]] if kept and gone else []


def miner_or_404(user: User, number: str) -> Licence:
    rows = Licence.objects.visible_to(user).filter(kind__in=MINING_LICENCES)
    return get_object_or_404(rows.select_related("organisation", "authority"), number=number)


@require_http_methods(["GET", "POST"])
@office
def miner(request: OfficeRequest, number: str) -> HttpResponse:
    """The sales of a licence's holder: assessments so far, and the form for a new one."""
    found, today = miner_or_404(request.user, number), timezone.localdate()
    may = allowed(request.user, "mining.assess_quota", found)
    first, last = quarter_of(quarter_of(today)[0] - timedelta(days=1))  # the last one that is over
    form = PeriodForm(request.POST if request.method == "POST" else None, initial={"first": first, "last": last})
    if request.method == "POST":
        if not may:
            raise PermissionDenied("mining.assess_quota")
        given: dict[str, Any] = {"actor": request.user, "at": timezone.now()}
        if form.is_valid():
            made = attempt(form, lambda: services.assess_quota(found, **form.cleaned_data, **given))
            if made:
                messages.success(request, _("The assessment is made."))
                return redirect("quota-assessment", reference=made.reference)
    rows = QuotaAssessment.objects.visible_to(request.user).filter(organisation=found.organisation)
    context = {
        "licence": found,
        "lines": [line_of(row) for row in rows.select_related("finding")[:50]],
        "form": form if may else None,
        "may_report": allowed(request.user, "licensing.open_breach", Breach(authority=found.authority)),
        "own_output": own_output(today),
        "exclusive": history("mining.exclusive_activity")[-1],
        "nav": "quota",
    }
    return render(request, "mining/miner.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@office
def trade(request: OfficeRequest, number: str) -> HttpResponse:
    """A miner organises trade: a breach, handed to another body."""
    form = TradeForm(posted(request), authority_id=request.user.authority_id)
    return conduct(request, number, form, services.report_trade, gettext_noop("Organised trade"))


@require_http_methods(["GET", "POST"])
@office
def other_activity(request: OfficeRequest, number: str) -> HttpResponse:
    """Another activity of a miner, while the law forbade it."""
    form = ActivityForm(posted(request))
    return conduct(request, number, form, services.report_other_activity, gettext_noop("Other activity of a miner"))


def posted(request: OfficeRequest) -> Any:
    """What was sent, also where nothing was filled in; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def conduct(
    request: OfficeRequest, number: str, form: forms.Form, service: Callable[..., Breach], title: str
) -> HttpResponse:
    found = miner_or_404(request.user, number)
    if not allowed(request.user, "licensing.open_breach", Breach(authority=found.authority)):
        raise PermissionDenied("licensing.open_breach")
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        made = attempt(form, lambda: service(found, **given))
        if made:
            messages.success(request, _("The breach is opened."))
            return redirect("breach", reference=made.reference)
    context = {"licence": found, "form": form, "title": _(title), "nav": "quota"}
    return render(request, "mining/conduct.html", context, status=409 if form.errors else 200)
