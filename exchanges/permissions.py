"""Who may do what to reports on sales and to the list of exchanges. Asked through core.services.allowed() only."""

import rules

from core.permissions import is_case_officer, is_party

# An officer may enter what came on paper: the exchanges of the AIFC are not clients of this house.
rules.add_perm("exchanges.file_report", is_party | is_case_officer)
rules.add_perm("exchanges.list_exchange", is_case_officer)
