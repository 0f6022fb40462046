"""The visit before a permit, where an act prescribes one (Law 202-V 51(2)): its conclusion."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Sight, User
from licensing.models.applications import Application
from licensing.models.questions import CaseRowQuerySet


class Visit(models.Model):
    """What a visit found. It is no inspection: it follows a filing, and only its conclusion is kept."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="visits", verbose_name=_("application"))
    visited_on = models.DateField(_("day of the visit"))
    fits = models.BooleanField(_("meets the requirements"))
    text = models.TextField(_("conclusion"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"))

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("conclusion of a visit")
        verbose_name_plural = _("conclusions of visits")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.visited_on}"

    def sight(self) -> Sight:
        return self.application.sight()
