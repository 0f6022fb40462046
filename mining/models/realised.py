"""Jobs and investment: what holders of mining licences report that they realised, against what their filings declared.

A report is of one licence and one period. A later report of the same period is a new revision; the last one counts.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Organisation, Sight, User
from core.models.sight import OwnQuerySet
from core.regions import REGIONS
from licensing.models import Licence
from mining.models.hosting import HOSTED_KINDS

MOST_JOBS = 1_000_000
DECLARED = "application__mining_particulars__"


class RealisedReportQuerySet(OwnQuerySet["RealisedReport"]):
    """Officials: the reports to their authority. Others: those about their own licences."""

    def standing(self) -> Self:
        """The last of each period: what counts."""
        return self.filter(standing=True)


class RealisedReport(models.Model):
    """Jobs on the last day of a period, and what was invested in it, under one licence.

    `source` and `paper_on`: the paper from which an official entered it; empty where the holder reported himself.
    """

    reference = models.CharField(_("number"), max_length=40, unique=True)  # JOBS-12-2026-07-1
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="realised_reports", verbose_name=_("holder")
    )
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="realised_reports", verbose_name=_("licence"))
    period_first = models.DateField(_("first day of the period"))
    period_last = models.DateField(_("last day of the period"))
    revision = models.PositiveSmallIntegerField(_("revision"))
    standing = models.BooleanField(_("counts"), default=True)
    jobs = models.PositiveIntegerField(
        _("jobs on the last day of the period"), validators=[MaxValueValidator(MOST_JOBS)]
    )
    investment = models.DecimalField(
        _("invested in the period, tenge"),
        max_digits=18,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("paper it was entered from"), max_length=300, blank=True)
    paper_on = models.DateField(_("day of the paper"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"))
    received_on = models.DateField(_("day of receipt"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = RealisedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on jobs and investment")
        verbose_name_plural = _("reports on jobs and investment")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["licence", "period_first", "revision"], name="realised_revision_once"),
            models.UniqueConstraint(
                fields=["licence", "period_first"], condition=Q(standing=True), name="realised_one_stands"
            ),
            models.CheckConstraint(name="realised_period_in_order", condition=Q(period_last__gte=F("period_first"))),
            models.CheckConstraint(name="realised_revision_from_one", condition=Q(revision__gte=1)),
            models.CheckConstraint(name="realised_after_its_period", condition=Q(received_on__gt=F("period_last"))),
            models.CheckConstraint(name="realised_not_negative", condition=Q(investment__gte=0, jobs__gte=0)),
            models.CheckConstraint(
                name="realised_paper_with_its_day",
                condition=Q(source="", paper_on__isnull=True)
                | ~Q(source="") & Q(paper_on__isnull=False, paper_on__lte=F("received_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="realised_by_authority"),
            models.Index(fields=["organisation", "-id"], name="realised_by_holder"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "realised-report")


@dataclass
class Effect:
    """Of one place: how many licences are in force and how many of them reported; jobs and tenge that were declared in
    all, that were declared by those who reported, and that these realised. None where nobody reported."""

    licences: int = 0
    reported: int = 0
    jobs: int = 0
    jobs_of_reported: int = 0
    jobs_realised: int | None = None
    investment: Decimal = Decimal(0)
    investment_of_reported: Decimal = Decimal(0)
    investment_realised: Decimal | None = None

    def add(self, other: "Effect") -> None:
        for name in FIGURES:
            mine, his = getattr(self, name), getattr(other, name)
            setattr(self, name, his if mine is None else mine if his is None else mine + his)

    @property
    def jobs_difference(self) -> int | None:
        """Realised less declared, of those who reported."""
        return None if self.jobs_realised is None else self.jobs_realised - self.jobs_of_reported

    @property
    def investment_difference(self) -> Decimal | None:
        return None if self.investment_realised is None else self.investment_realised - self.investment_of_reported


FIGURES = (
    "licences", "reported", "jobs", "jobs_of_reported", "jobs_realised",
    "investment", "investment_of_reported", "investment_realised",
)  # fmt: skip


@dataclass
class Effects:
    """By region; `nowhere` is what filings do not place; `total` all of it."""

    regions: dict[str, Effect] = field(default_factory=lambda: {code: Effect() for code in REGIONS})
    nowhere: Effect = field(default_factory=Effect)
    total: Effect = field(default_factory=Effect)


def with_realised(licences: "models.QuerySet[Licence]") -> "models.QuerySet[Licence]":
    """Each with `last_jobs`, of the last period reported, and `invested`, of all periods; None where nothing was."""
    rows = RealisedReport.objects.standing().filter(licence=OuterRef("pk")).order_by()
    sums = rows.values("licence").annotate(whole=Sum("investment")).values("whole")
    last = rows.order_by("-period_first").values("jobs")[:1]
    return licences.annotate(last_jobs=Subquery(last), invested=Subquery(sums))


def licences_in_force(authority: Authority) -> "models.QuerySet[Licence]":
    return Licence.objects.filter(authority=authority, kind__in=HOSTED_KINDS, state="in_force")


def effects(authority: Authority) -> Effects:
    """Declared and realised under the licences in force, by region: one query, whatever there is."""
    reported, found = Q(last_jobs__isnull=False), Effects()
    rows: Any = with_realised(licences_in_force(authority)).order_by().values(region=F(f"{DECLARED}region"))
    for row in rows.annotate(
        licences=Count("pk"),
        reported=Count("last_jobs"),
        jobs=Sum(f"{DECLARED}jobs", default=0),
        jobs_of_reported=Sum(f"{DECLARED}jobs", filter=reported, default=0),
        jobs_realised=Sum("last_jobs"),
        investment=Sum(f"{DECLARED}investment", default=Decimal(0)),
        investment_of_reported=Sum(f"{DECLARED}investment", filter=reported, default=Decimal(0)),
        investment_realised=Sum("invested"),
    ):
        part = Effect(**{name: row[name] for name in FIGURES})
        found.regions.get(row["region"], found.nowhere).add(part)
        found.total.add(part)
    return found
