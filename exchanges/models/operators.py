"""What a filing with the National Bank is about: the firm, its capital, who owns and who leads it."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.regions import REGIONS
from law.operators import FORMS, Executive, Owner
from law.people import EXECUTIVE, OWNER, StatedPerson
from licensing.models import Application


def day_of(text: Any) -> date | None:
    """A day that a list keeps as text."""
    return date.fromisoformat(str(text)) if text else None


class OperatorParticulars(models.Model):
    """One row per application of an operator of the National Bank. Empty fields are facts not yet given.

    `owners`: [{kind, name, number, residence, born_on, share, direct, through, beneficial}]; `executives`: [{name,
    number, residence, born_on, role, since, degree, failed_on, left_on, struck_off_on}]; days as ISO text, residence
    as ISO 3166 alpha-2, `through` the number of the firm in which the share is held.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="operator", verbose_name=_("application")
    )
    legal_form = models.CharField(
        _("legal form"), max_length=10, choices=[(code, _(name)) for code, name in FORMS.items()], blank=True
    )
    region = models.CharField(
        _("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()], blank=True
    )
    website = models.CharField(_("website in the Kazakhstan segment of the Internet"), max_length=200, blank=True)
    capital = models.DecimalField(
        _("capital paid, tenge"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    capital_paid_on = models.DateField(_("capital paid on"), null=True, blank=True)
    capital_in_tenge = models.BooleanField(_("capital paid in money, in tenge only"), null=True, blank=True)
    settles_with = models.CharField(_("bank or postal operator it works with"), max_length=300, blank=True)
    owners = models.JSONField(_("owners"), default=list, blank=True)
    executives = models.JSONField(_("executives"), default=list, blank=True)
    other_activity = models.BooleanField(_("has other activity"), null=True, blank=True)
    stakes = models.BooleanField(_("has stakes in other organisations"), null=True, blank=True)

    class Meta:
        verbose_name = _("particulars of an operator")
        verbose_name_plural = _("particulars of operators")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="operator_capital_not_below_zero", condition=Q(capital__isnull=True) | Q(capital__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.legal_form} {self.application_id}"

    def stated_owners(self) -> list[Owner]:
        """The owners as `law/` reads them."""
        return [
            Owner(
                kind=str(row["kind"]),
                name=str(row["name"]),
                number=str(row["number"]),
                residence=str(row["residence"]),
                share=Decimal(str(row["share"])),
                direct=bool(row.get("direct", True)),
                beneficial=bool(row.get("beneficial", False)),
            )
            for row in self.owners
        ]

    def stated_executives(self) -> list[Executive]:
        """The executives as `law/` reads them."""
        return [
            Executive(
                name=str(row["name"]),
                number=str(row["number"]),
                residence=str(row["residence"]),
                role=str(row["role"]),
                since=day_of(row.get("since")),
                degree=bool(row.get("degree")),
                failed_on=day_of(row.get("failed_on")),
                left_on=day_of(row.get("left_on")),
                struck_off_on=day_of(row.get("struck_off_on")),
            )
            for row in self.executives
        ]

    def stated_people(self) -> list[StatedPerson]:
        """Who owns and who leads the firm."""
        owners = [
            StatedPerson(
                side=OWNER,
                kind=str(row["kind"]),
                name=str(row["name"]),
                number=str(row["number"]),
                country=str(row["residence"]),
                born_on=day_of(row.get("born_on")),
                share=Decimal(str(row["share"])),
                beneficial=bool(row.get("beneficial", False)),
                direct=bool(row.get("direct", True)),
                through=str(row.get("through") or ""),
                field=f"owners.{place}",
            )
            for place, row in enumerate(self.owners)
        ]
        executives = [
            StatedPerson(
                side=EXECUTIVE,
                kind="person",
                name=str(row["name"]),
                number=str(row["number"]),
                country=str(row["residence"]),
                born_on=day_of(row.get("born_on")),
                role=str(row["role"]),
                since=day_of(row.get("since")),
                field=f"executives.{place}",
            )
            for place, row in enumerate(self.executives)
        ]
        return owners + executives

    def printed(self) -> list[dict[str, Any]]:
        """What stands on the paper: [{"label": msgid, "value": text or msgid}]; no person is named on it."""
        from exchanges.printing import printed_operator

        return printed_operator(self)
