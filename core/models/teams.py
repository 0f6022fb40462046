"""Teams: officials of one authority who share a kind of work."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.base import Named, Sight
from core.models.sight import OfficialQuerySet


class TeamQuerySet(OfficialQuerySet["Team"]):
    """Officials see the teams of their own authority."""


class Team(Named):
    """Who is in it may change; what was assigned to a member stays his."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="teams", verbose_name=_("authority"))
    members = models.ManyToManyField("core.User", related_name="teams", blank=True, verbose_name=_("members"))
    made_at = models.DateTimeField(_("entered"))

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering: ClassVar = ["authority", "id"]

    def sight(self) -> Sight:
        return Sight(authority_id=self.authority_id, reference=f"team-{self.pk}", title="team")
