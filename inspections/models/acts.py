"""Joint acts with the entrepreneurship authority: checklists with their requirements, criteria of risk."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.models import Sight, Stateful, User
from core.models.base import pick_name
from inspections.workflow.acts import JOINT_ACT
from law.inspections.codes import RISKS, SEVERITIES, Severity
from law.inspections.requirements import ITEM_TESTS, item_problems
from law.inspections.requirements import Requirement as LawRequirement
from law.problems import Problem

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CHECKLIST, CRITERIA = "checklist", "criteria"
KINDS = {CHECKLIST: _("checklist"), CRITERIA: _("criteria of risk")}
OBJECTIVE, INDICATOR = "objective", "indicator"
CRITERION_KINDS = {OBJECTIVE: _("objective criterion"), INDICATOR: _("subjective indicator")}


class JointActQuerySet(models.QuerySet["JointAct"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Officials: their authority's. Everybody else: those that were confirmed (143(1): they are published)."""
        confirmed = self.filter(state__in=["confirmed", "ended"])
        if not user.is_authenticated or not user.is_active:
            return confirmed
        if user.is_system:
            return self
        return self.filter(authority=user.authority_id) if user.authority_id is not None else confirmed

    def in_force(self, on: date) -> Self:
        """Confirmed acts that count on a day."""
        until = Q(repealed__isnull=True) | Q(repealed__gt=on)
        return self.filter(until, state__in=["confirmed", "ended"], in_force__lte=on)


class JointAct(Stateful):
    """One version of a checklist or of criteria, for one homogeneous group of subjects: the kinds that it names."""

    WORKFLOW = JOINT_ACT
    FOLDER = "joint-acts"

    reference = models.CharField(_("reference"), max_length=20, unique=True)  # JA-00001
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    kind = models.CharField(_("kind"), max_length=10, choices=list(KINDS.items()))
    number = models.CharField(_("number of the act"), max_length=60, blank=True)
    signed_on = models.DateField(_("day of the act"), null=True, blank=True)
    name = models.CharField(_("name of the act"), max_length=300)
    kinds_of_permit = ArrayField(models.CharField(max_length=40), verbose_name=_("homogeneous group"), default=list)
    in_force = models.DateField(_("in force from"), null=True, blank=True)
    repealed = models.DateField(_("first day no longer in force"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = JointActQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint act")
        verbose_name_plural = _("joint acts")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="joint_act_state_known", condition=Q(state__in=[one.name for one in JOINT_ACT.states])
            ),
            models.CheckConstraint(
                name="joint_act_confirmed_whole",
                condition=Q(
                    state__in=["confirmed", "ended"],
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    in_force__isnull=False,
                    signed_on__isnull=False,
                )
                & ~Q(number="")
                | ~Q(state__in=["confirmed", "ended"]) & Q(confirmed_by__isnull=True, confirmed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="joint_act_two_hands", condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by"))
            ),
            models.CheckConstraint(
                name="joint_act_ended_with_its_day",
                condition=Q(state="ended", repealed__isnull=False) | ~Q(state="ended"),
            ),
            models.CheckConstraint(
                name="joint_act_days_in_order",
                condition=Q(repealed__isnull=True) | Q(in_force__isnull=True) | Q(repealed__gt=F("in_force")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "kind", "-in_force", "-id"], name="joint_act_by_kind")]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, "joint_act")

    def faults(self, on: date) -> list[Problem]:
        """What stands against its confirmation: head, rows, and each requirement by the tests of the Code."""
        wanted = {
            "number": (self.number, gettext_noop("Give the number of the act.")),
            "signed_on": (self.signed_on, gettext_noop("Give the day of the act.")),
            "in_force": (self.in_force, gettext_noop("Give the first day on which it is in force.")),
            "kinds_of_permit": (self.kinds_of_permit, gettext_noop("Name whom it is for.")),
        }
        found = [
            Problem(f"joint-act-{field}", text, field=field) for field, (value, text) in wanted.items() if not value
        ]
        requirements = list(self.requirements.all()) if self.kind == CHECKLIST else []
        if not requirements and not self.criteria.exists():
            found.append(Problem("joint-act-rows", gettext_noop("The act has no rows."), field="rows"))
        for row in requirements:
            found += item_problems(row.tests, on)
        return found


class Requirement(models.Model):
    """One item of a checklist: what is asked, how grave its breach is, by which article and how it is looked at."""

    act = models.ForeignKey(JointAct, models.CASCADE, related_name="requirements", verbose_name=_("joint act"))
    place = models.PositiveSmallIntegerField(_("place"))
    code = models.CharField(_("item"), max_length=30)
    text_kk = models.TextField(_("requirement in Kazakh"))
    text_ru = models.TextField(_("requirement in Russian"))
    text_en = models.TextField(_("requirement in English"), blank=True)
    severity = models.CharField(_("severity"), max_length=15, choices=list(SEVERITIES.items()))
    article = models.CharField(_("article"), max_length=200)
    method = models.CharField(_("how it is checked"), max_length=200)
    tests = ArrayField(
        models.CharField(max_length=20, choices=list(ITEM_TESTS.items())), verbose_name=_("tests met"), default=list
    )

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering: ClassVar = ["act", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act", "code"], name="requirement_once"),
            models.CheckConstraint(name="requirement_severity_known", condition=Q(severity__in=list(SEVERITIES))),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def text(self) -> str:
        return pick_name(self.text_kk, self.text_ru, self.text_en)

    def as_law(self) -> LawRequirement:
        """As `law.inspections.requirements` judges it."""
        first = self.act.in_force or date.max  # what was not confirmed is asked on no day
        return LawRequirement(self.code, Severity(self.severity), first, self.act.repealed)


class Criterion(models.Model):
    """One criterion of risk. objective: subjects of this kind (and of at least so many megawatts) have this degree.
    indicator: each unit of what it counts adds its weight to the points."""

    act = models.ForeignKey(JointAct, models.CASCADE, related_name="criteria", verbose_name=_("joint act"))
    place = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=10, choices=list(CRITERION_KINDS.items()))
    code = models.CharField(_("criterion"), max_length=40)  # a kind of permit, or the code of an indicator
    least = models.DecimalField(
        _("from so many (MW, or units)"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    degree = models.CharField(_("degree of risk"), max_length=10, choices=list(RISKS.items()), blank=True)
    weight = models.DecimalField(_("weight"), max_digits=8, decimal_places=3, null=True, blank=True)
    greatest = models.DecimalField(_("points at most"), max_digits=8, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("criterion of risk")
        verbose_name_plural = _("criteria of risk")
        ordering: ClassVar = ["act", "place"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="criterion_degree_or_weight",
                condition=Q(kind="objective", weight__isnull=True) & ~Q(degree="")
                | Q(kind="indicator", weight__isnull=False, degree=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code
