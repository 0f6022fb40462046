"""What an official states of a subject of control: its figures, what lowers its risk, how far its objects lie; and the
degree of a natural person, which a run only proposes."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.models.base import INTERNAL
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import ControlObject, RiskRow, Subject
from law.inspections.risk import LOWERING
from law.inspections.sizes import Sized, size_explained
from law.licensing import MINING_LICENCE_1
from law.problems import Problem, _
from law.provisions import NotInForce

STATE = "inspections.change_subject"
CONFIRM = "inspections.confirm_risk"


def mines_first(subject: Subject) -> bool:
    """Whether it holds a licence of subtype I, with which nobody is small (Entrepreneurial Code 24(4)(13))."""
    return subject.objects_of_control.standing().filter(kind_of_permit=MINING_LICENCE_1).exists()


def size_of(subject: Subject) -> Sized | None:
    """Its size by its figures, with the arithmetic; None where none are stated."""
    if subject.staff is None or subject.income is None or subject.figures_on is None:
        return None
    return size_explained(subject.staff, subject.income, subject.figures_on, mines_first(subject))


@transaction.atomic
def state_figures(
    subject: Subject,
    *,
    staff: int,
    income: Decimal,
    figures_on: date,
    successor: bool,
    actor: User,
    at: datetime,
    last_ended_on: date | None = None,
) -> Subject:
    """Average staff and income of a year, as of a day, from which the size follows; whether it came of a
    reorganisation; the end of its last compliance inspection, where that was before this register.

    Raises:
        PermissionDenied; TransitionRefused: a day in the future, negative figures, a year whose index is not entered.
    """
    row = locked(subject)
    require(actor, STATE, row)
    today, found, sized = timezone.localdate(at), [], None
    for name, day in (("figures_on", figures_on), ("last_ended_on", last_ended_on)):
        if day is not None and day > today:
            found.append(Problem(f"subject-{name}", _("The day lies in the future."), field=name))
    if staff < 0 or income < 0:
        found.append(Problem("subject-figures", _("Staff and income are not below zero."), field="staff"))
    else:
        try:
            sized = size_explained(staff, income, figures_on, mines_first(row))
        except NotInForce:
            message = _("The index of the year %(year)s is not entered: no size follows.")
            found.append(Problem("subject-year", message, {"year": str(figures_on.year)}, field="figures_on"))
    if found or sized is None:
        raise TransitionRefused(found)
    row.staff, row.income, row.figures_on, row.size = staff, income, figures_on, sized.size
    row.successor, row.last_ended_on = successor, last_ended_on
    row.save(update_fields=["staff", "income", "figures_on", "size", "successor", "last_ended_on"])
    told = {"staff": staff, "income": str(income), "as_of": figures_on.isoformat(), "size": row.size}
    told |= {"arithmetic": [line.as_dict() for line in sized.arithmetic], "successor": successor}
    told |= {"last_ended_on": last_ended_on.isoformat() if last_ended_on else None}
    record(
        row, "subject.state_figures", actor=actor, at=at, audience=INTERNAL, grounds=sized.provisions, data=told
    )  # fmt: skip
    return row


@transaction.atomic
def set_lowering(
    subject: Subject, *, reasons: Sequence[str], evidence: str, until: date | None, actor: User, at: datetime
) -> Subject:
    """Why its risk goes one degree down (141(9)), by which paper and until when; no reason takes it back. The next run
    counts it.

    Raises:
        PermissionDenied; TransitionRefused: an unknown reason, no paper, a day that has passed.
    """
    row = locked(subject)
    require(actor, STATE, row)
    reasons, evidence = sorted(set(reasons)), evidence.strip()
    found = [
        Problem("lowering-unknown", _("The law knows no such reason: %(code)s"), {"code": code}, field="reasons")
        for code in reasons
        if code not in LOWERING
    ]
    if reasons and not evidence:
        found.append(Problem("lowering-evidence", _("Name the paper that shows it."), field="evidence"))
    if reasons and until is not None and until < timezone.localdate(at):
        found.append(Problem("lowering-until", _("Its last day has passed."), field="until"))
    if found:
        raise TransitionRefused(found)
    row.lowering = reasons
    row.lowering_evidence, row.lowering_until = (evidence, until) if reasons else ("", None)
    row.save(update_fields=["lowering", "lowering_evidence", "lowering_until"])
    told = {"reasons": reasons, "until": row.lowering_until.isoformat() if row.lowering_until else None}
    record(row, "subject.set_lowering", actor=actor, at=at, audience=INTERNAL, reason=row.lowering_evidence, data=told)
    return row


@transaction.atomic
def set_distance(thing: ControlObject, *, distance_km: int | None, actor: User, at: datetime) -> ControlObject:
    """How far an object lies from the place of registration: beyond a limit its act may be registered later (144(9)).

    Raises:
        PermissionDenied.
    """
    subject = locked(thing.subject)
    require(actor, STATE, subject)
    thing.distance_km = distance_km
    thing.save(update_fields=["distance_km"])
    told = {"object": thing.pk, "kind": thing.kind_of_permit, "distance_km": distance_km}
    record(subject, "subject.set_distance", actor=actor, at=at, audience=INTERNAL, data=told)
    return thing


def proposal_of(subject: Subject) -> RiskRow | None:
    """The row of the run whose degree waits for a person."""
    if subject.proposed_run_id is None:
        return None
    return RiskRow.objects.filter(run=subject.proposed_run_id, subject=subject).select_related("run").first()


@transaction.atomic
def confirm_risk(subject: Subject, *, actor: User, at: datetime, run_id: int | None = None) -> Subject:
    """A person takes over the degree that a run proposes for a natural person. `run_id`: the run that he looked at.

    Raises:
        PermissionDenied; TransitionRefused: nothing is proposed, or another run proposes by now.
    """
    row, proposed = waiting(subject, actor, run_id)
    before, row.risk, row.points = row.risk, proposed.risk, proposed.points
    row.risk_run, row.proposed_run = proposed.run, None
    row.save(update_fields=["risk", "points", "risk_run", "proposed_run"])
    told = {"run": proposed.run.reference, "before": before, "risk": row.risk, "points": str(row.points)}
    record(row, "subject.confirm_risk", actor=actor, at=at, audience=INTERNAL, data=told)
    return row


@transaction.atomic
def keep_risk(subject: Subject, *, reason: str, actor: User, at: datetime, run_id: int | None = None) -> Subject:
    """A person leaves the degree of a natural person as it was, and says why. The next run may propose again.

    Raises:
        PermissionDenied; TransitionRefused: nothing is proposed, another run proposes by now, or no reason.
    """
    row, proposed = waiting(subject, actor, run_id)
    if not reason.strip():
        raise TransitionRefused([Problem("risk-reason", _("Say why."), field="reason")])
    row.proposed_run = None
    row.save(update_fields=["proposed_run"])
    told = {"run": proposed.run.reference, "proposed": proposed.risk, "risk": row.risk}
    record(row, "subject.keep_risk", actor=actor, at=at, audience=INTERNAL, reason=reason.strip(), data=told)
    return row


def waiting(subject: Subject, actor: User, run_id: int | None) -> tuple[Subject, RiskRow]:
    row = locked(subject)
    require(actor, CONFIRM, row)
    proposed = proposal_of(row)
    if proposed is None or run_id not in (None, proposed.run_id):
        message = _("No such degree is proposed for it now.")
        raise TransitionRefused([Problem("risk-not-proposed", message)])
    return row, proposed
