"""Reports of pools and miners, and where they differ."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Authority, Organisation
from core.models.base import pick_name
from core.services import Upload, keep_row_file
from core.views import reader
from core.views.rowfiles import column_rows, sent
from law.problems import Problem
from law.reporting import MINING, Period, report_period
from licensing.models import Licence
from licensing.views.access import OfficeRequest, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.rows import csv_response
from mining import services
from mining.forms.registers import DistributionForm, OutputForm, past_periods
from mining.models import MinerReport, PoolReport
from mining.models.distributions import MARKS
from mining.services.distribution_rows import ACCREDITATION, DISTRIBUTION_COLUMNS, POOL_DISTRIBUTION
from mining.services.distributions import MOST, plain, totals
from mining.services.keeping import authority_of
from mining.views import attempt, nav_of
from mining.views.machines import given, status

FIELDS = (
    "pk", "reference", "period_first", "revision", "standing", "received_on", "due_on", "rows",
    "organisation__name_kk", "organisation__name_ru", "organisation__name_en", "organisation__identifier",
)  # fmt: skip
SHOWN = 100
CSV_HEAD = (
    gettext_noop("Day of distribution"), gettext_noop("IIN or BIN of the miner"), gettext_noop("Name of the miner"),
    gettext_noop("Number of the licence"), gettext_noop("Date of the licence"), gettext_noop("Wallet"),
    gettext_noop("Asset"), gettext_noop("Amount"), gettext_noop("Commission of the pool"),
    gettext_noop("Difference from the register"),
)  # fmt: skip


def report_lines(request: HttpRequest, model: Any) -> dict[str, Any]:
    """One page of reports, the newest first; `late=1` only those that came late."""
    rows = model.objects.visible_to(request.user)
    if request.GET.get("late"):
        rows = rows.late()
    page = page_newest(rows.values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    return {"rows": [line(row) for row in page.rows], "page": page, "late": bool(request.GET.get("late"))}


def line(row: Any) -> dict[str, Any]:
    one = dict(zip(FIELDS, row, strict=True))
    name = pick_name(*(one.pop(f"organisation__name_{code}") for code in ("kk", "ru", "en")))
    late = one["due_on"] is not None and one["received_on"] > one["due_on"]
    return one | {"name": name, "identifier": one["organisation__identifier"], "late": late}


@require_GET
def pool_reports(request: HttpRequest) -> HttpResponse:
    context = report_lines(request, PoolReport) | nav_of(request, "pool-reports")
    return render(request, "mining/pool_reports.html", context | {"may_report": pools(request).exists()})


def pools(request: HttpRequest) -> Any:
    """The organisations of the reader that were ever accredited as pools."""
    held = Licence.objects.filter(kind=ACCREDITATION).values("organisation")
    return reader(request).organisations().filter(pk__in=held)


def miners(request: HttpRequest) -> Any:
    held = Licence.objects.filter(kind__startswith="mining-licence-").values("organisation")
    return reader(request).organisations().filter(pk__in=held)


@require_http_methods(["GET", "POST"])
def new_pool_report(request: HttpRequest) -> HttpResponse:
    """A pool sends the rows of a period as a file."""
    user = reader(request)
    problems: tuple[Problem, ...] = ()
    if user.is_official:
        raise Http404
    form = DistributionForm(*given(request), user=user, among=pools(request))
    if request.method == "POST" and form.is_valid():
        upload, stated = form.cleaned_data["file"], form.cleaned_data
        file, problems = attempt(
            lambda: keep_row_file(
                POOL_DISTRIBUTION,
                Upload(upload.name, upload.file, upload.size),
                authority=authority_of(user),
                organisation=stated["organisation"],
                options={name: stated[name] for name in ("period", "revision", "as_it_happened")},
                actor=user,
                at=timezone.now(),
            )
        )
        if file is not None:
            return sent(request, file)
    context = {"form": form, "problems": problems, "columns": column_rows(DISTRIBUTION_COLUMNS)}
    context |= nav_of(request, "pool-reports")
    return render(request, "mining/new_pool_report.html", context, status=status(form, problems))


@require_GET
def pool_report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report: its sums, its day, what differs from the register, and the others of its period."""
    rows = PoolReport.objects.visible_to(request.user).select_related("organisation", "accreditation")
    row = get_object_or_404(rows, reference=reference)
    same = PoolReport.objects.filter(organisation=row.organisation_id, period_first=row.period_first)
    context = {
        "report": row,
        "totals": [one | {"total": plain(one["total"]), "fee": plain(one["fee"])} for one in totals(row)],
        "marked": [marked(one) for one in row.lines.exclude(mark="").order_by("id")[:SHOWN]],
        "others": same.exclude(pk=row.pk).order_by("-revision")[:SHOWN],
    }
    return render(request, "mining/pool_report.html", context | nav_of(request, "pool-reports"))


def marked(one: Any) -> dict[str, Any]:
    return {"line": one, "mark": _(MARKS[one.mark]), "amount": plain(one.amount)}


@require_GET
def pool_report_csv(request: HttpRequest, reference: str) -> HttpResponseBase:
    row = get_object_or_404(PoolReport.objects.visible_to(request.user), reference=reference)
    return csv_response(row.reference, CSV_HEAD, csv_rows(row))


def csv_rows(report: PoolReport) -> Iterator[tuple[Any, ...]]:
    fields = ("day", "miner_identifier", "miner_name", "licence_number", "licence_date", "wallet", "asset")
    rows = report.lines.order_by("id").values_list(*fields, "amount", "commission", "mark")
    for *words, amount, commission, mark in rows.iterator(chunk_size=1000):
        yield (*words, plain(amount), plain(commission), _(MARKS[mark]) if mark else "")


@require_GET
def miner_reports(request: HttpRequest) -> HttpResponse:
    context = report_lines(request, MinerReport) | nav_of(request, "miner-reports")
    return render(request, "mining/miner_reports.html", context | {"may_report": miners(request).exists()})


@require_http_methods(["GET", "POST"])
def new_miner_report(request: HttpRequest) -> HttpResponse:
    """A miner says how much of each asset he obtained in a period."""
    user = reader(request)
    problems: tuple[Problem, ...] = ()
    if user.is_official:
        raise Http404
    form = OutputForm(given(request)[0], user=user, among=miners(request), initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        stated = dict(form.cleaned_data)
        miner, rows = stated.pop("organisation"), stated.pop("amounts")
        acting: dict[str, Any] = {"authority": authority_of(user), "actor": user, "at": timezone.now()}
        file, problems = attempt(lambda: services.report_output(miner, rows, **stated, **acting))
        if file is not None:
            return redirect("miner-report", reference=file.made)
    context = {"form": form, "problems": problems, **nav_of(request, "miner-reports")}
    return render(request, "mining/new_miner_report.html", context, status=status(form, problems))


@require_GET
def miner_report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report of a miner, against what the pools say."""
    rows = MinerReport.objects.visible_to(request.user).select_related("organisation", "authority")
    row = get_object_or_404(rows, reference=reference)
    context = compared(row.organisation, Period(row.period_first, row.period_last), row.authority) | {"report": row}
    return render(request, "mining/difference.html", context | nav_of(request, "miner-reports"))


def compared(miner: Organisation, period: Period, authority: Authority) -> dict[str, Any]:
    found = services.differences(miner, period.first, period.last, authority=authority)
    reports = MinerReport.objects.standing().filter(organisation=miner, authority=authority)
    return {
        "miner": miner,
        "period": period,
        "lines": [
            {
                "asset": one.asset,
                "pools": plain(one.pools),
                "miner": plain(one.miner) if one.miner is not None else "",
                "difference": plain(one.difference),
                "agrees": one.agrees,
                "reasons": one.reasons,
            }
            for one in found
        ],
        "report": reports.filter(period_first=period.first).first(),
    }


def read_period(text: str) -> Period:
    """2026-05, or 404."""
    try:
        return report_period(MINING, date.fromisoformat(f"{text}-01"))
    except (ValueError, LookupError):
        raise Http404 from None


@require_GET
def one_difference(request: HttpRequest, identifier: str, period: str) -> HttpResponse:
    """A miner against his pools, also where he has not reported: for officials, and for himself."""
    user = reader(request)
    rows = Organisation.objects.visible_to(user)
    miner = get_object_or_404(rows, identifier=identifier)
    context = compared(miner, read_period(period), authority_of(user))
    if not context["lines"] and user.is_official:  # nothing was reported to his authority
        raise Http404
    return render(request, "mining/difference.html", context | nav_of(request, "differences"))


@require_GET
@office
def all_differences(request: OfficeRequest) -> HttpResponse:
    """Where miners and pools differ in a period, by miner; one statement whatever was reported."""
    periods = past_periods()
    chosen = request.GET.get("period") or periods[0][0]
    period = read_period(chosen[:7])
    after = request.GET.get("cursor", "")
    found = services.differing(
        authority_of(request.user),
        period.first,
        period.last,
        after=int(after) if after.isdigit() and len(after) < 18 else 0,
    )
    names = Organisation.objects.in_bulk({miner for miner, *_rest in found})
    rows = [difference_line(names[miner], asset, pools, said) for miner, asset, pools, said in found]
    context = {
        "rows": rows,
        "periods": periods,
        "chosen": period.first.isoformat(),
        "month": f"{period.first:%Y-%m}",
        "next": str(found[-1][0]) if len(found) >= MOST else "",
    }
    return render(request, "mining/differences.html", context | nav_of(request, "differences"))


def difference_line(miner: Organisation, asset: str, pools: Any, said: Any) -> dict[str, Any]:
    return {
        "miner": miner,
        "asset": asset,
        "pools": plain(pools),
        "said": plain(said) if said is not None else _("not reported"),
        "difference": plain(pools - (said or 0)),
    }
