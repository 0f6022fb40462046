"""Reports of pools and miners, the register of mining machines, jobs and investment: what no text at hand names."""

from law.problems import _
from law.provisions.base import HOUSE, LDA, LDA_START, MONTHS, WORKING_DAYS, row

# fmt: off
# A table: one rule after another, a line or two each.
_UNKNOWN_PERIOD = _("The law names neither period nor day; a month is our assumption.")
_UNKNOWN_DAY = _("The law names no day; ten working days after the period are our assumption.")

ROWS = (
    row("pool.report_period", 1, MONTHS, LDA, "10(3)", LDA_START, title=_("Period of a pool's distribution report"),
        note=_UNKNOWN_PERIOD, confidence="assumed"),
    row("pool.report_due", 10, WORKING_DAYS, LDA, "10(3)", LDA_START, title=_("Day of a pool's distribution report"),
        note=_UNKNOWN_DAY, confidence="assumed"),
    row("mining.report_period", 1, MONTHS, LDA, "4(1)", LDA_START, title=_("Period of a miner's own report"),
        note=_UNKNOWN_PERIOD, confidence="assumed"),
    row("mining.report_due", 10, WORKING_DAYS, LDA, "4(1)", LDA_START, title=_("Day of a miner's own report"),
        note=_UNKNOWN_DAY, confidence="assumed"),
    row("jobs.report_period", 3, MONTHS, HOUSE, _("on jobs and investment"), LDA_START,
        title=_("Period of a report on jobs and investment"),
        note=_("No text at hand asks for this report: nobody owes it by a day. The quarter is our assumption."),
        confidence="assumed"),
    row("hsc.decision", 15, WORKING_DAYS, LDA, "4(1)(11)-(12)", LDA_START,
        title=_("Decision on machines in the register"),
        note=_("Neither term nor fields of the application are known; the term is that of Law 202-V, Art. 30."),
        confidence="assumed"),
)
# fmt: on
