"""What providers of services with digital assets keep on record with their authority, and by which rule of which day.

Public API
----------
- `RECORDS`: the kinds of records, each with its words, the permits that it concerns, what it states, its rules.
- `record_rule(record, permit, on) -> Provision | None`: the rule that asks for it; on = the first day of the record, or
  the day of the look. None where no rule that was read asks for it then.
- `owed_records(permit, on)`: the kinds that a provider is to have on a day, with their rules.
- `record_problems(facts)`: everything that stands against a record, with its article; its first day picks the version.
- `aml_subject(permit, on)`: the rule that makes the holder a subject of financial monitoring on a day, or None.
- `recheck_due(checked_on)`, `renewal_due(record, permit, from_on, to_on)`: a `Due` each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from law.licensing import Due, months_after, rule_line
from law.problems import Line, Problem, _, as_day
from law.provisions import NotInForce, Provision, provision
from law.rails import CLIENT_KINDS

__all__ = [
    "AML_SUBJECTS",
    "FIELDS",
    "LANGUAGES",
    "RECORDS",
    "RecordFacts",
    "RecordKind",
    "aml_subject",
    "owed_records",
    "recheck_due",
    "record_problems",
    "record_rule",
    "renewal_due",
]

_PLATFORMS: Final = ("nbk-dfa-platform", "nbk-trading-platform")
_BANK: Final = (*_PLATFORMS, "nbk-exchanger")
_AIFC: Final = ("aifc-exchange", "aifc-provider")
LANGUAGES: Final = ("kk", "ru", "en")
#: What a record may have to state, in words.
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": _("name"),
        "number": _("number or version"),
        "place": _("place or address on the Internet"),
        "languages": _("languages"),
        "country": _("country"),
        "to_on": _("last day"),
        "file": _("file"),
    }
)
#: By which rule each is a subject of financial monitoring.
AML_SUBJECTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nbk-exchanger": "aml.subject.exchanger",
        "nbk-dfa-platform": "aml.subject.dfa_platform",
        "nbk-trading-platform": "aml.subject.trading_platform",
        "nbk-special-regime": "aml.subject.special_regime",
        "aifc-exchange": "aml.subject.aifc_participant",
        "aifc-provider": "aml.subject.aifc_participant",
        "secured-asset-permit": "aml.subject.secured_issuer",
        "dfa-issuer": "aml.subject.dfa_issuer",  # has no permit of its own
    }
)


@dataclass(frozen=True, slots=True)
class RecordKind:
    """`permits`: of which kinds; `states`: what it must state; `rules`: by permit, codes of which one may be in force;
    `standing`: whether a provider is to have one at any time, rather than for a period."""

    title: str
    permits: tuple[str, ...]
    states: tuple[str, ...]
    rules: Mapping[str, tuple[str, ...]]
    standing: bool = True


def _for(permits: tuple[str, ...], *rules: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(dict.fromkeys(permits, rules))


_MONITORED: Final = MappingProxyType({permit: (AML_SUBJECTS[permit],) for permit in CLIENT_KINDS})
_INFORMING: Final = ("nbk-exchanger", "nbk-trading-platform", *_AIFC)
RECORDS: Final[Mapping[str, RecordKind]] = MappingProxyType(
    {
        "risk_warning": RecordKind(
            _("Warning of the risks"),
            _INFORMING,
            ("place", "languages", "file"),
            MappingProxyType(
                {
                    **_for(_INFORMING, "provider.risk_information"),
                    "aifc-exchange": ("exchange.risk_warning", "provider.risk_information"),
                }
            ),
        ),
        "disclosure": RecordKind(_("Disclosure"), CLIENT_KINDS, ("name", "place"), _for(()), standing=False),
        "aml_registration": RecordKind(
            _("Registration as a subject of financial monitoring"), CLIENT_KINDS, ("number",), _MONITORED
        ),
        "compliance_programme": RecordKind(
            _("Programme of internal control"),
            CLIENT_KINDS,
            ("name", "number", "file"),
            _for(_BANK, "provider.internal_control"),
        ),
        "mlro": RecordKind(
            _("Officer for the reporting of laundering"),
            CLIENT_KINDS,
            ("name",),
            MappingProxyType({**_for(_BANK, "provider.internal_control"), "aifc-exchange": ("aifc.individuals",)}),
        ),
        "client_identification": RecordKind(
            _("Programme for the identification of clients"),
            ("nbk-exchanger",),
            ("name", "number", "file"),
            _for(("nbk-exchanger",), "exchanger.identify_client"),
        ),
        "analysis_system": RecordKind(
            _("System of analysis and control of operations"),
            ("nbk-exchanger",),
            ("name", "file"),
            _for(("nbk-exchanger",), "exchanger.analysis_system"),
        ),
        "security_test": RecordKind(
            _("Protocol of a security test"),
            CLIENT_KINDS,
            ("name", "number", "to_on", "file"),
            _for(_BANK, "provider.security"),
        ),
        "data_location": RecordKind(
            _("Where personal data are kept"),
            CLIENT_KINDS,
            ("place", "country"),
            _for(CLIENT_KINDS, "personal_data.kept_in_kazakhstan"),
        ),
        "aifc-quarterly-report": RecordKind(
            _("Quarterly report"),
            ("aifc-exchange",),
            ("to_on", "file"),
            _for(("aifc-exchange",), "aifc.quarterly_report"),
            standing=False,
        ),
        "aifc-yearly-report": RecordKind(
            _("Yearly data"),
            ("aifc-exchange",),
            ("to_on", "file"),
            _for(("aifc-exchange",), "aifc.yearly_report"),
            standing=False,
        ),
        "nbk-report": RecordKind(
            _("Report to the National Bank"),
            _BANK,
            ("name", "to_on", "file"),
            _for(_BANK, "provider.nbk_reports"),
            standing=False,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A record as the law looks at it; `stated` holds the names of FIELDS that it states."""

    record: str
    permit: str
    from_on: date
    to_on: date | None
    country: str
    languages: tuple[str, ...]
    stated: frozenset[str]


def record_rule(record: str, permit: str, on: date) -> Provision | None:
    """The rule in force on the day that asks the holder of the permit for the record. KeyError: no such kind."""
    for code in RECORDS[record].rules.get(permit, ()):
        try:
            return provision(code, as_day(on))
        except NotInForce:
            continue
    return None


def owed_records(permit: str, on: date) -> list[tuple[str, Provision]]:
    """What a provider with the permit is to have on record on a day, each with its rule."""
    found = []
    for code, kind in RECORDS.items():
        rule = record_rule(code, permit, on) if kind.standing else None
        if rule is not None:
            found.append((code, rule))
    return found


def record_problems(facts: RecordFacts) -> list[Problem]:
    """What is not stated, is of another permit, out of order, or against the law of the first day."""
    kind = RECORDS[facts.record]
    rule = record_rule(facts.record, facts.permit, facts.from_on)
    problems = []
    if facts.permit not in kind.permits:
        message = _("Such a record is not one of this permit.")
        problems.append(Problem("record-permit", message, field="kind"))
    for name in kind.states:
        if name not in facts.stated:
            message, params = _("Not stated: %(field)s."), {"field": FIELDS[name]}
            problems.append(Problem("particular-missing", message, params, name, rule))
    if facts.to_on is not None and facts.to_on < facts.from_on:
        problems.append(Problem("record-days", _("The last day of the record lies before its first."), field="to_on"))
    if unknown := [code for code in facts.languages if code not in LANGUAGES]:
        message = _("A language not known here: %(codes)s.")
        problems.append(Problem("record-language", message, {"codes": ", ".join(unknown)[:60]}, "languages"))
    if facts.record == "data_location" and facts.country and facts.country != "KZ":
        message = _("Databases with personal data are kept in Kazakhstan.")
        problems.append(Problem("data-abroad", message, field="country", provision=rule))
    return problems


def aml_subject(permit: str, on: date) -> Provision | None:
    """The rule of the day by which the holder is a subject of financial monitoring; None where none is."""
    code = AML_SUBJECTS.get(permit)
    if code is None:
        return None
    try:
        return provision(code, as_day(on))
    except NotInForce:
        return None


def recheck_due(checked_on: date) -> Due:
    """By when an officer looks at a warning of risks again: the months after a check are assumed. NotInForce."""
    found = provision("provider.risk_recheck", as_day(checked_on))
    last = months_after(checked_on, found.number)
    told = Line(_("%(number)s months after %(base)s: %(last)s"), number=found.number, base=checked_on, last=last)
    doubt = Line(_("The rule or its first day is unconfirmed."))
    return Due("", "risk_recheck", checked_on, last, (rule_line(found), told, doubt), found)


def renewal_due(rule: Provision, from_on: date, to_on: date) -> Due:
    """A record that runs out is renewed by its last day."""
    return Due("", rule.code, from_on, to_on, (Line(_("The record runs out on %(last)s."), last=to_on),), rule)
