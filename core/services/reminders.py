"""Reminders of terms: before the day to who owes, after it up the ladder: officer, head, administrator.

Each step is one row, unique by (duty, working days, due day): a re-run repeats none, a moved day starts anew. How many
days before and after is a setting of ours, not law.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core.models import Obligation, Reminder
from core.services.duties import duties
from core.services.letters import notify, reminder_key
from core.workflow import OFFICER
from law.calendar import add_working_days, working_day_back

SLICE = 200


@dataclass(frozen=True, slots=True)
class Step:
    """`days` working days before the due day (below zero: after it), told to a role."""

    days: int
    to: str


def steps() -> Iterator[Step]:
    """The nearest warning first, then the ladder from its foot."""
    for days in sorted(settings.TERM_WARNINGS):
        yield Step(days, OFFICER)
    for role, days in sorted(settings.TERM_CLIMB.items(), key=lambda one: int(one[1])):
        yield Step(-days, role)


def remind_duties(*, at: datetime) -> int:
    """Take every step whose day has come, each once. Returns how many. Safe to run twice and beside another run.

    After days of stop only the nearest warning is sent, and every step of the ladder that was missed.
    """
    today, taken = timezone.localdate(at), 0
    for step in steps():
        for rows in due_for(step, today):
            while done := _take(step, rows, at):
                taken += done
    return taken


def due_for(step: Step, today: date) -> Iterator[QuerySet[Obligation]]:
    """The open duties for which a step's day has come and that have not had it, in the order of their days."""
    rows = Obligation.objects.open().order_by("due_on", "id")
    had = Reminder.objects.filter(obligation=OuterRef("pk"), due_on=OuterRef("due_on"))
    if step.days < 0:
        yield rows.filter(~Exists(had.filter(days=step.days)), due_on__lt=working_day_back(today, -step.days))
        return
    had = had.filter(days__gt=0, days__lte=step.days)  # a nearer warning makes the earlier one idle
    last = add_working_days(today, step.days)
    for number in range((last - today).days + 1):
        due_on = today + timedelta(days=number)
        # A term that is no longer than the warning would be warned of on its first day: not worth a letter.
        begun = working_day_back(due_on, step.days + 1)
        yield rows.filter(~Exists(had), due_on=due_on, base_on__lt=begun)


@transaction.atomic
def _take(step: Step, rows: QuerySet[Obligation], at: datetime) -> int:
    """One slice. Who is working on a duty is left to the next run."""
    found = list(rows.select_for_update(skip_locked=True, of=("self",))[:SLICE])
    Reminder.objects.bulk_create(
        [
            Reminder(obligation=row, days=step.days, due_on=row.due_on, to=step.to, at=at)
            for row in found
            if row.due_on is not None
        ],
        ignore_conflicts=True,
    )
    for row in found:
        tell(row, step, at=at)
    return len(found)


def tell(row: Obligation, step: Step, *, at: datetime) -> None:
    """The message of a step, to whom the duty's own declaration names."""
    duty = duties().get(row.code)
    if duty is None or duty.told is None:
        return
    owes_itself = step.days > 0 and row.debtor == Obligation.ORGANISATION
    people, path = duty.told(row, "" if owes_itself else step.to, timezone.localdate(at))
    template = "term_warning" if step.days > 0 else "term_overdue"
    facts = {"reference": row.reference, "duty": row.code, "due": str(row.due_on)}
    notify(None, people, template, facts, path=path, at=at, key=reminder_key(row, step.days))
