"""Kinds that only tests know: a permit whose silence speaks, a platform whose review may stop, an exchanger."""

from dataclasses import replace
from datetime import date

import pytest

from law.provisions import D259, LDA_START
from licensing import permits
from licensing.permits import NATIONAL, NATIONAL_BANK, PermitKind, Procedure
from mining.models import MiningParticulars
from mining.serializers import MiningParticularsSerializer

SECURED, PLATFORM, EXCHANGER = "secured-asset-permit", "nbk-dfa-platform", "nbk-exchanger"


def kind(code: str, regime: str, procedure: Procedure, first: date, end: date | None) -> PermitKind:
    """The particulars are those of a miner: no test of terms reads them."""
    return PermitKind(
        code=code,
        name="A permit for tests",
        summary="A permit for tests.",
        authority="maidd",
        regime=regime,
        available=(first, end),
        particulars=MiningParticulars,
        serializer=MiningParticularsSerializer,
        checks=(),
        procedure=procedure,
        document="licence",
        number_prefix="T1",
    )


#: The general rules: the energy body must agree, its silence is consent, that of the authority a permit.
GENERAL = Procedure(
    name="Permits for tests",
    agreement_bodies=("energy",),
    agreement_request="agreement-request",
    agreement_answer="agreement-answer",
    agreement_silence="agreement-silence",
    silence="silence",
    silence_delivery="silence-delivery",
)
#: A platform of the National Bank: 20 working days, which may stop in three cases for ten days to cure.
BANK = Procedure(name="Platforms for tests", on_filing=("decision",), pause="pause", cure="cure", silence="silence")
#: An exchanger of the National Bank has three working days with the draft of a measure.
EXCHANGE = Procedure(
    name="Exchangers for tests",
    on_filing=("decision",),
    silence="silence",
    measure_notice="nbk.exchanger.draft_notice",
)


@pytest.fixture
def general(monkeypatch: pytest.MonkeyPatch) -> PermitKind:
    made = kind(SECURED, NATIONAL, GENERAL, LDA_START, D259)
    monkeypatch.setitem(permits._KINDS, SECURED, made)
    return made


@pytest.fixture
def abolished(monkeypatch: pytest.MonkeyPatch) -> PermitKind:
    """The permit for secured assets as its law ends it, on 1 May 2026."""
    made = replace(kind(SECURED, NATIONAL, GENERAL, LDA_START, None), abolished_by=f"{SECURED}.abolition")
    monkeypatch.setitem(permits._KINDS, SECURED, made)
    return made


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> PermitKind:
    made = kind(PLATFORM, NATIONAL_BANK, BANK, D259, None)
    monkeypatch.setitem(permits._KINDS, PLATFORM, made)
    return made


@pytest.fixture
def exchanger(monkeypatch: pytest.MonkeyPatch) -> PermitKind:
    made = replace(kind(EXCHANGER, NATIONAL_BANK, EXCHANGE, D259, None), number_prefix="T2")
    monkeypatch.setitem(permits._KINDS, EXCHANGER, made)
    return made
