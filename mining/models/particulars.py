"""What a mining licence is about: the data centre, its power, the equipment, the pools."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.regions import REGIONS, ZONES
from licensing.models import Application

SOURCES = {
    "grid": _("The national grid"),
    "own_generation": _("Own generation"),
    "renewable": _("Own renewable generation"),
    "import": _("Imported electricity"),
}


class MiningParticulars(models.Model):
    """One row per application for a mining licence. Empty fields are facts not yet given."""

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="mining_particulars", verbose_name=_("application")
    )
    centre_name = models.CharField(_("data centre"), max_length=200, blank=True)
    centre_address = models.CharField(_("address of the data centre"), max_length=300, blank=True)
    region = models.CharField(
        _("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()], blank=True
    )
    zone = models.CharField(
        _("zone of the grid"), max_length=5, choices=[(code, _(name)) for code, name in ZONES.items()], blank=True
    )
    outside_residential_zone = models.BooleanField(_("lies outside a residential zone"), null=True, blank=True)
    production_building = models.BooleanField(_("is a production building"), null=True, blank=True)
    keeps_capacity_working = models.BooleanField(_("keeps its computing capacity working"), null=True, blank=True)
    holds_centre = models.BooleanField(
        _("the data centre is the applicant's own or lawfully held"), null=True, blank=True
    )
    centre_owner = models.CharField(_("owner of the data centre"), max_length=200, blank=True)
    owns_equipment = models.BooleanField(_("the equipment is the applicant's own"), null=True, blank=True)
    megawatts = models.DecimalField(
        _("power, MW"),
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.001"))],
    )
    electricity_source = models.CharField(
        _("source of electricity"), max_length=20, choices=list(SOURCES.items()), blank=True
    )
    electricity_contract = models.CharField(_("contract for electricity"), max_length=200, blank=True)
    equipment = models.JSONField(_("equipment"), default=list, blank=True)  # [{model, count, terahashes, kilowatts}]
    hash_rate = models.DecimalField(
        _("hash rate, TH/s"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    pools = models.JSONField(_("mining pools"), default=list, blank=True)  # names
    ip_addresses = models.JSONField(_("IP addresses"), default=list, blank=True)  # addresses or networks
    jobs = models.PositiveIntegerField(_("jobs"), null=True, blank=True)
    investment = models.DecimalField(
        _("investment, tenge"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    other_activity = models.BooleanField(
        _("has other activity or stakes in other organisations"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("mining particulars")
        verbose_name_plural = _("mining particulars")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mining_power_above_zero", condition=Q(megawatts__isnull=True) | Q(megawatts__gt=0)
            ),
            models.CheckConstraint(
                name="mining_hash_rate_above_zero", condition=Q(hash_rate__isnull=True) | Q(hash_rate__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre_name} {self.application_id}"

    def printed(self) -> list[dict[str, Any]]:
        """What stands on the licence: [{"label": msgid, "value": text or msgid}]."""
        from mining.printing import printed

        return printed(self)
