"""Unsecured assets that may be offered to clients: who must keep to the list, and how long an offer may still run.

Public API
----------
- `LIST_RULE`: code of the rule behind the list of approved assets; known from a commentary alone.
- `OFFERING`: kinds of permit whose holders offer assets to clients. `list_rule(kind, on) -> Provision | None`: the rule
  by which a holder of the kind keeps to the list on the day of the offer; None where no act that was read says so.
- `list_in_force(on) -> Provision | None`: the rule behind the list itself on a day.
- `offer_end(withdrawn_from) -> Due`: by when the offer of an asset ends that was taken off the list.
- `LIMIT_PERIODS`, `LIMIT_CLIENTS`: what a limit of the list is counted over, and for whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from law.licensing import NBK_EXCHANGER, NBK_TRADING_PLATFORM, Due, due_by
from law.problems import _
from law.provisions import NotInForce, Provision, provision

__all__ = ["LIMIT_CLIENTS", "LIMIT_PERIODS", "LIST_RULE", "OFFERING", "list_in_force", "list_rule", "offer_end"]

LIST_RULE: Final = "exchanger.approved_assets"
OFFERING: Final = (NBK_EXCHANGER, NBK_TRADING_PLATFORM)
#: Of trading platforms no act that was read says that they keep to the list.
_KEEPS_TO_THE_LIST: Mapping[str, str] = MappingProxyType({NBK_EXCHANGER: LIST_RULE})
LIMIT_PERIODS: Mapping[str, str] = MappingProxyType(
    {
        "operation": _("one operation"),
        "day": _("one day"),
        "month": _("one calendar month"),
        "year": _("one calendar year"),
    }
)
LIMIT_CLIENTS: Mapping[str, str] = MappingProxyType(
    {
        "persons": _("natural persons"),
        "legal_entities": _("legal entities"),
        "all": _("all clients"),
    }
)


def list_rule(kind: str, on: date) -> Provision | None:
    """The rule by which a holder of this kind of permit offers approved assets only; on = a day of the offer."""
    code = _KEEPS_TO_THE_LIST.get(kind)
    if code is None:
        return None
    try:
        return provision(code, on)
    except NotInForce:
        return None


def list_in_force(on: date) -> Provision | None:
    """The rule behind the list on a day; None before it."""
    return list_rule(NBK_EXCHANGER, on)


def offer_end(withdrawn_from: date) -> Due:
    """By when the offer ends, counted from the first day on which the asset is off the list. Raises NotInForce."""
    return due_by("exchanger.offer_end", withdrawn_from)
