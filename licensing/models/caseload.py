"""A whole caseload that went from one person to others, once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _t

from core.models import Sight, User
from core.models.sight import OfficialQuerySet


class CaseloadMoveQuerySet(OfficialQuerySet["CaseloadMove"]):
    """Officials see the moves of their own authority."""


class CaseloadMove(models.Model):
    """What was moved and what was left, with why. `key` comes with the form: the same form sent twice moves once."""

    key = models.UUIDField(unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("authority"))
    holder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("from whom"))
    reason = models.TextField(_t("reason"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("by"))
    made_at = models.DateTimeField(_t("at"))
    given = models.JSONField(_t("given"), default=dict)  # how many cases, by the id of who got them
    refused = models.JSONField(_t("left"), default=list, blank=True)  # numbers of cases that none of them could take

    objects = CaseloadMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _t("move of a caseload")
        verbose_name_plural = _t("moves of caseloads")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.holder_id}: {self.moved}"

    @property
    def moved(self) -> int:
        return sum(self.given.values())

    def sight(self) -> Sight:
        return Sight(authority_id=self.authority_id, reference=f"caseload-move-{self.pk}", title="caseload-move")
