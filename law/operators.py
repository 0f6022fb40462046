"""Operators of the National Bank: legal form, capital, owners, executives, what else they may do (LDA 6, 12-2, 12-4).

Public API
----------
- `OPERATORS`, `PLATFORMS`: kind codes; `FORMS`: legal forms; `OWNER_KINDS`, `ROLES`: what lists of people hold.
- `Owner`, `Executive`: a row of these lists.
- `wind_down(kind, removed_on) -> Due`: until when a platform that was removed winds down (LDA 7(8)).
- `form_problems`, `capital_problems`, `owner_problems`, `executive_problems`, `activity_problems`: each a list of
  Problems; on = the day of filing, then the day of the check.

What no function can settle is left to a person: reputation, sanctions lists, offshore zones and deficient states (their
lists are not at hand), an unspent conviction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.identifiers import is_valid_bin, is_valid_iin
from law.licensing import Due, due
from law.problems import Line, Problem, _, as_day, in_groups
from law.provisions import Provision, provision

__all__ = [
    "EXCHANGER",
    "FORMS",
    "HEAD",
    "OPERATORS",
    "OWNER_KINDS",
    "PLATFORMS",
    "ROLES",
    "Executive",
    "Owner",
    "activity_problems",
    "capital_problems",
    "executive_problems",
    "form_problems",
    "owner_problems",
    "wind_down",
]

EXCHANGER: Final = "nbk-exchanger"
PLATFORMS: Final = ("nbk-dfa-platform", "nbk-trading-platform")
OPERATORS: Final = (*PLATFORMS, EXCHANGER)
FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "jsc": _("joint-stock company"),
        "llp": _("limited liability partnership"),
        "other": _("another legal form"),
    }
)
OWNER_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"person": _("natural person"), "legal_entity": _("legal entity")}
)
HEAD: Final = "executive_head"
ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "governing_chair": _("chair of the governing body"),
        "governing_member": _("member of the governing body"),
        HEAD: _("head of the executive body"),
        "executive_member": _("member of the executive body"),
        "chief_accountant": _("chief accountant"),
    }
)
#: Years before the failure in which who led a financial organisation is barred (LDA 6(13)(1)).
_BEFORE: Final = 1
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Owner:
    """A direct or indirect owner. `residence`: ISO 3166 alpha-2; `share` in per cent; `beneficial`: the last one
    behind the firm, who may own indirectly."""

    kind: str
    name: str
    number: str
    residence: str
    share: Decimal
    direct: bool = True
    beneficial: bool = False


@dataclass(frozen=True, slots=True)
class Executive:
    """Somebody who leads the firm. `failed_on`: the day on which a financial organisation that he led failed (licence
    taken, resolution, forced liquidation); `left_on`: when he left it, None if he did not before; `struck_off_on`: the
    day on which an exchanger that he headed lost its licence."""

    name: str
    number: str
    residence: str
    role: str
    since: date | None = None
    degree: bool = False
    failed_on: date | None = None
    left_on: date | None = None
    struck_off_on: date | None = None


def form_problems(form: str, on: date) -> list[Problem]:
    """A joint-stock company or a limited liability partnership."""
    if form in ("jsc", "llp"):
        return []
    message = _("Only a joint-stock company or a limited liability partnership may be an operator.")
    return [Problem("operator-form", message, field="legal_form", provision=provision("nbk.legal_form", on))]


def capital_problems(
    kind: str, on: date, *, amount: Decimal, paid_on: date | None, filed_on: date, in_tenge: bool
) -> list[Problem]:
    """At least the amount of the kind, in money in tenge only, paid before the day of filing; `amount` in tenge."""
    found, least = [], provision(f"{kind}.capital", on)
    rule = provision("nbk.capital.money_in_tenge_before_filing", on)
    if amount < least.amount:
        message = _(
            "The capital paid is %(amount)s tenge, at least %(least)s are needed: "
            "%(least)s − %(amount)s = %(missing)s tenge are missing."
        )
        sums = {"amount": amount, "least": least.amount, "missing": least.amount - amount}
        params = {name: in_groups(one) for name, one in sums.items()}
        found.append(Problem("capital-short", message, params, "capital", least))
    if not in_tenge:
        message = _("The capital is paid in money, in tenge only.")
        found.append(Problem("capital-not-money", message, field="capital_in_tenge", provision=rule))
    if paid_on is not None and paid_on >= as_day(filed_on):
        message = _("The capital is paid before the filing: %(paid)s is not before %(filed)s.")
        found.append(Problem("capital-late", message, {"paid": paid_on, "filed": filed_on}, "capital_paid_on", rule))
    return found


def owner_problems(kind: str, owners: Sequence[Owner], on: date) -> list[Problem]:
    """Shares that add up, numbers that can be, somebody behind the firm who is named."""
    rule = provision("nbk.exchanger.owners" if kind == EXCHANGER else "nbk.platform.owners", on)
    found = list(_number_faults("owners", [(one.residence, one.number) for one in owners], rule))
    direct = sum((one.share for one in owners if one.direct), Decimal(0))
    if direct > _HUNDRED:
        message = _("The shares of direct owners add up to %(sum)s %%: more than 100 %%.")
        found.append(Problem("shares-over", message, {"sum": direct}, "owners", rule))
    elif direct < _HUNDRED:
        message = _("The shares of direct owners add up to %(sum)s %%: %(missing)s %% are not told.")
        params = {"sum": direct, "missing": _HUNDRED - direct}
        found.append(Problem("shares-under", message, params, "owners", rule, "warning"))
    if not any(one.beneficial for one in owners):
        message = _("No beneficial owner is named.")
        found.append(Problem("owner-beneficial", message, field="owners", provision=rule, severity="warning"))
    return found


def executive_problems(kind: str, executives: Sequence[Executive], on: date) -> list[Problem]:
    """The head is named; nobody is barred; those of an exchanger are residents with higher education.

    Platforms (LDA 6(13)(1)): who led a financial organisation within a year before it failed is barred for ten years.
    Exchanger (12-4): such a head without an end date; the head of one that lost its licence for five years."""
    own = "nbk.exchanger.executive_resident_with_degree" if kind == EXCHANGER else "nbk.platform.executives"
    rule = provision(own, on)
    found = list(_number_faults("executives", [(one.residence, one.number) for one in executives], rule))
    if not any(one.role == HEAD for one in executives):
        message = _("The head of the executive body is not named.")
        found.append(Problem("executive-head", message, field="executives", provision=rule))
    for place, one in enumerate(executives):
        found += _faults_of(kind, one, f"executives.{place}", rule, on)
    return found


def _faults_of(kind: str, one: Executive, field: str, rule: Provision, on: date) -> Iterator[Problem]:
    params: dict[str, object] = {"name": one.name}
    if kind == EXCHANGER:
        if one.residence != "KZ":
            message = _("Executives of an exchanger are residents of Kazakhstan: %(name)s is not.")
            yield Problem("executive-abroad", message, params, f"{field}.residence", rule)
        if not one.degree:
            message = _("Executives of an exchanger have higher education: none is stated for %(name)s.")
            yield Problem("executive-degree", message, params, f"{field}.degree", rule)
    if (bar := _failure_bar(kind, one, on)) is not None:
        message = _("%(name)s led a financial organisation that failed on %(failed)s, and is barred.")
        yield Problem("executive-barred", message, {**params, "failed": one.failed_on}, f"{field}.failed_on", bar)
    if kind == EXCHANGER and one.role == HEAD and one.struck_off_on is not None:
        years = provision("nbk.exchanger.head_bar_after_removal", on)
        if on < _years_after(one.struck_off_on, years.number):
            message = _("%(name)s headed an exchanger that lost its licence on %(day)s: barred for %(years)s years.")
            told = {**params, "day": one.struck_off_on, "years": years.number}
            yield Problem("executive-struck-off", message, told, f"{field}.struck_off_on", years)


def _failure_bar(kind: str, one: Executive, on: date) -> Provision | None:
    """The rule that bars him because of a failed organisation on that day, or None."""
    if one.failed_on is None or on < one.failed_on:
        return None
    if one.left_on is not None and one.left_on < _years_after(one.failed_on, -_BEFORE):
        return None
    if kind == EXCHANGER:
        return provision("nbk.exchanger.head_bar", on) if one.role == HEAD else None
    bar = provision("nbk.executive_bar", on)
    return bar if on < _years_after(one.failed_on, bar.number) else None


def activity_problems(
    kind: str, on: date, *, other_activity: bool | None, stakes: bool | None, website: str
) -> list[Problem]:
    """An exchanger does nothing else and owns no part of another; every provider is registered in the segment."""
    found = []
    if kind == EXCHANGER and other_activity:
        message = _("Exchange is the only business of an exchanger.")
        rule = provision("nbk.exchanger.exclusive_activity", on)
        found.append(Problem("exchanger-other-activity", message, field="other_activity", provision=rule))
    if kind == EXCHANGER and stakes:
        message = _("An exchanger owns no part of another organisation.")
        rule = provision("nbk.exchanger.no_stakes", on)
        found.append(Problem("exchanger-stakes", message, field="stakes", provision=rule))
    if website and not website.rstrip("/").lower().endswith((".kz", ".қаз")):
        message = _("The website is not under a domain of Kazakhstan: its registration is to be looked at.")
        rule = provision("provider.internet_registration", on)
        found.append(Problem("provider-domain", message, field="website", provision=rule, severity="warning"))
    return found


def wind_down(kind: str, removed_on: date) -> Due:
    """30 calendar days from the notice of removal (LDA 7(8)): new name or liquidation, and all data handed over.

    The notice goes out with the decision; that it is received on its day is assumed. NotInForce before 2026-05-01."""
    found = due(kind, "wind-down", removed_on)
    told = Line(_("Counted from the day of the removal, on which the notice goes out; its receipt then is assumed."))
    return replace(found, arithmetic=(*found.arithmetic, told))


def _number_faults(field: str, rows: Sequence[tuple[str, str]], rule: Provision) -> Iterator[Problem]:
    """A resident has an IIN or BIN that can be; of a foreign number nothing is known."""
    for place, (residence, number) in enumerate(rows):
        if residence == "KZ" and not (is_valid_iin(number) or is_valid_bin(number)):
            message = _("“%(number)s” is no valid BIN or IIN.")
            yield Problem("resident-number", message, {"number": number}, f"{field}.{place}.number", rule)


def _years_after(day: date, years: int) -> date:
    """The same day so many years later (earlier with a minus); 28 February where 29 is missing."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
