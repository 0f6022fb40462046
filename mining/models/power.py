"""Limits on the power of digital mining as the authority entered them, and what is used against them, by place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Sight, User
from core.models.sight import OfficialQuerySet
from core.regions import REGIONS, ZONES
from licensing.models.applications import OPEN
from licensing.permits import ISSUE
from mining.models.assessments import Assessment
from mining.models.centres import POWER, DataCentre
from mining.models.hosting import HOSTED_KINDS
from mining.models.particulars import MiningParticulars


class PowerLimitQuerySet(OfficialQuerySet["PowerLimit"]):
    """Officials: their authority's."""

    def on(self, day: date) -> Self:
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class PowerLimit(models.Model):
    """So many megawatts for mining in a region or in a zone of the grid, from a day to a day, by an act."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    region = models.CharField(
        _("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()], blank=True
    )
    zone = models.CharField(
        _("zone of the grid"), max_length=5, choices=[(code, _(name)) for code, name in ZONES.items()], blank=True
    )
    megawatts = models.DecimalField(_("limit, MW"), **POWER)
    source = models.CharField(_("act that sets it"), max_length=300)
    since = models.DateField(_("from"))
    until = models.DateField(_("last day"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))

    objects = PowerLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit of power")
        verbose_name_plural = _("limits of power")
        ordering: ClassVar = ["-since", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="power_limit_of_one_place",
                condition=Q(region="") & ~Q(zone="") | ~Q(region="") & Q(zone=""),
            ),
            models.CheckConstraint(name="power_limit_above_zero", condition=Q(megawatts__gt=0)),
            models.CheckConstraint(
                name="power_limit_days_in_order", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(name="power_limit_by_an_act", condition=~Q(source="")),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "since"], name="power_limit_by_authority")]

    def __str__(self) -> str:
        return f"{self.region or self.zone} {self.megawatts}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, f"power-limit-{self.pk}", "power-limit")

    @property
    def place(self) -> str:
        return self.region or self.zone


@dataclass
class Use:
    """Megawatts of one place: declared in licences in force, asked for in open filings, built, measured."""

    declared: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    capacity: Decimal = Decimal(0)
    measured: Decimal = Decimal(0)
    licences: int = 0
    filings: int = 0
    centres: int = 0
    centres_measured: int = 0
    limit: PowerLimit | None = None

    def add(self, other: "Use") -> None:
        for name in ("declared", "pending", "capacity", "measured", *COUNTS):
            setattr(self, name, getattr(self, name) + getattr(other, name))


COUNTS = ("licences", "filings", "centres", "centres_measured")


@dataclass
class PowerUse:
    """All of it on a day, by region and by zone; `nowhere` is what filings do not place."""

    regions: dict[str, Use] = field(default_factory=lambda: {code: Use() for code in REGIONS})
    zones: dict[str, Use] = field(default_factory=lambda: {code: Use() for code in ZONES})
    nowhere: Use = field(default_factory=Use)

    def put(self, region: str, zone: str, part: Use) -> None:
        self.regions.get(region, self.nowhere).add(part)
        if zone in self.zones:
            self.zones[zone].add(part)


def power_use(authority: Authority, day: date) -> PowerUse:
    """Five queries, whatever there is: licences, filings, centres with what was last measured, limits."""
    found = PowerUse()
    for row in declared(authority):
        found.put(row["region"], row["zone"], Use(declared=row["sum"] or Decimal(0), licences=row["count"]))
    for row in pending(authority):
        found.put(row["region"], row["zone"], Use(pending=row["sum"] or Decimal(0), filings=row["count"]))
    for row in built(authority, day):
        part = Use(capacity=row["sum"], measured=row["measured"] or Decimal(0), centres=row["count"])
        part.centres_measured = row["count_measured"]
        found.put(row["region"], row["zone"], part)
    for limit in PowerLimit.objects.filter(authority=authority).on(day).order_by("since", "id"):
        places: Mapping[str, Use] = found.regions if limit.region else found.zones
        if limit.place in places:
            places[limit.place].limit = limit
    return found


def by_place(rows: "models.QuerySet[MiningParticulars]") -> Any:
    counted = {"sum": Sum("megawatts"), "count": Count("pk")}
    return rows.order_by().values("region", "zone").annotate(**counted)


def declared(authority: Authority) -> Any:
    """What holders of licences in force declared when they filed."""
    rows = MiningParticulars.objects.filter(
        application__licence__state="in_force",
        application__licence__authority=authority,
        application__licence__kind__in=HOSTED_KINDS,
    )
    return by_place(rows)


def pending(authority: Authority) -> Any:
    """What applicants ask for who have not been answered."""
    rows = MiningParticulars.objects.filter(
        application__authority=authority,
        application__state__in=OPEN,
        application__act=ISSUE,
        application__kind__in=HOSTED_KINDS,
    )
    return by_place(rows)


def built(authority: Authority, day: date) -> Any:
    """Centres that stand, and the power last measured at an assessment that was signed off."""
    rows = DataCentre.objects.filter(authority=authority, state="registered").standing_on(day)
    return (
        with_last_measured(rows)
        .order_by()
        .values("region", "zone")
        .annotate(
            sum=Sum("megawatts"),
            count=Count("pk"),
            measured=Sum("last_measured"),
            count_measured=Count("last_measured"),
        )
    )


def with_last_measured(centres: "models.QuerySet[DataCentre]") -> "models.QuerySet[DataCentre]":
    """Each with `last_measured`: megawatts at its last assessment that was signed off and measured any."""
    last = Assessment.objects.signed().filter(centre=OuterRef("pk"), measured_megawatts__isnull=False)
    return centres.annotate(
        last_measured=Subquery(last.order_by("-assessed_on", "-id").values("measured_megawatts")[:1])
    )
