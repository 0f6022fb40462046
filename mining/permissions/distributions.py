"""Who may report: the pool what it distributed, the miner what he obtained. Officials report for nobody."""

import rules

from core.permissions import is_party

rules.add_perm("mining.report_distribution", is_party)
rules.add_perm("mining.report_output", is_party)
