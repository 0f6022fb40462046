"""What pools report that they distributed, and what miners report that they obtained, by period.

A report is of one period and has a number of its own, given by its sender: the highest number of a period stands,
whatever comes first. So the same reports give the same sums in any order.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.models import Organisation, RowFile, Sight
from core.models.sight import OwnQuerySet
from licensing.models import Licence

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User

AMOUNT: dict[str, Any] = {"max_digits": 30, "decimal_places": 18}
#: What of a line differs from the register of licences; "" for a line that agrees.
MARKS = {
    "unknown": gettext_noop("No such licence"),
    "owner": gettext_noop("The licence is another's"),
    "date": gettext_noop("The licence is of another date"),
    "outside": gettext_noop("Outside the days of the licence"),
    "suspended": gettext_noop("The licence was suspended"),
}
R = TypeVar("R", bound="PeriodReport")


class PeriodReportQuerySet(OwnQuerySet[R]):
    """Officials: the reports to their authority. Others: their own."""

    def standing(self) -> Self:
        """The latest of each period: what counts."""
        return self.filter(standing=True)

    def late(self) -> Self:
        """Received after their day."""
        return self.filter(received_on__gt=F("due_on"))

    def never_in_time(self) -> Self:
        """Late ones of periods of which nothing came in time: a correction that comes later is no late report."""
        same = self.model._default_manager.filter(
            organisation=OuterRef("organisation"), period_first=OuterRef("period_first")
        )
        return self.late().filter(~Exists(same.filter(received_on__lte=F("due_on"))))

    def corrections(self) -> Self:
        return self.filter(revision__gt=1)


class PeriodReport(models.Model):
    """A report of an organisation on a period. `revision`: its number among those of the period, 1 the first."""

    reference = models.CharField(_("number"), max_length=40, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    period_first = models.DateField(_("first day of the period"))
    period_last = models.DateField(_("last day of the period"))
    revision = models.PositiveSmallIntegerField(_("revision"))
    standing = models.BooleanField(_("counts"), default=True)
    received_at = models.DateTimeField(_("received"))
    received_on = models.DateField(_("day of receipt"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    arithmetic = models.JSONField(_("arithmetic"), default=list)
    ground = models.JSONField(_("ground"), default=dict)
    rows = models.PositiveIntegerField(_("rows"))
    digest = models.CharField(_("digest of the rows"), max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.received_on > self.due_on

    @property
    def days_late(self) -> int:
        """Calendar days after the last day to report."""
        return (self.received_on - self.due_on).days if self.due_on and self.is_late else 0


def report_rules(name: str) -> list[Any]:
    """The constraints and indexes of a kind of report."""
    return [
        models.UniqueConstraint(fields=["organisation", "period_first", "revision"], name=f"{name}_revision_once"),
        models.UniqueConstraint(
            fields=["organisation", "period_first"], condition=Q(standing=True), name=f"{name}_one_stands"
        ),
        models.CheckConstraint(name=f"{name}_period_in_order", condition=Q(period_last__gte=F("period_first"))),
        models.CheckConstraint(name=f"{name}_revision_from_one", condition=Q(revision__gte=1)),
        models.CheckConstraint(name=f"{name}_after_its_period", condition=Q(received_on__gt=F("period_last"))),
    ]


class PoolReport(PeriodReport):
    """What a pool distributed in a period, line by line in Distribution."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pool_reports", verbose_name=_("mining pool")
    )
    file = models.OneToOneField(RowFile, models.PROTECT, related_name="pool_report", verbose_name=_("file of rows"))
    accreditation = models.ForeignKey(
        Licence, models.PROTECT, related_name="pool_reports", verbose_name=_("accreditation")
    )
    as_it_happened = models.BooleanField(_("differences from the register confirmed by the pool"), default=False)
    marked = models.PositiveIntegerField(_("rows that differ from the register"), default=0)

    objects = PeriodReportQuerySet["PoolReport"].as_manager()

    class Meta:
        verbose_name = _("distribution report of a pool")
        verbose_name_plural = _("distribution reports of pools")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = report_rules("pool_report")
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="pool_report_by_authority"),
            models.Index(fields=["organisation", "-id"], name="pool_report_by_pool"),
        ]

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "pool-report")


class DistributionQuerySet(models.QuerySet["Distribution"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Of the reports that one sees; a miner, the lines about himself too."""
        rows = self.filter(report__in=PoolReport.objects.visible_to(user))
        if user.is_authenticated and user.is_active and not (user.is_official or user.is_system):
            return self.filter(Q(pk__in=rows.values("pk")) | Q(miner__in=user.organisations(), report__standing=True))
        return rows

    def counted(self) -> Self:
        """Lines of the reports that stand: each payment once, whatever was corrected."""
        return self.filter(report__standing=True)


class Distribution(models.Model):
    """One line: what a miner got of an asset on a day. What the pool wrote stays as written; `licence`, `miner` and
    `mark` are what the register said of it when the report was taken."""

    report = models.ForeignKey(PoolReport, models.PROTECT, related_name="lines", verbose_name=_("report"))
    day = models.DateField(_("day"))
    miner_identifier = models.CharField(_("IIN or BIN of the miner"), max_length=12)
    miner_name = models.CharField(_("name of the miner"), max_length=300, blank=True)
    licence_number = models.CharField(_("number of the licence"), max_length=40)
    licence_date = models.DateField(_("date of the licence"))
    wallet = models.CharField(_("wallet"), max_length=120)
    asset = models.CharField(_("asset"), max_length=12)
    amount = models.DecimalField(_("amount"), **AMOUNT)
    commission = models.DecimalField(_("commission of the pool"), default=0, **AMOUNT)
    miner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="distributions", verbose_name=_("miner")
    )
    licence = models.ForeignKey(
        Licence, models.PROTECT, null=True, blank=True, related_name="distributions", verbose_name=_("licence")
    )
    mark = models.CharField(
        _("difference from the register"),
        max_length=10,
        choices=[(code, _(said)) for code, said in MARKS.items()],
        blank=True,
    )

    objects = DistributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="distribution_not_negative", condition=Q(amount__gte=0, commission__gte=0)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["miner", "day"], name="distribution_by_miner"),
            models.Index(fields=["report", "id"], condition=~Q(mark=""), name="distribution_marked"),
        ]

    def __str__(self) -> str:
        return f"{self.miner_identifier} {self.day} {self.asset}"


class MinerReport(PeriodReport):
    """What a miner says he obtained in a period, by asset."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="miner_reports", verbose_name=_("miner")
    )
    file = models.OneToOneField(RowFile, models.PROTECT, related_name="miner_report", verbose_name=_("file of rows"))
    explanation = models.TextField(_("explanation"), blank=True)

    objects = PeriodReportQuerySet["MinerReport"].as_manager()

    class Meta:
        verbose_name = _("report of a miner")
        verbose_name_plural = _("reports of miners")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = report_rules("miner_report")
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="miner_report_by_authority"),
            models.Index(fields=["organisation", "-id"], name="miner_report_by_miner"),
        ]

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "miner-report")


class MinerReportLine(models.Model):
    """How much of one asset."""

    report = models.ForeignKey(MinerReport, models.PROTECT, related_name="lines", verbose_name=_("report"))
    asset = models.CharField(_("asset"), max_length=12)
    amount = models.DecimalField(_("amount"), **AMOUNT)

    class Meta:
        verbose_name = _("line of a miner's report")
        verbose_name_plural = _("lines of miners' reports")
        ordering: ClassVar = ["asset"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "asset"], name="miner_report_line_once"),
            models.CheckConstraint(name="miner_report_line_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.asset} {self.amount}"
