"""A case as one file: asked for by a reader, made in the background, kept for a while."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, User
from core.models.base import AUDIENCES, INTERNAL, PARTY
from licensing.models.applications import Application

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

WAITING, RUNNING, READY, FAILED = "waiting", "running", "ready", "failed"
STANDINGS = {WAITING: _("Waiting"), RUNNING: _("Being made"), READY: _("Ready"), FAILED: _("Failed")}


class ArchiveQuerySet(models.QuerySet["Archive"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Officials see what was made for officials, parties what was made for parties, each of cases they see."""
        rows = self.filter(application__in=Application.objects.visible_to(user))
        if user.is_authenticated and user.is_system:
            return rows
        official = user.is_authenticated and user.is_official
        return rows.filter(audience=INTERNAL if official else PARTY)

    def unfinished(self) -> Self:
        return self.filter(finished_at__isnull=True, failed_at__isnull=True)

    def kept(self, at: datetime) -> Self:
        """Not over: being made, failed lately, or ready and to be had."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))


class Archive(models.Model):
    """One asked-for file. Its fields say how far it is; the file lies in the storage until `expires_at`.

    `progress` is written while the file is made, outside any transaction of the making.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="archives", verbose_name=_("application"))
    audience = models.CharField(_("made for"), max_length=10, choices=AUDIENCES[:2])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    requested_at = models.DateTimeField(_("asked for"))
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress, per cent"), default=0)
    finished_at = models.DateTimeField(_("ready"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    error = models.CharField(_("failure"), max_length=60, blank=True)
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    documents = models.JSONField(_("documents in it"), default=list, blank=True)  # ids
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("archive of a case")
        verbose_name_plural = _("archives of cases")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "audience"],
                condition=Q(finished_at__isnull=True, failed_at__isnull=True),
                name="archive_one_at_a_time",
            ),
            models.CheckConstraint(name="archive_progress_per_cent", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="archive_ready_with_its_file",
                condition=Q(finished_at__isnull=True, size__isnull=True, sha256="")
                | Q(finished_at__isnull=False, size__gt=0, progress=100, expires_at__isnull=False) & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="archive_ready_or_failed",
                condition=Q(failed_at__isnull=True, error="") | Q(failed_at__isnull=False, finished_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=Q(finished_at__isnull=True, failed_at__isnull=True),
                name="archive_unfinished",
            ),
            models.Index(fields=["expires_at"], name="archive_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.audience}"

    def sight(self) -> Sight:
        return self.application.sight()

    @property
    def standing(self) -> str:
        """waiting, running, ready or failed, by its fields."""
        if self.failed_at is not None:
            return FAILED
        if self.finished_at is not None:
            return READY
        return RUNNING if self.started_at is not None else WAITING

    @property
    def standing_label(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def path(self) -> str:
        """Where the file lies in the storage."""
        return f"archives/{self.pk}.zip"

    @property
    def filename(self) -> str:
        """The name under which a reader keeps it."""
        return f"{self.application.reference}-{'full' if self.audience == INTERNAL else 'party'}.zip"
