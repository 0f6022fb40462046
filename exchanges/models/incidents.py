"""Incidents at providers: reported within a clock, reported in full, closed by the authority."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OwnQuerySet
from exchanges.workflow import INCIDENT
from law.duties import INCIDENTS

SERIES = "IC"  # followed by the year: IC-2026-00001


class IncidentQuerySet(OwnQuerySet["Incident"]):
    """Officials: at providers of their authority. Others: at providers for which they act."""


class Incident(Stateful):
    """What happened at a provider. `due_on`, its arithmetic and ground are the clock of the first report."""

    WORKFLOW = INCIDENT
    FOLDER = "incidents"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("provider"))
    licence = models.ForeignKey("licensing.Licence", models.PROTECT, related_name="+", verbose_name=_("licence"))
    kind = models.CharField(_("kind"), max_length=20, choices=list(INCIDENTS.items()))
    noticed_at = models.DateTimeField(_("noticed"))
    summary = models.CharField(_("what happened, in short"), max_length=300)
    persons = models.PositiveIntegerField(_("persons concerned"), null=True, blank=True)
    source = models.CharField(_("where an official knows it from"), max_length=300, blank=True)
    due_on = models.DateField(_("to be reported by"))
    arithmetic = models.JSONField(_("arithmetic"), default=list)
    ground = models.JSONField(_("ground"), default=dict)
    late = models.BooleanField(_("reported late"))
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reported by"))
    description = models.TextField(_("what happened and why"), blank=True)
    measures = models.TextField(_("what was done"), blank=True)
    described_at = models.DateTimeField(_("reported in full"), null=True, blank=True)
    remark = models.TextField(_("what is missing"), blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident at a provider")
        verbose_name_plural = _("incidents at providers")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="incident_state_known", condition=Q(state__in=[s.name for s in INCIDENT.states])
            ),
            models.CheckConstraint(name="incident_kind_known", condition=Q(kind__in=list(INCIDENTS))),
            models.CheckConstraint(name="incident_noticed_first", condition=Q(noticed_at__lte=F("created_at"))),
            models.CheckConstraint(
                name="incident_described_whole",
                condition=Q(state="reported") | Q(described_at__isnull=False) & ~Q(description="") & ~Q(measures=""),
            ),
            models.CheckConstraint(
                name="incident_closed_whole",
                condition=Q(state="closed", closed_by__isnull=False, closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_by__isnull=True, closed_at__isnull=True, outcome=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="incident_by_state"),
            models.Index(fields=["organisation", "-id"], name="incident_by_provider"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "incident")

    @property
    def kind_label(self) -> str:
        return gettext(INCIDENTS[self.kind])
