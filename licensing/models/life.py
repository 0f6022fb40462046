"""What happens to a licence after its issue, and to those who work without one: breaches, referrals, measures."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _t

from core.models import Document, Obligation, Organisation, Sight, User
from core.models.sight import OwnQuerySet
from law.grounds import Ground
from law.licensing import Due
from law.life import (
    Suspension,
    closing_grounds,
    cure_problems,
    draft_notice,
    ending_body,
    ending_grounds,
    suspension,
    suspension_grounds,
    suspension_problems,
)
from law.problems import Problem, _
from law.provisions import NotInForce, Provision, provision
from law.terms import hearing_due
from licensing.models.hearings import POSITION_PAPER, Hearing
from licensing.models.licences import Licence
from licensing.models.referrals import Referral, ReferralQuerySet
from licensing.models.watching import Watched
from licensing.workflow import BREACH, LIVE, MEASURE

if TYPE_CHECKING:
    from core.models.files import DocumentQuerySet


class OwnCaseQuerySet(OwnQuerySet[Any]):
    """Officials see what their authority keeps; parties what concerns organisations they act for today."""

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class MeasureQuerySet(OwnCaseQuerySet):
    def told(self) -> Self:
        """Those that the holder knows of: made known as a draft, brought to court, or in effect."""
        return self.filter(Q(told_on__isnull=False) | Q(state__in=["filed", "heard", "in_effect", "dismissed"]))


class Breach(Watched):
    """A supposed breach: of a licence holder, or of somebody without a licence, who may not even be known here.

    The one record that supervision, enforcement and referral mean.
    """

    WORKFLOW = BREACH
    FOLDER = "breaches"
    OFFICER, DUTY, CHECK = "officer", "duty", "check"
    SOURCES: ClassVar = [
        (OFFICER, _t("Found by an official")),
        (DUTY, _t("A duty was not met")),
        (CHECK, _t("Found by a check of what is told")),
    ]

    reference = models.CharField(_t("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("authority"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="breaches", verbose_name=_t("whose")
    )
    subject_name = models.CharField(_t("name, where not registered here"), max_length=300, blank=True)
    licence = models.ForeignKey(
        Licence, models.PROTECT, null=True, blank=True, related_name="breaches", verbose_name=_t("licence")
    )
    obligation = models.ForeignKey(
        Obligation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("duty not met")
    )
    source = models.CharField(_t("how it was found"), max_length=10, choices=SOURCES, default=OFFICER)
    ground = models.JSONField(_t("rule breached"), default=dict)  # the provision or item of a list as then known
    facts = models.TextField(_t("facts"))
    found_on = models.DateField(_t("found on"))
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("officer")
    )
    explanation = models.TextField(_t("explanation"), blank=True)
    cured_on = models.DateField(_t("cured on"), null=True, blank=True)
    outcome_text = models.TextField(_t("how it ended, in words"), blank=True)
    closed_at = models.DateTimeField(_t("ended"), null=True, blank=True)

    objects = OwnCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _t("breach")
        verbose_name_plural = _t("breaches")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="breach_state_known", condition=Q(state__in=[s.name for s in BREACH.states])),
            models.CheckConstraint(
                name="breach_of_somebody", condition=Q(organisation__isnull=False) | ~Q(subject_name="")
            ),
            models.CheckConstraint(
                name="breach_ended_with_its_moment",
                condition=Q(state__in=BREACH.open_states, closed_at__isnull=True)
                | ~Q(state__in=BREACH.open_states) & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="breach_cured_on_a_day",
                condition=~Q(state="cured") | Q(cured_on__isnull=False, cured_on__gte=F("found_on")),
            ),
            models.CheckConstraint(
                name="breach_of_duty_names_it", condition=~Q(source="duty") | Q(obligation__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(obligation__isnull=False), name="breach_once_per_duty"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="breach_by_authority"),
            models.Index(fields=["authority", "state", "-id"], name="breach_by_state"),
            models.Index(fields=["organisation", "-id"], name="breach_by_subject"),
            models.Index(fields=["licence", "-id"], name="breach_by_licence"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "breach")

    @property
    def referrals(self) -> ReferralQuerySet:
        """What other authorities were asked about it."""
        return Referral.objects.of(self)

    def has_follow_up(self) -> bool:
        """A measure of this breach has taken effect, or another body has answered a referral of it."""
        return (
            self.measures.filter(state="in_effect").exists()
            or self.referrals.filter(answered_on__isnull=False).exists()
        )


class Measure(Watched):
    """What the authority begins against a licence: a suspension, its own ending of it, or a claim to a court.

    Also the end that the law itself brings (liquidation, death, a kind that is abolished), which a head establishes.
    """

    WORKFLOW = MEASURE
    FOLDER = "measures"
    SUSPEND, REVOKE, CLOSE = "suspend", "revoke", "close"
    ACTS: ClassVar = [
        (SUSPEND, _t("Suspend the licence")),
        (REVOKE, _t("Take the licence away")),
        (CLOSE, _t("Establish that the licence has ended")),
    ]

    reference = models.CharField(_t("number"), max_length=20, unique=True)
    act = models.CharField(_t("measure"), max_length=10, choices=ACTS)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("authority"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="measures", verbose_name=_t("holder"))
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="measures", verbose_name=_t("licence"))
    breach = models.ForeignKey(
        Breach, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_t("breach")
    )
    by_court = models.BooleanField(_t("by a court"), default=False)
    reasons = models.JSONField(_t("reasons"), default=list)  # codes of the closed list of the act
    text = models.TextField(_t("reasons in words"))
    months = models.PositiveSmallIntegerField(_t("months"), null=True, blank=True)
    told_on = models.DateField(_t("draft made known on"), null=True, blank=True)
    #: Working days to cure, where the law of the kind lets the authority say how many.
    cure_days = models.PositiveSmallIntegerField(_t("working days to cure"), null=True, blank=True)
    position = models.TextField(_t("position of the holder"), blank=True)
    position_at = models.DateTimeField(_t("position taken at"), null=True, blank=True)
    approval_reference = models.CharField(_t("approval of the prosecutor"), max_length=100, blank=True)
    approval_on = models.DateField(_t("approved on"), null=True, blank=True)
    court = models.CharField(_t("court"), max_length=200, blank=True)
    claim_reference = models.CharField(_t("number of the claim"), max_length=100, blank=True)
    filed_on = models.DateField(_t("claim filed on"), null=True, blank=True)
    heard_on = models.DateField(_t("heard in court on"), null=True, blank=True)
    judgment_on = models.DateField(_t("judgment given on"), null=True, blank=True)
    judgment_in_force_on = models.DateField(_t("judgment in force on"), null=True, blank=True)
    outcome_text = models.TextField(_t("how it ended, in words"), blank=True)
    closed_at = models.DateTimeField(_t("ended"), null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _t("measure")
        verbose_name_plural = _t("measures")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="measure_state_known", condition=Q(state__in=[s.name for s in MEASURE.states])),
            models.CheckConstraint(
                name="measure_ended_with_its_moment",
                condition=Q(state__in=MEASURE.open_states, closed_at__isnull=True)
                | ~Q(state__in=MEASURE.open_states) & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(name="measure_with_reasons", condition=~Q(reasons=[])),
            models.CheckConstraint(
                name="measure_before_court_is_filed",
                condition=~Q(state__in=["filed", "heard", "dismissed"]) | Q(filed_on__isnull=False, by_court=True),
            ),
            models.CheckConstraint(
                name="measure_of_court_by_judgment",
                condition=~Q(state="in_effect", by_court=True) | Q(judgment_in_force_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["licence", "act"], condition=Q(closed_at__isnull=True), name="measure_open_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="measure_by_authority"),
            models.Index(fields=["authority", "state", "-id"], name="measure_by_state"),
            models.Index(fields=["organisation", "-id"], name="measure_by_holder"),
            models.Index(fields=["licence", "-id"], name="measure_by_licence"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, self.act)

    @property
    def is_claim(self) -> bool:
        """Whether only a court can do it."""
        return self.by_court

    def body_rule(self, on: date) -> Provision | None:
        """Who takes a licence of this kind away, by the law of a day."""
        try:
            return ending_body(self.licence.kind, on)
        except NotInForce:
            return None

    def grounds(self, on: date) -> tuple[Ground, ...]:
        """The closed list from which the reasons of this measure come; empty where the law gives none."""
        return measure_grounds(self.act, self.licence.kind, on)

    def chosen(self, on: date) -> tuple[Ground, ...]:
        return tuple(one for one in self.grounds(on) if one.code in self.reasons)

    def suspension(self, on: date) -> Suspension:
        """The days of the suspension if it were decided on a day."""
        return suspension(self.licence.kind, on, self.months)

    def problems(self, on: date) -> list[Problem]:
        """What stands against it by the law of the day: the licence's state, the act, its grounds, its length."""
        found: list[Problem] = []
        if self.licence.state not in (("in_force",) if self.act == self.SUSPEND else LIVE):
            message = _("The licence is in the state “%(state)s”: this measure is not possible.")
            label = self.licence.WORKFLOW.state(self.licence.state).label
            found.append(Problem("licence-state", message, {"state": label}))
        if self.act == self.SUSPEND:
            found += suspension_problems(self.licence.kind, self.months, on)
        elif self.months is not None:
            message = _("Only a suspension has a length.")
            found.append(Problem("months-unasked", message, field="months"))
        if self.act == self.REVOKE and self.body_rule(on) is None:
            found.append(Problem("no-ending", _("The law names nobody who may take this permit away.")))
        known = {one.code for one in self.grounds(on)}
        unknown = [code for code in self.reasons if code not in known]
        found += [
            Problem("reason-unknown", _("“%(code)s” is not on the list of reasons."), {"code": code}, field="reasons")
            for code in unknown
        ]
        if not self.reasons:
            found.append(Problem("reasons-missing", _("Choose at least one reason from the list."), field="reasons"))
        return found

    def approval_rule(self, on: date) -> Provision | None:
        """By what the prosecutor approves adverse acts against a registered investor, by the law of a day."""
        try:
            return provision("permit.investor-approval", on)
        except NotInForce:
            return None

    def approval_problems(self, on: date) -> list[Problem]:
        """A registered investor's licence is touched only with the prosecutor's prior approval (EK 153(1-2))."""
        if self.act == self.CLOSE or not self.organisation.is_registered_investor:
            return []
        rule = self.approval_rule(on)
        if rule is None:
            return []
        if self.approval_reference and self.approval_on is not None and self.approval_on <= on:
            return []
        message = _("The holder is a registered investor: the prosecutor's prior approval is not on file.")
        return [Problem("approval-missing", message, field="approval_reference", provision=rule)]

    def papers(self) -> "DocumentQuerySet":
        """What the holder brought with his answer to the draft."""
        return Document.objects.of(self).current().filter(kind=POSITION_PAPER)

    @property
    def needs_hearing(self) -> bool:
        """Whether the holder is heard before the measure (Administrative Procedural Code 73), as his kind declares."""
        return self.act in self.licence.permit.procedure.hearing

    @property
    def hearing(self) -> "Hearing | None":
        """The hearing on the draft, while the measure is under way."""
        return Hearing.objects.of(self).filter(closed_at__isnull=True).first()

    def notice(self, told_on: date) -> Due | None:
        """The holder's days with the draft by a rule of his kind's own law; None where it has none."""
        rule = self.licence.permit.procedure.measure_notice
        given = self.cure_days
        return draft_notice(self.licence.kind, rule, told_on, given) if rule and self.act != self.CLOSE else None

    @property
    def gives_cure(self) -> bool:
        """Whether the authority says how many days there are to cure, within the rule of the kind."""
        return self.licence.permit.procedure.measure_cure and self.act != self.CLOSE

    def cure_problems(self, days: int | None, on: date) -> list[Problem]:
        """What stands against giving so many days to cure."""
        return cure_problems(self.licence.permit.procedure.measure_notice, days, on) if self.gives_cure else []

    def hearing_problems(self, on: date) -> list[Problem]:
        """The holder was heard on the draft or let the day pass; where his law gives days for an answer, these too."""
        return [*self._unheard(on), *self._unanswered(on)]

    def _unheard(self, on: date) -> list[Problem]:
        if not self.needs_hearing:
            return []
        hearing = self.hearing
        if hearing is None:
            message = _("The holder has not been sent the draft to be heard on it.")
            return [Problem("holder-not-heard", message, provision=hearing_due(on).provision)]
        if hearing.is_over(on):
            return []
        message = _("The holder is heard on %(day)s: nothing is decided until then, unless he has answered.")
        return [Problem("holder-hearing", message, {"day": hearing.hearing_on}, provision=hearing_due(on).provision)]

    def _unanswered(self, on: date) -> list[Problem]:
        notice = self.notice(self.told_on or on)
        if notice is None or self.position_at is not None:
            return []
        if self.told_on is None:
            message = _("The draft has not been made known to the holder.")
            return [Problem("draft-untold", message, provision=notice.provision)]
        if on <= notice.due_on:
            message = _("The holder may answer the draft until %(day)s.")
            return [Problem("draft-open", message, {"day": notice.due_on}, provision=notice.provision)]
        return []


def measure_grounds(act: str, kind: str, on: date) -> tuple[Ground, ...]:
    """The closed list of an act for a kind on a day; empty where the law gives none."""
    lists = {Measure.SUSPEND: suspension_grounds, Measure.REVOKE: ending_grounds, Measure.CLOSE: closing_grounds}
    try:
        return lists[act](kind, on)
    except NotInForce:
        return ()
