"""The table MEASURE: what the authority begins against a licence, from the proposal to its effect.

A suspension or an ending by the authority is decided by a head; where only a court ends a licence, the measure is the
claim, and the head's decision is to bring it.
"""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, SYSTEM, State, Transition, Workflow
from law.problems import Problem, _
from licensing.workflow.licence import LIVE

if TYPE_CHECKING:
    from licensing.models import Measure

STAFF = (OFFICER, HEAD)
#: States in which the court has the case.
CLAIM_STATES = ("filed", "heard")


def lawful(measure: "Measure", on: date) -> list[Problem]:
    """The regime knows this measure, by this body, on these grounds, for this length."""
    return measure.problems(on)


def holder_heard(measure: "Measure", on: date) -> list[Problem]:
    """Where his law or the code of procedure asks for it, the holder has been heard on the draft."""
    return measure.hearing_problems(on)


def prosecutor_approves(measure: "Measure", on: date) -> list[Problem]:
    """Against a registered investor the prosecutor's approval is on file."""
    return measure.approval_problems(on)


def is_claim(measure: "Measure", on: date) -> list[Problem]:
    if measure.is_claim:
        return []
    return [Problem(code="no-claim", message=_("This is not a matter for a court: the authority decides itself."))]


def is_no_claim(measure: "Measure", on: date) -> list[Problem]:
    if not measure.is_claim:
        return []
    message = _("Only a court takes this licence away: the claim is filed.")
    return [Problem(code="court-only", message=message, provision=measure.body_rule(on))]


def court_named(measure: "Measure", on: date) -> list[Problem]:
    problems = []
    if not measure.court.strip():
        problems.append(Problem(code="court-missing", message=_("Name the court."), field="court"))
    if measure.filed_on is None or measure.filed_on > on:
        problems.append(_not_later("filed_on"))
    return problems


def heard_in_order(measure: "Measure", on: date) -> list[Problem]:
    if measure.heard_on is not None and measure.filed_on is not None and measure.filed_on <= measure.heard_on <= on:
        return []
    return [_not_later("heard_on")]


def judgment_in_force(measure: "Measure", on: date) -> list[Problem]:
    """The judgment was given after the filing and has come into force by today."""
    given, holds, filed = measure.judgment_on, measure.judgment_in_force_on, measure.filed_on
    problems = []
    if given is None or filed is None or not filed <= given <= on:
        problems.append(_not_later("judgment_on"))
    if holds is None or given is None or not given <= holds <= on:
        message = _(
            "A judgment in force is needed; it comes into force on or after its own day, and not later than today."
        )
        problems.append(Problem(code="judgment-not-in-force", message=message, field="judgment_in_force_on"))
    return problems


def judgment_given(measure: "Measure", on: date) -> list[Problem]:
    given, filed = measure.judgment_on, measure.filed_on
    return [] if given and filed and filed <= given <= on else [_not_later("judgment_on")]


def licence_is_over(measure: "Measure", on: date) -> list[Problem]:
    if measure.licence.state not in LIVE:
        return []
    return [Problem(code="licence-live", message=_("The licence has not ended: the measure goes on or is dropped."))]


def says_why(measure: "Measure", on: date) -> list[Problem]:
    if measure.outcome_text.strip():
        return []
    return [Problem(code="note-missing", message=_("Say why."), field="outcome_text")]


def _not_later(field: str) -> Problem:
    message = _("A day of the court case is missing, lies before the step it follows, or in the future.")
    return Problem(code="court-day", message=message, field=field)


MEASURE = Workflow(
    "measure",
    (
        State("proposed", _("Proposed"), _("Being considered"), "active"),
        State("countersigned", _("Countersigned"), _("Being considered"), "waiting"),
        State("filed", _("Claim filed"), _("Before the court"), "waiting"),
        State("heard", _("Claim heard"), _("Before the court"), "waiting"),
        State("in_effect", _("In effect"), _("In effect"), "bad", final=True),
        State("dismissed", _("Claim dismissed"), _("Dismissed by the court"), "neutral", final=True),
        State("dropped", _("Dropped"), _("Dropped"), "neutral", final=True),
    ),
    (
        Transition(
            "countersign",
            ("proposed",),
            "countersigned",
            "licensing.countersign_measure",
            _("Countersign"),
            STAFF,
            (lawful,),
            _("The measure goes to a head who had no hand in it."),
        ),
        Transition(
            "decide",
            ("countersigned",),
            "in_effect",
            "licensing.decide_measure",
            _("Put into effect"),
            (HEAD,),
            (is_no_claim, lawful, holder_heard, prosecutor_approves),
            _("The licence changes at once, the register shows it, and the holder gets the decision."),
            adverse=True,
        ),
        Transition(
            "file",
            ("countersigned",),
            "filed",
            "licensing.decide_measure",
            _("File the claim"),
            (HEAD,),
            (is_claim, lawful, holder_heard, prosecutor_approves, court_named),
            _("The claim goes to court; the licence stays as it is until a judgment is in force."),
            adverse=True,
        ),
        Transition(
            "hear",
            ("filed",),
            "heard",
            "licensing.review_measure",
            _("Enter the hearing in court"),
            STAFF,
            (heard_in_order,),
            _("The day of the hearing stands in the case."),
        ),
        Transition(
            "uphold",
            ("filed", "heard"),
            "in_effect",
            "licensing.decide_measure",
            _("Carry out the judgment"),
            (HEAD,),
            (judgment_in_force,),
            _("The licence ends by the judgment in force; the register shows it at once."),
            adverse=True,
        ),
        Transition(
            "reject",
            ("filed", "heard"),
            "dismissed",
            "licensing.review_measure",
            _("Enter that the claim was dismissed"),
            STAFF,
            (judgment_given, says_why),
            _("The measure ends; the licence stays as it is."),
        ),
        Transition(
            "drop",
            ("proposed", "countersigned", "filed", "heard"),
            "dropped",
            "licensing.review_measure",
            _("Drop"),
            STAFF,
            (says_why,),
            _("The measure ends without effect."),
        ),
        Transition(
            "fall_away",
            ("proposed", "countersigned", "filed", "heard"),
            "dropped",
            "licensing.take_back",
            _("End with the licence"),
            (HEAD, SYSTEM),
            (licence_is_over,),
            _("The licence has ended, and the measure with it; a claim is taken back."),
        ),
    ),
)
