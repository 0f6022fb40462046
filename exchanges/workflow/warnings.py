"""The table WARNING: an official proposes an entry of the public warning list, a head who had no hand in it decides."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, State, Transition, Workflow
from law.market import warning_rules
from law.problems import Problem, _

if TYPE_CHECKING:
    from exchanges.models import MarketWarning

STAFF = (OFFICER, HEAD)


def reason_written(warning: "MarketWarning", on: date) -> list[Problem]:
    if warning.ending_reason:
        return []
    return [Problem("warning-reason", _("Write why."), field="reason")]


def confirmed(warning: "MarketWarning", on: date) -> list[Problem]:
    """No act that was read provides for the list: a head says in writing why the public is warned all the same."""
    if warning.confirmation:
        return []
    message = _("The rule behind the list is unconfirmed: say in writing why the public is warned.")
    return [Problem("warning-unconfirmed", message, field="confirmation")]


def grounds_in_force(warning: "MarketWarning", on: date) -> list[Problem]:
    """Every ground still is in force on the day of publication."""
    standing = {rule.code for rule in warning_rules(warning.kind, on)}
    gone = [str(one["code"]) for one in warning.rules if one["code"] not in standing]
    if not gone:
        return []
    message = _("No longer in force: %(codes)s. Propose the warning anew on the rules of today.")
    return [Problem("warning-ground-gone", message, {"codes": ", ".join(gone)})]


WARNING = Workflow(
    "warning",
    (
        State("proposed", _("Warning proposed"), _("Warning proposed"), "waiting"),
        State("published", _("Warning published"), _("Warning"), "bad"),
        State("withdrawn", _("Warning withdrawn"), _("Warning withdrawn"), "neutral", final=True),
        State("dropped", _("Warning not published"), _("Warning not published"), "neutral", final=True),
    ),
    (
        Transition(
            "publish",
            ("proposed",),
            "published",
            "exchanges.publish_warning",
            _("Publish the warning"),
            (HEAD,),
            (confirmed, grounds_in_force),
            _("Everybody reads it from now on, also as open data. It can be withdrawn, and then says so."),
            adverse=True,
        ),
        Transition(
            "drop",
            ("proposed",),
            "dropped",
            "exchanges.drop_warning",
            _("Do not publish it"),
            STAFF,
            (reason_written,),
            _("It stays in the list of your authority; the public never reads it."),
        ),
        Transition(
            "withdraw",
            ("published",),
            "withdrawn",
            "exchanges.publish_warning",
            _("Withdraw the warning"),
            (HEAD,),
            (reason_written,),
            _("The public goes on reading it as withdrawn, with the day."),
        ),
    ),
)
