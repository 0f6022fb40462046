"""Who may do what to machines in the register: owners ask, an officer who did not enter it himself decides."""

import rules

from core.permissions import had_a_hand, is_case_officer, is_party

rules.add_perm("mining.file_machines", is_party | is_case_officer)
rules.add_perm("mining.withdraw_machines", is_party)
rules.add_perm("mining.decide_machines", is_case_officer & ~had_a_hand("machinefiling.file"))
