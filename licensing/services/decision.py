"""From recommendation to decision. Nothing decides alone: who prepares does not decide."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.models import User
from core.services import advance, end_duties, meet, record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.grounds import Ground
from law.problems import Problem, _
from licensing.models import Application, Decision, Dissent, Licence, Recommendation
from licensing.models.decisions import OUTCOMES
from licensing.services.conditions import picked
from licensing.services.hearings import close_hearings
from licensing.services.letters import write_letter
from licensing.services.licences import hold_licence, issue_licence
from licensing.services.register import enter_refusal
from licensing.services.requests import carry_out
from licensing.services.review import chosen
from licensing.services.routes import route_of_appeal
from licensing.services.terms import DECISION, carried_by


@transaction.atomic
def recommend(
    application: Application,
    *,
    outcome: str,
    text: str,
    reasons: Sequence[str] = (),
    conditions: Sequence[str] = (),
    own_conditions: Sequence[str] = (),
    own_reason: str = "",
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Application:
    """Propose to grant or to refuse.

    Args:
        outcome: "grant" or "refuse".
        text: the reasons in words, printed in the letter of a refusal.
        reasons: codes of the kind's closed list; needed to refuse.
        conditions: codes of the bank, whose versions of the day are written on the licence.
        own_conditions: words of its own for the licence, which need a reason (`own_reason`).

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: a reason is missing or unknown, a condition is not in
            force, or the state is another.
    """
    fresh = locked(application)
    require(actor, "licensing.review", fresh)
    problems = []
    if outcome not in dict(OUTCOMES):
        problems.append(
            Problem(code="outcome-unknown", message=_("One recommends to grant or to refuse."), field="outcome")
        )
    if outcome == "refuse" and not reasons:
        problems.append(
            Problem(code="reasons-missing", message=_("Choose at least one reason from the list."), field="reasons")
        )
    if not text.strip():
        problems.append(Problem(code="text-missing", message=_("Give the reasons in words."), field="text"))
    if problems:
        raise TransitionRefused(problems)
    grounds = chosen(fresh.form.refusal_grounds(timezone.localdate(at)), reasons if outcome == "refuse" else ())
    on = timezone.localdate(at)
    kept = picked(fresh, conditions, own_conditions, own_reason, on=on) if outcome == "grant" else []
    fresh.recommendations.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    Recommendation.objects.create(
        application=fresh,
        outcome=outcome,
        reasons=[ground.code for ground in grounds],
        text=text,
        conditions=kept,
        made_by=actor,
        made_at=at,
    )
    return advance(
        fresh,
        "recommend",
        actor=actor,
        at=at,
        version=version,
        data={"outcome": outcome},
        grounds=[ground.ground() for ground in grounds],
        audience="internal",
    )


@transaction.atomic
def countersign(application: Application, *, actor: User, at: datetime, version: int | None = None) -> Application:
    """A second person agrees with the recommendation as it stands."""
    fresh = advance(application, "countersign", actor=actor, at=at, version=version, audience="internal")
    fresh.recommendations.filter(withdrawn_at__isnull=True).update(countersigned_by=actor, countersigned_at=at)
    return fresh


@transaction.atomic
def dissent(application: Application, *, text: str, actor: User, at: datetime, version: int | None = None) -> Dissent:
    """Record an opinion against the recommendation that stands; the head reads it before he decides.

    A countersigner may sign and dissent in one point. Whoever dissents does not decide the case.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: nothing is recommended, it is his own, he has dissented, or
            gives no reasons.
    """
    fresh = locked(application, version=version)
    require(actor, "licensing.review", fresh)
    row = fresh.recommendation
    if row is None or fresh.state not in ("recommended", "countersigned"):
        raise TransitionRefused([Problem(code="no-recommendation", message=_("There is no recommendation."))])
    problems = []
    if row.made_by_id == actor.pk:
        problems.append(Problem(code="own-recommendation", message=_("The recommendation is your own.")))
    if row.dissents.filter(made_by=actor).exists():
        message = _("Your dissenting opinion stands in the case already.")
        problems.append(Problem(code="dissent-stands", message=message))
    if not text.strip():
        problems.append(Problem(code="text-missing", message=_("Give the reasons in words."), field="text"))
    if problems:
        raise TransitionRefused(problems)
    made = Dissent.objects.create(recommendation=row, text=text, made_by=actor, made_at=at)
    touch(fresh)
    record(fresh, "application.dissent", actor=actor, at=at, data={"dissent": made.pk}, audience="internal")
    return made


@transaction.atomic
def return_to_review(
    application: Application, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Application:
    """Send the case back; the recommendation and its countersignature lose their force.

    Raises:
        TransitionRefused: no reason is given.
    """
    if not reason.strip():
        raise TransitionRefused([Problem(code="note-missing", message=_("Say why."), field="reason")])
    fresh = advance(
        application, "return_to_review", actor=actor, at=at, reason=reason, version=version, audience="internal"
    )
    fresh.recommendations.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    close_hearings(fresh, at=at)
    return fresh


@transaction.atomic
def edit_letter(application: Application, *, text: str, actor: User, at: datetime) -> Recommendation:
    """Change the words of the recommendation before the countersignature. Whoever does it has prepared the case.

    Raises:
        PermissionDenied; TransitionRefused: there is none, or somebody has signed under these words already.
    """
    fresh = locked(application)
    require(actor, "licensing.review", fresh)
    row = fresh.recommendation
    if row is None or fresh.state != "recommended":
        raise TransitionRefused([Problem(code="no-recommendation", message=_("There is no recommendation."))])
    if fresh.hearing is not None:
        message = _("The applicant has this draft; return the case to change it.")
        raise TransitionRefused([Problem(code="draft-sent", message=message)])
    row.text = text
    row.save(update_fields=["text"])
    touch(fresh)
    record(fresh, "application.edit_letter", actor=actor, at=at, audience="internal")
    return row


def agreed_proposal(application: Application, outcome: str) -> Recommendation:
    """The recommendation that holds, where it proposes this outcome.

    Raises:
        TransitionRefused: there is none, or it says otherwise.
    """
    proposal = application.recommendation
    if proposal is not None and proposal.outcome == outcome:
        return proposal
    if application.state == "countersigned":
        message = _("The recommendation says otherwise. Return the case to have it changed.")
        raise TransitionRefused([Problem(code="not-as-recommended", message=message)])
    raise TransitionRefused([Problem(code="not-ready", message=_("The case is not ready for a decision."))])


def require_confirmation(grounds: Sequence[Ground], confirmation: str) -> None:
    """No adverse act rests on unconfirmed law, unless a head says in writing that it applies.

    Raises:
        TransitionRefused: he has not.
    """
    if confirmation.strip() or all(ground.is_confirmed for ground in grounds):
        return
    raise TransitionRefused(
        [
            Problem(
                code="confirmation-missing",
                field="confirmation",
                message=_("A ground of this refusal is unconfirmed law: confirm in writing that it applies."),
            )
        ]
    )


def cited_for(application: Application, grounds: Sequence[Ground], at: datetime) -> list[dict[str, object]]:
    """What carries the duty to decide, then the grounds of a refusal, as an event keeps them."""
    carried = carried_by(application, application.day(timezone.localdate(at)), DECISION)
    return [*(row.ground() for row in carried), *(ground.ground() for ground in grounds)]


def decision_before(application: Application) -> Decision | None:
    """The decision that this one follows: an annulled one of the same case, else that of the case it started from, else
    the last one about the licence concerned."""
    cases = [application.pk] + ([application.started_from_id] if application.started_from_id else [])
    rows = {row.application_id: row for row in Decision.objects.filter(application__in=cases).order_by("id")}
    found = next((rows[pk] for pk in cases if pk in rows), None)
    if found is not None or application.concerning is None:
        return found
    about = Q(application__concerning=application.concerning) | Q(application=application.concerning.application_id)
    return Decision.objects.filter(about).order_by("id").last()


def close_case(application: Application, *, at: datetime) -> None:
    """The term of the decision is met, the hearing closed, and nothing more is owed."""
    meet(application, DECISION, at=at)
    close_hearings(application, at=at)
    end_duties(application, at=at)


@transaction.atomic
def decide_application(
    application: Application,
    *,
    outcome: str,
    actor: User,
    at: datetime,
    confirmation: str = "",
    version: int | None = None,
) -> Application:
    """A head decides as was recommended and countersigned; to decide otherwise he returns the case.

    Granting issues the licence, its number and its register entry in the same transaction; granting a request carries
    it out on the licence, which is locked first. Refusing on a ground whose law is unconfirmed needs the head's written
    confirmation.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: lists everything that stands against it.
    """
    licence, fresh = hold_licence(application), locked(application)  # in this order
    require(actor, "licensing.decide", fresh)
    proposal = agreed_proposal(fresh, outcome)
    grounds = chosen(fresh.form.refusal_grounds(timezone.localdate(at)), proposal.reasons)
    require_confirmation(grounds, confirmation)
    cited = cited_for(fresh, grounds, at)
    told = proposal.text if outcome == "refuse" else ""  # what officers wrote in favour stays with the decision
    decided = advance(
        fresh,
        outcome,
        actor=actor,
        at=at,
        version=version,
        data={"outcome": outcome, "act": fresh.act},
        reason=told,
        grounds=cited,
        reasons=proposal.reasons,
        reason_text=told,
        closed_at=at,
        due_on=None,
    )
    Decision.objects.create(
        application=decided,
        recommendation=proposal,
        outcome=outcome,
        reasons=proposal.reasons,
        text=proposal.text,
        conditions=proposal.conditions,
        grounds=cited,
        confirmation=confirmation,
        made_by=actor,
        made_at=at,
        previous=decision_before(decided),
    )
    close_case(decided, at=at)
    if outcome == "grant":
        grant(decided, licence, conditions=proposal.conditions, actor=actor, at=at)
    else:
        write_refusal(decided, grounds, told, actor=actor, at=at)
    return decided


def write_refusal(application: Application, grounds: Sequence[Ground], text: str, *, actor: User, at: datetime) -> None:
    """The letter of a refusal, with the way to appeal against it; and its entry, which the public does not see yet."""
    route = route_of_appeal(application, timezone.localdate(at))
    write_letter(application, "refusal", at=at, reasons=grounds, text=text, signed_by=actor, more=route)
    enter_refusal(application, grounds=[ground.ground() for ground in grounds], actor=actor, at=at)


def grant(
    application: Application, licence: Licence | None, *, conditions: Sequence[Any], actor: User, at: datetime
) -> None:
    """Issue the licence that was applied for, or do to the one concerned what was asked."""
    if licence is None:
        issue_licence(application, conditions=conditions, actor=actor, at=at)
    else:
        carry_out(application, licence, actor=actor, at=at)
