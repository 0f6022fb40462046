"""Who may do what to a data centre."""

import rules

from core.permissions import is_case_officer, is_head

rules.add_perm("mining.enter_centre", is_case_officer)
rules.add_perm("mining.change_centre", is_case_officer)
rules.add_perm("mining.close_centre", is_case_officer)
rules.add_perm("mining.publish_centre", is_head)
