"""The daily files of the public register."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User

CSV, JSON_LINES = "csv", "jsonl"
FORMATS = {CSV: "CSV", JSON_LINES: _("JSON lines")}
MEDIA_TYPES = {CSV: "text/csv; charset=utf-8", JSON_LINES: "application/x-ndjson"}


class RegisterFileQuerySet(models.QuerySet["RegisterFile"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What is published is everybody's."""
        return self

    def to_forget(self, before: date) -> list["RegisterFile"]:
        """Those older than a day, but for the first of each month in each format."""
        seen: set[tuple[str, int, int]] = set()
        gone: list[RegisterFile] = []
        for row in self.filter(day__lt=before).order_by("day", "schema"):
            month = (row.format, row.day.year, row.day.month)
            if month in seen:
                gone.append(row)
            seen.add(month)
        return gone


class RegisterFile(models.Model):
    """The whole published register as it stood on a day. The file lies in the storage; what it must be stands here.

    `schema` is the version of its columns (licensing.register_columns).
    """

    FOLDER = "register-files"

    day = models.DateField(_("day"))
    format = models.CharField(_("format"), max_length=8, choices=list(FORMATS.items()))
    schema = models.PositiveSmallIntegerField(_("version of the columns"))
    rows = models.PositiveIntegerField(_("rows"))
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField(_("made"))

    objects = RegisterFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of the register")
        verbose_name_plural = _("files of the register")
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "format", "schema"], name="register_file_once"),
            models.CheckConstraint(name="register_file_of_a_format", condition=Q(format__in=list(FORMATS))),
        ]

    def __str__(self) -> str:
        return self.name

    def sight(self) -> Sight:
        return Sight(None, None, self.name, "register-file")

    @property
    def name(self) -> str:
        """Under which it is kept and handed out: `register-2026-06-15.v1.csv`."""
        return f"register-{self.day.isoformat()}.v{self.schema}.{self.format}"

    @property
    def path(self) -> str:
        """Where it lies in the storage."""
        return f"register/{self.day.year}/{self.name}"
