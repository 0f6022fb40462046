"""The table TIP: what somebody tells of the unlicensed market, until an official has done something about it."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from exchanges.models import MarketTip

STAFF = (OFFICER, HEAD)
TEXT_LIMIT = 10_000


def original_named(tip: "MarketTip", on: date) -> list[Problem]:
    """Another tip of the same authority, which is no duplicate itself."""
    first = tip.duplicate_of
    if first is None:
        return [Problem("tip-original", _("Name the tip that it repeats."), field="original")]
    if first.pk == tip.pk or first.authority_id != tip.authority_id or first.duplicate_of_id is not None:
        message = _("It repeats another tip of your authority, one that is no duplicate itself.")
        return [Problem("tip-original", message, field="original")]
    return []


def reason_given(tip: "MarketTip", on: date) -> list[Problem]:
    """A reason by code, and words where the code says only that there is another one."""
    problems = []
    if not tip.outcome:
        problems.append(Problem("tip-reason", _("Choose why nothing is done."), field="why"))
    if tip.outcome == "other" and not tip.outcome_text.strip():
        problems.append(Problem("note-missing", _("Say why."), field="text"))
    if len(tip.outcome_text) > TEXT_LIMIT:
        message = _("The text is longer than %(limit)s characters.")
        problems.append(Problem("text-too-long", message, {"limit": TEXT_LIMIT}, field="text"))
    return problems


LOOKED_AT, DONE = _("Being looked at"), _("Looked at and closed")
IN_TRIAGE = ("in_triage",)

TIP = Workflow(
    "tip",
    (
        State("received", _("Tip received"), _("Received"), "waiting"),
        State("in_triage", _("In triage"), LOOKED_AT, "active"),
        State("duplicate", _("Duplicate of a tip"), DONE, "neutral", final=True),
        State("referred", _("Referred to another authority"), _("Passed to another authority"), "good", final=True),
        State("breach_opened", _("Breach opened"), DONE, "good", final=True),
        State("warned", _("Warning proposed"), DONE, "good", final=True),
        State("closed", _("Closed without action"), DONE, "neutral", final=True),
    ),
    (
        Transition(
            "take",
            ("received",),
            "in_triage",
            "exchanges.triage_tip",
            _("Take into triage"),
            STAFF,
            (),
            _("Who sent it reads that it is being looked at."),
        ),
        Transition(
            "repeat",
            IN_TRIAGE,
            "duplicate",
            "exchanges.triage_tip",
            _("Note as a duplicate"),
            STAFF,
            (original_named,),
            _("It is closed; the tip that it repeats stays as it is."),
        ),
        Transition(
            "hand_over",
            IN_TRIAGE,
            "referred",
            "exchanges.triage_tip",
            _("Refer to another authority"),
            STAFF,
            (),
            _("The other authority reads your words and the files that you tick; never how to reach who sent it."),
        ),
        Transition(
            "open_breach",
            IN_TRIAGE,
            "breach_opened",
            "exchanges.triage_tip",
            _("Open a breach of it"),
            STAFF,
            (),
            _("A licence holder is asked to explain; the tip itself is not shown to him."),
        ),
        Transition(
            "propose_warning",
            IN_TRIAGE,
            "warned",
            "exchanges.triage_tip",
            _("Propose a warning of it"),
            STAFF,
            (),
            _("The warning is before a head; the public reads nothing of the tip."),
        ),
        Transition(
            "close",
            IN_TRIAGE,
            "closed",
            "exchanges.triage_tip",
            _("Close without action"),
            STAFF,
            (reason_given,),
            _("Who sent it reads that it was closed, not why."),
        ),
    ),
)
