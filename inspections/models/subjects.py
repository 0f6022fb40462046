"""Subjects of control and their objects: whom and what the authority may inspect."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, User
from core.models.sight import OfficialQuerySet, OwnQuerySet
from core.regions import REGIONS
from law.inspections.codes import RISKS, SIZES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class SubjectQuerySet(OwnQuerySet["Subject"]):
    """Officials: subjects of their authority. Others: the organisations they act for."""

    def standing(self) -> Self:
        return self.filter(left_on__isnull=True)

    def to_confirm(self) -> Self:
        """Natural persons of whom a run proposes a degree."""
        return self.filter(proposed_run__isnull=False, left_on__isnull=True)


class Subject(models.Model):
    """An organisation that an authority may inspect, with what size and risk are reckoned from.

    `size` and `risk` are those last reckoned; an inspection keeps those of its own day. `risk_run`: the run that gave
    `risk` and `points`, or the last one that changed them. `proposed_run`: of natural persons, the run whose degree
    waits until a person confirms it (Law 94-V). `last_ended_on`: the day on which its last compliance inspection
    ended, here or before this register began.
    """

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, related_name="subjects", verbose_name=_("subject of control")
    )
    staff = models.PositiveIntegerField(_("average staff of a year"), null=True, blank=True)
    income = models.DecimalField(
        _("average income of a year, tenge"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    figures_on = models.DateField(_("figures as of"), null=True, blank=True)
    size = models.CharField(_("size"), max_length=10, choices=list(SIZES.items()), blank=True)
    successor = models.BooleanField(_("made by reorganisation or successor of another"), default=False)
    lowering = ArrayField(models.CharField(max_length=20), verbose_name=_("why its risk goes one down"), default=list)
    lowering_evidence = models.CharField(_("paper that shows it"), max_length=300, blank=True)
    lowering_until = models.DateField(_("last day on which that counts"), null=True, blank=True)
    risk = models.CharField(_("degree of risk"), max_length=10, choices=list(RISKS.items()), blank=True)
    points = models.DecimalField(_("points of risk"), max_digits=7, decimal_places=3, null=True, blank=True)
    risk_run = models.ForeignKey(
        "inspections.RiskRun", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("risk run")
    )
    proposed_run = models.ForeignKey(
        "inspections.RiskRun",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("degree proposed by"),
    )
    last_ended_on = models.DateField(_("last compliance inspection ended"), null=True, blank=True)
    entered_at = models.DateTimeField(_("subject of control since"))
    left_on = models.DateField(_("no longer a subject from"), null=True, blank=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject of control")
        verbose_name_plural = _("subjects of control")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "organisation"], name="subject_once"),
            models.CheckConstraint(
                name="subject_figures_together",
                condition=Q(staff__isnull=True, income__isnull=True, figures_on__isnull=True)
                | Q(staff__isnull=False, income__gte=0, figures_on__isnull=False),
            ),
            models.CheckConstraint(
                name="subject_lowered_by_a_paper",
                condition=Q(lowering=[], lowering_evidence="", lowering_until__isnull=True)
                | ~Q(lowering=[]) & ~Q(lowering_evidence=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "risk", "-points", "id"], name="subject_by_risk"),
            models.Index(fields=["organisation"], name="subject_by_organisation"),
            models.Index(fields=["authority", "-id"], name="subject_by_authority"),
            models.Index(
                fields=["authority", "-id"], condition=Q(proposed_run__isnull=False), name="subject_to_confirm"
            ),
        ]

    def __str__(self) -> str:
        return f"subject-{self.pk}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, f"subject-{self.pk}", "subject")


class ControlObjectQuerySet(models.QuerySet["ControlObject"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(subject__in=Subject.objects.visible_to(user))

    def standing(self) -> Self:
        return self.filter(left_on__isnull=True)


class ControlObject(models.Model):
    """What of a subject is inspected: a licence, an accreditation or a data centre. Its kind picks the regime."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="objects_of_control", verbose_name=_("subject"))
    kind_of_permit = models.CharField(_("kind"), max_length=40)  # a kind of permit, or mining-data-centre
    licence = models.OneToOneField(
        "licensing.Licence", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("licence")
    )
    centre = models.OneToOneField(
        "mining.DataCentre", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("data centre")
    )
    region = models.CharField(
        _("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()], blank=True
    )
    distance_km = models.PositiveIntegerField(_("km to the place of registration"), null=True, blank=True)
    left_on = models.DateField(_("no longer an object from"), null=True, blank=True)

    objects = ControlObjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("object of control")
        verbose_name_plural = _("objects of control")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="control_object_one_thing",
                condition=Q(licence__isnull=False, centre__isnull=True) | Q(licence__isnull=True, centre__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind_of_permit", "subject"], name="control_object_by_kind"),
            models.Index(fields=["region", "subject"], name="control_object_by_region"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_of_permit} {self.pk}"

    def sight(self) -> Sight:
        return self.subject.sight()


class InspectorQuerySet(OfficialQuerySet["Inspector"]):
    """Officials of the authority."""


class Inspector(models.Model):
    """Who goes on inspections, from which region, and how many working days of a month he has for them."""

    person = models.OneToOneField(User, models.PROTECT, related_name="inspector", verbose_name=_("inspector"))
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    post = models.CharField(_("post"), max_length=200)
    region = models.CharField(_("region"), max_length=6, choices=[(code, _(name)) for code, name in REGIONS.items()])
    days_a_month = models.PositiveSmallIntegerField(_("working days a month for inspections"))
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("last day"), null=True, blank=True)

    objects = InspectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspector")
        verbose_name_plural = _("inspectors")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="inspector_days_of_a_month", condition=Q(days_a_month__lte=23)),
            models.CheckConstraint(
                name="inspector_days_in_order", condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"inspector-{self.pk}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, f"inspector-{self.pk}", "inspector")
