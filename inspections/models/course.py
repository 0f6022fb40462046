"""Who goes on an inspection, and what it asks: its team, its items."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, User
from core.models.base import pick_name
from inspections.models.inspections import Inspection

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(inspection__in=Inspection.objects.visible_to(user))

    def standing(self) -> Self:
        return self.filter(left_on__isnull=True)


class TeamMember(models.Model):
    """An official on an inspection. Who joins after the act was signed joins by a decision that was told beforehand."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="team", verbose_name=_("inspection"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("official"))
    post = models.CharField(_("post"), max_length=200)
    leads = models.BooleanField(_("leads the team"), default=False)
    joined_on = models.DateField(_("joined after the act, on"), null=True, blank=True)
    told_subject_on = models.DateField(_("subject told"), null=True, blank=True)
    told_statistics_on = models.DateField(_("legal statistics told"), null=True, blank=True)
    left_on = models.DateField(_("left"), null=True, blank=True)
    reason = models.TextField(_("why the team was changed"), blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("official of an inspection")
        verbose_name_plural = _("officials of inspections")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inspection", "person"], condition=Q(left_on__isnull=True), name="team_member_once"
            ),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(leads=True, left_on__isnull=True), name="team_one_leader"
            ),
            models.CheckConstraint(
                name="team_change_with_reason",
                condition=Q(joined_on__isnull=True, left_on__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.person_id}"

    def sight(self) -> Sight:
        return self.inspection.sight()


class InspectionItemQuerySet(models.QuerySet["InspectionItem"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Officials: of their authority. The subject: what was found, once the result act was handed over."""
        rows = self.filter(inspection__in=Inspection.objects.visible_to(user))
        if user.is_authenticated and (user.is_system or user.authority_id is not None):
            return rows
        return rows.filter(inspection__result_handed_at__isnull=False)


class InspectionItem(models.Model):
    """One item of the checklist, as it was asked: its answer, what was seen, when and by whom."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="items", verbose_name=_("inspection"))
    place = models.PositiveSmallIntegerField(_("place"))
    code = models.CharField(_("item"), max_length=30)
    text_kk = models.TextField(_("requirement in Kazakh"))
    text_ru = models.TextField(_("requirement in Russian"))
    text_en = models.TextField(_("requirement in English"), blank=True)
    severity = models.CharField(_("severity"), max_length=15)
    article = models.CharField(_("article"), max_length=200)
    answer = models.CharField(_("answer"), max_length=20, blank=True)  # law.checklists.ANSWERS
    evidence = models.TextField(_("what was seen"), blank=True)
    seen_at = models.DateTimeField(_("seen, by the clock of the device"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    cure_by = models.DateField(_("to be cured by"), null=True, blank=True)

    objects = InspectionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of an inspection")
        verbose_name_plural = _("items of inspections")
        ordering: ClassVar = ["inspection", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "code"], name="inspection_item_once"),
            models.CheckConstraint(
                name="inspection_item_answered_by_someone",
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.code}"

    def sight(self) -> Sight:
        return self.inspection.sight()

    @property
    def text(self) -> str:
        return pick_name(self.text_kk, self.text_ru, self.text_en)
