"""My work: what is due, by when, why; what waits for others; and, for who oversees, the counts of the whole house."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from core.models import Absence, Event, Obligation, User
from core.services import allowed, duty_label, stood_in_for
from core.together import count_together
from core.views.teams import own_authority
from core.workflow import HEAD, OFFICER
from licensing.models import Application, Opinion, Question
from licensing.permissions import PREPARING
from licensing.reports.overview import open_states
from licensing.services.terms import REGISTRATION
from licensing.views.access import OfficeRequest, office
from licensing.views.desk import open_tasks
from licensing.views.mails import troubled
from licensing.views.rows import CaseRow, Reader, read_values
from licensing.views.terms import days_left

SHOWN = 100  # rows of a person's work that the page shows
TO_SIGN = 50  # cases that wait for a person's signature
CAP = 1_000  # cases in one state that are counted
AWAITED = {
    "recommended": gettext_noop("Being countersigned"),
    "countersigned": gettext_noop("Being decided"),
}
NEXT_ACT = {
    "submitted": gettext_noop("Check that the application is complete"),
    "in_review": gettext_noop("Review and recommend"),
    "recommended": gettext_noop("Countersign or return"),
    "countersigned": gettext_noop("Decide"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line above the day's work. `rows`: what waits for an official, None where it is not his; `words`: what is said
    of so many, in the reader's language; `url`: where they stand."""

    rows: Callable[[User], "QuerySet[Any] | None"]
    words: Callable[[int], str]
    url: Callable[[], str]


_WAITING: list[Waiting] = []


def register_waiting(one: Waiting) -> None:
    """Declare a line above the day's work, from an AppConfig.ready(). All of them are counted in one statement."""
    if one not in _WAITING:
        _WAITING.append(one)


def waits(user: User) -> dict[str, Any]:
    """How many mails did not arrive, and the lines of what else waits; each counted up to a bound."""
    asked = [(one, rows) for one in _WAITING if (rows := one.rows(user)) is not None]
    counts = count_together(*(rows.order_by().values("pk")[:CAP] for rows in (troubled(user), *(r for _o, r in asked))))
    lines = zip((one for one, _rows in asked), counts[1:], strict=True)
    return {"mails": counts[0], "notices": [(one.words(count), one.url()) for one, count in lines if count]}


@dataclass(frozen=True, slots=True)
class Task:
    """One row of my work: the case, what is to be done, on which ground, and for whom it waits."""

    case: CaseRow
    what: str
    ground: dict[str, Any]
    waits_for: str = ""
    act: str = ""  # the act's page, where the next act is one
    away: Absence | None = None  # its officer's, where the reader stands in for him

    @property
    def url(self) -> str:
        if not self.act:
            return reverse("case", args=[self.case.reference])
        return reverse("case-act", args=[self.case.reference, self.act])


@require_GET
@office
def my_work(request: OfficeRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    away = stood_in_for(user, on=today)
    mine = Application.objects.visible_to(user).filter(assigned_to__in=[user.pk, *away]).open()
    tasks = read_tasks(mine, today, away)
    week = today + timedelta(days=6 - today.weekday())
    groups = grouped(tasks, today, week)
    oversees = allowed(user, "licensing.oversee", own_authority(user))
    context = {
        "groups": groups,
        "today": today,
        "week": week,
        "later": groups.pop("later"),
        "tasks": open_tasks(user, [user.pk, *away], today),
        "to_sign": to_sign(user, today),
        **waits(user),
        "figures": house_figures(user, today) if oversees else figures(tasks, today),
        "oversees": oversees,
        "nav": "my-work",
    }
    return render(request, "licensing/my_work.html", context)


def read_tasks(rows: QuerySet[Application], today: date, away: Mapping[int, Absence]) -> list[Task]:
    """The cases with their next open terms and what they wait for, and whose they are: two queries."""
    waiting = {
        "asked": Exists(Question.objects.filter(application=OuterRef("pk"), answered_at__isnull=True)),
        "opinion": Exists(Opinion.objects.filter(application=OuterRef("pk"), answer="")),
    }
    values = list(read_values(rows).annotate(**waiting).order_by("due_on", "id")[:SHOWN])
    reader = Reader(today)
    cases = [reader.row(one[:-2]) for one in values]
    grounds = next_terms([case.pk for case in cases])
    found = [
        task_of(case, grounds.get(case.pk), waits_for(case, asked=one[-2], opinion=one[-1]))
        for case, one in zip(cases, values, strict=True)
    ]
    return [replace(task, away=away.get(task.case.officer_id or 0)) for task in found]


def next_terms(ids: Iterable[int]) -> dict[int, tuple[str, dict[str, Any]]]:
    """By case, the authority's nearest open term: (code, ground)."""
    rows = Obligation.objects.filter(
        subject_type=Application._meta.label_lower, subject_id__in=list(ids), debtor=Obligation.AUTHORITY
    )
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    for pk, code, ground in rows.open().order_by("due_on", "id").values_list("subject_id", "code", "ground"):
        found.setdefault(pk, (code, ground))
    return found


def task_of(case: CaseRow, term: tuple[str, dict[str, Any]] | None, waiting: str) -> Task:
    """The row of one case: its next term says what to do while it is new, its state afterwards."""
    code, ground = term or ("", {})
    if case.state in AWAITED:
        return Task(case, _(AWAITED[case.state]), ground, waiting)
    if case.state == "submitted" and code == REGISTRATION:
        return Task(case, _(duty_label(code)), ground, waiting, "register")
    act = "recommend" if case.state == "in_review" and not waiting else ""
    return Task(case, _(NEXT_ACT.get(case.state, "Open the case")), ground, waiting, act)


def waits_for(case: CaseRow, *, asked: bool, opinion: bool) -> str:
    """For whom the case waits; empty where it is the officer's own turn."""
    if case.state == "recommended":
        return _("a second person's signature")
    if case.state == "countersigned":
        return _("a head's decision")
    if asked:
        return _("the applicant's answer")
    return _("another body's opinion") if opinion else ""


def grouped(tasks: list[Task], today: date, week: date) -> dict[str, list[Task]]:
    """Overdue first, whatever it waits for; then this week; then what waits for others; the rest is later."""
    groups: dict[str, list[Task]] = {"overdue": [], "week": [], "waiting": [], "later": []}
    for task in tasks:
        due_on = task.case.due_on
        if due_on is not None and due_on < today:
            groups["overdue"].append(task)
        elif task.waits_for:
            groups["waiting"].append(task)
        else:
            groups["week" if due_on is not None and due_on <= week else "later"].append(task)
    return groups


def to_sign(user: User, today: date) -> list[Task]:
    """Cases of the authority that wait for this person's signature or decision: those he had no hand in."""
    states = ["recommended", "countersigned"] if user.role == HEAD else ["recommended"]
    if user.role not in (OFFICER, HEAD):
        return []
    hands = Event.objects.filter(
        subject_type=Application._meta.label_lower,
        subject_id=OuterRef("pk"),
        actor=user,
        verb__in=[*PREPARING, "application.countersign"],
    )
    rows = Application.objects.visible_to(user).filter(~Exists(hands))
    # One state at a time: each has an index by due day, while both together would be sought among all open cases.
    most_urgent = [read_values(rows.filter(state=state)).order_by("due_on", "id")[:TO_SIGN] for state in states]
    reader = Reader(today)
    cases = sorted(
        (case for found in most_urgent for case in reader.rows(found)),
        key=lambda case: (case.due_on is None, case.due_on or today, case.pk),
    )[:TO_SIGN]
    grounds = next_terms([case.pk for case in cases])
    acts = {"recommended": "countersign"}
    return [
        Task(case, _(NEXT_ACT[case.state]), grounds.get(case.pk, ("", {}))[1], "", acts.get(case.state, ""))
        for case in cases
    ]


def figures(tasks: list[Task], today: date) -> dict[str, Any]:
    """Counts by state, and the oldest case, of what the page shows."""
    counts: dict[str, int] = {}
    for task in tasks:
        counts[task.case.state] = counts.get(task.case.state, 0) + 1
    dated = [task.case for task in tasks if task.case.filed_on]
    oldest = min(dated, key=lambda case: (case.filed_on, case.pk), default=None)
    overdue = sum(task.case.urgency == "overdue" for task in tasks)
    by_state = [counts.get(state, 0) for state, _label in open_states()]
    return {
        "whose": "officer=me&",
        "more_from": 1 if len(tasks) == SHOWN else SHOWN,
        **figure_row(by_state, overdue, oldest, today),
    }


def house_figures(user: User, today: date) -> dict[str, Any]:
    """The same for who looks over the house: each figure up to CAP, so that a house of any size costs the same."""
    cases = Application.objects.visible_to(user).open()
    states = [cases.filter(state=state) for state, _label in open_states()]
    parts = (*states, cases.filter(due_on__lt=today))
    *by_state, overdue = count_together(*(rows.order_by().values("pk")[:CAP] for rows in parts))
    oldest = cases.filter(filed_on__isnull=False).order_by("filed_on", "id").only("reference", "filed_on").first()
    return {"whose": "", "more_from": CAP, **figure_row(by_state, overdue, oldest, today)}


def figure_row(by_state: list[int], overdue: int, oldest: Any, today: date) -> dict[str, Any]:
    """Counts by state, what is overdue, the oldest case and for how many working days it has been filed."""
    days = -(days_left(oldest.filed_on, today) or 0) if oldest else None
    states = [(state, label, count) for (state, label), count in zip(open_states(), by_state, strict=True)]
    yesterday = today - timedelta(days=1)
    return {"states": states, "overdue": overdue, "yesterday": yesterday, "oldest": oldest, "oldest_days": days}
