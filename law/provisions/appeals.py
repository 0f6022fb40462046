"""Complaints against acts of the administration: the Administrative Procedural Code."""

from law.problems import _
from law.provisions.base import (
    EFFECT,
    FLAG,
    MONTHS,
    PROCEDURE_CODE,
    PROCEDURE_CODE_START,
    REQUIRED,
    WORKING_DAYS,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_WORDING = _("Read in an edition of January 2026; the first day of this wording was not found.")

ROWS = (
    row("AP-COMPL", 3, MONTHS, PROCEDURE_CODE, "92(1)", PROCEDURE_CODE_START,
        title=_("Complaint, from learning of the act"), day="text"),
    row("AP-COMPL-6", 6, MONTHS, PROCEDURE_CODE, "92(1-1)", PROCEDURE_CODE_START,
        title=_("Complaint where the act does not state its route"), day="assumed", note=_WORDING),
    row("AP-FWD", 3, WORKING_DAYS, PROCEDURE_CODE, "91(4)", PROCEDURE_CODE_START,
        title=_("Forwarding of a complaint, or its satisfaction in full"), day="assumed", note=_WORDING),
    row("AP-DECIDE", 20, WORKING_DAYS, PROCEDURE_CODE, "99", PROCEDURE_CODE_START,
        title=_("Decision on a complaint"), day="assumed",
        note=_("In the wording of Law 241-VIII of 17.12.2025; counting from the filing is assumed.")),
    row("AP-SILENCE", _("refusal"), EFFECT, PROCEDURE_CODE, "100(5)", PROCEDURE_CODE_START,
        title=_("No decision on a complaint"), day="assumed", note=_WORDING),
    row("AP-COURT", 1, MONTHS, PROCEDURE_CODE, "136", PROCEDURE_CODE_START,
        title=_("Claim to a court after the decision on a complaint"), day="assumed", note=_WORDING),
    row("AP-HANDS", True, REQUIRED, PROCEDURE_CODE, "91", PROCEDURE_CODE_START,
        title=_("Decision on a complaint by people who had no hand in the act"), confidence="assumed"),
    row("permit.appeal-suspends", True, FLAG, PROCEDURE_CODE, "96", PROCEDURE_CODE_START,
        title=_("Whether an appeal suspends an act on a permit"), confidence="assumed"),
)
# fmt: on
