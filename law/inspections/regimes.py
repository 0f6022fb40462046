"""Which law governs the inspections of a subject on a day, who may inspect, and which forms that law has.

Public API
----------
- `regime(kind_of_permit, on) -> Regime`; `regime_rule(kind_of_permit, on) -> Provision | None`: what it rests on.
- `authorities(kind_of_permit, on) -> tuple[str, ...]`: codes of the authorities that inspect.
- `forms(on) -> frozenset[Kind]`: the kinds of control that the law on digital assets has under Chapter 13.
- `lacking_law(kind, on) -> Provision`: why test purchases and investigations are not allowed.

on = the day of the inspection (planned start). ValueError for an unknown kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from law import licensing
from law.inspections.codes import Kind, Regime, known
from law.problems import as_day
from law.provisions import D205, D259, LDA_START, NotInForce, Provision, provision
from law.provisions.base import PREVENTIVE_TOO

__all__ = ["DATA_CENTRE", "authorities", "forms", "lacking_law", "regime", "regime_rule"]

#: A data centre of digital mining holds no permit, but is a subject of the same control (LDA 12).
DATA_CENTRE: Final = "mining-data-centre"

MAIDD, NBK, AFSA = "maidd", "nbk", "afsa"


@dataclass(frozen=True, slots=True)
class _Span:
    """One regime of one kind between two days; `code` is the provision that it rests on."""

    regime: Regime
    since: date | None
    until: date | None
    authorities: tuple[str, ...]
    code: str

    def holds(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


_SCOPE: Final = "control.scope_entrepreneurial_code"
_MINING: Final = (_Span(Regime.CHAPTER_13, LDA_START, None, (MAIDD,), _SCOPE),)
_ENDED: Final = (
    _Span(Regime.CHAPTER_13, LDA_START, D259, (MAIDD,), _SCOPE),
    _Span(Regime.NONE, D259, None, (), "control.old-secured"),
)
_SUPERVISED: Final = (_Span(Regime.FINANCIAL_SUPERVISION, D259, None, (NBK,), "control.financial_supervision"),)
_AIFC: Final = (_Span(Regime.AIFC, None, None, (AFSA,), ""),)

_SPANS: Final[Mapping[str, tuple[_Span, ...]]] = MappingProxyType(
    {
        licensing.MINING_LICENCE_1: _MINING,
        licensing.MINING_LICENCE_2: _MINING,
        licensing.POOL_ACCREDITATION: _MINING,
        DATA_CENTRE: _MINING,
        licensing.SECURED_ASSET_PERMIT: _ENDED,
        licensing.NATIONAL_EXCHANGE: _ENDED,
        licensing.AIFC_EXCHANGE: _AIFC,
        licensing.AIFC_PROVIDER: _AIFC,
        licensing.NBK_DFA_PLATFORM: _SUPERVISED,
        licensing.NBK_TRADING_PLATFORM: _SUPERVISED,
        licensing.NBK_EXCHANGER: _SUPERVISED,
        licensing.NBK_SPECIAL_REGIME: (
            _Span(Regime.SPECIAL_REGIME_CONTRACT, D205, None, (NBK,), "nbk.special_regime"),
        ),
    }
)


def _span(kind_of_permit: str, on: date) -> _Span | None:
    if kind_of_permit not in _SPANS:
        raise ValueError(f"unknown kind of permit: {kind_of_permit!r}")
    as_day(on)
    return next((one for one in _SPANS[kind_of_permit] if one.holds(on)), None)


def regime(kind_of_permit: str, on: date) -> Regime:
    """Under which law a holder of this kind of permit is inspected; on = the day of the inspection.

    chapter_13: miners, pools and data centres from 2023-04-01; to 2026-04-30 every other subject outside the AIFC (LDA
    12). financial_supervision: operators of the National Bank from 2026-05-01. special_regime_contract: participants of
    the special regime from 2025-08-31 (day assumed). aifc: firms of the AIFC on every day. none: before its law, and
    issuers of secured assets from 2026-05-01 (assumed)."""
    span = _span(kind_of_permit, on)
    return span.regime if span else Regime.NONE


def regime_rule(kind_of_permit: str, on: date) -> Provision | None:
    """The provision on which the regime of the day rests; None where no row speaks of it."""
    span = _span(kind_of_permit, on)
    try:
        return provision(span.code, on) if span and span.code else None
    except NotInForce:
        return None


def authorities(kind_of_permit: str, on: date) -> tuple[str, ...]:
    """Who may inspect a holder of this kind on that day, by code of authority; empty where nobody may."""
    span = _span(kind_of_permit, on)
    return span.authorities if span else ()


def forms(on: date) -> frozenset[Kind]:
    """The kinds of control of LDA 12 on the day of the start: preventive control beside inspections to 2024-06-07,
    inspections alone from 2024-06-08. Empty before 2023-04-01, when digital assets were no sphere of control."""
    try:
        rule = provision("control.form", as_day(on))
    except NotInForce:
        return frozenset()
    inspections = frozenset({Kind.COMPLIANCE, Kind.UNSCHEDULED})
    return inspections | {Kind.VISIT_CONTROL, Kind.DESK_CONTROL} if rule.value == PREVENTIVE_TOO else inspections


def lacking_law(kind: str, on: date) -> Provision:
    """Why a test purchase or an investigation is not allowed in this sphere (assumed: no law that allows it was found);
    ValueError for another kind, NotInForce before Chapter 13."""
    codes = {Kind.TEST_PURCHASE: "EK-TEST-PURCHASE", Kind.INVESTIGATION: "EK-INVESTIGATION"}
    found = codes.get(known(Kind, kind))
    if found is None:
        raise ValueError(f"needs no law of its own: {kind!r}")
    return provision(found, on)
