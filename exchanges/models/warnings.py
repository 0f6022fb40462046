"""The public list of warnings of the unlicensed market."""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.domains import Look, look_of, normal_domain, readable, skeleton
from core.models import Sight, Stateful, User
from core.models.base import pick_name
from core.models.sight import OfficialQuerySet
from exchanges.workflow import WARNING
from law.market import KINDS
from licensing.models.licences import search_text

SERIES = "MW"  # followed by the year: MW-2026-00001
WARNING_TYPE = "warning"  # of its entry in the public register
OPEN = ("published", "withdrawn")  # the states that the public reads


class MarketWarningQuerySet(OfficialQuerySet["MarketWarning"]):
    """Officials: those of their authority too. Everybody: what was published, withdrawn or not."""

    def for_public(self) -> Q:
        return Q(state__in=OPEN)

    def for_official(self, user: "User") -> Q:
        return self.for_public() | super().for_official(user)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def found_by(self, text: str) -> Self:
        """Warnings whose number, name or brand contains every word; of a domain or an address also those that look
        like it."""
        try:
            domain = normal_domain(text)
        except ValueError:
            rows = self
            for word in search_text(text).split()[:6]:
                rows = rows.filter(search__contains=word)
            return rows
        alike = search_text(skeleton(readable(domain)))
        return self.filter(Q(search__contains=search_text(domain)) | Q(search__contains=alike))

    def naming(self, domains: list[str]) -> Self:
        """Proposed or published ones that name one of the domains, in their normal form."""
        found = Q()
        for domain in domains:
            found |= Q(domains__contains=[domain])
        return self.filter(found, state__in=("proposed", "published")) if domains else self.none()


class MarketWarning(Stateful):
    """Who trades, mines or promotes without a permit, by the names it uses. `rules` are its grounds as in force on
    the day of publication (before it: of the proposal), frozen with their edition."""

    WORKFLOW = WARNING
    FOLDER = "market-warnings"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    kind = models.CharField(_("kind"), max_length=30, choices=list(KINDS.items()))
    name = models.CharField(_("name it uses"), max_length=200)
    brands = models.JSONField(_("other names and brands"), default=list, blank=True)
    domains = models.JSONField(_("domains"), default=list, blank=True)  # normal form, as core.domains writes it
    since = models.DateField(_("known since"))
    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"))
    text_en = models.TextField(_("text in English"))
    rules = models.JSONField(_("grounds"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    confirmation = models.TextField(_("why the public is warned"), blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn or dropped by")
    )
    ended_at = models.DateTimeField(_("withdrawn or dropped"), null=True, blank=True)
    ending_reason = models.TextField(_("why withdrawn or dropped"), blank=True)
    search = models.TextField(editable=False)

    objects = MarketWarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning of the unlicensed market")
        verbose_name_plural = _("warnings of the unlicensed market")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="warning_state_known", condition=Q(state__in=[state.name for state in WARNING.states])
            ),
            models.CheckConstraint(
                name="warning_published_whole",
                condition=Q(state__in=OPEN, published_by__isnull=False, published_at__isnull=False)
                & ~Q(confirmation="")
                | ~Q(state__in=OPEN) & Q(published_by__isnull=True, published_at__isnull=True, confirmation=""),
            ),
            models.CheckConstraint(
                name="warning_ended_whole",
                condition=Q(state__in=("withdrawn", "dropped"), ended_by__isnull=False, ended_at__isnull=False)
                & ~Q(ending_reason="")
                | Q(
                    state__in=("proposed", "published"), ended_by__isnull=True, ended_at__isnull=True, ending_reason=""
                ),
            ),
            models.CheckConstraint(
                name="warning_in_three_languages", condition=~Q(text_kk="") & ~Q(text_ru="") & ~Q(text_en="")
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="warning_search"),
            GinIndex(fields=["domains"], opclasses=["jsonb_path_ops"], name="warning_domains"),
            models.Index(fields=["authority", "state", "-id"], name="warning_by_state"),
            models.Index(fields=["-id"], condition=Q(state__in=OPEN), name="warning_open"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, "market-warning")

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return pick_name(self.text_kk, self.text_ru, self.text_en)

    @property
    def texts(self) -> dict[str, str]:
        return {"kk": self.text_kk, "ru": self.text_ru, "en": self.text_en}

    @property
    def looks(self) -> list[Look]:
        """Each domain as a browser shows it, and what it passes for."""
        return [look_of(domain) for domain in self.domains]

    def search_parts(self) -> tuple[str, ...]:
        """What is searched: names, and each domain in its normal form, in its own letters, and as it looks."""
        forms = [form for one in self.looks for form in (one.domain, one.shown, skeleton(one.shown))]
        return (self.reference, self.name, *self.brands, *forms)

    def searched(self) -> str:
        return " ".join(search_text(part) for part in self.search_parts())
