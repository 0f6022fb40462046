"""Assessments of what a miner sold through exchanges of the AIFC, and the findings that a head judges."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Organisation, Sight, Stateful, User
from core.models.sight import OwnQuerySet
from licensing.models import Breach, Licence
from mining.workflow.quota import FINDING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

#: The verdicts of law.quota in words; the first two open a finding.
VERDICTS = {
    "short": _("Too little went through exchanges of the AIFC"),
    "unproved": _("Enough only by what the miner alone declares"),
    "met": _("Enough, as exchanges report"),
    "nothing_sold": _("Nothing was sold"),
    "no_duty": _("No share was required"),
}
TO_JUDGE = ("short", "unproved")
MONEY: dict[str, Any] = {"max_digits": 24, "decimal_places": 4}  # a share of an amount in tiyn


class QuotaQuerySet(OwnQuerySet["QuotaAssessment"]):
    """Officials: their authority's. The miner: his own once nobody judges them any more: those that found nothing
    to judge, and the others from the judgement of a head on, with which he is heard (Administrative Code 73).
    """

    def for_party(self, user: "User") -> Q:
        return super().for_party(user) & (Q(finding__isnull=True) | ~Q(finding__state="open"))

    def to_judge(self) -> Self:
        return self.filter(finding__state="open")


class QuotaAssessment(models.Model):
    """What was found of a period, by the law and the reports as known then. Never changed: later ones stand beside."""

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="quota_assessments", verbose_name=_("miner")
    )
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="quota_assessments", verbose_name=_("licence"))
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    verdict = models.CharField(_("verdict"), max_length=20, choices=list(VERDICTS.items()))
    sold = models.DecimalField(_("sold, tenge"), **MONEY)
    required = models.DecimalField(_("required, tenge"), **MONEY)
    missing = models.DecimalField(_("missing, tenge"), **MONEY)
    parts = models.JSONField(_("parts"), default=list)  # a part for each span of one law, with its sums and lines
    grounds = models.JSONField(_("grounds"), default=list)  # the rules as then known
    reports = models.JSONField(_("reports read"), default=list)  # [[number, edition], …]
    own_output = models.JSONField(_("rule on own output"), default=dict)  # of the day of the assessment
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment of sales")
        verbose_name_plural = _("assessments of sales")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="quota_days_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="quota_sums_not_below_zero", condition=Q(sold__gte=0, required__gte=0, missing__gte=0)
            ),
            models.CheckConstraint(
                name="quota_short_where_something_is_missing",
                condition=Q(verdict="short", missing__gt=0) | ~Q(verdict="short") & Q(missing=Decimal(0)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="quota_by_authority"),
            models.Index(fields=["organisation", "-id"], name="quota_by_miner"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "quota-assessment")

    @property
    def breached(self) -> Mapping[str, Any]:
        """The rule of the part that falls short, as kept; of the first that is not met."""
        for verdict in TO_JUDGE:
            for part in self.parts:
                if part["verdict"] == verdict:
                    rule: Mapping[str, Any] = part["ground"]
                    return rule
        return {}


class FindingQuerySet(models.QuerySet["QuotaFinding"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(assessment__in=QuotaAssessment.objects.visible_to(user))


class QuotaFinding(Stateful):
    """What an assessment found, for a head to judge. Only his judgement may lead to a breach."""

    WORKFLOW = FINDING

    assessment = models.OneToOneField(
        QuotaAssessment, models.PROTECT, related_name="finding", verbose_name=_("assessment")
    )
    text = models.TextField(_("judgement in words"), blank=True)
    judged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    breach = models.OneToOneField(
        Breach, models.PROTECT, null=True, blank=True, related_name="quota_finding", verbose_name=_("breach")
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding on sales")
        verbose_name_plural = _("findings on sales")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="finding_state_known", condition=Q(state__in=[s.name for s in FINDING.states])),
            models.CheckConstraint(
                name="finding_judged_by_somebody_in_words",
                condition=Q(state="open", judged_at__isnull=True, judged_by__isnull=True, text="")
                | ~Q(state="open") & Q(judged_at__isnull=False, judged_by__isnull=False) & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="finding_acted_on_by_its_breach",
                condition=Q(state="acted", breach__isnull=False) | ~Q(state="acted") & Q(breach__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return self.assessment.reference

    @property
    def organisation(self) -> Organisation:
        return self.assessment.organisation

    @property
    def closed_at(self) -> None:
        """Its end is a state alone."""
        return None

    def sight(self) -> Sight:
        return self.assessment.sight()
