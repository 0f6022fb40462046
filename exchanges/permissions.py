"""Who may do what to reports, exchanges, notes, classes, warnings, approved and offered assets. Asked through
core.services.allowed()."""

from typing import Any

import rules

from core.permissions import had_a_hand, is_case_officer, is_head, is_inspector, is_member, is_party, is_staff
from core.workflow import APPLICANT
from law.issues import SUPERVISORS
from law.licensing import MINING_LICENCES
from law.offers import OFFERING
from law.rails import CLIENT_KINDS
from licensing.permissions import of_the_authority_of

of_mining = of_the_authority_of(*MINING_LICENCES)

# An officer may enter what came on paper: the exchanges of the AIFC are not clients of this house.
rules.add_perm("exchanges.file_report", is_party | (is_case_officer & of_mining))
rules.add_perm("exchanges.list_exchange", is_case_officer & of_mining)

# Asked of the official himself: whose pages these are, and whose records in the administration.
rules.add_perm("exchanges.keep_reports", of_mining)
rules.add_perm("exchanges.read_records", is_staff & of_mining)

# A firm's notes are its own: under a power of attorney one acts for a client, and reads none of its notes.
rules.add_perm("exchanges.keep_note", is_member)

# Whoever opened, answered or proposed the class of an asset does not sign it off.
rules.add_perm("exchanges.prepare_class", is_case_officer | is_inspector)
rules.add_perm(
    "exchanges.sign_class",
    is_head
    & ~had_a_hand(
        *("assetassessment.open", "assetassessment.answer", "assetassessment.propose", "assetassessment.document")
    ),
)

# The list of warnings: of any body that decides on permits; whoever proposed an entry neither publishes
# nor withdraws it, nor does who proposed its withdrawal.
of_a_deciding_body = rules.Predicate(lambda user, obj: bool(user.authority and user.authority.decides), "decides")
rules.add_perm("exchanges.propose_warning", is_case_officer & of_a_deciding_body)
rules.add_perm("exchanges.drop_warning", is_case_officer & of_a_deciding_body)
rules.add_perm(
    "exchanges.publish_warning",
    is_head & of_a_deciding_body & ~had_a_hand("marketwarning.propose", "marketwarning.ask_withdrawal"),
)
rules.add_perm("exchanges.keep_warnings", of_a_deciding_body)
rules.add_perm("exchanges.keep_classes", of_a_deciding_body)

# Duties of providers: whose authority supervises one of them.
of_providers = of_the_authority_of(*(code for code in CLIENT_KINDS if code.startswith("nbk-"))) | of_the_authority_of(
    *(code for code in CLIENT_KINDS if code.startswith("aifc-"))
)
rules.add_perm("exchanges.keep_duties", of_providers)


@rules.predicate
def is_servicer(user: Any, obj: Any) -> bool:
    """Today acts for the bank or postal operator that holds the account."""
    return user.role == APPLICANT and user.acts_for(obj.servicer_id)


rules.add_perm("exchanges.enter_servicer", is_case_officer & of_providers)
rules.add_perm("exchanges.enter_rail", is_party | is_case_officer)
rules.add_perm("exchanges.end_rail", is_party | is_servicer | is_case_officer)
rules.add_perm("exchanges.rate_rail", is_servicer | is_case_officer)

# Tips are handled by officers and heads of the authority that they go to; they alone read how to reach who sent one.
rules.add_perm("exchanges.triage_tip", is_case_officer & of_a_deciding_body)
rules.add_perm("exchanges.handle_complaint", is_case_officer)
rules.add_perm("exchanges.answer_complaint", is_party)
rules.add_perm("exchanges.report_incident", is_party | is_case_officer)
# An official who reported an incident in the provider's place does not close it.
rules.add_perm("exchanges.follow_incident", is_case_officer & ~had_a_hand("incident.report", "incident.describe"))
rules.add_perm("exchanges.file_record", is_party | is_case_officer)
# An official who filed a record in the provider's place does not judge it.
rules.add_perm("exchanges.check_record", is_case_officer & ~had_a_hand("providerrecord.file"))
rules.add_perm("exchanges.report_transfer", is_party)
# The list of approved assets: of the one body that licenses who offers them. Whoever proposed an entry does not enter
# it; whoever proposed to withdraw it does not withdraw it.
of_the_list = of_the_authority_of(*OFFERING)
rules.add_perm("exchanges.propose_asset", is_case_officer & of_the_list)
rules.add_perm("exchanges.publish_asset", is_head & of_the_list & ~had_a_hand("approvedasset.propose"))
rules.add_perm("exchanges.withdraw_asset", is_head & of_the_list & ~had_a_hand("approvedasset.propose_withdrawal"))
rules.add_perm("exchanges.keep_assets", of_the_list)

# What is offered: the holder says it himself; who watches him may say what he saw.
rules.add_perm("exchanges.declare_offer", is_party)
rules.add_perm("exchanges.observe_offer", is_case_officer)

# The register of issues: the operator keeps it; the authorities that supervise issuers read what is theirs.
of_supervisors = rules.Predicate(
    lambda user, obj: bool(user.authority and user.authority.code in SUPERVISORS.values()), "supervises_issuers"
)
rules.add_perm("exchanges.keep_issue", is_party)
rules.add_perm("exchanges.supervise_issues", of_supervisors)
