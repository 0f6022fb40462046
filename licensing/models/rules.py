"""Who gets which new filing: rules of an authority, read from the first to the last."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _t

from core.models import Sight, Team, User
from core.models.sight import OfficialQuerySet


class RuleQuerySet(OfficialQuerySet["AssignmentRule"]):
    """Officials see the rules of their own authority."""

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)


class AssignmentRule(models.Model):
    """Filings of a kind and a region (empty: any) go to one officer, or to who has least to do in a team."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("authority"))
    order = models.PositiveSmallIntegerField(_t("order"))
    kind = models.CharField(_t("kind"), max_length=40, blank=True)
    region = models.CharField(_t("region"), max_length=6, blank=True)  # ISO 3166-2
    officer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("officer")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("team"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("entered by"))
    made_at = models.DateTimeField(_t("entered"))
    ended_at = models.DateTimeField(_t("ended"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _t("assignment rule")
        verbose_name_plural = _t("assignment rules")
        ordering: ClassVar = ["authority", "order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rule_gives_to_an_officer_or_a_team",
                condition=Q(officer__isnull=False, team__isnull=True) | Q(officer__isnull=True, team__isnull=False),
            ),
            models.UniqueConstraint(
                name="rule_order_once", fields=["authority", "order"], condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.kind or '*'} {self.region or '*'}"

    def sight(self) -> Sight:
        return Sight(authority_id=self.authority_id, reference=f"rule-{self.pk}", title="assignment-rule")

    def fits(self, kind: str, region: str) -> bool:
        return self.kind in ("", kind) and self.region in ("", region)
