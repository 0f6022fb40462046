"""Inspectors and plans of the demo: the schedule of this year with a later version being made, and that of the next."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from config.demo.agenda import Life
from core.models import Authority
from inspections.models import ControlPlan, JointAct, RiskRun
from inspections.services import inspectors, plans
from inspections.services.planning.forming import form_plan
from inspections.services.risk import run_risk
from inspections.services.subjects import sync_subjects
from law.calendar import next_working_day
from law.inspections import Mode
from law.inspections.schedules import SCHEDULE, plan_due

if TYPE_CHECKING:
    from config.demo.loading import Stage

POST = "Бас маман / Главный специалист"
#: Who goes, from where, for how many working days a month.
GOING = (("inspector", "KZ-39", 15), ("officer2", "KZ-55", 10), ("officer3", "KZ-71", 8))
MERGED = "Субъект қайта ұйымдастырылды. / Субъект реорганизован."


def at_ten(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(next_working_day(day), time(10, 20)))


def plan_life(stage: "Stage") -> Life:
    """In December of last year and in these days: a run, a schedule from it, published before the day of the law."""
    head, officer = stage.official("head2"), stage.official("officer")
    authority = stage.bodies["maidd"]
    at = at_ten(date(stage.today.year - 1, 12, 1))
    yield at
    for name, region, days in GOING:
        since = date(stage.today.year - 1, 12, 1)
        given = {"post": POST, "region": region, "days_a_month": days, "from_on": since}
        inspectors.enter_inspector(stage.official(name), **given, actor=stage.official("head"), at=at)
    now_holding = formed(authority, stage.today.year, stage, at)
    yield at + timedelta(days=9)
    if now_holding:
        now_holding = plans.publish_plan(now_holding, actor=head, at=at + timedelta(days=9))
    at = stage.now - timedelta(minutes=50)
    yield at
    following = formed(authority, stage.today.year + 1, stage, at)
    if following:
        plans.publish_plan(following, actor=head, at=at + timedelta(minutes=10))
    if now_holding:
        plans.open_version(now_holding, reason=MERGED, actor=officer, at=at + timedelta(minutes=20))


def formed(authority: Authority, year: int, stage: "Stage", at: datetime) -> ControlPlan | None:
    """The schedule of a year from a run of that day; None without criteria, or once the day of the law has come."""
    today = timezone.localdate(at)
    acts = JointAct.objects.filter(authority=authority, kind="criteria", state="confirmed", in_force__lte=today)
    criteria = acts.order_by("-in_force", "-id").first()
    if criteria is None or plan_due(SCHEDULE, year, Mode.AUTOMATED)[-1].named_on <= today:
        return None
    sync_subjects(authority, at=at)
    run: RiskRun = run_risk(authority, criteria, today, actor=stage.official("officer"), at=at)
    return form_plan(
        authority,
        plan=SCHEDULE,
        year=year,
        mode=Mode.AUTOMATED,
        risk_run=run,
        actor=stage.official("officer"),
        at=at,
    )
