"""The list of exchanges licensed in the AIFC, by which reports on sales name them. A licence kept here (kind
`aifc-exchange`) enters and leaves it by itself; one granted before this register, or kept elsewhere, is entered by an
official from the register of the AIFC's regulator, with the source."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Named, Sight, User
from licensing.models import Licence

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ListedExchangeQuerySet(models.QuerySet["ListedExchange"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Whoever has an account may know which exchanges count."""
        return self if user.is_authenticated and user.is_active else self.none()

    def licensed_on(self, day: date) -> Self:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class ListedExchange(Named):
    """An exchange and the days on which it is licensed in the AIFC, both included: those of its `licence` where that is
    kept here, else as entered."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("entered at"))
    organisation = models.ForeignKey(
        "core.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exchanges",
        verbose_name=_("organisation, where registered here"),
    )
    licence = models.OneToOneField(
        Licence, models.PROTECT, null=True, blank=True, related_name="listing", verbose_name=_("licence kept here")
    )
    licence_number = models.CharField(_("number of its licence in the AIFC"), max_length=60)
    valid_from = models.DateField(_("licensed from"))
    valid_to = models.DateField(_("licensed to"), null=True, blank=True)
    source = models.CharField(_("where this is known from"), max_length=300, blank=True)
    end_source = models.CharField(_("where the end is known from"), max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))

    objects = ListedExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange of the AIFC")
        verbose_name_plural = _("exchanges of the AIFC")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="exchange_days_in_order", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="exchange_known_from_somewhere", condition=Q(licence__isnull=False) | ~Q(source="")
            ),
            models.CheckConstraint(
                name="exchange_end_known_from_somewhere",
                condition=Q(licence__isnull=False) | Q(valid_to__isnull=True) | ~Q(end_source=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.code, "exchange")

    def is_licensed(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
