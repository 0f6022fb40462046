"""Who may do what to a data centre and to an assessment of one."""

import rules

from core.permissions import had_a_hand, is_administrator
from mining.permissions.keepers import is_mining_head, is_mining_inspector, is_mining_officer, of_mining

rules.add_perm("mining.enter_centre", is_mining_officer)
rules.add_perm("mining.change_centre", is_mining_officer)
rules.add_perm("mining.close_centre", is_mining_officer)
rules.add_perm("mining.publish_centre", is_mining_head)
rules.add_perm("mining.enter_limit", is_mining_head | (is_administrator & of_mining))
rules.add_perm("mining.enter_hash_rate", is_mining_head | (is_administrator & of_mining))

# Whoever began, answered or proposed an assessment does not sign it off.
rules.add_perm("mining.prepare_assessment", is_mining_officer | is_mining_inspector)
rules.add_perm(
    "mining.sign_assessment",
    is_mining_head & ~had_a_hand("assessment.open", "assessment.answer", "assessment.propose", "assessment.document"),
)
