"""Tasks that officials give each other on a case, and watching a case."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.models.base import INTERNAL
from core.services import notify, record, require, taker
from core.services.acts import locked
from core.workflow import HEAD, INSPECTOR, OFFICER, TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, CaseTask, Watch
from licensing.models.watching import Watched
from licensing.services.review import in_progress

TASKS_LIMIT = 100  # open tasks of one case


@transaction.atomic
def add_task(application: Application, *, what: str, to: User, due_on: date, actor: User, at: datetime) -> CaseTask:
    """Ask a colleague to do something on a case by a day; for who is absent his deputy does it.

    Raises:
        PermissionDenied; TransitionRefused: the case has ended, nothing is said, the day has passed, or the colleague
            cannot work on the case; every fault at once.
    """
    case = in_progress(application, actor=actor)
    today = timezone.localdate(at)
    problems = []
    if not what.strip():
        problems.append(Problem(code="task-empty", message=_("Say what is to be done."), field="what"))
    if due_on < today:
        problems.append(
            Problem(
                code="task-past", message=_("The day by which it is to be done has passed already."), field="due_on"
            )
        )
    if to.authority_id != case.authority_id or to.role not in (OFFICER, HEAD, INSPECTOR) or not to.is_active:
        message = _("A task goes to an officer, head or inspector of the case's authority.")
        problems.append(Problem(code="task-taker", message=message, field="to"))
    if case.tasks.filter(done_at__isnull=True).count() >= TASKS_LIMIT:
        message = _("The case has %(limit)s open tasks already.")
        problems.append(Problem(code="too-many-tasks", message=message, params={"limit": TASKS_LIMIT}))
    if problems:
        raise TransitionRefused(problems)
    holder = taker(to, on=today)[0] or to
    task = CaseTask.objects.create(
        application=case, what=what, assignee=holder, due_on=due_on, made_by=actor, made_at=at
    )
    facts = {"task": task.pk, "to": holder.pk, **({"for": to.pk} if holder != to else {})}
    event = record(case, "application.task", actor=actor, at=at, audience=INTERNAL, data=facts)
    told = {"reference": case.reference, "due": due_on.isoformat()}
    notify(event, {holder} - {actor}, "task_given", told, path=f"/cases/{case.reference}/?tab=tasks", at=at)
    return task


@transaction.atomic
def finish_task(task: CaseTask, *, actor: User, at: datetime) -> CaseTask:
    """The task is done; who gave it is told.

    Raises:
        PermissionDenied: he neither works on the case nor is it his task.
        TransitionRefused: it is done already.
    """
    case = locked(task.application)
    row = locked(task)
    if actor.pk != row.assignee_id or actor.authority_id != case.authority_id:
        require(actor, "licensing.review", case)
    if row.done_at is not None:
        raise TransitionRefused([Problem(code="task-done", message=_("This task is done already."))])
    row.done_by, row.done_at = actor, at
    row.save(update_fields=["done_by", "done_at"])
    event = record(case, "application.task_done", actor=actor, at=at, audience=INTERNAL, data={"task": row.pk})
    path = f"/cases/{case.reference}/?tab=tasks"
    notify(event, {row.made_by} - {actor}, "task_done", {"reference": case.reference}, path=path, at=at)
    return row


def watch_case(case: Watched, *, actor: User, at: datetime) -> Watch:
    """Be told of every change of the case's state from now on. Doing it twice changes nothing.

    Raises:
        PermissionDenied: he is no official who reads the case.
    """
    require(actor, "licensing.watch", case)
    key = {"subject_type": case._meta.label_lower, "subject_id": case.pk, "user": actor}
    return Watch.objects.get_or_create(**key, defaults={"since": at})[0]


def unwatch_case(case: Watched, *, actor: User, at: datetime) -> None:
    """Be told no longer."""
    require(actor, "licensing.watch", case)
    Watch.objects.of(case).filter(user=actor).delete()
