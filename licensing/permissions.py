"""Who may do what to a case. Declared once, asked through core.services.allowed()."""

from typing import Any

import rules

from core.permissions import (
    had_a_hand,
    is_administrator,
    is_case_officer,
    is_head,
    is_party,
    is_system,
    official,
)
from core.workflow import ADMINISTRATOR, AUDITOR, HEAD, INSPECTOR, OFFICER

# Whoever recommended, edited the letter or countersigned does not decide; whoever recommended does not countersign.
# An official who filed the case as its party, before he took office, does neither.
FILING = ("application.open", "application.edit", "application.submit", "application.answer")
PREPARING = ("application.recommend", "application.edit_letter", *FILING)
prepared_it = had_a_hand(*PREPARING)
had_a_hand_in_it = had_a_hand(*PREPARING, "application.countersign")


@rules.predicate
def decides(user: Any, obj: Any) -> bool:
    """Of a body that decides on permits; one that only answers receives no fees."""
    return user.authority is not None and user.authority.decides


rules.add_perm("licensing.open", is_party)
rules.add_perm("licensing.edit", is_party)
rules.add_perm("licensing.submit", is_party)
rules.add_perm("licensing.answer", is_party)
rules.add_perm("licensing.review", is_case_officer)
rules.add_perm("licensing.countersign", is_case_officer & ~prepared_it)
rules.add_perm("licensing.return", is_case_officer)
rules.add_perm("licensing.decide", is_head & ~had_a_hand_in_it)
rules.add_perm("licensing.confirm_silence", is_head)
rules.add_perm("licensing.pay", is_case_officer)
rules.add_perm("licensing.import_payments", is_case_officer & decides)
rules.add_perm("licensing.publish", is_head | is_administrator)
rules.add_perm("licensing.time", is_system)
# Whoever may read a case may have it as one file, with what he may read of it.
rules.add_perm("licensing.archive", is_party | official(OFFICER, HEAD, INSPECTOR, ADMINISTRATOR, AUDITOR))
rules.add_perm("licensing.move_caseload", is_head | is_administrator)
rules.add_perm("licensing.manage_rules", is_head | is_administrator)
