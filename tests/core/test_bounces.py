"""Mails that come back: reports as mail servers write them, from a folder and from a mail server; never twice."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config.invariants import faults
from core.bounces import read_report
from core.checks import check_bounces
from core.models import Notification, User
from core.services import deliver_left_over, make_digests, notify, read_bounces, record, send_again
from core.services.bounces import Reading
from core.services.post import message_id
from tests import factories as make
from tests.core.imap import imap_server

pytestmark = pytest.mark.django_db
AT, DAY = make.AT, timedelta(days=1)
REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: noreply@tizilim.example
Date: {date}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain

This is the mail system at host mx.example.org.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: {date}

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address
    rejected: User unknown

--=_b
Content-Type: {returned}

From: Tizilim <noreply@tizilim.example>
To: {to}
Message-ID: {message_id}
Subject: A secret subject

--=_b--
"""


def report(
    row: Notification, *, at: datetime = AT, to: str = "", action: str = "failed", whole: bool = False, number: str = ""
) -> bytes:
    return REPORT.format(
        date=format_datetime(at),
        to=to or row.recipient.email,
        action=action,
        status="5.1.1" if action == "failed" else "4.4.1",
        returned="message/rfc822" if whole else "text/rfc822-headers",
        message_id=number or message_id(row.pk),
    ).encode()


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """The mailbox of what comes back; the product sends into its outbox."""
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    box = tmp_path / "bounces"
    for part in ("new", "cur", "tmp"):
        (box / part).mkdir(parents=True)
    settings.BOUNCES_URL = f"maildir://{box}"
    return box


def sent(person: User | None = None) -> Notification:
    person = person or make.make_user()
    event = record(make.make_submitted(), "letter.send", actor=User.objects.system(), at=AT)
    notify(event, [person], "case_assigned", {"reference": event.reference}, path="/inbox/", at=AT)
    deliver_left_over(at=AT)
    return Notification.objects.get(recipient=person, channel=Notification.MAIL)


def put(folder: Path, name: str, mail: bytes) -> None:
    (folder / "new" / name).write_bytes(mail)


def names(folder: Path) -> set[str]:
    return {f"{part}/{path.name}" for part in ("new", "cur") for path in (folder / part).iterdir()}


@pytest.mark.parametrize("whole", [True, False])
def test_a_mail_that_comes_back_waits_for_an_official(folder: Path, whole: bool) -> None:
    row = sent()
    put(folder, "one", report(row, whole=whole))
    assert read_bounces(at=AT + DAY) == Reading(returned=1)
    row.refresh_from_db()
    assert (row.error, row.sent_at, row.bounced_at) == ("returned", None, AT + DAY)
    assert (row.server_code, row.server_status) == (550, "5.1.1")
    assert row.server_words == "550 5.1.1 … Recipient address rejected: User unknown"
    assert names(folder) == {"cur/one:2,S"}
    [found] = Notification.objects.troubled().of_authority(make.make_user("officer"))
    assert found == row
    assert deliver_left_over(at=AT + 9 * DAY) == 0  # not by itself
    assert list(faults(at=AT)) == []


def test_read_twice_it_does_nothing_more(folder: Path) -> None:
    row = sent()
    put(folder, "one", report(row))
    read_bounces(at=AT + DAY)
    assert read_bounces(at=AT + 2 * DAY) == Reading()
    put(folder, "again", report(row))  # the same report, kept by a run that was killed before its mark
    assert read_bounces(at=AT + 2 * DAY) == Reading(nothing=1)
    send_again(row, actor=make.make_user("officer"), at=AT + 3 * DAY)
    assert deliver_left_over(at=AT + 3 * DAY) == 1
    put(folder, "old", report(row))  # of the first attempt
    assert read_bounces(at=AT + 4 * DAY) == Reading(nothing=1)
    row.refresh_from_db()
    assert (row.sent_at, row.server_status, row.server_words) == (AT + 3 * DAY, "", "")
    put(folder, "new", report(row, at=AT + 4 * DAY))
    assert read_bounces(at=AT + 4 * DAY) == Reading(returned=1)


def test_a_digest_comes_back_for_all_that_it_carries(folder: Path) -> None:
    person = make.make_user(mail=User.DAILY)
    sent(person)
    make_digests(at=AT)
    deliver_left_over(at=AT)
    put(folder, "one", report(Notification.objects.get(template="digest")))
    assert read_bounces(at=AT + DAY) == Reading(returned=1)
    assert Notification.objects.troubled().count() == 2
    assert list(faults(at=AT)) == []


def test_what_is_not_known_is_left_and_counted_once(folder: Path) -> None:
    row = sent()
    mails = {
        "a": b"From: somebody@example.org\nSubject: Out of office\n\nI am away.",
        "b": report(row, to="stranger@example.org"),  # a guessed number
        "c": report(row, number="<other@example.org>"),
        "d": report(row, number=message_id(10**17)),
        "e": b"\xff\xfe\x00 no mail at all",
        "f": b"",
        "g": b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\nno parts",
    }
    for name, mail in mails.items():
        put(folder, name, mail)
    assert read_bounces(at=AT) == Reading(unknown=len(mails))
    assert names(folder) == {f"cur/{name}:2,F" for name in mails}
    assert read_bounces(at=AT) == Reading()
    row.refresh_from_db()
    assert row.sent_at == AT


def test_a_delay_is_no_failure(folder: Path) -> None:
    row = sent()
    put(folder, "one", report(row, action="delayed"))
    assert read_bounces(at=AT) == Reading(nothing=1)
    row.refresh_from_db()
    assert (row.sent_at, row.error) == (AT, "")


def test_passed_on_to_another_address_it_is_known_by_its_own_headers() -> None:
    mail = report(Notification(pk=7, recipient=User(email="own@example.org")))
    moved = mail.replace(b"rfc822; own@example.org", b"rfc822; other@example.net").replace(
        b"Original-Recipient: rfc822;own@example.org\n", b""
    )
    found = read_report(moved)
    assert found is not None
    assert found.addresses == {"own@example.org", "other@example.net"}


def test_from_a_mail_server(folder: Path, settings: Any) -> None:
    row = sent()
    with imap_server(report(row), b"Subject: hello\n\nhello") as server:
        settings.BOUNCES_URL = server.address()
        assert read_bounces(at=AT + DAY) == Reading(returned=1, unknown=1)
        assert server.flags == {"1": {"\\Seen"}, "2": {"\\Flagged"}}
        assert read_bounces(at=AT + DAY) == Reading()
        settings.BOUNCES_URL = server.address("wrong")
        assert read_bounces(at=AT + DAY) == Reading(reached=False)
    assert read_bounces(at=AT + DAY) == Reading(reached=False)


def test_no_log_names_anybody(folder: Path, settings: Any, capfd: pytest.CaptureFixture[str]) -> None:
    row = sent()
    put(folder, "one", report(row))
    put(folder, "two", report(row, to="stranger@example.org"))
    read_bounces(at=AT)
    settings.BOUNCES_URL = "imap://reader:secret-word@127.0.0.1:1/"
    read_bounces(at=AT)
    told = "".join(capfd.readouterr())
    for word in (row.recipient.email, "stranger@", "User unknown", "secret", "reader"):
        assert word not in told


def test_the_command(folder: Path, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "one", report(sent()))
    call_command("read_bounces")
    assert "1 mails came back, 0 reports without news, 0 unknown." in capsys.readouterr().out
    settings.BOUNCES_URL = "maildir:///nowhere/at/all"
    with pytest.raises(CommandError, match="does not answer"):
        call_command("read_bounces")
    settings.BOUNCES_URL = ""
    assert read_bounces(at=AT) == Reading()
    with pytest.raises(CommandError, match="not set"):
        call_command("read_bounces")


@pytest.mark.parametrize(
    ("url", "sound"),
    [
        ("", True),
        ("maildir:///var/mail/bounces", True),
        ("imaps://a:b@mail.example.org/INBOX", True),
        ("imap+tls://a:b@mail.example.org:143/Bounces", True),
        ("maildir:", False),
        ("imaps:///INBOX", False),
        ("imaps://host:x/", False),
        ("pop3://host/", False),
        ('imaps://host/IN"BOX', False),
        ("imaps://[::1/", False),
    ],
)
def test_an_address_of_no_mailbox_is_named_at_the_start(settings: Any, url: str, sound: bool) -> None:
    settings.BOUNCES_URL = url
    assert (check_bounces(None) == []) == sound
