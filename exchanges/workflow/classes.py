"""The table ASSET_CLASS: who looked at an asset answers the checklist, a head who had no hand in it signs off."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, INSPECTOR, OFFICER, State, Transition, Workflow
from law import assets
from law.problems import Problem, _, problem
from licensing.workflow.checklists import unseen

if TYPE_CHECKING:
    from exchanges.models import AssetAssessment

PREPARERS = (OFFICER, HEAD, INSPECTOR)


def every_item_answered(assessment: "AssetAssessment", on: date) -> list[Problem]:
    """Each item of the checklist of its day has its answer, and what is unmet says what was seen."""
    rows = list(assessment.items.all())
    found = assets.faults(assessment.checklist, {row.code: row.answer for row in rows if row.answer})
    return found + unseen(rows)


def class_shown(assessment: "AssetAssessment", on: date) -> list[Problem]:
    """Each item on which the class rests shows what was seen, in words or in a file of its own."""
    asked, answers = assessment.checklist, assessment.answers
    if assets.faults(asked, answers):
        return []  # told by the other guard; there is no class yet
    told = {row.code for row in assessment.items.all() if row.evidence.strip()}
    shown = told | {kind.partition(":")[2] for kind in assessment.documents().values_list("kind", flat=True)}
    message = _("The class rests on this item: say what was seen, or add a file: %(item)s")
    return [
        problem("class-unshown", message, field=item.code, provision=item.provision, item=item.text)
        for item in assets.classify(asked, answers).rests_on
        if item.code not in shown and answers[item.code] == assets.MET
    ]


ASSET_CLASS = Workflow(
    "asset class",
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
            "exchanges.prepare_class",
            _("Propose the class"),
            PREPARERS,
            (every_item_answered, class_shown),
            _("It goes to a head who had no hand in it; you will not be able to sign it off."),
        ),
        Transition(
            "send_back",
            ("proposed",),
            "draft",
            "exchanges.sign_class",
            _("Send back"),
            (HEAD,),
            (),
            _("The answers stay as they are and wait for who prepares it."),
        ),
        Transition(
            "sign_off",
            ("proposed",),
            "signed",
            "exchanges.sign_class",
            _("Sign off"),
            (HEAD,),
            (every_item_answered, class_shown),
            _("The class is entered with the rule behind it and the doubts of the day."),
        ),
        Transition(
            "drop",
            ("draft",),
            "dropped",
            "exchanges.prepare_class",
            _("Drop"),
            PREPARERS,
            (),
            _("It ends without a class; another one may be begun."),
        ),
    ),
)
