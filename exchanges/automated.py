"""What the program does without a person in trade; core.automated says what an act states."""

from core.automated import AutomatedAct
from law.problems import _

ACTS: tuple[AutomatedAct, ...] = (
    AutomatedAct(
        "unlisted-offers",
        _(
            "Compares what holders offer with the list of approved assets and opens a breach for each difference,"
            " once; so too where an offer was not ended by its day."
        ),
        "exchanger.approved_assets",
        tasks=("exchanges.sweep", "core.sweep"),
        duties=("offer-end",),
        notes=("breach.open",),
        adverse=True,
        person=_("The holder is asked to explain; an official judges the breach, and nothing follows before."),
    ),
    AutomatedAct(
        "offers-lapsed",
        _("Ends a declared offer on its last day, and with the licence of its holder."),
        tasks=("exchanges.sweep",),
        steps=("exchanges.offeredasset.lapse",),
    ),
)
