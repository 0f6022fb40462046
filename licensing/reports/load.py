"""Who has how much to do, and who was away."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from core import workflow
from core.charts import single
from core.models import Absence, User
from core.tables import DAY, TEXT, Cell, Column, Table, cells
from law.calendar import is_working_day
from licensing.reports.scope import OFFICER, Scope, officer_name


def load(scope: Scope) -> list[Table]:
    """Cases and absences of everybody who takes cases, and of whoever still holds some: three queries.

    Cases count for who holds them now. Open: at the end of the period.
    """
    then, filed, ended = scope.open_then(), Q(filed_on__range=(scope.from_on, scope.to_on)), scope.within("closed_at")
    held: QuerySet[Any, Any] = scope.cases().filter(then | filed | ended).order_by().values(**OFFICER)
    counts = {"open": Count("pk", filter=then), "new": Count("pk", filter=filed), "done": Count("pk", filter=ended)}
    counted = {row["officer"]: (officer_name(row), *(row[name] for name in counts)) for row in held.annotate(**counts)}
    for pk, name, email in takers(scope.user):
        counted.setdefault(pk, (name or email, 0, 0, 0))
    away = absences(scope)
    lines = sorted(counted.items(), key=lambda one: (-one[1][1], one[1][0]))
    columns = (
        Column(_("Officer"), TEXT),
        Column(_("Open cases")),
        Column(_("Filed in the period")),
        Column(_("Ended in the period")),
        Column(_("Working days away")),
        Column(_("Away until"), DAY),
        Column(_("Deputy"), TEXT),
    )
    sums = [sum(values[place] for _pk, values in lines) for place in (1, 2, 3)]
    drawn = single(_("Open cases"), "info", [one[0] for _pk, one in lines], [one[1] for _pk, one in lines])
    return [
        Table(
            "by-officer",
            _("By officer"),
            columns,
            tuple(line(values, away.get(pk, []), scope) for pk, values in lines),
            cells(_("Together"), *sums, None, None, None),
            chart=drawn,
        )
    ]


def takers(user: User) -> Iterable[tuple[int, str, str]]:
    """Who takes cases of the reader's authority."""
    people = User.objects.visible_to(user).filter(authority=user.authority_id, is_active=True)
    return people.filter(role__in=(workflow.OFFICER, workflow.HEAD)).values_list("pk", "full_name", "email")


def absences(scope: Scope) -> dict[int, list[Absence]]:
    """By person, his absences that meet the period."""
    found: dict[int, list[Absence]] = {}
    rows = Absence.objects.visible_to(scope.user).standing().select_related("deputy")
    for row in rows.filter(from_on__lte=scope.to_on, to_on__gte=scope.from_on):
        found.setdefault(row.person_id, []).append(row)
    return found


def line(values: tuple[str, int, int, int], away: list[Absence], scope: Scope) -> tuple[Cell, ...]:
    now = next((row for row in away if row.from_on <= scope.as_of <= row.to_on), None)
    days = sum(working_days(max(row.from_on, scope.from_on), min(row.to_on, scope.to_on)) for row in away)
    return cells(*values, days, *((now.to_on, str(now.deputy)) if now else (None, None)))


def working_days(first: date, last: date) -> int:
    """From the first day to the last, both counted. Absences of one person do not overlap."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))
