"""A file of rows that somebody sent: looked at, then taken whole or not at all; and what is wrong with it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.base import Sight
from core.models.people import User
from core.models.sight import OwnQuerySet
from core.rows import ERROR, RowKind, letters, row_kind
from law.problems import render

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

WAITING, RUNNING, FAULTY, RIGHT, TAKING, TAKEN, FAILED = (
    "waiting", "running", "faulty", "right", "taking", "taken", "failed",
)  # fmt: skip
STANDINGS = {
    WAITING: _("Waiting to be looked at"),
    RUNNING: _("Being looked at"),
    FAULTY: _("Has faults"),
    RIGHT: _("Right, not taken yet"),
    TAKING: _("Being taken"),
    TAKEN: _("Taken"),
    FAILED: _("Could not be looked at"),
}


class RowFileQuerySet(OwnQuerySet["RowFile"]):
    """Officials: what officials of their authority sent, and what of a party's was taken. Parties: their own."""

    def for_official(self, user: "User") -> Q:
        return super().for_official(user) & (Q(by_party=False) | Q(taken_at__isnull=False))

    def for_party(self, user: "User") -> Q:
        return super().for_party(user) & Q(by_party=True)

    def unfinished(self) -> Self:
        """To be looked at, or to be taken."""
        return self.filter(
            Q(checked_at__isnull=True) | Q(asked_at__isnull=False, taken_at__isnull=True), failed_at__isnull=True
        )

    def to_forget(self, at: datetime) -> Self:
        """Never taken, and long enough ago."""
        return self.filter(uploaded_at__lt=at - timedelta(days=settings.ROW_FILE_KEPT), taken_at__isnull=True)


class RowFile(models.Model):
    """One file. Its fields say how far it is; its content lies in the storage until it is taken or forgotten.

    `options` are facts that were declared with it, as a period. `fingerprint` is of content and options together: what
    was sent before is answered with that. `progress` is written while it is read, outside the transaction of the act.
    """

    kind = models.CharField(_("kind"), max_length=40)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    by_party = models.BooleanField(_("sent by the party"), default=False)
    name = models.CharField(_("file"), max_length=200)
    key = models.UUIDField(_("place in the storage"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    options = models.JSONField(_("declared with it"), default=dict, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    uploaded_at = models.DateTimeField(_("sent"))
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress, per cent"), default=0)
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    faults = models.PositiveIntegerField(_("faults"), default=0)
    warnings = models.PositiveIntegerField(_("warnings"), default=0)
    passed_over = models.JSONField(_("columns passed over"), default=list, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to be taken by")
    )
    asked_at = models.DateTimeField(_("to be taken since"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    digest = models.CharField(_("digest of the rows"), max_length=64, blank=True)
    made = models.CharField(_("what was made"), max_length=60, blank=True)  # its reference
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    error = models.CharField(_("failure"), max_length=60, blank=True)

    objects = RowFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of rows")
        verbose_name_plural = _("files of rows")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "authority", "organisation", "fingerprint"],
                nulls_distinct=False,
                name="row_file_sent_once",
            ),
            models.CheckConstraint(name="row_file_progress_per_cent", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="row_file_taken_whole",
                condition=Q(taken_at__isnull=True, digest="", made="")
                | Q(taken_at__isnull=False, checked_at__isnull=False, asked_at__isnull=False, faults=0) & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="row_file_asked_by_someone",
                condition=Q(asked_at__isnull=True, asked_by__isnull=True)
                | Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="row_file_failed_with_its_error",
                condition=Q(failed_at__isnull=True, error="") | Q(failed_at__isnull=False) & ~Q(error=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "authority", "-id"], name="row_file_by_authority"),
            models.Index(fields=["organisation", "kind", "-id"], name="row_file_by_party"),
            models.Index(
                fields=["id"],
                condition=Q(failed_at__isnull=True, taken_at__isnull=True),
                name="row_file_open",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, f"row-file-{self.pk or 'new'}", self.kind)

    @property
    def declared(self) -> RowKind:
        return row_kind(self.kind)

    @property
    def standing(self) -> str:
        """One of STANDINGS, by its fields."""
        if self.taken_at is not None:
            return TAKEN
        if self.failed_at is not None:
            return FAILED
        if self.checked_at is None:
            return RUNNING if self.started_at is not None else WAITING
        if self.asked_at is not None:
            return TAKING
        return FAULTY if self.faults else RIGHT

    @property
    def standing_label(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def is_working(self) -> bool:
        return self.standing in (WAITING, RUNNING, TAKING)

    @property
    def path(self) -> str:
        """Where the content lies in the storage."""
        return f"row-files/{self.key}"


class RowFaultQuerySet(models.QuerySet["RowFault"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(file__in=RowFile.objects.visible_to(user))


class RowFault(models.Model):
    """One fault of a file, by row and column. The first ROW_FILE_FAULTS are kept; RowFile has the whole count."""

    SEVERITIES: ClassVar = [("error", _("Fault")), ("warning", _("Warning"))]

    file = models.ForeignKey(RowFile, models.CASCADE, related_name="found", verbose_name=_("file"))
    row = models.PositiveIntegerField(_("row"))
    place = models.PositiveIntegerField(_("column"), null=True, blank=True)  # from 0
    column = models.CharField(_("name of the column"), max_length=40, blank=True)
    code = models.CharField(_("code"), max_length=40)
    message = models.CharField(_("message"), max_length=300)
    params = models.JSONField(_("facts"), default=dict, blank=True)
    severity = models.CharField(_("severity"), max_length=10, choices=SEVERITIES, default=ERROR)

    objects = RowFaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("fault of a file of rows")
        verbose_name_plural = _("faults of files of rows")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.row} {self.code}"

    @property
    def letter(self) -> str:
        return letters(self.place) if self.place is not None else ""

    def told(self, translate: Any) -> str:
        """What is wrong, in words."""
        return render(self.message, self.params, translate)
