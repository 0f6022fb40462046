"""What a holder wants changed about his licence, and the editions of a licence that came of it."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight
from licensing.models.applications import Application
from licensing.models.licences import Licence
from licensing.permits import ACTS, SAME_WORDS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User


class LicenceChangeQuerySet(models.QuerySet["LicenceChange"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(application__in=Application.objects.visible_to(user))


class LicenceChange(models.Model):
    """One row per request: what it states. A request uses the fields that its declaration names.

    The new holder, where there is one, is the applicant himself.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="change", verbose_name=_("request")
    )
    ground = models.CharField(_("what has happened"), max_length=60, blank=True)  # code of law.requests
    changed_on = models.DateField(_("day of the change"), null=True, blank=True)
    name_kk = models.CharField(_("new name in Kazakh"), max_length=300, blank=True)
    name_ru = models.CharField(_("new name in Russian"), max_length=300, blank=True)
    name_en = models.CharField(_("new name in English"), max_length=300, blank=True)
    address = models.CharField(_("new address"), max_length=300, blank=True)
    corrections = models.JSONField(_("corrections"), default=list, blank=True)  # [{"label": msgid, "value": text}]
    months = models.PositiveSmallIntegerField(_("months of suspension"), null=True, blank=True)
    text = models.TextField(_("explanation"), blank=True)

    objects = LicenceChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a licence")
        verbose_name_plural = _("changes of licences")
        ordering: ClassVar = ["application"]
        constraints: ClassVar = [
            models.CheckConstraint(name="change_months_above_zero", condition=Q(months__isnull=True) | Q(months__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.ground or self.application_id}"

    def sight(self) -> Sight:
        return self.application.sight()

    @property
    def names(self) -> dict[str, str]:
        """The new names that are given, by language."""
        given = {code: getattr(self, f"name_{code}") for code in ("kk", "ru", "en")}
        return {code: name for code, name in given.items() if name}

    def printed(self) -> list[dict[str, Any]]:
        """What is asked for, as lists show it: [{"label": msgid, "value": text}]; what is empty is left out."""
        rows = [
            (str(field.verbose_name), getattr(self, field.name))
            for field in self._meta.concrete_fields
            if field.name not in ("application", "corrections")
        ]
        rows += [(str(one["label"]), one["value"]) for one in self.corrections]
        return [{"label": label, "value": str(value)} for label, value in rows if value not in (None, "")]


class Edition(models.Model):
    """A licence as printed anew: re-issued, corrected, or with the same words. The first edition has no row."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="editions", verbose_name=_("licence"))
    application = models.OneToOneField(Application, models.PROTECT, related_name="edition", verbose_name=_("request"))
    act = models.CharField(_("act"), max_length=20, choices=list(ACTS.items()))
    number = models.PositiveSmallIntegerField(_("edition"))
    made_on = models.DateField(_("printed on"))

    class Meta:
        verbose_name = _("edition of a licence")
        verbose_name_plural = _("editions of licences")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["licence", "number"], condition=~Q(act__in=sorted(SAME_WORDS)), name="edition_number_once"
            ),
            models.CheckConstraint(
                name="edition_after_the_first", condition=Q(number__gt=1) | Q(act__in=sorted(SAME_WORDS))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence_id}: {self.number}"

    def sight(self) -> Sight:
        return self.licence.sight()
