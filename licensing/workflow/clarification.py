"""The table CLARIFICATION: how a question of law becomes an official answer with a number, and how that answer ends."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.clarifications import stands
from law.problems import Problem, _

if TYPE_CHECKING:
    from licensing.models import Clarification

STAFF = (OFFICER, HEAD)
SIGNED = ("private", "published", "withdrawn", "superseded")
STANDING = ("private", "published")


def has_answer(clarification: "Clarification", on: date) -> list[Problem]:
    """An answer, a heading and at least one provision."""
    problems = []
    if not clarification.answer:
        problems.append(Problem(code="answer-missing", message=_("There is no answer yet."), field="answer"))
    if not clarification.title:
        problems.append(Problem(code="title-missing", message=_("Give it a heading."), field="title"))
    if not clarification.provisions:
        message = _("Cite at least one provision that the answer speaks of.")
        problems.append(Problem(code="provisions-missing", message=message, field="provisions"))
    return problems


def replaces_what_stands(clarification: "Clarification", on: date) -> list[Problem]:
    """What it takes the place of stands today and has not ended meanwhile."""
    old = clarification.replaces
    if old is None or (old.signed_on and stands(old.signed_on, old.ended_on, on)):
        return []
    message = _("Clarification %(number)s no longer stands; it cannot be superseded.")
    return [Problem(code="replaced-ended", message=message, params={"number": old.number or old.reference})]


CLARIFICATION = Workflow(
    "clarification",
    (
        State("asked", _("Asked"), _("Asked"), "active"),
        State("drafted", _("Drafted, to be signed"), _("Being answered"), "waiting"),
        State("private", _("Signed, private"), _("Answered"), "good"),
        State("published", _("Signed and published"), _("Answered and published"), "good"),
        State("superseded", _("Superseded"), _("Superseded by a later one"), "neutral", final=True),
        State("withdrawn", _("Withdrawn"), _("Withdrawn by the authority"), "bad", final=True),
        State("recalled", _("Taken back by who asked"), _("Taken back"), "neutral", final=True),
    ),
    (
        Transition(
            "draft",
            ("asked", "drafted"),
            "drafted",
            "licensing.draft_clarification",
            _("Draft the answer"),
            STAFF,
            (has_answer, replaces_what_stands),
            _("The answer waits for a head's signature; you will not be able to sign it."),
        ),
        Transition(
            "send_back",
            ("drafted",),
            "asked",
            "licensing.draft_clarification",
            _("Send back"),
            STAFF,
            (),
            _("The draft stays as it is and waits for another version."),
        ),
        Transition(
            "sign",
            ("drafted",),
            "private",
            "licensing.sign_clarification",
            _("Sign"),
            (HEAD,),
            (has_answer, replaces_what_stands),
            _("It gets the next number and goes to who asked. From then on nobody can change it."),
        ),
        Transition(
            "publish",
            ("private",),
            "published",
            "licensing.publish_clarification",
            _("Publish"),
            (HEAD,),
            (),
            _("Everybody reads question and answer; who asked is not named."),
        ),
        Transition(
            "withdraw",
            STANDING,
            "withdrawn",
            "licensing.publish_clarification",
            _("Withdraw"),
            (HEAD,),
            (),
            _("It no longer stands from today; who relied on it before may go on saying so."),
            adverse=True,
        ),
        Transition(
            "supersede",
            STANDING,
            "superseded",
            "licensing.publish_clarification",
            _("Supersede"),
            (HEAD,),
            (),
            _("Taken by signing the later one."),
        ),
        Transition(
            "recall",
            ("asked", "drafted"),
            "recalled",
            "licensing.ask_clarification",
            _("Take back"),
            PARTY,
            (),
            _("The authority owes no answer any more."),
        ),
    ),
)
