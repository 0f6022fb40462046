"""The register of mining machines (hardware-software complexes), and what owners ask about them."""

import re
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from core.models import Organisation, RowFile, Sight, Stateful, User
from core.models.sight import OfficialQuerySet
from licensing.models import Licence
from mining.models.centres import DataCentre
from mining.workflow.machines import MACHINES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

INCLUDE, EXCLUDE, MOVE, TRANSFER = "include", "exclude", "move", "transfer"
ACTS = {
    INCLUDE: _("Enter machines in the register"),
    EXCLUDE: _("Take machines out of the register"),
    MOVE: _("Move machines to another data centre"),
    TRANSFER: _("Pass machines to another owner"),
}
DECIDED = ("granted", "refused")
#: Letters that look alike in both scripts are one letter: a serial number is copied by eye.
_LOOK_ALIKE = ("АВЕКМНОРСТУХавекмнорстух", "ABEKMHOPCTYXABEKMHOPCTYX")
NUMBER = re.compile(r"(?:HSC-?)?(\d{1,12})")


def key_sql(manufacturer: str, serial: str) -> str:
    """SQL of the key by which a machine is known: manufacturer and serial number, letters and digits alone."""
    parts = (
        f"regexp_replace(translate(upper({name}), '{_LOOK_ALIKE[0]}', '{_LOOK_ALIKE[1]}'), '[^[:alnum:]]', '', 'g')"
        for name in (manufacturer, serial)
    )
    return " || '/' || ".join(parts)


class MachineFilingQuerySet(OfficialQuerySet["MachineFiling"]):
    """Officials: those put to their authority. Others: their own, and those that pass machines to them."""

    def for_party(self, user: "User") -> Q:
        own = user.organisations()
        return Q(organisation__in=own) | Q(to_owner__in=own)


class MachineFiling(Stateful):
    """An application about machines: one act on all of them, asked by their owner and decided at once."""

    WORKFLOW = MACHINES

    reference = models.CharField(_("number"), max_length=20, unique=True)  # HSC-2026-000001
    act = models.CharField(_("act"), max_length=10, choices=list(ACTS.items()))
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="machine_filings", verbose_name=_("owner")
    )
    file = models.OneToOneField(RowFile, models.PROTECT, related_name="machine_filing", verbose_name=_("file of rows"))
    to_owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("new owner")
    )
    to_centre = models.ForeignKey(
        DataCentre, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("new data centre")
    )
    reason = models.TextField(_("reason"), blank=True)
    machines = models.PositiveIntegerField(_("machines"))
    digest = models.CharField(_("digest of the rows"), max_length=64)
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    filed_on = models.DateField(_("filed"))
    consented_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("consent of the new owner by")
    )
    consented_on = models.DateField(_("the new owner agreed"), null=True, blank=True)
    consent_paper = models.TextField(_("paper of both owners"), blank=True, default="", db_default="")
    due_on = models.DateField(_("due"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    objects = MachineFilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("application about machines")
        verbose_name_plural = _("applications about machines")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="machine_filing_state_known", condition=Q(state__in=[state.name for state in MACHINES.states])
            ),
            models.CheckConstraint(
                name="machine_filing_decided_whole",
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_on__isnull=False)
                | ~Q(state__in=DECIDED) & Q(decided_by__isnull=True, decided_on__isnull=True, answer=""),
            ),
            models.CheckConstraint(
                name="machine_filing_refused_with_reasons", condition=~Q(state="refused") | ~Q(answer="")
            ),
            models.CheckConstraint(
                name="machine_filing_says_where_to",
                condition=Q(act=INCLUDE, to_owner__isnull=True)
                | Q(act=EXCLUDE, to_owner__isnull=True, to_centre__isnull=True) & ~Q(reason="")
                | Q(act=MOVE, to_owner__isnull=True, to_centre__isnull=False)
                | Q(act=TRANSFER, to_owner__isnull=False),
            ),
            models.CheckConstraint(
                name="machine_filing_agreed_whole",
                condition=Q(consented_by__isnull=True, consented_on__isnull=True, consent_paper="")
                | Q(act=TRANSFER, consented_by__isnull=False, consented_on__isnull=False),
            ),
            models.CheckConstraint(
                name="machine_filing_to_another_owner",
                condition=Q(to_owner__isnull=True) | ~Q(to_owner=F("organisation")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="machine_filing_by_state"),
            models.Index(fields=["organisation", "-id"], name="machine_filing_by_owner"),
            models.Index(fields=["to_owner", "-id"], name="machine_filing_by_new_owner"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "machine-filing")


class MachineQuerySet(OfficialQuerySet["Machine"]):
    """Officials: the machines of their authority's register. Others: their own."""

    def for_party(self, user: "User") -> Q:
        return Q(owner__in=user.organisations())

    def registered(self) -> Self:
        """In the register now."""
        return self.filter(included_on__isnull=False, excluded_on__isnull=True)

    def found_by(self, text: str) -> Self:
        """By number in the register, else by serial number or its beginning."""
        words = "".join(text.split())[:80]
        if words.upper().startswith("HSC"):
            number = NUMBER.fullmatch(words.upper())
            return self.filter(pk=int(number[1])) if number else self.none()
        return self.filter(serial__istartswith=words) if words else self


class Machine(models.Model):
    """One machine. In the register from `included_on`; asked for and not decided where that is empty.

    `excluded_on` ends it, with its reason, also where it was never included: the application was refused.
    """

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="machines", verbose_name=_("owner"))
    manufacturer = models.CharField(_("manufacturer"), max_length=100)
    model = models.CharField(_("model"), max_length=100)
    serial = models.CharField(_("serial number"), max_length=80)
    key = models.CharField(_("key"), max_length=190, editable=False)  # of manufacturer and serial number
    hash_rate = models.DecimalField(_("hash rate, TH/s"), max_digits=12, decimal_places=3)
    power = models.DecimalField(_("power, kW"), max_digits=9, decimal_places=3)
    centre = models.ForeignKey(DataCentre, models.PROTECT, related_name="machines", verbose_name=_("data centre"))
    licence = models.ForeignKey(
        Licence, models.PROTECT, null=True, blank=True, related_name="machines", verbose_name=_("licence")
    )
    filing = models.ForeignKey(
        MachineFiling, models.PROTECT, related_name="entered", verbose_name=_("entered by the application")
    )
    included_on = models.DateField(_("in the register from"), null=True, blank=True)
    excluded_on = models.DateField(_("out of the register from"), null=True, blank=True)
    exclusion_reason = models.TextField(_("why it is out"), blank=True)
    changed_at = models.DateTimeField(_("last changed"))

    objects = MachineQuerySet.as_manager()

    class Meta:
        verbose_name = _("mining machine")
        verbose_name_plural = _("mining machines")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], condition=Q(excluded_on__isnull=True), name="machine_once"),
            models.CheckConstraint(name="machine_works", condition=Q(hash_rate__gt=0, power__gt=0)),
            models.CheckConstraint(
                name="machine_out_with_its_reason",
                condition=Q(excluded_on__isnull=True, exclusion_reason="")
                | Q(excluded_on__isnull=False) & ~Q(exclusion_reason=""),
            ),
            models.CheckConstraint(
                name="machine_days_in_order",
                condition=Q(included_on__isnull=True)
                | Q(excluded_on__isnull=True)
                | Q(excluded_on__gte=F("included_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="machine_by_authority"),
            models.Index(fields=["owner", "-id"], name="machine_by_owner"),
            models.Index(fields=["centre", "-id"], name="machine_by_centre"),
            models.Index(OpClass(Upper("serial"), name="text_pattern_ops"), "id", name="machine_by_serial"),
        ]

    def __str__(self) -> str:
        return self.number

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.owner_id, self.number, "machine")

    @property
    def number(self) -> str:
        return f"HSC-{self.pk:08d}"

    @property
    def standing(self) -> str:
        """asked | registered | out | refused, by its days."""
        if self.excluded_on is not None:
            return "out" if self.included_on is not None else "refused"
        return "registered" if self.included_on is not None else "asked"


class MachineStepQuerySet(models.QuerySet["MachineStep"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(machine__in=Machine.objects.visible_to(user))


class MachineStep(models.Model):
    """What an application asks of one machine in the register; once it is granted, what was changed and when."""

    machine = models.ForeignKey(Machine, models.PROTECT, related_name="steps", verbose_name=_("machine"))
    filing = models.ForeignKey(MachineFiling, models.PROTECT, related_name="steps", verbose_name=_("application"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    from_owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from owner")
    )
    from_centre = models.ForeignKey(
        DataCentre, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from data centre")
    )
    open = models.BooleanField(_("not decided yet"), default=True)

    objects = MachineStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a machine")
        verbose_name_plural = _("changes of machines")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["machine"], condition=Q(open=True), name="machine_step_one_at_a_time"),
            models.UniqueConstraint(fields=["machine", "filing"], name="machine_step_once_in_an_application"),
            models.CheckConstraint(
                name="machine_step_done_with_what_was",
                condition=Q(done_at__isnull=True, from_owner__isnull=True, from_centre__isnull=True)
                | Q(done_at__isnull=False, from_owner__isnull=False, from_centre__isnull=False, open=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.machine_id} {self.filing_id}"
