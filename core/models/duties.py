"""Somebody owes something, on a ground, by a day; and the only thing that moves that day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.base import Seen, SeenQuerySet


class ObligationQuerySet(SeenQuerySet["Obligation"]):
    def open(self) -> "ObligationQuerySet":
        return self.filter(met_at__isnull=True, ended_at__isnull=True)


class Obligation(Seen):
    """A term with its arithmetic as computed by `law/`. `due_on` is empty only while a pause is open."""

    AUTHORITY, ORGANISATION, BODY = "authority", "organisation", "body"
    DEBTORS: ClassVar = [
        (AUTHORITY, _("The authority")),
        (ORGANISATION, _("The applicant or holder")),
        (BODY, _("Another body")),
    ]

    code = models.CharField(_("duty"), max_length=60)
    debtor = models.CharField(_("who owes"), max_length=12, choices=DEBTORS)
    base_on = models.DateField(_("counted from"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    arithmetic = models.JSONField(_("arithmetic"), default=list)  # lines: {"text", "msgid", "params"}
    ground = models.JSONField(_("ground"), default=dict)  # the provision as known when the duty arose
    created_at = models.DateTimeField(_("created"))
    met_at = models.DateTimeField(_("met"), null=True, blank=True)
    ended_at = models.DateTimeField(_("no longer owed"), null=True, blank=True)
    overdue_at = models.DateTimeField(_("found overdue"), null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "code"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True),
                name="obligation_owed_once",
            ),
            models.CheckConstraint(
                name="obligation_met_or_ended", condition=Q(met_at__isnull=True) | Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="obligation_due_after_base", condition=Q(due_on__isnull=True) | Q(due_on__gte=F("base_on"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="obligation_by_subject"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, overdue_at__isnull=True),
                name="obligation_to_sweep",
            ),
            models.Index(
                fields=["authority", "due_on", "id"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True),
                name="obligation_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.reference}"


class Pause(models.Model):
    """A stored pause, extension or recalculation: why, from when to when, and by which provision."""

    KINDS: ClassVar = [("pause", _("Pause")), ("extension", _("Extension")), ("recalculation", _("Recalculation"))]

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="pauses", verbose_name=_("obligation"))
    kind = models.CharField(_("kind"), max_length=15, choices=KINDS)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    ground = models.JSONField(_("ground"), default=dict)
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="pause_days_in_order", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            ),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(kind="pause", to_on__isnull=True), name="pause_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_on:%Y-%m-%d}"
