"""Who may report: the pool what it distributed, the miner what he obtained; officials report of these for nobody.

Jobs and investment the holder of a licence reports himself, and an officer enters them from a paper."""

import rules

from core.permissions import is_party
from mining.permissions.keepers import is_mining_officer

rules.add_perm("mining.report_distribution", is_party)
rules.add_perm("mining.report_output", is_party)
rules.add_perm("mining.report_realised", is_party)
rules.add_perm("mining.enter_realised", is_mining_officer)
