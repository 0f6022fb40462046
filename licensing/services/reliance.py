"""Saying in a case that one relied on a clarification, and taking that back from a draft."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.services import record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, Clarification, ClarificationReliance

LIMIT = 20  # clarifications cited in one case, by either side
NOTE_LIMIT = 2_000


@transaction.atomic
def rely_on_clarification(
    application: Application,
    *,
    number: str,
    relied_on: date,
    actor: User,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> ClarificationReliance:
    """The applicant relied on a clarification on a day (in a draft, or with the answer to an open question); or an
    officer cites one in an open case.

    What was withdrawn or superseded since may be named for a day on which it stood.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: everything that is wrong, at once.
    """
    fresh = locked(application, version=version)
    require(actor, "licensing.review" if actor.is_official else "licensing.answer", fresh)
    found = Clarification.objects.visible_to(actor).signed().filter(number=number.strip().upper()).first()
    problems = [*place_problems(fresh, actor), *day_problems(found, relied_on, timezone.localdate(at))]
    if len(note) > NOTE_LIMIT:
        message = _("The text is longer than %(limit)s characters.")
        problems.append(Problem(code="text-too-long", message=message, params={"limit": NOTE_LIMIT}, field="note"))
    rows = ClarificationReliance.objects.filter(application=fresh, by_authority=actor.is_official)
    if found is not None and rows.filter(clarification=found).exists():
        message = _("Clarification %(number)s is named in this case already.")
        problems.append(
            Problem(code="relied-already", message=message, params={"number": found.number}, field="number")
        )
    if rows.count() >= LIMIT:
        message = _("The case names %(limit)s clarifications already.")
        problems.append(Problem(code="too-many-reliances", message=message, params={"limit": LIMIT}))
    if problems or found is None:
        raise TransitionRefused(problems)
    row = ClarificationReliance.objects.create(
        application=fresh,
        clarification=found,
        relied_on=relied_on,
        note=note.strip(),
        by_authority=actor.is_official,
        by=actor,
        at=at,
    )
    data = {"clarification": found.number, "on": relied_on.isoformat()}
    record(fresh, "application.cite" if actor.is_official else "application.rely", actor=actor, at=at, data=data)
    touch(fresh)
    return row


def place_problems(application: Application, actor: User) -> list[Problem]:
    """Whether the case takes it now."""
    if actor.is_official:
        if application.closed_at is None:
            return []
        return [Problem(code="case-ended", message=_("The case is not open."))]
    if application.state == Application.WORKFLOW.initial or application.open_questions():
        return []
    message = _("Reliance is said in a draft, or with the answer to an open question.")
    return [Problem(code="nothing-open", message=message)]


def day_problems(found: Clarification | None, relied_on: date, today: date) -> list[Problem]:
    """Whether there is such a clarification, and whether it stood on the day."""
    problems = []
    if relied_on > today:
        message = _("The day lies in the future.")
        problems.append(Problem(code="day-future", message=message, field="relied_on"))
    if found is None:
        message = _("There is no clarification with this number that you may see.")
        problems.append(Problem(code="clarification-unknown", message=message, field="number"))
    elif not found.stands_on(relied_on):
        message = _("Clarification %(number)s did not stand on %(on)s.")
        params = {"number": found.number, "on": relied_on}
        problems.append(Problem(code="clarification-not-standing", message=message, params=params, field="relied_on"))
    return problems


@transaction.atomic
def drop_reliance(
    reliance: ClarificationReliance, *, actor: User, at: datetime, version: int | None = None
) -> Application:
    """Take it back from one's own draft.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the case has been filed.
    """
    fresh = locked(reliance.application, version=version)
    require(actor, "licensing.edit", fresh)
    if fresh.state != Application.WORKFLOW.initial or reliance.by_authority:
        message = _("The application has been filed and cannot be edited.")
        raise TransitionRefused([Problem(code="not-a-draft", message=message)])
    number = reliance.clarification.number
    ClarificationReliance.objects.filter(pk=reliance.pk).delete()
    record(fresh, "application.rely_no_more", actor=actor, at=at, data={"clarification": number})
    touch(fresh)
    return fresh
