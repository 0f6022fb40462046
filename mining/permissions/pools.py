"""Who may do what to an accredited pool."""

import rules

from core.permissions import is_case_officer, is_party

rules.add_perm("mining.enter_protocol", is_party | is_case_officer)
