"""Joint acts with the entrepreneurship authority: checklists with their requirements, criteria of risk."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.base import pick_name
from inspections.workflow.acts import JOINT_ACT
from law.inspections.codes import RISKS, SEVERITIES, Regime, Severity
from law.inspections.regimes import DATA_CENTRE, authorities, regime
from law.inspections.requirements import ITEM_TESTS, item_problems
from law.inspections.requirements import Requirement as LawRequirement
from law.licensing import KINDS as PERMITS
from law.problems import Problem
from law.problems import _ as _t

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

STANDING = ("confirmed", "ended")
CHECKLIST, CRITERIA = "checklist", "criteria"
KINDS = {CHECKLIST: _("checklist"), CRITERIA: _("criteria of risk")}
OBJECTIVE, INDICATOR = "objective", "indicator"
CRITERION_KINDS = {OBJECTIVE: _("objective criterion"), INDICATOR: _("subjective indicator")}
#: What a subjective indicator may count; the apps below are asked for each.
INDICATORS = {
    "late_reports": _("reports filed late or not at all"),
    "differences": _("differences between reports"),
    "complaints": _("complaints"),
    "breaches": _("breaches noted"),
    "power_above_declared": _("capacity above what was declared"),
    "uncured_orders": _("orders to cure not complied with"),
}
SERIES = "JA"
#: Whom a joint act may be for: what is licensed or accredited, and data centres, which hold no permit.
GROUPS = (*PERMITS, DATA_CENTRE)


class JointActQuerySet(models.QuerySet["JointAct"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Everybody: those that were confirmed (143(1): they are published). Officials: all of their authority too."""
        if not user.is_authenticated or not user.is_active:
            return self.confirmed()
        if user.is_system:
            return self
        own = Q(authority=user.authority_id) if user.authority_id is not None else Q(pk=None)
        return self.filter(Q(state__in=STANDING) | own)

    def confirmed(self) -> Self:
        return self.filter(state__in=STANDING)

    def in_force(self, on: date) -> Self:
        """Confirmed acts that count on a day."""
        until = Q(repealed__isnull=True) | Q(repealed__gt=on)
        return self.filter(until, state__in=STANDING, in_force__lte=on)

    def together_with(self, act: "JointAct") -> Self:
        """Confirmed acts of the same kind that count for one of its kinds of permit on one of its days."""
        rows = self.filter(authority=act.authority_id, kind=act.kind, kinds_of_permit__overlap=act.kinds_of_permit)
        rows = rows.filter(Q(repealed__isnull=True) | Q(repealed__gt=act.in_force), state__in=STANDING)
        if act.repealed is not None:
            rows = rows.filter(in_force__lt=act.repealed)
        return rows.exclude(pk=act.pk)


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

    @property
    def kind_label(self) -> str:
        return gettext(str(KINDS[self.kind]))

    def counts(self, on: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.state in STANDING and self.in_force is not None and self.in_force <= on
        return begun and (self.repealed is None or on < self.repealed)

    def faults(self, on: date) -> list[Problem]:
        """What stands against its confirmation: head, rows, each requirement by the tests of the Code, other acts."""
        wanted = {
            "number": (self.number, _t("Give the number of the act.")),
            "signed_on": (self.signed_on, _t("Give the day of the act.")),
            "in_force": (self.in_force, _t("Give the first day on which it is in force.")),
            "kinds_of_permit": (self.kinds_of_permit, _t("Name whom it is for.")),
        }
        found = [
            Problem(f"joint-act-{field}", text, field=field) for field, (value, text) in wanted.items() if not value
        ]
        return [*found, *self.day_faults(on), *self.group_faults(), *self.row_faults(on), *self.overlaps()]

    def day_faults(self, on: date) -> list[Problem]:
        """An act is signed before it counts, and not on a day to come."""
        found = []
        if self.signed_on is not None and self.signed_on > on:
            found.append(Problem("joint-act-signed", _t("The day of the act is still to come."), field="signed_on"))
        if self.signed_on is not None and self.in_force is not None and self.in_force < self.signed_on:
            message = _t("It cannot be in force before it was signed.")
            found.append(Problem("joint-act-in-force", message, field="in_force"))
        return found

    def group_faults(self) -> list[Problem]:
        """It is for kinds that this authority inspects under Chapter 13 on its first day."""
        first, code, found = self.in_force, self.authority.code, []
        if first is None:
            return []
        for kind in self.kinds_of_permit:
            known = kind in GROUPS
            if known and regime(kind, first) == Regime.CHAPTER_13 and code in authorities(kind, first):
                continue
            message = _t("“%(kind)s” is not inspected by this authority under Chapter 13 on %(day)s.")
            params = {"kind": kind, "day": first}
            found.append(Problem("joint-act-group", message, params, field="kinds_of_permit"))
        return found

    def row_faults(self, on: date) -> list[Problem]:
        rows = self.requirements if self.kind == CHECKLIST else self.criteria
        if not rows.exists():
            return [Problem("joint-act-rows", _t("The act has no rows."), field="rows")]
        if self.kind == CRITERIA:
            return []
        return [
            replace(problem, field=f"rows.{row.place}.{problem.field}")
            for row in self.requirements.all()
            for problem in item_problems(row.tests, on)
        ]

    def overlaps(self) -> list[Problem]:
        """Two acts of one kind may not count for the same subjects on the same day."""
        if self.in_force is None:
            return []
        message = _t("On %(day)s act %(number)s (%(reference)s) counts for the same kinds of permit: end it first.")
        return [
            Problem(
                "joint-act-overlap",
                message,
                {"number": other.number, "reference": other.reference, "day": max(self.in_force, other.in_force)},
                field="in_force",
            )
            for other in JointAct.objects.together_with(self).order_by("id")
            if other.in_force is not None
        ]


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(act__in=JointAct.objects.visible_to(user))


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

    objects = RequirementQuerySet.as_manager()

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

    def sight(self) -> Sight:
        return self.act.sight()

    @property
    def text(self) -> str:
        return pick_name(self.text_kk, self.text_ru, self.text_en)

    def as_law(self) -> LawRequirement:
        """As `law.inspections.requirements` judges it."""
        first = self.act.in_force or date.max  # what was not confirmed is asked on no day
        return LawRequirement(self.code, Severity(self.severity), first, self.act.repealed)


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(act__in=JointAct.objects.visible_to(user))


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

    objects = CriterionQuerySet.as_manager()

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

    def sight(self) -> Sight:
        return self.act.sight()
