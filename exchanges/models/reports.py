"""Reports on sales of mined assets: of a miner on what it sold, of an exchange on what miners sold through it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Organisation, Sight, User
from core.models.sight import OwnQuerySet
from exchanges.models.listing import ListedExchange

MINER, EXCHANGE = "miner", "exchange"


class SaleReportQuerySet(OwnQuerySet["SaleReport"]):
    """Officials see what came to their authority; parties the reports of organisations they act for today."""

    def current(self) -> Self:
        """The editions that count: none is replaced by a correction."""
        return self.filter(replaced_at__isnull=True)

    def late(self) -> Self:
        return self.filter(late=True)


class SaleReport(models.Model):
    """One edition of a report. A correction is a new edition under the same number; the one before counts no more."""

    SOURCES: ClassVar = [(MINER, _("Of a miner")), (EXCHANGE, _("Of an exchange"))]

    reference = models.CharField(_("number"), max_length=20)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    source = models.CharField(_("whose report"), max_length=10, choices=SOURCES)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sale_reports", verbose_name=_("reported by")
    )
    exchange = models.ForeignKey(
        ListedExchange, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("exchange")
    )
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("to"))
    filed_on = models.DateField(_("day of filing"))  # of the first edition
    filed_at = models.DateTimeField(_("filed"))
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    due_on = models.DateField(_("due"), null=True, blank=True)  # empty where nobody owed it
    arithmetic = models.JSONField(_("arithmetic"), default=list)
    ground = models.JSONField(_("ground"), default=dict)  # the provision of the term as then known
    late = models.BooleanField(_("late"), default=False)
    reason = models.TextField(_("why it was corrected"), blank=True)
    #: What an officer entered it from; empty where the reporter filed it himself.
    paper = models.TextField(_("entered from the paper"), blank=True, default="", db_default="")
    digest = models.CharField(_("digest of the rows"), max_length=64)
    rows_count = models.PositiveIntegerField(_("rows"), default=0)
    total = models.DecimalField(_("sold, tenge"), max_digits=22, decimal_places=2, default=0)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    objects = SaleReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on sales")
        verbose_name_plural = _("reports on sales")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reference", "edition"], name="sale_report_edition_once"),
            models.UniqueConstraint(
                fields=["organisation", "period_from"],
                condition=Q(source=MINER, replaced_at__isnull=True),
                name="sale_report_of_miner_counts_once",
            ),
            models.UniqueConstraint(
                fields=["exchange", "period_from"],
                condition=Q(source=EXCHANGE, replaced_at__isnull=True),
                name="sale_report_of_exchange_counts_once",
            ),
            models.CheckConstraint(name="sale_report_days_in_order", condition=Q(period_to__gte=F("period_from"))),
            models.CheckConstraint(
                name="sale_report_of_somebody",
                condition=Q(source=MINER, organisation__isnull=False, exchange__isnull=True)
                | Q(source=EXCHANGE, exchange__isnull=False),
            ),
            models.CheckConstraint(
                name="sale_report_late_after_its_day",
                condition=Q(late=False) | Q(due_on__isnull=False, filed_on__gt=F("due_on")),
            ),
            models.CheckConstraint(name="sale_report_corrected_with_reason", condition=Q(edition=1) | ~Q(reason="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], condition=Q(replaced_at=None), name="sale_report_newest"),
            models.Index(fields=["organisation", "-id"], name="sale_report_by_reporter"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "sale-report")

    @property
    def reporter(self) -> str:
        """Who reports, by name."""
        whose = self.exchange if self.source == EXCHANGE else self.organisation
        return str(whose) if whose is not None else ""


class SaleRow(models.Model):
    """One sale or the sum of those of a day. A miner names the exchange, if it was one; an exchange names the miner."""

    report = models.ForeignKey(SaleReport, models.CASCADE, related_name="rows", verbose_name=_("report"))
    number = models.PositiveIntegerField(_("row"))
    sold_on = models.DateField(_("sold on"))
    asset = models.CharField(_("digital asset"), max_length=20)
    amount = models.DecimalField(_("amount, tenge"), max_digits=20, decimal_places=2)
    exchange = models.ForeignKey(
        ListedExchange, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("through the exchange")
    )
    miner = models.CharField(_("BIN or IIN of the miner"), max_length=12, blank=True)
    deal = models.CharField(_("number of the deal"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("sale")
        verbose_name_plural = _("sales")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="sale_row_once"),
            models.CheckConstraint(name="sale_row_positive", condition=Q(amount__gt=0)),
        ]
        indexes: ClassVar = [models.Index(fields=["miner", "sold_on"], name="sale_row_by_miner")]

    def __str__(self) -> str:
        return f"{self.asset} {self.sold_on:%Y-%m-%d}"
