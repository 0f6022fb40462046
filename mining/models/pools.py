"""Mining pools: what a filing for an accreditation states, and the test protocols of a pool that is accredited."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.regions import REGIONS
from law.pools import TESTS, Protocol
from licensing.models import Application, Licence
from licensing.models.licences import search_text

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

POOL = "pool-accreditation"


class PoolQuerySet(models.QuerySet["PoolParticulars"]):
    def accredited_on(self, day: date) -> Self:
        """Of pools whose accreditation holds on a day."""
        held = Q(application__licence__ended_on__isnull=True) | Q(application__licence__ended_on__gte=day)
        dated = Q(application__licence__valid_to__isnull=True) | Q(application__licence__valid_to__gte=day)
        return self.filter(held, dated, application__licence__valid_from__lte=day)


class PoolParticulars(models.Model):
    """One row per application for the accreditation of a pool. Empty fields are facts not yet given."""

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="pool_particulars", verbose_name=_("application")
    )
    pool_name = models.CharField(_("name of the pool"), max_length=200, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    hardware_in = models.CharField(_("country of the equipment"), max_length=2, blank=True)  # ISO 3166 alpha-2
    equipment_address = models.CharField(_("address of the equipment"), max_length=300, blank=True)
    region = models.CharField(
        _("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()], blank=True
    )
    equipment = models.JSONField(_("equipment"), default=list, blank=True)  # [{model, count}]
    assets = models.JSONField(_("digital assets distributed"), default=list, blank=True)  # codes
    commission = models.DecimalField(
        _("commission of the pool, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    #: [{kind, number, laboratory, issued_on, expires_on, positive}], days as ISO text
    protocols = models.JSONField(_("protocols of the security tests"), default=list, blank=True)

    objects = PoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("particulars of a pool")
        verbose_name_plural = _("particulars of pools")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="pool_commission_is_a_share",
                condition=Q(commission__isnull=True) | Q(commission__gte=0, commission__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool_name} {self.application_id}"

    def stated_protocols(self) -> list[Protocol]:
        """The protocols as `law/` reads them."""
        return [protocol_of(row) for row in self.protocols]

    def printed(self) -> list[dict[str, Any]]:
        """What stands on the accreditation: [{"label": msgid, "value": text or msgid}]."""
        from mining.printing import printed_pool

        return printed_pool(self)


def protocol_of(row: dict[str, Any]) -> Protocol:
    """A stored protocol as a value; its days were read before they were stored."""
    days = {name: date.fromisoformat(str(row[name])) for name in ("issued_on", "expires_on")}
    words = {name: str(row[name]) for name in ("kind", "number", "laboratory")}
    facts: dict[str, Any] = words | days
    return Protocol(**facts, positive=bool(row["positive"]))


def pool_key(name: str) -> str:
    """A name of a pool as it is compared: without case, quotation marks and double spaces."""
    return search_text(name)


def accredited_keys(day: date) -> set[str]:
    """What an accredited pool may be called on a day: its own name, its operator's names, its number. One query."""
    operator = [f"application__organisation__name_{code}" for code in ("kk", "ru", "en")]
    rows = PoolParticulars.objects.accredited_on(day).values_list(
        "pool_name", "application__licence__number", *operator
    )
    return {pool_key(name) for row in rows for name in row if name}


class SecurityProtocolQuerySet(models.QuerySet["SecurityProtocol"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(licence__in=Licence.objects.visible_to(user))


class SecurityProtocol(models.Model):
    """A test act or protocol of an accredited pool, from its filing or given later, in the order of their coming."""

    licence = models.ForeignKey(
        Licence, models.PROTECT, related_name="security_protocols", verbose_name=_("accreditation")
    )
    kind = models.CharField(_("kind of test"), max_length=30, choices=[(code, _(name)) for code, name in TESTS.items()])
    number = models.CharField(_("number of the protocol"), max_length=100)
    laboratory = models.CharField(_("laboratory"), max_length=200)
    issued_on = models.DateField(_("issued"))
    expires_on = models.DateField(_("valid to"))
    positive = models.BooleanField(_("result is positive"), default=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))

    objects = SecurityProtocolQuerySet.as_manager()

    class Meta:
        verbose_name = _("protocol of a security test")
        verbose_name_plural = _("protocols of security tests")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="protocol_days_in_order", condition=Q(expires_on__gte=F("issued_on"))),
            models.UniqueConstraint(fields=["licence", "kind", "number", "laboratory"], name="protocol_entered_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["licence", "-expires_on"], name="protocol_by_pool")]

    def __str__(self) -> str:
        return self.number

    def as_law(self) -> Protocol:
        return Protocol(self.kind, self.number, self.laboratory, self.issued_on, self.expires_on, self.positive)
