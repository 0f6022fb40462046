"""Official clarifications: an authority answers a question of law in writing, and who relies on the answer says so."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Document, Sight, Stateful, User
from core.models.base import pick_name
from core.models.sight import OwnQuerySet
from core.signing.facts import REASONS
from law.clarifications import stands
from licensing.models.applications import Application
from licensing.models.licences import search_text
from licensing.models.questions import CaseRowQuerySet
from licensing.workflow.clarification import CLARIFICATION, SIGNED

LANGUAGES = ("kk", "ru", "en")
ENDED = ("withdrawn", "superseded")


class ClarificationQuerySet(OwnQuerySet["Clarification"]):
    """Everybody: what was published. Officials: their authority's. Others: what their organisations asked."""

    def for_public(self) -> Q:
        return Q(published_at__isnull=False)

    def for_official(self, user: "User") -> Q:
        return self.for_public() | super().for_official(user)

    def for_party(self, user: "User") -> Q:
        return self.for_public() | super().for_party(user)

    def published(self) -> Self:
        """What was published, also where it no longer stands: who relied on it must be able to read it."""
        return self.filter(published_at__isnull=False)

    def signed(self) -> Self:
        return self.exclude(number="")

    def unprinted(self) -> Self:
        return self.signed().filter(document__isnull=True)

    def found_by(self, text: str) -> Self:
        """Those whose number, heading, question or answer holds every word of the text."""
        rows = self
        for word in search_text(text).split()[:6]:
            rows = rows.filter(search__contains=word)
        return rows


class Clarification(Stateful):
    """A question and its answer, each by language ({"kk": …, "ru": …, "en": …}, those that were given).

    `asked` is what the asker wrote; `question` is what is answered and published. Once signed, a trigger of the
    database lets nobody change the words, the number or the signature.
    """

    WORKFLOW = CLARIFICATION

    reference = models.CharField(_("number of the request"), max_length=20, unique=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    asked = models.JSONField(_("as asked"), default=dict)
    title = models.JSONField(_("heading"), default=dict, blank=True)
    question = models.JSONField(_("question"), default=dict, blank=True)
    answer = models.JSONField(_("answer"), default=dict, blank=True)
    provisions = models.JSONField(_("provisions cited"), default=list, blank=True)  # grounds as known at the signature
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted"), null=True, blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    signed_on = models.DateField(_("day of the signature"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    ended_on = models.DateField(_("first day on which it no longer stands"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("supersedes")
    )
    letter = models.JSONField(_("facts of the letter"), default=dict, blank=True)
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    held = models.CharField(_("why not printed"), max_length=30, blank=True)  # a code of core.signing.REASONS
    search = models.TextField(editable=False, blank=True)

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="clarification_state_known", condition=Q(state__in=[s.name for s in CLARIFICATION.states])
            ),
            models.CheckConstraint(
                name="clarification_signed_whole",
                condition=~Q(state__in=SIGNED)
                & Q(number="", signed_by__isnull=True, signed_at__isnull=True, signed_on__isnull=True)
                | Q(state__in=SIGNED, signed_by__isnull=False, signed_at__isnull=False, signed_on__isnull=False)
                & ~Q(number="")
                & ~Q(answer={})
                & ~Q(provisions=[]),
            ),
            models.CheckConstraint(
                name="clarification_drafted_by_someone",
                condition=Q(drafted_by__isnull=True, drafted_at__isnull=True)
                | Q(drafted_by__isnull=False, drafted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="clarification_two_hands",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("drafted_by")),
            ),
            models.CheckConstraint(
                name="clarification_published_when_signed",
                condition=Q(state="published", published_at__isnull=False)
                | Q(state__in=ENDED)
                | ~Q(state__in=("published", *ENDED)) & Q(published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="clarification_ended_with_its_day",
                condition=Q(state__in=ENDED, ended_on__isnull=False, ended_on__gte=F("signed_on"))
                | ~Q(state__in=ENDED) & Q(ended_on__isnull=True),
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="clarification_number_once"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="clarification_search"),
            models.Index(
                fields=["-signed_on", "-id"], condition=Q(published_at__isnull=False), name="clarification_newest"
            ),
            models.Index(fields=["authority", "-id"], name="clarification_by_authority"),
            models.Index(fields=["authority", "state", "-id"], name="clarification_by_state"),
            models.Index(fields=["organisation", "-id"], name="clarification_by_asker"),
            models.Index(
                fields=["id"], condition=~Q(number="") & Q(document__isnull=True), name="clarification_unprinted"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.number or self.reference, "clarification")

    @property
    def is_signed(self) -> bool:
        return bool(self.number)

    def stands_on(self, day: date) -> bool:
        """Whether it stood on a day, whatever came of it later."""
        return self.signed_on is not None and stands(self.signed_on, self.ended_on, day)

    @property
    def held_label(self) -> str:
        """Why it is not printed, in the reader's words; empty while nothing hinders it."""
        return gettext(REASONS[self.held]) if self.held in REASONS else self.held

    @property
    def heading(self) -> str:
        """In the reader's language, else in one that is there; while there is none, the beginning of the question."""
        return in_words(self.title) or in_words(self.asked)[:120]


def in_words(texts: dict[str, Any]) -> str:
    """A text by language in the reader's one, else in the first that is there."""
    return pick_name(*(str(texts.get(code) or "") for code in LANGUAGES))


class ClarificationReliance(models.Model):
    """Somebody says in a case that he relied on a clarification on a day; an official may cite one too.

    It stood on that day: that is checked when it is said, and what becomes of it later changes nothing here.
    """

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="reliances", verbose_name=_("application")
    )
    clarification = models.ForeignKey(
        Clarification, models.PROTECT, related_name="reliances", verbose_name=_("clarification")
    )
    relied_on = models.DateField(_("day on which it was relied on"))
    note = models.TextField(_("what for"), blank=True)
    by_authority = models.BooleanField(_("cited by the authority"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("reliance on a clarification")
        verbose_name_plural = _("reliances on clarifications")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "clarification", "by_authority"], name="reliance_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.clarification_id}"

    def sight(self) -> Sight:
        return self.application.sight()
