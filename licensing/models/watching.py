"""Who among officials is told when the state of a case changes: one table for every kind of case."""

from typing import ClassVar

from django.db import models

from core.models import Stateful, User


class WatchQuerySet(models.QuerySet["Watch"]):
    def of(self, case: models.Model) -> "WatchQuerySet":
        return self.filter(subject_type=case._meta.label_lower, subject_id=case.pk)


class Watch(models.Model):
    """An official is told when the state of a case changes."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    user = models.ForeignKey(User, models.CASCADE, related_name="watches")
    since = models.DateTimeField()
    #: Written and read by nobody since any case can be watched; the column goes with the next release.
    application = models.ForeignKey("licensing.Application", models.CASCADE, null=True, blank=True, related_name="+")

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "user"], name="watched_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.subject_type} {self.subject_id}"


class Watched(Stateful):
    """A case that officials who read it may watch. It names its `authority`."""

    authority_id: int

    class Meta:
        abstract = True

    def offices(self) -> tuple[int, ...]:
        """The authorities whose officials read it."""
        return (self.authority_id,)

    def watchers(self, left: str) -> "models.QuerySet[User]":
        """Those who watch it and still read it; who has left the authority is told no more."""
        watches = Watch.objects.of(self).values("user")
        return User.objects.filter(pk__in=watches, is_active=True, authority__in=self.offices())
