"""What the subject answers to an inspection: objections, reports of the cure, requests, refusals, applications."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Document, Sight, Stateful, User
from core.models.files import DocumentQuerySet
from core.models.sight import OwnQuerySet
from inspections.models.course import InspectionItem
from inspections.models.inspections import Inspection
from inspections.workflow.answers import ANNULMENT, FILING
from law.grounds import Ground
from law.inspections.claims import breach, refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

FILINGS, ANNULMENTS = "FS", "AN"  # followed by the year: FS-2026-00001
ANSWERED = ("noted", "granted", "refused")
OBJECTION, CURE, PROLONG, REFUSAL = "objection", "cure", "prolong", "refusal"
KINDS = {
    OBJECTION: _("Objection"),
    CURE: _("Report of the cure"),
    PROLONG: _("Request to prolong the term to cure"),
    REFUSAL: _("Refusal of access"),
}


class FiledQuerySet(OwnQuerySet[Any]):
    """Officials: what was filed to their authority. Others: of subjects for which they act."""


class Filed(Stateful):
    """What a subject filed to an inspection of it, with what was answered.

    `claims`: the grounds that it names, each with what the stored facts said to it on that day. `digest`: of what it
    says, so that the same is not filed twice. `due_on`: the last day to decide, where there is one.
    """

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("subject"))
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="%(class)ss", verbose_name=_("inspection"))
    text = models.TextField(_("what is said"), blank=True)
    claims = models.JSONField(_("grounds named"), default=list)
    digest = models.CharField(_("digest"), max_length=64)
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    filed_on = models.DateField(_("filed"))
    due_on = models.DateField(_("to be decided by"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = FiledQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    def documents(self) -> DocumentQuerySet:
        return Document.objects.of(self).current()


class Filing(Filed):
    """An objection, a report of the cure, a request to prolong or a refusal of access.

    `until`: the day that a request asks for; `granted_to`: the day that it got. `late`: a report after the term to
    cure.
    """

    WORKFLOW = FILING
    FOLDER = "inspection-filings"

    kind = models.CharField(_("kind"), max_length=10, choices=list(KINDS.items()))
    until = models.DateField(_("asked until"), null=True, blank=True)
    granted_to = models.DateField(_("granted until"), null=True, blank=True)
    late = models.BooleanField(_("after the term"), default=False)

    class Meta:
        verbose_name = _("filing of a subject")
        verbose_name_plural = _("filings of subjects")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="filing_state_known", condition=Q(state__in=[s.name for s in FILING.states])),
            models.CheckConstraint(name="filing_kind_known", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(
                name="filing_asks_for_a_day",
                condition=Q(kind=PROLONG, until__isnull=False, due_on__isnull=False)
                | ~Q(kind=PROLONG) & Q(until__isnull=True, due_on__isnull=True),
            ),
            models.CheckConstraint(
                name="filing_granted_with_its_day",
                condition=Q(state="granted", granted_to__isnull=False)
                | ~Q(state="granted") & Q(granted_to__isnull=True),
            ),
            models.CheckConstraint(
                name="filing_answered_by_someone",
                condition=Q(
                    state__in=["noted", "granted", "refused"], answered_by__isnull=False, answered_at__isnull=False
                )
                | ~Q(state__in=["noted", "granted", "refused"])
                & Q(answered_by__isnull=True, answered_at__isnull=True, answer=""),
            ),
            models.CheckConstraint(
                name="filing_two_hands", condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("filed_by"))
            ),
            models.UniqueConstraint(
                fields=["inspection", "digest"], condition=~Q(state="withdrawn"), name="filing_not_twice"
            ),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(kind=PROLONG, state="filed"), name="filing_one_request_open"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="filing_by_state"),
            models.Index(fields=["organisation", "-id"], name="filing_by_organisation"),
        ]

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "filing")

    @property
    def kind_label(self) -> str:
        return gettext(str(KINDS[self.kind]))

    def ground_of(self, code: str) -> Ground:
        return refusal(code)


class FilingItemQuerySet(models.QuerySet["FilingItem"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(filing__in=Filing.objects.visible_to(user))


class FilingItem(models.Model):
    """One item of the order that a report or a request is about, with what was done."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="items", verbose_name=_("filing"))
    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="answers", verbose_name=_("item"))
    measures = models.TextField(_("what was done"), blank=True)

    objects = FilingItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a filing")
        verbose_name_plural = _("items of filings")
        ordering: ClassVar = ["item__place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["filing", "item"], name="filing_item_once")]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.item_id}"

    def sight(self) -> Sight:
        return self.filing.sight()


class Annulment(Filed):
    """An application to annul an inspection for gross breaches of Art. 156(2).

    `lapsed_on`: the day on which its term ended without a decision, however late that was found.
    """

    WORKFLOW = ANNULMENT
    FOLDER = "annulments"

    lapsed_on = models.DateField(_("term ended without a decision"), null=True, blank=True)

    class Meta:
        verbose_name = _("application to annul an inspection")
        verbose_name_plural = _("applications to annul inspections")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="annulment_state_known", condition=Q(state__in=[s.name for s in ANNULMENT.states])
            ),
            models.CheckConstraint(name="annulment_names_breaches", condition=~Q(claims=[])),
            models.CheckConstraint(name="annulment_has_a_term", condition=Q(due_on__isnull=False)),
            models.CheckConstraint(
                name="annulment_lapsed_on_its_day",
                condition=Q(state__in=["lapsed", "confirmed"], lapsed_on=F("due_on"))
                | ~Q(state__in=["lapsed", "confirmed"]) & Q(lapsed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="annulment_decided_by_someone",
                condition=Q(
                    state__in=["granted", "refused", "confirmed"], answered_by__isnull=False, answered_at__isnull=False
                )
                | ~Q(state__in=["granted", "refused", "confirmed"])
                & Q(answered_by__isnull=True, answered_at__isnull=True, answer=""),
            ),
            models.CheckConstraint(
                name="annulment_two_hands", condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("filed_by"))
            ),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(state__in=["filed", "lapsed"]), name="annulment_one_open"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="annulment_by_state"),
            models.Index(fields=["organisation", "-id"], name="annulment_by_organisation"),
        ]

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "annulment")

    @property
    def kind_label(self) -> str:
        return gettext("Application to annul")

    def ground_of(self, code: str) -> Ground:
        return breach(code)
