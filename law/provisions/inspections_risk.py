"""Risk degrees of subjects of control, and the size of a business.

The order that sets the formula was not read: every constant of it is *assumed* and stands here alone.
"""

from decimal import Decimal

from law.problems import _
from law.provisions.base import (
    CHAPTER_13,
    CODE,
    FLAG,
    LDA_START,
    MCI,
    ORDER_48,
    PEOPLE,
    PERMITS_CODE,
    POINTS,
    RULE,
    SHARE,
    TIMES,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_NOT_READ = _("The order was not read; from background knowledge.")
_NO_DAY = _("Read in an edition of February 2026; the first day of this wording was not found.")

_RISK = (
    row("RISK-W-SIG", Decimal("0.7"), SHARE, ORDER_48, "", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Weight of significant breaches"), note=_NOT_READ),
    row("RISK-W-INS", Decimal("0.3"), SHARE, ORDER_48, "", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Weight of insignificant breaches"), note=_NOT_READ),
    row("RISK-GROSS", 100, POINTS, ORDER_48, "", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Points for any gross breach"), note=_NOT_READ),
    row("RISK-T-LOW", 0, POINTS, ORDER_48, "", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Low risk from"), note=_NOT_READ),
    row("RISK-T-MED", 31, POINTS, ORDER_48, "", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Medium risk from"), note=_NOT_READ),
    row("RISK-T-HIGH", 71, POINTS, ORDER_48, "", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("High risk from"), note=_NOT_READ),
    row("RISK-MAX", 100, POINTS, ORDER_48, "", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Greatest score of risk"), note=_NOT_READ),
    row("RISK-NORM", _("between the least and the greatest of all subjects"), RULE, ORDER_48, "", CHAPTER_13,
        confidence="assumed", day="assumed", title=_("Normalisation of the score"),
        note=_("Where all are equal, each keeps its own score. Not read, assumed.")),
    row("RISK-STEPS", _("points decide where objective criteria give high or medium risk"), RULE, ORDER_48, "",
        CHAPTER_13, confidence="assumed", day="assumed", title=_("Degree of risk of a subject"), note=_NOT_READ),
    row("EK-RISK-DOWN", 1, TIMES, CODE, "141(9)", CHAPTER_13, day="assumed",
        title=_("Degrees of risk taken off for insurance, release or self-regulation")),
)

_SIZE = (
    row("SZ-MICRO", 15, PEOPLE, CODE, "24(3)", PERMITS_CODE, title=_("Micro firm: staff, at most"), note=_NO_DAY),
    row("SZ-MICRO-INCOME", 30_000, MCI, CODE, "24(3)", PERMITS_CODE, title=_("Micro firm: or yearly income, at most"),
        note=_NO_DAY),
    row("SZ-SMALL", 100, PEOPLE, CODE, "24(3)", PERMITS_CODE, title=_("Small firm: staff, at most"), note=_NO_DAY),
    row("SZ-SMALL-INCOME", 300_000, MCI, CODE, "24(3)", PERMITS_CODE,
        title=_("Small firm: and yearly income, at most"), note=_NO_DAY),
    row("SZ-LARGE", 250, PEOPLE, CODE, "24(6)", PERMITS_CODE, title=_("Large firm: staff, more than"), note=_NO_DAY),
    row("SZ-LARGE-INCOME", 3_000_000, MCI, CODE, "24(6)", PERMITS_CODE,
        title=_("Large firm: or yearly income, more than"), note=_NO_DAY),
    row("SZ-MINING1", True, FLAG, CODE, "24(4)(13)", LDA_START,
        title=_("A miner of subtype I is never a small firm")),
)

ROWS = _RISK + _SIZE
# fmt: on
