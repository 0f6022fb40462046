"""What an annulled decision brings with it: the case is open again, with a term of its own."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, User
from core.services import advance, owe, record
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.licensing import due
from law.problems import Problem, _
from licensing.models import Application, Decision
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
        TransitionRefused: it has been annulled before.
    """
    application = locked(decision.application)  # the case first, then what hangs on it
    fresh = locked(decision)
    if fresh.annulled_at is not None:
        raise TransitionRefused([Problem(code="annulled-already", message=_("This decision was annulled before."))])
    fresh.annulled_at = at
    fresh.save(update_fields=["annulled_at"])
    cited = [*grounds]
    record(
        application,
        "application.annul",
        actor=actor,
        at=at,
        grounds=cited,
        data={"outcome": fresh.outcome, "decision": fresh.pk, "cause": cause},
    )
    if fresh.outcome == "refuse":
        reopen_application(application, cause=cause, actor=User.objects.system(), at=at)
    return fresh


@transaction.atomic
def reopen_application(application: Application, *, cause: str, actor: User, at: datetime) -> Application:
    """The refused case is reviewed again: a new term of decision runs from today, by the law of today.

    Raises:
        PermissionDenied: only the system does this.  TransitionRefused: the refusal stands, or there was none.
    """
    today = timezone.localdate(at)
    term = due(application.kind, DECISION, today)
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
    owe(opened, {DECISION: term}, debtor=Obligation.AUTHORITY, at=at)
    return opened
