"""The life of a licence after its issue: who ends it, what holds meanwhile, terms that only practice knows."""

from law.problems import _
from law.provisions.base import (
    CALENDAR_DAYS,
    D44,
    D259,
    EFFECT,
    LDA,
    LDA_START,
    MONTHS,
    PERMITS_LAW,
    PERMITS_START,
    RULE,
    WORKING_DAYS,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_BARRED = _("the activity is forbidden meanwhile")
_AUTHORITY = _("authority")
_OWN_PRACTICE = _("No act names this term; it is ours.")

ROWS = (
    row("permit.suspension-effect", _BARRED, EFFECT, PERMITS_LAW, "45(2)", PERMITS_START,
        title=_("Effect of a suspension"), note=_("Read in an edition of about 2021; later changes are possible.")),
    row("mining-licence.suspension-effect", _BARRED, EFFECT, LDA, "9(5)", D44,
        title=_("Effect of the suspension of a mining licence"), note=_("All mining.")),
    row("permit.after-suspension", _("not shown as in force without a decision of a head"), RULE, PERMITS_LAW, "45(4)",
        PERMITS_START, title=_("Between the end of a suspension and the end of the licence"), confidence="assumed"),
    row("permit.effect-of-end", _BARRED, EFFECT, PERMITS_LAW, "35(3)", PERMITS_START,
        title=_("Effect of the end of a licence")),
    row("nbk-exchanger.revocation", _AUTHORITY, RULE, LDA, "12-6(2)", D259,
        title=_("Who deprives of an exchanger's licence")),
    row("nbk-dfa-platform.revocation", _AUTHORITY, RULE, LDA, "7(5)", D259,
        title=_("Who removes a platform from the register")),
    row("nbk-trading-platform.revocation", _AUTHORITY, RULE, LDA, "7(5)", D259,
        title=_("Who removes a trading platform from the register")),
    row("secured-asset-permit.revocation", _("court"), RULE, PERMITS_LAW, "42, 45(5)", LDA_START, D259,
        title=_("Who deprives of a permit for secured digital assets"), confidence="assumed"),
    row("permit.suspension-own-max", 6, MONTHS, PERMITS_LAW, "45(1-1)", PERMITS_START,
        title=_("Suspension at own request, at most"), confidence="assumed",
        note=_("Only the law of the kind names limits; the longest known is taken.")),
    row("permit.abolition-filings", _("they end without a decision"), EFFECT, PERMITS_LAW, "35(1)(6)", PERMITS_START,
        title=_("Filings that are open when a kind of permit is abolished"), confidence="assumed",
        note=_("No transitional rule is known; the list of ends speaks of permits alone.")),
    row("secured-asset-permit.abolition", 0, CALENDAR_DAYS, _("Law 259-VIII"), "", D259,
        title=_("End of the permits for secured digital assets"), confidence="assumed",
        note=_("No transitional rule is known: permits end on the day on which their kind ends.")),
    row("permit.breach-explanation", 5, WORKING_DAYS, PERMITS_LAW, "", PERMITS_START,
        title=_("Explanation of a supposed breach"), confidence="assumed", note=_OWN_PRACTICE),
    row("permit.breach-cure", 10, WORKING_DAYS, PERMITS_LAW, "", PERMITS_START,
        title=_("Cure of a breach, where the authority sets no other day"), confidence="assumed", note=_OWN_PRACTICE),
    row("permit.referral-answer", 15, WORKING_DAYS, PERMITS_LAW, "", PERMITS_START,
        title=_("Answer of another body to a referral"), confidence="assumed", note=_OWN_PRACTICE),
)
# fmt: on
