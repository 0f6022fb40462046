"""Whom we call when something happened in an organisation's cases, and what came of each call."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import workflow
from core.models.base import Sight
from core.models.people import Membership, Organisation, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The organisation's own members: a firm's mandate does not reach its servers."""
        if not user.is_authenticated or not user.is_active or user.role != workflow.APPLICANT:
            return self.none()
        own = Membership.objects.valid(timezone.localdate()).filter(user=user).values("organisation")
        return self.filter(organisation__in=own)

    def overseen_by(self, user: "User | AnonymousUser") -> Self:
        """Officials find why a server hears nothing; others see their own."""
        return self if user.is_authenticated and user.is_active and user.is_staff else self.visible_to(user)


class Webhook(models.Model):
    """An address of an organisation that is called with what happens in its cases. The secret is kept sealed."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="webhooks", verbose_name=_("organisation")
    )
    url = models.CharField(_("address"), max_length=500)
    verbs = ArrayField(models.CharField(max_length=60), verbose_name=_("acts told"), default=list, blank=True)
    active = models.BooleanField(_("active"), default=True)
    secret = models.TextField(_("secret, sealed"))
    previous_secret = models.TextField(_("secret before, sealed"), blank=True)
    previous_until = models.DateTimeField(_("secret before holds until"), null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    version = models.PositiveIntegerField(_("version"), default=1)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    paused_until = models.DateTimeField(_("not called before"), null=True, blank=True)
    disabled_at = models.DateTimeField(_("turned off after long failure"), null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="webhook_previous_secret_ends",
                condition=Q(previous_secret="", previous_until__isnull=True)
                | (~Q(previous_secret="") & Q(previous_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="webhook_turned_off_is_not_active", condition=Q(disabled_at__isnull=True) | Q(active=False)
            ),
            models.CheckConstraint(
                name="webhook_failing_since_its_first_failure",
                condition=Q(failures=0, failing_since__isnull=True, paused_until__isnull=True)
                | Q(failures__gt=0, failing_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """The server alone: a path may hold what only its owner should read."""
        return "/".join(self.url.split("/", 3)[:3])

    def sight(self) -> Sight:
        return Sight(organisation_id=self.organisation_id, reference=f"webhook-{self.pk}", title="webhook")

    @property
    def state(self) -> str:
        """As the badge says it: active, failing, turned off by its owner, disabled by us."""
        if not self.active:
            return "disabled" if self.disabled_at else "off"
        return "failing" if self.failures else "active"


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(webhook__in=Webhook.objects.visible_to(user))

    def overseen_by(self, user: "User | AnonymousUser") -> Self:
        """What was told of an official's own authority's cases; of all for an administrator of none."""
        if not user.is_authenticated or not user.is_active or not user.is_staff:
            return self.visible_to(user)
        return self if user.authority_id is None else self.filter(event__authority=user.authority_id)

    def due(self, at: datetime) -> Self:
        """What is to be sent now, of webhooks that are called at all now."""
        rested = Q(webhook__paused_until__isnull=True) | Q(webhook__paused_until__lte=at)
        return self.filter(rested, next_try_at__lte=at, webhook__active=True)


class WebhookDelivery(models.Model):
    """One event for one webhook. Written in the transaction of the event; sent by core.services.calling.

    Waits (`next_try_at`), or was taken (`delivered_at`), or was given up (`given_up_at`).
    """

    FAILURES: ClassVar = [
        ("name", _("The name is not known")),
        ("address", _("The address lies inside a private network")),
        ("connect", _("No connection")),
        ("tls", _("The certificate does not hold")),
        ("timeout", _("No answer in time")),
        ("redirect", _("Redirects are not followed")),
        ("status", _("The answer is no success")),
        ("protocol", _("The answer cannot be read")),
        ("secret", _("The secret can no longer be read: make a new one")),
    ]

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    event = models.ForeignKey("core.Event", models.PROTECT, related_name="+", verbose_name=_("event"))
    message_id = models.UUIDField(_("message"), default=uuid4, unique=True)
    created_at = models.DateTimeField(_("created"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last try"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("taken"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    status_code = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)
    error = models.CharField(_("failure"), max_length=20, blank=True, choices=FAILURES)
    answer = models.CharField(_("beginning of the answer"), max_length=200, blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "event"], name="webhook_delivery_once"),
            models.CheckConstraint(
                name="webhook_delivery_waits_or_has_ended",
                condition=Q(next_try_at__isnull=False, delivered_at__isnull=True, given_up_at__isnull=True)
                | Q(next_try_at__isnull=True, delivered_at__isnull=False, given_up_at__isnull=True)
                | Q(next_try_at__isnull=True, delivered_at__isnull=True, given_up_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["webhook", "-id"], name="webhook_delivery_log"),
            models.Index(
                fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="webhook_delivery_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.message_id}"

    def sight(self) -> Sight:
        return self.webhook.sight()

    @property
    def state(self) -> str:
        if self.delivered_at:
            return "delivered"
        return "given_up" if self.given_up_at else "waiting"

    def content(self) -> dict[str, Any]:
        """What the receiver gets: the act, its moment, the case's number and codes; no names, no numbers of persons."""
        event = self.event
        facts = {name: event.data[name] for name in ("duty", "due", "from", "kind", "letter") if name in event.data}
        moved = {"from_state": event.from_state, "to_state": event.to_state} if event.to_state else {}
        return {
            "type": event.verb,
            "timestamp": event.at.isoformat(),
            "data": {"reference": event.reference, **moved, **facts},
        }
