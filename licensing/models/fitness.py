"""What officials found of the people behind firms, requirement by requirement."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _t

from core.models import Document, Sight, User
from core.models.sight import SightQuerySet
from law.fitness import LABELS
from licensing.models.people import FirmPerson


class FitnessCheckQuerySet(SightQuerySet["FitnessCheck"]):
    """Officials of the authority that looked; nobody else."""

    def for_official(self, user: "User") -> Q:
        return Q(person__authority=user.authority_id)

    def newest(self) -> Self:
        """Of each person and requirement what was found last."""
        return self.order_by("person_id", "code", "-id").distinct("person_id", "code")


class FitnessCheck(models.Model):
    """One look at one requirement of one person. Rows are added, never edited; the last one counts."""

    person = models.ForeignKey(FirmPerson, models.CASCADE, related_name="checks", verbose_name=_t("person"))
    code = models.CharField(
        _t("requirement"), max_length=20, choices=[(code, _t(name)) for code, name in LABELS.items()]
    )
    ground = models.JSONField(_t("rule"))
    met = models.BooleanField(_t("met"))
    note = models.TextField(_t("what was seen"))
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_t("document")
    )
    checked_on = models.DateField(_t("day of the look"))
    expires_on = models.DateField(_t("to be looked at again by"), null=True, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("checked by"))
    checked_at = models.DateTimeField(_t("entered"))

    objects = FitnessCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _t("check of fitness")
        verbose_name_plural = _t("checks of fitness")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fitness_days_in_order",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("checked_on")),
            ),
            models.CheckConstraint(name="fitness_with_what_was_seen", condition=~Q(note="")),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "code", "-id"], name="fitness_by_person")]

    def __str__(self) -> str:
        return f"fitness-{self.pk}"

    def sight(self) -> Sight:
        return self.person.sight()

    @property
    def label(self) -> str:
        return gettext(LABELS[self.code])
