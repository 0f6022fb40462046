"""What one authority refers to another or asks it: the one record of matters between authorities."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _t

from core.models import Document, Sight, Stateful, User
from core.models.sight import OfficialQuerySet
from licensing.workflow.referral import REFERRAL

#: What the asking authority brought with its question, and the asked one with its answer.
SENT, ANSWERED = "request-sent", "request-answer"


class ReferralQuerySet(OfficialQuerySet["Referral"]):
    """Officials of the two authorities; nobody else, and no party."""

    def for_official(self, user: "User") -> Q:
        return super().for_official(user) | Q(body=user.authority_id)

    def of(self, subject: models.Model) -> Self:
        """Those about one object."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def open(self) -> Self:
        return self.filter(state="sent")

    def on_side(self, show: str, authority_id: int | None) -> Self:
        """Of an authority: what it still has to answer (`open`), was asked (`received`) or has asked (`sent`)."""
        if show == "sent":
            return self.filter(authority=authority_id)
        asked = self.filter(body=authority_id)
        return asked.open() if show == "open" else asked


class Referral(Stateful):
    """A matter handed to another authority, or a question to it: what was asked and shown, and what it answered.

    It hangs on a case, licence, breach or other record of the asking authority, or on none. The other authority reads
    this row and the documents of it, and nothing else of what it is about.
    """

    WORKFLOW = REFERRAL
    FOLDER = "requests"
    REFERRAL, REQUEST = "referral", "request"
    KINDS: ClassVar = [(REFERRAL, _t("Referral")), (REQUEST, _t("Request"))]

    reference = models.CharField(_t("number"), max_length=20, unique=True)
    kind = models.CharField(_t("kind"), max_length=10, choices=KINDS)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("from"))
    body = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("body"))
    subject_type = models.CharField(_t("kind of object"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_t("object"), null=True, blank=True)
    about = models.CharField(_t("about"), max_length=300)  # the number of the object, or words where it has none
    text = models.TextField(_t("what is asked"))
    documents = models.ManyToManyField(Document, blank=True, related_name="+", verbose_name=_t("documents shown to it"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_t("by"))
    answer = models.TextField(_t("answer"), blank=True)
    answered_on = models.DateField(_t("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_t("entered by")
    )
    withdrawn_because = models.TextField(_t("why withdrawn"), blank=True)
    closed_at = models.DateTimeField(_t("ended"), null=True, blank=True)

    #: Written and read by nobody since it can hang on anything; the column goes with the next release.
    breach = models.ForeignKey("licensing.Breach", models.CASCADE, null=True, blank=True, related_name="+")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _t("request between authorities")
        verbose_name_plural = _t("requests between authorities")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="referral_state_known", condition=Q(state__in=[one.name for one in REFERRAL.states])
            ),
            models.CheckConstraint(name="referral_to_another", condition=~Q(body=F("authority"))),
            models.CheckConstraint(
                name="referral_about_something",
                condition=~Q(about="")
                & (Q(subject_type="", subject_id__isnull=True) | ~Q(subject_type="") & Q(subject_id__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "body"],
                condition=Q(state="sent", kind="referral", subject_id__isnull=False),
                name="referral_open_once",
            ),
            models.CheckConstraint(
                name="referral_answered_on_a_day",
                condition=Q(state__in=["sent", "withdrawn"], answer="", answered_on__isnull=True)
                | Q(state__in=["answered", "settled"], answered_on__isnull=False) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="referral_ended_with_its_moment",
                condition=Q(state__in=REFERRAL.open_states, closed_at__isnull=True)
                | ~Q(state__in=REFERRAL.open_states) & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_withdrawn_with_reason",
                condition=Q(state="withdrawn") & ~Q(withdrawn_because="")
                | ~Q(state="withdrawn") & Q(withdrawn_because=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="referral_by_authority"),
            models.Index(fields=["body", "-id"], name="referral_by_body"),
            models.Index(fields=["subject_type", "subject_id"], name="referral_by_subject"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, self.kind)

    @property
    def asked_on(self) -> date:
        """The local day on which it was sent."""
        return timezone.localdate(self.created_at)
