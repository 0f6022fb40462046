"""The table BREACH: a supposed breach, by a licence holder or by somebody without a licence, until it is settled."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from licensing.models import Breach

STAFF = (OFFICER, HEAD)


def explanation_given(breach: "Breach", on: date) -> list[Problem]:
    if breach.explanation.strip():
        return []
    return [Problem(code="breach-unexplained", message=_("Explain what happened."), field="explanation")]


def cure_shown(breach: "Breach", on: date) -> list[Problem]:
    """The day of the cure lies between the finding and today, and somebody says how it was seen."""
    problems = []
    if breach.cured_on is None or not breach.found_on <= breach.cured_on <= on:
        message = _("The day of the cure lies between the finding and today.")
        problems.append(Problem(code="cure-day", message=message, field="cured_on"))
    if not breach.outcome_text.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="outcome_text"))
    return problems


def says_why(breach: "Breach", on: date) -> list[Problem]:
    if breach.outcome_text.strip():
        return []
    return [Problem(code="note-missing", message=_("Say why."), field="outcome_text")]


def followed_up(breach: "Breach", on: date) -> list[Problem]:
    """A measure has taken effect, or another body has it."""
    if breach.has_follow_up():
        return []
    message = _("No measure has taken effect and no other body has answered a referral.")
    return [Problem(code="no-follow-up", message=message)]


BREACH = Workflow(
    "breach",
    (
        State("opened", _("Opened"), _("Your explanation is asked"), "waiting"),
        State("explained", _("Explained"), _("Explained, being looked at"), "active"),
        State("cured", _("Cured"), _("Cured"), "good", final=True),
        State("unfounded", _("Unfounded"), _("Closed: no breach found"), "neutral", final=True),
        State("acted_on", _("Acted on"), _("Closed by a measure or a referral"), "bad", final=True),
    ),
    (
        Transition(
            "explain",
            ("opened",),
            "explained",
            "licensing.explain_breach",
            _("Explain"),
            PARTY,
            (explanation_given,),
            _("The authority reads your explanation before it acts."),
        ),
        Transition(
            "cure",
            ("opened", "explained"),
            "cured",
            "licensing.review_breach",
            _("Note the cure"),
            STAFF,
            (cure_shown,),
            _("The breach is settled; it still counts in the history of the holder."),
        ),
        Transition(
            "dismiss",
            ("opened", "explained"),
            "unfounded",
            "licensing.dismiss_breach",
            _("Close as unfounded"),
            (HEAD,),
            (says_why,),
            _("The breach is closed and does not count."),
        ),
        Transition(
            "close",
            ("opened", "explained"),
            "acted_on",
            "licensing.review_breach",
            _("Close as acted on"),
            STAFF,
            (followed_up,),
            _("The breach is settled by the measure or referral that followed it."),
        ),
    ),
)
