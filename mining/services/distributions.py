"""Pools report what they distributed, miners what they obtained; where they differ, and why as far as it shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q, Sum

from core.models import Authority, Organisation, RowFile, User
from core.services import take_rows
from law.problems import Line, _
from mining.models import Distribution, MinerReport, PoolReport
from mining.models.distributions import MARKS
from mining.services.distribution_rows import MINER_OUTPUT, POOL_DISTRIBUTION

ZERO = Decimal(0)
MOST = 200  # lines of a page of differences
Rows = Sequence[Mapping[str, Any]]


def report_distribution(
    pool: Organisation,
    rows: Rows,
    *,
    period: date,
    revision: int = 1,
    as_it_happened: bool = False,
    authority: Authority,
    actor: User,
    at: datetime,
) -> RowFile:
    """A pool's report on a period, in one request. The same again is answered with what was taken before.

    Args:
        period: its first day.
        revision: 1 for the first report of the period; a correction has a higher number and brings all rows anew.
        as_it_happened: the pool confirms rows that differ from the register of licences.

    Raises:
        PermissionDenied; TransitionRefused: lists every fault by row and column; nothing is taken.
    """
    options = {"period": period, "revision": revision, "as_it_happened": as_it_happened}
    return take_rows(
        POOL_DISTRIBUTION, rows, authority=authority, organisation=pool, options=options, actor=actor, at=at
    )  # fmt: skip


def report_output(
    miner: Organisation,
    rows: Rows,
    *,
    period: date,
    revision: int = 1,
    explanation: str = "",
    authority: Authority,
    actor: User,
    at: datetime,
) -> RowFile:
    """A miner's report on a period: how much of each asset he obtained. See `report_distribution`.

    Raises:
        PermissionDenied; TransitionRefused.
    """
    options = {"period": period, "revision": revision, "explanation": explanation}
    return take_rows(MINER_OUTPUT, rows, authority=authority, organisation=miner, options=options, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class Difference:
    """One asset of a miner in a period: what pools say, what he says, and what explains the difference."""

    asset: str
    pools: Decimal
    commission: Decimal
    miner: Decimal | None
    reasons: tuple[Line, ...]

    @property
    def difference(self) -> Decimal:
        """What pools say beyond the miner."""
        return self.pools - (self.miner or ZERO)

    @property
    def agrees(self) -> bool:
        return self.miner is not None and not self.difference


def lines_about(miner: Organisation, first: date, last: date, authority: Authority) -> Any:
    """What pools report of a miner: lines of his licences and lines of his number."""
    whose = Q(miner=miner) | Q(licence__organisation=miner)
    return Distribution.objects.filter(whose, report__authority=authority, day__range=(first, last))


def differences(miner: Organisation, first: date, last: date, *, authority: Authority) -> list[Difference]:
    """A miner against his pools in a period, by asset. A fixed number of queries, whatever was reported."""
    lines = lines_about(miner, first, last, authority)
    sums = {
        row["asset"]: row
        for row in lines.counted().order_by().values("asset").annotate(total=Sum("amount"), fee=Sum("commission"))
    }
    report = MinerReport.objects.standing().filter(organisation=miner, authority=authority, period_first=first).first()
    said = {line.asset: line.amount for line in report.lines.all()} if report else {}
    marked = {
        (row["asset"], row["mark"]): row["total"]
        for row in lines.counted().exclude(mark="").order_by().values("asset", "mark").annotate(total=Sum("amount"))
    }
    before = earlier_sums(lines)
    found = []
    for asset in sorted({*sums, *said}):
        row = sums.get(asset, {"total": ZERO, "fee": ZERO})
        one = Difference(asset, row["total"], row["fee"], said.get(asset), ())
        marks = {mark: total for (of, mark), total in marked.items() if of == asset}
        told = () if one.agrees else tuple(explained(one, report, marks, before.get(asset, ())))
        found.append(Difference(one.asset, one.pools, one.commission, one.miner, told))
    return found


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a pool said of an asset before it corrected itself, and what it says now."""

    pool: str
    revision: int
    total: Decimal
    now: Decimal
    corrected_on: date


def earlier_sums(lines: Any) -> dict[str, list[Earlier]]:
    """By asset, what reports that no longer stand said of the miner."""
    rows = lines.order_by("report__revision").values(
        "asset", "report__organisation", "report__revision", "report__standing", "report__received_on"
    )
    totals = list(rows.annotate(total=Sum("amount")))
    now = {(row["asset"], row["report__organisation"]): row for row in totals if row["report__standing"]}
    pools = {row["report__organisation"] for row in totals}
    names = {one.pk: one.name for one in Organisation.objects.filter(pk__in=pools)}
    found: dict[str, list[Earlier]] = {}
    for row in totals:
        pool = row["report__organisation"]
        if not row["report__standing"]:
            held = now.get((row["asset"], pool))
            day = held["report__received_on"] if held else row["report__received_on"]
            total = held["total"] if held else ZERO
            one = Earlier(names[pool], row["report__revision"], row["total"], total, day)
            found.setdefault(row["asset"], []).append(one)
    return found


def explained(
    one: Difference, report: MinerReport | None, marks: Mapping[str, Decimal], before: Sequence[Earlier]
) -> Iterator[Line]:
    """What explains a difference, each with its arithmetic. Nothing where nothing known does."""
    if report is None:
        yield Line(_("The miner has not reported this period."))
        return
    if one.miner is None:
        yield Line(_("The miner's report does not name %(asset)s."), asset=one.asset)
    said = one.miner or ZERO
    if not one.pools:
        yield Line(_("No pool reports a distribution of %(asset)s to this miner."), asset=one.asset)
    if one.commission and said == one.pools + one.commission:
        message = _("The miner counts the commission in: %(pools)s + %(commission)s = %(miner)s.")
        yield Line(message, pools=plain(one.pools), commission=plain(one.commission), miner=plain(said))
    if one.commission and said == one.pools - one.commission:
        message = _("The miner takes the commission off again: %(pools)s − %(commission)s = %(miner)s.")
        yield Line(message, pools=plain(one.pools), commission=plain(one.commission), miner=plain(said))
    for mark, total in marks.items():
        if total == one.difference:
            message = _("The miner leaves out rows that differ from the register (%(mark)s): together %(total)s.")
            yield Line(message, mark=MARKS[mark], total=plain(total))
    for was in before:
        if said == one.pools - was.now + was.total:
            message = _("The miner says what %(pool)s said before its correction of %(on)s: %(was)s, now %(now)s.")
            yield Line(message, pool=was.pool, on=was.corrected_on, was=plain(was.total), now=plain(was.now))


def plain(amount: Decimal) -> str:
    """An amount without the zeros behind it."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


DIFFERING = """
WITH pools AS (
    SELECT d.miner_id AS miner, d.asset, sum(d.amount) AS total FROM mining_distribution d
    JOIN mining_poolreport r ON r.id = d.report_id AND r.standing AND r.authority_id = %(authority)s
    WHERE d.miner_id IS NOT NULL AND d.day BETWEEN %(first)s AND %(last)s GROUP BY d.miner_id, d.asset
), miners AS (
    SELECT r.organisation_id AS miner, l.asset, l.amount AS total FROM mining_minerreport r
    JOIN mining_minerreportline l ON l.report_id = r.id
    WHERE r.standing AND r.authority_id = %(authority)s AND r.period_first = %(first)s
)
SELECT miner, asset, coalesce(p.total, 0), m.total FROM pools p FULL JOIN miners m USING (miner, asset)
WHERE coalesce(p.total, 0) IS DISTINCT FROM m.total AND miner > %(after)s ORDER BY miner, asset LIMIT %(most)s
"""


def differing(
    authority: Authority, first: date, last: date, *, after: int = 0, most: int = MOST
) -> list[tuple[int, str, Decimal, Decimal | None]]:
    """(miner, asset, pools' sum, miner's sum or None) where they differ in a period, by miner: one statement."""
    facts: dict[str, Any] = {"authority": authority.pk, "first": first, "last": last, "after": after, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING, facts)
        found: list[tuple[int, str, Decimal, Decimal | None]] = cursor.fetchall()
    return found


def totals(report: PoolReport) -> list[dict[str, Any]]:
    """Sums of a report by asset."""
    rows = report.lines.order_by("asset").values("asset").annotate(total=Sum("amount"), fee=Sum("commission"))
    return [dict(row) for row in rows]
