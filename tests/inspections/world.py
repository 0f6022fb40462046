"""Subjects, plans and inspections for tests: acts go through the services; what others own is made as they would."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from core.models import Authority, User
from core.services import sweep_duties
from inspections import services
from inspections.models import (
    ControlObject,
    ControlPlan,
    Criterion,
    Inspection,
    Inspector,
    JointAct,
    PlanEntry,
    Requirement,
    RiskRun,
    Subject,
)
from inspections.models.risk import SERIES as RISK_RUNS
from law.calendar import add_working_days
from law.inspections.requirements import ITEM_TESTS
from licensing.models import Licence
from licensing.services.numbers import next_in
from mining.models import DataCentre
from tests import factories as make

ALMATY = ZoneInfo("Asia/Almaty")
#: The day on which a notice is served, and the start that it allows: Tuesday 16 June and Monday 20 July 2026.
SERVED = datetime(2026, 6, 16, 10, 0, tzinfo=ALMATY)
START = datetime(2026, 7, 20, 10, 0, tzinfo=ALMATY)
#: The day after the term to cure of `make_curing`, and the day after that of the request.
CURE_PASSED = START + timedelta(days=31)
ANSWER_PASSED = CURE_PASSED + timedelta(days=8)


def make_subject(licence: Licence | None = None, *, at: datetime = make.AT, **fields: Any) -> Subject:
    """A subject of medium size and risk whose licence is its one object."""
    licence = licence or make.make_miner()
    values: dict[str, Any] = {"size": "medium", "risk": "medium", "entered_at": at, **fields}
    subject, _ = Subject.objects.get_or_create(
        authority=licence.authority, organisation=licence.organisation, defaults=values
    )
    ControlObject.objects.get_or_create(
        licence=licence, defaults={"subject": subject, "kind_of_permit": licence.kind, "region": "KZ-39"}
    )
    return subject


def make_firm(*, at: datetime = make.AT - timedelta(days=1), **fields: Any) -> Subject:
    """A subject whose one object is a data centre of 3 MW; nothing of it took an act, so that many are made soon."""
    number = DataCentre.objects.count() + 1
    owner = make.make_organisation(checked=False)
    authority, stamps = make.make_authority(), {"created_at": at, "decided_at": at, "changed_at": at}
    decider = User.objects.filter(authority=authority).first() or make.make_user("officer")
    place: dict[str, Any] = {"region": "KZ-39", "zone": "north", "name": "Centre", "address": "Rudny", "search": ""}
    power: dict[str, Any] = {"megawatts": Decimal(3), "grid_share": Decimal(1)}
    acted: dict[str, Any] = {"authority": authority, "decided_by": decider, **stamps}
    centre = DataCentre.objects.create(reference=f"DC-7{number:04d}", owner=owner, **place, **power, **acted)
    values: dict[str, Any] = {"entered_at": at, **fields}
    subject = Subject.objects.create(authority=authority, organisation=owner, **values)
    ControlObject.objects.create(subject=subject, centre=centre, kind_of_permit="mining-data-centre", region="KZ-39")
    return subject


def make_object(licence: Licence | None = None, **fields: Any) -> ControlObject:
    return make_subject(licence, **fields).objects_of_control.get()


@transaction.atomic
def joint_act_number() -> str:
    return next_in("JA")


def make_joint_act(
    kind: str = "checklist", *, at: datetime = make.AT, kinds: tuple[str, ...] = ("mining-licence-1",), **fields: Any
) -> JointAct:
    """A confirmed act in force since 2025, with three requirements or the criteria of its kinds."""
    values: dict[str, Any] = {
        "authority": make.make_authority(),
        "kind": kind,
        "reference": joint_act_number(),
        "number": "12-1/45",
        "signed_on": date(2024, 12, 2),
        "name": "Checklist of miners",
        "kinds_of_permit": list(kinds),
        "in_force": date(2025, 1, 1),
        "entered_by": make.make_user("officer"),
        "confirmed_by": make.make_user("head"),
        "confirmed_at": at,
        "created_at": at,
        "state": "confirmed",
        **fields,
    }
    act = JointAct.objects.create(**values)
    with rows_of(act):
        if kind == "checklist":
            add_requirements(act, ("gross", "significant", "insignificant"))
        else:
            for place, code in enumerate(kinds, 1):
                Criterion.objects.create(act=act, place=place, kind="objective", code=code, degree="medium")
    return act


@contextmanager
def rows_of(act: JointAct) -> Iterator[None]:
    """The act as it stood before it was confirmed: the database lets its rows be changed."""
    confirmed = {"state": act.state, "confirmed_by": act.confirmed_by, "confirmed_at": act.confirmed_at}
    JointAct.objects.filter(pk=act.pk).update(state="draft", confirmed_by=None, confirmed_at=None)
    yield
    JointAct.objects.filter(pk=act.pk).update(**confirmed)


def add_requirements(act: JointAct, severities: Sequence[str]) -> None:
    """Items R1, R2 … of these severities."""
    Requirement.objects.bulk_create(
        Requirement(
            act=act,
            place=place,
            code=f"R{place}",
            text_kk=f"Requirement {place}",
            text_ru=f"Requirement {place}",
            text_en=f"Requirement {place}",
            severity=severity,
            article=f"Art. {place}",
            method="by papers",
            tests=list(ITEM_TESTS),
        )
        for place, severity in enumerate(severities, 1)
    )


@transaction.atomic
def make_risk_run(authority: Authority | None = None, *, at: datetime = make.AT, **fields: Any) -> RiskRun:
    """A finished run without rows, for what only has to point at one."""
    values: dict[str, Any] = {
        "reference": next_in(f"{RISK_RUNS}-{at.year}"),
        "authority": authority or make.make_authority(),
        "on": at.date(),
        "started_by": make.make_user("officer"),
        "started_at": at,
        "finished_at": at,
        "digest": "0" * 64,
        **fields,
    }
    if "criteria" not in values:
        values["criteria"] = make_joint_act("criteria", at=at)
    return RiskRun.objects.create(**values)


def make_entry(subject: Subject | None = None, *, start_on: date = START.date(), **fields: Any) -> PlanEntry:
    """A place in a schedule that was published by the automated system."""
    subject = subject or make_subject()
    plan = ControlPlan.objects.filter(state="published", year=start_on.year).first()
    plan = plan or ControlPlan.objects.create(
        reference=f"CP-{start_on.year}-{ControlPlan.objects.count() + 1:05d}",
        authority=subject.authority,
        plan="schedule",
        year=start_on.year,
        mode="automated",
        risk_run=make_risk_run(subject.authority),
        subjects=1,
        chosen=1,
        formed_by=make.make_user("officer"),
        published_at=make.AT,
        created_at=make.AT,
        state="published",
    )
    values: dict[str, Any] = {
        "plan": plan,
        "subject": subject,
        "object": subject.objects_of_control.first(),
        "place": plan.entries.count() + 1,
        "from_on": date(start_on.year, 1, 1),
        "to_on": date(start_on.year, 12, 31),
        "start_on": start_on,
        "working_days": 15,
        "risk": subject.risk,
        "points": Decimal("50"),
        **fields,
    }
    return PlanEntry.objects.create(**values)


def make_inspector(person: User | None = None, **fields: Any) -> User:
    person = person or make.make_user("inspector")
    values: dict[str, Any] = {"post": "Chief expert", "region": "KZ-39", "days_a_month": 15, **fields}
    values = {"authority": person.authority, "from_on": date(2025, 1, 1), **values}
    Inspector.objects.get_or_create(person=person, defaults=values)
    return person


def draft_values(start: datetime = START, **values: Any) -> Mapping[str, Any]:
    return {
        "subject_matter": "Requirements of the licence",
        "start_on": start.date(),
        "end_on": add_working_days(start.date(), 9),
        "period_from": date(2025, 1, 1),
        "period_to": date(2026, 5, 31),
        **values,
    }


def make_inspection(
    *, kind: str = "compliance", at: datetime = SERVED, licence: Licence | None = None, **values: Any
) -> Inspection:
    """A whole draft with a team of two, the first of whom leads; `opened_by` is an officer."""
    licence = licence or make.make_miner()
    subject = make_subject(licence)
    thing = subject.objects_of_control.get()
    checklist = JointAct.objects.filter(kind="checklist", kinds_of_permit__contains=[licence.kind]).first()
    given = draft_values(**values)
    if kind == "unscheduled":
        given = {"ground": "5", "ground_text": "Letter 17 of the prosecutor's office.", **given}
    entry = make_entry(subject, start_on=given["start_on"]) if kind == "compliance" else None
    officer = make.make_user("officer")
    values_ = {**given, "checklist": checklist or make_joint_act(kinds=(licence.kind,))}
    row = services.open_inspection(thing, kind=kind, entry=entry, values=values_, actor=officer, at=at)
    if kind == "unscheduled":
        services.keep_ground(row, make.paper(), actor=officer, at=at)
    team = [services.Named(make_inspector(), "Chief expert", leads=True), services.Named(make_inspector(), "Expert")]
    return services.set_team(row, team, actor=officer, at=at)


def leader(row: Inspection) -> User:
    return row.team.get(leads=True, left_on__isnull=True).person


def make_noticed(*, at: datetime = SERVED, **fields: Any) -> Inspection:
    row = make_inspection(at=at, **fields)
    return services.serve_notice(row, means="account", actor=make.make_user("officer"), at=at)


def make_appointed(*, at: datetime = SERVED, **fields: Any) -> Inspection:
    return services.appoint(make_noticed(at=at, **fields), actor=make.make_user("head"), at=at)


def make_registered(*, at: datetime = SERVED + timedelta(days=1), **fields: Any) -> Inspection:
    row = make_appointed(at=at - timedelta(days=1), **fields)
    number = "ERSOP-2026-1"
    return services.register_act(row, number=number, registered_on=at.date(), actor=make.make_user("officer"), at=at)


def make_running(*, at: datetime = START, **fields: Any) -> Inspection:
    row = make_registered(**fields)
    return services.start_inspection(row, receipt="taken", actor=leader(row), at=at)


def make_answered(*, at: datetime = START, unmet: tuple[str, ...] = (), **fields: Any) -> Inspection:
    """Under way, every item answered: those of `unmet` not met."""
    row = make_running(at=at, **fields)
    return services.answer_items(row, entries(row, unmet), actor=leader(row), at=at)


def entries(row: Inspection, unmet: tuple[str, ...] = ()) -> list[services.Entry]:
    codes = row.items.values_list("code", flat=True)
    return [
        services.Entry(one, "not_met", "No meter at the line.") if one in unmet else services.Entry(one, "met")
        for one in codes
    ]


def make_curing(*, at: datetime = START, unmet: tuple[str, ...] = ("R1",), **fields: Any) -> Inspection:
    """The result was handed over on the day of the start; to be cured within thirty days."""
    return hand_over(make_answered(at=at, unmet=unmet, **fields), at=at)


def hand_over(row: Inspection, *, at: datetime = START, actor: User | None = None, **values: Any) -> Inspection:
    given: dict[str, Any] = {"findings": "As the items say.", "receipt": "taken", **values}
    if row.items.filter(answer="not_met").exists():
        given = {"instructions": "Mount meters.", "cure_by": at.date() + timedelta(days=30), **given}
    return services.hand_result(row, actor=actor or leader(row), at=at, **given)


def make_unreported(**fields: Any) -> Inspection:
    """The term to cure passed without a report, and so did the day of the request: two failures."""
    row = make_curing(**fields)
    sweep_duties(at=CURE_PASSED)
    answer_by = CURE_PASSED.date() + timedelta(days=7)
    services.send_reminder(row, answer_by=answer_by, actor=make.make_user("officer"), at=CURE_PASSED)
    sweep_duties(at=ANSWER_PASSED)
    row.refresh_from_db()
    return row


def make_uncured(**fields: Any) -> Inspection:
    row = make_unreported(**fields)
    return services.find_uncured(row, closing="No meters.", actor=make.make_user("head"), at=ANSWER_PASSED)
