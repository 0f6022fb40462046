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
    part = models.CharField(_("of whom or what"), max_length=60, blank=True)  # which of several of one code
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
                fields=["subject_type", "subject_id", "code", "part"],
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
            models.Index(
                fields=["due_on", "id"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True),
                name="obligation_to_remind",
            ),
            # which of the authority's terms fell due in a period, met or not: the managers' report
            models.Index(fields=["due_on"], condition=Q(debtor="authority"), name="obligation_of_authority"),
            # what firms owed on a day, met since or not: the figure of compliance
            models.Index(
                fields=["organisation", "due_on"], condition=Q(debtor="organisation"), name="obligation_of_organisation"
            ),
        ]

    @property
    def is_paused(self) -> bool:
        """Still owed, by no day as long as a pause is open."""
        return self.due_on is None and self.met_at is None and self.ended_at is None

    def __str__(self) -> str:
        return f"{self.code} {self.reference}"


class Pause(models.Model):
    """A stored pause, extension or recalculation: why, from when to when, and by which provision."""

    KINDS: ClassVar = [("pause", _("Pause")), ("extension", _("Extension")), ("recalculation", _("Recalculation"))]

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="pauses", verbose_name=_("obligation"))
    kind = models.CharField(_("kind"), max_length=15, choices=KINDS)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days added"), null=True, blank=True)  # of an extension
    reason = models.TextField(_("reason"))
    ground = models.JSONField(_("ground"), default=dict)
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))
    removed_at = models.DateTimeField(_("taken back at"), null=True, blank=True)  # an extension that holds no longer

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
            models.CheckConstraint(
                name="pause_extension_has_days",
                condition=Q(kind="extension", days__gte=1) | ~Q(kind="extension") & Q(days__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_on:%Y-%m-%d}"


class Reminder(models.Model):
    """One step of warning of a duty before its day, or of climbing after it: taken once for each due day.

    `days` are working days to the due day; below zero, since it passed. `to` is the role that was told.
    """

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders", verbose_name=_("obligation"))
    days = models.SmallIntegerField(_("working days before the day"))
    due_on = models.DateField(_("due"))
    to = models.CharField(_("told to"), max_length=20)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["obligation", "days", "due_on"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.due_on:%Y-%m-%d}"
