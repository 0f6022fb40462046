"""Inspectors and plans of the demo: the schedule of this year with a later version being made, and that of the next."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life
from config.demo.stage import Stage
from core.models import User
from inspections.models import ControlPlan, JointAct
from inspections.models.acts import CRITERIA
from inspections.services import inspectors, plans
from inspections.services.plan_terms import sweep_plans
from inspections.services.planning.forming import form_plan
from inspections.services.risk import run_risk
from inspections.services.rules import act_faults
from inspections.services.subjects import sync_subjects
from law.calendar import next_working_day
from law.inspections import Mode
from law.inspections.schedules import SCHEDULE, plan_due

POST = "Бас маман / Главный специалист"
#: Who goes, from where, for how many working days a month.
GOING = (("inspector", "KZ-39", 15), ("officer2", "KZ-55", 10), ("officer3", "KZ-71", 8))
MERGED = "Субъект қайта ұйымдастырылды. / Субъект реорганизован."


def at_ten(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(next_working_day(day), time(10, 20)))


def plan_life(stage: Stage) -> Life:
    """In December of last year: inspectors, a run, and this year's schedule, published before the day of the law."""
    at = at_ten(date(stage.today.year - 1, 12, 1))
    yield at
    for name, region, days in GOING:
        given: dict[str, Any] = {"post": POST, "region": region, "days_a_month": days, "from_on": at.date()}
        inspectors.enter_inspector(stage.official(name), **given, actor=stage.official("head"), at=at)
    plan = formed(stage.official("officer"), stage.today.year, at)
    at += timedelta(days=9)
    yield at
    if plan is not None:
        plans.publish_plan(plan, actor=stage.official("head2"), at=at)


def plan_now(people: Mapping[str, User], *, now: datetime) -> None:
    """The next year's schedule, while the day of the law is to come; a later version of this year's is made; drafts of
    what is to be announced soon."""
    officer, head, at = people["officer@maidd.example"], people["head2@maidd.example"], now - timedelta(minutes=40)
    following = formed(officer, timezone.localdate(at).year + 1, at)
    if following is not None:
        plans.publish_plan(following, actor=head, at=at + timedelta(minutes=10))
    holding = ControlPlan.objects.filter(state="published", year=timezone.localdate(at).year).first()
    if holding is not None:
        plans.open_version(holding, reason=MERGED, actor=officer, at=at + timedelta(minutes=20))
    sweep_plans(at=now)


def formed(officer: User, year: int, at: datetime) -> ControlPlan | None:
    """The schedule of a year from a run of that day; None without criteria, or once the day of the law has come."""
    today, authority = timezone.localdate(at), officer.authority
    act = (
        JointAct.objects.in_force(today).filter(kind=CRITERIA, authority=authority).select_related("authority").first()
    )
    if act is None or act_faults(act) or plan_due(SCHEDULE, year, Mode.AUTOMATED)[-1].named_on <= today:
        return None
    sync_subjects(act.authority, at=at)
    run = run_risk(act.authority, act, today, actor=officer, at=at)
    given: dict[str, Any] = {"plan": SCHEDULE, "year": year, "mode": Mode.AUTOMATED}
    return form_plan(act.authority, **given, risk_run=run, actor=officer, at=at)
