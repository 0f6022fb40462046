"""Assessments of data centres against the checklist of their day."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import Document, Sight, Stateful, User
from core.models.files import DocumentQuerySet
from core.models.sight import SightQuerySet
from law import standards
from licensing.models.checklists import ChecklistItem
from mining.models.centres import POWER, DataCentre
from mining.workflow.assessment import ASSESSMENT


class AssessmentQuerySet(SightQuerySet["Assessment"]):
    """Officials: their authority's. Owners: the signed ones of their centres."""

    def for_official(self, user: "User") -> Q:
        return Q(centre__authority=user.authority_id)

    def for_party(self, user: "User") -> Q:
        return Q(centre__owner__in=user.organisations(), state="signed")

    def signed(self) -> Self:
        return self.filter(state="signed")

    def newest_of(self, centres: "QuerySet[DataCentre]") -> Self:
        """The last signed assessment of each centre: one row a centre, by the day on which it was looked at."""
        rows = self.signed().filter(centre__in=centres)
        return rows.order_by("centre_id", "-assessed_on", "-id").distinct("centre_id")


class Assessment(Stateful):
    """One look at a centre on a day. The day picks the checklist, which its items keep as it was then known."""

    WORKFLOW = ASSESSMENT

    reference = models.CharField(_("number"), max_length=20, unique=True)  # DA-2026-00001
    centre = models.ForeignKey(DataCentre, models.PROTECT, related_name="assessments", verbose_name=_("data centre"))
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assessment before")
    )
    assessed_on = models.DateField(_("day of the assessment"))
    standard = models.DateField(_("checklist in force from"))
    measured_megawatts = models.DecimalField(_("power as measured, MW"), null=True, blank=True, **POWER)
    summary = models.TextField(_("conclusion"), blank=True)
    outcome = models.CharField(_("result"), max_length=20, choices=list(standards.RESULTS.items()), blank=True)
    ground = models.JSONField(_("rule of the result"), default=dict, blank=True)  # as known at the signature
    confirmation = models.TextField(_("why unconfirmed law founds duties"), blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed off by")
    )
    signed_at = models.DateTimeField(_("signed off"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment of a data centre")
        verbose_name_plural = _("assessments of data centres")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assessment_state_known", condition=Q(state__in=[state.name for state in ASSESSMENT.states])
            ),
            models.CheckConstraint(
                name="assessment_by_the_list_of_its_day", condition=Q(standard__lte=F("assessed_on"))
            ),
            models.CheckConstraint(
                name="assessment_signed_whole",
                condition=Q(state="signed", signed_by__isnull=False, signed_at__isnull=False)
                & ~Q(outcome="")
                & ~Q(ground={})
                | ~Q(state="signed") & Q(signed_by__isnull=True, signed_at__isnull=True, outcome="", ground={}),
            ),
            models.CheckConstraint(
                name="assessment_two_hands",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("prepared_by")),
            ),
            models.UniqueConstraint(
                fields=["centre"], condition=Q(state__in=["draft", "proposed"]), name="assessment_one_at_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["centre", "-assessed_on", "-id"], name="assessment_by_centre"),
            models.Index(fields=["state", "-id"], name="assessment_by_state"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.centre.authority_id, self.centre.owner_id, self.reference, "assessment")

    @property
    def checklist(self) -> standards.Checklist:
        return standards.checklist(self.standard)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by item; what is open is left out."""
        return {row.code: row.answer for row in self.items.all() if row.answer}

    def found(self) -> standards.Result:
        """What the answers come to; ValueError while one is missing."""
        return standards.result(self.checklist, self.answers)

    def documents(self) -> DocumentQuerySet:
        return Document.objects.of(self).current()


class AssessmentItem(ChecklistItem):
    """One item of the checklist of a data centre."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="items", verbose_name=_("assessment"))
    of_definition = models.BooleanField(_("part of the definition of the law"))

    class Meta:
        verbose_name = _("item of an assessment")
        verbose_name_plural = _("items of assessments")
        ordering: ClassVar = ["assessment", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "code"], name="assessment_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.code}"

    @property
    def is_beyond(self) -> bool:
        return not self.of_definition
