"""Transfers that a provider held because the data of sender and receiver were missing. No personal data stand here."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OwnQuerySet
from exchanges.workflow import TRANSFER

SERIES = "TH"  # followed by the year: TH-2026-00001


class HeldTransferQuerySet(OwnQuerySet["HeldTransfer"]):
    """Officials: of providers of their authority. Others: of providers for which they act."""


class HeldTransfer(Stateful):
    """A transfer by the provider's own number. `faults`: what was against the law, each with its ground, once over."""

    WORKFLOW = TRANSFER
    FOLDER = "transfers"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("provider"))
    licence = models.ForeignKey("licensing.Licence", models.PROTECT, related_name="+", verbose_name=_("licence"))
    own_number = models.CharField(_("the provider's own number"), max_length=60)
    asset = models.CharField(_("digital asset"), max_length=20)
    seen_at = models.DateTimeField(_("asked for"))
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    given_at = models.DateTimeField(_("data given"), null=True, blank=True)
    over_at = models.DateTimeField(_("passed or refused"), null=True, blank=True)
    ground = models.JSONField(_("ground"), default=dict)
    faults = models.JSONField(_("against the law"), default=list, blank=True)  # {code, message, params, ground}
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reported by"))

    objects = HeldTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("held transfer")
        verbose_name_plural = _("held transfers")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="transfer_state_known", condition=Q(state__in=[s.name for s in TRANSFER.states])
            ),
            models.CheckConstraint(
                name="transfer_over_with_its_moment",
                condition=Q(state="held", over_at__isnull=True) | ~Q(state="held") & Q(over_at__gte=F("seen_at")),
            ),
            models.CheckConstraint(
                name="transfer_stopped_after_seen",
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("seen_at")),
            ),
            models.UniqueConstraint(fields=["licence", "own_number"], name="transfer_told_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="transfer_by_state"),
            models.Index(fields=["organisation", "-id"], name="transfer_by_provider"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "transfer")

    @property
    def law_day(self) -> Any:
        """The day that picks the version of the law."""
        return timezone.localdate(self.stopped_at or self.seen_at)
