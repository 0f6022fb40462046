"""What was recommended, what was decided, and the letters that say so."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Document, DocumentSignature, Seen, Sight, User
from core.models.base import SeenQuerySet
from core.signing.facts import REASONS
from licensing.models.applications import Application
from licensing.models.conditions import worded

OUTCOMES = [("grant", _("Grant")), ("refuse", _("Refuse"))]
ABOVE = "inspection_"  # letters of apps above that begin so: a case may have several
#: Letters that a case may have several of; a refusal annulled on appeal may be followed by another.
OFTEN = ("question", "refusal", "hearing", "appeal_receipt", "appeal_decision")
MEASURES = [("suspend", _("Suspend")), ("revoke", _("Take away")), ("close", _("Establish the end"))]


class Recommendation(models.Model):
    """What an officer proposes and a second person countersigns. A changed or returned one loses its force."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="recommendations", verbose_name=_("application")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=OUTCOMES)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    text = models.TextField(_("reasons in words"))
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"))
    countersigned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("countersigned by")
    )
    countersigned_at = models.DateTimeField(_("countersigned at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(withdrawn_at__isnull=True), name="recommendation_one_at_a_time"
            ),
            models.CheckConstraint(
                name="recommendation_refuses_with_reasons", condition=Q(outcome="grant") | ~Q(reasons=[])
            ),
            models.CheckConstraint(
                name="recommendation_two_hands",
                condition=Q(countersigned_by__isnull=True) | ~Q(countersigned_by=models.F("made_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.application_id}"

    @property
    def worded_conditions(self) -> list[str]:
        return worded(self.conditions)


class Dissent(models.Model):
    """A colleague's opinion against the recommendation, for the head to read. It holds nothing up."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="dissents", verbose_name=_("recommendation")
    )
    text = models.TextField(_("reasons in words"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("dissenting opinion")
        verbose_name_plural = _("dissenting opinions")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "made_by"], name="dissent_once_a_person"),
            models.CheckConstraint(name="dissent_with_reasons", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.made_by_id}"


class Decision(models.Model):
    """The decision on a case, by a head who had no hand in it. One stands; annulled ones are kept."""

    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("application")
    )
    recommendation = models.OneToOneField(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="decision", verbose_name=_("recommendation")
    )
    measure = models.OneToOneField(
        "licensing.Measure", models.PROTECT, null=True, blank=True, related_name="decision", verbose_name=_("measure")
    )
    by_silence = models.BooleanField(_("by silence"), default=False)  # the law decided; a head confirmed it
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decision before it")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=[*OUTCOMES, *MEASURES])
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    text = models.TextField(_("reasons in words"), blank=True)
    conditions = models.JSONField(_("conditions"), default=list, blank=True)  # as the recommendation kept them
    grounds = models.JSONField(_("grounds"), default=list)
    confirmation = models.TextField(_("confirmation of unconfirmed grounds"), blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("at"))
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True)  # on appeal, by a higher body or a court

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["made_at"], name="decision_by_moment")]  # reports of a period
        constraints: ClassVar = [
            models.CheckConstraint(name="decision_refuses_with_reasons", condition=Q(outcome="grant") | ~Q(reasons=[])),
            models.UniqueConstraint(
                fields=["application"], condition=Q(annulled_at__isnull=True), name="decision_one_stands"
            ),
            models.CheckConstraint(
                name="decision_of_one_case",
                condition=Q(application__isnull=False, measure__isnull=True)
                | Q(application__isnull=True, measure__isnull=False, recommendation__isnull=True),
            ),
            models.CheckConstraint(
                name="decision_recommended_or_by_silence",
                condition=Q(measure__isnull=False, by_silence=False)
                | Q(by_silence=False, recommendation__isnull=False)
                | Q(by_silence=True, recommendation__isnull=True, outcome="grant"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.application_id or self.measure_id}"


#: Kinds of letters and what they are called; apps above add their own (licensing.services.letters.register_letters).
LETTERS: list[tuple[str, Any]] = [
    ("receipt", _("Receipt")),
    ("refusal_to_consider", _("Refusal to consider")),
    ("question", _("Question")),
    ("hearing", _("Draft decision and invitation to be heard")),
    ("refusal", _("Refusal")),
    ("grant", _("Notice of grant")),
    ("licence", _("Licence")),
    ("breach", _("Notice of a breach")),
    ("draft_measure", _("Draft of a measure")),
    ("measure", _("Decision on a measure")),
    ("claim", _("Notice of a claim to the court")),
    ("lapse", _("Notice that the suspension is over")),
    ("measure_ended", _("Notice that a measure has ended with the licence")),
    ("abolition", _("Notice that the kind of permit is abolished")),
    ("discontinued", _("Notice that the application has ended with its kind")),
    ("appeal_receipt", _("Receipt of an appeal")),
    ("appeal_decision", _("Decision on an appeal")),
]


def kinds_of_letters() -> list[tuple[str, Any]]:
    """As the field asks for them: when all apps have added theirs."""
    return LETTERS


class LetterQuerySet(SeenQuerySet["Letter"]):
    def unprinted(self) -> Self:
        return self.filter(document__isnull=True)


class Letter(Seen):
    """A letter or licence that goes out: its facts frozen in the transaction of the act, its PDF made right after.

    It hangs on the case that it comes from: an application, a breach, a measure.
    """

    KINDS: ClassVar = LETTERS

    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("application")
    )
    kind = models.CharField(_("letter"), max_length=30, choices=kinds_of_letters)
    data = models.JSONField(_("facts"), default=dict)  # what documents/<kind>.typ prints
    made_at = models.DateTimeField(_("at"))
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    held = models.CharField(_("why not printed"), max_length=30, blank=True)  # a code of core.signing.REASONS
    held_at = models.DateTimeField(_("last tried"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(document__isnull=True), name="letter_unprinted")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind"],
                condition=~Q(kind__in=OFTEN) & ~Q(kind__startswith=ABOVE),
                name="letter_once_per_case",
            ),
            models.CheckConstraint(
                name="letter_printed_or_held", condition=Q(held="") | Q(document__isnull=True, held_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, self.title)

    def facts(self) -> dict[str, Any]:
        return dict(self.data)

    @property
    def signature(self) -> DocumentSignature | None:
        """The authority's signature under the PDF, which was examined when it was made."""
        return next(iter(self.document.signatures.all()), None) if self.document else None

    @property
    def held_label(self) -> str:
        """Why it is not printed, in the reader's words; empty while nothing hinders it."""
        return gettext(REASONS[self.held]) if self.held in REASONS else self.held
