"""Limits and thresholds of providers: what financial monitoring is told for its sum, and how much a client may buy.

Public API
----------
- `PROVIDERS`, `ASSETS`, `VERDICTS`: codes and words of the question and of the answer.
- `threshold(provider, asset, on) -> Provision`: the threshold of a kind of operation; NotInForce where none was read.
- `monitored(provider, asset, amount, on) -> Monitoring`: whether an operation reaches it; `is_threshold_operation(…)`
  says the same as a bool. on = the day of the operation; amounts in tenge.
- `retail_month(deals, on, tested=…, further=…) -> RetailMonth`: purchases of a retail client of the AIFC who is
  resident in Kazakhstan in the calendar month of a day, in US dollars; months by the local day of Almaty.
  `retail_sum(bought, on, tested=…, further=…)`: the same of purchases that are told as one sum.
- `client_limit(on) -> Provision`: the limit for an exchanger's clients; NotRead while its act was not read.

A threshold is no allowance below it: a suspicious operation is told whatever its sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from law.problems import Line, Problem, _, as_day, in_groups
from law.provisions import NotInForce, Provision, provision
from law.provisions.base import CONFIDENCES
from law.records import AML_SUBJECTS, aml_subject

__all__ = [
    "ASSETS",
    "BELOW",
    "NOT_SUBJECT",
    "NO_RULE",
    "PROVIDERS",
    "REACHED",
    "VERDICTS",
    "Deal",
    "Monitoring",
    "NotRead",
    "RetailMonth",
    "client_limit",
    "is_threshold_operation",
    "monitored",
    "retail_month",
    "retail_sum",
    "threshold",
]

EXCHANGER: Final = "nbk-exchanger"
PROVIDERS: Mapping[str, str] = MappingProxyType(
    {
        EXCHANGER: _("Exchanger of unsecured digital assets"),
        "nbk-trading-platform": _("Operator of a trading platform"),
        "nbk-dfa-platform": _("Operator of a platform of digital financial assets"),
        "nbk-special-regime": _("Participant of the special regime of the National Bank"),
        "aifc-exchange": _("Digital asset exchange of the AIFC"),
        "aifc-provider": _("Another firm of the AIFC licensed for digital assets"),
        "dfa-issuer": _("Issuer of digital financial assets"),
        "secured-asset-permit": _("Issuer of secured digital assets"),
    }
)
ASSETS: Mapping[str, str] = MappingProxyType(
    {
        "money": _("Money to or from the provider, or of its clients"),
        "unsecured": _("Unsecured digital asset: credit or transfer"),
        "fixed_value": _("Unsecured digital asset of fixed value: credit or transfer"),
        "dfa_kind_1": _("Digital financial asset of kind 1, with money behind it: a deal"),
        "dfa_kind_2": _("Digital financial asset of kind 2, with other property behind it: a deal"),
        "dfa_kind_3_shares": _("Digital financial asset of kind 3, shares or fund units: a deal"),
        "dfa_kind_3_other": _("Another digital financial asset of kind 3: a deal"),
        "secured": _("Secured digital asset: credit or transfer"),
    }
)
REACHED, BELOW, NOT_SUBJECT, NO_RULE = "reached", "below", "not_subject", "no_rule"
VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        REACHED: _("It reaches the threshold: financial monitoring is told"),
        BELOW: _("It stays below the threshold"),
        NOT_SUBJECT: _("Not a subject of financial monitoring on that day"),
        NO_RULE: _("No threshold that was read answers"),
    }
)
_BEFORE: Final = "aml.threshold.digital_assets"  # until 2026-04-30, one threshold for all
_UNSECURED: Final = "aml.threshold.unsecured"
_KIND_1_2: Final = "aml.threshold.dfa_kind_1_2"
#: The rules of each kind of operation, the latest last: it speaks where none is in force.
_RULES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "money": (_BEFORE, "aml.threshold.money"),
        "unsecured": (_BEFORE, _UNSECURED),
        "fixed_value": (_BEFORE, _UNSECURED),
        "dfa_kind_1": (_KIND_1_2,),
        "dfa_kind_2": (_KIND_1_2,),
        "dfa_kind_3_shares": ("aml.threshold.dfa_kind_3_shares",),
        "dfa_kind_3_other": ("aml.threshold.dfa_kind_3_other",),
        "secured": (_BEFORE, _UNSECURED),
    }
)
_AIFC: Final = ("aifc-exchange", "aifc-provider")
#: Whom a rule names; one that is not here names nobody, and holds for every subject.
_NAMED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        _BEFORE: ("secured-asset-permit", *_AIFC),
        "aml.threshold.money": (EXCHANGER, "nbk-trading-platform", "nbk-special-regime", *_AIFC),
    }
)
_ALMATY: Final = ZoneInfo("Asia/Almaty")
_ZERO: Final = Decimal(0)


class NotRead(NotInForce):
    """A rule is in force, and what was read of it does not answer. `.problem` says why."""

    def __init__(self, code: str, on: date, reason: Problem) -> None:
        super().__init__(code, on)
        self._reason = reason

    @property
    def problem(self) -> Problem:
        return self._reason


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The answer of a day. `provisions`: the threshold, and by which rule the provider is a subject; `problems`: why
    there is no answer, and as warnings what else is not known; `notes`: what else to know."""

    verdict: str
    provisions: tuple[Provision, ...]
    arithmetic: tuple[Line, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Line, ...]

    @property
    def confidence(self) -> str:
        """How the contents of its rules are known, the worst of them; assumed where it stands on none."""
        return max((one.confidence for one in self.provisions), key=CONFIDENCES.index, default="assumed")

    @property
    def day_confidence(self) -> str:
        """The same of the days of its rules."""
        return max((one.day_confidence for one in self.provisions), key=CONFIDENCES.index, default="assumed")

    @property
    def is_confirmed(self) -> bool:
        return bool(self.provisions) and all(one.is_confirmed for one in self.provisions)


def threshold(provider: str, asset: str, on: date) -> Provision:
    """The sum in tenge from which an operation of the day is told to financial monitoring.

    Raises:
        KeyError: no such provider or asset. NotInForce: no threshold that was read is in force on the day. NotRead: one
        is, and does not name the provider.
    """
    if provider not in PROVIDERS:
        raise KeyError(provider)
    *earlier, latest = _RULES[asset]
    code = next((one for one in earlier if _in_force(one, on)), latest)
    found = provision(code, as_day(on))
    if provider not in _NAMED.get(code, PROVIDERS):
        message = _("The threshold of this day does not name: %(provider)s.")
        raise NotRead(
            code, on, Problem("provider-not-named", message, {"provider": PROVIDERS[provider]}, "provider", found)
        )
    return found


def _in_force(code: str, on: date) -> bool:
    try:
        provision(code, as_day(on))
    except NotInForce:
        return False
    return True


def is_threshold_operation(provider: str, asset: str, amount: Decimal, on: date) -> bool:
    """Whether the operation is told for its sum alone. False is no answer on suspicion, nor where no rule was read."""
    return monitored(provider, asset, amount, on).verdict == REACHED


def monitored(provider: str, asset: str, amount: Decimal, on: date) -> Monitoring:
    """Whether an operation of a provider reaches the threshold of its day: at least the sum of the law, in tenge.

    Raises:
        KeyError: no such provider or asset. ValueError: the amount is not above zero.
    """
    _positive(amount)
    notes, doubts = tuple(_notes(asset, on)), tuple(_doubts(provider, on))
    try:
        subject = aml_subject(provider, on) or provision(AML_SUBJECTS[provider], as_day(on))
    except NotInForce as none:
        return Monitoring(NOT_SUBJECT, (), (), (none.problem, *doubts), notes)
    try:
        found = threshold(provider, asset, on)
    except NotInForce as none:
        return Monitoring(NO_RULE, (subject,), (), (none.problem, *doubts), notes)
    reached = amount >= found.amount
    return Monitoring(REACHED if reached else BELOW, (found, subject), tuple(_compared(found, amount)), doubts, notes)


def _compared(found: Provision, amount: Decimal) -> Iterator[Line]:
    least, source = found.amount, found.source
    params: dict[str, object] = {"rule": found.title, "least": in_groups(least), "act": source.act}
    yield Line(_("%(rule)s: at least %(least)s tenge (%(act)s, %(article)s)"), **params, article=source.article)
    if amount >= least:
        yield Line(_("%(amount)s ≥ %(least)s tenge: reached"), amount=in_groups(amount), least=in_groups(least))
    else:
        told = _("%(amount)s < %(least)s tenge: not reached by %(missing)s tenge")
        yield Line(told, amount=in_groups(amount), least=in_groups(least), missing=in_groups(least - amount))


def _notes(asset: str, on: date) -> Iterator[Line]:
    yield Line(_("A suspicious operation is told whatever its sum."))
    yield Line(_("Whether several operations are added up was not read: each is weighed alone."))
    if asset in ("unsecured", "fixed_value"):
        yield Line(
            _(
                "The sum in tenge is found through an asset of fixed value in foreign currency and the rate of the "
                "National Bank of the day."
            )
        )
    if asset == "secured" and _in_force(_UNSECURED, on):
        day = provision(_UNSECURED, on).in_force
        yield Line(_("From %(day)s there are no secured assets: it is read as an unsecured one."), day=day)


def _doubts(provider: str, on: date) -> Iterator[Problem]:
    """That an exchanger's clients have limits of which nothing was read; before their rule there is nothing to say."""
    if provider == EXCHANGER:
        try:
            client_limit(on)
        except NotRead as unread:
            yield unread.problem
        except NotInForce:
            return


def client_limit(on: date) -> Provision:
    """Up to what an exchanger serves its clients.

    Raises:
        NotInForce: before 2026-05-01. NotRead: the rule is in force, and the figures of the National Bank were not
        read: neither zero nor freedom from limits.
    """
    found = provision("exchanger.client_limits", as_day(on))
    if isinstance(found.value, str):
        message = _(
            "An exchanger serves its clients within limits of the National Bank. The act that sets them was not read: "
            "no figure is known here, and that is no freedom from limits."
        )
        raise NotRead(found.code, on, Problem("limits-not-read", message, {}, None, found, "warning"))
    return found


@dataclass(frozen=True, slots=True)
class Deal:
    """What a client did: when (aware), for how many US dollars. Sales and withdrawals are no purchases."""

    at: datetime
    dollars: Decimal
    is_purchase: bool = True


@dataclass(frozen=True, slots=True)
class RetailMonth:
    """Purchases of the month `first` to `last`, in US dollars. `left`: what may still be bought before the provider's
    test, and None once it was held; `over`: whether they, with the further purchase, pass the limit that holds."""

    first: date
    last: date
    bought: Decimal
    further: Decimal
    left: Decimal | None
    over: bool
    arithmetic: tuple[Line, ...]
    provision: Provision


def retail_month(deals: Iterable[Deal], on: date, *, tested: bool, further: Decimal = _ZERO) -> RetailMonth:
    """What a retail client bought in the calendar month of the day, against the limit before the provider's test.

    Deals of other months do not count, nor does what is no purchase. Arguments and errors as of `retail_sum`, and
    ValueError for a moment without a time zone.
    """
    first, last = _month_of(as_day(on))
    rows = [one for one in deals if first <= _local_day(one.at) <= last]
    for one in rows:
        _positive(one.dollars, or_zero=True)
    bought = sum((one.dollars for one in rows if one.is_purchase), _ZERO)
    others = sum(1 for one in rows if not one.is_purchase)
    return retail_sum(bought, on, tested=tested, further=further, others=others)


def retail_sum(bought: Decimal, on: date, *, tested: bool, further: Decimal = _ZERO, others: int = 0) -> RetailMonth:
    """Purchases of the month of the day against the limit before the provider's test, which itself may be bought.

    Args:
        bought: the sum of the purchases of that month, in US dollars.
        on: the local day, which also picks the version.
        further: a purchase that is asked for; 0 for none.
        others: how many operations were no purchases.

    Raises:
        NotInForce: before the rule. ValueError: a negative sum.
    """
    rule = provision("aifc.retail_limit", as_day(on))
    for amount in (bought, further):
        _positive(amount, or_zero=True)
    first, last = _month_of(on)
    left = None if tested else max(rule.amount - bought, _ZERO)
    told = _("Bought from %(first)s to %(last)s: %(bought)s US dollars")
    lines = [
        Line(_("%(rule)s: %(limit)s US dollars"), rule=rule.title, limit=in_groups(rule.amount)),
        Line(told, first=first, last=last, bought=in_groups(bought)),
    ]
    if others:
        lines.append(Line(_("Operations that are no purchases and do not count: %(others)s"), others=others))
    if tested:
        lines.append(Line(_("The provider has tested the client: the limit does not hold.")))
    else:
        lines += _against(rule.amount, bought, further)
    over = not tested and bought + further > rule.amount
    return RetailMonth(first, last, bought, further, left, over, tuple(lines), rule)


def _month_of(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _against(limit: Decimal, bought: Decimal, further: Decimal) -> Iterator[Line]:
    figures = {
        "limit": in_groups(limit),
        "bought": in_groups(bought),
        "further": in_groups(further),
        "total": in_groups(bought + further),
    }
    if bought > limit:
        over = _("%(bought)s − %(limit)s = %(over)s US dollars are bought above the limit")
        yield Line(over, **figures, over=in_groups(bought - limit))
    else:
        yield Line(
            _("%(limit)s − %(bought)s = %(left)s US dollars are left"), **figures, left=in_groups(limit - bought)
        )
    if further and bought + further > limit:
        yield Line(_("%(bought)s + %(further)s = %(total)s > %(limit)s US dollars: over the limit"), **figures)
    elif further:
        yield Line(_("%(bought)s + %(further)s = %(total)s ≤ %(limit)s US dollars: within the limit"), **figures)


def _local_day(at: datetime) -> date:
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone has no local day")
    return at.astimezone(_ALMATY).date()


def _positive(amount: Decimal, *, or_zero: bool = False) -> None:
    if not amount.is_finite() or amount < 0 or (amount == 0 and not or_zero):
        raise ValueError("an amount above zero is needed")
