"""What an annulled decision brings with it: the case is open again, with a term of its own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, User
from core.services import advance, owe, record
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.licensing import due
from law.problems import Problem, _
from licensing.models import Application, Decision, Measure
from licensing.services.licences import move_licence
from licensing.services.measures import hold
from licensing.services.register import withdraw_refusal
from licensing.services.terms import DECISION


@transaction.atomic
def annul_decision(
    decision: Decision, *, cause: str, grounds: Iterable[Mapping[str, Any]] = (), actor: User, at: datetime
) -> Decision:
    """Take a decision out of force, because an appeal or a judgment says so; a refused case goes back to review.

    Called by the service of that act, which has asked who may: nobody annuls a decision by hand.

    Args:
        cause: the reference of the appeal or judgment.

    Raises:
        TransitionRefused: it has been annulled before; or it granted a licence, which ends in ways of its own.
    """
    case = hold_case(decision)  # the case first, then what hangs on it
    fresh = locked(decision)
    if fresh.annulled_at is not None:
        raise TransitionRefused([Problem(code="annulled-already", message=_("This decision was annulled before."))])
    if fresh.outcome == "grant":
        message = _("A grant is not annulled: change the decision, or end the licence by a measure.")
        raise TransitionRefused([Problem(code="grant-stands", message=message)])
    fresh.annulled_at = at
    fresh.save(update_fields=["annulled_at"])
    cited = [*grounds]
    record(
        case,
        f"{case._meta.model_name}.annul",
        actor=actor,
        at=at,
        grounds=cited,
        data={"outcome": fresh.outcome, "decision": fresh.pk, "cause": cause},
    )
    if isinstance(case, Measure):
        undo_measure(case, cause=cause, grounds=cited, at=at)
    elif fresh.outcome == "refuse":
        reopen_application(case, cause=cause, actor=User.objects.system(), at=at)
    return fresh


def hold_case(decision: Decision) -> Application | Measure:
    """The locked case of a decision; of a measure the licence is locked before it."""
    if decision.measure is not None:
        return hold(decision.measure)
    return locked(cast("Application", decision.application))


def undo_measure(measure: Measure, *, cause: str, grounds: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """The licence is in force again, unless something else has happened to it since."""
    licence = measure.licence
    if licence.cause != measure.reference:
        return
    step = "resume" if measure.act == Measure.SUSPEND else "restore"
    told = grounds or [licence.ground]
    move_licence(licence, step, actor=User.objects.system(), at=at, cause=cause, grounds=told, ended_on=None)


@transaction.atomic
def reopen_application(application: Application, *, cause: str, actor: User, at: datetime) -> Application:
    """The refused case is reviewed again: a new term of decision runs from today, by the law of today.

    Raises:
        PermissionDenied: only the system does this.  TransitionRefused: the refusal stands, or there was none.
    """
    today = timezone.localdate(at)
    term = due(application.kind, application.form.rule(DECISION), today)
    opened = advance(
        application,
        "reopen",
        actor=actor,
        at=at,
        grounds=[term.provision],
        data={"cause": cause},
        closed_at=None,
        due_on=term.due_on,
        reasons=[],
        reason_text="",
    )
    opened.recommendations.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    withdraw_refusal(opened, actor=actor, at=at)
    owe(opened, {DECISION: term}, debtor=Obligation.AUTHORITY, at=at)
    return opened
