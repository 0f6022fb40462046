"""The bank of conditions: what may be written on a licence of a kind, in dated versions that two people made."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import Sight, User
from core.models.sight import OfficialQuerySet
from law.problems import Problem
from law.problems import _ as _m

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

#: A condition as acts keep it: `frozen()` of a version, or `free()` words.
Kept = Mapping[str, Any]


def free(text: str, reason: str) -> dict[str, Any]:
    """Words from outside the bank, with the reason for them."""
    return {
        "code": "",
        "version": None,
        "text": dict.fromkeys(("kk", "ru", "en"), text),
        "ground": {},
        "reason": reason,
    }


def worded(conditions: Iterable[Kept], language: str | None = None) -> list[str]:
    """Kept conditions in the reader's language."""
    code = (language or get_language() or "kk")[:2]
    return [one["text"].get(code) or one["text"]["kk"] for one in conditions]


def not_in_force(code: str, on: date) -> Problem:
    """A condition that cannot be written on a licence on a day."""
    message = _m("The condition “%(code)s” is not in force on %(on)s for this kind of permit.")
    return Problem("condition-not-in-force", message, {"code": code, "on": on}, field="conditions")


def lapsed(authority_id: int, conditions: Iterable[Kept], on: date) -> list[Problem]:
    """The conditions of the bank that a recommendation keeps and that do not hold on the day of the decision."""
    kept = {(one["code"], one["version"]) for one in conditions if one["code"]}
    if not kept:
        return []
    rows = ConditionVersion.objects.in_force(on).filter(condition__authority=authority_id)
    held = set(rows.values_list("condition__code", "number"))
    return [not_in_force(code, on) for code, _number in sorted(kept - held)]


class ConditionQuerySet(OfficialQuerySet["Condition"]):
    """Officials see the bank of their own authority."""


class Condition(models.Model):
    """A condition of the bank. Its words are in its versions."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    code = models.CharField(_("code"), max_length=40)
    kinds = models.JSONField(_("kinds of permit"), default=list, blank=True)  # empty: every kind of the authority
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    made_at = models.DateTimeField(_("entered"))

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition of the bank")
        verbose_name_plural = _("bank of conditions")
        ordering: ClassVar = ["authority", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "code"], name="condition_code_once"),
            models.CheckConstraint(name="condition_with_code", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.code

    def sight(self) -> Sight:
        return Sight(authority_id=self.authority_id, reference=self.code, title="condition")


class VersionQuerySet(models.QuerySet["ConditionVersion"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(condition__in=Condition.objects.visible_to(user))

    def in_force(self, on: date) -> Self:
        """Confirmed, begun, and not yet over on a day: one of each condition at most."""
        begun = self.filter(confirmed_at__isnull=False, in_force__lte=on)
        return begun.filter(Q(repealed__isnull=True) | Q(repealed__gt=on))

    def for_kind(self, authority_id: int, kind: str) -> Self:
        """Of an authority's conditions that fit a kind."""
        fits = Q(condition__kinds=[]) | Q(condition__kinds__contains=[kind])
        return self.filter(fits, condition__authority=authority_id)


class ConditionVersion(models.Model):
    """The words of a condition from a day on. Used once a second person has confirmed it; never edited after that."""

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="versions", verbose_name=_("condition"))
    number = models.PositiveSmallIntegerField(_("version"))
    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"))
    text_en = models.TextField(_("text in English"))
    ground = models.JSONField(_("ground"), default=dict, blank=True)  # a provision as then known; empty: assumed
    in_force = models.DateField(_("first day"))
    repealed = models.DateField(_("first day no longer"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a condition")
        verbose_name_plural = _("versions of conditions")
        ordering: ClassVar = ["condition", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["condition", "number"], name="condition_version_once"),
            models.UniqueConstraint(
                fields=["condition"], condition=Q(confirmed_at__isnull=True), name="condition_one_draft"
            ),
            models.UniqueConstraint(
                fields=["condition"],
                condition=Q(confirmed_at__isnull=False, repealed__isnull=True),
                name="condition_one_open_version",
            ),
            models.CheckConstraint(
                name="condition_version_days_in_order",
                condition=Q(repealed__isnull=True) | Q(repealed__gt=F("in_force")),
            ),
            models.CheckConstraint(
                name="condition_version_two_hands",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="condition_version_worded", condition=~Q(text_kk="") & ~Q(text_ru="") & ~Q(text_en="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} v{self.number}"

    def sight(self) -> Sight:
        return Sight(authority_id=self.condition.authority_id, reference=str(self), title="condition")

    @property
    def text(self) -> str:
        return worded([self.frozen()])[0]

    def frozen(self) -> dict[str, Any]:
        """What recommendations, decisions and licences keep: the reference and the words as they stand."""
        return {
            "code": self.condition.code,
            "version": self.number,
            "text": {"kk": self.text_kk, "ru": self.text_ru, "en": self.text_en},
            "ground": self.ground,
            "reason": "",
        }
