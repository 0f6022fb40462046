"""Terms: owed, met, swept. The day is computed by `law/` and stored with its arithmetic."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, User
from core.models.base import PARTY, Seen
from core.services.acts import record
from law.licensing import Due

SLICE = 200  # obligations the sweep takes in one transaction


#: What follows when a duty's day passes unmet.
OnOverdue = Callable[[Obligation, Event], None]
#: Whom to tell of a duty in a role ("" for the party that owes it) on a day, and the page that the message leads to.
Told = Callable[[Obligation, str, date], tuple[list[User], str]]


@dataclass(frozen=True, slots=True)
class Duty:
    """A kind of duty: what it is called (an English msgid), what follows when its day passes, who is told of it."""

    code: str
    label: str
    on_overdue: OnOverdue | None = None
    told: Told | None = None


_DUTIES: dict[str, Duty] = {}


def register_duty(code: str, label: str, on_overdue: OnOverdue | None = None, told: Told | None = None) -> None:
    """Declare a duty, from an AppConfig.ready(). A code is declared once.

    Raises:
        LookupError: another duty has the code.
    """
    if code in _DUTIES and _DUTIES[code].label != label:
        raise LookupError(f"duty {code} is declared twice")
    _DUTIES[code] = Duty(code, label, on_overdue, told)


def duties() -> Mapping[str, Duty]:
    return _DUTIES


def duty_label(code: str) -> str:
    """The msgid of a duty's name; the code itself for a duty no longer declared."""
    return _DUTIES[code].label if code in _DUTIES else code


def owe(
    subject: Any, dues: Mapping[str, Due], *, debtor: str, at: datetime, audience: str = PARTY, part: str = ""
) -> list[Obligation]:
    """Somebody owes something from now on; several terms may start with one act.

    Args:
        subject: what the duties hang on; gives authority, organisation and reference.
        dues: by the code of a registered duty, the day with its arithmetic and provision as `law/` computed it.
        debtor: Obligation.AUTHORITY, ORGANISATION or BODY.
        part: which of several, where the object may have more than one of a code: the body that is asked.

    Raises:
        LookupError: a duty is not registered.
    """
    return owe_each([(subject, dues)], debtor=debtor, at=at, audience=audience, part=part)


def owe_each(
    pairs: Iterable[tuple[Any, Mapping[str, Due]]], *, debtor: str, at: datetime, audience: str = PARTY, part: str = ""
) -> list[Obligation]:
    """The same for many objects at once, each with its terms: one statement. See `owe`."""
    pairs = list(pairs)
    if unknown := {code for _subject, dues in pairs for code in dues} - _DUTIES.keys():
        raise LookupError(f"duties not registered: {sorted(unknown)}")
    sights = [(subject, subject.sight(), dues) for subject, dues in pairs]
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
            part=part,
            debtor=debtor,
            base_on=due.base_on,
            due_on=due.due_on,
            arithmetic=[line.as_dict() for line in due.arithmetic],
            ground=due.provision.ground(),
            created_at=at,
        )
        for subject, sight, dues in sights
        for code, due in dues.items()
    )


def meet(subject: Any, *codes: str, at: datetime, part: str | None = None) -> int:
    """The duties of these codes on the object are met, all of them or those of one part. Returns how many were open."""
    rows = Obligation.objects.of(subject).open().filter(code__in=codes)
    if part is not None:
        rows = rows.filter(part=part)
    return rows.update(met_at=at)


def end_duties(subject: Any, *, at: datetime, codes: Iterable[str] | None = None) -> int:
    """The object's open duties are no longer owed (withdrawn, decided otherwise). Returns how many."""
    rows = Obligation.objects.of(subject).open()
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return rows.update(ended_at=at)


def fresh_subject(row: Seen) -> Any:
    """The object that a duty, a letter or another row of its kind hangs on."""
    return apps.get_model(row.subject_type)._base_manager.get(pk=row.subject_id)


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
    moved: set[tuple[str, int]] = set()  # what followed for an earlier row of these may have ended a later one
    for row in rows:
        key = (row.subject_type, row.subject_id)
        if key in moved and not passed.filter(pk=row.pk).exists():
            continue
        row.overdue_at = at
        row.save(update_fields=["overdue_at"])
        event = record(
            subjects[key],
            "obligation.overdue",
            actor=User.objects.system(),
            at=at,
            grounds=[row.ground],
            data={"duty": row.code, "due": str(row.due_on), **({"part": row.part} if row.part else {})},
        )
        duty = _DUTIES.get(row.code)
        if duty and duty.on_overdue:
            duty.on_overdue(row, event)
            moved.add(key)
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
