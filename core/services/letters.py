"""Telling people: rows in the transaction of the act, each once by its key. core.services.post sends the mails.

Keys: `event:<id>:<message>` unless told; `letter:<id>`; `overdue:<obligation>:<day>`; `reminder:<obligation>:<days
before>:<due day>`; `digest:<person>:<day>`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from core.models import Event, Notification, Obligation, User
from core.services.duties import duty_label
from core.services.publishing import publish

DIGEST = "digest"
DIGEST_LINES = 50


def reminder_key(obligation: Obligation, days_before: int) -> str:
    """The key of a reminder so many days before a duty falls due.

    A sweep that runs again tells nobody twice; where the day has moved, the new day is reminded of anew.
    """
    return f"reminder:{obligation.pk}:{days_before}:{obligation.due_on}"


def notify(
    event: Event | None,
    recipients: Iterable[User],
    template: str,
    params: Mapping[str, Any] | None = None,
    *,
    path: str = "",
    at: datetime,
    key: str = "",
) -> None:
    """Tell people of an event, in the inbox and by mail. The same event is told to the same person once.

    The mail of who has chosen one a day goes with the day's digest.

    Args:
        template: the name of templates/messages/<template>.txt, whose first line is the subject.
        params: facts for the template; codes and references, no personal data.
        path: where the reader goes from the message.
        key: another key than the event's, for reminders, which need no event.

    Raises:
        LookupError: neither an event nor a key is given.
    """
    if event is None and not key:
        raise LookupError("a message without an event needs a key")
    key = key or f"event:{event.pk if event else ''}:{template}"
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
            daily=channel == Notification.MAIL and person.mail == User.DAILY,
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
    if notification.template == DIGEST:
        params |= digest_params(notification)
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


def digest_params(digest: Notification) -> dict[str, Any]:
    """What the mails that a digest carries say in their first lines, the oldest first."""
    rows = digest.carried.order_by("id")
    shown = list(rows.select_related("event")[:DIGEST_LINES])
    for row in shown:
        row.recipient = digest.recipient
    return {"lines": [message(row)[0] for row in shown], "more": rows.count() - len(shown)}
