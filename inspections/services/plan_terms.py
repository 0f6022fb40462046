"""Days of plans: what is owed by when, what the program forms and publishes in time, and what is missed.

A plan is formed some working days before the law's day, so that people see it, and published shortly before it. Once
the day has passed nothing is formed or published any more: the duty stays unmet, and its page says what follows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.models import Authority, Obligation, User
from core.models.base import INTERNAL
from core.services import meet, owe
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import ControlPlan, Inspection, Inspector, PlanEntry, RiskRun, Subject, TeamMember
from inspections.services.drafts import open_inspection
from inspections.services.planning.forming import form_plan
from inspections.services.plans import PUBLISH, SEND, part_of, publish_plan
from law.calendar import add_working_days, working_day_back
from law.inspections import Kind, Mode
from law.inspections.notices import earliest_start
from law.inspections.regimes import DATA_CENTRE, authorities
from law.inspections.schedules import PLANS, SCHEDULE, PlanDue, period, plan_allowed, plan_due
from law.licensing import KINDS, Due
from law.problems import _
from law.provisions import provision
from licensing.services.terms import officials

SLICE = 200
DUTIES = {
    PUBLISH: _("Publish the plan of inspections"),
    SEND: _("Send the list of visits to legal statistics"),
}
ACTS = {"publish": PUBLISH, "send_to_legal_statistics": SEND}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan that an authority owes for a period, and its days."""

    authority: Authority
    plan: str
    year: int
    dues: tuple[PlanDue, ...]

    @property
    def published_by(self) -> PlanDue:
        return next(one for one in self.dues if one.act == "publish")

    def standing(self) -> ControlPlan | None:
        """The latest version that was not dropped."""
        rows = ControlPlan.objects.filter(authority=self.authority, plan=self.plan, year=self.year)
        return rows.exclude(state="dropped").order_by("-number").first()


def inspecting() -> list[Authority]:
    """Authorities that inspect under Chapter 13 on any of the days that count here, and have subjects."""
    today = timezone.localdate()
    codes = {code for kind in (*KINDS, DATA_CENTRE) for code in authorities(kind, today)}
    known = Subject.objects.order_by().values("authority")
    return list(Authority.objects.filter(code__in=codes, pk__in=known).order_by("pk"))


def wanted(today: date) -> Iterator[Wanted]:
    """The plans whose periods are not over and whose day falls in this year or before, of who had subjects by then."""
    for authority in inspecting():
        first = Subject.objects.filter(authority=authority).order_by("entered_at").first()
        since = timezone.localdate(first.entered_at) if first else today
        for year in (today.year, today.year + 1):
            for plan in PLANS:
                if not plan_allowed(plan, year) or period(plan, year)[1] < today:
                    continue
                mode = ControlPlan.objects.filter(authority=authority, plan=plan, year=year).exclude(state="dropped")
                way = mode.values_list("mode", flat=True).first() or Mode.AUTOMATED
                dues = plan_due(plan, year, way)
                if dues[-1].named_on.year <= today.year and since < dues[-1].named_on:
                    yield Wanted(authority, plan, year, dues)


def sweep_plans(*, at: datetime) -> int:
    """Owe what is to be owed, form, publish and open what is due. Returns how much was done. Safe to run twice."""
    today, done = timezone.localdate(at), 0
    for one in list(wanted(today)):
        done += owe_plan(one, at=at)
        done += form_in_time(one, at=at)
        done += publish_in_time(one, at=at)
    return done + open_drafts(at=at)


@transaction.atomic
def owe_plan(one: Wanted, *, at: datetime) -> int:
    """The duties of a plan, each once; what was published already is met as of then."""
    locked(one.authority)
    part, owed = part_of(one.plan, one.year), 0
    for due in one.dues:
        code = ACTS[due.act]
        if Obligation.objects.of(one.authority).filter(code=code, part=part).exists():
            continue
        first = date(due.named_on.year, 1, 1)
        term = Due(code, due.provision.code, first, due.due_on, due.arithmetic, due.provision)
        owe(one.authority, {code: term}, debtor=Obligation.AUTHORITY, at=at, audience=INTERNAL, part=part)
        owed += 1
        rows = ControlPlan.objects.filter(authority=one.authority, plan=one.plan, year=one.year)
        done = rows.filter(published_at__isnull=False).order_by("published_at").first()
        if done is not None and done.published_at is not None:
            meet(one.authority, code, at=done.published_at, part=part)
    return owed


def form_in_time(one: Wanted, *, at: datetime) -> int:
    """Form the plan from the latest run, unless a person formed one in either way. What refuses it stays to be seen on
    the page of plans."""
    today, due = timezone.localdate(at), one.published_by
    if (
        not working_day_back(due.due_on, provision("inspection-plan.formed", today).number) <= today < due.named_on
        or one.standing() is not None
    ):
        return 0
    run = latest_run(one.authority)
    if run is None:
        return 0
    system = User.objects.system()
    try:
        form_plan(one.authority, plan=one.plan, year=one.year, mode=Mode.AUTOMATED, risk_run=run, actor=system, at=at)
    except TransitionRefused:
        return 0
    return 1


def publish_in_time(one: Wanted, *, at: datetime) -> int:
    """Publish the first version of the automated system; later versions and those on paper a head publishes."""
    today, due, row = timezone.localdate(at), one.published_by, one.standing()
    if row is None or row.state != "formed" or row.mode != Mode.AUTOMATED or row.previous_id is not None:
        return 0
    first = working_day_back(due.due_on, provision("inspection-plan.published", today).number)
    if not first <= today < due.named_on:
        return 0
    try:
        publish_plan(row, actor=User.objects.system(), at=at)
    except TransitionRefused:
        return 0
    return 1


def open_drafts(*, at: datetime) -> int:
    """Open the drafts of planned inspections whose notice is due soon, each once, with its days and who leads it;
    officials complete them. Where the day of the notice has passed nothing is opened: a person decides.

    Returns how many. In slices of keys, each draft in a transaction of its own: safe to kill, and to run twice."""
    today, opened, after = timezone.localdate(at), 0, 0
    while keys := due_entries(today, after):
        after = keys[-1]
        opened += sum(open_draft(key, at=at) for key in keys)
    return opened


def due_entries(today: date, after: int) -> list[int]:
    """Keys of entries of published plans that found no inspection yet, and whose notice falls due soon."""
    first = {one: earliest_start(one, today) for one in (Kind.COMPLIANCE, Kind.VISIT_CONTROL)}
    before = timedelta(days=provision("inspection-plan.opened", today).number)
    begun = Inspection.objects.exclude(state__in=["dropped", "annulled"]).filter(
        subject=OuterRef("subject"), entry__plan__plan=OuterRef("plan__plan"), entry__plan__year=OuterRef("plan__year")
    )
    rows = PlanEntry.objects.filter(plan__state="published", inspection__isnull=True, pk__gt=after).exclude(
        Exists(begun)
    )
    schedule, lists = Q(plan__plan=SCHEDULE), ~Q(plan__plan=SCHEDULE)
    rows = rows.filter(
        schedule & Q(start_on__range=(first[Kind.COMPLIANCE], first[Kind.COMPLIANCE] + before))
        | lists & Q(start_on__range=(first[Kind.VISIT_CONTROL], first[Kind.VISIT_CONTROL] + before))
    )
    return list(rows.order_by("pk").values_list("pk", flat=True)[:SLICE])


@transaction.atomic
def open_draft(key: int, *, at: datetime) -> int:
    """One draft; 0 where somebody was faster, or no law allows it any more."""
    entry = PlanEntry.objects.select_related("plan", "object__subject__organisation", "lead").get(pk=key)
    if entry.object is None:
        return 0
    kind = Kind.COMPLIANCE if entry.plan.plan == SCHEDULE else Kind.VISIT_CONTROL
    values = {"end_on": add_working_days(entry.start_on, entry.working_days - 1)} if entry.working_days > 1 else {}
    try:
        row = open_inspection(entry.object, kind=kind, entry=entry, values=values, actor=User.objects.system(), at=at)
    except TransitionRefused:
        return 0
    going = Inspector.objects.filter(person=entry.lead_id).first() if entry.lead_id else None
    if going is not None:
        TeamMember.objects.create(inspection=row, person_id=going.person_id, post=going.post, leads=True)
    return 1


def latest_run(authority: Authority) -> RiskRun | None:
    """The last finished run that is no trial."""
    rows = RiskRun.objects.filter(authority=authority, trial=False, finished_at__isnull=False)
    return rows.order_by("-on", "-id").first()


def told_of_plan(obligation: Obligation, role: str, on: Any) -> tuple[list[User], str]:
    """Who hears of a day of a plan in a role."""
    return officials(obligation.authority_id, role or "head"), "/inspection-plans/"
