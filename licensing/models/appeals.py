"""An appeal against a decision: by whom, on what, until when, and what came of it."""

from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Document, Organisation, Sight, User
from core.models.base import SeenQuerySet
from core.models.sight import OwnQuerySet
from law import appeals as law
from law.provisions import Provision
from licensing.models.applications import Application
from licensing.models.decisions import Decision
from licensing.models.watching import Watched
from licensing.workflow.appeal import APPEAL

OPEN = ("filed", "forwarded", "heard")


class AppealQuerySet(OwnQuerySet["Appeal"]):
    """Officials: appeals against their authority's acts, and those that their body decides. Others: their own."""

    def for_official(self, user: "User") -> Q:
        return super().for_official(user) | Q(body=user.authority_id)

    def open(self) -> Self:
        """Neither decided nor withdrawn."""
        return self.filter(state__in=OPEN)


class Appeal(Watched):
    """A complaint of the party against one decision. `file_by` is the last day on which it could be filed."""

    WORKFLOW = APPEAL
    FOLDER = "appeals"
    BARS: ClassVar = [("", "—"), ("late", _("It came late")), ("not_entitled", _("Who filed it may not appeal"))]

    reference = models.CharField(_("number"), max_length=20, unique=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals", verbose_name=_("decision"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("authority"))
    body = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("body that decides"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appeals", verbose_name=_("applicant"))
    text = models.TextField(_("what is asked and why"))
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("filed by"))
    filed_on = models.DateField(_("filed"))
    learned_on = models.DateField(_("learned of the act on"))
    route_stated = models.BooleanField(_("the act stated the way to appeal"))
    file_by = models.DateField(_("last day to appeal"))
    arithmetic = models.JSONField(_("arithmetic"), default=list)
    due_on = models.DateField(_("due"), null=True, blank=True)  # the next open term
    barred = models.CharField(_("why it is not admitted"), max_length=15, choices=BARS, blank=True)
    heard_on = models.DateField(_("heard"), null=True, blank=True)
    hearing = models.TextField(_("what was said"), blank=True)
    answer = models.TextField(_("decision in words"), blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)  # the true day, also where silence decided
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    court_by = models.DateField(_("last day to go to court"), null=True, blank=True)
    court_on = models.DateField(_("claim filed"), null=True, blank=True)
    court_number = models.CharField(_("number of the court case"), max_length=60, blank=True)
    judged_on = models.DateField(_("judgment in force"), null=True, blank=True)
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="appeal_state_known", condition=Q(state__in=[s.name for s in APPEAL.states])),
            models.CheckConstraint(
                name="appeal_ended_with_its_moment",
                condition=Q(closed_at__isnull=True, state__in=OPEN) | Q(closed_at__isnull=False) & ~Q(state__in=OPEN),
            ),
            models.CheckConstraint(
                name="appeal_not_admitted_with_a_reason", condition=~Q(state="not_admitted") | ~Q(barred="")
            ),
            models.CheckConstraint(
                name="appeal_in_court_with_its_day",
                condition=~Q(state__in=["in_court", "court_upheld", "court_annulled"]) | Q(court_on__isnull=False),
            ),
            models.CheckConstraint(
                name="appeal_filed_after_learning", condition=Q(filed_on__gte=models.F("learned_on"))
            ),
            models.UniqueConstraint(
                name="appeal_once",
                fields=["decision"],
                condition=~Q(state__in=["withdrawn", "not_admitted"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "due_on", "id"], condition=Q(state__in=OPEN), name="appeal_queue"),
            models.Index(fields=["body", "due_on", "id"], condition=Q(state__in=OPEN), name="appeal_queue_of_body"),
            models.Index(fields=["organisation", "-id"], name="appeal_by_applicant"),
        ]

    def __str__(self) -> str:
        return self.reference

    def offices(self) -> tuple[int, ...]:
        """The authority whose act it is, and the body that decides."""
        return (self.authority_id, self.body_id)

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "appeal")

    @property
    def case(self) -> Application:
        """The application that was decided: appeals are taken against decisions on applications."""
        return cast("Application", self.decision.application)

    @property
    def is_late(self) -> bool:
        return self.filed_on > self.file_by

    @cached_property
    def is_decided_elsewhere(self) -> bool:
        """By a body that keeps no cases here: its answer is entered."""
        return self.body_id != self.authority_id and not self.body.decides

    @property
    def suspends(self) -> Provision | None:
        """The rule that says whether the act waits for the appeal, by the regime of the day of filing."""
        return law.suspends(self.case.kind, self.filed_on)

    @property
    def filed_only_by(self) -> Provision | None:
        return law.filed_only_by(self.case.kind, self.filed_on)

    def documents(self) -> "SeenQuerySet[Document]":
        return Document.objects.of(self).filter(removed_at__isnull=True)
