"""The table TRANSFER: a transfer without data is held by the provider, and passes or is refused."""

from core.workflow import PARTY, State, Transition, Workflow
from law.problems import _

TRANSFER = Workflow(
    "transfer",
    (
        State("held", _("Transfer held"), _("Transfer held"), "waiting"),
        State("passed", _("Transfer passed"), _("Transfer passed"), "neutral", final=True),
        State("refused", _("Transfer refused"), _("Transfer refused"), "neutral", final=True),
    ),
    (
        Transition(
            "pass",
            ("held",),
            "passed",
            "exchanges.report_transfer",
            _("It passed"),
            PARTY,
            (),
            _("Where the data did not come before, that is shown as against the law."),
        ),
        Transition(
            "refuse",
            ("held",),
            "refused",
            "exchanges.report_transfer",
            _("It was refused"),
            PARTY,
            (),
            _("Where the hours of the law were not over, that is shown as against the law."),
        ),
    ),
)
