"""The share of sold mined assets that went through exchanges of the AIFC: what a miner had to sell there, and did.

Public API
----------
- `Sale`: one sale or a sum of sales of one day. `spans(first, last) -> tuple[Span, ...]`: the parts of a period in
  each of which one law holds.
- `assess(sales, first, last) -> Assessment`: the period split by day at each change of law; its parts with sums,
  verdict and arithmetic, and the grounds as known now.
- `quarter_of(day) -> (first, last)`; `report_due(who, first, last) -> Due`: until when a report is given.
- `own_output(on) -> Provision | None`: from 2026-05-01 the sale of own output is a lawful case by name.
- `organised_trade(on) -> Provision`: the rule that a miner breaches who organises trade.

The day of *sale* picks the version, never that of a report or of the assessment (LDA 8(4), 14). The base is what was
sold, not what was mined. Sums are exact: the same sales in any order give the same assessment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from law.licensing import Due, counted, rule_line
from law.problems import Line, _, as_day
from law.provisions import NotInForce, Provision, history, provision

SHARE: Final = "mining.sale_share"
ZERO: Final = Decimal(0)

Proof = Literal["proved", "declared", "contradicted"]
#: met: what exchanges report suffices; unproved: only with what the miner alone declares; short: not even so.
Verdict = Literal["no_duty", "nothing_sold", "met", "unproved", "short"]

MINER, EXCHANGE = "mining", "exchange"


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale on a day: `amount` in tenge, `declared` of it through exchanges of the AIFC as the miner says, `reported`
    as the exchanges' own reports have it; None where no report of theirs covers it."""

    sold_on: date
    asset: str
    amount: Decimal
    declared: Decimal = ZERO
    reported: Decimal | None = None

    @property
    def proof(self) -> Proof:
        """Whether the exchange's own report has what the miner declares, has nothing, or has it otherwise."""
        if self.reported is None:
            return "declared"
        return "proved" if self.reported == self.declared else "contradicted"

    @property
    def proved(self) -> Decimal:
        """What a report of an exchange bears out, at most the sale itself."""
        return min(self.reported, self.amount) if self.reported is not None else ZERO

    @property
    def unproved(self) -> Decimal:
        """What rests on the miner's word alone."""
        return min(self.declared, self.amount) if self.reported is None else ZERO


@dataclass(frozen=True, slots=True)
class Span:
    """Days in which one law holds, both included; `rule` None where no share was required."""

    first: date
    last: date
    rule: Provision | None

    @property
    def share(self) -> Decimal:
        return self.rule.amount if self.rule else ZERO


def spans(first: date, last: date) -> tuple[Span, ...]:
    """The period cut at each day on which a row of the share begins or ends. ValueError for one that runs backwards."""
    if as_day(last) < as_day(first):
        raise ValueError("the period ends before it begins")
    days = {day for row in history(SHARE) for day in (row.in_force, row.repealed) if day and first < day <= last}
    starts = [first, *sorted(days)]
    ends = [day - timedelta(days=1) for day in starts[1:]] + [last]
    return tuple(Span(start, end, _rule(start)) for start, end in zip(starts, ends, strict=True))


def _rule(on: date) -> Provision | None:
    try:
        return provision(SHARE, on)
    except NotInForce:
        return None


@dataclass(frozen=True, slots=True)
class Part:
    """One span with its sums in tenge. `missing`: what was required and is neither proved nor declared."""

    span: Span
    sold: Decimal
    required: Decimal
    proved: Decimal
    declared_only: Decimal
    contradicted: int
    verdict: Verdict
    arithmetic: tuple[Line, ...]

    @property
    def missing(self) -> Decimal:
        return max(self.required - self.proved - self.declared_only, ZERO)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A period of a miner: its parts, and sums over them. `grounds`: the rules as known when it was made, plain."""

    first: date
    last: date
    parts: tuple[Part, ...]

    @property
    def sold(self) -> Decimal:
        return sum((part.sold for part in self.parts), ZERO)

    @property
    def required(self) -> Decimal:
        return sum((part.required for part in self.parts), ZERO)

    @property
    def missing(self) -> Decimal:
        """The parts are not set off against one another: what is over in one year is none of the next."""
        return sum((part.missing for part in self.parts), ZERO)

    @property
    def verdict(self) -> Verdict:
        """The worst of the parts in which something was sold under a share: a finding is about it."""
        found = {part.verdict for part in self.parts}
        worst: tuple[Verdict, ...] = ("short", "unproved", "met")
        for one in worst:
            if one in found:
                return one
        return "nothing_sold" if "nothing_sold" in found and not self.sold else "no_duty"

    @property
    def grounds(self) -> tuple[dict[str, object], ...]:
        return tuple(part.span.rule.ground() for part in self.parts if part.span.rule is not None)

    @property
    def arithmetic(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.arithmetic)


def assess(sales: Iterable[Sale], first: date, last: date) -> Assessment:
    """What had to go through exchanges of the AIFC in a period, and did; sales of other days are passed over.

    Each day is judged by the law of that day, so that a period over a change of law has several parts. ValueError for
    a negative amount, a declared part larger than its sale, or a period that ends before it begins."""
    rows = [sale for sale in sales if first <= sale.sold_on <= last]
    for sale in rows:
        if sale.amount < 0 or not 0 <= sale.declared <= sale.amount or (sale.reported or ZERO) < 0:
            raise ValueError(f"no sale: {sale}")
    return Assessment(
        first,
        last,
        tuple(
            _part(span, [row for row in rows if span.first <= row.sold_on <= span.last]) for span in spans(first, last)
        ),
    )


def shown(amount: Decimal) -> str:
    """An amount without zeros that say nothing."""
    return f"{amount.normalize():f}"


def _part(span: Span, rows: list[Sale]) -> Part:
    sold = sum((row.amount for row in rows), ZERO)
    proved = sum((row.proved for row in rows), ZERO)
    declared = sum((row.unproved for row in rows), ZERO)
    differing = sum(row.proof == "contradicted" for row in rows)
    required = sold * span.share
    verdict = _verdict(span, sold, required, proved, declared)
    lines = [
        Line(
            _("From %(first)s to %(last)s: sold for %(sold)s tenge"), first=span.first, last=span.last, sold=shown(sold)
        )
    ]
    if span.rule is None:
        lines.append(Line(_("No share was required on these days.")))
    else:
        lines += _required_lines(span.rule, sold, required, proved, declared)
    if differing:
        text = _("Where a miner and an exchange differ, the exchange's own figure counts: %(number)s sales.")
        lines.append(Line(text, number=differing))
    return Part(span, sold, required, proved, declared, differing, verdict, tuple(lines))


def _verdict(span: Span, sold: Decimal, required: Decimal, proved: Decimal, declared: Decimal) -> Verdict:
    if span.rule is None:
        return "no_duty"
    if sold == 0:
        return "nothing_sold"
    if proved + declared < required:
        return "short"
    return "met" if proved >= required else "unproved"


def _required_lines(
    rule: Provision, sold: Decimal, required: Decimal, proved: Decimal, declared: Decimal
) -> list[Line]:
    product = _("%(sold)s × %(share)s = %(required)s tenge through exchanges of the AIFC, at least")
    lines = [
        rule_line(rule),
        Line(product, sold=shown(sold), share=rule.amount, required=shown(required)),
        Line(_("Reported by exchanges: %(amount)s tenge"), amount=shown(proved)),
        Line(_("Declared by the miner alone: %(amount)s tenge"), amount=shown(declared)),
    ]
    missing = required - proved - declared
    if missing > 0:
        lines.append(Line(_("Missing: %(amount)s tenge"), amount=shown(missing)))
    lines.append(Line(_("That the share is one of value in tenge is assumed.")))
    if not rule.is_confirmed:
        lines.append(Line(_("The rule or its first day is unconfirmed.")))
    return lines


def quarter_of(day: date) -> tuple[date, date]:
    """The calendar quarter in which a day lies: its first and its last day."""
    first = date(as_day(day).year, (day.month - 1) // 3 * 3 + 1, 1)
    following = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def report_due(who: Literal["mining", "exchange"], first: date, last: date) -> Due:
    """The last day to report the sales of a period: 15 calendar days after it (assumed); its first day picks the
    version. NotInForce where nobody had to report then, as miners after the repeal of LDA 8(4)."""
    return counted("", "sales-report", provision(f"{who}.sales_report_due", first), last)


def own_output(on: date) -> Provision | None:
    """Whether the sale of what a miner mined himself is a lawful case by name on that day (LDA 12-1(1)(5))."""
    try:
        return provision("mining.own_output_sale", on)
    except NotInForce:
        return None


def organised_trade(on: date) -> Provision:
    """The rule that a miner breaches who organises trade in digital assets; on = the day of the trade.

    Mining itself is no turnover (8(5)), and so a mining licence carries none: to 2026-01-17 the ban of issue and
    turnover outside the AIFC (11(5)), to 2026-04-30 organising it without a licence for that, then the closed list of
    cases (12-1(1)), in which own output may be sold and nothing organised. NotInForce before 2023-04-01."""
    codes = ("unsecured.closed_list_of_cases", "turnover.organising_needs_licence", "unsecured.issue_and_turnover_ban")
    for code in codes:
        try:
            return provision(code, on)
        except NotInForce:
            continue
    raise NotInForce(codes[-1], on)
