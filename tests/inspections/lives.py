"""Random lives of inspections that are lawful by construction. At every stage unlawful acts are tried, which must be
stopped; what the blockers find of each stage and what the independent judge finds of it must be the same.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.models import User
from core.workflow import TransitionRefused
from inspections.models import ControlObject, ControlPlan, Inspection, PlanEntry
from law.calendar import add_working_days, next_working_day
from law.inspections import blockers
from law.provisions import provision
from licensing.models import Licence
from tests import factories as make
from tests.inspections import world
from tests.inspections.checker import judge_row

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
#: Around these days off and moved days inspections begin: Nauryz, May (4 May 2024 was worked), July 2023, Republic
#: Day, Independence Day and New Year.
AROUND = (
    *(date(2023, 7, 1), date(2024, 5, 4), date(2024, 10, 25), date(2025, 12, 16)),
    *(date(2026, 3, 21), date(2026, 5, 9), date(2026, 7, 6), date(2026, 10, 25), date(2026, 12, 31), date(2027, 5, 1)),
)
#: Preventive control was lawful before 8 June 2024, after desk control in the year before.
VISITED = (date(2024, 5, 4), date(2024, 5, 17))
LATE_AFTER = {"144(8)": "EK-REG-URGENT", "144(9)": "EK-REG-REMOTE"}
TOLD = ("1", "2", "2-1", "5", "6")
UNTOLD = ("3", "4", "7", "8")
YEARS = {"high": 1, "medium": 2, "low": 3}


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=world.ALMATY)


def later_by_years(day: date, years: int) -> date:
    """The first day after so many years from a day."""
    try:
        return day.replace(year=day.year + years) + DAY
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass
class Life:
    """One inspection and its people; `start` and what is lawful are chosen once."""

    rng: random.Random
    kind: str
    thing: ControlObject
    start: datetime
    values: dict[str, Any] = field(default_factory=dict)
    entry: PlanEntry | None = None
    officer: User = field(default_factory=lambda: make.make_user("officer"))
    head: User = field(default_factory=lambda: make.make_user("head"))
    stopped: list[str] = field(default_factory=list)
    row: Inspection = field(init=False)

    @property
    def day(self) -> date:
        return timezone.localdate(self.start)

    @property
    def code(self) -> str:
        """The rule of the length of this inspection."""
        subject = self.thing.subject
        if subject.size == "micro" and self.thing.kind_of_permit != "mining-licence-1":
            return "EK-DUR-MICRO"
        return "EK-DUR-UNSCH" if self.kind == "unscheduled" else "EK-DUR-STD"

    def number(self, code: str) -> int:
        return provision(code, self.day).number

    def tries(self, name: str, act: Callable[[], Any], *codes: str) -> None:
        """An unlawful act: stopped with one of the codes, or by want of the right where none is given."""
        told: set[str] = set()
        try:
            with transaction.atomic():
                act()
        except PermissionDenied:
            assert not codes, name
        except TransitionRefused as refused:
            told = {one.code for one in refused.problems}
        else:
            raise AssertionError(f"not stopped: {name}")
        assert not (codes and told) or told & set(codes), f"{name}: {told}"
        self.stopped.append(name)
        self.row.refresh_from_db()

    def agrees(self, at: datetime) -> None:
        """Both opinions of the rows as they stand on a day."""
        on = timezone.localdate(at)
        found = {one.code for one in blockers(self.row.plan(on), on)}
        judged = judge_row(self.row, on)
        assert found == judged, (self.row.state, found, judged)

    def last_day(self, days: int) -> date:
        """The last day of an inspection of so many working days from the start."""
        return add_working_days(self.day - DAY, days)


# What is inspected


def some_subject(rng: random.Random, start: date, kind: str) -> ControlObject:
    """A firm near the edge of what leaves it alone: three years, the frequency of its degree, the moratorium."""
    build = rng.choice([make.make_miner, lambda: make.make_miner(kind="mining-licence-2"), make.make_pool])
    licence: Licence = build()
    sizes = ["micro", "small", "medium", "large"]
    if start < date(2024, 1, 1) and licence.kind != "mining-licence-1":
        sizes = ["medium", "large"]
    size, risk = (
        rng.choice(sizes),
        rng.choice(["high", "medium", "low"] if kind == "compliance" else ["high", "medium"]),
    )
    successor = rng.random() < 0.3
    young = kind == "unscheduled" or successor or size in ("medium", "large") or licence.kind == "mining-licence-1"
    founded = start - 300 * DAY if young else start.replace(year=start.year - 3) - DAY
    type(licence.organisation).objects.filter(pk=licence.organisation_id).update(registered_on=founded)
    licence.organisation.refresh_from_db()
    ended = start.replace(year=start.year - YEARS[risk]) - DAY
    last = rng.choice([None, ended]) if kind == "compliance" else rng.choice([None, start - 20 * DAY])
    world.make_subject(licence, size=size, risk=risk, successor=successor, last_ended_on=last)
    thing = ControlObject.objects.get(licence=licence)
    thing.distance_km = rng.choice([None, 100, 101])
    thing.save()
    return thing


def some_start(rng: random.Random, around: tuple[date, ...] = AROUND) -> date:
    return next_working_day(rng.choice(around) + rng.randrange(-12, 4) * DAY)


def place(rng: random.Random, thing: ControlObject, start: date, plan: str) -> PlanEntry:
    """A place in a published plan, by the automated system or, within five per cent, on paper."""
    mode = rng.choice(["automated", "paper"])
    subjects, chosen = (20, 15) if mode == "automated" else (100, 5)
    made = ControlPlan.objects.create(
        reference=f"CP-{start.year}-{ControlPlan.objects.count() + 1:05d}",
        authority=thing.subject.authority,
        plan=plan,
        year=start.year,
        mode=mode,
        risk_run=world.make_risk_run(thing.subject.authority),
        subjects=subjects,
        chosen=chosen,
        formed_by=make.make_user("officer"),
        approved_by=make.make_user("head") if mode == "paper" else None,
        approved_at=make.AT if mode == "paper" else None,
        sent_on=make.AT.date() if plan != "schedule" and mode == "paper" else None,
        published_at=make.AT,
        created_at=make.AT,
        state="published",
    )
    first = {"list_2": date(start.year, 7, 1)}.get(plan, date(start.year, 1, 1))
    last = {"list_1": date(start.year, 6, 30)}.get(plan, date(start.year, 12, 31))
    return PlanEntry.objects.create(
        plan=made, subject=thing.subject, object=thing, place=1, from_on=first, to_on=last, start_on=start,
        working_days=5, risk=thing.subject.risk, points=50,
    )  # fmt: skip


def founded_by(rng: random.Random, start: date) -> dict[str, Any]:
    """A ground of Art. 144(5), with or without a case that needs no notice, or an urgent one."""
    ground = rng.choice([*TOLD, *UNTOLD])
    found: dict[str, Any] = {"ground": ground, "ground_text": "Letter 17.", "case": rng.choice(["", "", *LATE_AFTER])}
    found["case"] = rng.choice([found["case"], found["case"], "144(10)"])
    found["failures"] = 2 if ground == "2" else None
    if ground == "3":
        found |= {"complaint_from": start - 400 * DAY, "complaint_to": start - 30 * DAY}
    if rng.random() < 0.25:
        found |= {"urgent": True, "urgent_reason": "Machines are being carried away at night."}
    return found


def some_life(rng: random.Random, kind: str) -> Life:
    start = some_start(rng, VISITED if kind == "visit_control" else AROUND)
    values = founded_by(rng, start) if kind == "unscheduled" else {}
    at = moment(start, rng.choice([9, 13, 17]))
    if values.get("urgent"):  # at night or on a day off, too
        at = moment(rng.choice([start, start + DAY, start + 2 * DAY]), rng.choice([0, 3, 10, 23]))
    thing = some_subject(rng, timezone.localdate(at), kind)
    life = Life(rng, kind, thing, at, values)
    if kind != "unscheduled":
        half = "list_1" if start.month < 7 else "list_2"
        life.entry = place(rng, thing, start, "schedule" if kind == "compliance" else half)
    return life
