"""Who is hosted where: the megawatts and cells of a data centre that a licence holder uses, from a day to a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, User
from core.models.sight import SightQuerySet
from mining.models.centres import POWER, DataCentre

#: The kinds whose holders are hosted: the owner of a centre under subtype I as well as who places machines there.
HOSTED_KINDS = ("mining-licence-1", "mining-licence-2")


class HostingQuerySet(SightQuerySet["Hosting"]):
    """Officials: their authority's. Others: what is let in their centres and what is let to them."""

    def for_official(self, user: "User") -> Q:
        return Q(centre__authority=user.authority_id)

    def for_party(self, user: "User") -> Q:
        own = user.organisations()
        return Q(centre__owner__in=own) | Q(licence__organisation__in=own)

    def on(self, day: date) -> Self:
        """What was let on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def during(self, since: date, until: date | None) -> Self:
        """What was let on some day from one to another; without an end where `until` is None."""
        begun = Q() if until is None else Q(since__lte=until)
        return self.filter(begun, Q(until__isnull=True) | Q(until__gte=since))


class Hosting(models.Model):
    """One licence in one centre. What ends keeps its row; a change of amount is an end and a new row."""

    centre = models.ForeignKey(DataCentre, models.PROTECT, related_name="hostings", verbose_name=_("data centre"))
    licence = models.ForeignKey("licensing.Licence", models.PROTECT, related_name="hostings", verbose_name=_("licence"))
    megawatts = models.DecimalField(_("let, MW"), **POWER)
    cells = models.PositiveIntegerField(_("cells let"), null=True, blank=True, validators=[MinValueValidator(1)])
    since = models.DateField(_("from"))
    until = models.DateField(_("last day"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))

    objects = HostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("letting")
        verbose_name_plural = _("lettings")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="hosting_power_above_zero", condition=Q(megawatts__gt=0)),
            models.CheckConstraint(name="hosting_cells_above_zero", condition=Q(cells__isnull=True) | Q(cells__gt=0)),
            models.CheckConstraint(
                name="hosting_days_in_order", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["centre", "since"], name="hosting_by_centre"),
            models.Index(fields=["licence", "since"], name="hosting_by_licence"),
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} in {self.centre_id}"

    def sight(self) -> Sight:
        return self.centre.sight()

    def stands_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class Fullest:
    """The day on which most is let, and how much then."""

    day: date
    megawatts: Decimal
    cells: int


def fullest(rows: Iterable[Hosting], since: date, until: date | None = None) -> Fullest:
    """Of all days from one to another the one on which most megawatts are let (and most cells, on whichever day).

    The sum only grows where a letting begins, so these days and the first are enough.
    """
    held = list(rows)
    starts = {since} | {row.since for row in held if row.since > since and (until is None or row.since <= until)}
    let = {day: [row for row in held if row.stands_on(day)] for day in starts}
    power = {day: sum((row.megawatts for row in rows), Decimal(0)) for day, rows in let.items()}
    day = max(sorted(power), key=lambda one: power[one])
    return Fullest(day, power[day], max(sum(row.cells or 0 for row in rows) for rows in let.values()))
