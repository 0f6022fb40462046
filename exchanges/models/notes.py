"""Notes that a firm keeps for itself: an answer of the perimeter as the law was known on the day it was asked."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Membership, Organisation, Sight, User
from law.exchanges import ACTIVITIES, ASSETS, VENUES, WHO, Later, later
from licensing.models import Matter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SERIES = "PN"  # followed by the year: PN-2026-00001


class PerimeterNoteQuerySet(models.QuerySet["PerimeterNote"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Members of the organisation that keeps it, today; no official, no client, no firm of a client."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = Membership.objects.valid(timezone.localdate()).filter(user=user).values("organisation")
        return self.filter(organisation__in=own, taken_off_at__isnull=True)


class PerimeterNote(models.Model):
    """A question, its answer frozen with edition and grounds, and a remark. Written once and never changed.

    One that was taken off keeps its number and its question; for whom it was, the remark and the matter are gone.
    """

    reference = models.CharField(_("number"), max_length=20, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="perimeter_notes", verbose_name=_("kept by")
    )
    client = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("client, under a power of attorney"),
    )
    client_name = models.CharField(_("client"), max_length=300, blank=True)
    activity = models.CharField(_("activity"), max_length=30, choices=list(ACTIVITIES.items()))
    asset = models.CharField(_("class of digital asset"), max_length=30, choices=list(ASSETS.items()))
    venue = models.CharField(_("venue"), max_length=30, choices=list(VENUES.items()))
    who = models.CharField(_("who"), max_length=30, choices=list(WHO.items()))
    on = models.DateField(_("day asked for"))
    answer = models.JSONField(_("answer"))  # law.exchanges.frozen(), as known when it was kept
    remark = models.TextField(_("remark"), blank=True)
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="notes", verbose_name=_("matter")
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    created_at = models.DateTimeField(_("kept"))
    taken_off_at = models.DateTimeField(_("taken off"), null=True, blank=True)

    objects = PerimeterNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of an answer of the law")
        verbose_name_plural = _("notes of answers of the law")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="perimeter_note_names_a_client_once", condition=Q(client__isnull=True) | Q(client_name="")
            ),
            models.CheckConstraint(
                name="perimeter_note_taken_off_whole",
                condition=Q(taken_off_at__isnull=True)
                | Q(client__isnull=True, client_name="", remark="", matter__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="perimeter_note_of")]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(organisation_id=self.organisation_id, reference=self.reference, title="perimeter-note")

    @property
    def for_whom(self) -> str:
        """The client's name, where the note is for one."""
        return self.client.name if self.client else self.client_name

    @property
    def question(self) -> dict[str, Any]:
        """The question as `law.exchanges.perimeter()` takes it."""
        return {name: getattr(self, name) for name in ("activity", "asset", "venue", "who", "on")}

    def later(self, today: date) -> Later | None:
        """What the law of today says otherwise; None where it is the same, or the day asked for is to come."""
        return later(self.answer, today) if self.on <= today else None
