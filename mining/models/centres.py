"""The register of data centres of digital mining."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OfficialQuerySet
from core.regions import REGIONS, ZONES
from licensing.models import Application
from licensing.models.licences import search_text
from mining.models.particulars import SOURCES
from mining.workflow.centre import CENTRE

POWER: dict[str, Any] = {"max_digits": 9, "decimal_places": 3, "validators": [MinValueValidator(Decimal("0.001"))]}


def share(label: Any) -> "models.DecimalField[Decimal, Decimal]":
    """The share of one source in the electricity of a centre, from 0 to 1."""
    bounds = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))]
    return models.DecimalField(label, max_digits=5, decimal_places=4, default=Decimal(0), validators=bounds)


class DataCentreQuerySet(OfficialQuerySet["DataCentre"]):
    """Officials: their authority's. Others: the centres of their organisations. The public reads `published()`."""

    def for_party(self, user: "User") -> Q:
        return Q(owner__in=user.organisations())

    def published(self) -> Self:
        return self.filter(published=True)

    def standing_on(self, day: date) -> Self:
        """Open on a day, as far as the days are known."""
        opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
        return self.filter(opened, Q(closed_on__isnull=True) | Q(closed_on__gte=day))

    def found_by(self, text: str) -> Self:
        """Centres whose number, name, address, owner's name or BIN contains every word of the text."""
        rows = self
        for word in search_text(text).split()[:6]:
            rows = rows.filter(search__contains=word)
        return rows


class DataCentre(Stateful):
    """A centre: whose it is, where, on what power. `published` is decided per centre, and withheld with a reason."""

    WORKFLOW = CENTRE

    reference = models.CharField(_("number"), max_length=20, unique=True)  # DC-00001
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    owner = models.ForeignKey(
        "core.Organisation", models.PROTECT, related_name="data_centres", verbose_name=_("owner of the data centre")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered from")
    )
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300)
    region = models.CharField(_("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()])
    zone = models.CharField(
        _("zone of the grid"), max_length=5, choices=[(code, _(name)) for code, name in ZONES.items()]
    )
    megawatts = models.DecimalField(_("capacity, MW"), **POWER)
    cells = models.PositiveIntegerField(_("cells for machines"), null=True, blank=True)
    grid_connection = models.CharField(_("connection to the grid"), max_length=300, blank=True)
    grid_megawatts = models.DecimalField(_("power of the connection, MW"), null=True, blank=True, **POWER)
    grid_share = share(SOURCES["grid"])
    own_generation_share = share(SOURCES["own_generation"])
    renewable_share = share(SOURCES["renewable"])
    import_share = share(SOURCES["import"])
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    closed_on = models.DateField(_("closed; its last day"), null=True, blank=True)
    closing_reason = models.TextField(_("why it was closed"), blank=True)
    published = models.BooleanField(_("published"), default=True)
    publication_reason = models.TextField(_("why withheld or published again"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("publication decided by"))
    decided_at = models.DateTimeField(_("decided at"))
    changed_at = models.DateTimeField(_("last changed"))
    search = models.TextField(editable=False)

    objects = DataCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("data centre")
        verbose_name_plural = _("data centres")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="centre_state_known", condition=Q(state__in=[state.name for state in CENTRE.states])
            ),
            models.CheckConstraint(name="centre_power_above_zero", condition=Q(megawatts__gt=0)),
            models.CheckConstraint(
                name="centre_connection_above_zero", condition=Q(grid_megawatts__isnull=True) | Q(grid_megawatts__gt=0)
            ),
            models.CheckConstraint(
                name="centre_shares_make_a_whole",
                condition=Q(
                    grid_share=Decimal(1) - F("own_generation_share") - F("renewable_share") - F("import_share")
                ),
            ),
            models.CheckConstraint(
                name="centre_shares_not_below_zero",
                condition=Q(grid_share__gte=0, own_generation_share__gte=0)
                & Q(renewable_share__gte=0, import_share__gte=0),
            ),
            models.CheckConstraint(
                name="centre_place_whole_or_not_given",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="centre_closed_with_its_day",
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(closing_reason="")
                | ~Q(state="closed") & Q(closed_on__isnull=True, closing_reason=""),
            ),
            models.CheckConstraint(
                name="centre_closed_after_it_opened",
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="centre_withheld_with_reason", condition=Q(published=True) | ~Q(publication_reason="")
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="centre_search"),
            models.Index(fields=["authority", "-id"], name="centre_by_authority"),
            models.Index(fields=["authority", "region", "-id"], name="centre_by_region"),
            models.Index(fields=["owner", "-id"], name="centre_by_owner"),
            models.Index(fields=["-id"], condition=Q(published=True), name="centre_published"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.owner_id, self.reference, "data-centre")

    def open_facts(self) -> dict[str, Any]:
        """What anybody may know, as plain values. The number and the address of a person are his own: None."""
        is_entity = self.owner.form == "legal_entity"
        return {
            "reference": self.reference,
            "name": self.name,
            "owner": self.owner.names,
            "identifier": self.owner.identifier if is_entity else None,
            "address": self.address if is_entity else None,
            "region": self.region,
            "zone": self.zone,
            "megawatts": str(self.megawatts),
            "state": self.state,
            "opened_on": self.opened_on.isoformat() if self.opened_on else None,
            "closed_on": self.closed_on.isoformat() if self.closed_on else None,
        }

    @property
    def mix(self) -> dict[str, Decimal]:
        """The shares of the sources that are used, the largest first; together 1."""
        shares = {code: getattr(self, f"{code}_share") for code in SOURCES}
        return dict(sorted(((code, part) for code, part in shares.items() if part), key=lambda pair: -pair[1]))
