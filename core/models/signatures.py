"""Signatures under documents and filings: whose, by which certificate, and what an examination found."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models.base import Seen, SeenQuerySet
from core.models.files import Document
from core.signing.facts import FINDINGS


class DocumentSignature(Seen):
    """One signature, examined once when it came or was made. It hangs on a document, or on an object's whole content.

    `signed_at` is what the signature itself claims; `checked_at` is the moment for which its certificate was judged.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name=_("document")
    )
    sha256 = models.CharField(_("SHA-256 of what is signed"), max_length=64)
    signer = models.CharField(_("signed by"), max_length=300, blank=True)  # the certificate's subject
    iin = models.CharField(_("IIN"), max_length=12, blank=True)
    bin = models.CharField(_("BIN"), max_length=12, blank=True)
    algorithm = models.CharField(_("algorithm"), max_length=60, blank=True)
    certificate = models.CharField(_("SHA-256 of the certificate"), max_length=64, blank=True)
    certificate_until = models.DateTimeField(_("certificate holds until"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    checked_at = models.DateTimeField(_("examined"))
    verifier = models.CharField(_("examined by"), max_length=60)
    valid = models.BooleanField(_("holds"))
    reasons = models.JSONField(_("why not"), default=list, blank=True)  # codes
    cms = models.BinaryField(_("signature"), null=True, blank=True)  # a detached one; a PDF carries its own
    added_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = SeenQuerySet["DocumentSignature"].as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="signature_fails_with_reasons",
                condition=Q(valid=True, reasons=[]) | Q(valid=False) & ~Q(reasons=[]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="signature_by_subject"),
            models.Index(fields=["sha256"], name="signature_by_hash"),
        ]

    def __str__(self) -> str:
        return self.signer or self.verifier

    @property
    def reason_labels(self) -> list[str]:
        """Why it does not hold, in the reader's words."""
        return [gettext(FINDINGS.get(str(code), str(code))) for code in self.reasons]
