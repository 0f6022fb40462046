"""Who may do what to a data centre and to an assessment of one."""

import rules

from core.permissions import had_a_hand, is_administrator, is_case_officer, is_head, is_inspector

rules.add_perm("mining.enter_centre", is_case_officer)
rules.add_perm("mining.change_centre", is_case_officer)
rules.add_perm("mining.close_centre", is_case_officer)
rules.add_perm("mining.publish_centre", is_head)
rules.add_perm("mining.enter_limit", is_head | is_administrator)

# Whoever began, answered or proposed an assessment does not sign it off.
rules.add_perm("mining.prepare_assessment", is_case_officer | is_inspector)
rules.add_perm(
    "mining.sign_assessment",
    is_head & ~had_a_hand("assessment.open", "assessment.answer", "assessment.propose", "assessment.document"),
)
