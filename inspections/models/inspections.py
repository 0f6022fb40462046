"""Inspections: what is planned, served, signed, registered, done and ordered, each with its day and hand."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core.models import Document, Sight, Stateful, User
from core.models.files import DocumentQuerySet
from core.models.sight import OwnQuerySet
from inspections.models.acts import JointAct
from inspections.models.plans import PlanEntry
from inspections.models.subjects import ControlObject, Subject
from inspections.workflow.inspection import INSPECTION
from law.inspections import Kind, Plan, Window, window
from law.inspections.codes import KINDS, METHODS, RISKS, SIZES
from law.inspections.durations import EXTENSION_REASONS
from law.inspections.notices import MEANS as WAYS
from law.problems import Problem
from law.provisions import provision

SERIES = "IN"  # followed by the year: IN-2026-00001
#: Ways of Art. 144 and 144-2, and our own for who reads here.
MEANS = {**WAYS, "account": _("in the account of the subject here")}
RECEIPTS = {"taken": _("taken, signed for"), "refused": _("refused, recorded")}
#: States in which the subject knows of it.
TOLD = ("noticed", "registered", "running", "curing", "closed", "uncured", "annulled", "dropped")


class InspectionQuerySet(OwnQuerySet["Inspection"]):
    """Officials: their authority's. The subject: once it was told, by the notice or at the start."""

    def for_party(self, user: "User") -> Q:
        return super().for_party(user) & Q(told_at__isnull=False)

    def under_way(self) -> Self:
        return self.filter(state__in=["draft", "noticed", "appointed", "registered", "running"])


class Inspection(Stateful):
    """One inspection of one subject. What it is judged by is kept as of its opening: size, degree of risk, period.

    `told_at`: since when the subject knows of it. `replanned`: how often its start was given up.
    """

    WORKFLOW = INSPECTION
    FOLDER = "inspections"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("subject"))
    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="inspections", verbose_name=_("subject of control")
    )
    object = models.ForeignKey(
        ControlObject, models.PROTECT, related_name="inspections", verbose_name=_("object of control")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=list(KINDS.items()))
    kind_of_permit = models.CharField(_("kind of object"), max_length=40)
    method = models.CharField(_("how it is done"), max_length=10, choices=list(METHODS.items()), default="site")
    size = models.CharField(_("size"), max_length=10, choices=list(SIZES.items()), blank=True)
    risk = models.CharField(_("degree of risk"), max_length=10, choices=list(RISKS.items()), blank=True)
    entry = models.OneToOneField(
        PlanEntry, models.PROTECT, null=True, blank=True, related_name="inspection", verbose_name=_("in the plan")
    )

    # the ground of an unscheduled one
    ground = models.CharField(_("ground, Art. 144(5)"), max_length=5, blank=True)
    ground_text = models.TextField(_("what founds it"), blank=True)
    case = models.CharField(_("case of Art. 144"), max_length=10, blank=True)
    urgent = models.BooleanField(_("urgent case of Art. 146(3)"), default=False)
    urgent_reason = models.TextField(_("why it is urgent"), blank=True)
    anonymous = models.BooleanField(_("the complaint is anonymous"), default=False)
    complaint_from = models.DateField(_("the complaint speaks of, from"), null=True, blank=True)
    complaint_to = models.DateField(_("the complaint speaks of, to"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures to report or to cure"), null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("checks the order of")
    )

    # what, when
    subject_matter = models.TextField(_("subject matter"), blank=True)
    checklist = models.ForeignKey(
        JointAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checklist")
    )
    period_from = models.DateField(_("checked period from"), null=True, blank=True)
    period_to = models.DateField(_("checked period to"), null=True, blank=True)
    experts = models.TextField(_("specialists and experts invited"), blank=True)
    start_on = models.DateField(_("start"), null=True, blank=True)
    end_on = models.DateField(_("last day"), null=True, blank=True)
    replanned = models.PositiveSmallIntegerField(_("planned anew so often"), default=0)

    # notice, act, registration, start
    told_at = models.DateTimeField(_("the subject knows of it since"), null=True, blank=True)
    noticed_at = models.DateTimeField(_("notice delivered"), null=True, blank=True)
    notice_means = models.CharField(_("how it was served"), max_length=20, choices=list(MEANS.items()), blank=True)
    act_number = models.CharField(_("number of the act of appointment"), max_length=30, blank=True)
    act_signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("act signed by")
    )
    act_signed_at = models.DateTimeField(_("act signed"), null=True, blank=True)
    registration_number = models.CharField(_("number of the registration"), max_length=60, blank=True)
    registered_on = models.DateField(_("registered with legal statistics"), null=True, blank=True)
    started_at = models.DateTimeField(_("act handed over, begun"), null=True, blank=True)
    receipt = models.CharField(_("receipt of the act"), max_length=10, choices=list(RECEIPTS.items()), blank=True)

    # the one extension
    extended_to = models.DateField(_("extended to"), null=True, blank=True)
    extension_reason = models.CharField(
        _("reason of the extension"), max_length=12, choices=list(EXTENSION_REASONS.items()), blank=True
    )
    extension_number = models.CharField(_("number of the act of extension"), max_length=30, blank=True)
    extension_act_on = models.DateField(_("act of extension signed"), null=True, blank=True)
    extension_signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("extension signed by")
    )
    extension_noticed_on = models.DateField(_("told of the extension"), null=True, blank=True)
    extension_registration = models.CharField(
        _("number of the registration of the extension"), max_length=60, blank=True
    )
    extension_registered_on = models.DateField(_("extension registered"), null=True, blank=True)

    # what came of it
    findings = models.TextField(_("what was found"), blank=True)
    result_number = models.CharField(_("number of the result act"), max_length=30, blank=True)
    result_handed_at = models.DateTimeField(_("result act handed over"), null=True, blank=True)
    result_receipt = models.CharField(
        _("receipt of the result act"), max_length=10, choices=list(RECEIPTS.items()), blank=True
    )
    order_number = models.CharField(_("number of the order to cure"), max_length=30, blank=True)
    instructions = models.TextField(_("what is to be mended"), blank=True)
    cure_by = models.DateField(_("to be cured by"), null=True, blank=True)
    missed = models.PositiveSmallIntegerField(_("failures to report or to cure its order"), default=0)
    reminded_at = models.DateTimeField(_("asked about the cure"), null=True, blank=True)
    answer_by = models.DateField(_("to be answered by"), null=True, blank=True)
    closing = models.TextField(_("what came of the order"), blank=True)
    measure = models.ForeignKey(
        "licensing.Measure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("measure against the licence"),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    ending = models.TextField(_("why planned anew, dropped or annulled"), blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="inspection_state_known", condition=Q(state__in=[one.name for one in INSPECTION.states])
            ),
            models.CheckConstraint(
                name="inspection_days_in_order",
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
            ),
            models.CheckConstraint(
                name="inspection_period_in_order",
                condition=Q(period_from__isnull=True) | Q(period_to__isnull=True) | Q(period_to__gte=F("period_from")),
            ),
            models.CheckConstraint(
                name="inspection_act_whole",
                condition=Q(act_number="", act_signed_by__isnull=True, act_signed_at__isnull=True)
                | Q(act_signed_by__isnull=False, act_signed_at__isnull=False) & ~Q(act_number=""),
            ),
            models.CheckConstraint(
                name="inspection_two_hands",
                condition=Q(act_signed_by__isnull=True) | ~Q(act_signed_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="inspection_extension_whole",
                condition=Q(
                    extension_number="",
                    extended_to__isnull=True,
                    extension_reason="",
                    extension_act_on__isnull=True,
                    extension_signed_by__isnull=True,
                )
                | Q(
                    extended_to__gt=F("end_on"),
                    extension_act_on__isnull=False,
                    extension_signed_by__isnull=False,
                )
                & ~Q(extension_number="")
                & ~Q(extension_reason=""),
            ),
            models.CheckConstraint(
                name="inspection_signed_before_its_end",
                condition=Q(state__in=["draft", "noticed", "dropped", "annulled"]) | ~Q(act_number=""),
            ),
            models.CheckConstraint(
                name="inspection_begun_with_its_moment",
                condition=Q(started_at__isnull=False) & ~Q(receipt="")
                | ~Q(state__in=["running", "curing", "closed", "uncured"]),
            ),
            models.CheckConstraint(
                name="inspection_ended_with_its_result",
                condition=Q(result_handed_at__isnull=False) & ~Q(result_number="")
                | ~Q(state__in=["curing", "closed", "uncured"]),
            ),
            models.CheckConstraint(
                name="inspection_ordered_with_its_day",
                condition=Q(cure_by__isnull=False) & ~Q(order_number="") | ~Q(state__in=["curing", "uncured"]),
            ),
            models.CheckConstraint(
                name="inspection_reminded_with_a_day",
                condition=Q(reminded_at__isnull=True, answer_by__isnull=True)
                | Q(reminded_at__isnull=False, answer_by__isnull=False, cure_by__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_measure_for_what_was_not_cured",
                condition=Q(measure__isnull=True) | Q(state__in=["uncured", "annulled"]),
            ),
            models.CheckConstraint(
                name="inspection_registered_whole",
                condition=Q(registered_on__isnull=True, registration_number="")
                | Q(registered_on__isnull=False) & ~Q(registration_number=""),
            ),
            # one act for one subject and period: the same ground is not prepared twice at once
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(kind="compliance", state__in=["draft", "noticed", "appointed", "registered", "running"]),
                name="inspection_one_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="inspection_by_state"),
            models.Index(fields=["authority", "start_on", "id"], name="inspection_by_start"),
            models.Index(fields=["organisation", "-id"], name="inspection_by_organisation"),
            models.Index(fields=["subject", "kind", "-result_handed_at"], name="inspection_by_subject"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "inspection")

    @property
    def kind_label(self) -> str:
        return gettext(KINDS[Kind(self.kind)])

    @property
    def last_day(self) -> date | None:
        """The last day as it stands now, the extension included."""
        return self.extended_to or self.end_on

    @property
    def result_handed_on(self) -> date | None:
        """The local day on which the result act was handed over."""
        return timezone.localdate(self.result_handed_at) if self.result_handed_at else None

    @property
    def is_evidence(self) -> bool:
        """Whether result act and order count: those of an annulled inspection do not (156(1))."""
        return self.state != "annulled"

    def documents(self) -> DocumentQuerySet:
        return Document.objects.of(self).current()

    def plan(self, on: date) -> Plan:
        """The facts of this inspection as `law.inspections` judges them, on a day."""
        from inspections.models.facts import plan_of

        return plan_of(self, on)

    def window(self, on: date) -> Window:
        """Between which days it may start."""
        return window(self.plan(on), on)

    def join_faults(self, person: User, on: date) -> list[Problem]:
        """Who joined the team by a decision works from the day that the subject was told."""
        joined = self.team.standing().filter(person=person.pk).values_list("joined_on", flat=True).first()
        if joined is None or joined <= on:
            return []
        message = gettext_noop("You join the team on %(day)s.")
        return [Problem("B16", message, {"day": joined}, "officials_working", provision("EK-TEAM-NOTICE", on))]

    def start_faults(self) -> list[Problem]:
        """What a notice and an act cannot do without: a start, a last day, a team, a subject matter, a checklist."""
        wanted = {
            "start_on": (self.start_on, gettext_noop("Name the day of the start.")),
            "end_on": (self.end_on, gettext_noop("Name the last day.")),
            "subject_matter": (self.subject_matter.strip(), gettext_noop("Name the subject matter.")),
            "period_from": (self.period_from and self.period_to, gettext_noop("Name the checked period.")),
            "checklist": (self.checklist_id, gettext_noop("Name the checklist: only what it asks is checked.")),
        }
        found = [
            Problem(f"inspection-{field}", text, field=field) for field, (value, text) in wanted.items() if not value
        ]
        if not self.team.standing().exists():
            found.append(Problem("inspection-team", gettext_noop("Name the officials who go."), field="team"))
        return found

    def result_faults(self) -> list[Problem]:
        """What a result act cannot do without: every item answered, findings, and whether a breach was found."""
        from inspections.models.facts import result_faults

        return result_faults(self)
