"""Money that came in: what was paid for which application, how we know, and the bank files that say so."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Organisation, Sight, User
from core.models.sight import OfficialQuerySet
from law.fees import FEE_ACTS, Paid, Settlement, settle
from licensing.models.applications import Application

DECLARED, ENTERED, IMPORTED = "declared", "entered", "imported"
TENGE, DOLLARS = "KZT", "USD"


class OwnRows(OfficialQuerySet["BankFile"]):
    """Officials see the files of their own authority; nobody else sees any."""


class BankFile(models.Model):
    """A list of payments from the bank: looked at first, then imported, once. Its text is kept only until then."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.TextField(_("content"), blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    imported_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("imported by")
    )
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("rows imported"), default=0)
    left_out = models.PositiveIntegerField(_("rows left out"), default=0)
    digest = models.CharField(_("digest of the rows"), max_length=64, blank=True)

    objects = OwnRows.as_manager()

    class Meta:
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="bank_file_imported_by_someone",
                condition=Q(imported_at__isnull=True, imported_by__isnull=True, digest="")
                | Q(imported_at__isnull=False, imported_by__isnull=False, content="") & ~Q(digest=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "-id"], name="bank_file_by_authority")]

    def __str__(self) -> str:
        return self.name

    def sight(self) -> Sight:
        return Sight(authority_id=self.authority_id, reference=f"bank-file-{self.pk or 'new'}", title="bank-file")


class PaymentQuerySet(OfficialQuerySet["Payment"]):
    """Officials: what was paid to their authority. Others: what was paid for the cases they see."""

    def for_party(self, user: "User") -> Q:
        return Q(application__in=Application.objects.visible_to(user))

    def standing(self) -> Self:
        """Not struck out."""
        return self.filter(voided_at__isnull=True)

    def unmatched(self) -> Self:
        """Money that came in and settles no application yet."""
        return self.standing().filter(application__isnull=True)

    def found_by(self, text: str) -> Self:
        """By payment reference, or by the payer's number."""
        words = " ".join(text.split())[:60]
        return self.filter(Q(reference__iexact=words) | Q(payer=words))


class Payment(models.Model):
    """One payment. It counts once it is confirmed: seen in the bank's data by an official or in an imported file."""

    SOURCES: ClassVar = [
        (DECLARED, _("Declared by the applicant")),
        (ENTERED, _("Entered by an officer")),
        (IMPORTED, _("Imported from a bank file")),
    ]

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name=_("application")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    payer = models.CharField(_("payer's BIN or IIN"), max_length=12)
    reference = models.CharField(_("payment reference"), max_length=60)
    paid_on = models.DateField(_("paid on"))
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(
        _("currency"), max_length=3, default=TENGE, choices=[(TENGE, _("tenge")), (DOLLARS, _("US dollars"))]
    )
    source = models.CharField(_("how it came"), max_length=10, choices=SOURCES)
    note = models.TextField(_("note"), blank=True)
    bank_file = models.ForeignKey(
        BankFile, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name=_("bank file")
    )
    row = models.PositiveIntegerField(_("row"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    created_at = models.DateTimeField(_("entered"))
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("struck out by")
    )
    voided_at = models.DateTimeField(_("struck out"), null=True, blank=True)
    void_reason = models.TextField(_("why it was struck out"), blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="payment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="payment_of_a_file_in_tenge", condition=Q(bank_file=None) | Q(currency=TENGE)),
            models.CheckConstraint(name="payment_of_a_file_has_a_row", condition=Q(bank_file=None) | Q(row__gte=1)),
            models.CheckConstraint(
                name="payment_imported_from_a_file", condition=~Q(source="imported") | Q(bank_file__isnull=False)
            ),
            models.CheckConstraint(
                name="payment_confirmed_by_someone",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, source="declared")
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_struck_out_with_reason",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
            ),
            models.UniqueConstraint(
                name="payment_counted_once",
                fields=["authority", "reference", "paid_on"],
                condition=Q(voided_at__isnull=True, confirmed_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="payment_once_per_case",
                fields=["application", "reference"],
                condition=Q(voided_at__isnull=True, confirmed_at__isnull=True),
            ),
            models.UniqueConstraint(fields=["bank_file", "row"], name="payment_row_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="payment_by_authority"),
            models.Index(
                fields=["authority", "-id"],
                condition=Q(application__isnull=True, voided_at__isnull=True),
                name="payment_unmatched",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        if self.application is not None:
            return self.application.sight()
        return Sight(authority_id=self.authority_id, reference=f"payment-{self.pk}", title="payment")


def settlement(application: Application, on: date) -> Settlement | None:
    """What the case owes and what confirmed payments cover; None where the act asked for bears no fee.

    NotInForce where the rate or the MCI of a day is not known."""
    act = FEE_ACTS.get(application.act)
    if act is None:
        return None
    return settle(
        application.kind, [Paid(row.paid_on, row.amount) for row in application.confirmed_payments()], on, act
    )
