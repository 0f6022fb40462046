"""The world's hash rate as the authority entered it, and the hash rate of the machines in the register, by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Sight, User
from core.models.sight import OfficialQuerySet
from law.hash_rate import UNITS, terahashes
from mining.models.power_months import at_ends


class WorldHashRateQuerySet(OfficialQuerySet["WorldHashRate"]):
    """Officials: their authority's."""

    def standing(self) -> Self:
        """What counts: rows that were not corrected."""
        return self.filter(standing=True)


class WorldHashRate(models.Model):
    """The world's hash rate on a day, from a source. A row is never edited: a correction is a new row, which names the
    one whose place it takes, and why."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    day = models.DateField(_("day of the figure"))
    amount = models.DecimalField(
        _("hash rate of the world"),
        max_digits=15,
        decimal_places=3,
        validators=[MinValueValidator(Decimal("0.001"))],
    )
    unit = models.CharField(_("unit"), max_length=4, choices=[(unit, unit) for unit in UNITS], default="EH/s")
    source = models.CharField(_("source"), max_length=500)  # in words, or an address
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    reason = models.TextField(_("why it was corrected"), blank=True)
    standing = models.BooleanField(_("counts"), default=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))

    objects = WorldHashRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("hash rate of the world")
        verbose_name_plural = _("hash rates of the world")
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "day"], condition=Q(standing=True), name="world_hash_rate_one_a_day"
            ),
            models.CheckConstraint(name="world_hash_rate_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="world_hash_rate_in_a_unit", condition=Q(unit__in=list(UNITS))),
            models.CheckConstraint(name="world_hash_rate_from_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="world_hash_rate_corrected_with_reason",
                condition=Q(corrects__isnull=True, reason="") | Q(corrects__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="world_hash_rate_corrects_another", condition=Q(corrects__isnull=True) | ~Q(corrects=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.amount} {self.unit}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, f"world-hash-rate-{self.pk}", "world-hash-rate")

    @property
    def terahashes(self) -> Decimal:
        return terahashes(self.amount, self.unit)

    @property
    def is_address(self) -> bool:
        """Whether the source is an address that can be opened."""
        return self.source.startswith(("https://", "http://")) and " " not in self.source


@dataclass(frozen=True, slots=True)
class Registered:
    """TH/s and number of the machines in the register at the end of a day."""

    day: date
    terahashes: Decimal
    machines: int


#: What entered the register on each day, less what left it.
MOVES = """
SELECT day, sum(rate), sum(number) FROM (
    SELECT included_on AS day, hash_rate AS rate, 1 AS number FROM mining_machine
    WHERE authority_id = %(authority)s AND included_on <= %(last)s
    UNION ALL
    SELECT excluded_on, -hash_rate, -1 FROM mining_machine
    WHERE authority_id = %(authority)s AND included_on IS NOT NULL AND excluded_on <= %(last)s
) AS moves GROUP BY day ORDER BY day
"""


def registered_on(authority: Authority, days: Sequence[date]) -> list[Registered]:
    """The register at the end of each of these days, which rise: one statement, whatever there is."""
    with connection.cursor() as cursor:
        cursor.execute(MOVES, {"authority": authority.pk, "last": max(days)})
        sums = at_ends(cursor.fetchall(), days)
    return [Registered(day, rate, number) for day, (rate, number) in zip(days, sums, strict=True)]


def world_on(authority: Authority, days: Sequence[date]) -> list[WorldHashRate | None]:
    """For each of these days the last figure of that day or before it; None where there is none. One query."""
    rows = list(WorldHashRate.objects.standing().filter(authority=authority, day__lte=max(days)).order_by("day"))
    return [next((row for row in reversed(rows) if row.day <= day), None) for day in days]
