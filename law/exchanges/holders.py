"""Who may hold what an answer names, and what a miner's sale counts for: limits that depend on who asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from law.exchanges.codes import (
    BANK,
    DEAL,
    DEPOSITORY,
    DFA,
    FOREIGN,
    ISSUE,
    MINE,
    MINER,
    NATIONAL,
    NATIONAL_BANK,
    STOCK_EXCHANGE,
    UNSECURED,
)
from law.mining import PERSON, SOLE_TRADER
from law.problems import Line, _
from law.provisions import NotInForce, Provision, provision

Limit = tuple[str, str]  # a msgid and the code of its provision

PERSON_MINES = _("A natural person may mine only when registered as a sole trader in Kazakhstan.")
FOREIGN_MINES = _(
    "Only sole traders and legal entities registered in Kazakhstan may mine: form one there, or partner with one."
)
COMPANIES = _("Only a joint-stock company or a limited liability partnership may be such an operator.")
OF_KAZAKHSTAN = _("Only a sole trader or legal entity of Kazakhstan that operates a platform may hold this permit.")
NO_FINANCIAL = _("Only legal entities that are no financial organisations may take part in the special regime.")
RESIDENT_ISSUER = _("Only a resident legal entity may issue digital financial assets.")
SHARE_COUNTS = _("At least %(share)s of what is sold must go through exchanges of the AIFC; only those count.")

_COMPANY_KINDS: Final = frozenset({"nbk-dfa-platform", "nbk-trading-platform", "nbk-exchanger"})
_NO_COMPANY: Final = (SOLE_TRADER, PERSON, FOREIGN)
_OF_MINING: Mapping[str, Limit] = MappingProxyType(
    {PERSON: (PERSON_MINES, "mining.holder"), FOREIGN: (FOREIGN_MINES, "mining.holder")}
)


def limits(activity: str, asset: str, venue: str, on: date, who: str, kinds: tuple[str, ...]) -> tuple[Limit, ...]:
    """What stands between who asks and the permits that are named."""
    return tuple(_limits(activity, asset, venue, who, frozenset(kinds)))


def _limits(activity: str, asset: str, venue: str, who: str, kinds: frozenset[str]) -> Iterator[Limit]:
    if activity == MINE and kinds and who in _OF_MINING:
        yield _OF_MINING[who]
    if "secured-asset-permit" in kinds and who in (PERSON, FOREIGN):
        yield OF_KAZAKHSTAN, "secured.permit_needed"
    # The issuer on a platform holds no registration, so that its own form is asked by another rule.
    issues = activity == ISSUE and asset == DFA
    if issues and venue == NATIONAL_BANK and who in _NO_COMPANY:
        yield RESIDENT_ISSUER, "dfa.issuer_resident_entity"
    if kinds & _COMPANY_KINDS and who in _NO_COMPANY and not issues:
        yield COMPANIES, "nbk.legal_form"
    if "nbk-special-regime" in kinds and who in (SOLE_TRADER, PERSON, BANK, STOCK_EXCHANGE, DEPOSITORY):
        yield NO_FINANCIAL, "nbk-special-regime.participants"


def sale_share(activity: str, asset: str, venue: str, on: date, who: str) -> tuple[Line, Provision] | None:
    """What a miner's sale counts for on a day while part of its sales must go through exchanges of the AIFC."""
    if who != MINER or activity != DEAL or asset != UNSECURED or venue in (NATIONAL, NATIONAL_BANK):
        return None
    try:
        rule = provision("mining.sale_share", on)
    except NotInForce:
        return None
    return Line(SHARE_COUNTS, share=f"{rule.amount:.0%}"), rule
