"""What the house keeps about its own conduct: what must stay, and what was erased."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import workflow
from core.house import BREACH, ERASURE
from core.models.base import Sight, Stateful

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models.people import User

OVERSEERS = (workflow.ADMINISTRATOR, workflow.AUDITOR)


class OverseenQuerySet(models.QuerySet[Any]):
    """Rows of the whole house: administrators and auditors read them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.is_system or user.role in OVERSEERS else self.none()


class LegalHold(models.Model):
    """One object that is not erased though its time is over: a court asks for it, an inquiry runs. With a reason."""

    subject_type = models.CharField(_("kind of object"), max_length=60)
    subject_id = models.BigIntegerField(_("object"))
    reference = models.CharField(_("reference"), max_length=60)
    authority = models.ForeignKey(
        "core.Authority", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("authority")
    )
    reason = models.TextField(_("reason"))
    placed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("placed by"))
    placed_at = models.DateTimeField(_("placed at"))
    lifted_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_reason = models.TextField(_("why lifted"), blank=True)

    objects = OverseenQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], condition=Q(lifted_at__isnull=True), name="legal_hold_once"
            ),
            models.CheckConstraint(name="legal_hold_with_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="legal_hold_lifted_by_someone",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(authority_id=self.authority_id, reference=self.reference, title="hold")


class ErasureRun(Stateful):
    """One erasure: proposed by one person with what would go, confirmed by another, done in slices by the program.

    `as_of` fixes what is due, so that the run erases what the proposal listed. `planned` and `erased` hold numbers by
    "rule model"; `settled` the parts that are through. An automatic run erases technical records alone.
    """

    WORKFLOW = ERASURE

    as_of = models.DateTimeField(_("what was due at"))
    automatic = models.BooleanField(_("housekeeping"), default=False)
    planned = models.JSONField(_("what was to go"), default=dict)
    erased = models.JSONField(_("what went"), default=dict)
    settled = models.JSONField(default=list)
    proposed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    confirmed_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = OverseenQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="erasure_state_known", condition=Q(state__in=[state.name for state in ERASURE.states])
            ),
            models.CheckConstraint(
                name="erasure_confirmed_by_another",
                condition=Q(automatic=True)
                | Q(state__in=["proposed", "declined"])
                | Q(confirmed_by__isnull=False) & ~Q(confirmed_by=models.F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["automatic"], condition=Q(state__in=["proposed", "running"]), name="erasure_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"erasure-{self.pk}"

    def sight(self) -> Sight:
        return Sight(reference=f"erasure-{self.pk}", title="erasure")


KINDS_OF_DATA = {
    "names": _("Names"),
    "identifiers": _("IIN and document numbers"),
    "contacts": _("Addresses, telephones, e-mail"),
    "credentials": _("Passwords and keys"),
    "papers": _("Papers of cases"),
    "finance": _("Payments and accounts"),
    "special": _("Health, biometrics and other special data"),
}


class DataBreach(Stateful):
    """Personal data that got out, were lost or changed: noticed, assessed, notified or judged not to be, closed.

    The term of notice is an Obligation of one working day. Counts and kinds only: no name of a person concerned.
    """

    WORKFLOW = BREACH

    summary = models.CharField(_("what happened, in a line"), max_length=200)
    description = models.TextField(_("what happened"))
    happened_at = models.DateTimeField(_("when it happened"), null=True, blank=True)
    noticed_at = models.DateTimeField(_("noticed"))
    noticed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("noticed by"))
    kinds = models.JSONField(_("kinds of data"), default=list, blank=True)  # codes of KINDS_OF_DATA
    persons = models.PositiveIntegerField(_("persons concerned"), null=True, blank=True)
    assessment = models.TextField(_("what may follow for them"), blank=True)
    notice = models.TextField(_("what the authorised body was told"), blank=True)
    persons_notice = models.TextField(_("what the persons were told, and how"), blank=True)
    notified_at = models.DateTimeField(_("notified"), null=True, blank=True)
    not_notified_because = models.TextField(_("why nobody was notified"), blank=True)
    measures = models.TextField(_("what was done about it"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = OverseenQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach of personal data")
        verbose_name_plural = _("breaches of personal data")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="data_breach_state_known", condition=Q(state__in=[state.name for state in BREACH.states])
            ),
            models.CheckConstraint(
                name="data_breach_noticed_after_it_happened",
                condition=Q(happened_at__isnull=True) | Q(happened_at__lte=models.F("noticed_at")),
            ),
            models.CheckConstraint(
                name="data_breach_notified_with_its_text",
                condition=~Q(state="notified") | Q(notified_at__isnull=False) & ~Q(notice=""),
            ),
            models.CheckConstraint(
                name="data_breach_not_notified_with_reason",
                condition=~Q(state="not_notifiable") | ~Q(not_notified_because=""),
            ),
            models.CheckConstraint(
                name="data_breach_closed_with_its_moment",
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"breach-{self.pk}"

    def sight(self) -> Sight:
        return Sight(reference=f"breach-{self.pk}", title="breach")
