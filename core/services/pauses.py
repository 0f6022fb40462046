"""What moves a due day: pauses and extensions, each a row with its reason and the provision that allows it.

The day is always counted again from the unadjusted base, so that an extension can be taken back without a trace.
Nothing else changes `due_on`.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, Pause, User
from core.services.acts import locked, record
from core.services.duties import fresh_subject
from core.workflow import TransitionRefused
from law.calendar import working_days_between
from law.problems import Line, Problem, _
from law.provisions import WORKING_DAYS, Provision
from law.terms import Recount, Stop, recount


def refuse(problems: Iterable[Problem]) -> None:
    """Raise everything that stands against the act, if anything does."""
    if found := list(problems):
        raise TransitionRefused(found)


def held(obligation: Obligation) -> Obligation:
    """The duty under lock, after what it hangs on, as every act locks."""
    locked(fresh_subject(obligation))
    return locked(obligation)


def is_running(obligation: Obligation) -> bool:
    return obligation.met_at is None and obligation.ended_at is None and obligation.due_on is not None


def counted_again(obligation: Obligation) -> Recount:
    """The day by the base and all pauses and extensions that hold."""
    rows = list(obligation.pauses.filter(removed_at__isnull=True))
    stops = [Stop(row.from_on, row.to_on) for row in rows if row.kind == "pause" and row.to_on is not None]
    extra = sum(row.days or 0 for row in rows if row.kind == "extension")
    number, unit = int(obligation.ground["value"]), str(obligation.ground["unit"])
    return recount(obligation.base_on, number, unit, stops, extra)


def move(obligation: Obligation, counted: Recount) -> None:
    obligation.due_on = counted.due_on
    obligation.arithmetic = [*obligation.arithmetic, *(line.as_dict() for line in counted.arithmetic)]
    obligation.save(update_fields=["due_on", "arithmetic"])


def not_running(obligation: Obligation) -> list[Problem]:
    """A term moves only while it runs and before its day has passed."""
    if is_running(obligation):
        return []
    return [Problem(code="term-not-running", message=_("This term is not running."))]


def passed(obligation: Obligation, on: date) -> list[Problem]:
    if obligation.due_on is None or obligation.due_on >= on:
        return []
    message = _("This term ended on %(due)s; nothing can move it any more.")
    return [Problem(code="term-passed", message=message, params={"due": obligation.due_on})]


def out_of_time(obligation: Obligation, from_on: date, on: date) -> list[Problem]:
    """A pause starts after the term began and after the pauses before it, and not in the future."""
    if from_on < obligation.base_on:
        message = _("The term began on %(base)s; a pause cannot start before it.")
        return [Problem("pause-before-term", message, {"base": obligation.base_on}, field="from_on")]
    if from_on > on:
        return [Problem("pause-in-future", _("A pause cannot start after today."), field="from_on")]
    last = max((row.to_on for row in obligation.pauses.filter(kind="pause") if row.to_on), default=None)
    if last is not None and from_on < last:
        message = _("The clock stood until %(to)s already; pauses cannot overlap.")
        return [Problem("pause-overlaps", message, {"to": last}, field="from_on")]
    return []


@transaction.atomic
def pause(
    obligation: Obligation, *, actor: User, at: datetime, from_on: date, reason: str, provision: Provision | None
) -> Pause:
    """Stop a clock, where a provision of the regime lets it stop.

    Raises:
        TransitionRefused: no provision allows it, it is not running, or the day is not possible.
    """
    fresh, today = held(obligation), timezone.localdate(at)
    if provision is None:
        message = _("No provision lets this term stop: it runs on while an answer is awaited.")
        raise TransitionRefused([Problem(code="no-pause", message=message)])
    refuse([*not_running(fresh), *passed(fresh, today), *out_of_time(fresh, from_on, today)])
    row = Pause.objects.create(
        obligation=fresh,
        kind="pause",
        from_on=from_on,
        reason=reason,
        ground=provision.ground(),
        made_by=actor,
        made_at=at,
    )
    fresh.due_on = None
    fresh.arithmetic = [*fresh.arithmetic, standing_line(fresh, from_on).as_dict()]
    fresh.save(update_fields=["due_on", "arithmetic"])
    record(
        fresh_subject(fresh),
        "obligation.pause",
        actor=actor,
        at=at,
        reason=reason,
        grounds=[provision],
        data={"duty": fresh.code, "from": from_on.isoformat()},
    )
    return row


def standing_line(obligation: Obligation, from_on: date) -> Line:
    """How much of the term was used when its clock stopped."""
    if obligation.ground["unit"] != WORKING_DAYS:
        return Line(_("The clock stands since %(from)s"), **{"from": from_on})
    used = working_days_between(obligation.base_on, from_on)
    return Line(_("The clock stands since %(from)s: %(used)s working days had run"), **{"from": from_on, "used": used})


@transaction.atomic
def resume(
    obligation: Obligation, *, actor: User, at: datetime, to_on: date | None = None, reason: str = ""
) -> Obligation:
    """End the open pause; the new last day is counted from the base with all that was lost.

    Args:
        to_on: the day on which the clock runs on (today unless told): the true day where it is noticed later.

    Raises:
        TransitionRefused: no pause is open, it would end before it starts, or in the future.
    """
    fresh, today = held(obligation), timezone.localdate(at)
    row = fresh.pauses.select_for_update().filter(kind="pause", to_on__isnull=True).first()
    if row is None:
        raise TransitionRefused([Problem(code="not-paused", message=_("This term is not paused."))])
    day = to_on or today
    problems = []
    if day < row.from_on:
        message = _("The pause began on %(from)s; it cannot end before it starts.")
        problems.append(Problem("pause-ends-before-start", message, {"from": row.from_on}, field="to_on"))
    if day > today:
        problems.append(Problem("pause-in-future", _("A pause cannot end after today."), field="to_on"))
    refuse(problems)
    row.to_on = day
    row.save(update_fields=["to_on"])
    counted = counted_again(fresh)
    move(fresh, counted)
    record(
        fresh_subject(fresh),
        "obligation.resume",
        actor=actor,
        at=at,
        reason=reason,
        grounds=[row.ground],
        data={"duty": fresh.code, "to": day.isoformat(), "due": counted.due_on.isoformat(), "lost": counted.lost},
    )
    return fresh


@transaction.atomic
def extend(
    obligation: Obligation, *, days: int, actor: User, at: datetime, reason: str, provision: Provision | None
) -> Pause:
    """Lengthen a term by days of its own unit, once by one provision and by no more than that allows.

    Raises:
        TransitionRefused: no provision allows it, or not so much, or not again; or the term does not run.
    """
    fresh, today = held(obligation), timezone.localdate(at)
    if provision is None:
        message = _("No provision lets this term be lengthened.")
        raise TransitionRefused([Problem(code="no-extension", message=message)])
    problems = [*not_running(fresh), *passed(fresh, today)]
    if not 1 <= days <= provision.number:
        message = _("An extension is of 1 to %(most)s days.")
        problems.append(Problem("extension-too-long", message, {"most": provision.number}, "days", provision))
    earlier = fresh.pauses.filter(kind="extension", removed_at__isnull=True, ground__code=provision.code)
    if earlier.exists():
        message = _("This term has been lengthened already; the provision allows it once.")
        problems.append(Problem("extended-already", message, provision=provision))
    if not reason.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="reason"))
    refuse(problems)
    row = Pause.objects.create(
        obligation=fresh,
        kind="extension",
        from_on=fresh.due_on or today,
        days=days,
        reason=reason,
        ground=provision.ground(),
        made_by=actor,
        made_at=at,
    )
    counted = counted_again(fresh)
    row.to_on = counted.due_on
    row.save(update_fields=["to_on"])
    move(fresh, counted)
    data = {"duty": fresh.code, "days": days, "due": counted.due_on.isoformat()}
    record(fresh_subject(fresh), "obligation.extend", actor=actor, at=at, reason=reason, grounds=[provision], data=data)
    return row


@transaction.atomic
def remove_extension(extension: Pause, *, actor: User, at: datetime, reason: str) -> Obligation:
    """Take an extension back: the day is counted again as if it had never been. The row stays, marked.

    Raises:
        TransitionRefused: it holds no longer, or the term does not run.
    """
    fresh = held(extension.obligation)
    row = locked(extension)
    problems = not_running(fresh)
    if row.kind != "extension" or row.removed_at is not None:
        problems.append(Problem(code="no-extension", message=_("There is no extension to take back.")))
    if not reason.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="reason"))
    refuse(problems)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    counted = counted_again(fresh)
    Pause.objects.create(
        obligation=fresh,
        kind="recalculation",
        from_on=fresh.base_on,
        to_on=counted.due_on,
        reason=reason,
        ground=fresh.ground,
        made_by=actor,
        made_at=at,
    )
    move(fresh, counted)
    data = {"duty": fresh.code, "due": counted.due_on.isoformat()}
    record(
        fresh_subject(fresh),
        "obligation.recalculate",
        actor=actor,
        at=at,
        reason=reason,
        grounds=[fresh.ground],
        data=data,
    )
    return fresh
