"""Shapes that several models share: a name in three languages, who may see a row, a state that only advance() moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.workflow import Workflow

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models.people import User

M = TypeVar("M", bound=models.Model)

INTERNAL, PARTY, PUBLIC = "internal", "party", "public"
AUDIENCES = [(INTERNAL, _("Internal")), (PARTY, _("The parties")), (PUBLIC, _("The public"))]


class Named(models.Model):
    """A name in Kazakh, Russian and English; `name` is the reader's, else the first that is there."""

    name_kk = models.CharField(_("name in Kazakh"), max_length=300, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> dict[str, str]:
        return {"kk": self.name_kk, "ru": self.name_ru, "en": self.name_en}

    @property
    def name(self) -> str:
        return pick_name(self.name_kk, self.name_ru, self.name_en)


def pick_name(kk: str, ru: str, en: str) -> str:
    """The name for the active language; for lists that read plain values."""
    names = {"kk": kk, "ru": ru, "en": en}
    return names.get((get_language() or "kk")[:2]) or kk or ru or en


@dataclass(frozen=True, slots=True)
class Sight:
    """Who is concerned by an object and how it is called: what its events, duties and papers inherit."""

    authority_id: int | None = None
    organisation_id: int | None = None
    reference: str = ""
    title: str = ""  # a code, never a person's name: events cannot be erased


class SeenQuerySet(models.QuerySet[M]):
    """Rows that carry authority, organisation and audience: one rule of sight for all of them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(sight_of(user))

    def of(self, subject: models.Model) -> Self:
        """Rows that hang on one object."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


def sight_of(user: "User | AnonymousUser") -> Q:
    """Own authority's rows for officials, own organisations' open rows for parties, public rows for everybody."""
    public = Q(audience=PUBLIC)
    if not user.is_authenticated or not user.is_active:
        return public
    if user.is_system:
        return Q()
    if user.authority_id is not None:
        return public | Q(authority=user.authority_id)
    return public | Q(audience=PARTY, organisation__in=user.organisations())


class Seen(models.Model):
    """A row that hangs on some object, without a foreign key, and says itself who may see it."""

    subject_type = models.CharField(_("kind of object"), max_length=60)
    subject_id = models.BigIntegerField(_("object"))
    authority = models.ForeignKey(
        "core.Authority", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("authority")
    )
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    audience = models.CharField(_("who may see it"), max_length=10, choices=AUDIENCES, default=INTERNAL)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)

    class Meta:
        abstract = True


class Stateful(models.Model):
    """An object with a state. Only core.services.advance() assigns it; `version` grows with every change."""

    WORKFLOW: ClassVar[Workflow]
    FOLDER: ClassVar[str] = "cases"  # under which officials find its page, by its reference

    state = models.CharField(_("state"), max_length=30)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args and "state" not in kwargs:
            kwargs["state"] = self.WORKFLOW.initial
        super().__init__(*args, **kwargs)

    @property
    def state_label(self) -> str:
        """The state in the reader's language, as officers call it."""
        return gettext(self.WORKFLOW.state(self.state).label)

    @property
    def state_tone(self) -> str:
        return self.WORKFLOW.state(self.state).tone

    def sight(self) -> Sight:
        raise NotImplementedError(f"{type(self).__name__} must say who is concerned by it")

    def watchers(self, left: str) -> "Iterable[User]":
        """Who is told when it has left a state."""
        return ()

    def had_hand_of(self, user: "User", verbs: Iterable[str]) -> bool:
        """Whether the person took one of these acts on it, by the events, which nobody can edit."""
        events = apps.get_model("core", "Event")._default_manager
        return events.filter(
            subject_type=self._meta.label_lower, subject_id=self.pk, actor=user, verb__in=list(verbs)
        ).exists()
