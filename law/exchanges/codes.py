"""The words in which the perimeter is asked and answered: activity, asset, venue, who; verdict, kind, authority.

Codes are stable and for programs; what they map to are msgids.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from law.mining import LEGAL_ENTITY, PERSON, SOLE_TRADER
from law.problems import _


class Verdict(StrEnum):
    """`allowed`: no permit of one's own. `outside`: this law does not reach it. `unclear`: the text does not answer."""

    ALLOWED = "allowed"
    PERMIT_NEEDED = "permit_needed"
    PROHIBITED = "prohibited"
    OUTSIDE = "outside"
    UNCLEAR = "unclear"


VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        Verdict.ALLOWED: _("Allowed without a permit of one's own"),
        Verdict.PERMIT_NEEDED: _("A permit is needed"),
        Verdict.PROHIBITED: _("Prohibited"),
        Verdict.OUTSIDE: _("Outside this law"),
        Verdict.UNCLEAR: _("The law does not answer clearly"),
    }
)

MINE: Final = "mine"
ISSUE: Final = "issue"
ORGANISE: Final = "organise_turnover"
EXCHANGE: Final = "exchange_fiat"
PLATFORM: Final = "operate_platform"
STORE: Final = "store"
SETTLE: Final = "settle"
DEAL: Final = "deal_own"
ADVISE: Final = "advise"
PROMOTE: Final = "promote"
ACTIVITIES: Mapping[str, str] = MappingProxyType(
    {
        MINE: _("Mine digital assets"),
        ISSUE: _("Issue digital assets"),
        ORGANISE: _("Organise turnover of digital assets for others"),
        EXCHANGE: _("Exchange digital assets for money, for clients"),
        PLATFORM: _("Operate a platform where digital assets are traded"),
        STORE: _("Keep digital assets for others"),
        SETTLE: _("Keep accounts in money for firms of digital assets"),
        DEAL: _("Deal in digital assets on one's own account"),
        ADVISE: _("Advise on digital assets"),
        PROMOTE: _("Advertise or promote digital assets"),
    }
)

SECURED: Final = "secured"
DFA: Final = "dfa"
FIXED_VALUE: Final = "fixed_value"
UNSECURED: Final = "unsecured"
ASSETS: Mapping[str, str] = MappingProxyType(
    {
        SECURED: _("Secured digital asset"),
        DFA: _("Digital financial asset"),
        FIXED_VALUE: _("Unsecured digital asset of fixed value"),
        UNSECURED: _("Unsecured digital asset"),
    }
)

AIFC: Final = "aifc"
NATIONAL: Final = "national"
NATIONAL_BANK: Final = "national_bank"
ABROAD: Final = "abroad"
VENUES: Mapping[str, str] = MappingProxyType(
    {
        AIFC: _("In the AIFC"),
        NATIONAL: _("In Kazakhstan outside the AIFC, without any standing at the National Bank"),
        NATIONAL_BANK: _("Under a registration, licence or special-regime contract of the National Bank"),
        ABROAD: _("From abroad: a foreign firm that serves residents of Kazakhstan"),
    }
)

FOREIGN: Final = "foreign_entity"
MINER: Final = "miner"
BANK: Final = "bank"
POST: Final = "postal_operator"
STOCK_EXCHANGE: Final = "stock_exchange"
DEPOSITORY: Final = "depository"
CENTRAL_BANK: Final = "nbk"
STATE_BODY: Final = "state_body"
#: The holder forms first, then those whom the law names by what they are.
WHO: Mapping[str, str] = MappingProxyType(
    {
        LEGAL_ENTITY: _("Legal entity of Kazakhstan"),
        SOLE_TRADER: _("Sole trader of Kazakhstan"),
        PERSON: _("Natural person"),
        FOREIGN: _("Legal entity registered abroad"),
        MINER: _("Licensed miner, with what it mined itself"),
        BANK: _("Second-tier bank"),
        POST: _("National Postal Operator"),
        STOCK_EXCHANGE: _("Stock exchange"),
        DEPOSITORY: _("Central depository"),
        CENTRAL_BANK: _("National Bank or its subsidiary"),
        STATE_BODY: _("State body with arrested, seized or confiscated assets"),
    }
)

#: Every kind of permit that an answer may name, and the body that gives it.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "mining-licence-1": "maidd",
        "mining-licence-2": "maidd",
        "secured-asset-permit": "maidd",
        "aifc-exchange": "afsa",
        "aifc-provider": "afsa",
        "nbk-dfa-platform": "nbk",
        "nbk-trading-platform": "nbk",
        "nbk-exchanger": "nbk",
        "nbk-special-regime": "nbk",
    }
)
KIND_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "mining-licence-1": _("Mining licence, subtype I"),
        "mining-licence-2": _("Mining licence, subtype II"),
        "secured-asset-permit": _("Permit for issue and turnover of secured digital assets"),
        "aifc-exchange": _("AIFC licence of a trading facility of digital assets"),
        "aifc-provider": _("Another AIFC licence for digital assets"),
        "nbk-dfa-platform": _("Accounting registration as operator of a platform of digital financial assets"),
        "nbk-trading-platform": _("Accounting registration as operator of a trading platform of digital assets"),
        "nbk-exchanger": _("Licence of an exchanger of unsecured digital assets"),
        "nbk-special-regime": _("Contract of the special regulatory regime of the National Bank"),
    }
)
AUTHORITIES: Mapping[str, str] = MappingProxyType(
    {
        "maidd": _("Ministry of digital development"),
        "afsa": _("Financial services authority of the AIFC (AFSA)"),
        "nbk": _("National Bank"),
    }
)
