"""Small records of how people work: keys of creating requests, saved filters."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models.people import User


class RequestKey(models.Model):
    """An Idempotency-Key with the answer it got, written in the transaction of the act itself."""

    user = models.ForeignKey("core.User", models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # over method, path, fields and file digests
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)  # sealed under the key of who asked, where it holds a secret
    headers = models.JSONField(default=dict)
    parties = models.JSONField(
        default=list
    )  # ids of the organisations for which it acted: who may see the answer again
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="request_key_once")]

    def __str__(self) -> str:
        return self.key


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(user=user) if user.is_authenticated else self.none()


class SavedFilter(models.Model):
    """A queue's filter that somebody keeps as a tab."""

    user = models.ForeignKey("core.User", models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=30)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000, blank=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name
