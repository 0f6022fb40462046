"""Who assesses a miner's sales, who judges what was found, who acts on it."""

import rules

from core.permissions import had_a_hand
from mining.permissions.keepers import is_mining_head, is_mining_officer

# Whoever made the assessment does not judge its finding.
rules.add_perm("mining.assess_quota", is_mining_officer)
rules.add_perm("mining.judge_finding", is_mining_head & ~had_a_hand("quotafinding.open"))
rules.add_perm("mining.act_on_finding", is_mining_officer)
