"""The table APPROVED: an official proposes an asset for the list of approved assets, a head who had no hand in it
enters it; the same two hands take it off."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, State, Transition, Workflow
from law.offers import LIST_RULE
from law.problems import Problem, _
from law.provisions import NotInForce, provision

if TYPE_CHECKING:
    from exchanges.models import ApprovedAsset

STAFF = (OFFICER, HEAD)


def listed_by_law(asset: "ApprovedAsset", on: date) -> list[Problem]:
    """There is a list on the first day of the entry."""
    try:
        provision(LIST_RULE, asset.first_day)
    except NotInForce as none:
        return [Problem(none.problem.code, none.problem.message, none.problem.params, "first_day")]
    return []


def reason_written(asset: "ApprovedAsset", on: date) -> list[Problem]:
    return [] if asset.ending_reason else [Problem("asset-reason", _("Write why."), field="reason")]


def ending_ahead(asset: "ApprovedAsset", on: date) -> list[Problem]:
    """Nobody can keep to a list that changed yesterday: the first day off it is not behind us, nor before the entry."""
    first = asset.ending_from
    if first is None:
        return [Problem("asset-ending", _("Say from which day it is off the list."), field="ending_from")]
    if first < max(on, asset.first_day):
        message = _("The first day off the list is %(day)s at the earliest.")
        return [Problem("asset-ending", message, {"day": max(on, asset.first_day)}, field="ending_from")]
    if asset.last_day is not None and first > asset.last_day:
        message = _("It leaves the list after %(day)s anyway.")
        return [Problem("asset-ending", message, {"day": asset.last_day}, field="ending_from")]
    return []


def confirmed(asset: "ApprovedAsset", on: date) -> list[Problem]:
    """The rule behind the list is known from a commentary alone: a head says why the asset goes all the same."""
    if asset.confirmation:
        return []
    message = _("The rule behind the list is unconfirmed: say in writing why the asset is withdrawn.")
    return [Problem("asset-unconfirmed", message, field="confirmation")]


APPROVED = Workflow(
    "approved asset",
    (
        State("proposed", _("Approval proposed"), _("Approval proposed"), "waiting"),
        State("listed", _("Approved"), _("Approved"), "good"),
        State("ending", _("Withdrawal proposed"), _("Approved"), "waiting"),
        State("withdrawn", _("Approval withdrawn"), _("Approval withdrawn"), "bad", final=True),
        State("dropped", _("Not approved"), _("Not approved"), "neutral", final=True),
    ),
    (
        Transition(
            "publish",
            ("proposed",),
            "listed",
            "exchanges.publish_asset",
            _("Enter it in the list"),
            (HEAD,),
            (listed_by_law,),
            _("Everybody reads it from now on, also as open data."),
        ),
        Transition(
            "drop",
            ("proposed",),
            "dropped",
            "exchanges.propose_asset",
            _("Do not approve it"),
            STAFF,
            (reason_written,),
            _("It stays in the list of your authority; the public never reads it."),
        ),
        Transition(
            "propose_withdrawal",
            ("listed",),
            "ending",
            "exchanges.propose_asset",
            _("Propose to withdraw it"),
            STAFF,
            (reason_written, ending_ahead),
            _("It goes to a head; until he decides nothing changes for the public, and you cannot decide it."),
        ),
        Transition(
            "keep",
            ("ending",),
            "listed",
            "exchanges.propose_asset",
            _("Keep it in the list"),
            STAFF,
            (),
            _("The proposal to withdraw it falls away."),
        ),
        Transition(
            "withdraw",
            ("ending",),
            "withdrawn",
            "exchanges.withdraw_asset",
            _("Withdraw it"),
            (HEAD,),
            (reason_written, ending_ahead, confirmed),
            _("Everybody reads the day and each exchanger that offers it owes the end of the offer by a day."),
            adverse=True,
        ),
    ),
)
