"""Firms of the AIFC that deal in digital assets: their services, individuals, directors, capital, and what they report.

Public API
----------
- `EXCHANGE`, `PROVIDER`: kind codes; `SERVICES`, `ACTIVITIES`, `INDIVIDUALS`: codes and words of what a filing lists.
- `individual_problems`, `director_problems`, `capital_problems`, `retail_problems`: lists of Problems; on = the day of
  filing, then the day of the check.
- `quarterly_report(kind, on)`, `yearly_report(kind, on)`: by when the period that holds the day is reported;
  `independent_directors(kind, on)`: by when they are appointed, on = the day of the grant. Each a `Due`.

By AIFC law, which the calendar of the country does not move: a term there ends on its day (assumed).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.licensing import Due, counted, months_after, rule_line
from law.problems import Line, Problem, _, in_groups
from law.provisions import Provision, provision
from law.quota import quarter_of

__all__ = [
    "ACTIVITIES",
    "EXCHANGE",
    "INDIVIDUALS",
    "PROVIDER",
    "SERVICES",
    "capital_problems",
    "director_problems",
    "independent_directors",
    "individual_problems",
    "quarterly_report",
    "retail_problems",
    "yearly_report",
]

EXCHANGE: Final = "aifc-exchange"
PROVIDER: Final = "aifc-provider"
DEALING: Final = "dealing"
SERVICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "trading": _("trading"),
        "issue": _("issue"),
        "settlement": _("settlement"),
        "storage": _("storage"),
    }
)
ACTIVITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "custody": _("custody"),
        DEALING: _("dealing as principal"),
        "advising": _("advising"),
        "managing": _("managing"),
    }
)
INDIVIDUALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "senior_executive": _("senior executive officer"),
        "finance": _("finance officer"),
        "compliance": _("compliance officer"),
        "mlro": _("money laundering reporting officer"),
        "it": _("information technology officer"),
    }
)


def individual_problems(roles: Collection[str], on: date) -> list[Problem]:
    """A trading facility names somebody for each office that must be approved."""
    rule = provision("aifc.individuals", on)
    message = _("Nobody is named as %(office)s.")
    return [
        Problem("individual-missing", message, {"office": label}, "individuals", rule)
        for code, label in INDIVIDUALS.items()
        if code not in roles
    ]


def director_problems(directors: int | None, independent: int | None, on: date) -> list[Problem]:
    """One third is independent, or will be within twelve months: until then a person sees it."""
    if directors is None or independent is None:
        return []
    rule = provision("aifc.independent_directors", on)
    if independent > directors:
        message = _("There are more independent directors than directors.")
        return [Problem("directors-over", message, field="independent_directors", provision=rule)]
    if independent * 3 >= directors:
        return []
    message = _("%(independent)s of %(directors)s directors are independent, less than one third.")
    params = {"independent": independent, "directors": directors}
    return [Problem("directors-dependent", message, params, "independent_directors", rule, "warning")]


def capital_problems(activities: Collection[str], capital: Decimal | None, on: date) -> list[Problem]:
    """A firm that deals as principal has its capital, in US dollars; for other activities no figure was read."""
    if DEALING not in activities or capital is None:
        return []
    least = provision("aifc.dealing_capital", on)
    if capital >= least.amount:
        return []
    message = _(
        "The capital is %(amount)s US dollars, at least %(least)s are needed: "
        "%(least)s − %(amount)s = %(missing)s US dollars are missing."
    )
    sums = {"amount": capital, "least": least.amount, "missing": least.amount - capital}
    params = {name: in_groups(one) for name, one in sums.items()}
    return [Problem("aifc-capital-short", message, params, "capital", least)]


def retail_problems(serves_retail: bool | None, keeps_limit: bool | None, on: date) -> list[Problem]:
    """Who serves retail clients of Kazakhstan keeps to the monthly limit without a test."""
    if not serves_retail or keeps_limit is not False:
        return []
    rule = provision("aifc.retail_limit", on)
    message = _("Purchases of retail clients above %(limit)s US dollars a calendar month need the provider's test.")
    return [Problem("retail-limit", message, {"limit": rule.value}, "keeps_retail_limit", rule)]


def quarterly_report(kind: str, on: date) -> Due:
    """By when the quarter that holds the day is reported; its last day picks the version. The days are assumed."""
    _first, last = quarter_of(on)
    found = provision("aifc.quarterly_report", last)
    return _ends_on_its_day(counted(kind, "quarterly-report", found, last), last + timedelta(days=found.number))


def yearly_report(kind: str, on: date) -> Due:
    """By when the data of the year that holds the day are given: six months after its end."""
    last = date(on.year, 12, 31)
    return _in_months(kind, "yearly-report", provision("aifc.yearly_report", last), last)


def independent_directors(kind: str, on: date) -> Due:
    """By when one third of the directors is independent: twelve months after the grant."""
    return _in_months(kind, "independent-directors", provision("aifc.independent_directors_term", on), on)


def _in_months(kind: str, rule: str, found: Provision, base_on: date) -> Due:
    last = months_after(base_on, found.number)
    told = Line(_("%(number)s months after %(base)s: %(last)s"), number=found.number, base=base_on, last=last)
    doubt = () if found.is_confirmed else (Line(_("The rule or its first day is unconfirmed.")),)
    return Due(kind, rule, base_on, last, (rule_line(found), told, *doubt), found)


def _ends_on_its_day(found: Due, last: date) -> Due:
    """The same term without the move to a working day."""
    moved = _("A day off; the term ends on the next working day: %(due)s")
    return replace(found, due_on=last, arithmetic=tuple(one for one in found.arithmetic if one.msgid != moved))
