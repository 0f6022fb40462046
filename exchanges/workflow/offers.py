"""The table OFFER: a holder declares what it offers and when it ended; on its last day and with
the licence an offer ends by itself."""

from core.workflow import APPLICANT, REPRESENTATIVE, SYSTEM, State, Transition, Workflow
from law.problems import _

OFFER = Workflow(
    "offered asset",
    (
        State("offered", _("Offered"), _("Offered"), "active"),
        State("ended", _("No longer offered"), _("No longer offered"), "neutral", final=True),
    ),
    (
        Transition(
            "end",
            ("offered",),
            "ended",
            "exchanges.declare_offer",
            _("Declare the end of the offer"),
            (APPLICANT, REPRESENTATIVE),
            (),
            _("The day is the last one on which clients could get it."),
        ),
        Transition("lapse", ("offered",), "ended", "core.time", _("End it on its day or with the licence"), (SYSTEM,)),
    ),
)
