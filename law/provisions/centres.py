"""Data centres of digital mining: the parts of their definition, and our own standards, days and sums beyond it.

No text at hand sets standards of centres beyond the definition of LDA 1(9). What is ours is assumed and shown as
unconfirmed; when an order is read, its rows take their place here.
"""

from decimal import Decimal

from law.problems import _
from law.provisions.base import D256, HOUSE, LDA, LDA_START, REQUIRED, RULE, SHARE, WORKING_DAYS, row

# fmt: off
# A table: one rule after another, a line or two each.
_PLACE = _("on data centres")
_OBJECT = _("What a mining data centre is an object of")
_OURS = _("Beyond the definition of the law; set here until an order is known.")
_TERM = _("No text at hand names the days; they are set with care and may be corrected.")

_DEFINITION = (
    row("centre.object", _("information and communication infrastructure"), RULE, LDA, "1(9)", LDA_START, D256,
        title=_OBJECT),
    row("centre.object", _("digital infrastructure"), RULE, LDA, "1(9)", D256, title=_OBJECT),
    row("centre.mining_equipment", True, REQUIRED, LDA, "1(9)", LDA_START,
        title=_("Mining data centre holds mining equipment")),
    row("centre.lawful_power", True, REQUIRED, LDA, "1(9)", LDA_START,
        title=_("Mining data centre uses power under the law on electric power")),
)

_STANDARDS = (
    row("centre.standard.power", True, REQUIRED, HOUSE, _PLACE, LDA_START, title=_("Supply of power to a data centre"),
        note=_OURS, confidence="assumed"),
    row("centre.standard.cooling", True, REQUIRED, HOUSE, _PLACE, LDA_START, title=_("Cooling of a data centre"),
        note=_OURS, confidence="assumed"),
    row("centre.standard.network", True, REQUIRED, HOUSE, _PLACE, LDA_START, title=_("Network of a data centre"),
        note=_OURS, confidence="assumed"),
    row("centre.standard.physical_safety", True, REQUIRED, HOUSE, _PLACE, LDA_START,
        title=_("Physical safety of a data centre"), note=_OURS, confidence="assumed"),
    row("centre.standard.metering", True, REQUIRED, HOUSE, _PLACE, LDA_START,
        title=_("Metering of the power of a data centre"), note=_OURS, confidence="assumed"),
    row("centre.standard.information_security", True, REQUIRED, HOUSE, _PLACE, LDA_START,
        title=_("Information security of a data centre"), note=_OURS, confidence="assumed"),
)

_CONDUCT = (
    row("centre.let_within_capacity", True, REQUIRED, HOUSE, _PLACE, LDA_START,
        title=_("What is let in a data centre stays within its capacity"), note=_OURS, confidence="assumed"),
    row("centre.assessment_result", _("by the unmet items alone"), RULE, HOUSE, _PLACE, LDA_START,
        title=_("How an assessment of a data centre comes to its result"), note=_OURS, confidence="assumed"),
    row("centre.cure", 30, WORKING_DAYS, HOUSE, _PLACE, LDA_START,
        title=_("Bring the data centre under the definition of the law"), note=_TERM, confidence="assumed"),
    row("centre.remedy", 60, WORKING_DAYS, HOUSE, _PLACE, LDA_START,
        title=_("Remedy the remarks on the data centre"), note=_TERM, confidence="assumed"),
    row("centre.reassessment", 75, WORKING_DAYS, HOUSE, _PLACE, LDA_START,
        title=_("Assess the data centre again after remarks"), note=_TERM, confidence="assumed"),
)

_POWER = (
    row("power.early_warning", Decimal("0.80"), SHARE, HOUSE, _PLACE, LDA_START,
        title=_("Share of a limit of power from which the authority is warned"), note=_OURS, confidence="assumed"),
    row("power.limit_reached", Decimal("1.00"), SHARE, HOUSE, _PLACE, LDA_START,
        title=_("Share of a limit of power at which it is reached"), note=_OURS, confidence="assumed"),
)

ROWS = _DEFINITION + _STANDARDS + _CONDUCT + _POWER
# fmt: on
