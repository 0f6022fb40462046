"""What a filing with the regulator of the AIFC is about: a trading facility, or another service in digital assets."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.regions import REGIONS
from exchanges.models.operators import day_of
from law.people import EXECUTIVE, StatedPerson
from licensing.models import Application


class AifcParticulars(models.Model):
    """One row per application for a licence of the AIFC. Empty fields are facts not yet given.

    `services`: codes of law.aifc.SERVICES (a trading facility); `activities`: of ACTIVITIES (another firm);
    `individuals`: [{role, name, number, residence, born_on, since}], role of INDIVIDUALS, days as ISO text.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="aifc", verbose_name=_("application")
    )
    region = models.CharField(
        _("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()], blank=True
    )
    website = models.CharField(_("website"), max_length=200, blank=True)
    services = models.JSONField(_("services"), default=list, blank=True)
    activities = models.JSONField(_("licensed activities"), default=list, blank=True)
    individuals = models.JSONField(_("individuals to be approved"), default=list, blank=True)
    rules = models.TextField(_("rules to be approved, with their editions"), max_length=2_000, blank=True)
    directors = models.PositiveSmallIntegerField(_("directors"), null=True, blank=True)
    independent_directors = models.PositiveSmallIntegerField(_("independent directors"), null=True, blank=True)
    capital = models.DecimalField(
        _("capital, US dollars"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    serves_retail = models.BooleanField(_("serves retail clients resident in Kazakhstan"), null=True, blank=True)
    keeps_retail_limit = models.BooleanField(
        _("keeps to the monthly limit of retail clients without a test"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("particulars of a firm of the AIFC")
        verbose_name_plural = _("particulars of firms of the AIFC")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="aifc_capital_not_below_zero", condition=Q(capital__isnull=True) | Q(capital__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.website} {self.application_id}"

    def stated_people(self) -> list[StatedPerson]:
        """Who is to be approved for an office."""
        return [
            StatedPerson(
                side=EXECUTIVE,
                kind="person",
                name=str(row["name"]),
                number=str(row.get("number") or ""),
                country=str(row.get("residence") or ""),
                born_on=day_of(row.get("born_on")),
                role=str(row["role"]),
                since=day_of(row.get("since")),
                field=f"individuals.{place}",
            )
            for place, row in enumerate(self.individuals)
        ]

    def printed(self) -> list[dict[str, Any]]:
        """What stands on the licence: [{"label": msgid, "value": text or msgid}]; no person is named on it."""
        from exchanges.printing import printed_aifc

        return printed_aifc(self)
