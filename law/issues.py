"""Issues of digital financial assets: what must be right before the operator of a platform registers one.

Public API
----------
- `SUPERVISORS`: the authority that supervises the issuer, by the kind of the asset. `UNDERLYINGS`: what it may be.
- `PAPERS`: the files that go with an issue; `PUBLIC_PAPERS`: those that everybody reads.
- `REGISTERED_BY`: the rule by which the operator registers an issue; before it is in force there is none.
- `Issue`: what is stated of one. `issue_problems(issue, on) -> list[Problem]`: everything that stands against its
  registration; on = the day of registration. Before 2026-05-01 the one answer is that the rule is not in force.

An issuer that keeps the underlying itself is not refused: no provision at hand forbids it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.identifiers import describe
from law.licensing import NBK_DFA_PLATFORM
from law.problems import Problem, _, as_day
from law.provisions import NotInForce, provision

__all__ = [
    "CHECK",
    "MONEY",
    "NONE",
    "OPERATOR",
    "PAPERS",
    "PROPERTY",
    "PUBLIC_PAPERS",
    "REGISTERED_BY",
    "RISKS",
    "SUPERVISORS",
    "TERMS",
    "UNDERLYINGS",
    "Issue",
    "issue_problems",
]

OPERATOR: Final = NBK_DFA_PLATFORM
REGISTERED_BY: Final = "dfa.issue_registered_by_operator"
SUPERVISORS: Mapping[int, str] = MappingProxyType({1: "nbk", 2: "fmr", 3: "fmr"})
MONEY, PROPERTY, NONE = "money", "property", "none"
UNDERLYINGS: Mapping[str, str] = MappingProxyType(
    {
        MONEY: _("money"),
        PROPERTY: _("other property: instruments, claims, goods"),
        NONE: _("none: an instrument in digital form"),
    }
)
#: The files of an issue, and those of them that everybody reads.
TERMS, RISKS, CHECK = "terms", "risk-disclosure", "underlying-check"
PAPERS: Mapping[str, str] = MappingProxyType(
    {
        TERMS: _("Terms of issue"),
        RISKS: _("Disclosure of the risks"),
        CHECK: _("Check of the underlying"),
    }
)
PUBLIC_PAPERS: Final = (TERMS, RISKS)
#: The underlying of each kind, and its rule.
_OF_KIND: Mapping[int, tuple[str, str]] = MappingProxyType(
    {1: (MONEY, "dfa.kind.money"), 2: (PROPERTY, "dfa.kind.property"), 3: (NONE, "dfa.kind.instrument")}
)
_CURRENCY = re.compile(r"[A-Z]{3}")
_MISSING = _("Not stated: %(field)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What the operator states. Residences are ISO 3166 alpha-2, `currency` ISO 4217; `checked_on`, `checked_by`: when
    and by whom the underlying was found to exist. The initiator is named where it is another than the issuer."""

    kind: int | None = None
    name: str = ""
    issuer_name: str = ""
    issuer_number: str = ""
    issuer_residence: str = ""
    initiator_name: str = ""
    initiator_number: str = ""
    decision: str = ""
    decided_on: date | None = None
    underlying: str = ""
    underlying_text: str = ""
    keeper_name: str = ""
    keeper_number: str = ""
    keeper_residence: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    amount: Decimal | None = None
    currency: str = ""
    placement_on: date | None = None
    redemption_on: date | None = None


def issue_problems(issue: Issue, on: date) -> list[Problem]:
    """Everything that stands against registering it on a day, each with its field and rule."""
    try:
        provision(REGISTERED_BY, as_day(on))
    except NotInForce as none:
        return [none.problem]
    return [*_stated(issue, on), *_people(issue, on), *_asset(issue, on), *_days(issue, on)]


def _missing(field: str, label: str, code: str, on: date) -> Problem:
    return Problem("particular-missing", _MISSING, {"field": label}, field, provision(code, on))


def _stated(issue: Issue, on: date) -> Iterator[Problem]:
    asked = (
        ("name", _("name of the asset"), REGISTERED_BY),
        ("issuer_name", _("name of the issuer"), "dfa.issuer_resident_entity"),
        ("decision", _("decision on the issue"), "dfa.issue_decision"),
        ("decided_on", _("day of the decision"), "dfa.issue_decision"),
        ("placement_on", _("day of placement"), "dfa.placement"),
    )
    for field, label, code in asked:
        if not getattr(issue, field):
            yield _missing(field, label, code, on)
    if issue.amount is None or issue.amount <= 0:
        message = _("The amount of the issue is above zero.")
        yield Problem("issue-amount", message, field="amount", provision=provision("dfa.terms_of_issue", on))
    if not _CURRENCY.fullmatch(issue.currency):
        message = _("The currency is three capital letters, such as KZT.")
        yield Problem("issue-currency", message, field="currency", provision=provision("dfa.terms_of_issue", on))


def _people(issue: Issue, on: date) -> Iterator[Problem]:
    """Issuer and keeper are legal entities of Kazakhstan; an initiator who is named has a number that can be."""
    yield from _entity(issue.issuer_number, issue.issuer_residence, "issuer", "dfa.issuer_resident_entity", on)
    if issue.initiator_number or issue.initiator_name:
        for field, label in (
            ("initiator_name", _("name of the initiator")),
            ("initiator_number", _("number of the initiator")),
        ):
            if not getattr(issue, field):
                yield _missing(field, label, REGISTERED_BY, on)
        if issue.initiator_number and not _number(issue.initiator_number):
            message = _("The number of the initiator is no valid BIN or IIN.")
            yield Problem("initiator-number", message, field="initiator_number")


def _number(text: str) -> bool:
    try:
        describe(text)
    except ValueError:
        return False
    return True


def _entity(number: str, residence: str, who: str, code: str, on: date) -> Iterator[Problem]:
    """Problems of a number and a residence that must be those of a resident legal entity."""
    rule = provision(code, on)
    if residence != "KZ":
        message = _("It is not resident in Kazakhstan.")
        yield Problem(f"{who}-foreign", message, field=f"{who}_residence", provision=rule)
    try:
        found = describe(number)
    except ValueError as fault:
        yield Problem(f"{who}-number", str(fault), field=f"{who}_number", provision=rule)
        return
    if found.kind != "bin":
        message = _("This is the number of a person, and not of a legal entity.")
        yield Problem(f"{who}-person", message, field=f"{who}_number", provision=rule)
    elif found.resident is False and residence == "KZ":
        message = _("By its number it is a foreign entity.")
        yield Problem(f"{who}-foreign", message, field=f"{who}_number", provision=rule)


def _asset(issue: Issue, on: date) -> Iterator[Problem]:
    """The kind fits the underlying; what has one names its keeper and its check before the registration."""
    if issue.kind is None or issue.kind not in _OF_KIND:
        message = _("A digital financial asset is of the first, second or third kind.")
        yield Problem("issue-kind", message, field="dfa_kind", provision=provision("dfa.issue_supervisor", on))
    else:
        underlying, code = _OF_KIND[issue.kind]
        if issue.underlying != underlying:
            message = _("The underlying does not fit the kind: it is %(underlying)s.")
            params = {"underlying": UNDERLYINGS[underlying]}
            yield Problem("issue-underlying", message, params, "underlying", provision(code, on))
    if issue.underlying in (MONEY, PROPERTY):
        yield from _underlying(issue, on)


def _underlying(issue: Issue, on: date) -> Iterator[Problem]:
    rule, keeper = "dfa.underlying_verified_first", "dfa.keeper_resident_entity"
    for field, label, code in (
        ("underlying_text", _("what the underlying is"), rule),
        ("keeper_name", _("name of the keeper"), keeper),
        ("checked_on", _("day on which the underlying was checked"), rule),
        ("checked_by", _("who checked the underlying"), rule),
    ):
        if not getattr(issue, field):
            yield _missing(field, label, code, on)
    yield from _entity(issue.keeper_number, issue.keeper_residence, "keeper", keeper, on)
    if issue.checked_on is not None and issue.checked_on > on:
        message = _("The underlying is checked before the issue is registered: %(checked)s is after %(on)s.")
        params = {"checked": issue.checked_on, "on": on}
        yield Problem("underlying-late", message, params, "checked_on", provision(rule, on))


def _days(issue: Issue, on: date) -> Iterator[Problem]:
    """The decision before the registration, the placement not before it, the redemption not before the placement."""
    if issue.decided_on is not None and issue.decided_on > on:
        message = _("The decision is taken before the issue is registered.")
        yield Problem("decision-late", message, field="decided_on", provision=provision("dfa.issue_decision", on))
    if issue.placement_on is not None and issue.placement_on < on:
        message = _("Nothing is placed before the issue is registered: %(day)s lies before %(on)s.")
        params = {"day": issue.placement_on, "on": on}
        yield Problem("placement-early", message, params, "placement_on", provision(REGISTERED_BY, on))
    if issue.redemption_on is not None and issue.placement_on is not None and issue.redemption_on < issue.placement_on:
        message = _("The redemption lies before the placement.")
        yield Problem("redemption-early", message, field="redemption_on", provision=provision("dfa.redemption", on))
