"""The silence of the authority: where the law takes it for a permit, the sweep says so, a head confirms it that day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, User
from core.services import advance, end_duties, meet, notify, owe, require
from core.services.acts import wrong_state
from core.workflow import HEAD, TransitionRefused
from law.calendar import next_working_day
from law.licensing import Due, due
from law.problems import Line, Problem, _
from law.provisions import Provision
from law.terms import Silence, authority_silence
from licensing.models import Application, Decision
from licensing.permits import ISSUE
from licensing.services.decision import decision_before
from licensing.services.hearings import close_hearings
from licensing.services.licences import issue_licence
from licensing.services.terms import CONFIRMATION, DECISION, DELIVERY, next_due, officials


def silence_of_authority(application: Application) -> Silence:
    """What the authority's own silence means in this case, by the law of its day of filing; none but to issue."""
    if application.permit.procedure.silence is None or application.act != ISSUE:
        return Silence("none", None)
    return authority_silence(application.kind, application.law_day)


def note_silence(obligation: Obligation, event: Event) -> None:
    """The term of the decision has passed: nothing more, or the permit is deemed issued, where the law says so.

    The sweep holds the lock of the case. The permit counts from the last day of the term, however late the sweep comes.
    """
    application = Application.objects.get(pk=obligation.subject_id)
    silence = silence_of_authority(application)
    if silence.effect != "issued" or silence.provision is None or obligation.due_on is None:
        return
    if application.state not in Application.WORKFLOW["deem"].sources:
        return
    deem(application, silence.provision, obligation.due_on, event)


def deem(application: Application, provision: Provision, deemed_on: date, event: Event) -> Application:
    """The permit is deemed issued on a day; the head owes his confirmation today, the authority the paper after."""
    dues = silence_dues(application, provision, deemed_on, timezone.localdate(event.at))
    deemed = advance(
        application,
        "deem",
        actor=event.actor,
        at=event.at,
        grounds=[provision],
        data={"deemed_on": deemed_on.isoformat()},
        deemed_on=deemed_on,
        due_on=min(one.due_on for one in dues.values()),
    )
    deemed.recommendations.filter(withdrawn_at__isnull=True).update(withdrawn_at=event.at)
    close_hearings(deemed, at=event.at)
    end_duties(deemed, at=event.at)
    owe(deemed, dues, debtor=Obligation.AUTHORITY, at=event.at)
    facts = {"reference": deemed.reference, "on": deemed_on.isoformat()}
    path, key = f"/cases/{deemed.reference}/", f"silence:{deemed.pk}:{deemed_on}"
    notify(event, officials(deemed.authority_id, HEAD), "silence_fell", facts, path=path, at=event.at, key=key)
    return deemed


def silence_dues(application: Application, provision: Provision, deemed_on: date, today: date) -> dict[str, Due]:
    """The confirmation today (on a day off: the next working day), and the delivery in its term."""
    same_day = next_working_day(today)
    lines = (
        Line(_("The term of the decision ended on %(day)s without an answer"), day=deemed_on),
        Line(_("Found on %(found)s; a head confirms it the same working day: %(due)s"), found=today, due=same_day),
    )
    dues = {CONFIRMATION: Due(application.kind, CONFIRMATION, deemed_on, same_day, lines, provision)}
    if rule := application.permit.procedure.silence_delivery:
        dues[DELIVERY] = due(application.kind, rule, deemed_on, application.law_day)
    return dues


@transaction.atomic
def confirm_silence(application: Application, *, actor: User, at: datetime, version: int | None = None) -> Application:
    """A head confirms that silence made the permit: it is issued as of the last day of the term, and entered.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the case is in another state.
    """
    require(actor, Application.WORKFLOW["confirm_silence"].permission, application)
    if application.filed_on is None:
        raise TransitionRefused([wrong_state(application, Application.WORKFLOW["confirm_silence"])])
    silence = silence_of_authority(application)
    cited = [silence.provision.ground()] if silence.provision else []
    granted = advance(
        application,
        "confirm_silence",
        actor=actor,
        at=at,
        version=version,
        grounds=cited,
        data={"outcome": "grant"},
        closed_at=at,
        due_on=None,
    )
    Decision.objects.create(
        application=granted,
        outcome="grant",
        by_silence=True,
        grounds=cited,
        made_by=actor,
        made_at=at,
        previous=decision_before(granted),
    )
    meet(granted, CONFIRMATION, DELIVERY, at=at)
    end_duties(granted, at=at)
    issue_licence(granted, conditions=(), actor=actor, at=at, granted_on=granted.deemed_on, grounds=cited)
    return granted


@transaction.atomic
def deny_silence(
    application: Application, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Application:
    """A head finds that silence has not fallen, and says why; the case goes back to review, its term still passed.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason is given, or the case is in another state.
    """
    if not reason.strip():
        raise TransitionRefused([Problem(code="note-missing", message=_("Say why."), field="reason")])
    back = advance(
        application,
        "deny_silence",
        actor=actor,
        at=at,
        version=version,
        reason=reason,
        deemed_on=None,
        registered_at=application.registered_at or at,
        accepted_at=application.accepted_at or at,
    )
    end_duties(back, at=at, codes=(CONFIRMATION, DELIVERY))
    Obligation.objects.of(back).filter(code=DECISION, met_at__isnull=True).update(ended_at=None)
    back.due_on = next_due(back)
    back.save(update_fields=["due_on"])
    return back
