"""Terms, fees, papers and validity of permits, by kind.

Public API
----------
- `KINDS`, `MINING_LICENCES`, `GOVERNED_BY_PERMITS_LAW`: kind codes; unknown kinds raise ValueError everywhere.
- `term(kind, rule, on) -> Provision`: the rule of the kind, else of its family, else of Law 202-V if that governs it.
- `decision_due(kind, filed_on) -> date`; `due(kind, rule, base_on, on=None) -> Due` with the arithmetic told.
- `fee(kind, on, act="issue") -> Fee`: on = the day of payment; act: issue | reissue | duplicate.
- `valid_until(kind, granted_on) -> date | None` and `validity(kind, granted_on) -> Validity`.
- `documents(kind, on) -> tuple[Paper, ...]`: on = the day of filing.
- `refusal_grounds(kind, on)`, `incompleteness_reasons(kind, on)`: closed lists, see `law.grounds`.

Where the law gives nothing: `law.provisions.NotInForce`.
"""

from __future__ import annotations

import calendar as _months
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.calendar import explain_working_days, next_working_day
from law.grounds import Ground, incompleteness_reasons, refusal_grounds
from law.papers import PAPERS, Paper
from law.problems import Line, _, as_day
from law.provisions import (
    CALENDAR_DAYS,
    D259,
    LDA_START,
    WORKING_DAYS,
    Confidence,
    NotInForce,
    Provision,
    history,
    provision,
)
from law.provisions.base import DOLLARS, TENGE

__all__ = [
    "ACTS",
    "CURRENCY",
    "GOVERNED_BY_PERMITS_LAW",
    "KINDS",
    "MINING_LICENCES",
    "Due",
    "Fee",
    "Ground",
    "Paper",
    "Validity",
    "decision_due",
    "documents",
    "due",
    "fee",
    "incompleteness_reasons",
    "months_after",
    "refusal_grounds",
    "term",
    "valid_until",
    "validity",
]

MINING_LICENCE_1: Final = "mining-licence-1"
MINING_LICENCE_2: Final = "mining-licence-2"
POOL_ACCREDITATION: Final = "pool-accreditation"
SECURED_ASSET_PERMIT: Final = "secured-asset-permit"
NATIONAL_EXCHANGE: Final = "national-exchange"
AIFC_EXCHANGE: Final = "aifc-exchange"
AIFC_PROVIDER: Final = "aifc-provider"
NBK_DFA_PLATFORM: Final = "nbk-dfa-platform"
NBK_TRADING_PLATFORM: Final = "nbk-trading-platform"
NBK_EXCHANGER: Final = "nbk-exchanger"
NBK_SPECIAL_REGIME: Final = "nbk-special-regime"

MINING_LICENCES: Final = (MINING_LICENCE_1, MINING_LICENCE_2)
KINDS: Final = (
    *MINING_LICENCES,
    POOL_ACCREDITATION,
    SECURED_ASSET_PERMIT,
    NATIONAL_EXCHANGE,
    AIFC_EXCHANGE,
    AIFC_PROVIDER,
    NBK_DFA_PLATFORM,
    NBK_TRADING_PLATFORM,
    NBK_EXCHANGER,
    NBK_SPECIAL_REGIME,
)

#: Kinds under Law 202-V: (first day, first day no longer or None).
GOVERNED_BY_PERMITS_LAW: Mapping[str, tuple[date, date | None]] = MappingProxyType(
    {
        MINING_LICENCE_1: (LDA_START, None),
        MINING_LICENCE_2: (LDA_START, None),
        SECURED_ASSET_PERMIT: (LDA_START, D259),
    }
)

#: Kinds whose own rules were not read and that Law 202-V may not govern: whether pool accreditation is a permit of its
#: annex is not known. Its general rules are taken for them by analogy, each as *assumed*.
BY_ANALOGY: Mapping[str, tuple[date, date | None]] = MappingProxyType({POOL_ACCREDITATION: (LDA_START, None)})

_FAMILIES: Final = {
    MINING_LICENCE_1: "mining-licence",
    MINING_LICENCE_2: "mining-licence",
    AIFC_EXCHANGE: "aifc",
    AIFC_PROVIDER: "aifc",
}
# Rules of a kind that carry another code.
_CODES: Final = {
    (MINING_LICENCE_1, "fee"): "mining.licence_1.fee",
    (MINING_LICENCE_2, "fee"): "mining.licence_2.fee",
    (MINING_LICENCE_1, "reissue-fee"): "mining.licence.reissue_fee",
    (MINING_LICENCE_2, "reissue-fee"): "mining.licence.reissue_fee",
    (MINING_LICENCE_1, "duplicate-fee"): "mining.licence.duplicate_fee",
    (MINING_LICENCE_2, "duplicate-fee"): "mining.licence.duplicate_fee",
    (SECURED_ASSET_PERMIT, "validity"): "secured.permit.validity",
    (NBK_EXCHANGER, "validity"): "nbk.exchanger.validity",
    (NBK_SPECIAL_REGIME, "validity"): "nbk.special_regime.max_term",
    (NBK_DFA_PLATFORM, "pause"): "nbk.platform.term_may_pause",
    (NBK_DFA_PLATFORM, "cure"): "nbk.platform.cure_max",
    (NBK_DFA_PLATFORM, "repeat-decision"): "nbk.platform.repeat_decision_term",
    (NBK_DFA_PLATFORM, "removal-notice"): "nbk.platform.removal_notice",
    (NBK_DFA_PLATFORM, "wind-down"): "nbk.platform.wind_down",
    (NBK_TRADING_PLATFORM, "pause"): "nbk.platform.term_may_pause",
    (NBK_TRADING_PLATFORM, "cure"): "nbk.platform.cure_max",
    (NBK_TRADING_PLATFORM, "repeat-decision"): "nbk.platform.repeat_decision_term",
    (NBK_TRADING_PLATFORM, "removal-notice"): "nbk.platform.removal_notice",
    (NBK_TRADING_PLATFORM, "wind-down"): "nbk.platform.wind_down",
}

ACTS: Final = ("issue", "reissue", "duplicate")
CURRENCY: Final = "KZT"
#: Currencies of fees that are no multiple of the MCI, by the unit of their row.
CURRENCIES: Mapping[str, str] = MappingProxyType({DOLLARS: "USD", TENGE: CURRENCY})
_CENT: Final = Decimal("0.01")


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"unknown kind of permit: {kind!r}")
    return kind


_ANALOGY: Final = _("Taken by analogy: the rules of this kind of permit were not read.")


def holds(spans: Mapping[str, tuple[date, date | None]], kind: str, on: date) -> bool:
    """Whether a day lies in the span of a kind; not where it has none."""
    span = spans.get(kind)
    return span is not None and span[0] <= on and (span[1] is None or on < span[1])


def term(kind: str, rule: str, on: date) -> Provision:
    """The rule (`decision`, `completeness`, `validity` …) that holds for the kind on the day.

    Looked up as `<kind>.<rule>`, then under the code without the subtype, then `permit.<rule>`: while Law 202-V governs
    the kind, or by analogy and then *assumed*. A rule that the kind has of its own is never replaced by the general
    one, not even after its end. The caller says which day picks the version (for terms of a procedure: that of filing).
    Raises NotInForce where the law gives none, ValueError for an unknown kind."""
    as_day(on)
    own = _CODES.get((_known(kind), rule), f"{kind}.{rule}")
    for code in (own, f"{_FAMILIES.get(kind, kind)}.{rule}"):
        if history(code):
            return provision(code, on)
    if holds(GOVERNED_BY_PERMITS_LAW, kind, on):
        return provision(f"permit.{rule}", on)
    if holds(BY_ANALOGY, kind, on) and history(f"permit.{rule}"):
        return replace(provision(f"permit.{rule}", on), confidence="assumed", note=_ANALOGY)
    raise NotInForce(own, on)


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is owed. `base_on` is not counted; `arithmetic` tells the count, line by line."""

    kind: str
    rule: str
    base_on: date
    due_on: date
    arithmetic: tuple[Line, ...]
    provision: Provision

    @property
    def ground(self) -> dict[str, object]:
        """The provision as known now, plain."""
        return self.provision.ground()

    def steps(self) -> list[dict[str, object]]:
        """The arithmetic as JSON keeps it: [{"text", "msgid", "params"}, …]."""
        return [line.as_dict() for line in self.arithmetic]


def rule_line(found: Provision) -> Line:
    """A rule of days, months or indices with its number and article, as the first line of arithmetic."""
    params: dict[str, object] = {"rule": found.title, "number": str(found.value), "unit": found.unit}
    source = found.source
    if not source.article:
        return Line(_("%(rule)s: %(number)s %(unit)s (%(act)s)"), **params, act=source.act)
    told = _("%(rule)s: %(number)s %(unit)s (%(act)s, %(article)s)")
    return Line(told, **params, act=source.act, article=source.article)


def due(kind: str, rule: str, base_on: date, on: date | None = None) -> Due:
    """The last day of a term of the kind, counted from `base_on`, which itself is not counted (CC 173).

    rule: `registration`, `completeness`, `decision` (base: the day of filing), `agreement-request` (base:
    registration), `agreement-answer` (base: the request), `reissue`, `correction` and others. Working days are counted
    by `law.calendar`; a term in calendar days that ends on a day off ends on the next working day (CC 175). `on` picks
    the version of the rule, `base_on` when not given. NotInForce where the law gives no such term, ValueError where the
    rule is no count of days.
    """
    return counted(kind, rule, term(kind, rule, as_day(base_on) if on is None else on), base_on)


def due_by(code: str, base_on: date) -> Due:
    """The last day of a term that one provision gives for every kind; `base_on` is not counted and picks the version.

    NotInForce, ValueError as `due`."""
    return counted("", code.rpartition(".")[2], provision(code, base_on), base_on)


def counted(kind: str, rule: str, found: Provision, base_on: date) -> Due:
    """The count itself: working or calendar days from a base that is not counted."""
    lines = [rule_line(found)]
    if found.unit == WORKING_DAYS:
        told = explain_working_days(base_on, found.number)
        due_on = told.result
        lines += told.arithmetic
    elif found.unit == CALENDAR_DAYS:
        last = base_on + timedelta(days=found.number)
        due_on = next_working_day(last)
        count = _("%(number)s calendar days after %(base)s: %(last)s")
        lines.append(Line(count, number=found.number, base=base_on, last=last))
        if due_on != last:
            lines.append(Line(_("A day off; the term ends on the next working day: %(due)s"), due=due_on))
    else:
        raise ValueError(f"{found.code} is not a number of days")
    if found.code == "permit.decision":
        lines.append(Line(_("The law names no first day; counting from the day after filing is assumed.")))
    if not found.is_confirmed:
        lines.append(Line(_("The rule or its first day is unconfirmed.")))
    return Due(kind, rule, base_on, due_on, tuple(lines), found)


def decision_due(kind: str, filed_on: date) -> date:
    """The last day for the decision: 15 working days after filing for mining licences (Law 202-V 30(1)), 20 for
    operators of the National Bank. The day of filing picks the version and is not counted. NotInForce, ValueError."""
    return due(kind, "decision", filed_on).due_on


@dataclass(frozen=True, slots=True)
class Fee:
    """What is to be paid: `amount` in `currency` (KZT or USD, two decimals), told in `arithmetic`, on `provisions`."""

    amount: Decimal
    currency: str
    arithmetic: tuple[Line, ...]
    provisions: tuple[Provision, ...]

    @property
    def grounds(self) -> tuple[dict[str, object], ...]:
        """The provisions as known now, plain."""
        return tuple(one.ground() for one in self.provisions)

    def steps(self) -> list[dict[str, object]]:
        """The arithmetic as JSON keeps it."""
        return [line.as_dict() for line in self.arithmetic]


def _number(value: Decimal) -> str:
    """12000000 as it is, 2162.50 with its decimals."""
    return str(value.to_integral_value() if value == value.to_integral_value() else value.quantize(_CENT))


def fee(kind: str, on: date, act: str = "issue") -> Fee:
    """The fee for an act (issue | reissue | duplicate); on = the day of payment, which picks both rate and MCI. In US
    dollars, without the MCI, for a trading facility of the AIFC.

    Tax Code 214-VIII Art. 616: 2,000 and 5 MCI for mining licences from 2026-01-01, re-issue 10 per cent, duplicate
    100 per cent of the rate. NotInForce for a day without a known rate or MCI and for kinds whose fee is not known;
    ValueError for another act or an unknown kind."""
    if act not in ACTS:
        raise ValueError(f"unknown act: {act!r}")
    rate = term(kind, "fee", on)
    if (currency := CURRENCIES.get(rate.unit)) is not None:
        return _flat(kind, rate, currency, act, on)
    index = provision("mci", on)
    full = rate.amount * index.amount
    count = _("%(rate)s × %(index)s tenge = %(amount)s tenge")
    lines = [
        rule_line(rate),
        Line(_("MCI on the day of payment, %(on)s: %(index)s tenge"), on=on, index=_number(index.amount)),
        Line(count, rate=_number(rate.amount), index=_number(index.amount), amount=_number(full)),
    ]
    used = [rate, index]
    amount = full
    if act != "issue":
        part = term(kind, f"{act}-fee", on)
        amount = full * part.amount
        lines.append(rule_line(part))
        lines.append(Line(count, rate=str(part.value), index=_number(full), amount=_number(amount)))
        used.append(part)
    if not all(one.is_confirmed for one in used):
        lines.append(Line(_("A figure of this fee is unconfirmed.")))
    return Fee(amount.quantize(_CENT), CURRENCY, tuple(lines), tuple(used))


def _flat(kind: str, rate: Provision, currency: str, act: str, on: date) -> Fee:
    """A fee that the rule states as an amount; no other act than the issue is known to cost one."""
    if act != "issue":
        raise NotInForce(f"{kind}.{act}-fee", on)
    doubt = () if rate.is_confirmed else (Line(_("A figure of this fee is unconfirmed.")),)
    return Fee(rate.amount.quantize(_CENT), currency, (rule_line(rate), *doubt), (rate,))


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a permit holds: `last_day` inclusive, None without end. `confidence` of the day as computed here."""

    granted_on: date
    last_day: date | None
    arithmetic: tuple[Line, ...]
    provision: Provision
    confidence: Confidence

    @property
    def ground(self) -> dict[str, object]:
        """The provision as known now, plain."""
        return self.provision.ground()


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day (CC 173, 174)."""
    year, month = divmod(as_day(day).year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _months.monthrange(year, month + 1)[1]))


def validity(kind: str, granted_on: date, months: int | None = None) -> Validity:
    """How long a permit granted on that day holds; the day of grant picks the version (LDA 9(1): 3 years).

    `months`: the term agreed in a contract, of which the law only says how long it lasts at most.
    A term of years starts on the day after its event (CC 173) and so ends with the anniversary, which is the last day
    of validity, included. The acts on licences do not say it, so the day is *assumed*. It does not move to a working
    day: nothing has to be done on it. NotInForce where no validity is known, ValueError for an unknown kind."""
    found = term(kind, "validity", granted_on)
    if isinstance(found.value, str):
        return Validity(granted_on, None, (Line(_("Without an end date")),), found, found.confidence)
    last = months_after(granted_on, found.number * 12)
    if months is not None:
        agreed = min(last, months_after(granted_on, months))
        told = Line(_("%(months)s months as agreed: valid up to and including %(last)s"), months=months, last=agreed)
        return Validity(granted_on, agreed, (rule_line(found), told), found, "assumed")
    lines = (
        rule_line(found),
        Line(_("Granted on %(granted)s; valid up to and including %(last)s"), granted=granted_on, last=last),
        Line(_("That the anniversary itself is the last day is assumed.")),
    )
    return Validity(granted_on, last, lines, found, "assumed")


def valid_until(kind: str, granted_on: date) -> date | None:
    """The last day of validity, included: the third anniversary for mining licences; None without an end date.

    See `validity` for the reading and its confidence. NotInForce, ValueError."""
    return validity(kind, granted_on).last_day


def documents(kind: str, on: date) -> tuple[Paper, ...]:
    """The papers filed beside the application itself; on = the day of filing.

    Law 202-V 29(3) names the fee proof and the proof of qualification; the order that lists the latter was not read, so
    each such paper is *assumed* or *secondary*. What state systems hold (registration, charter, identity) is not asked
    (29(4)). NotInForce for kinds or days without known papers."""
    papers = tuple(one for one in PAPERS.get(_known(kind), ()) if one.applies(as_day(on)))
    if not papers:
        raise NotInForce(f"{kind}.documents", on)
    return papers
