"""The list of unsecured assets that the National Bank has approved to be offered."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OfficialQuerySet
from exchanges.workflow import APPROVED
from law.offers import LIMIT_CLIENTS, LIMIT_PERIODS

SERIES = "AA"  # followed by the year: AA-2026-00001
OPEN = ("listed", "ending", "withdrawn")  # the states that the public reads; that a withdrawal is proposed it does not
LIMIT = ("limit_amount", "limit_period", "limit_clients")
LIVE = ("proposed", "listed", "ending")


class ApprovedAssetQuerySet(OfficialQuerySet["ApprovedAsset"]):
    """Officials: those of their authority too. Everybody: what was published, withdrawn or not."""

    def for_public(self) -> Q:
        return Q(state__in=OPEN)

    def for_official(self, user: "User") -> Q:
        return self.for_public() | super().for_official(user)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def found_by(self, text: str) -> Self:
        """Entries with this number or symbol, or whose name has the text."""
        text = " ".join(text.replace("\x00", "").split())
        if not text:
            return self
        return self.filter(Q(reference=text.upper()) | Q(symbol=text.upper()) | Q(name__icontains=text))

    def standing(self, day: date) -> Self:
        """Those that stand on the list on a day, as is known now."""
        rows = self.open().filter(Q(last_day__isnull=True) | Q(last_day__gte=day), first_day__lte=day)
        return rows.exclude(state="withdrawn", ending_from__lte=day)


class ApprovedAsset(Stateful):
    """An entry of the list: an asset, its limits and the days on which it stands there. Known by its number: two assets
    may share a symbol. `ending_from` is the first day off the list, proposed first and then decided by another."""

    WORKFLOW = APPROVED
    FOLDER = "asset-list"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    name = models.CharField(_("name of the asset"), max_length=100)
    symbol = models.CharField(_("symbol"), max_length=20)  # in capitals
    network = models.CharField(_("network"), max_length=60, blank=True)
    contract = models.CharField(_("address of the contract"), max_length=120, blank=True)
    limit_amount = models.DecimalField(_("limit, tenge"), max_digits=18, decimal_places=2, null=True, blank=True)
    limit_period = models.CharField(
        _("limit counted over"), max_length=10, blank=True, choices=list(LIMIT_PERIODS.items())
    )
    limit_clients = models.CharField(_("limit for"), max_length=15, blank=True, choices=list(LIMIT_CLIENTS.items()))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)  # where it was known from the beginning
    decision = models.CharField(_("decision of the authority"), max_length=200)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    ending_from = models.DateField(_("off the list from"), null=True, blank=True)
    ending_reason = models.TextField(_("why it is taken off or was dropped"), blank=True)
    ending_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawal proposed by")
    )
    confirmation = models.TextField(_("why it is withdrawn on an unconfirmed rule"), blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn or dropped by")
    )
    ended_at = models.DateTimeField(_("withdrawn or dropped"), null=True, blank=True)

    objects = ApprovedAssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved asset")
        verbose_name_plural = _("approved assets")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="approved_state_known", condition=Q(state__in=[state.name for state in APPROVED.states])
            ),
            models.CheckConstraint(
                name="approved_days_in_order", condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="approved_limit_whole",
                condition=Q(limit_amount__isnull=True, limit_period="", limit_clients="")
                | Q(limit_amount__gt=0) & ~Q(limit_period="") & ~Q(limit_clients=""),
            ),
            models.CheckConstraint(
                name="approved_by_two",
                condition=Q(state__in=OPEN, published_by__isnull=False, published_at__isnull=False)
                & ~Q(published_by=F("proposed_by"))
                | ~Q(state__in=OPEN) & Q(published_by__isnull=True, published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="approved_ending_whole",
                condition=Q(state__in=("ending", "withdrawn"), ending_from__gte=F("first_day"), ending_by__isnull=False)
                & ~Q(ending_reason="")
                | ~Q(state__in=("ending", "withdrawn")) & Q(ending_from__isnull=True, ending_by__isnull=True),
            ),
            models.CheckConstraint(
                name="approved_withdrawn_by_two",
                condition=Q(state="withdrawn", ended_by__isnull=False, ended_at__isnull=False)
                & ~Q(ended_by=F("ending_by"))
                & ~Q(confirmation="")
                | Q(state="dropped", ended_by__isnull=False, ended_at__isnull=False, confirmation="")
                & ~Q(ending_reason="")
                | Q(state__in=LIVE, ended_by__isnull=True, ended_at__isnull=True, confirmation=""),
            ),
            models.UniqueConstraint(
                fields=["authority", "name", "symbol", "network", "contract"],
                condition=Q(state__in=LIVE),
                name="approved_asset_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="approved_by_state"),
            models.Index(fields=["symbol"], condition=Q(state__in=OPEN), name="approved_by_symbol"),
            models.Index(fields=["-id"], condition=Q(state__in=OPEN), name="approved_open"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, "approved-asset")

    @property
    def open_state(self) -> str:
        """The state that everybody reads: that a withdrawal is proposed is the authority's own."""
        return "listed" if self.state == "ending" else self.state

    @property
    def until(self) -> date | None:
        """The last day on which it stands on the list, as is known now."""
        if self.state == "withdrawn" and self.ending_from is not None:
            gone = self.ending_from - timedelta(days=1)
            return gone if self.last_day is None else min(gone, self.last_day)
        return self.last_day

    def stands(self, day: date) -> bool:
        last = self.until
        return self.state in OPEN and self.first_day <= day and (last is None or day <= last)

    @property
    def limit(self) -> dict[str, str] | None:
        """The limit as plain values; None where the list sets none."""
        if self.limit_amount is None:
            return None
        return {
            "amount": f"{self.limit_amount:.2f}",
            "currency": "KZT",
            "period": self.limit_period,
            "clients": self.limit_clients,
        }
