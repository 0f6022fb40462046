"""What a filing for a permit for secured digital assets was about; nothing is filed for one from 2026-05-01 on."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.regions import REGIONS
from licensing.models import Application


class SecuredParticulars(models.Model):
    """One row per application for a permit for secured assets. Empty fields are facts not yet given.

    `assets`: [{name, backing, decided_on}], the day of the decision on the issue as ISO text.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="secured", verbose_name=_("application")
    )
    platform_name = models.CharField(_("name of the platform"), max_length=200, blank=True)
    website = models.CharField(_("website with the decisions on issue"), max_length=200, blank=True)
    region = models.CharField(
        _("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()], blank=True
    )
    operates_platform = models.BooleanField(_("operates the platform itself"), null=True, blank=True)
    warns_of_risks = models.BooleanField(_("warns of the risks"), null=True, blank=True)
    assets = models.JSONField(_("secured assets to be issued"), default=list, blank=True)

    class Meta:
        verbose_name = _("particulars of a permit for secured assets")
        verbose_name_plural = _("particulars of permits for secured assets")

    def __str__(self) -> str:
        return f"{self.platform_name} {self.application_id}"

    def printed(self) -> list[dict[str, Any]]:
        """What stands on the permit: [{"label": msgid, "value": text or msgid}]."""
        from exchanges.printing import printed_secured

        return printed_secured(self)
