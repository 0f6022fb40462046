"""What a plan is formed from, as plain values that JSON keeps: settings and candidates. And what comes of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from law.inspections.codes import Kind
from law.inspections.schedules import SCHEDULE
from law.problems import Line
from law.provisions import Provision

Told = dict[str, Any]


def said(text: str, rule: Provision | None = None, **params: Any) -> Told:
    """A line with its provision, as JSON keeps it."""
    line: Told = dict(Line(text, **params).as_dict())
    return line | ({"ground": rule.ground()} if rule is not None else {})


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Going:
    """An inspector as plans reckon with him: whose days, from where, how many a month."""

    person: int
    region: str
    days_a_month: int
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a plan is formed with beside its candidates. `first`: the first start that the notice lets be."""

    authority: str
    plan: str
    year: int
    mode: str
    on: date
    first: date
    period: tuple[date, date]
    subjects: int
    most: int | None
    inspectors: tuple[Going, ...]
    absences: tuple[tuple[int, date, date], ...]
    figures: tuple[dict[str, Any], ...] = ()

    @property
    def kind(self) -> Kind:
        return Kind.COMPLIANCE if self.plan == SCHEDULE else Kind.VISIT_CONTROL

    def as_json(self) -> dict[str, Any]:
        return {
            "authority": self.authority,
            "on": self.on.isoformat(),
            "first": self.first.isoformat(),
            "period": [one.isoformat() for one in self.period],
            "subjects": self.subjects,
            "most": self.most,
            "inspectors": [
                [one.person, one.region, one.days_a_month, one.from_on.isoformat(), iso(one.to_on)]
                for one in self.inspectors
            ],
            "absences": [[person, first.isoformat(), last.isoformat()] for person, first, last in self.absences],
            "figures": list(self.figures),
        }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def settings_of(kept: dict[str, Any], *, plan: str, year: int, mode: str) -> Settings:
    """The settings that a plan keeps, read back."""
    first, last = (date.fromisoformat(one) for one in kept["period"])
    return Settings(
        authority=kept["authority"],
        plan=plan,
        year=year,
        mode=mode,
        on=date.fromisoformat(kept["on"]),
        first=date.fromisoformat(kept["first"]),
        period=(first, last),
        subjects=kept["subjects"],
        most=kept["most"],
        inspectors=tuple(
            Going(person, region, days, date.fromisoformat(since), day_of(until))
            for person, region, days, since, until in kept["inspectors"]
        ),
        absences=tuple((who, date.fromisoformat(a), date.fromisoformat(b)) for who, a, b in kept["absences"]),
        figures=tuple(kept["figures"]),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject in its place by risk. `facts`: size, successor, registered_on, last_ended_on, busy, left_on, objects
    ([id, kind, region] each), visits, desk_on, other (the period that another plan of the year gives it)."""

    subject: int
    place: int
    risk: str
    points: str
    facts: dict[str, Any]

    def day(self, name: str) -> date | None:
        return day_of(self.facts.get(name))


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate in the plan."""

    candidate: Candidate
    object: int
    from_on: date
    to_on: date
    start_on: date
    working_days: int
    lead: int
    why: list[Told]

    def row(self) -> str:
        """What the digest is made of."""
        one = self.candidate
        parts = (one.place, one.subject, self.object, self.from_on, self.to_on, self.start_on, self.working_days)
        return "|".join(str(part) for part in (*parts, self.lead, one.risk, one.points))


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that is not in the plan: `outcome` is a code of `OUTCOMES`."""

    candidate: Candidate
    outcome: str
    why: list[Told] = field(default_factory=list)
