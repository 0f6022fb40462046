"""Licences, the counter behind their numbers, and the public register."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.models import Named, Organisation, Sight, User
from core.models.sight import OfficialQuerySet, OwnQuerySet
from core.names import number_sought, sought
from licensing.models.applications import Application
from licensing.models.conditions import worded
from licensing.models.watching import Watched
from licensing.permits import PermitKind
from licensing.permits import kind as permit_kind
from licensing.workflow import LICENCE, LIVE

GRANTED = gettext_noop("What was granted stands in the register, in force or ended.")
FEW = 200
#: `search` begins with the number; texts of any length cannot stand in an index whole.
BEGINNING = Left("search", 40)
REFUSED = gettext_noop("A refusal is public only where a head decides so.")


class NumberCounter(models.Model):
    """The last number given in a series. Its row is locked last, so that numbers have no gaps and wait for nothing."""

    series = models.CharField(max_length=30, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class LicenceQuerySet(OwnQuerySet["Licence"]):
    def found_by(self, text: str) -> Self:
        """By number, by verification code, or by the holder's BIN or name in any script."""
        words = " ".join(text.split())[:200]
        by_number = Licence.objects.filter(Q(number=words.upper()) | Q(code=words.upper())).order_by().values("pk")
        by_holder = Licence.objects.filter(organisation__in=Organisation.objects.found_by(words))
        return self.filter(pk__in=by_number.union(by_holder.order_by().values("pk")))

    def to_expire(self, today: date) -> Self:
        """Not ended though their last day has passed."""
        return self.filter(state__in=LIVE, valid_to__lt=today)

    def to_lapse(self, today: date) -> Self:
        """Suspended though the suspension is over. One that lasts as long as the licence ends with it."""
        outlived = Q(valid_to__isnull=True) | Q(valid_to__gt=F("suspended_to"))
        return self.filter(outlived, state="suspended", suspended_to__lt=today)


class Licence(Watched):
    """A permit in force, or what became of it. What it says is frozen as it was granted."""

    WORKFLOW = LICENCE
    FOLDER = "licences"

    number = models.CharField(_("number"), max_length=40, unique=True)
    code = models.CharField(_("verification code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, related_name="licences", verbose_name=_("holder")
    )
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="licence", verbose_name=_("application")
    )
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)  # counted on by each re-issue and correction
    on_paper = models.BooleanField(_("issued on paper"), default=False)
    granted_on = models.DateField(_("granted"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ends_by = models.DateField(_("ends by"), null=True, blank=True)  # because its kind is abolished
    suspended_from = models.DateField(_("suspended from"), null=True, blank=True)
    suspended_to = models.DateField(_("suspended until"), null=True, blank=True)  # empty where no length is set
    suspended_months = models.PositiveSmallIntegerField(_("months of suspension"), null=True, blank=True)
    ground = models.JSONField(_("ground of its state"), default=dict, blank=True)  # a ground as then known
    cause = models.CharField(_("decided in"), max_length=40, blank=True)  # number of the case, or a provision's code
    particulars = models.JSONField(_("particulars"), default=list)  # [{"label": msgid, "value": …}]
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    grounds = models.JSONField(_("grounds"), default=list)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="licence_state_known", condition=Q(state__in=[s.name for s in LICENCE.states])),
            models.CheckConstraint(
                name="licence_days_in_order", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="licence_ended_with_its_day",
                condition=Q(state__in=LIVE, ended_on__isnull=True) | ~Q(state__in=LIVE) & Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="licence_suspended_with_its_days",
                condition=Q(state__in=["suspended", "uncured"], suspended_from__isnull=False)
                | ~Q(state__in=["suspended", "uncured"]) & Q(suspended_from__isnull=True, suspended_to__isnull=True),
            ),
            models.CheckConstraint(
                name="licence_suspension_in_order",
                condition=Q(suspended_to__isnull=True) | Q(suspended_to__gte=F("suspended_from")),
            ),
            models.CheckConstraint(
                name="licence_changed_with_reason",
                condition=Q(state__in=["in_force", "expired"]) | ~Q(cause="") & ~Q(ground={}),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["valid_to", "id"], condition=Q(state__in=LIVE), name="licence_to_expire"),
            models.Index(fields=["suspended_to", "id"], condition=Q(state="suspended"), name="licence_to_lapse"),
            models.Index(fields=["authority", "-id"], name="licence_by_authority"),
            models.Index(fields=["organisation", "-id"], name="licence_by_holder"),
        ]

    def __str__(self) -> str:
        return self.number

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.number, self.kind)

    @property
    def reference(self) -> str:
        """What letters about the licence itself are called by."""
        return self.number

    @property
    def last_day(self) -> date | None:
        """The day on which it ends, or has ended, as far as that is known."""
        known = [day for day in (self.valid_to, self.ends_by) if day is not None]
        return self.ended_on or min(known, default=None)

    @property
    def permit(self) -> PermitKind:
        return permit_kind(self.kind)

    @property
    def worded_conditions(self) -> list[str]:
        return worded(self.conditions)


class RegisterEntryQuerySet(OfficialQuerySet["RegisterEntry"]):
    """Published entries for everybody; the withheld ones of their own authority for officials."""

    def for_public(self) -> Q:
        return Q(published=True)

    def for_official(self, user: "User") -> Q:
        return self.for_public() | super().for_official(user)

    def found_by(self, text: str) -> Self:
        """Entries whose number, BIN or name in any script contains every word of the text.

        A number, or its beginning, is looked up before: the trigrams of its digits stand in most entries. Where only a
        few begin so, it is these that were asked for.
        """
        rows = self
        if begun := number_sought(text):
            few = list(self.beginning_with(begun).values_list("pk", flat=True)[: FEW + 1])
            rows = rows.filter(pk__in=few) if 0 < len(few) <= FEW else rows
        for word in sought(text):
            rows = rows.filter(search__contains=word)
        return rows

    def beginning_with(self, word: str) -> Self:
        """Those whose BIN, or number as it is searched, begins so."""
        if word.isdecimal():
            return self.filter(identifier__startswith=word).order_by()
        return self.alias(beginning=BEGINNING).filter(beginning__startswith=f" {word}").order_by()


def search_text(*parts: str) -> str:
    """What is searched: lower case, one space between words, quotation marks and direction marks gone."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", " ".join(part for part in parts if part)).lower()
    kept = "".join(
        c if c.isalnum() or c in "-/ " else " " for c in plain if unicodedata.category(c) not in {"Cf", "Cs"}
    )
    return " ".join(kept.split())


class RegisterEntry(Named):
    """A line of the public register, written by services: what the public sees, searches and downloads.

    `published` is decided per entry and never derived; each says by whom, when and why. `type` is a code of
    licensing.register_types; `services` are codes of law.publication.SERVICES.
    """

    number = models.CharField(_("number"), max_length=40, unique=True)
    type = models.CharField(_("type"), max_length=20, default="licence")
    kind = models.CharField(_("kind"), max_length=40)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    licence = models.OneToOneField(
        Licence, models.PROTECT, null=True, blank=True, related_name="register_entry", verbose_name=_("licence")
    )
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("refused application")
    )
    services = models.JSONField(_("services"), default=list, blank=True)
    identifier = models.CharField(
        _("BIN"), max_length=32, blank=True
    )  # empty for sole traders: an IIN is personal data
    region = models.CharField(_("region"), max_length=6, blank=True)
    standing = models.CharField(_("standing"), max_length=30)  # the state of what is registered, as the public reads it
    standing_since = models.DateField(_("in this state from"), null=True, blank=True)
    standing_until = models.DateField(_("in this state until"), null=True, blank=True)
    ground = models.JSONField(_("ground of its state"), default=dict, blank=True)  # a ground as then known
    since = models.DateField(_("from"))
    until = models.DateField(_("last day"), null=True, blank=True)
    published = models.BooleanField(_("published"), default=True)
    publication_reason = models.TextField(_("why published or withheld"), default=GRANTED)
    publication_ground = models.JSONField(_("rule of the publication"), default=dict, blank=True)  # as then known
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("publication decided by"))
    decided_at = models.DateTimeField(_("decided at"))
    changed_at = models.DateTimeField(_("last changed"))
    search = models.TextField(editable=False)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="register_entry_decided_with_reason", condition=~Q(publication_reason="")),
            models.CheckConstraint(
                name="register_entry_of_its_type",
                condition=Q(type="refusal", application__isnull=False, licence__isnull=True)
                | ~Q(type="refusal") & Q(application__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="register_search"),
            models.Index(OpClass(BEGINNING, name="text_pattern_ops"), name="register_beginning"),
            models.Index(fields=["identifier"], opclasses=["varchar_pattern_ops"], name="register_identifier"),
            models.Index(fields=["-since", "-id"], name="register_newest"),  # of officials too
            models.Index(fields=["kind", "-since", "-id"], condition=Q(published=True), name="register_by_kind"),
            models.Index(
                fields=["standing", "-since", "-id"], condition=Q(published=True), name="register_by_standing"
            ),
            models.Index(fields=["region", "-since", "-id"], condition=Q(published=True), name="register_by_region"),
            models.Index(fields=["type", "-since", "-id"], condition=Q(published=True), name="register_by_type"),
            models.Index(
                fields=["authority", "-since", "-id"], condition=Q(published=True), name="register_by_authority"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.number, self.kind)
