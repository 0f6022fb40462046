"""Tasks and watching, as pages read them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.models import User
from licensing.models import Application, CaseTask
from licensing.views.terms import days_left, urgency

SHOWN = 50  # open tasks of a person that his page shows
SHOWN_DONE = 50  # done tasks of a case


def task_line(task: CaseTask, today: date) -> dict[str, Any]:
    return {
        "task": task,
        "days": days_left(task.due_on, today) if task.done_at is None else None,
        "urgency": urgency(task.due_on, today) if task.done_at is None else "",
    }


def open_tasks(user: User, people: Iterable[int], today: date) -> list[dict[str, Any]]:
    """What is asked of these people, the reader and those for whom he stands in, by its day: one query."""
    rows = CaseTask.objects.visible_to(user).open().filter(assignee__in=list(people))
    rows = rows.select_related("application", "assignee", "made_by").order_by("due_on", "id")
    return [task_line(task, today) for task in rows[:SHOWN]]


def case_tasks(application: Application, user: User, today: date) -> dict[str, Any]:
    """The tasks of one case: open ones by their day, then done ones, the newest first: two queries."""
    rows = CaseTask.objects.visible_to(user).filter(application=application)
    rows = rows.select_related("assignee", "made_by", "done_by")
    pending = rows.filter(done_at__isnull=True).order_by("due_on", "id")
    done = rows.filter(done_at__isnull=False).order_by("-done_at", "-id")[:SHOWN_DONE]
    return {
        "open_tasks": [task_line(task, today) for task in pending],
        "done_tasks": [task_line(task, today) for task in done],
    }
