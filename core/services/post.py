"""Sending mails: never twice into the file outbox; by SMTP at least once, always under the same Message-ID.

A mail is lost by nothing: a mail server that is down uses up no attempts, an address that is refused is tried for days,
and what was given up can be sent again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from core.models import Notification, User
from core.models.base import INTERNAL
from core.services.acts import locked, record, require
from core.services.letters import DIGEST, words
from core.services.publishing import publish
from core.workflow import TransitionRefused
from law.problems import Problem, _

log = structlog.get_logger(__name__)
BATCH = 100
SENT, NOT_SENT, UNREACHABLE = "sent", "not_sent", "unreachable"
LATER = timedelta(minutes=15)  # for an address that takes nothing at the moment
#: Between the attempts of a mail that is refused for its own sake: two and a half days in all, then it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240, 480, 720, 720, 720, 720))
ATTEMPTS = len(PAUSES) + 1
DIGEST_HOUR = 7  # in Almaty; what comes later waits for the next morning


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a mail did not go: a code of Notification.FAILURES, the server's number, whom to blame.

    `of_post`: the server takes no mail at all now, so nothing is held against this one.
    `lasting`: it is about this mail, and a next attempt is likely to end the same way.
    """

    code: str
    server_code: int | None = None
    of_post: bool = False
    lasting: bool = False


class NoAddress(Exception):
    """The recipient has no e-mail address."""


def failure_of(error: Exception) -> Failure:
    """What an error of the post means."""
    if isinstance(error, NoAddress):
        return Failure("no-address", lasting=True)
    if isinstance(error, SMTPRecipientsRefused):
        number = max((code for code, _text in error.recipients.values()), default=550)
        lasting = number >= 500
        return Failure("address-refused" if lasting else "address-later", number, lasting=lasting)
    if isinstance(error, SMTPAuthenticationError):
        return Failure("login-refused", error.smtp_code, of_post=True)
    if isinstance(error, SMTPSenderRefused):
        return Failure("sender-refused" if error.smtp_code >= 500 else "post-later", error.smtp_code, of_post=True)
    if isinstance(error, SMTPDataError):
        if error.smtp_code >= 500:
            return Failure("content-refused", error.smtp_code, lasting=True)
        return Failure("post-later", error.smtp_code, of_post=True)
    if isinstance(error, SMTPHeloError):
        return Failure("post-later", error.smtp_code, of_post=True)
    if isinstance(error, OSError):  # connection, time-out, name, disk; every other error of smtplib
        return Failure("post-down", of_post=True)
    return Failure("words", lasting=True)


def deliver(key: str, *, at: datetime) -> int:
    """Send the mails of one key. Returns how many went out."""
    return deliver_each(Notification.objects.due(at).filter(key=key).values_list("pk", flat=True), at=at)


def deliver_left_over(*, at: datetime) -> int:
    """Send what no worker heard of, oldest first, one batch. Returns how many went out."""
    return deliver_each(Notification.objects.due(at).order_by("id").values_list("pk", flat=True)[:BATCH], at=at)


def deliver_each(ids: Iterable[int], *, at: datetime) -> int:
    """Send mails one by one, each in its own transaction; stop where the post itself does not answer."""
    sent = 0
    for pk in ids:
        outcome = deliver_one(pk, at=at)
        if outcome == UNREACHABLE:
            break
        sent += outcome == SENT
    return sent


@transaction.atomic
def deliver_one(pk: int, *, at: datetime) -> str:
    """Send one mail under a row lock; a worker killed meanwhile leaves it unsent, the file outbox knows it by name.

    Returns SENT, NOT_SENT (somebody else has it, or it was refused) or UNREACHABLE (tried again without end).
    """
    row = (
        Notification.objects.due(at)
        .filter(pk=pk)
        .select_related("recipient")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if row is None:
        return NOT_SENT
    try:
        with transaction.atomic():  # a query that fails while words are made must not spoil what is noted of it
            mail_of(row).send()
    except Exception as error:  # kept with the row, tried again by the sweep
        return note_failure(row, failure_of(error), at=at)
    row.attempts, row.sent_at, row.next_try_at, row.error, row.server_code = row.attempts + 1, at, None, "", None
    row.server_status = row.server_words = ""
    save_outcome(row)
    return SENT


def mail_of(row: Notification) -> EmailMessage:
    """Raises NoAddress."""
    if not row.recipient.email:
        raise NoAddress
    subject, body = words(row)
    return EmailMessage(subject, body, to=[row.recipient.email], headers={"Message-ID": message_id(row.pk)})


def message_id(pk: int) -> str:
    """The same for every attempt; by it a report of a mail server names the mail."""
    return f"<notification-{pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"


def number_of(text: str) -> int | None:
    """The number of the notification whose Message-ID stands in a text; None where none of ours does."""
    start, end = message_id(0).split("0@")
    found = re.search(f"{re.escape(start)}([0-9]{{1,18}})@{re.escape(end)}", text)
    return int(found[1]) if found else None


def note_failure(row: Notification, failure: Failure, *, at: datetime) -> str:
    """Say with the row why it did not go, and when it is tried next."""
    row.error, row.server_code, row.server_status, row.server_words = failure.code, failure.server_code, "", ""
    if not failure.of_post:
        row.attempts += failure.lasting
        given_up = row.attempts >= ATTEMPTS
        pause = PAUSES[row.attempts - 1] if failure.lasting and not given_up else LATER
        row.next_try_at, row.bounced_at = (None, at) if given_up else (at + pause, None)
    save_outcome(row)
    log.warning("mail not sent", notification=row.pk, error=row.error, code=row.server_code, attempts=row.attempts)
    return UNREACHABLE if failure.of_post else NOT_SENT


def save_outcome(row: Notification) -> None:
    """Keep what became of a mail; what became of a digest became of all that it carries."""
    names = [
        "attempts",
        "sent_at",
        "next_try_at",
        "bounced_at",
        "error",
        "server_code",
        "server_status",
        "server_words",
    ]
    row.save(update_fields=names)
    if row.template == DIGEST:
        row.carried.update(**{name: getattr(row, name) for name in names})


@transaction.atomic
def make_digests(*, at: datetime) -> int:
    """Gather what waits for the day's digest: one mail a person and day, by its key. Returns how many were made.

    Nothing before DIGEST_HOUR; after days of stop, one digest has all. deliver_left_over() sends it like any mail.
    """
    now = timezone.localtime(at)
    if now.hour < DIGEST_HOUR:
        return 0
    day = now.date().isoformat()
    waiting = Notification.objects.waiting_for_digest()
    key = Concat(Value("digest:"), Cast(OuterRef("recipient"), CharField()), Value(f":{day}"))
    fresh = waiting.filter(~Exists(Notification.objects.filter(key=key)))
    people = list(fresh.order_by("recipient").values_list("recipient").distinct()[:BATCH])
    rows = [
        Notification(
            key=f"digest:{person}:{day}",
            recipient_id=person,
            channel=Notification.MAIL,
            template=DIGEST,
            path="/inbox/",
            created_at=at,
        )
        for (person,) in people
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    made = 0
    # Under its lock, and only while it has not gone: what came since the digest went waits for the next.
    unsent = Notification.objects.unsent().filter(key__in=[row.key for row in rows]).order_by("id")
    for digest in unsent.select_for_update():
        made += bool(waiting.filter(recipient=digest.recipient_id).update(carried_by=digest))
    return made


@transaction.atomic
def send_again(notification: Notification, *, actor: User, at: datetime) -> Notification:
    """An official has the mail sent once more, after the address or the mail server was mended.

    Raises:
        PermissionDenied: the case is not his authority's.
        TransitionRefused: it has gone out meanwhile, or goes with a digest.
    """
    row = locked(notification)
    require(actor, "core.send_again", row)
    if row.channel != Notification.MAIL or row.sent_at or not row.error:
        raise TransitionRefused([Problem(code="mail-gone", message=_("This message is on its way already."))])
    row = locked(row.carried_by) if row.carried_by else row
    row.attempts, row.next_try_at, row.bounced_at = 0, None, None
    save_outcome(row)
    record(notification, "mail.again", actor=actor, at=at, audience=INTERNAL)
    key = row.key
    transaction.on_commit(lambda: publish("core.deliver", [key]), robust=True)
    return row
