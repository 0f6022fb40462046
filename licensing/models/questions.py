"""What is asked and said while an application is looked at: questions, opinions of other bodies, notes."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _t

from core.models import Document, Sight, User
from licensing.models.applications import Application

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class CaseRowQuerySet(models.QuerySet[Any]):
    """Rows that belong to an application are seen by who sees it."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(application__in=Application.objects.visible_to(user))


class Question(models.Model):
    """A question to the applicant and the answer to it; each with its moment and its hand."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="questions")
    text = models.TextField(_t("question"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    stops_clock = models.BooleanField(_t("stops the clock"), default=False)
    answer = models.TextField(_t("answer"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta:
        verbose_name = _t("question")
        verbose_name_plural = _t("questions")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="question_answered_by_someone",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def sight(self) -> Sight:
        return self.application.sight()


class OpinionQuerySet(CaseRowQuerySet):
    """Seen by who sees the case; by officials of the body that is asked, whose only sight of the case it is."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        seen = Q(application__in=Application.objects.visible_to(user))
        return self.filter(seen | Q(pk__in=self.asked_of(user).values("pk")))

    def asked_of(self, user: "User | AnonymousUser") -> Self:
        """Those that the official's own body is asked for."""
        if not user.is_authenticated or not user.is_active or user.authority_id is None:
            return self.none()
        return self.filter(body=user.authority_id)


class Opinion(models.Model):
    """The opinion of another body: asked, answered or silent. What silence means is the regime's to say."""

    ANSWERS: ClassVar = [
        ("", _t("No answer yet")),
        ("agreed", _t("Agreed")),
        ("objected", _t("Objected")),
        ("silent", _t("Silent")),
    ]

    application = models.ForeignKey(Application, models.CASCADE, related_name="opinions")
    body = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_t("body"))
    question = models.TextField(_t("question"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    documents = models.ManyToManyField(Document, blank=True, related_name="+", verbose_name=_t("documents shown to it"))
    answer = models.CharField(max_length=10, choices=ANSWERS, blank=True)
    text = models.TextField(_t("opinion"), blank=True)
    answered_on = models.DateField(_t("answered"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # The last day passed without an answer, by the rule that says what that means; both stay if an answer comes late.
    silent_on = models.DateField(_t("silent on"), null=True, blank=True)
    silence = models.JSONField(_t("what silence means"), default=dict, blank=True)

    shown: list[Document]  # what of `documents` a page has read for it

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _t("opinion")
        verbose_name_plural = _t("opinions")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="opinion_answered_on_a_day",
                condition=Q(answer__in=["", "silent"], answered_on__isnull=True)
                | ~Q(answer__in=["", "silent"]) & Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="opinion_silent_on_a_day", condition=~Q(answer="silent") | Q(silent_on__isnull=False)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "-id"], name="opinion_by_body")]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.answer}"

    def sight(self) -> Sight:
        return self.application.sight()


class Note(models.Model):
    """What officers write to each other about a case. Internal, and erasable: not an event."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    text = models.TextField(_t("note"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _t("note")
        verbose_name_plural = _t("notes")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.text[:60]
