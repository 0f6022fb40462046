"""How an inspection stands before a step is taken: what bars each step, what the step itself settles, who is free."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.models import Absence
from inspections.models import Inspection, Inspector, TeamMember
from inspections.models.facts import act_fields
from law.inspections import Plan, blockers_at, doubts
from law.inspections.acts import ACT_FIELDS
from law.problems import Problem, _

#: The steps ahead of each state, as law.inspections.STEPS calls them.
AHEAD: Mapping[str, tuple[str, ...]] = {
    "draft": ("notify", "appoint", "register", "start"),
    "noticed": ("appoint", "register", "start"),
    "appointed": ("register", "start"),
    "registered": ("start",),
    "running": ("work", "hand_result"),
}
LABELS = {
    "notify": _("When the notice is served"),
    "appoint": _("When the act of appointment is signed"),
    "register": _("When the act is registered"),
    "start": _("When it begins"),
    "work": _("While it is under way"),
    "hand_result": _("When the result is handed over"),
}


def foresee(step: str, row: Inspection, at: datetime) -> Inspection:
    """The inspection as a transition taken now would leave it: a copy that is never saved."""
    seen, today = copy(row), timezone.localdate(at)
    given: dict[str, dict[str, Any]] = {
        "serve_notice": {"noticed_at": at},
        "appoint": {"act_number": "…", "act_signed_by_id": row.opened_by_id, "act_signed_at": at},
        "register": {"registration_number": "…", "registered_on": today},
        "start": {"started_at": at, "receipt": "taken"},
    }
    for field, value in given.get(step, {}).items():
        setattr(seen, field, value)
    return seen


@dataclass(frozen=True, slots=True)
class Standing:
    """One step ahead. `bars`: what stands against it today; `settles`: what it itself puts right when it is taken."""

    step: str
    label: str
    bars: tuple[Problem, ...]
    settles: tuple[Problem, ...]


def standings(row: Inspection, plan: Plan, at: datetime) -> list[Standing]:
    """Every blocker of the facts as they are today, under the first step that it bars."""
    today, found, told = timezone.localdate(at), [], set()
    for step, taken in _taken(row, plan, at):
        now = [one for one in blockers_at(step, plan, today) if (one.code, one.message) not in told]
        kept = {(one.code, one.message) for one in blockers_at(step, taken, today)}
        told |= {(one.code, one.message) for one in now}
        bars = tuple(one for one in now if (one.code, one.message) in kept or one.field == "start_on")
        settles = tuple(one for one in now if one not in bars)
        found.append(Standing(step, LABELS[step], bars, settles))
    return found


def _taken(row: Inspection, plan: Plan, at: datetime) -> Iterator[tuple[str, Plan]]:
    """The steps ahead, each with the facts as they would stand once it and those before it were taken today."""
    today = timezone.localdate(at)
    whole = [code for code in ACT_FIELDS if code != "receipt"]
    held = act_fields(foresee("appoint", row, at))
    given: dict[str, dict[str, Any]] = {
        "notify": {"noticed_on": plan.noticed_on or today, "noticed_at": plan.noticed_at or at},
        "appoint": {"act_fields": [one for one in whole if one in held], "act_subjects": 1, "registered": None},
        "register": {"registered": True, "registered_on": plan.registered_on or today},
    }
    for step in AHEAD.get(row.state, ()):
        plan = replace(plan, **given.get(step, {}))
        yield step, plan


def warnings(plan: Plan, at: datetime) -> list[Problem]:
    return doubts(plan, timezone.localdate(at))


@dataclass(frozen=True, slots=True)
class Free:
    """An inspector on given days: what he is bound by then, nothing where he is free."""

    inspector: Inspector
    inspections: tuple[str, ...]
    absent: bool

    @property
    def is_free(self) -> bool:
        return not self.inspections and not self.absent


def free_team(row: Inspection, first: date, last: date) -> list[Free]:
    """Every inspector of the authority, with other inspections and the absence that meet the days."""
    rows = Inspector.objects.filter(authority=row.authority_id, from_on__lte=first, person__is_active=True)
    people = list(rows.exclude(to_on__lt=last).select_related("person").order_by("person__full_name", "id")[:200])
    ids = [one.person_id for one in people]
    busy: dict[int, list[str]] = {}
    for person, reference in (
        bound(ids, first, last).exclude(inspection=row).values_list("person_id", "inspection__reference")
    ):
        busy.setdefault(person, []).append(reference)
    away = set(
        Absence.objects.standing()
        .filter(person__in=ids, from_on__lte=last, to_on__gte=first)
        .values_list("person_id", flat=True)
    )
    return [Free(one, tuple(busy.get(one.person_id, ())), one.person_id in away) for one in people]


def bound(people: list[int], first: date, last: date) -> Any:
    """Places on the teams of inspections that are open and meet the days."""
    ends = Q(inspection__extended_to__gte=first) | Q(
        inspection__extended_to__isnull=True, inspection__end_on__gte=first
    )
    open_ = Inspection.objects.under_way().values("pk")
    rows = TeamMember.objects.standing().filter(ends, person__in=people, inspection__start_on__lte=last)
    return rows.filter(inspection__in=open_)
