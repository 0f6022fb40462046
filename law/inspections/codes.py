"""Codes of inspections with their words: kinds, regimes, sizes, degrees of risk, severities, methods, ways of planning.

Each is a StrEnum, so `str()` gives the code; the words are msgids.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from law.problems import _


class Regime(StrEnum):
    """Under which law a subject is inspected."""

    CHAPTER_13 = "chapter_13"
    FINANCIAL_SUPERVISION = "financial_supervision"
    SPECIAL_REGIME_CONTRACT = "special_regime_contract"
    AIFC = "aifc"
    NONE = "none"


class Kind(StrEnum):
    """Kinds of control under Chapter 13 (Entrepreneurial Code 137); there are no others (144(13))."""

    COMPLIANCE = "compliance"
    UNSCHEDULED = "unscheduled"
    VISIT_CONTROL = "visit_control"
    DESK_CONTROL = "desk_control"
    TEST_PURCHASE = "test_purchase"
    INVESTIGATION = "investigation"


class Size(StrEnum):
    """Size of a business (Entrepreneurial Code 24)."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Risk(StrEnum):
    """Degree of risk (Entrepreneurial Code 141)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Severity(StrEnum):
    """Severity of a requirement of a checklist (Entrepreneurial Code 141(8), 143)."""

    GROSS = "gross"
    SIGNIFICANT = "significant"
    INSIGNIFICANT = "insignificant"


class Method(StrEnum):
    """How a visit or inspection is done (Entrepreneurial Code 137(5))."""

    SITE = "site"
    REQUEST = "request"
    SUMMONS = "summons"


class Mode(StrEnum):
    """How schedules and lists are formed (Entrepreneurial Code 141(7), 144(2), 144-2(4))."""

    AUTOMATED = "automated"
    PAPER = "paper"


REGIMES: Final[Mapping[Regime, str]] = MappingProxyType(
    {
        Regime.CHAPTER_13: _("Chapter 13 of the Entrepreneurial Code"),
        Regime.FINANCIAL_SUPERVISION: _("supervision of the financial market"),
        Regime.SPECIAL_REGIME_CONTRACT: _("contract of the special regime"),
        Regime.AIFC: _("law of the AIFC"),
        Regime.NONE: _("no inspections"),
    }
)
KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.COMPLIANCE: _("compliance inspection"),
        Kind.UNSCHEDULED: _("unscheduled inspection"),
        Kind.VISIT_CONTROL: _("preventive control with a visit"),
        Kind.DESK_CONTROL: _("preventive control without a visit"),
        Kind.TEST_PURCHASE: _("test purchase"),
        Kind.INVESTIGATION: _("investigation"),
    }
)
SIZES: Final[Mapping[Size, str]] = MappingProxyType(
    {
        Size.MICRO: _("micro firm"),
        Size.SMALL: _("small firm"),
        Size.MEDIUM: _("medium firm"),
        Size.LARGE: _("large firm"),
    }
)
RISKS: Final[Mapping[Risk, str]] = MappingProxyType(
    {Risk.HIGH: _("high risk"), Risk.MEDIUM: _("medium risk"), Risk.LOW: _("low risk")}
)
SEVERITIES: Final[Mapping[Severity, str]] = MappingProxyType(
    {
        Severity.GROSS: _("gross breach"),
        Severity.SIGNIFICANT: _("significant breach"),
        Severity.INSIGNIFICANT: _("insignificant breach"),
    }
)
METHODS: Final[Mapping[Method, str]] = MappingProxyType(
    {
        Method.SITE: _("visit to the site"),
        Method.REQUEST: _("request of information"),
        Method.SUMMONS: _("summons of the subject"),
    }
)
MODES: Final[Mapping[Mode, str]] = MappingProxyType(
    {Mode.AUTOMATED: _("by the automated system"), Mode.PAPER: _("without an automated system")}
)

#: Kinds with a visit: act of appointment, registration, notice, length.
VISITS: Final = frozenset({Kind.COMPLIANCE, Kind.UNSCHEDULED, Kind.VISIT_CONTROL})
#: Kinds that a yearly schedule or half-yearly list plans.
PLANNED: Final = frozenset({Kind.COMPLIANCE, Kind.VISIT_CONTROL})
SMALL_FIRMS: Final = frozenset({Size.MICRO, Size.SMALL})

Code = TypeVar("Code", bound=StrEnum)


def known(codes: type[Code], value: str) -> Code:
    """The code itself, however it was given; ValueError for an unknown one."""
    try:
        return codes(value)
    except ValueError:
        raise ValueError(f"unknown {codes.__name__.lower()}: {value!r}") from None
