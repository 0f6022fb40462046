"""Measures against a licence: proposed, countersigned, made known, decided by a head or brought before a court."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Document, Obligation, User
from core.services import Upload, advance, end_duties, meet, owe, record, require, store_document, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.grounds import Ground
from law.licensing import due_by
from law.problems import Problem, _
from licensing.models import Breach, Decision, Licence, Measure
from licensing.models.hearings import POSITION_PAPER
from licensing.services.breaches import missing, next_number
from licensing.services.decision import require_confirmation
from licensing.services.hearings import close_hearings, draft_letter, set_hearing, state_position
from licensing.services.letters import write_letter
from licensing.services.licences import TO_END, move_licence, owe_end
from licensing.services.terms import CURE_PLAN, DRAFT_NOTICE, POSITION

DOCUMENTS_LIMIT = 50  # papers of the holder with one measure
#: States in which what the holder says can still change the decision, or the claim.
BEFORE_DECISION = ("proposed", "countersigned")
STEPS = {Measure.SUSPEND: "suspend", Measure.REVOKE: "revoke", Measure.CLOSE: "end"}


def hold(measure: Measure) -> Measure:
    """The measure with its licence, both locked: the licence first, as every act does."""
    licence = locked(measure.licence)
    fresh = locked(measure)
    fresh.licence = licence
    return fresh


@transaction.atomic
def propose_measure(
    licence: Licence,
    *,
    act: str,
    reasons: Sequence[str],
    text: str,
    actor: User,
    at: datetime,
    months: int | None = None,
    breach: Breach | None = None,
) -> Measure:
    """Propose to suspend a licence, to take it away, or to establish that it has ended.

    Where only a court takes it away, the measure is the claim. A duty to begin it is met by the proposal.

    Args:
        reasons: codes of the closed list of the act.
        months: of a suspension, where the regime has limits.

    Raises:
        PermissionDenied; TransitionRefused: everything that stands against it by the law of today.
    """
    held, day = locked(licence), timezone.localdate(at)
    measure = Measure(
        reference=next_number("MS", at),
        act=act,
        authority_id=held.authority_id,
        organisation=held.organisation,
        licence=held,
        breach=breach,
        reasons=list(reasons),
        text=text,
        months=months,
        created_at=at,
    )
    require(actor, "licensing.propose_measure", measure)
    body = measure.body_rule(day) if act == Measure.REVOKE else None
    measure.by_court = body is not None and body.value == "court"
    problems = [*missing({"text": text}, {"text": _("reasons in words")}), *measure.problems(day)]
    if breach is not None and (breach.licence_id != held.pk or breach.closed_at is not None):
        problems.append(
            Problem("breach-of-another", _("The breach is settled, or is not of this licence."), field="breach")
        )
    if held.measures.filter(act=act, closed_at__isnull=True).exists():
        problems.append(Problem("measure-pending", _("Such a measure is already under way.")))
    if problems:
        raise TransitionRefused(problems)
    measure.save()
    cited = [one.ground() for one in measure.chosen(day)]
    record(measure, "measure.propose", actor=actor, at=at, grounds=cited, to_state=measure.state, audience="internal")
    if act == Measure.REVOKE:
        meet(held, TO_END, at=at)
    return measure


@transaction.atomic
def countersign_measure(measure: Measure, *, actor: User, at: datetime, version: int | None = None) -> Measure:
    """A second person agrees with the measure as it stands."""
    hold(measure)
    return advance(measure, "countersign", actor=actor, at=at, version=version, audience="internal")


@transaction.atomic
def announce_measure(
    measure: Measure,
    *,
    hearing_on: date | None = None,
    place: str = "",
    cure_days: int | None = None,
    actor: User,
    at: datetime,
) -> Measure:
    """Make the draft known to the holder; where he is heard on it, set the day. His days to answer run from today.

    Args:
        hearing_on, place: needed where the procedure asks for a hearing; where and at what hour, in words.
        cure_days: working days to cure, needed where the law of the kind lets the authority say how many.

    Raises:
        PermissionDenied; TransitionRefused: it has ended, was made known before, the days to cure are too many, or see
            `set_hearing`.
    """
    fresh = hold(measure)
    require(actor, "licensing.review_measure", fresh)
    if fresh.closed_at is not None or fresh.told_on is not None:
        raise TransitionRefused([Problem("told-already", _("The draft was made known before, or the case has ended."))])
    fresh.told_on = today = timezone.localdate(at)
    if problems := fresh.cure_problems(cure_days, today):
        raise TransitionRefused(problems)
    fresh.cure_days = cure_days if fresh.gives_cure else None
    touch(fresh, fields=["told_on", "cure_days"])
    own = fresh.notice(today)
    dues, details = ({DRAFT_NOTICE: own} if own else {}), []
    if own and (plan := fresh.licence.permit.procedure.measure_plan):
        dues[CURE_PLAN] = due_by(plan, today)
    owe(fresh, dues, debtor=Obligation.ORGANISATION, at=at)
    cited, data = [one.provision for one in dues.values()], {}
    if fresh.needs_hearing:
        grounds = [one.ground() for one in fresh.chosen(today)]
        draft = {"reasons": fresh.reasons, "text": fresh.text, "grounds": grounds}
        hearing, due = set_hearing(fresh, fresh.act, draft, hearing_on=hearing_on, place=place, actor=actor, at=at)
        details, data = draft_letter(hearing_on, place)["details"], {"hearing": hearing.pk}
        cited.append(due.provision)
        dues[POSITION] = due
    record(fresh, "measure.announce", actor=actor, at=at, grounds=cited, data=data)
    tell(fresh, "draft_measure", actor=actor, at=at, terms=dues, details=details)
    return fresh


@transaction.atomic
def answer_measure(
    measure: Measure, *, position: str, actor: User, at: datetime, version: int | None = None
) -> Measure:
    """The holder says what he thinks of the draft, once.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no draft is open to be answered, or there are no words.
    """
    hold(measure)
    fresh = locked(measure, version=version)
    require(actor, "licensing.answer_measure", fresh)
    problems = missing({"position": position}, {"position": _("position of the holder")})
    if fresh.told_on is None or fresh.closed_at is not None or fresh.position_at is not None:
        problems.append(Problem("nothing-to-answer", _("There is no draft that waits for an answer.")))
    if problems:
        raise TransitionRefused(problems)
    if (hearing := fresh.hearing) is not None:
        state_position(hearing, text=position, actor=actor, at=at)
        return locked(fresh)
    fresh.position, fresh.position_at = position, at
    touch(fresh, fields=["position", "position_at"])
    meet(fresh, DRAFT_NOTICE, CURE_PLAN, at=at)
    record(fresh, "measure.answer", actor=actor, at=at)
    return fresh


@transaction.atomic
def attach_to_measure(measure: Measure, upload: Upload, *, actor: User, at: datetime) -> Document:
    """The holder adds a paper to his answer to the draft, before it or after, as long as nothing is decided.

    Raises:
        PermissionDenied; TransitionRefused: no draft is open, it holds too many papers, or the file is not accepted.
    """
    fresh = hold(measure)
    require(actor, "licensing.answer_measure", fresh)
    problems = []
    if fresh.told_on is None or fresh.state not in BEFORE_DECISION:
        problems.append(Problem("nothing-to-answer", _("There is no draft that waits for an answer."), field="file"))
    if fresh.papers().count() >= DOCUMENTS_LIMIT:
        message = _("The case holds %(limit)s documents already.")
        problems.append(Problem("too-many-documents", message, {"limit": DOCUMENTS_LIMIT}, field="file"))
    if problems:
        raise TransitionRefused(problems)
    document = store_document(fresh, upload, kind=POSITION_PAPER, actor=actor, at=at)
    touch(fresh)
    return document


@transaction.atomic
def approve_measure(measure: Measure, *, reference: str, on: date, actor: User, at: datetime) -> Measure:
    """Note the prosecutor's approval, which a registered investor's licence needs.

    Raises:
        PermissionDenied; TransitionRefused: the holder is no registered investor, the case has ended, the day lies in
            the future, or the number is missing.
    """
    fresh, today = hold(measure), timezone.localdate(at)
    require(actor, "licensing.review_measure", fresh)
    problems = missing({"reference": reference}, {"reference": _("approval of the prosecutor")})
    if not fresh.organisation.is_registered_investor:
        message = _("The holder is not in the register of investors: the law asks for no approval.")
        problems.append(Problem("approval-unneeded", message, provision=fresh.approval_rule(today)))
    if fresh.closed_at is not None:
        problems.append(Problem("case-ended", _("The case is not open.")))
    if on > today:
        problems.append(Problem("approval-day", _("The day lies in the future."), field="on"))
    if problems:
        raise TransitionRefused(problems)
    fresh.approval_reference, fresh.approval_on = reference, on
    touch(fresh, fields=["approval_reference", "approval_on"])
    record(fresh, "measure.approve", actor=actor, at=at, audience="internal", data={"on": on.isoformat()})
    return fresh


@transaction.atomic
def decide_measure(
    measure: Measure, *, actor: User, at: datetime, confirmation: str = "", version: int | None = None
) -> Measure:
    """A head puts a measure into effect: the licence changes, the register shows it, the holder gets the decision.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: lists everything that stands against it.
    """
    held, day = hold(measure), timezone.localdate(at)
    require(actor, "licensing.decide_measure", held)
    grounds = held.chosen(day)
    require_confirmation(grounds, confirmation)
    cited = [one.ground() for one in grounds]
    fresh = advance(held, "decide", actor=actor, at=at, version=version, reason=held.text, grounds=cited, closed_at=at)
    Decision.objects.create(
        measure=fresh,
        outcome=fresh.act,
        reasons=fresh.reasons,
        text=fresh.text,
        grounds=cited,
        confirmation=confirmation,
        made_by=actor,
        made_at=at,
        previous=held.licence.application.decision,
    )
    carry_out(fresh, actor=actor, at=at, cited=cited)
    close_hearings(fresh, at=at)
    end_duties(fresh, at=at)
    return fresh


def carry_out(measure: Measure, *, actor: User, at: datetime, cited: Sequence[Mapping[str, Any]]) -> Licence:
    """The step of the licence that the measure was about, and the letter that says so."""
    day = timezone.localdate(at)
    changes: dict[str, Any] = {}
    details: list[tuple[str, Any]] = [(_("Licence"), measure.licence.number)]
    if measure.act == Measure.SUSPEND:
        days = measure.suspension(day)
        changes = {"suspended_from": day, "suspended_to": days.until, "suspended_months": measure.months}
        details += [(_("Suspended from"), day), (_("Suspended until"), days.until)]
    else:
        changes = {"ended_on": measure.judgment_in_force_on or day}
        details += [(_("Ended on"), changes["ended_on"])]
    licence = move_licence(
        measure.licence, STEPS[measure.act], actor=actor, at=at, cause=measure.reference, grounds=cited, **changes
    )
    tell(measure, "measure", actor=actor, at=at, details=details)
    return licence


@transaction.atomic
def file_claim(
    measure: Measure,
    *,
    court: str,
    claim_reference: str,
    filed_on: date,
    actor: User,
    at: datetime,
    confirmation: str = "",
    version: int | None = None,
) -> Measure:
    """A head brings the claim: from now on a court has it. The licence stays as it is.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: lists everything that stands against it.
    """
    held = hold(measure)
    require(actor, "licensing.decide_measure", held)
    grounds = held.chosen(timezone.localdate(at))
    require_confirmation(grounds, confirmation)
    fresh = advance(
        held,
        "file",
        actor=actor,
        at=at,
        version=version,
        reason=held.text,
        grounds=[one.ground() for one in grounds],
        court=court,
        claim_reference=claim_reference,
        filed_on=filed_on,
    )
    close_hearings(fresh, at=at)
    tell(fresh, "claim", actor=actor, at=at, details=[(_("Court"), court), (_("Claim filed on"), filed_on)])
    return fresh


@transaction.atomic
def enter_court_hearing(
    measure: Measure, *, heard_on: date, actor: User, at: datetime, version: int | None = None
) -> Measure:
    """Enter the day on which the court heard the claim."""
    hold(measure)
    return advance(measure, "hear", actor=actor, at=at, version=version, heard_on=heard_on)


@transaction.atomic
def carry_out_judgment(
    measure: Measure,
    *,
    judgment_on: date,
    judgment_in_force_on: date,
    text: str = "",
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Measure:
    """A judgment in force takes the licence away: it ends with the day on which the judgment came into force.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: a day is missing or out of order.
    """
    held = hold(measure)
    cited = [one.ground() for one in held.chosen(timezone.localdate(at))]
    fresh = advance(
        held,
        "uphold",
        actor=actor,
        at=at,
        version=version,
        reason=text,
        grounds=cited,
        judgment_on=judgment_on,
        judgment_in_force_on=judgment_in_force_on,
        outcome_text=text,
        closed_at=at,
    )
    carry_out(fresh, actor=actor, at=at, cited=cited)
    return fresh


@transaction.atomic
def end_measure(
    measure: Measure,
    step: str,
    *,
    text: str,
    judgment_on: date | None = None,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Measure:
    """A measure that ends without effect: the claim was dismissed (`reject`), or the authority drops it (`drop`).

    Whoever drops the way to the end of an uncured licence owes it again, by the day that it always had.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or the day of the judgment is out of order.
    """
    held = hold(measure)
    changes: dict[str, Any] = {"outcome_text": text, "closed_at": at}
    if step == "reject":
        changes["judgment_on"] = judgment_on
    fresh = advance(measure, step, actor=actor, at=at, reason=text, version=version, **changes)
    close_hearings(fresh, at=at)
    end_duties(fresh, at=at)
    if (step, fresh.act, held.licence.state) == ("drop", Measure.REVOKE, "uncured"):
        owe_end(held.licence, at=at)
    return fresh


def tell(measure: Measure, kind: str, *, actor: User, at: datetime, **facts: Any) -> None:
    """A letter to the holder, with the grounds of the measure."""
    reasons: Sequence[Ground] = measure.chosen(timezone.localdate(at))
    write_letter(measure, kind, at=at, reasons=reasons, text=measure.text, signed_by=actor, **facts)
