"""What officials keep beside a case for themselves: tasks for each other. Never the applicant's."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _t

from core.models import Sight, User
from licensing.models.applications import Application

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class InternalQuerySet(models.QuerySet["CaseTask"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Officials see what hangs on the cases that they see; nobody else sees anything."""
        if not user.is_authenticated or not (user.is_system or user.is_official):
            return self.none()
        return self.filter(application__in=Application.objects.visible_to(user))

    def open(self) -> Self:
        """Not done, on a case that goes on."""
        return self.filter(done_at__isnull=True, application__closed_at__isnull=True)


class CaseTask(models.Model):
    """Something that one official asks another to do on a case. No term of law: those are obligations."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="tasks", verbose_name=_t("application"))
    what = models.TextField(_t("what to do"))
    assignee = models.ForeignKey(User, models.PROTECT, related_name="case_tasks", verbose_name=_t("for whom"))
    due_on = models.DateField(_t("by when"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("given by"))
    made_at = models.DateTimeField(_t("given at"))
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("done by")
    )
    done_at = models.DateTimeField(_t("done at"), null=True, blank=True)

    objects = InternalQuerySet.as_manager()

    class Meta:
        verbose_name = _t("task")
        verbose_name_plural = _t("tasks")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="task_done_by_someone",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["assignee", "due_on", "id"], condition=Q(done_at__isnull=True), name="task_open_of"),
        ]

    def __str__(self) -> str:
        return self.what[:60]

    def sight(self) -> Sight:
        return self.application.sight()
