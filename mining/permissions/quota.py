"""Who assesses a miner's sales, who judges what was found, who acts on it."""

import rules

from core.permissions import had_a_hand, is_case_officer, is_head

# Whoever made the assessment does not judge its finding.
rules.add_perm("mining.assess_quota", is_case_officer)
rules.add_perm("mining.judge_finding", is_head & ~had_a_hand("quotafinding.open"))
rules.add_perm("mining.act_on_finding", is_case_officer)
