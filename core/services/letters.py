"""Telling people: rows in the transaction of the act, sent afterwards, never twice into the inbox or the file outbox.

By SMTP a message goes at least once, always under the same Message-ID.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from core.models import Event, Notification, User
from core.services.duties import duty_label
from core.services.publishing import publish

log = structlog.get_logger(__name__)
ATTEMPTS = 12
BATCH = 100
SENT, NOT_SENT, UNREACHABLE = "sent", "not_sent", "unreachable"


def notify(
    event: Event,
    recipients: Iterable[User],
    template: str,
    params: Mapping[str, Any] | None = None,
    *,
    path: str = "",
    at: datetime,
    key: str = "",
) -> None:
    """Tell people of an event, in the inbox and by mail. The same event is told to the same person once.

    Args:
        template: the name of templates/messages/<template>.txt, whose first line is the subject.
        params: facts for the template; codes and references, no personal data.
        path: where the reader goes from the message.
        key: another key than the event's, for reminders.
    """
    key = key or f"event:{event.pk}:{template}"
    rows = [
        Notification(
            key=key,
            recipient=person,
            channel=channel,
            template=template,
            params=dict(params or {}),
            path=path,
            event=event,
            created_at=at,
            sent_at=at if channel == Notification.INBOX else None,
        )
        for person in {p.pk: p for p in recipients if p.is_active and not p.is_system}.values()
        for channel in (Notification.INBOX, Notification.MAIL)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(lambda: publish("core.deliver", [key]), robust=True)


def words(notification: Notification) -> tuple[str, str]:
    """Subject and body in the recipient's language."""
    with translation.override(notification.recipient.language):
        return message(notification)


def message(notification: Notification) -> tuple[str, str]:
    """Subject and body in the active language. A duty is named, a day is a date: templates need no codes."""
    params = dict(notification.params)
    if "duty" in params:
        params["duty"] = translation.gettext(duty_label(str(params["duty"])))
    for name in ("due", "on", "valid_to"):
        if params.get(name):
            params[name] = date.fromisoformat(str(params[name]))
    text = render_to_string(
        f"messages/{notification.template}.txt",
        {
            **params,
            "recipient": notification.recipient,
            "reason": notification.event.reason if notification.event else "",
            "url": f"{settings.SITE_URL}{notification.path}",
        },
    ).strip()
    subject, _line, body = text.partition("\n")
    return subject.strip(), body.strip()


def deliver(key: str, *, at: datetime) -> int:
    """Send the mails of one key. Returns how many went out."""
    ids = Notification.objects.unsent().filter(key=key).values_list("pk", flat=True)
    return deliver_each(ids, at=at)


def deliver_left_over(*, at: datetime) -> int:
    """Send what no worker heard of, oldest first, one batch. Returns how many went out."""
    ids = Notification.objects.unsent().order_by("id").values_list("pk", flat=True)[:BATCH]
    return deliver_each(ids, at=at)


def deliver_each(ids: Iterable[int], *, at: datetime) -> int:
    """Send mails one by one, each in its own transaction; stop where the post itself does not answer."""
    sent = 0
    for pk in ids:
        outcome = deliver_one(pk, at=at)
        if outcome == UNREACHABLE:
            break
        sent += outcome == SENT
    return sent


def is_lasting(error: Exception) -> bool:
    """Whether a failure is about this mail (a refused address, words that cannot be made), not about the post.

    A mail server that is down, a full disk or a "try later" never uses up a mail's attempts.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return any(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, SMTPSenderRefused | SMTPDataError):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)


@transaction.atomic
def deliver_one(pk: int, *, at: datetime) -> str:
    """Send one mail under a row lock; a worker killed meanwhile leaves it unsent, the file outbox knows it by name.

    Returns SENT, NOT_SENT (somebody else has it, or it was refused) or UNREACHABLE (tried again without end).
    """
    row = (
        Notification.objects.unsent()
        .filter(pk=pk)
        .select_related("recipient")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if row is None:
        return NOT_SENT
    try:
        subject, body = words(row)
        EmailMessage(
            subject,
            body,
            to=[row.recipient.email],
            headers={"Message-ID": f"<notification-{row.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"},
        ).send()
    except Exception as error:  # kept with the row, tried again by the sweep
        lasting = is_lasting(error)
        row.attempts += lasting
        row.error = type(error).__name__
        row.bounced_at = at if row.attempts >= ATTEMPTS else None
        row.save(update_fields=["attempts", "error", "bounced_at"])
        log.warning("mail not sent", notification=row.pk, error=row.error, attempts=row.attempts)
        return NOT_SENT if lasting else UNREACHABLE
    row.attempts, row.sent_at = row.attempts + 1, at
    row.save(update_fields=["attempts", "sent_at"])
    return SENT
