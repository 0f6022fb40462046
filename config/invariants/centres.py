"""What must hold of data centres: numbers without gaps, never more let than there is, nothing on what is closed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q

from config.invariants.base import Fault, Rule, duties_of, told
from licensing.models import NumberCounter
from mining.models import Assessment, DataCentre, Hosting, MachineFiling
from mining.models.hosting import fullest

#: The beginnings of the series of numbers of centres, assessments and applications about machines.
SERIES = ("DC", "DA-", "MAC-")


def numbers_without_gaps(today: date) -> Iterator[Fault]:
    """Each series runs from 1 to what its counter says."""
    given: dict[str, list[int]] = {}
    for model in (DataCentre, Assessment, MachineFiling):
        for number in model.objects.order_by("reference").values_list("reference", flat=True):
            series, _line, last = number.rpartition("-")
            given.setdefault(series, []).append(int(last))
    ours = Q(series=SERIES[0]) | Q(series__startswith=SERIES[1]) | Q(series__startswith=SERIES[2])
    for series, counter in NumberCounter.objects.filter(ours, last__gt=0).values_list("series", "last"):
        if given.pop(series, []) != list(range(1, counter + 1)):
            yield Fault("number-gap", series, f"the counter says {counter}, the rows otherwise")
    for series in given:
        yield Fault("number-gap", series, "numbers without a counter")


def let_within_capacity(today: date) -> Iterator[Fault]:
    """On no day from today on more is let than the centre has: its capacity is known as of today."""
    let: dict[DataCentre, list[Hosting]] = {}
    for row in Hosting.objects.during(today, None).select_related("centre"):
        let.setdefault(row.centre, []).append(row)
    for centre, rows in let.items():
        most = fullest(rows, today)
        if most.megawatts > centre.megawatts or (centre.cells is not None and most.cells > centre.cells):
            yield Fault("overlet", centre.reference, f"{most.megawatts} MW on {most.day}")


def nothing_after_closing(today: date) -> Iterator[Fault]:
    """What is let in a closed centre ended with it, and nobody owes anything on it."""
    later = Q(until__isnull=True) | Q(until__gt=F("centre__closed_on"))
    rows = Hosting.objects.filter(later, centre=OuterRef("pk"))
    closed = DataCentre.objects.filter(state="closed")
    yield from told("let-after-closing", closed.filter(Exists(rows)), "closed, yet something is let")
    owed = duties_of(Assessment._meta.label_lower).filter(met_at__isnull=True, ended_at__isnull=True)
    left = Assessment.objects.filter(Exists(owed), centre__state="closed")
    yield from told("term-left-open", left, "the centre is closed, a term is still open")


def mix_is_whole(today: date) -> Iterator[Fault]:
    """The database holds it too; told here where its constraint is gone."""
    rows = DataCentre.objects.annotate(
        whole=F("grid_share") + F("own_generation_share") + F("renewable_share") + F("import_share")
    )
    yield from told("mix", rows.exclude(whole=Decimal(1)), "the sources do not make 1")


RULES: tuple[Rule, ...] = (numbers_without_gaps, let_within_capacity, nothing_after_closing, mix_is_whole)
