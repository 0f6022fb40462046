"""What providers keep on record with their authority: warnings, programmes, officers, systems, tests, reports."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OwnQuerySet
from exchanges.workflow import RECORD
from exchanges.workflow.records import LIVE
from law.records import RECORDS

SERIES = "PV"  # followed by the year: PV-2026-00001


class ProviderRecordQuerySet(OwnQuerySet["ProviderRecord"]):
    """Officials: of providers of their authority. Others: of providers for which they act."""

    def live(self) -> Self:
        return self.filter(state__in=LIVE)


class ProviderRecord(Stateful):
    """One dated record of a kind of law.records; which fields it states depends on the kind. A report is one of a
    period, from its first day to its last. `ground` is the rule that asks for it, as known when it was filed."""

    WORKFLOW = RECORD
    FOLDER = "provider-records"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("provider"))
    licence = models.ForeignKey("licensing.Licence", models.PROTECT, related_name="+", verbose_name=_("licence"))
    kind = models.CharField(_("kind"), max_length=30, choices=[(code, one.title) for code, one in RECORDS.items()])
    name = models.CharField(_("name"), max_length=300, blank=True)
    number = models.CharField(_("number or version"), max_length=100, blank=True)
    place = models.CharField(_("place or address on the Internet"), max_length=500, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)  # kk, ru, en
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166-1
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("last day"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    ground = models.JSONField(_("ground"), default=dict, blank=True)
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    checked_on = models.DateField(_("looked at"), null=True, blank=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked at by")
    )
    check_note = models.TextField(_("what was found"), blank=True)

    objects = ProviderRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of a provider")
        verbose_name_plural = _("records of providers")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="record_state_known", condition=Q(state__in=[s.name for s in RECORD.states])),
            models.CheckConstraint(name="record_kind_known", condition=Q(kind__in=list(RECORDS))),
            models.CheckConstraint(
                name="record_days_in_order", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="record_checked_whole",
                condition=Q(state__in=("met", "unmet"), checked_on__isnull=False, checked_by__isnull=False)
                & ~Q(check_note="")
                | ~Q(state__in=("met", "unmet")),
            ),
            models.CheckConstraint(
                name="record_two_hands",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("filed_by")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="record_by_state"),
            models.Index(fields=["organisation", "-id"], name="record_by_provider"),
            models.Index(fields=["licence", "kind", "-id"], name="record_by_licence"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "provider-record")

    @property
    def kind_label(self) -> str:
        return gettext(RECORDS[self.kind].title)
