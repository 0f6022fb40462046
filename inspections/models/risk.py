"""Runs of the risk system: one snapshot a run, kept with every row it was reckoned from."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, User
from core.models.sight import OfficialQuerySet
from inspections.models.acts import JointAct
from inspections.models.subjects import Subject
from law.inspections.codes import RISKS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class RiskRunQuerySet(OfficialQuerySet["RiskRun"]):
    """Officials of the authority."""

    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)

    def snapshots(self) -> Self:
        """Finished runs that count: no trials."""
        return self.finished().filter(trial=False)

    def unfinished(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def last_of(self, authority: int | None) -> "RiskRun | None":
        """The last snapshot of an authority."""
        return self.snapshots().filter(authority=authority).order_by("-on", "-id").first()

    def alike(self, run: "RiskRun") -> Self:
        """Snapshots of subjects of the same group, other than this one."""
        kinds = run.criteria.kinds_of_permit
        same = self.snapshots().filter(authority=run.authority_id, criteria__kinds_of_permit__overlap=kinds)
        return same.exclude(pk=run.pk)

    def before(self, run: "RiskRun") -> "RiskRun | None":
        """With which a run is compared."""
        return self.alike(run).filter(on__lte=run.on).order_by("-on", "-id").first()

    def after(self, run: "RiskRun") -> Self:
        """By which subjects already stand: a run that is finished late changes nothing of them."""
        return self.alike(run).filter(Q(on__gt=run.on) | Q(on=run.on, pk__gt=run.pk))


SERIES = "RR"  # followed by the year: RR-2026-00001


class RiskRun(models.Model):
    """All subjects of an authority, judged by the criteria and figures of one day. A trial changes no subject.

    `least` and `most`: between which the points were normalised. `base`: the snapshot before, with whose degrees
    `moves` compares. `digest`: over all rows, as services.risk_sql writes them.
    """

    reference = models.CharField(_("number"), max_length=20, unique=True)  # RR-2026-00001
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    criteria = models.ForeignKey(JointAct, models.PROTECT, related_name="+", verbose_name=_("criteria"))
    on = models.DateField(_("as of"))
    trial = models.BooleanField(_("trial"), default=False)
    changes = models.JSONField(_("criteria changed for the trial"), default=dict, blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("started by"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    base = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("compared with")
    )
    subjects = models.PositiveIntegerField(_("subjects"), default=0)
    counts = models.JSONField(_("subjects by degree"), default=dict, blank=True)
    moves = models.JSONField(_("subjects by degree before and now"), default=dict, blank=True)  # "low high" → number
    least = models.DecimalField(_("least points"), max_digits=14, decimal_places=4, null=True, blank=True)
    most = models.DecimalField(_("greatest points"), max_digits=14, decimal_places=4, null=True, blank=True)
    figures = models.JSONField(_("constants, with their provisions"), default=list, blank=True)
    digest = models.CharField(_("digest of the rows"), max_length=64, blank=True)

    objects = RiskRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk run")
        verbose_name_plural = _("risk runs")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "on", "criteria"], condition=Q(trial=False), name="risk_run_once_a_day"
            ),
            models.CheckConstraint(
                name="risk_run_finished_whole", condition=Q(finished_at__isnull=True) | ~Q(digest="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, "risk_run")


class RiskRowQuerySet(models.QuerySet["RiskRow"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(run__in=RiskRun.objects.visible_to(user))


class RiskRow(models.Model):
    """One subject in one run: what it was judged by, its points line by line, its degree."""

    #: Its own index would be a third one that begins with the run.
    run = models.ForeignKey(RiskRun, models.CASCADE, related_name="rows", db_index=False, verbose_name=_("risk run"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("subject"))
    objective = models.CharField(_("by objective criteria"), max_length=10, choices=list(RISKS.items()))
    gross = models.PositiveIntegerField(_("gross breaches"), default=0)
    significant = models.PositiveIntegerField(_("significant breaches"), default=0)
    significant_total = models.PositiveIntegerField(_("significant items checked"), default=0)
    insignificant = models.PositiveIntegerField(_("insignificant breaches"), default=0)
    insignificant_total = models.PositiveIntegerField(_("insignificant items checked"), default=0)
    score = models.DecimalField(_("points for breaches"), max_digits=9, decimal_places=4)
    indicators = models.JSONField(_("values of the indicators"), default=dict)  # code → value, those above 0
    interim = models.DecimalField(_("points before normalisation"), max_digits=14, decimal_places=4)
    points = models.DecimalField(_("points, 0 to 100"), max_digits=7, decimal_places=3)
    degree = models.CharField(_("degree before reduction"), max_length=10, choices=list(RISKS.items()))
    lowering = ArrayField(models.CharField(max_length=20), verbose_name=_("why it goes one down"), default=list)
    risk = models.CharField(_("degree of risk"), max_length=10, choices=list(RISKS.items()))
    before = models.CharField(
        _("degree in the run that it is compared with"), max_length=10, choices=list(RISKS.items()), blank=True
    )

    objects = RiskRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject in a risk run")
        verbose_name_plural = _("subjects in risk runs")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "subject"], name="risk_row_once")]
        indexes: ClassVar = [
            models.Index(fields=["run", "risk", "-points", "subject"], name="risk_row_by_degree"),
            models.Index(
                fields=["run", "-points", "subject"],
                condition=~Q(before="") & ~Q(before=F("risk")),
                name="risk_row_moved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.subject_id}"

    def sight(self) -> Sight:
        return self.run.sight()
