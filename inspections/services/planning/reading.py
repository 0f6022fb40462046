"""Candidates from the database: in the order of a risk run, slice by slice by its index, never all of them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from inspections.models import ControlObject, Inspection, PlanEntry, RiskRow, RiskRun
from inspections.services.planning.facts import Candidate, Settings, iso
from law.inspections import Kind, Risk
from law.inspections.schedules import SCHEDULE

SLICE = 500
NOT_STANDING = ("dropped", "annulled")
_OPEN = ("draft", "noticed", "appointed", "registered", "running")
FIELDS = (
    *("subject_id", "points", "subject__size", "subject__successor", "subject__last_ended_on", "subject__left_on"),
    "subject__organisation__registered_on",
)


def candidates(run: RiskRun, settings: Settings) -> Iterator[Candidate]:
    """All subjects of a run: high before medium before low, more points first."""
    place = 0
    for risk in (Risk.HIGH, Risk.MEDIUM, Risk.LOW):
        after: tuple[Decimal, int] | None = None
        while rows := _slice(run, risk, after):
            after = (rows[-1]["points"], rows[-1]["subject_id"])
            more = _facts([row["subject_id"] for row in rows], settings)
            for row in rows:
                place += 1
                yield Candidate(row["subject_id"], place, str(risk), str(row["points"]), _of(row, more))


def _slice(run: RiskRun, risk: Risk, after: tuple[Decimal, int] | None) -> list[dict[str, Any]]:
    rows = RiskRow.objects.filter(run=run, risk=risk)
    if after is not None:
        points, subject = after
        rows = rows.filter(Q(points__lt=points) | Q(points=points, subject__gt=subject), points__lte=points)
    return list(rows.order_by("-points", "subject_id").values(*FIELDS)[:SLICE])


def _of(row: dict[str, Any], more: dict[str, dict[int, Any]]) -> dict[str, Any]:
    subject = row["subject_id"]
    done = more["done"].get(subject, {})
    ended = [row["subject__last_ended_on"], done.get("ended"), done.get("expected"), more["planned"].get(subject)]
    return {
        "size": row["subject__size"],
        "successor": row["subject__successor"],
        "registered_on": iso(row["subject__organisation__registered_on"]),
        "left_on": iso(row["subject__left_on"]),
        "last_ended_on": iso(max((day for day in ended if day), default=None)),
        "busy": bool(done.get("busy")),
        "visits": done.get("visits", 0),
        "desk_on": iso(done.get("desk")),
        "objects": more["objects"].get(subject, []),
        "other": more["other"].get(subject),
    }


def _facts(subjects: list[int], settings: Settings) -> dict[str, dict[int, Any]]:
    """What else a slice is judged by: four queries."""
    objects: dict[int, list[Any]] = defaultdict(list)
    standing = ControlObject.objects.standing().filter(subject__in=subjects).order_by("id")
    for pk, subject, kind, region in standing.values_list("id", "subject_id", "kind_of_permit", "region"):
        objects[subject].append([pk, kind, region])
    return {
        "objects": objects,
        "done": _done(subjects, settings.year),
        "planned": _planned(subjects, settings),
        "other": _other(subjects, settings),
    }


def _local(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None


def _done(subjects: list[int], year: int) -> dict[int, dict[str, Any]]:
    """Inspections that were or are: when the last one ended or will, visits of the year, desk control."""
    compliance, is_open = Q(kind=Kind.COMPLIANCE), Q(state__in=_OPEN)
    rows = (
        Inspection.objects.filter(subject__in=subjects)
        .exclude(state__in=NOT_STANDING)
        .order_by()
        .values("subject_id")
        .annotate(
            last=Max("result_handed_at", filter=compliance),
            end=Max("end_on", filter=compliance & is_open),
            extended=Max("extended_to", filter=compliance & is_open),
            endless=Count("pk", filter=compliance & is_open & Q(end_on__isnull=True)),
            desk=Max("result_handed_at", filter=Q(kind=Kind.DESK_CONTROL)),
            visits=Count("pk", filter=Q(kind=Kind.VISIT_CONTROL, start_on__year=year)),
        )
    )
    return {
        row["subject_id"]: {
            "ended": _local(row["last"]),
            "expected": max((day for day in (row["end"], row["extended"]) if day), default=None),
            "busy": row["endless"] > 0,
            "desk": _local(row["desk"]),
            "visits": row["visits"],
        }
        for row in rows
    }


def _planned(subjects: list[int], settings: Settings) -> dict[int, date]:
    """Who still has an inspection to come by the schedule before this one: it ends by the end of its period."""
    rows = PlanEntry.objects.filter(
        plan__plan=SCHEDULE, plan__state="published", plan__authority__code=settings.authority,
        plan__year__lt=settings.year, plan__year__gte=settings.year - 1,
        subject__in=subjects, to_on__gte=settings.on, inspection__isnull=True,
    )  # fmt: skip
    return {subject: last for subject, last in rows.values_list("subject_id", "to_on") if last}


def _other(subjects: list[int], settings: Settings) -> dict[int, list[str]]:
    """The period that the schedule gives a subject of a list, and the other way round."""
    rows = PlanEntry.objects.filter(
        plan__authority__code=settings.authority, plan__year=settings.year, plan__state="published",
        subject__in=subjects, from_on__gte=settings.period[0], to_on__lte=settings.period[1],
    ).exclude(plan__plan=settings.plan)  # fmt: skip
    found = rows.values_list("subject_id", "from_on", "to_on")
    return {subject: [first.isoformat(), last.isoformat()] for subject, first, last in found}
