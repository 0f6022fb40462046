"""What was sent from the site: each entry of the phone once, whatever the network did to it on the way."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Document, Sight, User
from inspections.models.inspections import Inspection

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class OfInspectionQuerySet(models.QuerySet[models.Model]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Officials: of their authority. The subject gets what was found by the result act."""
        if not user.is_authenticated or not (user.is_system or user.is_official):
            return self.none()
        return self.filter(inspection__in=Inspection.objects.visible_to(user))


class SiteBatch(models.Model):
    """Entries that a phone sent together. Its own id and digest tell the same batch sent again from another."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="batches", verbose_name=_("inspection"))
    client_id = models.UUIDField(_("number given by the device"))
    digest = models.CharField("SHA-256", max_length=64)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    device_at = models.DateTimeField(_("sent, by the clock of the device"))
    received_at = models.DateTimeField(_("received"))

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch from the site")
        verbose_name_plural = _("batches from the site")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_id"], name="site_batch_once"),
        ]

    def __str__(self) -> str:
        return str(self.client_id)

    def sight(self) -> Sight:
        return self.inspection.sight()


class SiteEntry(models.Model):
    """One answer or photograph as it was entered. The moment of the server counts; that of the device is kept.

    `skew`: seconds by which the clock of the device was ahead of the server's when it was sent.
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="entries", verbose_name=_("inspection"))
    batch = models.ForeignKey(
        SiteBatch, models.CASCADE, null=True, blank=True, related_name="entries", verbose_name=_("batch")
    )
    client_id = models.UUIDField(_("number given by the device"))
    item = models.CharField(_("item"), max_length=30)
    answer = models.CharField(_("answer"), max_length=20, blank=True)
    evidence = models.TextField(_("what was seen"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photograph")
    )
    original_sha256 = models.CharField(_("SHA-256 of the photograph as taken"), max_length=64, blank=True)
    seen_at = models.DateTimeField(_("entered, by the clock of the device"), null=True, blank=True)
    skew = models.IntegerField(_("clock of the device ahead, seconds"), default=0)
    received_at = models.DateTimeField(_("received"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry from the site")
        verbose_name_plural = _("entries from the site")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_id"], name="site_entry_once"),
            models.CheckConstraint(
                name="site_entry_photo_has_no_answer",
                condition=Q(document__isnull=True, original_sha256="")
                | Q(document__isnull=False, answer="", evidence="") & ~Q(original_sha256=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["inspection", "item", "id"], name="site_entry_by_item")]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.item}"

    def sight(self) -> Sight:
        return self.inspection.sight()
