"""Reports on sales: filed once, corrected as new editions. What is filed twice or in parallel counts once."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.models import Authority, Organisation, User
from core.services import record, require
from core.services.acts import locked
from core.workflow import StaleVersion, TransitionRefused
from exchanges.models import EXCHANGE, MINER, ListedExchange, SaleReport, SaleRow
from exchanges.models.reports import SaleReportQuerySet
from law.identifiers import is_valid_bin, is_valid_iin
from law.licensing import MINING_LICENCES
from law.problems import Problem, _, plain
from law.provisions import NotInForce
from law.quota import quarter_of, report_due
from licensing.models import Licence
from licensing.services.breaches import next_number

ROWS_LIMIT = 5_000
DUES: dict[str, Any] = {MINER: "mining", EXCHANGE: "exchange"}


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A row as it is filed. `exchange`: its code, in a miner's report, "" for a sale elsewhere. `miner`: BIN or IIN, in
    an exchange's report. `deal`: the exchange's own number of the deal, where there is one."""

    sold_on: date
    asset: str
    amount: Decimal
    exchange: str = ""
    miner: str = ""
    deal: str = ""


def digest_of(rows: Sequence[SaleLine]) -> str:
    """What the rows say, whatever their order."""
    told = sorted([str(plain(value)) for value in astuple(row)] for row in clean(rows))
    return sha256(json.dumps(told).encode()).hexdigest()


def clean(rows: Sequence[SaleLine]) -> list[SaleLine]:
    """The rows with amounts to the tiyn and codes without spaces around them."""
    return [
        SaleLine(
            row.sold_on,
            row.asset.strip().upper(),
            row.amount.quantize(Decimal("0.01")),
            row.exchange.strip().lower(),
            row.miner.strip(),
            row.deal.strip(),
        )
        for row in rows
    ]


@transaction.atomic
def file_sale_report(
    authority: Authority,
    *,
    period_from: date,
    period_to: date,
    rows: Sequence[SaleLine],
    actor: User,
    at: datetime,
    organisation: Organisation | None = None,
    exchange: ListedExchange | None = None,
) -> SaleReport:
    """File the report of a miner (`organisation`) or of an exchange (`exchange`) on one calendar quarter.

    The same report filed again is the one that stands. What came after its day is marked late, by the provision.

    Raises:
        PermissionDenied; TransitionRefused: everything that is wrong, row by row; or another report of the period
            stands, which is corrected and not filed anew.
    """
    whose = exchange.organisation if exchange is not None else organisation
    draft = SaleReport(
        source=EXCHANGE if exchange is not None else MINER,
        authority=authority,
        organisation=whose,
        exchange=exchange,
        period_from=period_from,
        period_to=period_to,
    )
    require(actor, "exchanges.file_report", draft)
    hold_reporter(draft)
    day = timezone.localdate(at)
    if problems := [*period_problems(draft, day), *row_problems(draft, rows)]:
        raise TransitionRefused(problems)
    standing = series_of(draft).current().first()
    if standing is not None:
        if standing.digest == digest_of(rows):
            return standing
        message = _("A report of this period stands (%(reference)s): correct it.")
        raise TransitionRefused([Problem("report-stands", message, {"reference": standing.reference})])
    draft.reference = next_number("SR", at)
    draft.filed_on = day
    mark_due(draft)
    return keep(draft, rows, "salereport.file", actor=actor, at=at)


@transaction.atomic
def correct_sale_report(
    report: SaleReport,
    *,
    rows: Sequence[SaleLine],
    reason: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> SaleReport:
    """A new edition that replaces the one that counts. The same rows again change nothing.

    Args:
        version: the edition that the actor saw, where he says it.

    Raises:
        PermissionDenied; StaleVersion: it was corrected since; TransitionRefused: everything that is wrong.
    """
    require(actor, "exchanges.file_report", report)
    hold_reporter(report)
    standing = series_of(report).current().select_for_update(no_key=True).get()
    if version is not None and version != standing.edition:
        raise StaleVersion(standing.edition, version)
    if standing.digest == digest_of(rows):
        return standing
    problems = row_problems(standing, rows)
    if not reason.strip():
        problems.append(Problem("note-missing", _("Say why."), field="reason"))
    if problems:
        raise TransitionRefused(problems)
    standing.replaced_at = at
    standing.save(update_fields=["replaced_at"])
    fresh = SaleReport(
        **{name: getattr(standing, name) for name in TAKEN_OVER}, edition=standing.edition + 1, reason=reason.strip()
    )
    return keep(fresh, rows, "salereport.correct", actor=actor, at=at)


#: What a correction keeps of the edition before: it is late where the first was.
TAKEN_OVER = (
    *("reference", "source", "authority_id", "organisation_id", "exchange_id", "period_from", "period_to"),
    *("filed_on", "due_on", "arithmetic", "ground", "late"),
)


def hold_reporter(report: SaleReport) -> None:
    """One report of a reporter at a time: two that come together wait for one another."""
    whose: Any = report.exchange if report.source == EXCHANGE else report.organisation
    locked(whose)


def series_of(report: SaleReport) -> SaleReportQuerySet:
    """All editions of the reporter's report of the period."""
    own = Q(exchange=report.exchange_id) if report.source == EXCHANGE else Q(organisation=report.organisation_id)
    return SaleReport.objects.filter(own, source=report.source, period_from=report.period_from)


def mark_due(report: SaleReport) -> None:
    """By when it was owed, and whether it is late; where nobody owed it, neither."""
    try:
        due = report_due(DUES[report.source], report.period_from, report.period_to)
    except NotInForce:
        return
    report.due_on, report.ground = due.due_on, due.ground
    report.arithmetic = due.steps()
    report.late = report.filed_on > due.due_on


def keep(report: SaleReport, rows: Sequence[SaleLine], verb: str, *, actor: User, at: datetime) -> SaleReport:
    """Store the edition with its rows, and say so."""
    lines = clean(rows)
    report.filed_at, report.filed_by, report.digest = at, actor, digest_of(rows)
    report.rows_count, report.total = len(lines), sum((row.amount for row in lines), Decimal(0))
    report.save()
    named = {row.code: row for row in ListedExchange.objects.filter(code__in={line.exchange for line in lines})}
    SaleRow.objects.bulk_create(
        (
            SaleRow(
                report=report,
                number=number,
                sold_on=line.sold_on,
                asset=line.asset,
                amount=line.amount,
                exchange=named.get(line.exchange),
                miner=line.miner,
                deal=line.deal,
            )
            for number, line in enumerate(lines, start=1)
        ),
        batch_size=1_000,
    )
    data = {"edition": report.edition, "rows": report.rows_count, "late": report.late, "digest": report.digest}
    record(report, verb, actor=actor, at=at, data=data, grounds=[report.ground] if report.ground else [])
    return report


def period_problems(report: SaleReport, day: date) -> list[Problem]:
    """A whole quarter that is over, and somebody who mined in it."""
    found = []
    if (report.period_from, report.period_to) != quarter_of(report.period_from):
        message = _("A report covers one calendar quarter; that is assumed.")
        found.append(Problem("report-period", message, field="period_from"))
    elif report.period_to >= day:
        found.append(Problem("report-early", _("The period is not over yet."), field="period_to"))
    if report.source == MINER and not mined(report):
        message = _("The reporter held no mining licence in this period.")
        found.append(Problem("not-a-miner", message, field="organisation"))
    return found


def mined(report: SaleReport) -> bool:
    """Whether it held a mining licence on a day of the period."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gte=report.period_from)
    rows = Licence.objects.filter(ended, kind__in=MINING_LICENCES, organisation=report.organisation_id)
    return rows.filter(valid_from__lte=report.period_to).exists()


def row_problems(report: SaleReport, rows: Sequence[SaleLine]) -> list[Problem]:
    """All that is wrong with the rows, each fault with its row and field."""
    if len(rows) > ROWS_LIMIT:
        message = _("A report holds at most %(limit)s rows.")
        return [Problem("too-many-rows", message, {"limit": ROWS_LIMIT}, field="rows")]
    codes = set(ListedExchange.objects.values_list("code", flat=True)) if report.source == MINER else set()
    found, deals = [], set()
    for number, row in enumerate(clean(rows)):
        found += [replace_field(one, number) for one in faults_of(report, row, codes)]
        if row.deal and row.deal in deals:
            found.append(Problem("deal-twice", _("This deal stands in two rows."), field=f"rows.{number}.deal"))
        deals.add(row.deal)
    return found


def replace_field(problem: Problem, number: int) -> Problem:
    return Problem(problem.code, problem.message, problem.params, f"rows.{number}.{problem.field}", problem.provision)


def faults_of(report: SaleReport, row: SaleLine, codes: set[str]) -> Iterator[Problem]:
    """What is wrong with one row."""
    if not report.period_from <= row.sold_on <= report.period_to:
        yield Problem("sale-day", _("The day of the sale lies outside the period."), field="sold_on")
    if not row.asset:
        yield Problem("sale-asset", _("Name the digital asset."), field="asset")
    if row.amount <= 0:
        yield Problem("sale-amount", _("The amount is above zero."), field="amount")
    if report.source == MINER and row.exchange and row.exchange not in codes:
        message = _("“%(code)s” is not in the list of exchanges.")
        yield Problem("exchange-unknown", message, {"code": row.exchange}, field="exchange")
    if report.source == EXCHANGE and not (is_valid_bin(row.miner) or is_valid_iin(row.miner)):
        yield Problem("miner-number", _("This is no valid BIN or IIN."), field="miner")
