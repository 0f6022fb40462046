"""What may change after the act of appointment: one extension, by one of three reasons, and the team, by a decision."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.models.base import INTERNAL, PARTY
from core.services import record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import Inspection, TeamMember
from inspections.services import papers
from inspections.services.drafts import LONGEST, Named, person_faults
from inspections.services.opening import choice_faults, last_event, tell_subject, tell_team
from inspections.services.terms import keep_terms
from law.inspections import blockers_at
from law.inspections.durations import EXTENSION_REASONS, extension_needs_notice
from law.problems import Problem, _
from licensing.services.numbers import next_in

ACTS = "IX"  # acts of extension: IX-2026-00001
CHANGING = ("appointed", "registered", "running")


def not_running(row: Inspection) -> list[Problem]:
    if row.state == "running":
        return []
    return [Problem("not-running", _("Only an inspection under way is extended."))]


@transaction.atomic
def extend_inspection(
    inspection: Inspection,
    *,
    reason: str,
    extended_to: date,
    actor: User,
    at: datetime,
    noticed_on: date | None = None,
    version: int | None = None,
) -> Inspection:
    """A head signs the act of extension; the subject is told unless a person is being looked for.

    Args:
        reason: of `EXTENSION_REASONS`.
        noticed_on: the day on which the subject was told otherwise than here; today where not given.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: not under way, no lawful reason, too long, a second time or
            too late (B9, B17), or anything else that stands against the inspection.
    """
    row, today = locked(inspection, version=version), timezone.localdate(at)
    require(actor, "inspections.appoint", row)
    problems = not_running(row) + choice_faults("reason", reason, EXTENSION_REASONS)
    if row.extension_number:
        problems.append(Problem("B17", _("An inspection is extended once only."), field="reason"))
    if row.end_on is not None and extended_to <= row.end_on:
        problems.append(Problem("extension-day", _("The new last day lies after the first one."), field="extended_to"))
    if noticed_on is not None and noticed_on > today:
        problems.append(Problem("extension-notice", _("The day is still to come."), field="noticed_on"))
    if problems:
        raise TransitionRefused(problems)
    told = (noticed_on or today) if extension_needs_notice(reason) else None
    fields: dict[str, Any] = {
        "extended_to": extended_to,
        "extension_reason": reason,
        "extension_number": next_in(f"{ACTS}-{today.year}"),
        "extension_act_on": today,
        "extension_signed_by": actor,
        "extension_noticed_on": told,
    }
    for field, value in fields.items():
        setattr(row, field, value)
    if problems := blockers_at("extend", replace(row.plan(today), extension_registered=None), today):
        raise TransitionRefused(problems)
    touch(row, fields=fields)
    record(row, "inspection.extend", actor=actor, at=at, data={"to": extended_to.isoformat(), "reason": reason})
    keep_terms(row, at=at)
    for kind in (papers.EXTENSION, *([papers.EXTENSION_NOTICE] if told else [])):
        papers.write(row, kind, actor=actor, at=at)
    tell_team(last_event(row), row, at=at)
    return row


@transaction.atomic
def register_extension(
    inspection: Inspection, *, number: str, registered_on: date, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Enter that legal statistics registered the act of extension, by its receipt.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing to register, no number, or a day that cannot be.
    """
    row, today = locked(inspection, version=version), timezone.localdate(at)
    require(actor, "inspections.prepare", row)
    problems = []
    if not row.extension_number or row.extension_act_on is None or row.extension_registered_on is not None:
        problems.append(Problem("extension-none", _("There is no act of extension that waits for its registration.")))
    elif not row.extension_act_on <= registered_on <= today:
        message = _("The day lies between the signature of the act and today.")
        problems.append(Problem("registration-day", message, field="registered_on"))
    if not number.strip() or len(number.strip()) > 60:
        problems.append(Problem("registration-number", _("Give the number of the registration."), field="number"))
    if problems:
        raise TransitionRefused(problems)
    row.extension_registration, row.extension_registered_on = number.strip(), registered_on
    touch(row, fields=("extension_registration", "extension_registered_on"))
    record(row, "inspection.register_extension", actor=actor, at=at)
    keep_terms(row, at=at)
    return row


@transaction.atomic
def change_team(
    inspection: Inspection,
    *,
    joins: Iterable[Named] = (),
    leaves: Iterable[User] = (),
    reason: str,
    joined_on: date,
    told_statistics_on: date,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Inspection:
    """A head changes the team by a decision. The subject is told here, today; legal statistics were told on a day.

    Args:
        joined_on: the first day of who joins; whoever leaves does so today.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no act yet, nobody changes, nobody or not one leads, or it is
        told too late (B16).
    """
    row, today = locked(inspection, version=version), timezone.localdate(at)
    require(actor, "inspections.appoint", row)
    new, old = list(joins), {one.pk for one in leaves}
    if problems := change_faults(row, new, old, reason, joined_on=joined_on, told=told_statistics_on, today=today):
        raise TransitionRefused(problems)
    said = {"reason": reason.strip()}
    row.team.standing().filter(person__in=old).update(left_on=today, **said)
    days = {"joined_on": joined_on, "told_subject_on": today, "told_statistics_on": told_statistics_on}
    TeamMember.objects.bulk_create(
        TeamMember(inspection=row, person=one.person, post=one.post.strip(), leads=one.leads, **days, **said)
        for one in new
    )
    if row.team.standing().filter(leads=True).count() != 1:
        raise TransitionRefused([Problem("team-leader", _("Name who leads the team from now on."), field="leads")])
    if problems := [one for one in blockers_at("work", row.plan(today), today) if one.code == "B16"]:
        raise TransitionRefused(problems)
    touch(row)
    audience = PARTY if row.told_at else INTERNAL
    data = {"joined": len(new), "left": len(old)}
    event = record(row, "inspection.change_team", actor=actor, at=at, audience=audience, data=data)
    papers.write(row, papers.TEAM, actor=actor, at=at)
    if row.told_at:
        tell_subject(event, row, at=at)
    tell_team(event, row, at=at)
    return row


def change_faults(
    row: Inspection, new: list[Named], old: set[int], reason: str, *, joined_on: date, told: date, today: date
) -> list[Problem]:
    """Before the act the team is named by the draft; afterwards somebody comes or goes, for a reason."""
    found = [problem for one in new for problem in person_faults(row, one)]
    standing = set(row.team.standing().values_list("person_id", flat=True))
    if row.state not in CHANGING:
        found.append(Problem("team-state", _("The team is changed by a decision after the act and before the result.")))
    if not new and not old:
        found.append(Problem("team-unchanged", _("Name who joins or who leaves."), field="joins"))
    if {one.person.pk for one in new} & standing or len({one.person.pk for one in new}) != len(new):
        found.append(Problem("team-twice", _("Who joins is not on the team yet."), field="joins"))
    if old - standing:
        found.append(Problem("team-stranger", _("Who leaves is on the team now."), field="leaves"))
    if not reason.strip() or len(reason) > LONGEST:
        found.append(Problem("team-reason", _("Give the reason."), field="reason"))
    if joined_on < today:
        found.append(Problem("team-day", _("Nobody joins before the decision."), field="joined_on"))
    if told > today:
        found.append(Problem("team-told", _("The day is still to come."), field="told_statistics_on"))
    return found
