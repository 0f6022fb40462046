"""The unlicensed market: of what kinds a warning is, and the rules that each kind rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from law.exchanges import perimeter
from law.problems import _
from law.provisions import NotInForce, Provision, provision

#: What a public list of warnings rests on; assumed, so that each publication needs a head's written confirmation.
LIST_RULE = "market.warning_list"

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "offshore_platform": _("Offshore platform"),
        "over_the_counter": _("Over-the-counter exchange"),
        "unlicensed_mining": _("Mining without a licence"),
        "promotion": _("Promotion of what is not licensed"),
    }
)

#: Whom tips go to; assumed, and shown so.
TIP_RULE = "market.tip_receiver"
#: Who receives what no permit of the day answers for: the authorised body.
FALLBACK = "maidd"
#: Each kind as a question to the perimeter: activity, asset, venue of the permit that would be needed in the country.
_ASKED: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "offshore_platform": ("operate_platform", "unsecured", "national_bank"),
        "over_the_counter": ("exchange_fiat", "unsecured", "national_bank"),
        "unlicensed_mining": ("mine", "unsecured", "national"),
        "promotion": ("promote", "unsecured", "national_bank"),
    }
)

_TURNOVER = (
    "unsecured.issue_and_turnover_ban",
    "turnover.organising_needs_licence",
    "unsecured.closed_list_of_cases",
    "exchange.aifc_licence",
    "secured.permit_needed",
    "dfa.traded_on_platforms",
    "nbk.platform.registration_needed",
    "nbk-exchanger.licence_needed",
)
_RULES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "offshore_platform": _TURNOVER,
        "over_the_counter": _TURNOVER,
        "unlicensed_mining": ("mining.licence_needed",),
        "promotion": (*_TURNOVER, "mining.licence_needed"),
    }
)


def warning_rules(kind: str, on: date) -> tuple[Provision, ...]:
    """The rules in force on a day that a warning of this kind can rest on, in the order of the table.

    Args:
        on: the day on which the warning is proposed or published: what it warns of goes on that day.

    Raises:
        KeyError: no such kind.
    """
    found = []
    for code in _RULES[kind]:
        try:
            found.append(provision(code, on))
        except NotInForce:
            continue
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom a tip goes to: code of the authority, the permit that points to it ("" where none does), the rule."""

    authority: str
    permit: str
    rule: Provision


def tip_receiver(kind: str, on: date) -> Receiver:
    """Who receives a tip of a kind: whose permit the activity would need by the perimeter, else the authorised body.

    Args:
        on: the day on which the tip comes.

    Raises:
        KeyError: no such kind. NotInForce: before the law.
    """
    rule = provision(TIP_RULE, on)
    permits = perimeter(*_ASKED[kind], on).permits
    permit, authority = permits[0] if permits else ("", FALLBACK)
    return Receiver(authority, permit, rule)
