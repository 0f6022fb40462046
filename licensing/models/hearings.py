"""The hearing of a party before a decision against it: the draft, the day, what the party says, the minutes."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Seen, Sight, User
from core.models.base import SeenQuerySet

POSITION_PAPER = "position"  # the kind of documents under which a party brings what it has to say on a draft


class HearingQuerySet(SeenQuerySet["Hearing"]):
    def open(self) -> "HearingQuerySet":
        """Their draft still stands."""
        return self.filter(closed_at__isnull=True)


class Hearing(Seen):
    """A party is heard on a draft decision. It hangs on whatever is decided; one at a time.

    It is over when the party has stated its position or waived it, was heard, or let the day pass.
    """

    act = models.CharField(_("act that it precedes"), max_length=40)  # the transition that would be taken
    draft = models.JSONField(_("draft decision"), default=dict)  # {"reasons": codes, "text", "grounds"}
    hearing_on = models.DateField(_("day of the hearing"))
    place = models.TextField(_("place and hour"))
    arithmetic = models.JSONField(_("arithmetic"), default=list)
    ground = models.JSONField(_("ground"), default=dict)
    announced_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("announced by"))
    announced_at = models.DateTimeField(_("announced"))
    position = models.TextField(_("position of the party"), blank=True)
    position_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stated by")
    )
    position_at = models.DateTimeField(_("position stated"), null=True, blank=True)
    waived_at = models.DateTimeField(_("waived"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    attended = models.BooleanField(_("the party came"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    minutes_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("minutes by")
    )
    minutes_at = models.DateTimeField(_("minutes entered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)  # decided, or the draft lost its force

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], condition=Q(closed_at__isnull=True), name="hearing_one_at_a_time"
            ),
            models.CheckConstraint(
                name="hearing_position_stated_by_someone",
                condition=Q(position="", position_at__isnull=True, position_by__isnull=True)
                | ~Q(position="") & Q(position_at__isnull=False, position_by__isnull=False),
            ),
            models.CheckConstraint(
                name="hearing_held_with_minutes",
                condition=Q(held_on__isnull=True, attended__isnull=True, minutes="", minutes_at__isnull=True)
                | ~Q(minutes="") & Q(held_on__isnull=False, attended__isnull=False, minutes_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="hearing_by_subject"),
            models.Index(fields=["organisation", "hearing_on"], name="hearing_by_party"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.hearing_on:%Y-%m-%d}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, self.title)

    def is_over(self, on: date) -> bool:
        """Whether the party has had its say by a day: what goes against it may be decided."""
        heard = self.held_on is not None and bool(self.attended)
        return bool(self.position_at or self.waived_at) or heard or on > self.hearing_on

    @property
    def standing(self) -> str:
        """waived, stated, held, absent (the day came, the party did not), closed or announced."""
        if self.waived_at:
            return "waived"
        if self.held_on:
            return "held" if self.attended else "absent"
        if self.position_at:
            return "stated"
        return "closed" if self.closed_at else "announced"
