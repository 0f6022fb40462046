"""What lies open in the house today; each figure leads to exactly the cases that it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.charts import Chart, Series
from core.tables import DAY, TEXT, Cell, Column, Table, cells
from licensing.models import Appeal, Application, Breach, Measure
from licensing.models.applications import OPEN
from licensing.reports.scope import OFFICER, Scope, ages, band_labels, of_age, officer_name, sums
from licensing.workflow import APPLICATION

CAP = 100_000  # open cases that the counts look at, the most urgent first


@dataclass(frozen=True, slots=True)
class Due:
    """When the next term of a case falls due: what a query asks, and the queue's filter for the same."""

    code: str
    label: str
    tone: str
    asked: Q
    query: Mapping[str, str]


def due_classes(today: date) -> list[Due]:
    """Each open case is in exactly one. The week ends on Sunday, as on *My work*."""
    one = timedelta(days=1)
    morrow, sunday = today + one, today + timedelta(days=6 - today.weekday())
    monday = sunday + one
    return [
        Due("overdue", _("Overdue"), "bad", Q(due_on__lt=today), {"due_to": f"{today - one}"}),
        Due("today", _("Due today"), "warn", Q(due_on=today), {"due_from": f"{today}", "due_to": f"{today}"}),
        Due(
            "week",
            _("Later this week"),
            "info",
            Q(due_on__range=(morrow, sunday)),
            {"due_from": f"{morrow}", "due_to": f"{sunday}"},
        ),
        Due("later", _("After this week"), "neutral", Q(due_on__gte=monday), {"due_from": f"{monday}"}),
        Due("undated", _("The clock stands"), "wait", Q(due_on__isnull=True), {"undated": "1"}),
    ]


def open_states() -> list[tuple[str, str]]:
    """The states of a filed case that has not ended, in the order of the procedure."""
    return [(state.name, _(state.label)) for state in APPLICATION.states if state.name in OPEN]


def open_counts(scope: Scope) -> list[dict[str, Any]]:
    """Open cases by officer and state: by due day, by age, the oldest. One query, over at most CAP cases."""
    first = scope.cases().open().order_by("due_on", "id").values("pk")[:CAP]  # type: ignore[attr-defined]  # our own QuerySet
    due: dict[str, Any] = {one.code: Count("pk", filter=one.asked) for one in due_classes(scope.today)}
    late = due_classes(scope.today)[0].asked
    for place, days in enumerate(ages(scope.today)):
        due[f"band_{place}"] = Count("pk", filter=of_age(days))
        due[f"late_{place}"] = Count("pk", filter=of_age(days) & late)
    rows: QuerySet[Any, Any] = Application.objects.filter(pk__in=first).order_by().values("state", **OFFICER)
    return list(rows.annotate(total=Count("pk"), oldest=Min("filed_on"), **due))


def oldest_case(scope: Scope) -> Application | None:
    """The open case that was filed first."""
    rows = scope.cases().open().filter(filed_on__isnull=False).order_by("filed_on", "id")  # type: ignore[attr-defined]  # our own
    return rows.only("reference", "filed_on").first()  # type: ignore[no-any-return]  # our own QuerySet


def overview(scope: Scope) -> list[Table]:
    """Open cases by due day, state, age and officer, and what else lies open: four queries."""
    return tables_of(open_counts(scope), scope)


def tables_of(rows: list[dict[str, Any]], scope: Scope) -> list[Table]:
    return [by_due(rows, scope), by_state(rows, scope), by_age(rows, scope), by_officer(rows, scope), oversight(scope)]


def to_queue(count: int, *queries: Mapping[str, Any]) -> Cell:
    """A count that leads to the queue with these filters."""
    asked = urlencode({name: value for query in queries for name, value in query.items()})
    return Cell(count, f"{reverse('queue')}?{asked}".rstrip("?") if count else "")


def by_due(rows: list[dict[str, Any]], scope: Scope) -> Table:
    lines = [(one, sum(row[one.code] for row in rows)) for one in due_classes(scope.today)]
    return Table(
        "by-due",
        _("By due day"),
        (Column(_("Due"), TEXT), Column(_("Open cases"))),
        tuple(cells(one.label, to_queue(count, one.query)) for one, count in lines),
        cells(_("All open"), to_queue(sum(count for _one, count in lines))),
    )


def by_state(rows: list[dict[str, Any]], scope: Scope) -> Table:
    """What each case waits for, and how urgently."""
    classes = due_classes(scope.today)
    names = ["total", *(one.code for one in classes)]
    found, states = sums(rows, "state", names), open_states()
    empty = dict.fromkeys(names, 0)
    lines = [(state, label, found.get(state, empty)) for state, label in states]

    def line(label: str, counts: Mapping[str, int], query: Mapping[str, str]) -> tuple[Cell, ...]:
        due = (to_queue(counts[one.code], query, one.query) for one in classes)
        return cells(label, to_queue(counts["total"], query), *due)

    series = (Series(one.label, one.tone, tuple(counts[one.code] for _s, _l, counts in lines)) for one in classes)
    return Table(
        "by-state",
        _("By state"),
        (Column(_("State"), TEXT), Column(_("All open")), *(Column(one.label) for one in classes)),
        tuple(line(label, counts, {"state": state}) for state, label, counts in lines),
        line(_("Together"), {name: sum(counts[name] for _s, _l, counts in lines) for name in names}, {}),
        chart=Chart(tuple(label for _state, label in states), tuple(series)),
    )


def by_age(rows: list[dict[str, Any]], scope: Scope) -> Table:
    """Working days since the filing."""
    late = due_classes(scope.today)[0]
    lines, drawn = [], []
    for place, (label, (first, last)) in enumerate(zip(band_labels(), ages(scope.today), strict=True)):
        query = {"filed_from": str(first)} if first else {}
        query |= {"filed_to": str(last)} if last < scope.today else {}
        counts = [sum(row[f"{name}_{place}"] for row in rows) for name in ("band", "late")]
        lines.append(cells(label, to_queue(counts[0], query), to_queue(counts[1], query, late.query)))
        drawn.append(counts)
    whole, overdue = (sum(counts[place] for counts in drawn) for place in (0, 1))
    series = (
        Series(late.label, late.tone, tuple(counts[1] for counts in drawn)),
        Series(_("In time"), "info", tuple(counts[0] - counts[1] for counts in drawn)),
    )
    return Table(
        "by-age",
        _("By age"),
        (Column(_("Working days since filing"), TEXT), Column(_("All open")), Column(late.label)),
        tuple(lines),
        cells(_("Together"), to_queue(whole), to_queue(overdue, late.query)),
        chart=Chart(tuple(band_labels()), series),
    )


def by_officer(rows: list[dict[str, Any]], scope: Scope) -> Table:
    """Who has what; where most is overdue comes first."""
    late, today = due_classes(scope.today)[:2]
    groups: dict[int | None, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["officer"], []).append(row)

    def line(label: str, found: list[dict[str, Any]], query: Mapping[str, Any]) -> tuple[Cell, ...]:
        states = (count_of(found, "total", state=name) for name, _label in open_states())
        return cells(
            label,
            *(to_queue(n, query, {"state": name}) for n, (name, _l) in zip(states, open_states(), strict=True)),
            to_queue(count_of(found, "total"), query),
            *(to_queue(count_of(found, one.code), query, one.query) for one in (late, today)),
            min(row["oldest"] for row in found),
        )

    ordered = sorted(
        ((officer_name(found[0]), pk, found) for pk, found in groups.items()),
        key=lambda one: (-count_of(one[2], late.code), -count_of(one[2], "total"), one[0]),
    )
    columns = (Column(_("Officer"), TEXT), *(Column(label) for _state, label in open_states()), Column(_("All open")))
    return Table(
        "by-officer",
        _("By officer"),
        (*columns, Column(late.label), Column(today.label), Column(_("Oldest filed"), DAY)),
        tuple(line(name, found, {"officer": pk or "none"}) for name, pk, found in ordered),
        line(_("Together"), rows, {}) if rows else (),
    )


def count_of(rows: Iterable[Mapping[str, Any]], name: str, **only: Any) -> int:
    return sum(row[name] for row in rows if all(row[key] == value for key, value in only.items()))


def oversight(scope: Scope) -> Table:
    """Open breaches, measures and appeals by state: three queries, each bounded."""
    seen: list[tuple[str, str, str, QuerySet[Any]]] = [
        (_("Breaches"), "breaches", "state", Breach.objects.visible_to(scope.user).open()),
        (_("Measures"), "measures", "state", Measure.objects.visible_to(scope.user).open()),
        (_("Appeals"), "appeals", "show", Appeal.objects.visible_to(scope.user).open()),
    ]
    lines = []
    for name, page, field, rows in seen:
        first = rows.order_by("id").values("pk")[:CAP]
        found = rows.model._default_manager.filter(pk__in=first).order_by().values("state")
        counts = {row["state"]: row for row in found.annotate(count=Count("pk"), oldest=Min("created_at"))}
        for state in rows.model.WORKFLOW.states:
            if state.name in counts:
                row, url = counts[state.name], f"{reverse(page)}?{field}={state.name}"
                lines.append(cells(name, _(state.label), Cell(row["count"], url), timezone.localdate(row["oldest"])))
    columns = (
        Column(_("Kind of case"), TEXT),
        Column(_("State"), TEXT),
        Column(_("Open")),
        Column(_("Oldest entered"), DAY),
    )
    whole = sum(row[2].value for row in lines)
    return Table("oversight", _("Oversight"), columns, tuple(lines), cells(_("Together"), "", whole, None))
