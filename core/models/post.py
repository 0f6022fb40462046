"""What is told to whom, by which channel, and whether it arrived."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import workflow
from core.models.base import Sight
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
        """Mails that still have to go, each by itself: what waits for the day's digest goes with the digest."""
        return self.filter(channel=Notification.MAIL, sent_at__isnull=True, bounced_at__isnull=True, daily=False)

    def due(self, at: datetime) -> Self:
        """Unsent mails whose time to be tried has come."""
        return self.unsent().filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=at))

    def waiting_for_digest(self) -> Self:
        return self.filter(channel=Notification.MAIL, sent_at__isnull=True, daily=True, carried_by__isnull=True)

    def troubled(self) -> Self:
        """Mails that did not arrive: refused, given up, or held up by a mail server that does not answer."""
        return self.filter(channel=Notification.MAIL, sent_at__isnull=True).exclude(error="")

    def of_authority(self, user: "User | AnonymousUser") -> Self:
        """What was told in the cases of an official's own authority."""
        if not user.is_authenticated or not user.is_active or user.authority_id is None:
            return self.none()
        return self.filter(event__authority=user.authority_id)


class Notification(models.Model):
    """One message to one person by one channel; unique by (key, recipient, channel), so that no re-run repeats it.

    An inbox row is delivered by being there. A mail row is delivered by core.tasks. Words are made when it is shown:
    `template` names templates/messages/<template>.txt, `params` are its facts.
    """

    INBOX, MAIL = "inbox", "mail"
    CHANNELS: ClassVar = [(INBOX, _("Inbox")), (MAIL, _("E-mail"))]
    #: Why a mail did not go. What a server said of a mail that came back is kept without the address it repeats.
    FAILURES: ClassVar = [
        ("address-refused", _("The mail server refuses this address")),
        ("address-later", _("The mail server takes nothing for this address at the moment")),
        ("content-refused", _("The mail server refuses the message")),
        ("sender-refused", _("The mail server refuses our sender address")),
        ("login-refused", _("The mail server refuses our log-in")),
        ("post-down", _("The mail server does not answer")),
        ("post-later", _("The mail server asks to wait")),
        ("no-address", _("The person has no e-mail address")),
        ("words", _("The message could not be made")),
        ("returned", _("The message came back")),
    ]

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
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("came back at"), null=True, blank=True)
    error = models.CharField(_("failure"), max_length=200, blank=True, choices=FAILURES)
    server_code = models.PositiveSmallIntegerField(_("the mail server's code"), null=True, blank=True)
    server_status = models.CharField(_("status in the report"), max_length=12, blank=True)  # RFC 3463: 5.1.1
    server_words = models.CharField(_("the mail server's words"), max_length=200, blank=True)
    daily = models.BooleanField(_("goes with the day's digest"), default=False)
    carried_by = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="carried", verbose_name=_("digest")
    )

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
                condition=Q(channel="mail", sent_at__isnull=True, bounced_at__isnull=True, daily=False),
                name="notification_unsent",
            ),
            models.Index(
                fields=["recipient", "id"],
                condition=Q(channel="mail", sent_at__isnull=True, daily=True, carried_by__isnull=True),
                name="notification_for_digest",
            ),
            models.Index(
                fields=["-id"],
                condition=Q(channel="mail", sent_at__isnull=True) & ~Q(error=""),
                name="notification_troubled",
            ),
            models.Index(fields=["recipient", "-id"], name="notification_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.key}"

    def sight(self) -> Sight:
        """Of its event's case."""
        event = self.event
        return Sight(
            authority_id=event.authority_id if event else None,
            organisation_id=event.organisation_id if event else None,
            reference=event.reference if event else "",
            title=self.template,
        )
