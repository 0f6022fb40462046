"""Files, stored by the hash of their content and served through visible_to() only."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.base import Seen, SeenQuerySet


class DocumentQuerySet(SeenQuerySet["Document"]):
    def current(self) -> "DocumentQuerySet":
        return self.filter(removed_at__isnull=True)


class Document(Seen):
    """One file of one case. The same content is stored once; the row keeps what it is here and who brought it."""

    kind = models.CharField(_("what it is"), max_length=60)  # a code of the permit kind, or letter, licence
    filename = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)  # sniffed, never what the sender said
    size = models.PositiveBigIntegerField(_("size"))  # bytes
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    uploaded_at = models.DateTimeField(_("at"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)  # name gone; the hash stays
    content_erased_at = models.DateTimeField(_("content erased"), null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="document_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="document_erased_is_removed", condition=Q(erased_at__isnull=True) | Q(removed_at__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="document_by_subject"),
            models.Index(
                fields=["id"],
                condition=Q(erased_at__isnull=False, content_erased_at__isnull=True),
                name="document_content_to_erase",
            ),
            models.Index(fields=["sha256"], condition=Q(erased_at__isnull=True), name="document_by_content"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def path(self) -> str:
        """Where the content lies in the storage."""
        return f"documents/{self.sha256[:2]}/{self.sha256[2:]}"
