"""The defined terms of the Law on Digital Assets (Art. 1), dated, so that editions can be read side by side.

Public API
----------
- `definition(term, on) -> Definition`: the wording in force on that day, else `NotDefined`.
- `definitions(on=None) -> tuple[Definition, ...]`: all, or those in force on a day, in the order of `TERMS`.
- `TERMS`: mapping of term code to title (msgid). `changed(term) -> tuple[Definition, ...]`: its wordings by day.
- `EDITIONS`: tuple of `Edition(day, act, title, summary, day_confidence, defines)`; `defines` marks the five editions
  in which definitions changed at large (`DEFINING_EDITIONS`). `edition(on) -> Edition | None`.

Texts are in our own words, as msgids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from law.problems import Problem, _, as_day, problem
from law.provisions import (
    D44,
    D71,
    D113,
    D115,
    D205,
    D219,
    D231,
    D256,
    D259,
    D259_FIRST,
    FIXED_VALUE_ORDER,
    LDA,
    LDA_START,
    UNCONFIRMED_DAYS,
    Confidence,
    Source,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A day on which the wording of the law changed. `day` is its first day; `act`, `title`, `summary` are msgids."""

    day: date
    act: str
    title: str
    summary: str
    day_confidence: Confidence = "text"
    defines: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """One wording of one term. `in_force` is its first day, `repealed` the first day it no longer applies."""

    term: str
    in_force: date
    repealed: date | None
    text: str
    source: Source
    confidence: Confidence = "text"
    day_confidence: Confidence = "text"

    def applies(self, on: date) -> bool:
        """Whether the wording is in force on that day."""
        return self.in_force <= on and (self.repealed is None or on < self.repealed)

    @property
    def title(self) -> str:
        """The name of the term (msgid)."""
        return TERMS[self.term]

    @property
    def is_confirmed(self) -> bool:
        """False where content or day is only assumed or known from a commentary: say *unconfirmed* then."""
        return not {self.confidence, self.day_confidence} & {"source", "assumed"}


class NotDefined(LookupError):
    """The law has no such term on that day. `.problem` says so to a person."""

    def __init__(self, term: str, on: date) -> None:
        super().__init__(term, on)
        self.term = term
        self.on = on

    def __str__(self) -> str:
        return str(self.problem)

    @property
    def problem(self) -> Problem:
        """What to tell a person; code `not_defined`."""
        message = _("The law does not define “%(term)s” on %(on)s.")
        return problem("not_defined", message, term=TERMS.get(self.term, self.term), on=self.on)


# fmt: off
# Tables: one row after another.
EDITIONS: tuple[Edition, ...] = (
    Edition(LDA_START, _("Law 193-VII"), _("First edition"),
            _("Secured and unsecured assets; unsecured ones only in the AIFC; mining by licence."), defines=True),
    Edition(date(2024, 1, 1), _("Law 193-VII, Art. 14"), _("Sale quota of 50 per cent"),
            _("At least half of the mined assets sold go through exchanges licensed in the AIFC.")),
    Edition(D44, _("Law 44-VIII"), _("Suspension of mining licences"),
            _("Suspension of 1 to 6 months, resumption, deprivation by court; test protocols of pools.")),
    Edition(D71, _("Law 71-VIII"), _("Inspections only"), _("Preventive control is removed from Art. 12.")),
    Edition(D113, _("Law 113-VIII"), _("Anti-money-laundering control of issuers"),
            _("The authorised body controls issuers of secured assets."), "assumed"),
    Edition(date(2025, 1, 1), _("Law 193-VII, Art. 14"), _("Sale quota of 75 per cent"),
            _("Three quarters of the mined assets sold go through exchanges licensed in the AIFC.")),
    Edition(D115, _("Law 115-VIII"), _("Secured, unsecured and digital asset redefined"),
            _("A secured asset meets Art. 5; every other digital asset is unsecured."), defines=True),
    Edition(D205, _("Law 205-VIII"), _("Special regime of the National Bank"),
            _("The National Bank may introduce a special regulatory regime for digital assets."), "assumed"),
    Edition(D219, _("Law 219-VIII"), _("Financing of proliferation"),
            _("The duties against money laundering also cover financing of proliferation."), "assumed"),
    Edition(D231, _("Law 231-VIII"), _("Turnover, issue and exchange defined"),
            _("No organising of turnover without a licence; sale quota and exclusive activity repealed;"
              " the National Postal Operator beside banks."), "assumed", defines=True),
    Edition(D259_FIRST, _("Law 259-VIII, first part"), _("National crypto reserve"),
            _("National strategic reserve; participants of the special regime become subjects of monitoring.")),
    Edition(D259, _("Law 259-VIII, second part"), _("Digital financial assets"),
            _("Digital financial assets replace secured ones; the National Bank registers platforms and licenses"
              " exchangers; the ministry keeps mining only."), defines=True),
    Edition(D256, _("Law 256-VIII"), _("Wording of the Digital Code"),
            _("Digital technologies, digital infrastructure, digital resources; tests of pools prove cybersecurity."),
            defines=True),
    Edition(date(2027, 1, 1), _("Law 259-VIII"), _("Issuers as subjects of monitoring"),
            _("Issuers of digital financial assets become subjects of financial monitoring.")),
)
DEFINING_EDITIONS: tuple[Edition, ...] = tuple(one for one in EDITIONS if one.defines)

TERMS: Mapping[str, str] = MappingProxyType({
    "digital-asset": _("Digital asset"),
    "secured-digital-asset": _("Secured digital asset"),
    "unsecured-digital-asset": _("Unsecured digital asset"),
    "fixed-value-asset": _("Unsecured digital asset of fixed value"),
    "digital-financial-asset": _("Digital financial asset"),
    "turnover": _("Turnover"),
    "issue": _("Issue"),
    "placement": _("Placement"),
    "redemption": _("Redemption"),
    "exchange": _("Exchange of digital assets"),
    "digital-miner": _("Digital miner"),
    "digital-mining": _("Digital mining"),
    "mining-data-centre": _("Data centre of digital mining"),
    "mining-pool": _("Mining pool"),
    "authorised-body": _("Authorised body in digital assets"),
    "underlying": _("Underlying of a digital financial asset"),
    "underlying-keeper": _("Keeper of the underlying"),
    "dfa-issuer": _("Issuer of digital financial assets"),
    "dfa-platform-operator": _("Operator of a platform of digital financial assets"),
    "trading-platform-operator": _("Operator of a trading platform of digital assets"),
    "exchanger": _("Exchanger: operator of exchange of unsecured digital assets"),
    "service-provider": _("Provider of services with digital assets"),
    "impeccable-reputation": _("Impeccable reputation"),
    "wallet": _("Wallet"),
    "analysis-system": _("System of analysis and control of operations"),
    "accounting-registration": _("Accounting registration"),
})


def _row(
    term: str, article: str, in_force: date, repealed: date | None, text: str, *,
    act: str = LDA, confidence: Confidence = "text",
) -> Definition:
    day: Confidence = "assumed" if {in_force, repealed} & UNCONFIRMED_DAYS else "text"
    return Definition(term, in_force, repealed, text, Source(act, article), confidence, day)


_ROWS: tuple[Definition, ...] = (
    _row("digital-asset", "1(4)", LDA_START, D115,
         _("Property in electronic form with a digital code, registered and kept unchanged on a distributed data"
           " platform.")),
    _row("digital-asset", "1(4)", D115, D259,
         _("Property in electronic form with a digital code, registered and kept unchanged on a distributed data"
           " platform; it is no unit of account and no legal tender.")),
    _row("digital-asset", "1(4)", D259, None,
         _("Property in electronic form with a digital code, registered and kept unchanged on a distributed data"
           " platform; it is no unit of account and no legal tender. There are two kinds: digital financial assets and"
           " unsecured digital assets.")),
    _row("secured-digital-asset", "1(1)", LDA_START, D115,
         _("A digital asset registered through a platform of secured assets; it evidences rights to material or"
           " intellectual services and assets, but not money or securities.")),
    _row("secured-digital-asset", "1(1)", D115, D259,
         _("A digital asset registered through a platform of secured assets that meets the tests of Art. 5.")),
    _row("unsecured-digital-asset", "1(3)", LDA_START, D115,
         _("A digital asset received as a reward for keeping consensus; nobody's money obligation; tradable on an"
           " exchange.")),
    _row("unsecured-digital-asset", "1(3)", D115, D259, _("Any digital asset that does not meet the tests of Art. 5.")),
    _row("unsecured-digital-asset", "1(3), 12-1(2)", D259, None,
         _("Any digital asset that is not a digital financial asset, and every asset that fails the requirements for"
           " one.")),
    _row("fixed-value-asset", "", FIXED_VALUE_ORDER, None,
         _("An unsecured asset with a public value against a national currency, from which it deviates by no more than"
           " one hundredth on the daily mean over 30 days, with its backing, issuer and mechanism disclosed."),
         act=_("Order of 27.11.2025 on assets of fixed value"), confidence="secondary"),
    _row("digital-financial-asset", "1(6-6)", D259, None,
         _("An asset that evidences a money or other claim on an underlying, or a financial instrument or asset; issued"
           " on the platform of an operator of digital financial assets and traded there or at a trading platform"
           " operator.")),
    _row("turnover", "1(4-1)", D231, D259, _("The making of civil-law deals with a digital asset.")),
    _row("turnover", "1(4-3)", D259, None,
         _("Civil-law deals with digital assets on the territory of Kazakhstan, or with a citizen, resident or"
           " registered entity of Kazakhstan taking part: purchase, sale, exchange, transfer, storage and others.")),
    _row("issue", "1(6-1)", D231, None,
         _("An act that aims at the digital asset arising as an object of civil rights.")),
    _row("placement", "1(6-2)", D259, None,
         _("The first offer of a digital financial asset to investors through the operator's platform.")),
    _row("redemption", "1(6-7)", D259, None,
         _("The withdrawal of a digital financial asset when its obligations are met or by its terms.")),
    _row("exchange", "1(5)", LDA_START, D231,
         _("A digital platform for trading, issue, circulation and storage of digital assets.")),
    _row("exchange", "1(5)", D231, None,
         _("A legal entity that provides trading, issue, settlement and storage of digital assets.")),
    _row("digital-miner", "1(7)", LDA_START, None,
         _("A sole trader or legal entity of Kazakhstan that carries on digital mining.")),
    _row("digital-mining", "1(8)", LDA_START, D231,
         _("Computing by given algorithms of encryption and data processing that confirms blocks of data.")),
    _row("digital-mining", "1(8)", D231, None,
         _("Computing by given algorithms of encryption that confirms blocks of data.")),
    _row("mining-data-centre", "1(9)", LDA_START, D231,
         _("An object of information and communication infrastructure: mining equipment and a production building that"
           " lies outside a residential zone, using power under the law on electric power.")),
    _row("mining-data-centre", "1(9)", D231, D256,
         _("An object of information and communication infrastructure of mining equipment that keeps computing capacity"
           " working and lies outside a residential zone, using power under the law on electric power.")),
    _row("mining-data-centre", "1(9)", D256, None,
         _("An object of digital infrastructure of mining equipment that keeps computing capacity working and lies"
           " outside a residential zone, using power under the law on electric power.")),
    _row("mining-pool", "1(10)", LDA_START, D231,
         _("An accredited legal entity that distributes the digital assets obtained among miners.")),
    _row("mining-pool", "1(10)", D231, None,
         _("An accredited legal entity that distributes the digital assets that have arisen (were created) among"
           " miners.")),
    _row("authorised-body", "1(6)", LDA_START, D259,
         _("The central executive body that leads the sphere of digital assets.")),
    _row("underlying", "1(6-8)", D259, None,
         _("Property that sets the value of a digital financial asset and is the object of its claim.")),
    _row("underlying-keeper", "1(6-9)", D259, None,
         _("A resident legal entity that records and keeps the underlying and answers for its safety.")),
    _row("dfa-issuer", "1(6-10)", D259, None, _("A resident legal entity that issues digital financial assets.")),
    _row("dfa-platform-operator", "1(6-4)", D259, None,
         _("A provider in the register of the National Bank that runs issue or turnover of digital financial assets,"
           " records and stores them and keeps the record of their holders.")),
    _row("trading-platform-operator", "1(5-1)", D259, None,
         _("A provider in the register of the National Bank that runs trading in digital assets in its own trading"
           " system.")),
    _row("exchanger", "1(3-1)", D259, None,
         _("A provider with a licence of the National Bank for dealer activity: exchange, purchase and sale of"
           " unsecured digital assets for its clients.")),
    _row("service-provider", "1(5-3)", D259, None,
         _("An operator of a platform of digital financial assets, a trading platform operator, an exchanger, or an"
           " AIFC participant with a licence for digital assets, with a registration in the Kazakhstan segment of the"
           " Internet.")),
    _row("impeccable-reputation", "1(3-2)", D259, None,
         _("No acts that led to forced liquidation or resolution of a financial organisation, no unspent conviction, no"
           " life ban from financial management, no ties to those who aid laundering, terror or proliferation.")),
    _row("wallet", "1(4-2)", D259, None,
         _("Software or a device that keeps or manages keys and gives access to digital assets.")),
    _row("analysis-system", "1(5-4)", D259, None,
         _("A platform or service that monitors, traces and flags operations with digital assets.")),
    _row("accounting-registration", "1(1)", D259, None,
         _("The entry of an operator of a platform of digital financial assets or of a trading platform in its register"
           " at the National Bank.")),
)
# fmt: on


def definition(term: str, on: date) -> Definition:
    """The wording of a term in force on that day. NotDefined where the law has none (an unknown term included)."""
    as_day(on)
    for one in _ROWS:
        if one.term == term and one.applies(on):
            return one
    raise NotDefined(term, on)


def changed(term: str) -> tuple[Definition, ...]:
    """All wordings of one term, oldest first; empty for an unknown term."""
    return tuple(one for one in _ROWS if one.term == term)


def definitions(on: date | None = None) -> tuple[Definition, ...]:
    """All wordings, or those in force on a day, in the order of `TERMS` and then by day."""
    return _ROWS if on is None else tuple(one for one in _ROWS if one.applies(as_day(on)))


def edition(on: date) -> Edition | None:
    """The edition of the law in force on that day; None before 2023-04-01."""
    before = [one for one in EDITIONS if one.day <= as_day(on)]
    return before[-1] if before else None
