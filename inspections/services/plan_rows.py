"""Rows of a plan that is being made: moved to another day or person, taken out. What a move would break, before it."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from core.models import User
from core.models.base import INTERNAL
from core.services import record, require
from core.services.acts import locked, touch
from core.workflow import TransitionRefused
from inspections.models import ControlPlan, PlanEntry
from inspections.services.planning.choosing import TRAVEL, around
from inspections.services.planning.facts import Candidate, Refused, Settings, said, settings_of
from inspections.services.planning.forming import first_version
from inspections.services.planning.judging import Lawful, judge, law_plan
from inspections.services.planning.room import House, Room
from law.calendar import is_working_day
from law.inspections import Mode, blockers_at
from law.problems import Problem, _
from law.provisions import provision

ROW = ("place", "subject_id", "object_id", "from_on", "to_on", "start_on", "working_days", "lead_id", "risk", "points")


def digest_of_plan(plan: ControlPlan) -> str:
    """Over its rows as they are now; of a plan that nobody changed, the digest that it was formed with."""
    total = sha256()
    for row in plan.entries.order_by("place").values_list(*ROW).iterator(chunk_size=1_000):
        total.update("|".join(str(part) for part in row).encode() + b"\n")
    return total.hexdigest()


def settings_kept(plan: ControlPlan) -> Settings:
    return settings_of(plan.settings, plan=plan.plan, year=plan.year, mode=plan.mode)


def move_problems(entry: PlanEntry, *, start_on: date, lead: User | None) -> list[Problem]:
    """What a move would break: the law's bounds, and the room of who is to go. Reads, writes nothing."""
    plan = entry.plan
    settings = settings_kept(plan)
    if not settings.period[0] <= start_on <= settings.period[1] or not is_working_day(start_on):
        message = _("%(day)s is no working day of the period of the plan.")
        return [Problem("move-day", message, {"day": start_on}, field="start_on")]
    house = House(settings)
    found = law_problems(entry, settings, house, start_on)
    room = next((one for one in house.rooms if lead is not None and one.going.person == lead.pk), None)
    if room is None:
        found.append(Problem("move-lead", _("He is no inspector that this plan reckons with."), field="lead"))
        return found
    return [*found, *room_problems(entry, house, room, start_on)]


def law_problems(entry: PlanEntry, settings: Settings, house: House, start_on: date) -> list[Problem]:
    """Too early or too late by the rules of planning, and every blocker of an entry with this start."""
    origin = first_version(entry.plan)
    kept: Any = origin.candidates.filter(subject=entry.subject_id).first()
    if kept is None:
        return []
    one = Candidate(kept.subject_id, kept.place, kept.risk, str(kept.points), kept.facts)
    lawful = judge(one, settings)
    if isinstance(lawful, Refused):
        return [Problem("move-unlawful", _("It may not be planned at all any more."), field="start_on")]
    found = []
    if start_on < lawful.earliest:
        message = _("It may start on %(day)s at the earliest.")
        found.append(Problem("move-early", message, {"day": lawful.earliest}, field="start_on"))
    if start_on > lawful.latest:
        message = _("So that it ends within its period it starts on %(day)s at the latest.")
        found.append(Problem("move-late", message, {"day": lawful.latest}, field="start_on"))
        return found
    facts = law_plan(
        one, lawful, settings, start_on=start_on, period=period_of(house, lawful, settings, start_on),
        chosen=entry.plan.chosen,
    )  # fmt: skip
    return found + [p for p in blockers_at("plan", facts, settings.on) if not (found and p.code in ("B5", "B11"))]


def period_of(house: House, lawful: Lawful, settings: Settings, start_on: date) -> tuple[date, date]:
    """The period of an entry that starts then."""
    if lawful.period != settings.period:
        return lawful.period
    place = house.calendar.place(start_on)
    last = min(place + lawful.days, len(house.calendar.days)) - 1
    return around(start_on, house.calendar.days[last], settings.period)


def room_problems(entry: PlanEntry, house: House, room: Room, start_on: date) -> list[Problem]:
    """Away, on another inspection, or more days of a month than he has."""
    region = entry.object.region if entry.object else ""
    travel = TRAVEL if region and region != room.going.region else 0
    whole, first = travel + entry.working_days, house.calendar.place(start_on) - travel
    if first < 0 or first + whole > len(house.calendar.days):
        return [Problem("move-period", _("It does not fit the period with its days of travel."), field="start_on")]
    if not all(room.free[first : first + whole]):
        return [Problem("move-away", _("He is away on one of these days."), field="lead")]
    found = []
    others = entry.plan.entries.filter(lead=room.going.person).exclude(pk=entry.pk).select_related("object", "subject")
    for other in others:
        far = TRAVEL if other.object and other.object.region not in ("", room.going.region) else 0
        far = min(far, house.calendar.place(other.start_on))
        start = house.calendar.place(other.start_on) - far
        if start < first + whole and first < start + far + other.working_days:
            message = _("He is then on place %(place)s, from %(day)s.")
            found.append(Problem("move-busy", message, {"place": other.place, "day": other.start_on}, field="lead"))
        room.take(start + far, other.working_days, far)
    for month, days in house.calendar.share(first, whole).items():
        if days > room.left[month]:
            message = _("%(month)s: %(days)s days are needed, %(left)s of his days are left.")
            params = {"month": f"{month[1]:02d}.{month[0]}", "days": days, "left": max(room.left[month], 0)}
            found.append(Problem("move-month", message, params, field="lead"))
    return found


@transaction.atomic
def move_entry(
    entry: PlanEntry, *, start_on: date, lead: User, actor: User, at: datetime, version: int | None = None
) -> PlanEntry:
    """Another start, another inspector, or both; the row says so.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the plan is past changing, or what the move would break.
    """
    plan, row = changing(entry, actor, version)
    if problems := move_problems(row, start_on=start_on, lead=lead):
        raise TransitionRefused(problems)
    before = {"start": row.start_on.isoformat(), "lead": row.lead_id}
    text = _("Moved by an official from %(before)s to %(start)s.")
    row.why = [*row.why, said(text, before=row.start_on, start=start_on)]
    if not row.from_on <= start_on <= row.to_on:
        house = House(settings_kept(plan))
        place = house.calendar.place(start_on)
        last = house.calendar.days[place + row.working_days - 1]
        row.from_on, row.to_on = around(start_on, last, settings_kept(plan).period)
    row.start_on, row.lead = start_on, lead
    row.save(update_fields=["why", "from_on", "to_on", "start_on", "lead"])
    counted(plan, actor, at, {"place": row.place, "before": before, "start": start_on.isoformat(), "lead": lead.pk})
    return row


@transaction.atomic
def take_out(entry: PlanEntry, *, reason: str, actor: User, at: datetime, version: int | None = None) -> ControlPlan:
    """A subject leaves a version that is being made. Whom the automated system chose stays in its first version.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the plan is past changing, or no reason is given.
    """
    from inspections.services.plans import worded  # which needs the digest of this module

    plan, row = changing(entry, actor, version)
    text = worded(reason)
    if plan.mode == Mode.AUTOMATED and plan.previous is None:
        message = _("The automated system chooses; an official takes nobody out before it is published.")
        rule = provision("EK-MODE-RAMS", plan.created_at.date())
        raise TransitionRefused([Problem("plan-automated", message, field="reason", provision=rule)])
    place, subject = row.place, row.subject_id
    row.delete()
    counted(plan, actor, at, {"place": place, "out": subject}, text)
    return plan


def changing(entry: PlanEntry, actor: User, version: int | None) -> tuple[ControlPlan, PlanEntry]:
    """The plan under its lock and the row as it is now, while the plan may be changed."""
    plan = locked(entry.plan, version=version)
    require(actor, "inspections.keep_plans", plan)
    if plan.state != "formed":
        message = _("A plan is changed while it is being formed; later by a new version.")
        raise TransitionRefused([Problem("plan-closed", message)])
    row = plan.entries.select_related("object").get(pk=entry.pk)
    row.plan = plan
    return plan, row


def counted(plan: ControlPlan, actor: User, at: datetime, facts: dict[str, Any], reason: str = "") -> None:
    """The plan counts its rows and digest anew; the event has both."""
    plan.chosen, plan.digest = plan.entries.count(), digest_of_plan(plan)
    touch(plan, fields=["chosen", "digest"])
    facts |= {"chosen": plan.chosen, "digest": plan.digest}
    record(plan, "controlplan.change", actor=actor, at=at, reason=reason, audience=INTERNAL, data=facts)
