"""The register of issues of digital financial assets, kept by the operators of their platforms."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _t

from core.models import Document, Sight, Stateful, User
from core.models.files import DocumentQuerySet
from core.models.sight import OwnQuerySet
from exchanges.workflow import ISSUE
from law.assets import KINDS
from law.identifiers import describe
from law.issues import CHECK, NONE, PUBLIC_PAPERS, UNDERLYINGS, Issue
from licensing.models import Licence
from licensing.models.licences import search_text

SERIES = "DI"  # followed by the year: DI-2026-00001
OWN = ("draft", "dropped")  # the operator's own
OPEN = ("registered", "placed", "redeemed", "ended")  # what everybody reads
#: What the operator states, and may correct afterwards.
STATED = (
    *("name", "issuer_name", "issuer_number", "issuer_residence", "initiator_name", "initiator_number"),
    *("decision", "decided_on", "underlying", "underlying_text", "keeper_name", "keeper_number", "keeper_residence"),
    *("checked_on", "checked_by", "amount", "currency", "placement_on", "redemption_on"),
)


class IssueQuerySet(OwnQuerySet["AssetIssue"]):
    """Officials: what was registered of the kinds that their authority supervises. Parties: issues of operators for
    which they act today. What everybody reads stands on the public list.
    """

    def for_official(self, user: "User") -> Q:
        return super().for_official(user) & Q(state__in=OPEN)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def found_by(self, text: str) -> Self:
        rows = self
        for word in search_text(text.replace("\x00", "")).split()[:6]:
            rows = rows.filter(search__contains=word)
        return rows


class AssetIssue(Stateful):
    """An issue: who issues what, on what underlying, in which amount. `authority` supervises the issuer, by the kind;
    `organisation` is the operator that registers it."""

    WORKFLOW = ISSUE
    FOLDER = "dfa-issues"

    reference = models.CharField(_t("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("supervisor"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_t("operator"))
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+", verbose_name=_t("registration"))
    dfa_kind = models.PositiveSmallIntegerField(_t("kind"), choices=list(KINDS.items()))
    name = models.CharField(_t("name of the asset"), max_length=200, blank=True)
    issuer_name = models.CharField(_t("name of the issuer"), max_length=300, blank=True)
    issuer_number = models.CharField(_t("BIN of the issuer"), max_length=32, blank=True)
    issuer_residence = models.CharField(_t("residence of the issuer"), max_length=2, blank=True)
    initiator_name = models.CharField(_t("name of the initiator"), max_length=300, blank=True)
    initiator_number = models.CharField(_t("BIN or IIN of the initiator"), max_length=32, blank=True)
    decision = models.CharField(_t("decision on the issue"), max_length=200, blank=True)
    decided_on = models.DateField(_t("day of the decision"), null=True, blank=True)
    underlying = models.CharField(_t("underlying"), max_length=10, blank=True, choices=list(UNDERLYINGS.items()))
    underlying_text = models.TextField(_t("what the underlying is"), blank=True)
    keeper_name = models.CharField(_t("name of the keeper"), max_length=300, blank=True)
    keeper_number = models.CharField(_t("BIN of the keeper"), max_length=32, blank=True)
    keeper_residence = models.CharField(_t("residence of the keeper"), max_length=2, blank=True)
    checked_on = models.DateField(_t("underlying checked on"), null=True, blank=True)
    checked_by = models.CharField(_t("underlying checked by"), max_length=200, blank=True)
    amount = models.DecimalField(_t("amount"), max_digits=20, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_t("currency"), max_length=3, blank=True)
    placement_on = models.DateField(_t("day of placement"), null=True, blank=True)
    redemption_on = models.DateField(_t("day of redemption"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("entered by"))
    registered_on = models.DateField(_t("registered"), null=True, blank=True)
    registered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("registered by")
    )
    placed_on = models.DateField(_t("placed"), null=True, blank=True)
    redeemed_on = models.DateField(_t("redeemed"), null=True, blank=True)
    ended_on = models.DateField(_t("ended without placement"), null=True, blank=True)
    ending_reason = models.TextField(_t("why it ended or was dropped"), blank=True)
    search = models.TextField(editable=False, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _t("issue of a digital financial asset")
        verbose_name_plural = _t("issues of digital financial assets")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="issue_state_known", condition=Q(state__in=[one.name for one in ISSUE.states])),
            models.CheckConstraint(
                name="issue_registered_whole",
                condition=Q(state__in=OWN, registered_on__isnull=True, registered_by__isnull=True)
                | Q(state__in=OPEN, registered_on__isnull=False, registered_by__isnull=False)
                & ~Q(name="")
                & ~Q(issuer_number=""),
            ),
            models.CheckConstraint(
                name="issue_placed_on_a_day",
                condition=Q(state__in=("placed", "redeemed"), placed_on__gte=F("registered_on"))
                | ~Q(state__in=("placed", "redeemed")) & Q(placed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="issue_redeemed_on_a_day",
                condition=Q(state="redeemed", redeemed_on__gte=F("placed_on"))
                | ~Q(state="redeemed") & Q(redeemed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="issue_ended_with_reason",
                condition=Q(state="ended", ended_on__gte=F("registered_on")) & ~Q(ending_reason="")
                | Q(state="dropped", ended_on__isnull=True) & ~Q(ending_reason="")
                | ~Q(state__in=("ended", "dropped")) & Q(ended_on__isnull=True, ending_reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="issue_by_supervisor"),
            models.Index(fields=["organisation", "-id"], name="issue_by_operator"),
            models.Index(fields=["-id"], condition=Q(state__in=OPEN), name="issue_open"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    def sight(self) -> Sight:
        """A draft is the operator's own: no authority sees what happens to it."""
        authority = None if self.state in OWN else self.authority_id
        return Sight(authority, self.organisation_id, self.reference, "asset-issue")

    def documents(self) -> DocumentQuerySet:
        return Document.objects.of(self).current()

    @property
    def has_underlying(self) -> bool:
        return self.underlying != NONE

    @property
    def needed_papers(self) -> tuple[str, ...]:
        return (*PUBLIC_PAPERS, CHECK) if self.has_underlying else PUBLIC_PAPERS

    @property
    def initiator_is_person(self) -> bool:
        """An IIN, and the name beside it, are personal data."""
        try:
            return describe(self.initiator_number).kind == "iin"
        except ValueError:
            return True

    def stated(self) -> Issue:
        """What is stated, as the law asks it."""
        return Issue(kind=self.dfa_kind, **{field: getattr(self, field) for field in STATED})

    def searched(self) -> str:
        parts = (self.reference, self.name, self.issuer_name, self.issuer_number, self.keeper_name)
        return " ".join(search_text(part) for part in parts)


class IssueChange(models.Model):
    """A correction of a registered issue: what was stated before and after, and why."""

    issue = models.ForeignKey(AssetIssue, models.PROTECT, related_name="changes", verbose_name=_t("issue"))
    before = models.JSONField(_t("before"))
    after = models.JSONField(_t("after"))
    reason = models.TextField(_t("why it was corrected"))
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("corrected by"))
    changed_at = models.DateTimeField(_t("corrected"))

    class Meta:
        verbose_name = _t("correction of an issue")
        verbose_name_plural = _t("corrections of issues")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="issue_change_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.changed_at:%Y-%m-%d}"


def as_plain(value: Any) -> str | None:
    """A stated value as it is kept in a correction."""
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
