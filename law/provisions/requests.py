"""What a holder asks for about his licence: terms that no act names, taken by analogy."""

from law.problems import _
from law.provisions.base import PERMITS_LAW, PERMITS_START, WORKING_DAYS, row

# fmt: off
# A table: one rule after another, a line or two each.
ROWS = (
    row("permit.suspension-own", 3, WORKING_DAYS, PERMITS_LAW, "45(1-1)", PERMITS_START,
        title=_("Suspension at own request"), confidence="assumed",
        note=_("The law gives no term; that of the resumption (45(7)) is taken.")),
    row("permit.surrender", 3, WORKING_DAYS, PERMITS_LAW, "35(1)(5)", PERMITS_START,
        title=_("Surrender of a licence"), confidence="assumed",
        note=_("The law gives no term for recording it; that of a re-issue (33(8)) is taken.")),
)
# fmt: on
