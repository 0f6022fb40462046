"""Who is away from when to when, and who stands in for him."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.base import Sight
from core.models.sight import OfficialQuerySet

if TYPE_CHECKING:
    from core.models.people import User


class AbsenceQuerySet(OfficialQuerySet["Absence"]):
    """Officials see who is away in their own authority."""

    def standing(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def on(self, day: date) -> Self:
        """Those that cover a day; both ends belong to them."""
        return self.standing().filter(from_on__lte=day, to_on__gte=day)

    def deputies(self, authority_id: int | None, day: date) -> dict[int, "Absence"]:
        """By the absent person, his absence of that day, with its deputy read along: one query."""
        rows = self.on(day).filter(authority=authority_id).select_related("person", "deputy")
        return {row.person_id: row for row in rows}


class Absence(models.Model):
    """From the first day to the last, both inclusive, the deputy takes what would be given to the absent person.

    Why somebody is away is nobody's business here and is not asked.
    """

    person = models.ForeignKey(
        "core.User", models.PROTECT, related_name="absences", verbose_name=_("person who is absent")
    )
    deputy = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("deputy"))
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    from_on = models.DateField(_("first day"))
    to_on = models.DateField(_("last day"))
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))
    made_at = models.DateTimeField(_("entered"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering: ClassVar = ["from_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="absence_days_in_order", condition=Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(name="absence_deputy_is_another", condition=~Q(person=F("deputy"))),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["authority", "to_on", "id"], condition=Q(cancelled_at__isnull=True), name="absence_of_authority"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.from_on} – {self.to_on}"

    def sight(self) -> Sight:
        return Sight(authority_id=self.authority_id, reference=f"absence-{self.pk}", title="absence")


def stand_in(person: "User", absent: Mapping[int, Absence]) -> "User | None":
    """Who takes what is given to a person, when these are absent: the first deputy down the line who is at work.

    None where the line ends in a closed account or in another authority, which can happen after it was entered.
    """
    authority_id, passed = person.authority_id, set[int]()
    while person.pk in absent:
        if person.pk in passed:
            return None
        passed.add(person.pk)
        person = absent[person.pk].deputy
    return person if person.is_active and person.authority_id == authority_id else None
