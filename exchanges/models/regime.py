"""What a filing for a contract of the National Bank's special regime is about."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.regions import REGIONS
from licensing.models import Application

STATUSES = {
    "payment_provider": _("A payment service provider of the kinds that the regime takes"),
    "legal_entity": _("Another legal entity that is no financial organisation"),
    "financial_organisation": _("A financial organisation"),
}


class RegimeParticulars(models.Model):
    """One row per application for a contract of the special regime. Empty fields are facts not yet given."""

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="regime", verbose_name=_("application")
    )
    status = models.CharField(_("what the applicant is"), max_length=30, choices=list(STATUSES.items()), blank=True)
    region = models.CharField(
        _("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()], blank=True
    )
    website = models.CharField(_("website"), max_length=200, blank=True)
    activity = models.TextField(_("activity under the special regime"), max_length=4_000, blank=True)
    aims = models.TextField(_("how it serves the aims of the special regime"), max_length=4_000, blank=True)
    tells_consumers = models.BooleanField(_("consumers are told of the special regime"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months for which the contract is asked for"), null=True, blank=True)

    class Meta:
        verbose_name = _("particulars of a participant of the special regime")
        verbose_name_plural = _("particulars of participants of the special regime")
        constraints: ClassVar = [
            models.CheckConstraint(name="regime_for_some_months", condition=Q(months__isnull=True) | Q(months__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.application_id}"

    def printed(self) -> list[dict[str, Any]]:
        """What stands on the contract's certificate: [{"label": msgid, "value": text or msgid}]."""
        from exchanges.printing import printed_regime

        return printed_regime(self)
