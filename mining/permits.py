"""The two mining licences: subtype I (own data centre) and subtype II (own equipment in somebody's centre)."""

from law.problems import _
from law.provisions import LDA_START
from licensing.permits import NATIONAL, Check, PermitKind, Procedure
from licensing.requests import with_checks
from mining.checks import licences as checks
from mining.models import MiningParticulars
from mining.serializers import MiningParticularsSerializer

REISSUE_FEE = Check("fee", _("The fee is paid"), "mining.licence.reissue_fee", checks.fee)
REPORTED = Check("reported", _("The change was reported in time"), "permit.reissue-apply", checks.change_reported)
#: Law 202-V as it holds for mining: no body must agree, silence of one that was asked is no consent, the authority's
#: own makes no licence, and nothing stops the clock.
MINING_PROCEDURE = Procedure(
    name=_("Licensing of digital mining"),
    agreement_request="agreement-request",
    agreement_answer="agreement-answer",
    agreement_silence="agreement-silence",
    silence="silence",
    fee_ground="permit.refusal.2",
    requests=with_checks(
        {
            "reissue": (REISSUE_FEE, REPORTED),
            "reissue-split": (REISSUE_FEE, REPORTED),
            "duplicate": (Check("fee", _("The fee is paid"), "mining.licence.duplicate_fee", checks.fee),),
        }
    ),
    hearing=("refuse", "suspend", "revoke"),
)

CHECKS = (
    Check("particulars", _("All particulars are stated"), "permit.completeness", checks.particulars_given),
    Check(
        "holder",
        _("The applicant is a sole trader or legal entity registered in Kazakhstan"),
        "mining.holder",
        checks.holder,
    ),
    Check("registration", _("The registration record agrees"), "mining.holder", checks.registration_record),
    Check("subtype", _("The facts fit the subtype of licence"), "mining.through_pool_and_centre", checks.subtype),
    Check(
        "centre", _("The data centre meets the definition of the law"), "centre.outside_residential_zone", checks.centre
    ),
    Check(
        "exclusive",
        _("No other activity, while the law forbade it"),
        "mining.exclusive_activity",
        checks.exclusive_activity,
    ),
    Check(
        "equipment",
        _("Equipment, power and hash rate agree"),
        "mining.through_pool_and_centre",
        checks.equipment_adds_up,
    ),
)


def mining_licence(code: str, name: str, summary: str, number_prefix: str, fee_rule: str) -> PermitKind:
    return PermitKind(
        code=code,
        name=name,
        summary=summary,
        authority="maidd",
        regime=NATIONAL,
        available=(LDA_START, None),
        particulars=MiningParticulars,
        serializer=MiningParticularsSerializer,
        checks=(*CHECKS, Check("fee", _("The fee is paid"), fee_rule, checks.fee, anew=False)),
        procedure=MINING_PROCEDURE,
        document="licence",
        number_prefix=number_prefix,
    )


KINDS = (
    mining_licence(
        "mining-licence-1",
        _("Licence for digital mining, subtype I"),
        _("For miners with a data centre of their own or held on another lawful ground."),
        "M1",
        "mining.licence_1.fee",
    ),
    mining_licence(
        "mining-licence-2",
        _("Licence for digital mining, subtype II"),
        _("For miners who place equipment of their own in somebody else's data centre."),
        "M2",
        "mining.licence_2.fee",
    ),
)
