"""Jobs and investment: declared against realised for officials, and the reports for them and for holders."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.models.base import pick_name
from core.regions import REGIONS
from core.services import allowed
from core.views import reader
from law.problems import Problem
from law.provisions import provision
from licensing.models import Licence
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.rows import csv_response
from mining import services
from mining.forms.realised import RealisedForm
from mining.models import RealisedReport
from mining.models.hosting import HOSTED_KINDS
from mining.models.realised import DECLARED, Effect, effects, licences_in_force, with_realised
from mining.views import attempt, nav_of
from mining.views.power import own_authority

FIELDS = (
    "pk", "reference", "period_first", "period_last", "revision", "standing", "received_on", "jobs", "investment",
    "source", "licence__number", "organisation__name_kk", "organisation__name_ru", "organisation__name_en",
)  # fmt: skip
LICENCES = (
    "pk", "number", "organisation__name_kk", "organisation__name_ru", "organisation__name_en", "region",
    "jobs", "last_jobs", "investment", "invested",
)  # fmt: skip
SHOWN = 50
CSV_HEAD = (
    gettext_noop("Region"), gettext_noop("Licences in force"), gettext_noop("Licences that reported"),
    gettext_noop("Jobs declared"), gettext_noop("Jobs declared by those who reported"), gettext_noop("Jobs realised"),
    gettext_noop("Difference in jobs"), gettext_noop("Investment declared, tenge"),
    gettext_noop("Investment declared by those who reported, tenge"), gettext_noop("Investment realised, tenge"),
    gettext_noop("Difference in investment, tenge"),
)  # fmt: skip


def places(request: OfficeRequest) -> tuple[list[tuple[str, str, Effect]], Effect]:
    """(code, name, figures) of the regions with licences in force, by name; and all together."""
    found = effects(own_authority(request))
    named = [(code, _(REGIONS[code]), one) for code, one in found.regions.items() if one.licences]
    rows = sorted(named, key=lambda row: row[1])
    if found.nowhere.licences:
        rows.append(("", _("Without a region"), found.nowhere))
    return rows, found.total


@require_GET
@office
def jobs(request: OfficeRequest) -> HttpResponse:
    """By region and together; below, licence by licence, of one region where `region` names it."""
    region = request.GET.get("region", "")
    rows, total = places(request)
    licences = with_realised(licences_in_force(own_authority(request))).annotate(
        region=F(f"{DECLARED}region"), jobs=F(f"{DECLARED}jobs"), investment=F(f"{DECLARED}investment")
    )
    if region in REGIONS:
        licences = licences.filter(region=region)
    page = page_newest(licences.values_list(*LICENCES), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "rows": rows,
        "total": total,
        "licences": [licence_line(row) for row in page.rows],
        "page": page,
        "region": region if region in REGIONS else "",
        "regions": sorted(((code, _(name)) for code, name in REGIONS.items()), key=lambda pair: pair[1]),
        "rule": provision("jobs.report_period", timezone.localdate()),
        "part": "jobs",
    }
    return render(request, "mining/jobs.html", context | nav_of(request, "jobs"))


def licence_line(row: Any) -> dict[str, Any]:
    one = dict(zip(LICENCES, row, strict=True))
    name = pick_name(*(one.pop(f"organisation__name_{code}") for code in ("kk", "ru", "en")))
    return one | {"name": name, "place": _(REGIONS[one["region"]]) if one["region"] else ""}


@require_GET
@office
def jobs_csv(request: OfficeRequest) -> HttpResponseBase:
    rows, total = places(request)
    return csv_response("jobs", CSV_HEAD, csv_rows([*rows, ("", _("Together"), total)]))


def csv_rows(rows: list[tuple[str, str, Effect]]) -> Iterator[tuple[Any, ...]]:
    for _code, name, one in rows:
        yield (
            name, one.licences, one.reported, one.jobs, one.jobs_of_reported, one.jobs_realised, one.jobs_difference,
            one.investment, one.investment_of_reported, one.investment_realised, one.investment_difference,
        )  # fmt: skip


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The newest first, corrected ones among them: for officials those to their authority, for holders their own."""
    user = reader(request)
    rows = RealisedReport.objects.visible_to(user).values_list(*FIELDS)
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "rows": [report_line(row) for row in page.rows],
        "page": page,
        "may_report": may_report(request),
        "rule": provision("jobs.report_period", timezone.localdate()),
    }
    return render(request, "mining/jobs_reports.html", context | nav_of(request, "jobs"))


def may_report(request: HttpRequest) -> bool:
    """Holders of a mining licence, and officers of an authority, may."""
    user = reader(request)
    if user.is_official:
        return allowed(user, "mining.enter_realised", RealisedReport(authority=user.authority))
    return Licence.objects.visible_to(user).filter(kind__in=HOSTED_KINDS).exists()


def report_line(row: Any) -> dict[str, Any]:
    one = dict(zip(FIELDS, row, strict=True))
    return one | {"name": pick_name(*(one.pop(f"organisation__name_{code}") for code in ("kk", "ru", "en")))}


@require_GET
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report, and the others of its period."""
    rows = RealisedReport.objects.visible_to(request.user).select_related("organisation", "licence", "entered_by")
    row = get_object_or_404(rows, reference=reference)
    same = RealisedReport.objects.filter(licence=row.licence_id, period_first=row.period_first).exclude(pk=row.pk)
    stated = row.licence.application.particulars
    context = {"report": row, "stated": stated, "others": same.order_by("-revision")[:SHOWN]}
    context["rule"] = provision("jobs.report_period", row.period_last)
    return render(request, "mining/jobs_report.html", context | nav_of(request, "jobs"))


@require_http_methods(["GET", "POST"])
def new_report(request: HttpRequest) -> HttpResponse:
    """The holder reports a period; an officer enters a report from a paper."""
    user = reader(request)
    problems: tuple[Problem, ...] = ()
    given = request.POST if request.method == "POST" else None
    form = RealisedForm(given, user=user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        acting: dict[str, Any] = {"actor": user, "at": timezone.now()}
        made, problems = attempt(lambda: services.report_realised(form.licence_given, **form.values(), **acting))
        if made is not None:
            messages.success(request, _("The report is received."))
            return redirect("jobs-report", reference=made.reference)
    status = 409 if problems else 422 if form.errors else 200
    context = {"form": form, "problems": problems, "rule": provision("jobs.report_period", timezone.localdate())}
    return render(request, "mining/new_jobs_report.html", context | nav_of(request, "jobs"), status=status)
