"""The table ASSESSMENT: who looked at a data centre answers the checklist, a head who had no hand in it signs off."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, INSPECTOR, OFFICER, State, Transition, Workflow
from law import standards
from law.problems import Problem, _
from licensing.workflow.checklists import unseen

if TYPE_CHECKING:
    from mining.models import Assessment

PREPARERS = (OFFICER, HEAD, INSPECTOR)


def every_item_answered(assessment: "Assessment", on: date) -> list[Problem]:
    """Each item of the checklist of its day has its answer, and what is unmet says what was seen."""
    rows = list(assessment.items.all())
    return standards.faults(assessment.checklist, {row.code: row.answer for row in rows}) + unseen(rows)


def adverse_confirmed(assessment: "Assessment", on: date) -> list[Problem]:
    """Days that no text at hand names burden an owner only where a head confirms them in writing."""
    if standards.faults(assessment.checklist, assessment.answers):
        return []  # told by the other guard; there is no result yet
    if assessment.found().outcome == standards.MEETS or assessment.confirmation.strip():
        return []
    message = _("Duties follow on days that are unconfirmed law: say why they are set all the same.")
    return [Problem(code="duties-unconfirmed", message=message, field="confirmation")]


ASSESSMENT = Workflow(
    "assessment",
    (
        State("draft", _("Being prepared"), _("Being prepared"), "active"),
        State("proposed", _("To be signed off"), _("Being prepared"), "waiting"),
        State("signed", _("Signed off"), _("Signed off"), "good", final=True),
        State("dropped", _("Dropped"), _("Dropped"), "neutral", final=True),
    ),
    (
        Transition(
            "propose",
            ("draft",),
            "proposed",
            "mining.prepare_assessment",
            _("Propose the result"),
            PREPARERS,
            (every_item_answered,),
            _("It goes to a head who had no hand in it; you will not be able to sign it off."),
        ),
        Transition(
            "send_back",
            ("proposed",),
            "draft",
            "mining.sign_assessment",
            _("Send back"),
            (HEAD,),
            (),
            _("The answers stay as they are and wait for who prepares it."),
        ),
        Transition(
            "sign_off",
            ("proposed",),
            "signed",
            "mining.sign_assessment",
            _("Sign off"),
            (HEAD,),
            (every_item_answered, adverse_confirmed),
            _("The result is entered, the duties that follow begin to run, and the owner can read it."),
        ),
        Transition(
            "drop",
            ("draft",),
            "dropped",
            "mining.prepare_assessment",
            _("Drop"),
            PREPARERS,
            (),
            _("It ends without a result; another one may be begun."),
        ),
    ),
)
