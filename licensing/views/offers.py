"""The next lawful acts of a case for one person: the one to take, the others, and what blocks which."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from core.models import User
from core.services import choices
from core.workflow import HEAD, OFFICER, PARTY, SYSTEM, Transition
from law.problems import Problem, _
from licensing.models import Application, Hearing
from licensing.services.hearings import DRAFTED
from licensing.views.doing import ACTS, BY_STEP, Act
from licensing.wording import consequence_of

ADVERSE = ("refuse_consideration", "return_to_review", "refuse", "deny_silence")


@dataclass(frozen=True, slots=True)
class Offer:
    """An act offered on the case file. With problems it stays, disabled, and says what stands in the way."""

    act: Act
    label: str
    url: str
    consequence: str
    adverse: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """`primary` is the one button; `others` its menu; `blocked` what stays disabled with its reasons."""

    primary: Offer | None
    others: tuple[Offer, ...]
    blocked: tuple[Offer, ...]


def offer(application: Application, act: Act, problems: tuple[Problem, ...] = ()) -> Offer:
    step = Application.WORKFLOW[act.step] if act.step else None
    return Offer(
        act,
        gettext(act.label),
        reverse("case-act", args=[application.reference, act.name]),
        gettext(consequence_of(application, step) if step else act.consequence) if (step or act.consequence) else "",
        bool(step and step.adverse),
        problems,
    )


def offers(application: Application, actor: User, at: datetime) -> Offers:
    """Everything that this person may do to the case now. Empty for who only reads."""
    if actor.role not in (OFFICER, HEAD) or application.closed_at is not None:
        return Offers(None, (), ())
    steps = step_offers(application, actor, at)
    free = [one for one in steps if not one.problems]
    if application.state == "submitted" and application.registered_at is None:
        free.insert(0, offer(application, ACTS["register"]))
    hearing = application.hearing if application.state in DRAFTED else None
    draft = application.recommendation
    if application.state == "countersigned" and draft and application.needs_hearing(draft.outcome) and not hearing:
        free.insert(0, offer(application, ACTS["announce-hearing"]))
    forward = [one for one in free if one.act.step not in ADVERSE or one.act.step == "refuse"]
    primary = forward[0] if forward else None
    side = [offer(application, ACTS[name]) for name in side_acts(application, actor, hearing)]
    rest = [one for one in free if one is not primary]
    if primary is None and side and application.assigned_to_id is None:
        primary, side = side[0], side[1:]
    return Offers(primary, (*rest, *side), tuple(one for one in steps if one.problems))


def side_acts(application: Application, actor: User, hearing: Hearing | None) -> list[str]:
    """Acts that leave the state as it is."""
    names = [] if application.assigned_to_id == actor.pk else ["take"]
    names += ["assign", "ask", "request-opinion", "task", "cite"]
    if application.permit.procedure.pause:
        names.append("resume" if application.is_paused else "stop")
    if hearing is not None and hearing.minutes_at is None:
        names.append("record-hearing")
    if application.state == "recommended" and hearing is None:
        names.append("edit-letter")
        if application.recommendation and application.needs_hearing(application.recommendation.outcome):
            names.append("announce-hearing")
    if application.recommendation and application.recommendation.made_by_id != actor.pk:
        names.append("dissent")
    return [*names, "note"]


def step_offers(application: Application, actor: User, at: datetime) -> list[Offer]:
    """Every transition of officials that starts here, with all that blocks it for this person."""
    open_to_him = {choice.step.name: choice for choice in choices(application, actor, at)}
    found = []
    for step in application.WORKFLOW.leaving(application.state):
        if set(step.roles) <= {*PARTY, SYSTEM} or step.name not in BY_STEP:
            continue
        act = BY_STEP[step.name]
        if step.name in open_to_him:
            problems = tuple(p for p in open_to_him[step.name].problems if p.code not in act.supplied)
            problems += otherwise_recommended(application, step)
        elif otherwise_recommended(application, step):
            continue  # of the two decisions, only the one proposed is worth telling to who may take neither
        else:
            problems = (not_his(step, actor),)
        found.append(offer(application, act, problems))
    return found


def otherwise_recommended(application: Application, step: Transition) -> tuple[Problem, ...]:
    """A decision follows the recommendation; another one needs the case to go back first."""
    row = application.recommendation
    if step.name not in ("grant", "refuse") or row is None or row.outcome == step.name:
        return ()
    message = _("The recommendation says otherwise. Return the case to have it changed.")
    return (Problem(code="not-as-recommended", message=message),)


def not_his(step: Transition, actor: User) -> Problem:
    """Why an act of the table is not this official's: his role, or his hand in the preparation."""
    if actor.role not in step.roles:
        return Problem(code="for-a-head", message=_("A head who had no hand in the case decides."))
    return Problem(
        code="second-person",
        message=_("You had a hand in preparing this case: another person does this."),
    )


def blocked_act(application: Application, act: Act, actor: User, at: datetime) -> Offer | None:
    """The act with what blocks it now, or None when it is open to this person."""
    if not act.step:
        closed = application.closed_at is not None and act.versioned
        message = _("The case has ended.")
        return offer(application, act, (Problem(code="case-ended", message=message),)) if closed else None
    known = next((one for one in step_offers(application, actor, at) if one.act is act), None)
    if known is not None:
        return known if known.problems else None
    wrong = Problem(
        code="wrong-state",
        message=_("“%(act)s” is not possible now: the case is in the state “%(state)s”."),
        params={"act": act.label, "state": application.WORKFLOW.state(application.state).label},
    )
    return replace(offer(application, act), problems=(wrong,))
