"""The desk of a firm: matters, the people behind them, and what a check for conflicts found. For its members alone."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Membership, Organisation, Sight, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MATTERS, CHECKS = "MT", "CC"  # series, each followed by the year: MT-2026-00001
COUNTERPARTY, PERSON = "counterparty", "person"
ROLES = {COUNTERPARTY: _("counterparty"), PERSON: _("person behind client or counterparty")}


def own_firms(user: "User | AnonymousUser") -> "models.QuerySet[Membership, Any]":
    """The firms of which somebody is a member today; of nobody who is not signed in."""
    if not user.is_authenticated or not user.is_active:
        return Membership.objects.none().values("organisation")
    return Membership.objects.valid(timezone.localdate()).filter(user=user).values("organisation")


class ConflictCheckQuerySet(models.QuerySet["ConflictCheck"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Members of the firm, today; no official, no client, no other firm."""
        return self.filter(organisation__in=own_firms(user))


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Members of the firm, today; no official, no client, no other firm."""
        return self.filter(organisation__in=own_firms(user))


class MatterPartyQuerySet(models.QuerySet["MatterParty"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(matter__organisation__in=own_firms(user))


class ConflictCheck(models.Model):
    """Names looked for among a firm's own clients and matters: what was asked and found, written once.

    `asked`: [{"name", "identifier"}]; `found`: [{"asked", "name", "role", "reference", "how", "score"}].
    """

    reference = models.CharField(_("number"), max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("firm"))
    asked = models.JSONField(_("names looked for"), default=list)
    found = models.JSONField(_("what was found"), default=list, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))

    objects = ConflictCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check for conflicts")
        verbose_name_plural = _("checks for conflicts")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="conflict_check_of")]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(organisation_id=self.organisation_id, reference=self.reference, title="conflict-check")


class Matter(models.Model):
    """What a firm does for a client. `cases`: numbers of applications, licences and measures that it is about."""

    reference = models.CharField(_("number"), max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("firm"))
    client = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("client, under a power of attorney"),
    )
    client_name = models.CharField(_("client"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    cases = models.JSONField(_("numbers of cases"), default=list, blank=True)
    lawyer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("lawyer in charge"))
    check_made = models.ForeignKey(
        ConflictCheck, models.PROTECT, related_name="matters", verbose_name=_("check for conflicts")
    )
    clearance = models.TextField(_("why it is taken in spite of what was found"), blank=True)
    opened_on = models.DateField(_("opened"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("created"))

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter of a firm")
        verbose_name_plural = _("matters of firms")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="matter_names_a_client_once", condition=Q(client__isnull=True) | Q(client_name="")
            ),
            models.CheckConstraint(
                name="matter_days_in_order",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="matter_of")]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(organisation_id=self.organisation_id, reference=self.reference, title="matter")

    @property
    def for_whom(self) -> str:
        return self.client.name if self.client else self.client_name

    def is_open(self, on: date) -> bool:
        return self.closed_on is None or self.closed_on > on


class MatterParty(models.Model):
    """Somebody on the other side of a matter, or behind either side."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parties", verbose_name=_("matter"))
    role = models.CharField(_("role"), max_length=20, choices=list(ROLES.items()))
    name = models.CharField(_("name"), max_length=300)
    identifier = models.CharField(_("BIN or IIN"), max_length=32, blank=True)

    objects = MatterPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party of a matter")
        verbose_name_plural = _("parties of matters")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="matter_party_has_a_role", condition=Q(role__in=list(ROLES))),
        ]

    def __str__(self) -> str:
        return self.name

    def sight(self) -> Sight:
        return self.matter.sight()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(user=user) if user.is_authenticated and user.is_active else self.none()


class CalendarFeed(models.Model):
    """A person's terms at a secret address, for his calendar program. The secret itself is kept nowhere."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar at a secret address")
        verbose_name_plural = _("calendars at secret addresses")

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"

    def sight(self) -> Sight:
        return Sight(reference=f"user-{self.user_id}", title="calendar-feed")
