"""How many supervised firms comply fully, partly or not, month by month; law.compliance has the definition."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.charts import Chart, Series
from core.days import monthlong, monthshort
from core.models import Event, Obligation
from core.tables import SHARE, TEXT, Column, Table, cells
from law.compliance import BASELINE, DEFINITION, FULL, LEVELS, NOT, PART
from licensing.models import Application, Breach, Licence
from licensing.reports.scope import DAY, Scope, kind_name, share, start_of
from licensing.reports.throughput import months_of
from licensing.workflow import LIVE

WORST = {FULL: 0, PART: 1, NOT: 2}
TONES = {FULL: "ok", PART: "wait", NOT: "bad"}
SUSPENDED = ("suspended", "uncured")


@dataclass(frozen=True, slots=True)
class Standing:
    """A licence of a firm on a day, and how far the firm complies in it."""

    firm: int
    kind: str
    authority: int
    level: str


def compliance(scope: Scope) -> list[Table]:
    """By month and, at the end of the period, by kind: three queries a month, whatever there is."""
    licences = Licence.objects.visible_to(scope.user).order_by()
    chosen = {"kind": scope.kind, "application__region": scope.region}
    licences = licences.filter(**{name: value for name, value in chosen.items() if value})
    found = {day: standings(licences, day) for day in month_ends(scope.from_on, scope.to_on, scope.today)}
    return [by_month(found), by_kind(found), baseline()]


def month_ends(first: date, last: date, today: date) -> Iterator[date]:
    """The last day of each month that a period meets; of the month that runs, today; none to come."""
    for month in months_of(first, last):
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        if month <= today:
            yield min(following - DAY, today)


def standings(licences: "QuerySet[Licence]", day: date) -> list[Standing]:
    """Each licence that was in force or suspended when a day was over, with its level: as was known by then."""
    end = start_of(day + DAY)
    moved = Event.objects.filter(subject_type=Licence._meta.label_lower, subject_id=OuterRef("pk"), at__lt=end)
    then = Subquery(moved.exclude(to_state="").order_by("-seq").values("to_state")[:1])
    open_then = Q(closed_at__isnull=True) | Q(closed_at__gte=end)
    of_it = Q(licence=OuterRef("pk")) | Q(licence__isnull=True)
    breaches = Breach.objects.filter(
        open_then, of_it, organisation=OuterRef("organisation"), authority=OuterRef("authority"), created_at__lt=end
    )
    rows = licences.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), granted_on__lte=day)
    rows = rows.exclude(ended_on__lte=day).annotate(then=Coalesce(then, Value("in_force")), breached=Exists(breaches))
    held = list(
        rows.filter(then__in=LIVE).values_list("organisation", "kind", "authority", "then", "breached")
    )  # fmt: skip
    late = overdue({row[0] for row in held}, day)
    return [
        Standing(firm, kind, body, NOT if state in SUSPENDED or breached else PART if (firm, body) in late else FULL)
        for firm, kind, body, state, breached in held
    ]


def overdue(firms: set[int], day: date) -> set[tuple[int, int]]:
    """(firm, authority) where the day of a duty had passed, unmet, when a day was over; filings left out."""
    end = start_of(day + DAY)
    unmet = Q(met_at__isnull=True) | Q(met_at__gte=end)
    owed = Q(ended_at__isnull=True) | Q(ended_at__gte=end)
    rows = Obligation.objects.filter(
        unmet, owed, debtor=Obligation.ORGANISATION, organisation__in=firms, due_on__lte=day, created_at__lt=end
    ).exclude(subject_type=Application._meta.label_lower)
    return set(rows.order_by().values_list("organisation", "authority").distinct())


def counted(rows: Iterable[Standing]) -> dict[str, int]:
    """How many firms there are of each level; one with several licences counts by the worst."""
    worst: dict[int, str] = {}
    for row in rows:
        if WORST[row.level] >= WORST[worst.get(row.firm, FULL)]:
            worst[row.firm] = row.level
    levels = list(worst.values())
    return {level: levels.count(level) for level in LEVELS}


def columns(first: str) -> tuple[Column, ...]:
    levels = (Column(_(label)) for label in LEVELS.values())
    return (Column(first, TEXT), Column(_("Firms")), *levels, Column(_("Fully compliant, %"), SHARE))


def line(label: str, counts: dict[str, int]) -> Any:
    whole = sum(counts.values())
    return cells(label, whole, *counts.values(), share(counts[FULL], whole))


def by_month(found: dict[date, list[Standing]]) -> Table:
    counts = {day: counted(rows) for day, rows in found.items()}
    return Table(
        "compliance-by-month",
        _("By month"),
        columns(_("Month")),
        tuple(line(monthlong(day), one) for day, one in counts.items()),
        note=" ".join(_(sentence) for sentence in DEFINITION),
        chart=Chart(
            tuple(monthshort(day) for day in counts),
            tuple(
                Series(_(label), TONES[level], tuple(one[level] for one in counts.values()))
                for level, label in LEVELS.items()
            ),
            upright=True,
        ),
    )


def by_kind(found: dict[date, list[Standing]]) -> Table:
    """On the last of the days. A firm with licences of two kinds stands under both, each by its own."""
    rows = next(reversed(found.values()), [])
    kinds = sorted({row.kind for row in rows}, key=kind_name)
    lines = tuple(line(kind_name(kind), counted(row for row in rows if row.kind == kind)) for kind in kinds)
    return Table("compliance-by-kind", _("By kind, at the end"), columns(_("Kind")), lines)


def baseline() -> Table:
    """What was published before; from another count, so that it stands beside and in no line with ours."""
    return Table(
        "compliance-baseline",
        _("Published before"),
        (Column(_("When"), TEXT), Column(_("Fully compliant, %"), SHARE), Column(_("Source"), TEXT)),
        (cells(_(BASELINE.when), f"≈ {BASELINE.share * 100:.0f}", f"{_(BASELINE.source)} ({_(BASELINE.sureness)})"),),
        note=_("Only about this share complied in full, it says; how it was counted is not told."),
    )
