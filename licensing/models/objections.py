"""Objections of natural persons to what the program did by itself in their cases."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OwnQuerySet
from licensing.workflow.objection import OBJECTION

ANSWERED = ("upheld", "rejected")


class ObjectionQuerySet(OwnQuerySet["Objection"]):
    """Officials: those put to their authority. Others: those of whom they act for."""


class Objection(Stateful):
    """What a person has against one event, and the answer of an official. `act` is a code of core.automated."""

    WORKFLOW = OBJECTION

    reference = models.CharField(_("number"), max_length=20, unique=True)
    event = models.ForeignKey("core.Event", models.PROTECT, related_name="objections", verbose_name=_("event"))
    act = models.CharField(_("automated act"), max_length=40)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("person"))
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    text = models.TextField(_("what is objected"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="objection_state_known", condition=Q(state__in=[state.name for state in OBJECTION.states])
            ),
            models.CheckConstraint(
                name="objection_answered_whole",
                condition=Q(state__in=ANSWERED, answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")
                | ~Q(state__in=ANSWERED) & Q(answered_by__isnull=True, answered_at__isnull=True, answer=""),
            ),
            models.UniqueConstraint(fields=["event"], condition=~Q(state="taken_back"), name="objection_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="objection_by_state"),
            models.Index(fields=["organisation", "-id"], name="objection_by_person"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "objection")
