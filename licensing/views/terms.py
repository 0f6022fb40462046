"""Terms as pages show them: how many working days are left, how much of the term is used, what it rests on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from core.models import Obligation
from core.services import duty_label
from law.calendar import working_days_between

SOON = 3  # working days left from which a term is marked


def days_left(due_on: date | None, today: date) -> int | None:
    """Working days from today to the due day, that day included; negative when it has passed; None without a day."""
    if due_on is None:
        return None
    if due_on >= today:
        return working_days_between(today, due_on)
    return -max(working_days_between(due_on, today), 1)


def urgency(due_on: date | None, today: date, *, timed: bool = True) -> str:
    """overdue, due_today, due_soon, running, paused, untimed where no term is known: codes of the palette."""
    left = days_left(due_on, today)
    if due_on is None or left is None:
        return "paused" if timed else "untimed"
    if left < 0:
        return "overdue"
    if due_on == today:
        return "due_today"
    return "due_soon" if left <= SOON else "running"


def term_row(row: Obligation, today: date, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One obligation for components/obligation.html.

    Args:
        names: of the bodies that duties name as their part.
    """
    met = row.met_at
    if met is not None:
        late = row.due_on is not None and timezone.localdate(met) > row.due_on
        state = "met_late" if late else "met"
    else:
        state = urgency(row.due_on, today)
        if row.ended_at:
            state = "passed" if row.overdue_at else "lifted"
    percent = None
    if row.due_on is not None and met is None and not row.ended_at:
        whole = max(working_days_between(row.base_on, row.due_on), 1)
        percent = min(100, round(100 * working_days_between(row.base_on, today) / whole))
    return {
        "title": duty_title(row, names or {}),
        "code": row.code,
        "due_on": row.due_on,
        "state": state,
        "days_left": days_left(row.due_on, today),
        "percent": percent,
        "arithmetic": row.arithmetic,
        "met_at": met,
        "open": met is None and row.ended_at is None,
        "ground": row.ground,
    }


def duty_title(row: Obligation, names: Mapping[str, str]) -> str:
    """What is owed, and by or of which body where there are several."""
    said = gettext(duty_label(row.code))
    return f"{said}: {names.get(row.part, row.part)}" if row.part else said


def term_rows(rows: Iterable[Obligation], today: date, names: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Open terms first, by their day; then what is done."""
    ordered = sorted(rows, key=lambda row: (bool(row.met_at or row.ended_at), row.due_on or date.max, row.pk))
    return [term_row(row, today, names) for row in ordered]
