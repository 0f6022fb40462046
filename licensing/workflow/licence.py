"""The table LICENCE: what becomes of a permit after its issue.

Each step is carried out for a case that decided it (an application, a measure) or for a day that came: the licence
keeps its reason and the reference of that case.
"""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, SYSTEM, State, Transition, Workflow
from law.life import suspension_problems
from law.problems import Problem, _

if TYPE_CHECKING:
    from licensing.models import Licence


def has_cause(licence: "Licence", on: date) -> list[Problem]:
    """A step is carried out for a decided case or by the law itself, on a ground."""
    if licence.cause and licence.ground:
        return []
    return [Problem(code="no-cause", message=_("A licence changes by a decided case or by the law, on a ground."))]


def within_limits(licence: "Licence", on: date) -> list[Problem]:
    """The regime knows suspension, and this length of it."""
    if licence.suspended_from is None:
        return [Problem(code="no-suspension-day", message=_("A suspension has a first day."))]
    return suspension_problems(licence.kind, licence.suspended_months, on)


def suspension_over(licence: "Licence", on: date) -> list[Problem]:
    if licence.suspended_to is not None and licence.suspended_to < on:
        return []
    return [Problem(code="suspension-runs", message=_("The suspension is not over yet."))]


LIVE = ("in_force", "suspended", "uncured")

LICENCE = Workflow(
    "licence",
    (
        State("in_force", _("In force"), _("In force"), "good"),
        State("suspended", _("Suspended"), _("Suspended"), "waiting"),
        State("uncured", _("Suspension over, not cured"), _("Suspension over, cure not shown"), "bad"),
        State("expired", _("Expired"), _("Expired"), "neutral", final=True),
        State("surrendered", _("Given up"), _("Given up by the holder"), "neutral", final=True),
        State("revoked", _("Revoked"), _("Revoked"), "bad"),  # may come back: a decision can be annulled
        State("ended", _("Ended"), _("Ended"), "neutral"),
    ),
    (
        Transition(
            "suspend",
            ("in_force",),
            "suspended",
            "licensing.carry_out",
            _("Suspend"),
            (HEAD,),
            (has_cause, within_limits),
            _("The activity is forbidden meanwhile; the register shows it at once."),
            adverse=True,
        ),
        Transition(
            "resume",
            ("suspended", "uncured"),
            "in_force",
            "licensing.take_back",
            _("Resume"),
            (HEAD, SYSTEM),
            (has_cause,),
            _("The activity is allowed again; the register shows it at once."),
        ),
        Transition(
            "lapse",
            ("suspended",),
            "uncured",
            "licensing.time",
            _("End of suspension without cure"),
            (SYSTEM,),
            (suspension_over,),
            _("The way to the end of the licence must be begun; the holder may still prove the cure."),
            adverse=True,
        ),
        Transition(
            "revoke",
            LIVE,
            "revoked",
            "licensing.carry_out",
            _("Revoke"),
            (HEAD,),
            (has_cause,),
            _("The licence ends; the register shows it at once."),
            adverse=True,
        ),
        Transition(
            "surrender",
            LIVE,
            "surrendered",
            "licensing.carry_out",
            _("End at own request"),
            (HEAD,),
            (has_cause,),
            _("The licence ends; the register shows it at once."),
        ),
        Transition(
            "end",
            LIVE,
            "ended",
            "licensing.carry_out",
            _("End"),
            (HEAD,),
            (has_cause,),
            _("The licence ends by the law; the register shows it at once."),
        ),
        Transition(
            "restore",
            ("revoked", "ended"),
            "in_force",
            "licensing.time",
            _("Restore"),
            (SYSTEM,),
            (has_cause,),
            _("The decision that ended the licence was annulled; it is in force again."),
        ),
        Transition(
            "expire",
            LIVE,
            "expired",
            "licensing.time",
            _("Expire"),
            (SYSTEM,),
            (),
            _("The term for which the licence was granted is over."),
        ),
    ),
)
