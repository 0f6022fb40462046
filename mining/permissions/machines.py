"""Who may do what to machines in the register: owners ask, an officer who did not enter it himself decides."""

from typing import TYPE_CHECKING, Any

import rules

from core.permissions import had_a_hand, is_party
from core.workflow import APPLICANT
from mining.permissions.keepers import is_mining_officer

if TYPE_CHECKING:
    from core.models import User


@rules.predicate
def is_new_owner(user: "User", filing: Any) -> bool:
    """Today a member or representative of the organisation to which the machines are to pass."""
    return filing.to_owner_id is not None and user.role == APPLICANT and user.acts_for(filing.to_owner_id)


#: Whoever entered what was asked or agreed does not decide on it.
RECORDED = ("machinefiling.file", "machinefiling.record_consent")

rules.add_perm("mining.file_machines", is_party | is_mining_officer)
rules.add_perm("mining.withdraw_machines", is_party)
rules.add_perm("mining.decide_machines", is_mining_officer & ~had_a_hand(*RECORDED))
rules.add_perm("mining.answer_transfer", is_new_owner)
rules.add_perm("mining.record_consent", is_mining_officer)
