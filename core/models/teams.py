"""Teams: officials of one authority who share a kind of work."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.base import Named, Sight

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models.people import User


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Officials see the teams of their own authority."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_system:
            return self
        return self.filter(authority=user.authority_id) if user.authority_id is not None else self.none()


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
