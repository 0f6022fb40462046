"""The table MACHINES: an owner asks that machines enter the register, leave it or move, and an officer decides.

Machines pass to another owner only with his consent: he confirms it himself, or an officer records a paper of both.
"""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from mining.models import MachineFiling

STAFF = (OFFICER, HEAD)
TRANSFER = "transfer"


def reasons_written(filing: "MachineFiling", on: date) -> list[Problem]:
    """A refusal says why."""
    if filing.answer.strip():
        return []
    return [Problem(code="refusal-unreasoned", message=_("Write why it is refused."), field="answer")]


def passes_to_another(filing: "MachineFiling", on: date) -> list[Problem]:
    """Nobody but a new owner is asked, and he is asked once."""
    if filing.act == TRANSFER and filing.consented_on is None:
        return []
    return [Problem(code="machine-no-new-owner", message=_("There is no new owner to ask."))]


def new_owner_agrees(filing: "MachineFiling", on: date) -> list[Problem]:
    """A transfer has the consent of who becomes the owner."""
    if filing.act != TRANSFER or filing.consented_on is not None:
        return []
    return [Problem(code="machine-no-consent", message=_("The new owner has not agreed."))]


def paper_named(filing: "MachineFiling", on: date) -> list[Problem]:
    """A consent that did not come from the new owner himself rests on a paper."""
    if filing.consent_paper.strip():
        return []
    message = _("Say what the paper was: its kind, number and day, and who signed it.")
    return [Problem(code="paper-missing", message=message, field="paper")]


MACHINES = Workflow(
    "machines",
    (
        State("filed", _("Filed"), _("Filed"), "active"),
        State("offered", _("Waits for the new owner"), _("Waits for the new owner"), "waiting"),
        State("granted", _("Done as asked"), _("Done as asked"), "good", final=True),
        State("refused", _("Refused"), _("Refused"), "bad", final=True),
        State("declined", _("Declined by the new owner"), _("Declined by the new owner"), "neutral", final=True),
        State("withdrawn", _("Withdrawn"), _("Withdrawn"), "neutral", final=True),
    ),
    (
        Transition(
            "offer",
            ("filed",),
            "offered",
            "mining.file_machines",
            _("Put to the new owner"),
            (*PARTY, *STAFF),
            (passes_to_another,),
            _("Nothing is decided until he agrees."),
        ),
        Transition(
            "confirm",
            ("offered",),
            "filed",
            "mining.answer_transfer",
            _("Take the machines over"),
            PARTY,
            (new_owner_agrees,),
            _("The authority decides then; if it does as asked, the machines are yours in the register."),
        ),
        Transition(
            "record_consent",
            ("offered",),
            "filed",
            "mining.record_consent",
            _("Record a paper of both owners"),
            STAFF,
            (new_owner_agrees, paper_named),
            _("The application goes on as if the new owner had agreed here; he is told. Somebody else decides."),
        ),
        Transition(
            "decline",
            ("offered",),
            "declined",
            "mining.answer_transfer",
            _("Decline the machines"),
            PARTY,
            (),
            _("The application ends; the register stays as it is."),
        ),
        Transition(
            "grant",
            ("filed",),
            "granted",
            "mining.decide_machines",
            _("Do as asked"),
            STAFF,
            (new_owner_agrees,),
            _("The register changes at once for every machine of the application; the owner is told."),
        ),
        Transition(
            "refuse",
            ("filed", "offered"),
            "refused",
            "mining.decide_machines",
            _("Refuse"),
            STAFF,
            (reasons_written,),
            _("The register stays as it is; the owner reads your reasons."),
            adverse=True,
        ),
        Transition(
            "withdraw",
            ("filed", "offered"),
            "withdrawn",
            "mining.withdraw_machines",
            _("Withdraw"),
            PARTY,
            (),
            _("The register stays as it is; nothing is owed any more."),
        ),
    ),
)
