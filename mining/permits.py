"""The kinds of permit of digital mining: the two mining licences (subtype I with an own data centre, subtype II with
own equipment in somebody's centre) and the accreditation of mining pools."""

from law.problems import _
from law.provisions import LDA_START
from licensing.permits import NATIONAL, Check, PermitKind, Procedure
from licensing.requests import REQUESTS, with_checks
from licensing.stated import registration_record
from mining.checks import licences as checks
from mining.checks import pools
from mining.models import MiningParticulars, PoolParticulars
from mining.serializers import MiningParticularsSerializer, PoolParticularsSerializer
from mining.services.pools import follow_accreditation

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
    Check("registration", _("The registration record agrees"), "mining.holder", registration_record),
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
    Check(
        "pools", _("The pools named are accredited"), "mining.through_pool_and_centre", pools.named_pools, anew=False
    ),
)

#: The rules of accreditation were not read: Law 202-V is taken by analogy, and what it is taken for is unconfirmed. No
#: suspension is known, no fee and no re-issue after spin-off; who withdraws and why is assumed.
POOL_PROCEDURE = Procedure(
    name=_("Accreditation of mining pools"),
    silence="silence",
    requests=tuple(one for one in REQUESTS if one.act in ("reissue", "correction", "surrender")),
    hearing=("refuse", "revoke"),
)
POOL_CHECKS = (
    Check("particulars", _("All particulars are stated"), "pool-accreditation.service-rules", pools.particulars_given),
    Check("holder", _("The applicant is a legal entity"), "pool.holder", pools.holder),
    Check("registration", _("The registration record agrees"), "pool.holder", registration_record),
    Check("hardware", _("The equipment is in Kazakhstan"), "pool.hardware_in_kazakhstan", pools.equipment_place),
    Check("tests", _("The security tests were passed"), "pool.security_test", pools.protocols),
    Check("name", _("The name is not that of another pool"), "pool-accreditation.service-rules", pools.name_is_free),
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
    PermitKind(
        code="pool-accreditation",
        name=_("Accreditation of a mining pool"),
        summary=_("For legal entities that join the computing power of miners and distribute what is mined."),
        authority="maidd",
        regime=NATIONAL,
        available=(LDA_START, None),
        particulars=PoolParticulars,
        serializer=PoolParticularsSerializer,
        checks=POOL_CHECKS,
        procedure=POOL_PROCEDURE,
        document="accreditation",
        number_prefix="PA",
        on_changed=follow_accreditation,
    ),
)
