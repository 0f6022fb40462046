"""The visit before a permit (Law 202-V 51(2)): only where the kind names the act that prescribes it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.services import record, touch
from core.workflow import TransitionRefused
from law.problems import Problem, _
from law.provisions import NotInForce, Provision, provision
from licensing.models import Application, Visit
from licensing.services.review import in_progress

RULE = "permit.previsit"


def rule_on(on: date) -> Provision | None:
    try:
        return provision(RULE, on)
    except NotInForce:
        return None


@transaction.atomic
def conclude_visit(
    application: Application, *, visited_on: date, fits: bool, text: str, actor: User, at: datetime
) -> Visit:
    """Enter what a visit found. Who enters it does not decide; without a conclusion nobody does.

    Raises:
        PermissionDenied; TransitionRefused: the case is not open, no visit is prescribed, the day is not between the
            filing and today, or no words.
    """
    fresh = in_progress(application, actor=actor, permission="licensing.conclude_visit")
    today, problems = timezone.localdate(at), []
    if not fresh.needs_visit:
        message = _("A visit is paid only where the requirements act prescribes it; for this kind none is known.")
        problems.append(Problem(code="visit-not-prescribed", message=message, provision=rule_on(fresh.day(today))))
    if visited_on > today or (fresh.filed_on is not None and visited_on < fresh.filed_on):
        message = _("The day of the visit lies between the filing and today.")
        problems.append(Problem(code="visit-day", message=message, field="visited_on"))
    if not text.strip():
        problems.append(Problem(code="visit-words", message=_("Say what the visit found."), field="text"))
    if problems:
        raise TransitionRefused(problems)
    made = Visit.objects.create(
        application=fresh, visited_on=visited_on, fits=fits, text=text.strip(), made_by=actor, made_at=at
    )
    touch(fresh)
    found = rule_on(fresh.day(today))
    facts = {"visited_on": visited_on.isoformat(), "fits": fits}
    record(fresh, "application.visit", actor=actor, at=at, grounds=[found] if found else (), data=facts)
    return made
