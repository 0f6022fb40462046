"""Terms of what providers of services owe. No act that was read sets them: each is assumed, and shown so."""

from law.problems import _
from law.provisions.base import D259, HOUSE, WORKING_DAYS, row

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
)
# fmt: on
