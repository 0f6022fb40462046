"""The table APPEAL: from the filing of an appeal to its decision, its lapse, or the court."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, PARTY, SYSTEM, State, Transition, Workflow
from law.problems import Problem, _
from licensing.workflow.application import STAFF

if TYPE_CHECKING:
    from licensing.models import Appeal


def came_late(appeal: "Appeal", on: date) -> list[Problem]:
    """Only what the law knows keeps an appeal out: it came late, or from somebody who may not appeal."""
    if appeal.barred == "late" and not appeal.is_late:
        message = _("The appeal came in time: its last day was %(due)s.")
        return [Problem(code="appeal-in-time", message=message, params={"due": appeal.file_by}, field="barred")]
    return []


def act_stands(appeal: "Appeal", on: date) -> list[Problem]:
    """What is no longer in force cannot be annulled once more."""
    if appeal.decision.annulled_at is None:
        return []
    return [Problem(code="annulled-already", message=_("This decision was annulled before."))]


_ADMITTED = ("forwarded", "heard")
APPEAL = Workflow(
    "appeal",
    (
        State("filed", _("Appeal filed"), _("Filed with the authority"), "active"),
        State("forwarded", _("With the body that decides"), _("With the body that decides"), "active"),
        State("heard", _("Heard"), _("Heard, awaiting the decision"), "waiting"),
        State("satisfied", _("Satisfied by the authority itself"), _("Satisfied"), "good", final=True),
        State("annulled", _("Act annulled"), _("Satisfied: the act is annulled"), "good", final=True),
        State("changed", _("Act changed"), _("Satisfied in part: the act is changed"), "good"),
        State("upheld", _("Act upheld"), _("Dismissed: the act stands"), "bad"),
        State("unanswered", _("No decision in time"), _("Refused by silence"), "bad"),
        State("not_admitted", _("Not admitted"), _("Not admitted"), "bad"),
        State("withdrawn", _("Withdrawn"), _("Withdrawn"), "neutral", final=True),
        State("in_court", _("In court"), _("In court"), "waiting"),
        State("court_upheld", _("Act upheld by the court"), _("The court let the act stand"), "bad", final=True),
        State("court_annulled", _("Act annulled by the court"), _("The court annulled the act"), "good", final=True),
    ),
    (
        Transition(
            "forward",
            ("filed",),
            "forwarded",
            "licensing.forward_appeal",
            _("Forward"),
            STAFF,
            (),
            _("The body that decides gets the appeal with the case."),
        ),
        Transition(
            "satisfy",
            ("filed",),
            "satisfied",
            "licensing.satisfy_appeal",
            _("Satisfy in full"),
            (HEAD,),
            (act_stands,),
            _("The act is annulled at once; a refused application is reviewed again, with a term of its own."),
        ),
        Transition(
            "not_admit",
            ("filed",),
            "not_admitted",
            "licensing.satisfy_appeal",
            _("Do not admit"),
            (HEAD,),
            (came_late,),
            _("The appeal is not looked into; the applicant gets a reasoned letter and may go to court."),
            adverse=True,
        ),
        Transition(
            "hear",
            ("forwarded",),
            "heard",
            "licensing.decide_appeal",
            _("Enter the hearing"),
            (HEAD,),
            (),
            _("The applicant was heard, or had the chance to be."),
        ),
        Transition(
            "annul",
            _ADMITTED,
            "annulled",
            "licensing.decide_appeal",
            _("Annul the act"),
            (HEAD,),
            (act_stands,),
            _("The act is annulled at once; a refused application is reviewed again, with a term of its own."),
        ),
        Transition(
            "change",
            _ADMITTED,
            "changed",
            "licensing.decide_appeal",
            _("Change the act"),
            (HEAD,),
            (act_stands,),
            _("The act stands as the decision on the appeal changes it; the authority carries that out."),
        ),
        Transition(
            "uphold",
            ("heard",),
            "upheld",
            "licensing.decide_appeal",
            _("Uphold the act"),
            (HEAD,),
            (),
            _("The act stands; the applicant gets a reasoned letter and may go to court within a month."),
            adverse=True,
        ),
        Transition(
            "lapse",
            ("filed", *_ADMITTED),
            "unanswered",
            "licensing.time",
            _("Record that no decision came"),
            (SYSTEM,),
            (),
            _("No decision in time is a refusal; the way to the court is open."),
        ),
        Transition(
            "withdraw",
            ("filed", *_ADMITTED),
            "withdrawn",
            "licensing.appeal",
            _("Withdraw"),
            PARTY,
            (),
            _("The appeal ends without a decision."),
        ),
        Transition(
            "go_to_court",
            ("changed", "upheld", "unanswered", "not_admitted"),
            "in_court",
            "licensing.forward_appeal",
            _("Record a claim to the court"),
            STAFF,
            (),
            _("The case is before the court; its judgment is entered when it is in force."),
        ),
        Transition(
            "lose_in_court",
            ("in_court",),
            "court_annulled",
            "licensing.forward_appeal",
            _("Enter a judgment that annuls the act"),
            STAFF,
            (act_stands,),
            _("The act is annulled at once; a refused application is reviewed again, with a term of its own."),
        ),
        Transition(
            "win_in_court",
            ("in_court",),
            "court_upheld",
            "licensing.forward_appeal",
            _("Enter a judgment that lets the act stand"),
            STAFF,
            (),
            _("The act stands for good."),
        ),
    ),
)
