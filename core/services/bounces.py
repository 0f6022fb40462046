"""Reading what mail servers send back, and noting it with the mail. Safe to run twice: a mail comes back once.

No log names an address or repeats the words of a report: they go by the number of the notification.
"""

import imaplib
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from core.bounces import Report, open_box, read_report
from core.models import Notification
from core.services.post import number_of, save_outcome

log = structlog.get_logger(__name__)
BATCH = 200
RETURNED, NOTHING, UNKNOWN = "returned", "nothing", "unknown"
SLACK = timedelta(hours=1)  # by which another server's clock may be behind ours


@dataclass(frozen=True, slots=True)
class Reading:
    """How many reports came of mails that were given up, how many changed nothing, how many mails are not known."""

    returned: int = 0
    nothing: int = 0
    unknown: int = 0
    reached: bool = True  # the mailbox answered to the end


def read_bounces(*, at: datetime) -> Reading:
    """Read one batch of the mailbox of BOUNCES_URL, if there is one."""
    counts, reached = {RETURNED: 0, NOTHING: 0, UNKNOWN: 0}, True
    if not settings.BOUNCES_URL:
        return Reading()
    try:
        with open_box(settings.BOUNCES_URL) as box:
            for key, raw in box.unread(BATCH):
                outcome = take_mail(raw, at=at)
                box.settle(key, known=outcome != UNKNOWN)
                counts[outcome] += 1
    except (OSError, imaplib.IMAP4.error) as error:  # tried again by the next run; what was noted stays
        log.warning("bounces not read", error=type(error).__name__)
        reached = False
    if any(counts.values()):
        log.info("bounces read", **counts)
    return Reading(counts[RETURNED], counts[NOTHING], counts[UNKNOWN], reached)


def take_mail(raw: bytes, *, at: datetime) -> str:
    """What one mail of the mailbox means; one that cannot be read is one that is not known."""
    try:
        report = read_report(raw)
    except Exception as error:  # whatever a stranger has sent
        log.warning("bounce not understood", error=type(error).__name__)
        return UNKNOWN
    number = number_of(report.about) if report else None
    return note_return(number, report, at=at) if report and number is not None else UNKNOWN


@transaction.atomic
def note_return(number: int, report: Report, *, at: datetime) -> str:
    """Note a report with its mail, which then waits for an official. Returns RETURNED, NOTHING or UNKNOWN.

    Message-IDs can be guessed: only who knows the address too is believed. A report of before the mail was sent again
    says nothing of the new attempt.
    """
    rows = Notification.objects.filter(pk=number, channel=Notification.MAIL).select_related("recipient")
    row = rows.select_for_update(of=("self",)).first()
    if row is None or row.recipient.email.lower() not in report.addresses:
        return UNKNOWN
    if not report.failed or row.sent_at is None or (report.at is not None and report.at < row.sent_at - SLACK):
        return NOTHING
    row.sent_at, row.bounced_at, row.next_try_at, row.error = None, at, None, "returned"
    row.server_code, row.server_status, row.server_words = report.code, report.status, report.words
    save_outcome(row)
    log.info("mail returned", notification=row.pk, status=row.server_status)
    return RETURNED
