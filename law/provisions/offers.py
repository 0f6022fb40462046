"""Unsecured assets that may be offered: the list of them, and what follows when one is taken off it."""

from law.problems import _
from law.provisions.base import CALENDAR_DAYS, D259, HOUSE, LDA, REQUIRED, row

# fmt: off
# A table: one rule after another, a line or two each.
ROWS = (
    row("exchanger.approved_assets", True, REQUIRED, LDA, _("on the assets that the National Bank approves"), D259,
        title=_("Exchangers offer approved assets only"), confidence="source",
        note=_("The law names no such list; that the National Bank decides stands in a commentary alone.")),
    row("exchanger.offer_end", 10, CALENDAR_DAYS, HOUSE, _("on approved assets"), D259,
        title=_("End of the offer of an asset that was taken off the list"), confidence="assumed",
        note=_("From the first day off the list. No act at hand names a term; it is ours.")),
)
# fmt: on
