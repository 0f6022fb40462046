"""Lists of names that an authority imports to screen people and firms against: versions, entries, ways of writing."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import RowFile, Sight, User
from core.models.sight import OfficialQuerySet


class ScreeningListQuerySet(OfficialQuerySet["ScreeningList"]):
    """Officials of the authority that imported it; nobody else."""

    def current(self) -> Self:
        """The newest version of each list."""
        return self.filter(replaced_at=None)


class ScreeningList(models.Model):
    """One version of a list. Its rows never change; a later import is a later version, and the earlier ones stay."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    code = models.SlugField(_("code"), max_length=30)
    version = models.PositiveIntegerField(_("version"))
    reference = models.SlugField(_("number"), max_length=40)  # code and version
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("where this is known from"), max_length=300)
    day = models.DateField(_("day of the list"))
    file = models.ForeignKey(RowFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    entries_count = models.PositiveIntegerField(_("entries"))
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("imported by"))
    imported_at = models.DateTimeField(_("imported"))
    replaced_at = models.DateTimeField(_("replaced by a later version"), null=True, blank=True)

    objects = ScreeningListQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening list")
        verbose_name_plural = _("screening lists")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "code", "version"], name="screening_list_version_once"),
            models.UniqueConstraint(
                fields=["authority", "code"], condition=Q(replaced_at=None), name="screening_list_one_current"
            ),
            models.CheckConstraint(name="screening_list_versions_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(name="screening_list_known_from_somewhere", condition=~Q(source="") & ~Q(title="")),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "-id"], name="screening_list_by_authority")]

    def __str__(self) -> str:
        return self.title

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, "screening-list")


class ScreeningEntry(models.Model):
    """One entry of a version: as the list has it. `number`: its row in the file."""

    list = models.ForeignKey(ScreeningList, models.CASCADE, related_name="entries", verbose_name=_("list"))
    number = models.PositiveIntegerField(_("row"))
    name = models.CharField(_("name"), max_length=300)
    identifier = models.CharField(_("identifier"), max_length=60, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    reference = models.CharField(_("reference in the list"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("entry of a screening list")
        verbose_name_plural = _("entries of screening lists")
        ordering: ClassVar = ["list", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "number"], name="screening_entry_row_once"),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.number)


class ScreeningName(models.Model):
    """One way of writing an entry: its name or an alias, folded (core.names) when it was imported."""

    entry = models.ForeignKey(ScreeningEntry, models.CASCADE, related_name="names", verbose_name=_("entry"))
    list = models.ForeignKey(ScreeningList, models.CASCADE, related_name="+", verbose_name=_("list"))
    written = models.CharField(_("name"), max_length=300)
    folded = models.CharField(_("folded name"), max_length=300)
    keys = ArrayField(models.TextField(), verbose_name=_("keys"))

    class Meta:
        verbose_name = _("name of an entry")
        verbose_name_plural = _("names of entries")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            # A list is read as soon as it is taken: rows that wait outside the index would be read at every look-up.
            GinIndex(fields=["keys"], name="screening_name_keys", fastupdate=False),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="screening_name_trigrams"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
