"""What providers of services owe beside what stands elsewhere. Terms that no act that was read sets are assumed."""

from datetime import date

from law.problems import _
from law.provisions.base import (
    AML_LAW,
    D259,
    HOUSE,
    LDA,
    LDA_START,
    MONTHS,
    PERSONAL_DATA_LAW,
    REQUIRED,
    RULE,
    SUBJECT,
    WORKING_DAYS,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_UNREAD = _("No act that was read sets this term.")

ROWS = (
    row("complaint.forward", 3, WORKING_DAYS, HOUSE, "", D259, day="assumed", confidence="assumed",
        title=_("Complaint of a consumer put to the provider"), note=_UNREAD),
    row("complaint.answer", 15, WORKING_DAYS, HOUSE, "", D259, day="assumed", confidence="assumed",
        title=_("Answer of the provider to a complaint"), note=_UNREAD),
    row("incident.notice", 1, WORKING_DAYS, HOUSE, "", D259, day="assumed", confidence="assumed",
        title=_("Notice of an incident at a provider"),
        note=_("No act that was read sets this term. A breach of personal data has one of its own.")),
    row("incident.report", 10, WORKING_DAYS, HOUSE, "", D259, day="assumed", confidence="assumed",
        title=_("Full report on an incident"), note=_UNREAD),
    row("provider.risk_recheck", 6, MONTHS, HOUSE, "", LDA_START, day="assumed", confidence="assumed",
        title=_("Look at a warning of risks again"), note=_UNREAD),
    row("provider.internal_control", True, REQUIRED, LDA, "6(21), 12-2(11)", D259,
        title=_("Risk management and internal control of providers")),
    row("provider.security", True, REQUIRED, LDA, "6(10)(6), 12-2(4)(4)", D259,
        title=_("Information security and cybersecurity of providers"),
        note=_("The requirements stand in acts of the National Bank that were not read.")),
    row("provider.nbk_reports", _("form, period and day unknown"), RULE, LDA, "6(20), 12-2(14)", D259,
        title=_("Reports of providers to the National Bank")),
    row("personal_data.kept_in_kazakhstan", True, REQUIRED, PERSONAL_DATA_LAW, "12", date(2016, 1, 1),
        day="secondary", confidence="secondary", title=_("Databases with personal data in Kazakhstan")),
    row("aml.subject.aifc_participant", True, SUBJECT, AML_LAW, "3(1)(19)", LDA_START, day="assumed",
        title=_("Financial monitoring: participants of the AIFC")),
)
# fmt: on
