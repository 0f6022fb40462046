"""The table FINDING: an assessment of a miner's sales found too little, and a head judges what that means."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from mining.models import QuotaFinding

STAFF = (OFFICER, HEAD)


def judged_in_words(finding: "QuotaFinding", on: date) -> list[Problem]:
    """A judgement has its reasons."""
    if finding.text.strip():
        return []
    return [Problem(code="note-missing", message=_("Say why."), field="text")]


def has_breach(finding: "QuotaFinding", on: date) -> list[Problem]:
    """The step is that of opening the breach: there is one."""
    if finding.breach is not None:
        return []
    return [Problem(code="finding-without-breach", message=_("No breach was opened."))]


FINDING = Workflow(
    "finding",
    (
        State("open", _("To be judged"), _("To be judged"), "waiting"),
        State("upheld", _("Upheld"), _("Upheld"), "active"),
        State("set_aside", _("Set aside"), _("Set aside"), "neutral", final=True),
        State("acted", _("Breach opened"), _("Breach opened"), "bad", final=True),
    ),
    (
        Transition(
            "uphold",
            ("open",),
            "upheld",
            "mining.judge_finding",
            _("Uphold the finding"),
            (HEAD,),
            (judged_in_words,),
            _("The finding stands in your name. Nothing follows for the miner until a breach is opened."),
        ),
        Transition(
            "set_aside",
            ("open",),
            "set_aside",
            "mining.judge_finding",
            _("Set the finding aside"),
            (HEAD,),
            (judged_in_words,),
            _("Nothing follows. The assessment stays as it is."),
        ),
        Transition(
            "open_breach",
            ("upheld",),
            "acted",
            "mining.act_on_finding",
            _("Open a breach"),
            STAFF,
            (has_breach,),
            _("The miner is asked to explain; the letter names the rule as the assessment kept it."),
            adverse=True,
        ),
    ),
)
