"""Which bank or postal operator serves which licence: accounts, and how the servicer rates the risk of its client."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OfficialQuerySet, SightQuerySet
from core.regions import REGIONS
from exchanges.workflow import RAIL
from law.rails import HIGH, POSTAL, RISKS, SERVICERS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SERIES = "RL"  # followed by the year: RL-2026-00001


class ServicerQuerySet(models.QuerySet["Servicer"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Which organisations are banks is no secret: whoever is signed in."""
        return self if user.is_authenticated and user.is_active else self.none()


class Servicer(models.Model):
    """An organisation that holds accounts of providers: a second-tier bank, or the one National Postal Operator."""

    organisation = models.OneToOneField(
        "core.Organisation", models.PROTECT, primary_key=True, related_name="servicer", verbose_name=_("organisation")
    )
    kind = models.CharField(_("what it is"), max_length=20, choices=list(SERVICERS.items()))
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("entered for"))
    source = models.CharField(_("where this is known from"), max_length=300)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))

    objects = ServicerQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank or postal operator")
        verbose_name_plural = _("banks and postal operator")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind=POSTAL), name="servicer_one_postal_operator"),
            models.CheckConstraint(name="servicer_kind_known", condition=Q(kind__in=list(SERVICERS))),
            models.CheckConstraint(name="servicer_with_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def sight(self) -> Sight:
        number = self.organisation.identifier if self.organisation_id else ""
        return Sight(self.authority_id, self.organisation_id, number, "servicer")

    @property
    def kind_label(self) -> str:
        return gettext(SERVICERS[self.kind])


class RailLinkQuerySet(OfficialQuerySet["RailLink"]):
    """Officials: of licences of their authority. Others: of licences of theirs, and of their bank's clients."""

    def for_party(self, user: "User") -> Q:
        own = user.organisations().values("pk")
        return Q(organisation__in=own) | Q(servicer__in=own)

    def held(self) -> Self:
        return self.filter(state="held")


class RailLink(Stateful):
    """An account of a licence holder, from its first day to its last."""

    WORKFLOW = RAIL
    FOLDER = "rails"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, related_name="+", verbose_name=_("licence holder")
    )
    licence = models.ForeignKey("licensing.Licence", models.PROTECT, related_name="rails", verbose_name=_("licence"))
    servicer = models.ForeignKey(
        Servicer, models.PROTECT, related_name="links", verbose_name=_("bank or postal operator")
    )
    regions = models.JSONField(_("regions"), default=list, blank=True)  # codes of core.regions; empty: everywhere
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("last day"), null=True, blank=True)
    source = models.CharField(_("where this is known from"), max_length=300)
    end_source = models.CharField(_("where the end is known from"), max_length=300, blank=True)
    grounds = models.JSONField(_("grounds"), default=list)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = RailLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("account of a provider")
        verbose_name_plural = _("accounts of providers")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="rail_state_known", condition=Q(state__in=[s.name for s in RAIL.states])),
            models.CheckConstraint(
                name="rail_ended_with_its_day",
                condition=Q(state="held", to_on__isnull=True, end_source="")
                | Q(state="ended", to_on__gte=F("from_on")) & ~Q(end_source=""),
            ),
            models.CheckConstraint(name="rail_with_source", condition=~Q(source="")),
            models.UniqueConstraint(fields=["licence", "servicer"], condition=Q(state="held"), name="rail_held_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="rail_by_state"),
            models.Index(fields=["organisation", "-id"], name="rail_by_holder"),
            models.Index(fields=["servicer", "-id"], name="rail_by_servicer"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "rail")

    @property
    def region_names(self) -> list[str]:
        return [gettext(REGIONS[code]) for code in self.regions if code in REGIONS]


class RailRatingQuerySet(SightQuerySet["RailRating"]):
    """The authority of the licence and the servicer that rates. The client rated is not shown it."""

    def for_official(self, user: "User") -> Q:
        return Q(link__authority=user.authority_id)

    def for_party(self, user: "User") -> Q:
        return Q(link__servicer__in=user.organisations().values("pk"))


class RailRating(models.Model):
    """How a servicer rates the risk of its client from a day on; at high risk with the measures taken."""

    link = models.ForeignKey(RailLink, models.PROTECT, related_name="ratings", verbose_name=_("account"))
    risk = models.CharField(_("risk"), max_length=10, choices=list(RISKS.items()))
    rated_on = models.DateField(_("rated on"))
    reason = models.TextField(_("reason"))
    measures = models.TextField(_("enhanced measures"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    objects = RailRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk rating of a provider")
        verbose_name_plural = _("risk ratings of providers")
        ordering: ClassVar = ["-rated_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="rating_known", condition=Q(risk__in=list(RISKS))),
            models.CheckConstraint(name="rating_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="rating_high_with_measures", condition=~Q(risk=HIGH) | ~Q(measures="")),
        ]
        indexes: ClassVar = [models.Index(fields=["link", "-rated_on", "-id"], name="rating_newest")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.risk}"

    def sight(self) -> Sight:
        return self.link.sight()

    @property
    def risk_label(self) -> str:
        return gettext(RISKS[self.risk])


def rated(rows: "models.QuerySet[RailRating]") -> dict[Any, RailRating]:
    """The newest rating of each account among the rows."""
    newest: dict[Any, RailRating] = {}
    for row in rows.order_by("link", "rated_on", "id"):
        newest[row.link_id] = row
    return newest
