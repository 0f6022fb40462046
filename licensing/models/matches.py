"""Matches of people behind firms with entries of screening lists: each is decided by a person, with his reason."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _t

from core.models import Sight, Stateful, User
from core.models.sight import OfficialQuerySet
from law.problems import Problem, _
from licensing.models.people import FirmPerson
from licensing.models.screening import ScreeningEntry, ScreeningList
from licensing.workflow.match import MATCH

if TYPE_CHECKING:
    from licensing.models.applications import Application

DECIDED = ("confirmed", "cleared")


class ScreeningMatchQuerySet(OfficialQuerySet["ScreeningMatch"]):
    """Officials of the authority whose list it is; nobody else, the firm included."""

    def standing(self, application: "Application") -> Self:
        """Open and confirmed matches of who stands behind an applicant now."""
        people = FirmPerson.objects.of(application).standing()
        return self.filter(state__in=("open", "confirmed"), person__in=people)


class ScreeningMatch(Stateful):
    """A person of a firm and an entry of a list that may mean him. `fingerprint`: of the entry as it is written, so
    that what was decided stays decided when a later version of the list says the same. `explanation`: which words met.
    """

    WORKFLOW = MATCH
    FOLDER = "screening/matches"

    reference = models.CharField(_t("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_t("firm"))
    person = models.ForeignKey(FirmPerson, models.PROTECT, related_name="matches", verbose_name=_t("person"))
    entry = models.ForeignKey(ScreeningEntry, models.PROTECT, related_name="matches", verbose_name=_t("entry"))
    fingerprint = models.CharField(max_length=64, editable=False)
    score = models.DecimalField(_t("likeness"), max_digits=4, decimal_places=3)
    explanation = models.JSONField(_t("how the names met"), default=dict)
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("list imported by"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("decided by")
    )
    decided_at = models.DateTimeField(_t("decided"), null=True, blank=True)
    evidence = models.TextField(_t("what shows it"), blank=True)

    objects = ScreeningMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _t("match of screening")
        verbose_name_plural = _t("matches of screening")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="match_state_known", condition=Q(state__in=[state.name for state in MATCH.states])
            ),
            models.UniqueConstraint(fields=["person", "fingerprint"], name="match_once"),
            models.CheckConstraint(
                name="match_decided_whole",
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False) & ~Q(evidence="")
                | ~Q(state__in=DECIDED) & Q(decided_by__isnull=True, decided_at__isnull=True, evidence=""),
            ),
            models.CheckConstraint(
                name="match_not_by_the_importer",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("imported_by")),
            ),
            models.CheckConstraint(name="match_score_from_nought_to_one", condition=Q(score__gte=0, score__lte=1)),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "state", "-id"], name="match_by_state")]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "screening-match")

    @property
    def per_cent(self) -> int:
        return int(self.score * 100)


def screening_problems(application: "Application") -> list[Problem]:
    """To grant, everybody behind the applicant was screened against the authority's lists, and no match is open."""
    if application.permit.people is None:
        return []
    found = []
    people = FirmPerson.objects.of(application)
    lists = ScreeningList.objects.current().filter(authority=application.authority_id)
    if people.unscreened().exists() and lists.exists():
        message = _("The people behind the firm are being screened; nothing is granted before.")
        found.append(Problem("people-unscreened", message))
    if count := ScreeningMatch.objects.standing(application).filter(state="open").count():
        message = _("%(count)s matches of screening are open: an official decides them first.")
        found.append(Problem("matches-open", message, {"count": count}))
    return found
