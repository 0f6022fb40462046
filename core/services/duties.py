"""Terms: owed, met, paused, swept. The day is computed by `law/` and stored with its arithmetic."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, Pause, User
from core.models.base import PARTY
from core.services.acts import locked, record
from core.workflow import TransitionRefused
from law.licensing import Due
from law.problems import Problem, _
from law.provisions import Provision

SLICE = 200  # obligations the sweep takes in one transaction


@dataclass(frozen=True, slots=True)
class Duty:
    """A kind of duty: what it is called (an English msgid), and what follows when its day passes unmet."""

    code: str
    label: str
    on_overdue: Callable[[Obligation, Event], None] | None = None


_DUTIES: dict[str, Duty] = {}


def register_duty(code: str, label: str, on_overdue: Callable[[Obligation, Event], None] | None = None) -> None:
    """Declare a duty, from an AppConfig.ready(). A code is declared once.

    Raises:
        LookupError: another duty has the code.
    """
    if code in _DUTIES and _DUTIES[code].label != label:
        raise LookupError(f"duty {code} is declared twice")
    _DUTIES[code] = Duty(code, label, on_overdue)


def duties() -> Mapping[str, Duty]:
    return _DUTIES


def duty_label(code: str) -> str:
    """The msgid of a duty's name; the code itself for a duty no longer declared."""
    return _DUTIES[code].label if code in _DUTIES else code


def owe(subject: Any, dues: Mapping[str, Due], *, debtor: str, at: datetime, audience: str = PARTY) -> list[Obligation]:
    """Somebody owes something from now on; several terms may start with one act.

    Args:
        subject: what the duties hang on; gives authority, organisation and reference.
        dues: by the code of a registered duty, the day with its arithmetic and provision as `law/` computed it.
        debtor: Obligation.AUTHORITY, ORGANISATION or BODY.

    Raises:
        LookupError: a duty is not registered.
    """
    if unknown := dues.keys() - _DUTIES.keys():
        raise LookupError(f"duties not registered: {sorted(unknown)}")
    sight = subject.sight()
    return Obligation.objects.bulk_create(
        Obligation(
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            authority_id=sight.authority_id,
            organisation_id=sight.organisation_id,
            reference=sight.reference,
            title=sight.title,
            audience=audience,
            code=code,
            debtor=debtor,
            base_on=due.base_on,
            due_on=due.due_on,
            arithmetic=[line.as_dict() for line in due.arithmetic],
            ground=due.provision.ground(),
            created_at=at,
        )
        for code, due in dues.items()
    )


def meet(subject: Any, *codes: str, at: datetime) -> int:
    """The duties of these codes on the object are met. Returns how many were open."""
    return Obligation.objects.of(subject).open().filter(code__in=codes).update(met_at=at)


def end_duties(subject: Any, *, at: datetime, codes: Iterable[str] | None = None) -> int:
    """The object's open duties are no longer owed (withdrawn, decided otherwise). Returns how many."""
    rows = Obligation.objects.of(subject).open()
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return rows.update(ended_at=at)


@transaction.atomic
def pause(
    obligation: Obligation, *, actor: User, at: datetime, from_on: date, reason: str, provision: Provision | None
) -> Pause:
    """Stop a clock, where a provision of the regime lets it stop.

    Raises:
        TransitionRefused: no provision allows it, or it is not running.
    """
    locked(fresh_subject(obligation))  # first, as every act does
    fresh = locked(obligation)
    if provision is None:
        raise TransitionRefused(
            [
                Problem(
                    code="no-pause",
                    message=_("No provision lets this term stop: it runs on while an answer is awaited."),
                )
            ]
        )
    if fresh.met_at or fresh.ended_at or fresh.due_on is None:
        raise TransitionRefused([Problem(code="term-not-running", message=_("This term is not running."))])
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
    fresh.save(update_fields=["due_on"])
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


@transaction.atomic
def resume(obligation: Obligation, *, actor: User, at: datetime, due: Due) -> Obligation:
    """End the open pause; the new day comes from `law/` with its own arithmetic, which is added to the stored lines."""
    locked(fresh_subject(obligation))
    fresh = locked(obligation)
    row = fresh.pauses.select_for_update().get(kind="pause", to_on__isnull=True)
    row.to_on = timezone.localdate(at)
    row.save(update_fields=["to_on"])
    fresh.due_on = due.due_on
    fresh.arithmetic = [*fresh.arithmetic, *(line.as_dict() for line in due.arithmetic)]
    fresh.save(update_fields=["due_on", "arithmetic"])
    record(
        fresh_subject(fresh),
        "obligation.resume",
        actor=actor,
        at=at,
        grounds=[due.provision],
        data={"duty": fresh.code, "due": due.due_on.isoformat()},
    )
    return fresh


def fresh_subject(obligation: Obligation) -> Any:
    """The object that a duty hangs on."""
    return apps.get_model(obligation.subject_type)._base_manager.get(pk=obligation.subject_id)


def sweep_duties(*, at: datetime) -> int:
    """Find every open duty whose day has passed, once: record it and do what its kind says. Returns how many.

    Safe to run twice and beside another sweep and any act: it locks what the duty hangs on first, as every act does,
    and leaves to the next sweep what somebody is working on. After days of stop it catches up, and the event keeps the
    day on which the duty really fell due.
    """
    found, today = 0, timezone.localdate(at)
    while rows := _sweep_slice(today, at):
        found += rows
    return found


@transaction.atomic
def _sweep_slice(today: date, at: datetime) -> int:
    passed = Obligation.objects.open().filter(overdue_at__isnull=True, due_on__lt=today).order_by("due_on", "id")
    found = list(passed.values_list("pk", "subject_type", "subject_id")[:SLICE])
    subjects = _lock_subjects((label, pk) for _row, label, pk in found)
    mine = [row for row, label, pk in found if (label, pk) in subjects]
    rows = list(passed.filter(pk__in=mine).select_for_update())
    for row in rows:
        row.overdue_at = at
        row.save(update_fields=["overdue_at"])
        event = record(
            subjects[row.subject_type, row.subject_id],
            "obligation.overdue",
            actor=User.objects.system(),
            at=at,
            grounds=[row.ground],
            data={"duty": row.code, "due": str(row.due_on)},
        )
        duty = _DUTIES.get(row.code)
        if duty and duty.on_overdue:
            duty.on_overdue(row, event)
    return len(rows)


def _lock_subjects(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """The objects with these (model label, id), under row locks; those that others hold are left out."""
    ids: dict[str, set[int]] = {}
    for label, pk in keys:
        ids.setdefault(label, set()).add(pk)
    return {
        (label, subject.pk): subject
        for label in sorted(ids)
        for subject in apps.get_model(label)
        ._base_manager.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .filter(pk__in=ids[label])
        .order_by("pk")
    }
