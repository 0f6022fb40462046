"""What of permits, refusals and warnings the public reads, and how long the daily files of the register are kept."""

from law.problems import _
from law.provisions.base import CALENDAR_DAYS, HOUSE, LDA_START, RULE, row

# fmt: off
# A table: one rule after another, a line or two each.
_NOT_READ = _("No text that was read says so in general; the registers of the National Bank are public by LDA 6(17).")

ROWS = (
    row("register.permits", _("public from the grant, ended ones too"), RULE, HOUSE, _("on publication"), LDA_START,
        title=_("Permits in the public register"), note=_NOT_READ, confidence="assumed", day="assumed"),
    row("register.refusals", _("legal entities only, where a head decides so"), RULE, HOUSE, _("on publication"),
        LDA_START, title=_("Refusals in the public register"), confidence="assumed", day="assumed",
        note=_("No text that was read provides for it, so none is public by itself.")),
    row("register.files_kept", 90, CALENDAR_DAYS, HOUSE, _("on publication"), LDA_START,
        title=_("Daily files of the register are kept"), confidence="assumed", day="assumed",
        note=_("The first file of each month is kept for good.")),
)
# fmt: on
