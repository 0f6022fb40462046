"""A filing for a permit, and what is asked and said while it is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django.db import models
from django.db.models import Model, OneToOneField, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _t

from core.models import Document, Obligation, Organisation, Sight, User
from core.models.base import SeenQuerySet
from core.models.sight import OwnQuerySet
from core.signing.facts import INVALID
from law.licensing import Paper, Validity, validity
from law.problems import Cited, Problem, _
from law.provisions import NotInForce, Provision, provision
from licensing.models.watching import Watched
from licensing.permits import ACTS, ISSUE, Check, Form, PermitKind
from licensing.permits import kind as permit_kind
from licensing.workflow import APPLICATION

if TYPE_CHECKING:
    from licensing.models.decisions import Decision, Recommendation
    from licensing.models.hearings import Hearing
    from licensing.models.payments import Payment

UNFILED = ("draft",)
OPEN = tuple(name for name in APPLICATION.open_states if name not in UNFILED)


def relation_of(permit: PermitKind) -> str:
    """The name under which an application knows its row of the kind's particulars."""
    own = cast("OneToOneField[Any, Any]", permit.particulars._meta.get_field("application"))
    return str(own.remote_field.get_accessor_name())


class ApplicationQuerySet(OwnQuerySet["Application"]):
    """Officials: filings to their authority, drafts excepted. Others: those of organisations they act for today."""

    def for_official(self, user: "User") -> Q:
        return super().for_official(user) & Q(submitted_at__isnull=False)

    def found_by(self, text: str) -> Self:
        """By number (whole, or its running number alone), or by the applicant's BIN or name in any script."""
        words = " ".join(text.split())[:200]
        numbered = [words.upper()]
        if words.isdigit() and len(words) <= 6:
            numbered = [f"APP-{year}-{int(words):06d}" for year in range(2023, timezone.localdate().year + 2)]
        by_number = Application.objects.filter(reference__in=numbered).order_by().values("pk")
        by_applicant = Application.objects.filter(organisation__in=Organisation.objects.found_by(words))
        return self.filter(pk__in=by_number.union(by_applicant.order_by().values("pk")))

    def open(self) -> Self:
        """Filed and not ended."""
        return self.filter(state__in=OPEN)


class Application(Watched):
    """A filing by one organisation: for a permit of one kind, or a request about a licence that was granted.

    `act` says which. A request names the licence it is `concerning`; an application for a new term may name the old.
    """

    WORKFLOW = APPLICATION
    #: Documents, duties, hearings of the case where a page has read them already; a locked case reads its own.
    hung: "Mapping[type[Model], Sequence[Any]]" = MappingProxyType({})

    reference = models.CharField(_t("number"), max_length=20, unique=True)
    kind = models.CharField(_t("kind"), max_length=40)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("authority"))
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, related_name="applications", verbose_name=_t("applicant")
    )
    act = models.CharField(_t("what is asked for"), max_length=20, choices=list(ACTS.items()), default=ISSUE)
    concerning = models.ForeignKey(
        "licensing.Licence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="filings",
        verbose_name=_t("licence concerned"),
    )
    #: Where the object of the filing is, by its particulars; set at filing. ISO 3166-2.
    region = models.CharField(_t("region"), max_length=6, blank=True, default="", db_default="")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_t("started from")
    )
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="assigned", verbose_name=_t("officer")
    )
    submitted_at = models.DateTimeField(_t("submitted"), null=True, blank=True)
    filed_on = models.DateField(_t("day of filing"), null=True, blank=True)  # in Almaty; picks the law
    registered_at = models.DateTimeField(_t("registered"), null=True, blank=True)
    accepted_at = models.DateTimeField(_t("accepted"), null=True, blank=True)
    closed_at = models.DateTimeField(_t("ended"), null=True, blank=True)
    deemed_on = models.DateField(_t("deemed issued"), null=True, blank=True)  # silence made the permit on this day
    after_refusal = models.BooleanField(_t("filed after a refusal"), default=False, db_default=False)  # of the kind
    due_on = models.DateField(_t("due"), null=True, blank=True)  # the authority's next open term
    reasons = models.JSONField(_t("reasons"), default=list, blank=True)  # codes of the kind's closed list
    reason_text = models.TextField(_t("reasons in words"), blank=True)
    on_paper = models.BooleanField(_t("licence asked for on paper"), default=False)
    fee_paid_on = models.DateField(_t("fee paid on"), null=True, blank=True)
    fee_reference = models.CharField(_t("payment reference"), max_length=60, blank=True)
    fee_amount = models.DecimalField(_t("fee paid"), max_digits=16, decimal_places=2, null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _t("application")
        verbose_name_plural = _t("applications")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="application_state_known", condition=Q(state__in=[s.name for s in APPLICATION.states])
            ),
            models.CheckConstraint(name="application_act_known", condition=Q(act__in=list(ACTS))),
            models.CheckConstraint(
                name="application_request_concerns_a_licence", condition=Q(act=ISSUE) | Q(concerning__isnull=False)
            ),
            models.CheckConstraint(
                name="application_filed_with_its_day",
                condition=Q(submitted_at__isnull=True, filed_on__isnull=True, state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, filed_on__isnull=False) & ~Q(state="draft"),
            ),
            models.CheckConstraint(
                name="application_ended_with_its_moment",
                condition=Q(closed_at__isnull=True, state__in=[*UNFILED, *OPEN])
                | Q(closed_at__isnull=False) & ~Q(state__in=[*UNFILED, *OPEN]),
            ),
            models.CheckConstraint(
                name="application_refused_with_reasons",
                condition=~Q(state__in=["refused", "refused_consideration"]) | ~Q(reasons=[]),
            ),
            models.CheckConstraint(
                name="application_reviewed_after_acceptance",
                condition=~Q(state__in=["in_review", "recommended", "countersigned", "granted", "refused"])
                | Q(accepted_at__isnull=False)
                | Q(state="granted", deemed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="application_deemed_on_a_day", condition=~Q(state="deemed") | Q(deemed_on__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "due_on", "id"], condition=Q(state__in=OPEN), name="application_queue"),
            models.Index(
                fields=["authority", "state", "due_on", "id"],
                condition=Q(state__in=OPEN),
                name="application_queue_state",
            ),
            models.Index(
                fields=["authority", "act", "due_on", "id"], condition=Q(state__in=OPEN), name="application_queue_act"
            ),
            models.Index(
                fields=["authority", "region", "due_on", "id"],
                condition=Q(state__in=OPEN),
                name="application_queue_region",
            ),
            models.Index(
                fields=["authority", "kind", "due_on", "id"], condition=Q(state__in=OPEN), name="application_queue_kind"
            ),
            models.Index(fields=["assigned_to", "due_on", "id"], condition=Q(state__in=OPEN), name="application_mine"),
            models.Index(
                fields=["authority", "filed_on", "id"], condition=Q(state__in=OPEN), name="application_oldest_open"
            ),
            models.Index(fields=["organisation", "-id"], name="application_by_applicant"),
            models.Index(fields=["authority", "-id"], name="application_by_authority"),
            # reports of a period: what ended in it (throughput, refusals), and what was filed in it (throughput)
            models.Index(fields=["authority", "closed_at"], name="application_by_end"),
            models.Index(fields=["authority", "filed_on", "id"], name="application_by_filing"),
        ]

    def __str__(self) -> str:
        return self.reference

    def watchers(self, left: str) -> "models.QuerySet[User]":
        """Nobody watches a draft."""
        return User.objects.none() if left in UNFILED else super().watchers(left)

    def offices(self) -> tuple[int, ...]:
        return (self.authority_id,) if self.submitted_at else ()

    def sight(self) -> Sight:
        """A draft concerns its own side alone; from the filing on it concerns the authority too."""
        authority = self.authority_id if self.submitted_at else None
        return Sight(authority, self.organisation_id, self.reference, self.kind)

    @property
    def permit(self) -> PermitKind:
        return permit_kind(self.kind)

    @property
    def form(self) -> Form:
        """What is filed and how it is handled: as the kind says, or the request."""
        return self.permit.form(self.act, repeated=self.after_refusal)

    @cached_property
    def particulars(self) -> Any:
        """The kind's own row for this filing; of a request that has none, what it wants changed."""
        return getattr(self, relation_of(self.permit)) if self.form.has_particulars else self.change

    def validity(self, granted_on: date) -> Validity:
        """How long the permit holds if it is granted on a day; NotInForce where the law does not say."""
        field = self.permit.months_field
        return validity(self.kind, granted_on, getattr(self.particulars, field) if field else None)

    def needs_hearing(self, act: str) -> bool:
        """Whether the party is heard before an act; a request about a licence has days, not weeks, and needs none."""
        return self.act == ISSUE and act in self.permit.procedure.hearing

    @property
    def needs_visit(self) -> bool:
        """Whether a visit comes before the decision; a request about a licence needs none."""
        return self.act == ISSUE and bool(self.permit.procedure.visit)

    @property
    def hearing(self) -> "Hearing | None":
        """The hearing on the draft decision that stands."""
        from licensing.models.hearings import Hearing

        return next((row for row in self.hung.get(Hearing, Hearing.objects.of(self).open()) if not row.closed_at), None)

    @property
    def is_paused(self) -> bool:
        """Whether the clock of one of its terms stands."""
        return any(row.is_paused for row in self.hung.get(Obligation, Obligation.objects.of(self).open()))

    @property
    def law_day(self) -> date:
        """The day whose law governs its procedure: that of filing.

        Raises:
            LookupError: it has not been filed.
        """
        if self.filed_on is None:
            raise LookupError(f"{self.reference} has not been filed")
        return self.filed_on

    @property
    def recommendation(self) -> "Recommendation | None":
        """The recommendation that holds now."""
        return next((row for row in self.recommendations.all() if row.withdrawn_at is None), None)

    @property
    def decision(self) -> "Decision | None":
        """The decision that stands."""
        return next((row for row in self.decisions.all() if row.annulled_at is None), None)

    def confirmed_payments(self) -> "list[Payment]":
        """The payments that count. A draft has none: it may be paid for, but nobody has looked yet."""
        if self.state in UNFILED:
            return []
        return [row for row in self.payments.all() if row.confirmed_at is not None and row.voided_at is None]

    def lapsed_conditions(self, on: date) -> list[Problem]:
        """Conditions of the recommendation that may not be written on a licence on a day."""
        from licensing.models.conditions import lapsed

        return lapsed(self.authority_id, self.recommendation.conditions, on) if self.recommendation else []

    def screening_problems(self) -> list[Problem]:
        """What is open about who stands behind the applicant."""
        from licensing.models.matches import screening_problems

        return screening_problems(self)

    def open_questions(self) -> int:
        return sum(row.answered_at is None for row in self.questions.all())

    def documents(self) -> "SeenQuerySet[Document]":
        return Document.objects.of(self).filter(removed_at__isnull=True)

    def obligations(self) -> "SeenQuerySet[Obligation]":
        return Obligation.objects.of(self).order_by("due_on", "id")

    def findings(self, on: date) -> "list[Finding]":
        """Every requirement of the kind with what was found: by the check itself, or judged by a person."""
        judged = {row.code: row for row in self.judgements.all()} if self.pk and self.state not in UNFILED else {}
        day = self.day(on)
        present = {row.kind for row in self.hung.get(Document, self.documents().only("kind"))}
        return [
            Finding.of_paper(paper, paper.code in present, judged.get(paper.code)) for paper in self.form.papers(day)
        ] + [Finding.of_check(check, self, day, judged.get(check.code)) for check in self.form.checks]

    def day(self, on: date) -> date:
        """The day whose law judges the filing: that of filing, else the day asked for."""
        return self.filed_on or on

    def problems(self, on: date) -> list[Problem]:
        """All that stands against filing on a day, at once; warnings are for a person to judge and do not block."""
        closed = self.permit.closed_problem(on) if self.act == ISSUE else None  # licences of ended kinds live on
        found = [p for finding in self.findings(on) for p in finding.problems]
        return ([closed] if closed else []) + found + self.signature_problems()

    def signature_problems(self) -> list[Problem]:
        """Where its procedure asks for the applicant's signature under the whole: that there is none that may hold."""
        from licensing.models.content import signatures_of

        if self.act != ISSUE or not self.permit.procedure.signed:
            return []
        if any(row.document_id is None and row.verdict != INVALID for row in signatures_of(self)):
            return []
        message = _("The filing as it stands bears no signature of the applicant.")
        return [Problem("filing-not-signed", message)]

    def unsettled(self, on: date) -> list[Problem]:
        """Requirements that are neither met nor judged met."""
        return [
            Problem(
                code=f"unsettled:{finding.code}",
                message=_("Not settled: %(what)s"),
                params={"what": finding.label},
                provision=finding.source,
            )
            for finding in self.findings(on)
            if finding.verdict in (NOT_MET, OPEN_TO_JUDGE)
        ]


MET, NOT_MET, OPEN_TO_JUDGE = "met", "not_met", "to_judge"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the list that officer and applicant both read. `source` cites the rule (it has `ground()`)."""

    code: str
    label: str
    verdict: str
    problems: tuple[Problem, ...]
    source: Cited | None
    judgement: "CheckJudgement | None" = None
    is_document: bool = False

    @classmethod
    def of_paper(cls, paper: Paper, present: bool, judgement: "CheckJudgement | None") -> "Finding":
        """A paper whose `unless` may excuse it warns when it is missing; any other blocks."""
        missing = Problem(
            code="document-missing",
            message=_("A document is missing: %(document)s (not needed if %(unless)s).")
            if paper.unless
            else _("A document is missing: %(document)s."),
            params={"document": paper.title, "unless": paper.unless},
            field=f"documents.{paper.code}",
            provision=paper,
            severity="warning" if paper.unless else "error",
        )
        verdict = MET if present else (OPEN_TO_JUDGE if paper.unless else NOT_MET)
        if verdict == OPEN_TO_JUDGE and judgement is not None:
            verdict = MET if judgement.met else NOT_MET
        return cls(paper.code, paper.title, verdict, () if present else (missing,), paper, judgement, is_document=True)

    @classmethod
    def of_check(
        cls, check: Check, application: Application, on: date, judgement: "CheckJudgement | None"
    ) -> "Finding":
        problems = tuple(check.test(application, on))
        if judgement is not None and not any(p.severity == "error" for p in problems):
            verdict = MET if judgement.met else NOT_MET
        elif any(p.severity == "error" for p in problems):
            verdict = NOT_MET
        else:
            verdict = OPEN_TO_JUDGE if problems or check.by_person else MET
        return cls(check.code, check.label, verdict, problems, _in_force(check.provision, on), judgement)


def _in_force(code: str, on: date) -> Provision | None:
    try:
        return provision(code, on)
    except NotInForce:
        return None


class CheckJudgement(models.Model):
    """A person's judgement of a requirement that no function can settle, with the reason."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="judgements")
    code = models.CharField(max_length=60)
    met = models.BooleanField()
    note = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "code"], name="check_judged_once")]

    def __str__(self) -> str:
        return self.code
