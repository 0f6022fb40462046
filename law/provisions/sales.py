"""Sales of mined assets: who reports them, for what period, by when, and what a miner may sell by name."""

from datetime import date

from law.problems import _
from law.provisions.base import ALLOWED, CALENDAR_DAYS, D231, D259, LDA, LDA_START, REQUIRED, RULE, row

# fmt: off
# A table: one rule after another, a line or two each.
_START = date(2024, 1, 1)
_OURS = _("No act at hand names it; it is ours.")
_QUARTER = _("calendar quarter")
_EXCHANGES = _("Reports of exchanges of the AIFC on sales")
_BY_EXCHANGES = _("The list of reports stands in an act of the AIFC that was not read.")

ROWS = (
    row("mining.sales_base", _("assets sold, by their value in tenge on the day of sale"), RULE, LDA, "8(4)", _START,
        D231,
        title=_("What the share of sales is taken of"), confidence="assumed",
        note=_("That the base is what was sold is text; that it is weighed by value is assumed.")),
    row("mining.sales_report", True, REQUIRED, LDA, "8(4)", _START, D231, title=_("Reports of miners on sales"),
        confidence="assumed", note=_OURS),
    row("mining.sales_report_period", _QUARTER, RULE, LDA, "8(4)", _START, D231,
        title=_("Period of a miner's report on sales"), confidence="assumed", note=_OURS),
    row("mining.sales_report_due", 15, CALENDAR_DAYS, LDA, "8(4)", _START, D231,
        title=_("Report of a miner on sales after the end of its period"), confidence="assumed", note=_OURS),
    row("exchange.sales_report", True, REQUIRED, LDA, "11(7)", LDA_START, D259, title=_EXCHANGES, note=_BY_EXCHANGES),
    row("exchange.sales_report", True, REQUIRED, LDA, "12-1(3)", D259, title=_EXCHANGES, note=_BY_EXCHANGES),
    row("exchange.sales_report_period", _QUARTER, RULE, LDA, "11(7)", LDA_START,
        title=_("Period of an exchange's report on sales"), confidence="assumed", note=_OURS),
    row("exchange.sales_report_due", 15, CALENDAR_DAYS, LDA, "11(7)", LDA_START,
        title=_("Report of an exchange on sales after the end of its period"), confidence="assumed", note=_OURS),
    row("mining.own_output_sale", True, ALLOWED, LDA, "12-1(1)(5)", D259,
        title=_("Sale of own output by a miner"), note=_("One of the six cases of Art. 12-1(1), at any venue.")),
)
# fmt: on
