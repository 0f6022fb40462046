"""Who sees which rows: one rule for everything that reads. A kind of rows says only what is its own in it."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models.people import User

M = TypeVar("M", bound=models.Model)
NOBODY = Q(pk__in=())  # fits no row, and asks the database nothing


class SightQuerySet(models.QuerySet[M]):
    """Rows seen by the program itself and by those whom the three methods name; whom none names finds nothing."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The rows that this person may see; what he may not see is for him as if it were not there."""
        if not user.is_authenticated or not user.is_active:
            return self.filter(self.for_public())
        if user.is_system:
            return self
        return self.filter(self.for_official(user) if user.is_official else self.for_party(user))

    def for_public(self) -> Q:
        """What everybody sees, signed in or not."""
        return NOBODY

    def for_official(self, user: "User") -> Q:
        """What somebody of an authority sees."""
        return self.for_public()

    def for_party(self, user: "User") -> Q:
        """What everybody else with an account sees."""
        return self.for_public()


class OfficialQuerySet(SightQuerySet[M]):
    """Rows with an `authority`, which its people see and nobody else."""

    def for_official(self, user: "User") -> Q:
        return Q(authority=user.authority_id)


class OwnQuerySet(OfficialQuerySet[M]):
    """Rows with an `authority` and an `organisation`: seen by the people of the one and who act for the other."""

    def for_party(self, user: "User") -> Q:
        return Q(organisation__in=user.organisations())
