"""Forming a plan, once; forming it again from its snapshot; why somebody stands in it, or not."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Absence, Authority, User
from core.models.base import INTERNAL
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import ControlPlan, Inspector, PlanCandidate, PlanEntry, RiskRow, RiskRun, Subject
from inspections.models.plans import SERIES
from inspections.services.planning.choosing import Planner, cap_line, digest_of
from inspections.services.planning.facts import Candidate, Going, Placed, Refused, Settings, Told, said, settings_of
from inspections.services.planning.reading import candidates
from law.inspections import Mode
from law.inspections.codes import RISKS, Risk
from law.inspections.frequency import cap
from law.inspections.notices import earliest_start
from law.inspections.schedules import SCHEDULE, mode_problems, period, plan_allowed
from law.problems import Problem, _
from law.provisions import provision
from licensing.services.numbers import next_in

BATCH = 500
_DAY = timedelta(days=1)
FIGURES = {
    "schedule": ("EK-FREQ-HIGH", "EK-FREQ-MED", "EK-FREQ-LOW", "EK-NOTICE-COMP"),
    "list": ("EK-FREQ-VISIT", "EK-VISIT-LOW", "EK-NOTICE-VISIT"),
    "both": ("EK-HOLIDAY3", "EK-DUR-MICRO", "EK-DUR-STD"),
}
RULES = {Mode.AUTOMATED: "EK-MODE-RAMS", Mode.PAPER: "EK-MODE-PAPER"}


@transaction.atomic
def form_plan(
    authority: Authority, *, plan: str, year: int, mode: str, risk_run: RiskRun, actor: User, at: datetime
) -> ControlPlan:
    """Form the plan of a period from a risk run: all of it or nothing, and the same again gives the one that is there.

    It reads the run in the order of its index until the inspectors have no more room, or the cap is reached.

    Raises:
        PermissionDenied; TransitionRefused: the law has no such plan in the period, its day has passed, another way of
            forming was begun, the run does not fit, nobody goes on inspections; every fault at once.
    """
    row = ControlPlan(
        authority=authority, plan=plan, year=year, mode=mode, risk_run=risk_run, formed_by=actor, created_at=at
    )
    require(actor, "inspections.keep_plans", row)
    locked(authority)  # one forming at a time: the second finds the plan of the first
    today = timezone.localdate(at)
    settings = settings_for(row, today)
    row.settings, row.subjects = settings.as_json(), risk_run.subjects
    standing = row.others().order_by("-number").first()
    if standing is not None and same_forming(standing, row):
        return standing
    if problems := [*forming_problems(row, standing, today), *row.late_faults(today)]:
        raise TransitionRefused(problems)
    row.number = 1 + max(
        ControlPlan.objects.filter(authority=authority, plan=plan, year=year).values_list("number", flat=True),
        default=0,
    )
    row.reference = next_in(f"{SERIES}-{year}")
    row.save()
    return fill(row, settings, actor, at)


def next_number(row: ControlPlan) -> int:
    """Of a version: dropped ones keep theirs."""
    same = ControlPlan.objects.filter(authority=row.authority_id, plan=row.plan, year=row.year)
    return 1 + max(same.values_list("number", flat=True), default=0)


def settings_for(row: ControlPlan, today: date) -> Settings:
    """The snapshot: inspectors and absences as they are now, figures of the law of the period's first day."""
    first, last = period(row.plan, row.year)
    kind = "schedule" if row.plan == SCHEDULE else "list"
    rows = Inspector.objects.filter(authority=row.authority_id, from_on__lte=last, person__is_active=True)
    going = [
        Going(one.person_id, one.region, one.days_a_month, one.from_on, one.to_on)
        for one in rows.order_by("person_id")
        if one.to_on is None or one.to_on >= first
    ]
    away = Absence.objects.standing().filter(
        authority=row.authority_id, person__in=[one.person for one in going], from_on__lte=last, to_on__gte=first
    )
    most = cap(row.risk_run.subjects, today) if row.mode == Mode.PAPER else None
    codes = (*FIGURES[kind], *FIGURES["both"], RULES[Mode(row.mode)], *(("EK-CAP5",) if most is not None else ()))
    return Settings(
        authority=row.authority.code,
        plan=row.plan,
        year=row.year,
        mode=row.mode,
        on=today,
        # served tomorrow at the earliest, since a plan founds nothing before it is published
        first=earliest_start("compliance" if kind == "schedule" else "visit_control", today + _DAY),
        period=(first, last),
        subjects=row.risk_run.subjects,
        most=most,
        inspectors=tuple(going),
        absences=tuple(away.order_by("person_id", "from_on").values_list("person_id", "from_on", "to_on")),
        figures=tuple(provision(code, first).ground() for code in codes),
    )


def same_forming(one: ControlPlan, other: ControlPlan) -> bool:
    """Whether two are formed from the same run and snapshot; the day alone, while it bounds nothing, tells no two."""
    moving = ("on", "first")
    mine, yours = ({k: v for k, v in row.settings.items() if k not in moving} for row in (one, other))
    bound = {max(row.settings["first"], row.settings["period"][0]) for row in (one, other)}
    return one.risk_run_id == other.risk_run_id and one.mode == other.mode and mine == yours and len(bound) == 1


def forming_problems(row: ControlPlan, standing: ControlPlan | None, today: date) -> list[Problem]:
    """What stands against forming it at all."""
    found, run = [], row.risk_run
    if not plan_allowed(row.plan, row.year):
        message = _("The law of the sphere has no such control in that period.")
        found.append(Problem("plan-form", message, field="plan", provision=provision("control.form", today)))
    if run.authority_id != row.authority_id or run.trial or run.finished_at is None or run.on > today:
        message = _("A plan is formed from a finished run of the authority's own, no trial.")
        found.append(Problem("plan-run", message, field="risk_run"))
    found += mode_problems({row.mode, *row.others().values_list("mode", flat=True)}, today)
    if standing is not None:
        message = _("%(reference)s is there for this period. Drop it, or change the published one by a new version.")
        found.append(Problem("plan-there", message, {"reference": standing.reference}, field="year"))
    if not row.settings["inspectors"]:
        message = _("Nobody is entered who goes on inspections in that period.")
        found.append(Problem("plan-inspectors", message, field="year"))
    if row.settings["first"] > row.settings["period"][1]:
        message = _("The period is over before a notice would let anything start.")
        found.append(Problem("plan-over", message, field="year"))
    return found


def fill(row: ControlPlan, settings: Settings, actor: User, at: datetime) -> ControlPlan:
    """Look at candidates until the plan is full; keep each with its facts; the event has the digest."""
    planner, placed, waiting = Planner(settings), list[Placed](), list[Placed | Refused]()
    for one in candidates(row.risk_run, settings):
        if planner.full:
            break
        waiting.append(planner.offer(one))
        if len(waiting) >= BATCH:
            placed += keep(row, waiting)
    placed += keep(row, waiting)
    row.chosen, row.digest = len(placed), digest_of(placed)
    row.save(update_fields=["chosen", "digest"])
    facts = {
        "plan": row.plan, "year": row.year, "mode": row.mode, "run": row.risk_run.reference,
        "subjects": row.subjects, "chosen": row.chosen, "digest": row.digest,
    }  # fmt: skip
    rule = provision(RULES[Mode(row.mode)], settings.period[0])
    record(row, "controlplan.form", actor=actor, at=at, audience=INTERNAL, grounds=[rule], data=facts)
    return row


def keep(row: ControlPlan, found: list[Placed | Refused]) -> list[Placed]:
    """Write one batch and empty it: two statements. Returns the entries of it."""
    PlanCandidate.objects.bulk_create(
        PlanCandidate(
            plan=row,
            subject_id=one.candidate.subject,
            place=one.candidate.place,
            risk=one.candidate.risk,
            points=one.candidate.points,
            facts=one.candidate.facts,
            outcome=one.outcome if isinstance(one, Refused) else "chosen",
            lines=one.why if isinstance(one, Refused) else [],
        )
        for one in found
    )
    placed = [one for one in found if isinstance(one, Placed)]
    PlanEntry.objects.bulk_create(entry_of(row, one) for one in placed)
    found.clear()
    return placed


def entry_of(row: ControlPlan, one: Placed) -> PlanEntry:
    return PlanEntry(
        plan=row,
        subject_id=one.candidate.subject,
        object_id=one.object,
        place=one.candidate.place,
        from_on=one.from_on,
        to_on=one.to_on,
        start_on=one.start_on,
        working_days=one.working_days,
        lead_id=one.lead,
        risk=one.candidate.risk,
        points=one.candidate.points,
        why=one.why,
    )


def kept(row: ControlPlan) -> Iterator[Candidate]:
    """The candidates of a plan as it keeps them."""
    rows = row.candidates.order_by("place").values_list("subject_id", "place", "risk", "points", "facts")
    for subject, place, risk, points, facts in rows.iterator(chunk_size=BATCH):
        yield Candidate(subject, place, risk, str(points), facts)


def form_again(row: ControlPlan) -> str:
    """The digest of the plan as it comes from its snapshot alone: the one it has, unless somebody changed a row."""
    planner = Planner(settings_of(row.settings, plan=row.plan, year=row.year, mode=row.mode))
    return digest_of(planner.offer(one) for one in kept(row))


def why_not(row: ControlPlan, subject: Subject) -> tuple[str, list[Told]]:
    """(code of what came of it, why) of a subject in a plan: what is kept of it, or what its place in the run says."""
    origin = first_version(row)
    entry: Any = row.entries.filter(subject=subject).first()
    if entry is not None:
        return "chosen", list(entry.why)
    one: Any = origin.candidates.filter(subject=subject).first()
    if one is not None:
        return ("out", [said(_("It was taken out by a later version."))]) if one.outcome == "chosen" else (
            one.outcome, list(one.lines)
        )  # fmt: skip
    rated = RiskRow.objects.filter(run=origin.risk_run_id, subject=subject).first()
    if rated is None:
        return "left", [said(_("The risk run of the plan does not know it: it was no subject on that day."))]
    settings = settings_of(origin.settings, plan=origin.plan, year=origin.year, mode=origin.mode)
    if settings.most is not None and origin.chosen >= settings.most:
        return "cap", [cap_line(settings), below(origin, rated)]
    return "room", [below(origin, rated)]


def first_version(row: ControlPlan) -> ControlPlan:
    """The version that was formed from the run: later ones only change it."""
    while row.previous is not None:
        row = row.previous
    return row


def below(origin: ControlPlan, rated: RiskRow) -> Told:
    last: Any = origin.candidates.order_by("-place").first()
    text = _("%(risk)s, %(points)s points: the plan was full after place %(place)s with %(last)s points, %(degree)s.")
    return said(
        text, risk=RISKS[Risk(rated.risk)], points=str(rated.points), place=last.place if last else 0,
        last=str(last.points) if last else "0", degree=RISKS[Risk(last.risk)] if last else "",
    )  # fmt: skip
