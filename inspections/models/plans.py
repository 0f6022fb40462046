"""Yearly schedules and half-yearly lists, in versions, with who stands in them and why."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OfficialQuerySet, SightQuerySet
from inspections.models.risk import RiskRun
from inspections.models.subjects import ControlObject, Subject
from inspections.workflow.plans import PLAN
from law.inspections.codes import MODES, RISKS, Mode
from law.inspections.frequency import cap
from law.inspections.schedules import PLANS, SCHEDULE, change_problems, mode_problems, plan_allowed, plan_due
from law.problems import Problem
from law.provisions import provision

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


SERIES = "CP"  # followed by the year of the plan: CP-2027-00001


class ControlPlanQuerySet(OfficialQuerySet["ControlPlan"]):
    """Everybody: published ones. Officials: all of their authority too."""

    def for_public(self) -> Q:
        return Q(state__in=["published", "replaced"])

    def for_official(self, user: "User") -> Q:
        return self.for_public() | super().for_official(user)


class ControlPlan(Stateful):
    """One version of the plan of a period. `settings` keeps what it was formed with, so that it can be formed again."""

    WORKFLOW = PLAN
    FOLDER = "control-plans"

    reference = models.CharField(_("number"), max_length=24, unique=True)  # CP-2027-00001
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    plan = models.CharField(_("plan"), max_length=10, choices=list(PLANS.items()))
    year = models.PositiveSmallIntegerField(_("year"))
    mode = models.CharField(_("formed"), max_length=10, choices=list(MODES.items()))
    number = models.PositiveSmallIntegerField(_("version of the plan"), default=1)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("version before")
    )
    risk_run = models.ForeignKey(RiskRun, models.PROTECT, related_name="+", verbose_name=_("risk run"))
    settings = models.JSONField(_("formed with"), default=dict)
    subjects = models.PositiveIntegerField(_("subjects of the sphere"), default=0)
    chosen = models.PositiveIntegerField(_("subjects chosen"), default=0)
    digest = models.CharField(_("digest of the rows"), max_length=64, blank=True)
    reason = models.TextField(_("why it was changed"), blank=True)
    formed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("formed by"))
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    sent_on = models.DateField(_("sent to legal statistics"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = ControlPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of inspections")
        verbose_name_plural = _("plans of inspections")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="plan_state_known", condition=Q(state__in=[one.name for one in PLAN.states])),
            models.UniqueConstraint(fields=["authority", "plan", "year", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["authority", "plan", "year"], condition=Q(state="published"), name="plan_published_once"
            ),
            models.CheckConstraint(
                name="plan_published_with_its_moment",
                condition=Q(state__in=["published", "replaced"], published_at__isnull=False)
                | ~Q(state__in=["published", "replaced"]) & Q(published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="plan_two_hands",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("formed_by")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "-year", "plan", "-number"], name="plan_by_year")]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, "control_plan")

    @property
    def title(self) -> str:
        return capfirst(gettext(PLANS[self.plan])) + f", {self.year}"

    def others(self) -> "models.QuerySet[ControlPlan]":
        """Other versions of the plan of this period that were not dropped."""
        same = ControlPlan.objects.filter(authority=self.authority_id, plan=self.plan, year=self.year)
        return same.exclude(pk=self.pk).exclude(state="dropped")

    def faults(self, on: date) -> list[Problem]:
        """What the law has against it: the form of control, two ways of forming, the cap, a change not allowed."""
        found = []
        if not plan_allowed(self.plan, self.year):
            message = gettext_noop("The law of the sphere has no such control in that period.")
            found.append(Problem("plan-form", message, field="plan"))
        found += mode_problems({self.mode, *self.others().values_list("mode", flat=True)}, on)
        if self.mode == Mode.PAPER and self.chosen > cap(self.subjects, on):
            message = gettext_noop("%(chosen)s of %(subjects)s subjects are chosen, and %(most)s may be.")
            params = {"chosen": self.chosen, "subjects": self.subjects, "most": cap(self.subjects, on)}
            found.append(Problem("plan-cap", message, params, None, provision("EK-CAP5", on)))
        if self.previous is not None:
            found += self.change_faults(on)
        return found

    def change_faults(self, on: date) -> list[Problem]:
        """What the law has against this version as a change of the one before."""
        before = dict(self.previous.entries.values_list("subject_id", "start_on")) if self.previous else {}
        now = dict(self.entries.values_list("subject_id", "start_on"))
        added = len(set(now) - set(before))
        moved = sum(day != before[subject] for subject, day in now.items() if subject in before)
        changed = self.others().filter(state__in=["published", "replaced"], previous__isnull=False).count()
        return change_problems(self.plan, changed, added, moved, on)

    def paper_faults(self, on: date) -> list[Problem]:
        """An act of the way without an automated system on a plan of the automated one."""
        if self.mode == Mode.PAPER:
            return []
        message = gettext_noop("The automated system forms it, and it is published as it is formed.")
        return [Problem("plan-automated", message, field="mode", provision=provision("EK-MODE-RAMS", on))]

    def late_faults(self, on: date) -> list[Problem]:
        """A first version once the day of the law has come: what it would found is not said (assumed: nothing)."""
        if self.previous is not None:
            return []
        due = next(one for one in plan_due(self.plan, self.year, self.mode) if one.act == "publish")
        if on < due.named_on:
            return []
        message = gettext_noop("It was to be published before %(day)s; a later one founds nothing (assumed).")
        return [Problem("plan-late", message, {"day": due.named_on}, "year", due.provision)]

    def order_faults(self, on: date) -> list[Problem]:
        """Publication out of order: without an automated system after approval, a list after legal statistics."""
        if self.mode == Mode.AUTOMATED:
            return []
        if self.approved_by_id is None:
            return [Problem("plan-unapproved", gettext_noop("The head has not approved it."), field="approved_by")]
        if self.plan != SCHEDULE and self.sent_on is None:
            return [Problem("plan-unsent", gettext_noop("It was not sent to legal statistics."), field="sent_on")]
        return []


class OfPlanQuerySet(models.QuerySet[models.Model]):
    """Rows of plans: seen by who sees the plan."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(plan__in=ControlPlan.objects.visible_to(user))


class PlanEntry(models.Model):
    """One subject in a plan: its period, its proposed start, who goes; why it stands there, as lines."""

    plan = models.ForeignKey(ControlPlan, models.CASCADE, related_name="entries", verbose_name=_("plan"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("subject"))
    object = models.ForeignKey(
        ControlObject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("object of control")
    )
    place = models.PositiveIntegerField(_("place"))
    from_on = models.DateField(_("first day of its period"))
    to_on = models.DateField(_("last day of its period"))
    start_on = models.DateField(_("start"))
    working_days = models.PositiveSmallIntegerField(_("working days"))
    lead = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("inspector"))
    risk = models.CharField(_("degree of risk"), max_length=10)
    points = models.DecimalField(_("points of risk"), max_digits=7, decimal_places=3, null=True, blank=True)
    why = models.JSONField(_("why it stands here"), default=list)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject of a plan")
        verbose_name_plural = _("subjects of plans")
        ordering: ClassVar = ["plan", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "subject"], name="plan_entry_once"),
            models.CheckConstraint(
                name="plan_entry_days_in_order",
                condition=Q(to_on__gte=F("from_on"), start_on__range=(F("from_on"), F("to_on"))),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["plan", "start_on", "id"], name="plan_entry_by_start")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.place}"

    def sight(self) -> Sight:
        return self.plan.sight()

    @property
    def is_listed(self) -> bool:
        """Whether it founds an inspection that has not begun: the plan that holds now still has its subject."""
        if self.plan.state == "replaced":
            return PlanEntry.objects.filter(
                plan__in=self.plan.others().filter(state="published"), subject=self.subject_id
            ).exists()
        return self.plan.state == "published"


class PlanCandidateQuerySet(SightQuerySet["PlanCandidate"]):
    """Officials of the authority: who was looked at and left out is nobody else's."""

    def for_official(self, user: "User") -> Q:
        return Q(plan__authority=user.authority_id)


class PlanCandidate(models.Model):
    """A subject that was looked at when a plan was formed: its facts as of then, and what came of it.

    With the settings of the plan these rows are its whole snapshot: formed from them again, it has the same digest.
    """

    plan = models.ForeignKey(ControlPlan, models.CASCADE, related_name="candidates", verbose_name=_("plan"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("subject"))
    place = models.PositiveIntegerField(_("place"))
    risk = models.CharField(_("degree of risk"), max_length=10, choices=list(RISKS.items()))
    points = models.DecimalField(_("points of risk"), max_digits=7, decimal_places=3)
    facts = models.JSONField(_("facts"), default=dict)
    outcome = models.CharField(_("what came of it"), max_length=20)
    lines = models.JSONField(_("why"), default=list)

    objects = PlanCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate of a plan")
        verbose_name_plural = _("candidates of plans")
        ordering: ClassVar = ["plan", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "subject"], name="plan_candidate_once"),
            models.UniqueConstraint(fields=["plan", "place"], name="plan_candidate_place"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.place}"

    def sight(self) -> Sight:
        return self.plan.sight()
