"""Supervisory visits: of providers that other laws than Chapter 13 govern, recorded with a workflow of their own."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OwnQuerySet
from inspections.workflow.visits import SUPERVISORY_VISIT
from law.inspections.codes import METHODS, REGIMES, Method, Regime
from law.inspections.regimes import authorities, regime, regime_rule
from law.problems import Problem
from law.problems import _ as _t

VISITS = "SV"  # followed by the year: SV-2026-00001
#: Under which laws such visits are made.
OTHER_REGIMES = (Regime.FINANCIAL_SUPERVISION, Regime.SPECIAL_REGIME_CONTRACT, Regime.AIFC)
REPORTED = ("reported", "closed")


class SupervisoryVisitQuerySet(OwnQuerySet["SupervisoryVisit"]):
    """Officials: their authority's. The provider: its own, which are announced to it."""


class SupervisoryVisit(Stateful):
    """One visit of a provider. `regime` and `ground`: the law of the day for which it was announced."""

    WORKFLOW = SUPERVISORY_VISIT
    FOLDER = "supervisory-visits"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("provider"))
    licence = models.ForeignKey("licensing.Licence", models.PROTECT, related_name="+", verbose_name=_("licence"))
    regime = models.CharField(_("under which law"), max_length=30, choices=[(one, REGIMES[one]) for one in REGIMES])
    ground = models.JSONField(_("rule"), null=True, blank=True)
    method = models.CharField(_("how it is done"), max_length=10, choices=list(METHODS.items()))
    purpose = models.TextField(_("what it is about"))
    planned_on = models.DateField(_("planned for"))
    carried_on = models.DateField(_("carried out"), null=True, blank=True)
    report = models.TextField(_("report"), blank=True)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("report written by")
    )
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("report issued by")
    )
    issued_at = models.DateTimeField(_("report issued"), null=True, blank=True)
    reply = models.TextField(_("answer of the provider"), blank=True)
    replied_at = models.DateTimeField(_("answered"), null=True, blank=True)
    conclusion = models.TextField(_("what came of the visit"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    announced_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("announced by"))

    objects = SupervisoryVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervisory visit")
        verbose_name_plural = _("supervisory visits")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="supervisory_visit_state_known",
                condition=Q(state__in=[one.name for one in SUPERVISORY_VISIT.states]),
            ),
            models.CheckConstraint(
                name="supervisory_visit_other_law", condition=Q(regime__in=[str(one) for one in OTHER_REGIMES])
            ),
            models.CheckConstraint(
                name="supervisory_visit_carried_with_its_day",
                condition=Q(carried_on__isnull=False) | Q(state__in=["announced", "dropped"]),
            ),
            models.CheckConstraint(
                name="supervisory_visit_report_two_hands",
                condition=Q(issued_by__isnull=True, issued_at__isnull=True)
                | Q(issued_by__isnull=False, issued_at__isnull=False, written_by__isnull=False)
                & ~Q(issued_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="supervisory_visit_reported_whole",
                condition=~Q(state__in=REPORTED) | Q(issued_at__isnull=False) & ~Q(report=""),
            ),
            models.CheckConstraint(
                name="supervisory_visit_closed_with_its_moment",
                condition=Q(state__in=["closed", "dropped"], closed_at__isnull=False)
                | Q(closed_at__isnull=True) & ~Q(state__in=["closed", "dropped"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="supervisory_visit_by_authority"),
            models.Index(fields=["organisation", "-id"], name="supervisory_visit_by_provider"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "supervisory_visit")

    @property
    def regime_label(self) -> str:
        return gettext(REGIMES[Regime(self.regime)])

    @property
    def method_label(self) -> str:
        return gettext(METHODS[Method(self.method)])

    @property
    def is_issued(self) -> bool:
        """Whether the provider may read the report."""
        return self.state in REPORTED

    def regime_faults(self, on: date) -> list[Problem]:
        """Why this authority may not visit the subject so on a day: Chapter 13 governs, or no law, or another's."""
        kind = self.licence.kind
        found, rule = regime(kind, on), regime_rule(kind, on)
        if found == Regime.CHAPTER_13:
            message = _t("On %(day)s Chapter 13 of the Entrepreneurial Code governs this subject: open an inspection.")
            return [Problem("visit-chapter-13", message, {"day": on}, field="planned_on", provision=rule)]
        if found not in OTHER_REGIMES:
            message = _t("No law that is known here lets anybody inspect this subject on %(day)s.")
            return [Problem("visit-no-law", message, {"day": on}, field="planned_on", provision=rule)]
        if self.authority.code not in authorities(kind, on):
            message = _t("Another authority supervises this subject on %(day)s.")
            return [Problem("visit-authority", message, {"day": on}, field="licence", provision=rule)]
        return []
