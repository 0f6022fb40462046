"""Signatures under documents and filings: whose, by which certificate, and what an examination found."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models.base import Seen, SeenQuerySet, Sight
from core.models.files import Document
from core.signing.facts import CONTENT_DIFFERS, FINDINGS, VERDICTS, verdict_of


class DocumentSignatureQuerySet(SeenQuerySet["DocumentSignature"]):
    def current(self) -> "DocumentSignatureQuerySet":
        """Those that came, under what has not been taken away or erased."""
        kept = Q(document__isnull=True) | Q(document__removed_at__isnull=True)
        return self.filter(kept, cms__isnull=False)

    def waiting(self, at: datetime) -> "DocumentSignatureQuerySet":
        """Those that a verifier is to be asked about by now."""
        return self.current().filter(next_try_at__lte=at)


class DocumentSignature(Seen):
    """One signature, examined when it came or was made. It hangs on a document, or on an object's whole `content`.

    `signed_at` is what the signature itself claims; `checked_at` is the moment at which it came or was made, and for
    which its certificate was judged. One that waits for the operator's verifier is asked about again at `next_try_at`.
    """

    #: In a draft, whether it was edited since: only what is filed settles that.
    outdated = False

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name=_("document")
    )
    sha256 = models.CharField(_("SHA-256 of what is signed"), max_length=64)
    signer = models.CharField(_("signed by"), max_length=300, blank=True)  # the certificate's subject
    iin = models.CharField(_("IIN"), max_length=12, blank=True)
    bin = models.CharField(_("BIN"), max_length=12, blank=True)
    issuer = models.CharField(_("issued by"), max_length=300, blank=True, default="", db_default="")
    algorithm = models.CharField(_("algorithm"), max_length=60, blank=True)
    certificate = models.CharField(_("SHA-256 of the certificate"), max_length=64, blank=True)
    certificate_until = models.DateTimeField(_("certificate holds until"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    checked_at = models.DateTimeField(_("examined"))
    verifier = models.CharField(_("examined by"), max_length=60)
    valid = models.BooleanField(_("holds"))
    reasons = models.JSONField(_("why not"), default=list, blank=True)  # codes
    cms = models.BinaryField(_("signature"), null=True, blank=True)  # one that came; a PDF carries its own
    content = models.BinaryField(_("what is signed"), null=True, blank=True)  # where that is no document
    attempts = models.PositiveSmallIntegerField(_("times asked"), default=0, db_default=0)
    next_try_at = models.DateTimeField(_("asked again"), null=True, blank=True)
    added_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = DocumentSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="signature_fails_with_reasons",
                condition=Q(valid=True, reasons=[]) | Q(valid=False) & ~Q(reasons=[]),
            ),
            models.CheckConstraint(
                name="signature_waits_unverified", condition=Q(next_try_at__isnull=True) | Q(valid=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="signature_by_subject"),
            models.Index(fields=["sha256"], name="signature_by_hash"),
            models.Index(fields=["next_try_at", "id"], condition=Q(next_try_at__isnull=False), name="signature_waits"),
        ]

    def __str__(self) -> str:
        return self.signer or self.verifier

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, self.title)

    @property
    def found(self) -> list[str]:
        """Codes of what speaks against it or leaves it open."""
        return [CONTENT_DIFFERS] if self.outdated else [str(code) for code in self.reasons]

    @property
    def verdict(self) -> str:
        return verdict_of(self.found)

    @property
    def verdict_label(self) -> str:
        return gettext(VERDICTS[self.verdict])

    @property
    def reason_labels(self) -> list[str]:
        """Why it does not hold or is not verified, in the reader's words."""
        return [gettext(FINDINGS.get(code, code)) for code in self.found]

    @property
    def filename(self) -> str:
        """What the signature is called as a file."""
        name = self.document.filename if self.document else f"{self.reference}.json"
        return f"{name}.{self.pk}.p7s"
