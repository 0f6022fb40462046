"""What is told to whom, by which channel, and whether it arrived."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import workflow
from core.models.people import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def overseen_by(self, user: "User | AnonymousUser") -> Self:
        """What was told to the people that an administrator or auditor sees, to find what did not arrive."""
        if user.is_authenticated and user.is_active and user.role in (workflow.ADMINISTRATOR, workflow.AUDITOR):
            return self.filter(recipient__in=User.objects.visible_to(user))
        return self.visible_to(user)

    def unsent(self) -> Self:
        return self.filter(channel=Notification.MAIL, sent_at__isnull=True, bounced_at__isnull=True)


class Notification(models.Model):
    """One message to one person by one channel; unique by (key, recipient, channel), so that no re-run repeats it.

    An inbox row is delivered by being there. A mail row is delivered by core.tasks. Words are made when it is shown:
    `template` names templates/messages/<template>.txt, `params` are its facts.
    """

    INBOX, MAIL = "inbox", "mail"
    CHANNELS: ClassVar = [(INBOX, _("Inbox")), (MAIL, _("E-mail"))]

    key = models.CharField(max_length=120)
    recipient = models.ForeignKey(
        "core.User", models.CASCADE, related_name="notifications", verbose_name=_("recipient")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=CHANNELS)
    template = models.CharField(_("message"), max_length=60)
    params = models.JSONField(_("facts"), default=dict)
    path = models.CharField(_("page"), max_length=200, blank=True)  # where the reader goes from here
    event = models.ForeignKey(
        "core.Event", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    bounced_at = models.DateTimeField(_("came back at"), null=True, blank=True)
    error = models.CharField(_("failure"), max_length=200, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "recipient", "channel"], name="notification_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=Q(channel="mail", sent_at__isnull=True, bounced_at__isnull=True),
                name="notification_unsent",
            ),
            models.Index(fields=["recipient", "-id"], name="notification_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.key}"
