"""Mining pools: how they are accredited, how long that holds, what they owe.

The rules of accreditation (orders 142/НҚ and 404/НҚ) were not read. Where Law 202-V is taken by analogy,
`law.licensing` says so; here stand the rules that an analogy would get wrong or does not have.
"""

from law.problems import _
from law.provisions.base import (
    CALENDAR_DAYS,
    D259,
    LDA,
    LDA_START,
    NO_EFFECT,
    PERMITS_LAW,
    REQUIRED,
    RULE,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_UNREAD = _("The rules of accreditation were not read.")
_OWN_PRACTICE = _("No act names this term; it is ours.")

ROWS = (
    row("pool.holder", _("legal entity"), RULE, LDA, "1(10), 10(1)", LDA_START, title=_("Who may run a mining pool")),
    row("pool-accreditation.silence", NO_EFFECT, RULE, LDA, "10(2)", LDA_START,
        title=_("Silence of the authority, pool accreditation"), confidence="assumed", note=_UNREAD),
    row("pool-accreditation.validity", _("without an end date"), RULE, PERMITS_LAW, "29(7)", LDA_START,
        title=_("Validity of a pool accreditation"), confidence="assumed",
        note=_("No act at hand gives an end date; the accreditation lives as long as its conditions.")),
    row("pool-accreditation.revocation", _("authority"), RULE, LDA, "4(1)", LDA_START, D259,
        title=_("Who withdraws a pool accreditation"), confidence="assumed", note=_UNREAD),
    row("pool-accreditation.revocation", _("authority"), RULE, LDA, "4(3)", D259,
        title=_("Who withdraws a pool accreditation"), confidence="assumed", note=_UNREAD),
    row("pool.protocols_renewed", True, REQUIRED, LDA, "10(2)(2)", LDA_START,
        title=_("Valid protocols during the life of an accreditation"), confidence="assumed",
        note=_("The text asks for them at the accreditation; that they must be renewed is our reading.")),
    row("pool.protocol_renewal", 30, CALENDAR_DAYS, LDA, "10(2)(2)", LDA_START,
        title=_("New protocol of a pool before the old one expires, at least"), confidence="assumed",
        note=_OWN_PRACTICE),
    row("pool.information_authority", True, REQUIRED, LDA, "10(3)", LDA_START,
        title=_("Data of a pool to the authorised body"), note=_("The period is not known.")),
    row("pool.information_revenue", True, REQUIRED, LDA, "10(3)", LDA_START,
        title=_("Data of a pool to the state revenue bodies"), note=_("The period is not known.")),
)
# fmt: on
