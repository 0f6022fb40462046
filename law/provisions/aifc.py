"""Digital asset business in the AIFC, as the rulebook of its regulator (AFSA) has it (FR00062 of 2023, fee rules).

The rulebook was read in pages of the authority; its first days were not. Where nothing was read, the row is *assumed*.
"""

from decimal import Decimal

from law.problems import _
from law.provisions.base import (
    AIFC_RULES,
    CALENDAR_DAYS,
    DOLLARS,
    LDA_START,
    MONTHS,
    REQUIRED,
    RULE,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_UNREAD = _("The rule was not read.")

ROWS = (
    row("aifc-exchange.fee", 70_000, DOLLARS, AIFC_RULES, "", LDA_START, day="assumed", confidence="official",
        title=_("Fee of an application for a digital asset trading facility"),
        note=_("Once. The fee rules have been under revision since autumn 2025.")),
    row("aifc.supervision_fee", 21, CALENDAR_DAYS, AIFC_RULES, "", LDA_START, day="assumed", confidence="official",
        title=_("First supervision fee of a firm of the AIFC"),
        note=_("From the start of the activity, which this register does not know; the amount is not known either.")),
    row("aifc.validity", _("without an end date"), RULE, AIFC_RULES, "", LDA_START, day="assumed",
        confidence="assumed", title=_("Validity of a licence of the AIFC"), note=_UNREAD),
    row("aifc.revocation", _("authority"), RULE, AIFC_RULES, "", LDA_START, day="assumed", confidence="assumed",
        title=_("Who withdraws a licence of the AIFC"), note=_UNREAD),
    row("aifc.individuals", _("senior executive, finance, compliance, reporting of laundering, IT"), RULE, AIFC_RULES,
        "", LDA_START, day="assumed", confidence="official",
        title=_("Individuals of a trading facility to be approved")),
    row("aifc.rules_approved", True, REQUIRED, AIFC_RULES, "", LDA_START, day="assumed", confidence="official",
        title=_("Approval of the business, membership and admission rules of a trading facility")),
    row("aifc.services", _("trading, issue, settlement, storage"), RULE, AIFC_RULES, "", LDA_START, day="assumed",
        confidence="assumed", title=_("Services that stand on the licence of a firm of the AIFC"),
        note=_("The law names the four of an exchange; what else a licence lists was not read.")),
    row("aifc.independent_directors", _("one third"), RULE, AIFC_RULES, "", LDA_START, day="assumed",
        confidence="official", title=_("Independent directors of a trading facility")),
    row("aifc.independent_directors_term", 12, MONTHS, AIFC_RULES, "", LDA_START, day="assumed", confidence="official",
        title=_("Appointment of independent directors, at the latest"), note=_("Counted from the grant.")),
    row("aifc.quarterly_report", 30, CALENDAR_DAYS, AIFC_RULES, "", LDA_START, day="assumed", confidence="assumed",
        title=_("Quarterly report of a trading facility"),
        note=_("Financials, capital, compliance. That it is due each quarter was read; the days after it were not.")),
    row("aifc.yearly_report", 6, MONTHS, AIFC_RULES, "", LDA_START, day="assumed", confidence="official",
        title=_("Yearly data of a trading facility, after the end of the year")),
    row("aifc.retail_limit", 1_000, DOLLARS, AIFC_RULES, "", LDA_START, day="assumed", confidence="official",
        title=_("Purchases of a retail client of Kazakhstan in a calendar month without a test"),
        note=_("Only purchases count; providers exchange data to keep to it.")),
    row("aifc.dealing_capital", Decimal(250_000), DOLLARS, AIFC_RULES, "", LDA_START, day="assumed",
        confidence="official", title=_("Capital of a firm that deals as principal, at least")),
    row("aifc.suspicious_at_once", True, REQUIRED, AIFC_RULES, "", LDA_START, day="assumed", confidence="official",
        title=_("Suspicious matters to the regulator of the AIFC at once")),
)
# fmt: on
