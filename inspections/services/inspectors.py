"""Inspectors: who goes on inspections, from which region, for how many working days of a month."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from core.models import Authority, User
from core.models.base import INTERNAL
from core.regions import REGIONS
from core.services import record, require
from core.services.acts import locked
from core.workflow import HEAD, INSPECTOR, OFFICER, TransitionRefused
from inspections.models import Inspector
from law.problems import Problem, _

MOST_DAYS = 23  # no month has more working days; the database holds to it
POST_LENGTH = 200
ROLES = (INSPECTOR, OFFICER, HEAD)


@transaction.atomic
def enter_inspector(
    person: User,
    *,
    post: str,
    region: str,
    days_a_month: int,
    from_on: date,
    to_on: date | None = None,
    actor: User,
    at: datetime,
) -> Inspector:
    """From a day on this official goes on inspections.

    Raises:
        PermissionDenied; TransitionRefused: he is of another authority, has no such role, is one already, or something
            is out of bounds; every fault at once.
    """
    row = Inspector(person=person, authority=actor.authority, from_on=from_on, to_on=to_on)
    row.post, row.region, row.days_a_month = post.strip(), region, days_a_month
    require(actor, "inspections.manage_inspectors", row)
    if actor.authority is not None:
        locked(actor.authority)
    problems = [*unfit_person(person, actor.authority), *out_of_bounds(row)]
    if problems:
        raise TransitionRefused(problems)
    row.save()
    record(row, "inspector.enter", actor=actor, at=at, audience=INTERNAL, data=facts(row))
    return row


@transaction.atomic
def change_inspector(
    inspector: Inspector,
    *,
    post: str,
    region: str,
    days_a_month: int,
    from_on: date,
    to_on: date | None,
    actor: User,
    at: datetime,
) -> Inspector:
    """Change what plans reckon with. Plans that were formed keep what they were formed with.

    Raises:
        PermissionDenied; TransitionRefused: something is out of bounds; every fault at once.
    """
    row = locked(inspector)
    require(actor, "inspections.manage_inspectors", row)
    before = facts(row)
    row.post, row.region, row.days_a_month = post.strip(), region, days_a_month
    row.from_on, row.to_on = from_on, to_on
    if problems := out_of_bounds(row):
        raise TransitionRefused(problems)
    now = facts(row)
    changed = {name: [before[name], value] for name, value in now.items() if before[name] != value}
    row.save()
    record(row, "inspector.change", actor=actor, at=at, audience=INTERNAL, data={"person": row.person_id, **changed})
    return row


def facts(row: Inspector) -> dict[str, Any]:
    return {
        "person": row.person_id,
        "region": row.region,
        "days": row.days_a_month,
        "from": row.from_on.isoformat(),
        "to": row.to_on.isoformat() if row.to_on else None,
    }


def unfit_person(person: User, authority: Authority | None) -> list[Problem]:
    """Why somebody cannot be an inspector of this authority."""
    if authority is None or person.authority_id != authority.pk or person.role not in ROLES or not person.is_active:
        message = _("An inspector is an inspector, officer or head of the authority whose account is open.")
        return [Problem("inspector-unfit", message, field="person")]
    if Inspector.objects.filter(person=person).exists():
        return [Problem("inspector-twice", _("He is entered as an inspector already."), field="person")]
    return []


def out_of_bounds(row: Inspector) -> list[Problem]:
    """What of the entry is empty, too long, unknown or out of order."""
    found = []
    if not row.post or len(row.post) > POST_LENGTH:
        message = _("Name the post in at most %(most)s characters.")
        found.append(Problem("inspector-post", message, {"most": POST_LENGTH}, field="post"))
    if row.region not in REGIONS:
        found.append(Problem("inspector-region", _("There is no such region."), field="region"))
    if not 1 <= row.days_a_month <= MOST_DAYS:
        message = _("From 1 to %(most)s working days a month.")
        found.append(Problem("inspector-days", message, {"most": MOST_DAYS}, field="days_a_month"))
    if row.to_on is not None and row.to_on < row.from_on:
        found.append(Problem("inspector-order", _("The last day lies before the first."), field="to_on"))
    return found
