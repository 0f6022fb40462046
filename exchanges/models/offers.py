"""Which assets licence holders offer: declared by themselves, observed by officials, compared with the list."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _t

from core.models import Sight, Stateful, User
from core.models.sight import OfficialQuerySet, OwnQuerySet
from exchanges.models.approved import ApprovedAsset
from exchanges.workflow import OFFER
from law.problems import _
from licensing.models import Breach, Licence

UNLISTED, EARLY, GONE = "unlisted", "early", "gone"
DIFFERENCES = {
    UNLISTED: _("Not in the list of approved assets"),
    EARLY: _("Offered before it was on the list"),
    GONE: _("Offered after it had left the list"),
}


class OfferQuerySet(OwnQuerySet["OfferedAsset"]):
    """Officials: of licences of their authority. Parties: of organisations for which they act today."""


class ObservedQuerySet(OfficialQuerySet["ObservedOffer"]):
    """Officials: of licences of their authority. What was seen is told to the holder in the breach."""


class AssetOfHolder(models.Model):
    """An asset of a licence holder: by the number of its entry in the list, or in words where it is not there."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", verbose_name=_t("licence"))
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_t("holder"))
    asset = models.ForeignKey(
        ApprovedAsset, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("entry of the list")
    )
    name = models.CharField(_t("name of the asset"), max_length=100)
    symbol = models.CharField(_t("symbol"), max_length=20)
    network = models.CharField(_t("network"), max_length=60, blank=True)
    contract = models.CharField(_t("address of the contract"), max_length=120, blank=True)
    key = models.CharField(_t("by which it is one asset"), max_length=330)  # the number, else the words folded

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.symbol} {self.name}"

    def keyed(self) -> str:
        if self.asset is not None:
            return self.asset.reference
        return "|".join((self.symbol, self.name, self.network, self.contract)).casefold()


class OfferedAsset(AssetOfHolder, Stateful):
    """What a holder declares: this asset, from a day, to a day."""

    WORKFLOW = OFFER
    FOLDER = "asset-list/offers"

    reference = models.CharField(_t("number"), max_length=20, unique=True)
    from_day = models.DateField(_t("offered from"))
    to_day = models.DateField(_t("offered to"), null=True, blank=True)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("declared by"))

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _t("offered asset")
        verbose_name_plural = _t("offered assets")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="offer_state_known", condition=Q(state__in=[one.name for one in OFFER.states])),
            models.CheckConstraint(
                name="offer_days_in_order", condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day"))
            ),
            models.CheckConstraint(name="offer_ended_on_a_day", condition=Q(state="offered") | Q(to_day__isnull=False)),
            models.UniqueConstraint(fields=["licence", "key"], condition=Q(state="offered"), name="offer_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="offer_by_authority"),
            models.Index(fields=["organisation", "-id"], name="offer_by_holder"),
            models.Index(fields=["asset", "state"], name="offer_by_asset"),
        ]

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "offered-asset")


class ObservedOffer(AssetOfHolder):
    """What an official saw a holder offer on a day, and where."""

    observed_on = models.DateField(_t("observed on"))
    source = models.TextField(_t("where it was seen"))
    observed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("entered by"))
    observed_at = models.DateTimeField(_t("entered"))

    objects = ObservedQuerySet.as_manager()

    class Meta:
        verbose_name = _t("observed offer")
        verbose_name_plural = _t("observed offers")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="observed_somewhere", condition=~Q(source="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="observed_by_authority"),
        ]

    def sight(self) -> Sight:
        number = self.licence.number if self.licence_id else ""
        return Sight(self.authority_id, self.organisation_id, number, "observed-offer")


class OfferDifference(models.Model):
    """An offer that the list of its days does not carry, and the breach that it is: the same breach for all that shows
    the same difference while that breach is open."""

    offer = models.ForeignKey(
        OfferedAsset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="differences",
        verbose_name=_t("offered asset"),
    )
    observed = models.ForeignKey(
        ObservedOffer, models.PROTECT, null=True, blank=True, related_name="differences", verbose_name=_t("observed")
    )
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", verbose_name=_t("licence"))
    key = models.CharField(_t("by which it is one asset"), max_length=330)
    kind = models.CharField(_t("difference"), max_length=10, choices=list(DIFFERENCES.items()))
    since = models.DateField(_t("from"))
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="+", verbose_name=_t("breach"))
    found_at = models.DateTimeField(_t("found"))

    class Meta:
        verbose_name = _t("difference from the list")
        verbose_name_plural = _t("differences from the list")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="difference_of_one_offer",
                condition=Q(offer__isnull=False, observed__isnull=True) | Q(offer__isnull=True, observed__isnull=False),
            ),
            models.UniqueConstraint(fields=["offer", "kind"], name="difference_once_per_offer"),
            models.UniqueConstraint(fields=["observed", "kind"], name="difference_once_per_sight"),
        ]
        indexes: ClassVar = [models.Index(fields=["licence", "key", "kind"], name="difference_by_asset")]

    def __str__(self) -> str:
        return f"{self.key} {self.kind}"
