"""Which terms the authority kept."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from core.charts import Chart, Series
from core.models import Obligation, User
from core.services import duty_label
from core.tables import SHARE, TEXT, Cell, Column, Table, cells
from licensing.models import Application
from licensing.reports.scope import Scope, kind_name, share, sums

COUNTS = ("in_time", "late", "overdue", "running")


def terms(scope: Scope) -> list[Table]:
    """The authority's terms that fell due in the period: met in time, late, or still open. Two queries.

    A term that ended without being met counts as late where its day had passed by then, and not at all where it had
    not. A term whose clock stands has no day and belongs to no period. The officer is who holds the case now.
    """
    rows = list(groups(scope))
    people = User.objects.filter(pk__in={row["officer"] for row in rows if row["officer"]})
    names = {pk: name or email for pk, name, email in people.values_list("pk", "full_name", "email")}
    return [
        table("by-duty", _("By term"), _("Term"), rows, "code", lambda code: _(duty_label(code))),
        table("by-kind", _("By kind"), _("Kind"), rows, "title", kind_name),
        table("by-officer", _("By officer"), _("Officer"), rows, "officer", lambda pk: names.get(pk, _("Nobody yet"))),
    ]


def groups(scope: Scope) -> Any:
    """Counts by duty, kind and officer: one query. An obligation keeps the kind of its case as its title."""
    cases, zone = scope.cases(), timezone.get_default_timezone()
    held = cases.filter(pk=OuterRef("subject_id")).order_by().values("assigned_to")
    return (
        Obligation.objects.filter(
            subject_type=Application._meta.label_lower,
            subject_id__in=cases.order_by().values("pk"),
            debtor=Obligation.AUTHORITY,
            due_on__range=(scope.from_on, scope.to_on),
        )
        .annotate(
            officer=Subquery(held), met=TruncDate("met_at", tzinfo=zone), ended=TruncDate("ended_at", tzinfo=zone)
        )
        .order_by()
        .values("code", "title", "officer")
        .annotate(
            in_time=Count("pk", filter=Q(met__lte=F("due_on"))),
            late=Count("pk", filter=Q(met__gt=F("due_on")) | Q(ended__gt=F("due_on"))),
            overdue=Count("pk", filter=Q(met__isnull=True, ended__isnull=True, due_on__lt=scope.today)),
            running=Count("pk", filter=Q(met__isnull=True, ended__isnull=True, due_on__gte=scope.today)),
        )
    )


def table(code: str, title: str, head: str, rows: list[dict[str, Any]], key: str, named: Callable[[Any], str]) -> Table:
    found = sums(rows, key, COUNTS)
    lines = sorted(((named(value), counts) for value, counts in found.items() if any(counts.values())), key=fewest_kept)
    whole = {name: sum(counts[name] for _name, counts in lines) for name in COUNTS}
    labels = [(_("In time"), "ok"), (_("Late"), "warn"), (_("Open and overdue"), "bad"), (_("Not yet due"), "info")]
    series = tuple(
        Series(label, tone, tuple(counts[name] for _name, counts in lines))
        for (label, tone), name in zip(labels, COUNTS, strict=True)
    )
    columns = (Column(head, TEXT), Column(_("Fell due")), *(Column(label) for label, _tone in labels))
    return Table(
        code,
        title,
        (*columns, Column(_("Kept, %"), SHARE)),
        tuple(line(name, counts) for name, counts in lines),
        line(_("Together"), whole) if lines else (),
        chart=Chart(tuple(name for name, _counts in lines), series),
    )


def line(name: str, counts: Mapping[str, int]) -> tuple[Cell, ...]:
    """The share is of what could be judged: a term whose day is still to come is not."""
    judged = counts["in_time"] + counts["late"] + counts["overdue"]
    return cells(name, sum(counts.values()), *(counts[one] for one in COUNTS), share(counts["in_time"], judged))


def fewest_kept(line: tuple[str, Mapping[str, int]]) -> tuple[int, str]:
    """Where most went wrong comes first."""
    name, counts = line
    return -(counts["late"] + counts["overdue"]), name
