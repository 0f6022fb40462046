"""Reports on sales: filed once, corrected as new editions. What is filed twice or in parallel counts once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
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
#: What rows of a request, a form and a file are told alike.
OUTSIDE = _("The day of the sale lies outside the period.")
DEAL_TWICE = _("This deal stands in two rows.")
NOT_LISTED = _("“%(code)s” is not in the list of exchanges.")
STANDS = _("A report of this period stands (%(reference)s): correct it.")


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


@dataclass(frozen=True, slots=True)
class Content:
    """The rows of an edition, wherever they come from: how many, their sum, what they say, and how they are written."""

    count: int
    total: Decimal
    digest: str
    write: Callable[[SaleReport], object]
    facts: Mapping[str, Any] = field(default_factory=dict)  # for the event: the file that brought them


def digest_of(rows: Sequence[SaleLine]) -> str:
    """What the rows say, whatever their order."""
    return digest_sorted(sorted([str(plain(value)) for value in astuple(row)] for row in clean(rows)))


def digest_sorted(rows: Iterable[Sequence[str]]) -> str:
    """The same of rows that come as texts and in order, one after another: the digest of their list as JSON."""
    found, sep = sha256(b"["), b""
    for row in rows:
        found.update(sep + json.dumps(list(row)).encode())
        sep = b", "
    found.update(b"]")
    return found.hexdigest()


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


def listed(rows: Sequence[SaleLine]) -> Content:
    """Rows that somebody sent in one request or typed."""
    lines = clean(rows)
    total = sum((row.amount for row in lines), Decimal(0))
    return Content(len(lines), total, digest_of(lines), lambda report: write_lines(report, lines))


def draft_of(
    authority: Authority,
    period_from: date,
    period_to: date,
    *,
    organisation: Organisation | None = None,
    exchange: ListedExchange | None = None,
    paper: str = "",
) -> SaleReport:
    """A report that is not filed yet: of an exchange where one is named, else of an organisation."""
    return SaleReport(
        source=EXCHANGE if exchange is not None else MINER,
        authority=authority,
        organisation=exchange.organisation if exchange is not None else organisation,
        exchange=exchange,
        period_from=period_from,
        period_to=period_to,
        paper=paper.strip(),
    )


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
    paper: str = "",
) -> SaleReport:
    """File the report of a miner (`organisation`) or of an exchange (`exchange`) on one calendar quarter.

    The same report filed again is the one that stands. What came after its day is marked late, by the provision.

    Args:
        paper: what an officer enters it from: kind, number and day. Empty where the reporter files himself.

    Raises:
        PermissionDenied; TransitionRefused: everything that is wrong, row by row; or another report of the period
            stands, which is corrected and not filed anew.
    """
    draft = draft_of(authority, period_from, period_to, organisation=organisation, exchange=exchange, paper=paper)
    require(actor, "exchanges.file_report", draft)
    hold_reporter(draft)
    problems = [*period_problems(draft, timezone.localdate(at)), *row_problems(draft, rows)]
    problems += paper_problems(paper, by_party=not actor.is_official)
    if problems:
        raise TransitionRefused(problems)
    return first_edition(draft, listed(rows), actor=actor, at=at)


def first_edition(draft: SaleReport, content: Content, *, actor: User, at: datetime) -> SaleReport:
    """Keep what is right. Asked while the reporter is held.

    Raises:
        TransitionRefused: another report of the period stands.
    """
    standing = series_of(draft).current().first()
    if standing is not None:
        if standing.digest == content.digest:
            return standing
        raise TransitionRefused([Problem("report-stands", STANDS, {"reference": standing.reference})])
    draft.reference = next_number("SR", at)
    draft.filed_on = timezone.localdate(at)
    mark_due(draft)
    return keep(draft, content, "salereport.file", actor=actor, at=at)


@transaction.atomic
def correct_sale_report(
    report: SaleReport,
    *,
    rows: Sequence[SaleLine],
    reason: str,
    actor: User,
    at: datetime,
    version: int | None = None,
    paper: str = "",
) -> SaleReport:
    """A new edition that replaces the one that counts. The same rows again change nothing.

    Args:
        version: the edition that the actor saw, where he says it.
        paper: as in file_sale_report.

    Raises:
        PermissionDenied; StaleVersion: it was corrected since; TransitionRefused: everything that is wrong.
    """
    require(actor, "exchanges.file_report", report)
    hold_reporter(report)
    standing = series_of(report).current().select_for_update(no_key=True).get()
    if version is not None and version != standing.edition:
        raise StaleVersion(standing.edition, version)
    content = listed(rows)
    if standing.digest == content.digest:
        return standing
    problems = row_problems(standing, rows) + paper_problems(paper, by_party=not actor.is_official)
    if not reason.strip():
        problems.append(Problem("note-missing", _("Say why."), field="reason"))
    if problems:
        raise TransitionRefused(problems)
    return next_edition(standing, content, reason=reason, paper=paper, actor=actor, at=at)


def next_edition(
    standing: SaleReport, content: Content, *, reason: str, paper: str, actor: User, at: datetime
) -> SaleReport:
    """The edition that counts gives way to a new one. Asked while both are held."""
    standing.replaced_at = at
    standing.save(update_fields=["replaced_at"])
    taken = {name: getattr(standing, name) for name in TAKEN_OVER}
    fresh = SaleReport(**taken, edition=standing.edition + 1, reason=reason.strip(), paper=paper.strip())
    return keep(fresh, content, "salereport.correct", actor=actor, at=at)


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


def keep(report: SaleReport, content: Content, verb: str, *, actor: User, at: datetime) -> SaleReport:
    """Store the edition with its rows, and say so."""
    report.filed_at, report.filed_by, report.digest = at, actor, content.digest
    report.rows_count, report.total = content.count, content.total
    report.save()
    content.write(report)
    data = {"edition": report.edition, "rows": report.rows_count, "late": report.late, "digest": report.digest}
    record(
        report,
        verb,
        actor=actor,
        at=at,
        data={**data, **content.facts, "paper": bool(report.paper)},
        grounds=[report.ground] if report.ground else [],
    )
    return report


def write_lines(report: SaleReport, lines: Sequence[SaleLine]) -> None:
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


def paper_problems(paper: str, *, by_party: bool) -> list[Problem]:
    """An officer says from which paper he enters a report; who reports himself has none."""
    if by_party and paper.strip():
        message = _("Only an officer who enters a paper says what it was.")
        return [Problem("paper-by-party", message, field="paper")]
    if not by_party and not paper.strip():
        message = _("Say what the paper was: its kind, number and day, and who signed it.")
        return [Problem("paper-missing", message, field="paper")]
    return []


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
            found.append(Problem("deal-twice", DEAL_TWICE, field=f"rows.{number}.deal"))
        deals.add(row.deal)
    return found


def replace_field(problem: Problem, number: int) -> Problem:
    return Problem(problem.code, problem.message, problem.params, f"rows.{number}.{problem.field}", problem.provision)


def faults_of(report: SaleReport, row: SaleLine, codes: set[str]) -> Iterator[Problem]:
    """What is wrong with one row."""
    if not report.period_from <= row.sold_on <= report.period_to:
        yield Problem("sale-day", OUTSIDE, field="sold_on")
    if not row.asset:
        yield Problem("sale-asset", _("Name the digital asset."), field="asset")
    if row.amount <= 0:
        yield Problem("sale-amount", _("The amount is above zero."), field="amount")
    if report.source == MINER and row.exchange and row.exchange not in codes:
        yield Problem("exchange-unknown", NOT_LISTED, {"code": row.exchange}, field="exchange")
    if report.source == EXCHANGE and not (is_valid_bin(row.miner) or is_valid_iin(row.miner)):
        yield Problem("miner-number", _("This is no valid BIN or IIN."), field="miner")
