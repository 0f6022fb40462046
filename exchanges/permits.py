"""The kinds of permit of trade in digital assets: those of the National Bank, of the AIFC, and for secured assets."""

from dataclasses import replace

from exchanges.checks import aifc, people, regime, secured
from exchanges.checks import operators as checks
from exchanges.models import AifcParticulars, OperatorParticulars, RegimeParticulars, SecuredParticulars
from exchanges.serializers import (
    AifcProviderParticularsSerializer,
    FacilityParticularsSerializer,
    IndividualsSerializer,
    OperatorParticularsSerializer,
    OperatorPeopleSerializer,
    RegimeParticularsSerializer,
    SecuredParticularsSerializer,
)
from exchanges.services.listing import follow_licence
from exchanges.services.offers import follow_offers
from exchanges.services.rails import tell_servicers
from law.aifc import INDIVIDUALS, independent_directors, quarterly_report, yearly_report
from law.exchanges import KIND_TITLES
from law.operators import ROLES, wind_down
from law.problems import _
from law.provisions import D205, D259, LDA_START
from licensing.models import Licence
from licensing.permits import AIFC, ISSUE, NATIONAL, NATIONAL_BANK, Check, KindDuty, PermitKind, Procedure, by_rule
from licensing.requests import REQUESTS
from licensing.stated import registration_record

#: Law 202-V does not govern the National Bank as far as the Law on Digital Assets sets terms of its own (assumed): no
#: check of completeness, no hearing, no requests about a permit.
PLATFORM_PROCEDURE = Procedure(
    name=_("Registration of platforms by the National Bank"),
    on_filing=("decision",),
    repeat="repeat-decision",
    pause="pause",
    cure="cure",
    silence="silence",
)
#: The way back from a suspension, of which the law is silent: as Law 202-V has it, assumed.
_CURED = next(one for one in REQUESTS if one.act == "resumption")
RESUMPTION = replace(
    _CURED,
    summary=_("Prove that the ground of the suspension is gone."),
    rules=(("decision", "cure-check"),),
    checks=tuple(replace(one, provision="nbk-exchanger.cure-check") for one in _CURED.checks),
)
#: Nothing stops the review of an exchanger; the holder has days with the draft of a measure.
EXCHANGER_PROCEDURE = Procedure(
    name=_("Licensing of exchangers by the National Bank"),
    on_filing=("decision",),
    silence="silence",
    measure_notice="nbk.exchanger.draft_notice",
    requests=(RESUMPTION,),
)
#: A contract: its procedure and terms stand in an act that was not read, so nothing is owed by a day. It ends with its
#: term; one-sidedly after a notice with days to cure and a plan.
REGIME_PROCEDURE = Procedure(
    name=_("Contracts of the special regime of the National Bank"),
    on_filing=(),
    measure_notice="nbk.special_regime.cure_max",
    measure_cure=True,
    measure_plan="nbk.special_regime.plan_term",
)
#: Law 202-V as it stands, for a permit whose by-laws were not read. Its kind ended with Law 259-VIII.
SECURED_PROCEDURE = Procedure(
    name=_("Permits for secured digital assets"),
    silence="silence",
    silence_delivery="silence-delivery",
    fee_ground="permit.refusal.2",
    requests=tuple(one for one in REQUESTS if one.act in ("reissue", "correction", "surrender")),
    hearing=("refuse", "revoke"),
)
#: The regulator's own procedure: its terms were not read, so nothing is owed by a day.
AIFC_PROCEDURE = Procedure(name=_("Licensing by the regulator of the AIFC"), on_filing=())
FACILITY_DUTIES = (
    KindDuty("aifc-quarterly-report", _("Give the quarterly report"), (ISSUE,), quarterly_report, repeats=True),
    KindDuty("aifc-yearly-report", _("Give the yearly data"), (ISSUE,), yearly_report, repeats=True),
    KindDuty(
        "aifc-independent-directors",
        _("Have one third of the directors independent"),
        (ISSUE,),
        independent_directors,
    ),
)
#: What follows the removal of a platform from the register (LDA 7(6), 7(8)).
PLATFORM_DUTIES = (
    KindDuty(
        "nbk-removal-notice",
        _("Notify the operator of its removal and publish it"),
        ("revoke",),
        by_rule("removal-notice"),
        by_authority=True,
    ),
    KindDuty(
        "nbk-rename",
        _("Take the words of a platform out of the name, or decide on liquidation"),
        ("revoke",),
        wind_down,
    ),
    KindDuty(
        "nbk-handover", _("Hand over all data of issuers and holders to another operator"), ("revoke",), wind_down
    ),
)


def operator_checks(family: str) -> tuple[Check, ...]:
    """What every operator must meet; `family`: platform | exchanger, whose articles carry it."""
    own = f"nbk.{family}"
    executives = f"{own}.executives" if family == "platform" else f"{own}.executive_resident_with_degree"
    return (
        Check("particulars", _("All particulars are stated"), f"{own}.papers", checks.particulars_given),
        Check("form", _("The applicant is a company of a form that the rules allow"), "nbk.legal_form", checks.form),
        Check("registration", _("The registration record agrees"), "nbk.legal_form", registration_record),
        Check(
            "capital",
            _("The capital is paid as the law asks"),
            "nbk.capital.money_in_tenge_before_filing",
            checks.capital,
        ),
        Check("owners", _("The owners are told whole"), f"{own}.owners", checks.owners, of_people=True),
        Check("executives", _("No executive is barred"), executives, checks.executives, of_people=True),
        Check(
            "activity", _("Activity and website are as the law asks"), "provider.internet_registration", checks.activity
        ),
        Check(
            "reputation",
            _("Owners and executives have an impeccable reputation"),
            "nbk.impeccable_reputation",
            people.reputation,
            by_person=True,
        ),
        Check(
            "origin",
            _("No owner or executive comes from a place or stands on a list that the law bars"),
            f"{own}.owners",
            people.origin,
            by_person=True,
        ),
        Check(
            "conviction",
            _("The beneficial owner has no unspent conviction"),
            f"{own}.conviction",
            people.conviction,
            by_person=True,
        ),
    )


REGIME_CHECKS = (
    Check("particulars", _("All particulars are stated"), "nbk.special_regime.participants", regime.particulars_given),
    Check(
        "participant",
        _("The applicant is a legal entity and no financial organisation"),
        "nbk.special_regime.participants",
        regime.participant,
    ),
    Check("registration", _("The registration record agrees"), "nbk.special_regime.participants", registration_record),
    Check(
        "term",
        _("The contract is no longer than the special regime may last"),
        "nbk.special_regime.max_term",
        regime.term,
    ),
    Check(
        "consumers",
        _("Consumers are told of the special regime"),
        "nbk.special_regime.tell_consumers",
        regime.consumers,
    ),
    Check(
        "aims",
        _("The activity serves the aims of the special regime"),
        "nbk.special_regime",
        regime.by_person,
        by_person=True,
    ),
    Check("criteria", _("The selection criteria are met"), "nbk.special_regime", regime.by_person, by_person=True),
)

SECURED_CHECKS = (
    Check("particulars", _("All particulars are stated"), "permit.completeness", secured.particulars_given),
    Check(
        "holder",
        _("The applicant is a sole trader or legal entity registered in Kazakhstan"),
        "secured.permit.open",
        secured.holder,
    ),
    Check("registration", _("The registration record agrees"), "secured.permit.open", registration_record),
    Check("platform", _("The applicant operates the platform"), "secured.permit.open", secured.platform),
    Check("warning", _("The holder warns of the risks"), "secured.risk_warning", secured.warning),
    Check(
        "assets", _("The assets pass the tests of a secured asset"), "secured.test", secured.by_person, by_person=True
    ),
    Check(
        "backing",
        _("What backs the assets was checked"),
        "secured.backing_checked_first",
        secured.by_person,
        by_person=True,
    ),
)
AIFC_CHECKS = (
    Check("particulars", _("All particulars are stated"), "aifc.services", aifc.particulars_given),
    Check("holder", _("The applicant is a legal entity"), "aifc.services", aifc.holder),
    Check("registration", _("The registration record agrees"), "aifc.services", registration_record),
    Check("retail", _("Retail clients of Kazakhstan are protected"), "aifc.retail_limit", aifc.retail),
    Check(
        "fit",
        _("The individuals are fit and proper"),
        "aifc.individuals",
        people.individuals,
        by_person=True,
    ),
)
FACILITY_CHECKS = (
    *AIFC_CHECKS,
    Check(
        "individuals",
        _("Every office that must be approved is filled"),
        "aifc.individuals",
        aifc.individuals,
        of_people=True,
    ),
    Check("directors", _("One third of the directors is independent"), "aifc.independent_directors", aifc.directors),
    Check("rules", _("The rules can be approved"), "aifc.rules_approved", aifc.by_person, by_person=True),
    Check("fee", _("The fee is paid"), "aifc-exchange.fee", aifc.fee),
)
PROVIDER_CHECKS = (
    *AIFC_CHECKS,
    Check("capital", _("The capital is enough for the activities"), "aifc.dealing_capital", aifc.capital),
    Check("fee", _("The fee is paid"), "aifc.supervision_fee", aifc.fee),
)
FEE = Check(
    "fee",
    _("The fee is paid, as far as tax law sets one"),
    "nbk.exchanger.fee_rule",
    checks.by_person,
    by_person=True,
)


def follow_exchange(licence: Licence, step: str) -> None:
    """A trading facility's licence: the list of exchanges follows it, and whoever holds its accounts is told."""
    follow_licence(licence, step)
    tell_servicers(licence, step)


def follow_provider(licence: Licence, step: str) -> None:
    """What a step of a provider's licence sets off: with it its offers end, and whoever holds its accounts is told."""
    follow_offers(licence, step)
    tell_servicers(licence, step)


def platform(code: str, summary: str, number_prefix: str) -> PermitKind:
    return PermitKind(
        code=code,
        name=KIND_TITLES[code],
        summary=summary,
        authority="nbk",
        regime=NATIONAL_BANK,
        available=(D259, None),
        particulars=OperatorParticulars,
        serializer=OperatorParticularsSerializer,
        people=OperatorParticulars.stated_people,
        people_form=OperatorPeopleSerializer,
        offices=ROLES,
        checks=operator_checks("platform"),
        procedure=PLATFORM_PROCEDURE,
        document="registration",
        number_prefix=number_prefix,
        duties=PLATFORM_DUTIES,
        on_changed=follow_provider,
    )


KINDS = (
    platform(
        "nbk-dfa-platform",
        _("For companies that issue, record and keep digital financial assets on a platform of their own."),
        "DP",
    ),
    platform(
        "nbk-trading-platform",
        _("For companies that run the trade in digital assets in a trading system of their own."),
        "TP",
    ),
    PermitKind(
        code="nbk-exchanger",
        name=KIND_TITLES["nbk-exchanger"],
        summary=_("For companies that exchange, buy and sell unsecured assets for their clients, and do nothing else."),
        authority="nbk",
        regime=NATIONAL_BANK,
        available=(D259, None),
        particulars=OperatorParticulars,
        serializer=OperatorParticularsSerializer,
        people=OperatorParticulars.stated_people,
        people_form=OperatorPeopleSerializer,
        offices=ROLES,
        checks=(*operator_checks("exchanger"), FEE),
        procedure=EXCHANGER_PROCEDURE,
        document="licence",
        number_prefix="EX",
        on_changed=follow_provider,
    ),
    PermitKind(
        code="nbk-special-regime",
        name=KIND_TITLES["nbk-special-regime"],
        summary=_("For legal entities that try out services in digital assets under a contract, for a limited time."),
        authority="nbk",
        regime=NATIONAL_BANK,
        available=(D205, None),
        particulars=RegimeParticulars,
        serializer=RegimeParticularsSerializer,
        checks=REGIME_CHECKS,
        procedure=REGIME_PROCEDURE,
        document="contract",
        number_prefix="SR",
        months_field="months",
        on_changed=tell_servicers,
    ),
    PermitKind(
        code="aifc-exchange",
        name=KIND_TITLES["aifc-exchange"],
        summary=_("For firms of the AIFC that run an exchange of digital assets, under the rulebook of its regulator."),
        authority="afsa",
        regime=AIFC,
        available=(LDA_START, None),
        particulars=AifcParticulars,
        serializer=FacilityParticularsSerializer,
        people=AifcParticulars.stated_people,
        people_form=IndividualsSerializer,
        offices=INDIVIDUALS,
        checks=FACILITY_CHECKS,
        procedure=AIFC_PROCEDURE,
        document="licence",
        number_prefix="AX",
        duties=FACILITY_DUTIES,
        currency="USD",
        services_fields=("services",),
        on_changed=follow_exchange,
    ),
    PermitKind(
        code="aifc-provider",
        name=KIND_TITLES["aifc-provider"],
        summary=_("For firms of the AIFC that keep, deal in, advise on or manage digital assets."),
        authority="afsa",
        regime=AIFC,
        available=(LDA_START, None),
        particulars=AifcParticulars,
        serializer=AifcProviderParticularsSerializer,
        people=AifcParticulars.stated_people,
        people_form=IndividualsSerializer,
        offices=INDIVIDUALS,
        checks=PROVIDER_CHECKS,
        procedure=AIFC_PROCEDURE,
        document="licence",
        number_prefix="AV",
        currency="USD",
        on_changed=tell_servicers,
        services_fields=("activities",),
    ),
    PermitKind(
        code="secured-asset-permit",
        name=KIND_TITLES["secured-asset-permit"],
        summary=_("For operators of platforms of secured assets; the kind ended on 1 May 2026."),
        authority="maidd",
        regime=NATIONAL,
        available=(LDA_START, None),
        particulars=SecuredParticulars,
        serializer=SecuredParticularsSerializer,
        checks=SECURED_CHECKS,
        procedure=SECURED_PROCEDURE,
        document="permit",
        number_prefix="SA",
        abolished_by="secured-asset-permit.abolition",
    ),
)
