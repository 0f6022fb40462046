"""To which class an asset belongs on a day, as officials found it by the checklist of that day."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Document, Sight, Stateful, User
from core.models.sight import OfficialQuerySet
from exchanges.workflow import ASSET_CLASS
from law import assets
from licensing.models.checklists import ChecklistItem

CLASS_SERIES = "AC-"  # followed by the year: AC-2026-00001


class AssetAssessmentQuerySet(OfficialQuerySet["AssetAssessment"]):
    """Officials see what their own authority assessed; nobody else sees any."""

    def found_by(self, text: str) -> Self:
        """Its number, or words of asset or issuer."""
        return self.filter(Q(reference__iexact=text) | Q(asset__icontains=text) | Q(issuer__icontains=text))


class AssetAssessment(Stateful):
    """One asset looked at for one day. The day picks the checklist, which its items keep as it was then known."""

    WORKFLOW = ASSET_CLASS
    FOLDER = "asset-classes"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("authority"))
    asset = models.CharField(_("digital asset"), max_length=200)
    issuer = models.CharField(_("issuer"), max_length=300, blank=True)
    on = models.DateField(_("day for which the class is asked"))
    standard = models.DateField(_("checklist in force from"))
    summary = models.TextField(_("conclusion"), blank=True)
    asset_class = models.CharField(_("class"), max_length=20, choices=list(assets.CLASSES.items()), blank=True)
    kind = models.PositiveSmallIntegerField(
        _("kind of digital financial asset"), null=True, blank=True, choices=list(assets.KINDS.items())
    )
    ground = models.JSONField(_("rule of the class"), default=dict, blank=True)  # as known at the signature
    doubts = models.JSONField(_("doubts"), default=list, blank=True)  # msgids, as known at the signature
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed off by")
    )
    signed_at = models.DateTimeField(_("signed off"), null=True, blank=True)

    objects = AssetAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("class of a digital asset")
        verbose_name_plural = _("classes of digital assets")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="asset_class_state_known", condition=Q(state__in=[state.name for state in ASSET_CLASS.states])
            ),
            models.CheckConstraint(name="asset_class_by_the_list_of_its_day", condition=Q(standard__lte=F("on"))),
            models.CheckConstraint(
                name="asset_class_signed_whole",
                condition=Q(state="signed", signed_by__isnull=False, signed_at__isnull=False)
                & ~Q(asset_class="")
                & ~Q(ground={})
                | ~Q(state="signed") & Q(signed_by__isnull=True, signed_at__isnull=True, asset_class="", ground={}),
            ),
            models.CheckConstraint(
                name="asset_class_kind_of_a_dfa",
                condition=Q(asset_class=assets.DFA, kind__isnull=False)
                | ~Q(asset_class=assets.DFA) & Q(kind__isnull=True),
            ),
            models.CheckConstraint(
                name="asset_class_two_hands", condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("prepared_by"))
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "-id"], name="asset_class_of")]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, "asset-class")

    @property
    def checklist(self) -> assets.Checklist:
        return assets.checklist(self.standard)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by item; what is open is left out."""
        return {row.code: row.answer for row in self.items.all() if row.answer}

    def documents(self) -> "QuerySet[Document]":
        return Document.objects.of(self).current()


class AssetItem(ChecklistItem):
    """One item of the checklist of an asset."""

    assessment = models.ForeignKey(AssetAssessment, models.CASCADE, related_name="items", verbose_name=_("asset"))
    part = models.CharField(_("part of the checklist"), max_length=20, choices=list(assets.PARTS.items()))

    class Meta:
        verbose_name = _("item of a class")
        verbose_name_plural = _("items of classes")
        ordering: ClassVar = ["assessment", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "code"], name="asset_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.code}"
