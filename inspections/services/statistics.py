"""Figures of inspections over a period, and what the Unified Reporting Day tells: a few queries, whatever there is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Authority
from core.models.base import pick_name
from core.regions import REGIONS
from core.tables import SHARE, TEXT, Column, Table, cells
from inspections.models import Inspection, InspectionItem, PlanEntry, SupervisoryVisit
from inspections.models.visits import OTHER_REGIMES
from law.checklists import MET, NOT_MET
from law.inspections.codes import KINDS, REGIMES, RISKS, SEVERITIES
from law.inspections.schedules import reporting_day
from law.provisions import NotInForce
from licensing.reports.scope import share

DAY = timedelta(days=1)
OFTEN = 10  # items that were most often not met
#: Authorities that have no Unified Reporting Day (Entrepreneurial Code 131-1).
WITHOUT_DAY = ("nbk", "fmr")


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both counted."""

    first: date
    last: date

    def moments(self, field: str) -> Q:
        """Rows whose moment lies in it, by the days of Almaty."""
        begin = timezone.make_aware(datetime.combine(self.first, time()))
        end = timezone.make_aware(datetime.combine(self.last + DAY, time()))
        return Q(**{f"{field}__gte": begin, f"{field}__lt": end})


def reported(year: int) -> Period:
    """What the report of a year covers: from one reporting day to the day before the next; the act was not read.

    Raises:
        NotInForce: there was no such day in that year.
    """
    last = reporting_day(year) - DAY
    try:
        return Period(reporting_day(year - 1), last)
    except NotInForce:
        return Period(date(year, 1, 1), last)


#: What of the inspections that began is counted.
COUNTS: dict[str, Any] = {
    "begun": Count("pk"),
    "ended": Count("pk", filter=Q(result_handed_at__isnull=False)),
    "clean": Count("pk", filter=Q(result_handed_at__isnull=False, order_number="")),
    "ordered": Count("pk", filter=~Q(order_number="")),
    "cured": Count("pk", filter=Q(state="closed") & ~Q(order_number="")),
    "uncured": Count("pk", filter=Q(state="uncured")),
    "annulled": Count("pk", filter=Q(state="annulled")),
    "in_time": Count("pk", filter=Q(ended_on__lte=F("last_on"))),
    "extended": Count("pk", filter=Q(extended_to__isnull=False)),
}


def begun(authority: Authority, period: Period) -> QuerySet[Inspection]:
    """Inspections that began in the period, with the day on which each ended and its last one."""
    rows = Inspection.objects.filter(period.moments("started_at"), authority=authority).order_by()
    return rows.annotate(ended_on=TruncDate("result_handed_at"), last_on=Coalesce("extended_to", "end_on"))


def heads() -> tuple[Column, ...]:
    named = (_("Begun"), _("Ended"), _("No breaches"), _("Orders to cure"), _("Cured"), _("Not cured"), _("Annulled"))
    return (*(Column(label) for label in (*named, _("Extended"))), Column(_("Ended in time, %"), SHARE))


ORDER = ("begun", "ended", "clean", "ordered", "cured", "uncured", "annulled", "extended")


def counted(row: dict[str, int]) -> list[Any]:
    return [*(row[name] for name in ORDER), share(row["in_time"], row["ended"])]


def by(code: str, title: str, label: str, rows: QuerySet[Inspection], field: str, words: Any) -> Table:
    """The counts by one field: one query."""
    found = list(rows.values(field).annotate(**COUNTS).order_by(field))
    lines = tuple(cells(words(row[field]), *counted(row)) for row in found)
    whole = {name: sum(row[name] for row in found) for name in COUNTS}
    total = cells(_("Together"), *counted(whole)) if found else ()
    return Table(code, title, (Column(label, TEXT), *heads()), lines, total)


def worded(known: Any) -> Any:
    def words(code: str) -> str:
        return _(str(known[code])) if code in known else (code or _("not stated"))

    return words


def statistics(authority: Authority, period: Period, *, inspects: bool = True) -> list[Table]:
    """Everything about a period, each table by one query; of who inspects nobody under Chapter 13 the visits alone."""
    if not inspects:
        return [visits(authority, period)]
    rows = begun(authority, period)
    return [
        by("kinds", _("By kind"), _("Kind"), rows, "kind", worded(KINDS)),
        by("regions", _("By region"), _("Region"), rows, "object__region", worded(REGIONS)),
        by("risks", _("By degree of risk"), _("Degree of risk"), rows, "risk", worded(RISKS)),
        planned(authority, period),
        severities(rows),
        breached(rows),
        visits(authority, period),
    ]


def planned(authority: Authority, period: Period) -> Table:
    """Places in published plans whose start lay in the period, and what became of them: one query."""
    entries = PlanEntry.objects.filter(
        plan__authority=authority, plan__state="published", start_on__range=(period.first, period.last)
    )
    found = entries.order_by().aggregate(
        planned=Count("pk"),
        begun=Count("pk", filter=Q(inspection__started_at__isnull=False)),
        dropped=Count("pk", filter=Q(inspection__state="dropped")),
    )
    open_yet = found["planned"] - found["begun"] - found["dropped"]
    line = cells(_("In published plans"), found["planned"], found["begun"], found["dropped"], open_yet)
    columns = tuple(Column(label) for label in (_("Planned"), _("Begun"), _("Dropped"), _("Not begun")))
    return Table("plans", _("Plans kept"), (Column(_("Plan"), TEXT), *columns), (line,) if found["planned"] else ())


def severities(rows: QuerySet[Inspection]) -> Table:
    """Items answered, by severity: one query."""
    items = InspectionItem.objects.filter(inspection__in=rows.values("pk"), inspection__result_handed_at__isnull=False)
    counts: dict[str, Any] = {"met": Count("pk", filter=Q(answer=MET)), "unmet": Count("pk", filter=Q(answer=NOT_MET))}
    found: dict[str, Any] = {row["severity"]: row for row in items.order_by().values("severity").annotate(**counts)}
    lines = tuple(
        cells(_(text), row["met"], row["unmet"], share(row["unmet"], row["met"] + row["unmet"]))
        for code, text in SEVERITIES.items()
        if (row := found.get(code)) is not None
    )
    columns = (Column(_("Severity"), TEXT), Column(_("Met")), Column(_("Not met")), Column(_("Not met, %"), SHARE))
    return Table("severities", _("Items by severity"), columns, lines)


def breached(rows: QuerySet[Inspection]) -> Table:
    """The items that were most often not met: one query."""
    items = InspectionItem.objects.filter(inspection__in=rows.values("pk"), answer=NOT_MET).order_by()
    named = ("inspection__checklist__reference", "code", "text_kk", "text_ru", "text_en")
    found = items.filter(inspection__result_handed_at__isnull=False).values(*named).annotate(times=Count("pk"))
    lines = tuple(
        cells(f"{row['inspection__checklist__reference']} · {row['code']}", told(row), row["times"])
        for row in found.order_by("-times", "inspection__checklist__reference", "code")[:OFTEN]
    )
    columns = (Column(_("Item"), TEXT), Column(_("Requirement"), TEXT), Column(_("Not met")))
    return Table("items", _("Items most often not met"), columns, lines)


def told(row: dict[str, Any]) -> str:
    return pick_name(row["text_kk"], row["text_ru"], row["text_en"])


def visits(authority: Authority, period: Period) -> Table:
    """Supervisory visits under other laws: one query."""
    rows = SupervisoryVisit.objects.filter(authority=authority, carried_on__range=(period.first, period.last))
    counts: dict[str, Any] = {
        "carried": Count("pk"),
        "reports": Count("pk", filter=Q(issued_at__isnull=False)),
        "closed": Count("pk", filter=Q(state="closed")),
    }
    found: dict[str, Any] = {row["regime"]: row for row in rows.order_by().values("regime").annotate(**counts)}
    lines = tuple(
        cells(_(REGIMES[one]), row["carried"], row["reports"], row["closed"])
        for one in OTHER_REGIMES
        if (row := found.get(one)) is not None
    )
    columns = (Column(_("Under which law"), TEXT), Column(_("Carried out")), Column(_("Reports issued")))
    return Table("visits", _("Supervisory visits"), (*columns, Column(_("Closed"))), lines)
