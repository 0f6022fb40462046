"""Accounts for providers of services with digital assets: which bank serves which licence, from which day.

Public API
----------
- `SERVICERS`, `RISKS`: codes and words; `CLIENT_KINDS`: the kinds of permit whose holders are clients.
- `account_problems(account) -> list[Problem]`: all that stands against an account, each with its article.

The day on which the account is opened picks the version of the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from law.problems import Problem, _, as_day
from law.provisions import NotInForce, history, provision

__all__ = ["BANK", "CLIENT_KINDS", "HIGH", "POSTAL", "RISKS", "SERVICERS", "Account", "account_problems"]

BANK: Final = "bank"
POSTAL: Final = "postal_operator"
SERVICERS: Final[Mapping[str, str]] = MappingProxyType(
    {BANK: _("Second-tier bank"), POSTAL: _("National Postal Operator")}
)
_RULES: Final = {BANK: "rails.bank", POSTAL: "rails.postal_operator"}
HIGH: Final = "high"
RISKS: Final[Mapping[str, str]] = MappingProxyType({"low": _("low"), "medium": _("medium"), HIGH: _("high")})
#: Providers of LDA 1(5-3), and participants of the special regime (12-1(1)(3)).
CLIENT_KINDS: Final = (
    "nbk-dfa-platform",
    "nbk-trading-platform",
    "nbk-exchanger",
    "nbk-special-regime",
    "aifc-exchange",
    "aifc-provider",
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a licence holder: at whom, from which day to which, and the days of the licence.

    `suspended` says whether the licence was suspended on the first day of the account.
    """

    servicer: str
    kind: str
    from_on: date
    to_on: date | None
    licensed_from: date
    licensed_to: date | None
    suspended: bool = False


def account_problems(account: Account) -> list[Problem]:
    """What stands against the account on its first day: who serves it, whose it is, whether he is licensed.

    That a suspended licence is no licence for this purpose is assumed.
    """
    opened = as_day(account.from_on)
    return [*_servicer_problems(account.servicer, opened), *_client_problems(account, opened), *_order(account)]


def _servicer_problems(servicer: str, on: date) -> list[Problem]:
    code = _RULES[servicer]
    try:
        provision(code, on)
    except NotInForce:
        rule = history(code)[0]
        message = _("%(who)s may hold such accounts from %(start)s on, not on %(on)s.")
        params = {"who": SERVICERS[servicer], "start": rule.in_force, "on": on}
        return [Problem("rail-servicer-not-yet", message, params, "from_on", rule)]
    return []


def _client_problems(account: Account, on: date) -> list[Problem]:
    if account.kind not in CLIENT_KINDS:
        message = _("Such a permit is not one of a provider of services with digital assets.")
        return [Problem("rail-client-kind", message, field="licence", provision=history("rails.bank")[0])]
    try:
        rule = provision("rails.client_must_be_licensed", on)
    except NotInForce:
        return []
    if on < account.licensed_from or (account.licensed_to is not None and on > account.licensed_to):
        message = _("The client has no licence in force on %(on)s.")
        return [Problem("rail-client-unlicensed", message, {"on": on}, "from_on", rule)]
    if account.suspended:
        message = _("The licence of the client is suspended on %(on)s.")
        return [Problem("rail-client-suspended", message, {"on": on}, "from_on", rule)]
    return []


def _order(account: Account) -> list[Problem]:
    if account.to_on is None or account.to_on >= account.from_on:
        return []
    return [Problem("rail-days", _("The last day lies before the first."), field="to_on")]
