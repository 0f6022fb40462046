"""Mails and what becomes of them: servers that refuse one, refuse all, or are gone; digests; reminders."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from config.invariants import faults
from core.models import Event, Notification, Obligation, User
from core.services import deliver_left_over, make_digests, notify, record, reminder_key, send_again
from core.workflow import TransitionRefused
from tests import factories as make
from tests.background.test_sweeps import together
from tests.core.smtp import MailServer, mail_server

pytestmark = pytest.mark.django_db
AT, DAY = make.AT, timedelta(days=1)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """The product sends through it."""
    with mail_server() as one:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", one.port, 10
        yield one


def tell(*people: User, key: str = "", at: datetime = AT) -> None:
    event = record(make.make_submitted(), "letter.send", actor=User.objects.system(), at=at)
    notify(event, people, "case_assigned", {"reference": event.reference}, path="/inbox/", at=at, key=key)


def mail_to(person: User) -> Notification:
    return Notification.objects.get(recipient=person, channel=Notification.MAIL)


@pytest.fixture
def outbox(settings: Any, tmp_path: Path) -> Callable[[], list[Any]]:
    """The mails in the file outbox, to which the product sends."""
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    return lambda: [
        message_from_bytes(path.read_bytes(), policy=default) for path in (tmp_path / "outbox").glob("*.eml")
    ]


def test_one_refused_address_holds_up_no_other(server: MailServer) -> None:
    gone, full, well = make.make_user(), make.make_user(), make.make_user()
    server.refused = {gone.email: "550 no such user", full.email: "452 mailbox full"}
    tell(gone, full, well)
    assert deliver_left_over(at=AT) == 1
    assert server.taken == [well.email]
    row = mail_to(gone)
    assert (row.error, row.server_code, row.attempts, row.bounced_at) == ("address-refused", 550, 1, None)
    assert (mail_to(full).error, mail_to(full).attempts) == ("address-later", 0)
    assert set(Notification.objects.troubled()) == {row, mail_to(full)}
    server.refused = {}
    assert deliver_left_over(at=AT + timedelta(minutes=1)) == 0  # not before their time
    assert deliver_left_over(at=AT + DAY) == 2
    assert not Notification.objects.troubled().exists()


def test_all_addresses_refused_is_given_up_late_and_sent_again(server: MailServer) -> None:
    people = [make.make_user() for _number in range(3)]
    server.refused = {"*": "554 relay access denied"}
    tell(*people)
    deliver_left_over(at=AT)
    assert deliver_left_over(at=AT + DAY) == 0
    assert not Notification.objects.filter(bounced_at__isnull=False).exists()  # a day of a wrong setting loses nothing
    for day in range(2, 20):
        deliver_left_over(at=AT + day * DAY)
    assert Notification.objects.filter(bounced_at__isnull=False).count() == 3
    server.refused = {}
    officer = make.make_user("officer")
    for person in people:
        send_again(mail_to(person), actor=officer, at=AT + 20 * DAY)
    assert deliver_left_over(at=AT + 20 * DAY) == 3
    assert Event.objects.filter(verb="mail.again", actor=officer).count() == 3


def test_a_server_that_refuses_our_sender_costs_no_attempts(server: MailServer) -> None:
    people = [make.make_user() for _number in range(2)]
    server.sender = "550 sender rejected"
    tell(*people)
    for day in range(40):
        assert deliver_left_over(at=AT + day * DAY) == 0
    first = mail_to(people[0])
    assert (first.error, first.attempts, first.bounced_at) == ("sender-refused", 0, None)
    assert mail_to(people[1]).error == ""  # one is asked for all
    server.sender = ""
    assert deliver_left_over(at=AT + 40 * DAY) == 2


def test_who_may_send_again(server: MailServer) -> None:
    person = make.make_user()
    tell(person)
    with pytest.raises(TransitionRefused, match="mail-gone"):
        send_again(mail_to(person), actor=make.make_user("officer"), at=AT)
    server.refused = {"*": "550 no"}
    deliver_left_over(at=AT)
    strangers = [
        make.make_user(),
        make.make_user("auditor"),
        make.make_user("officer", authority=make.make_authority("nbk")),
    ]
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            send_again(mail_to(person), actor=stranger, at=AT)


def test_once_a_day(outbox: Callable[[], list[Any]]) -> None:
    daily, each = make.make_user(mail=User.DAILY), make.make_user()
    for number in range(3):
        tell(daily, each, key=f"k{number}")
    assert Notification.objects.filter(recipient=daily, channel=Notification.INBOX).count() == 3  # at once
    assert deliver_left_over(at=AT) == 3
    assert make_digests(at=AT.replace(hour=6, minute=59)) == 0
    assert make_digests(at=AT.replace(hour=7)) == 1
    assert make_digests(at=AT.replace(hour=7)) == 0
    tell(daily, key="late")
    assert make_digests(at=AT.replace(hour=23)) == 0  # waits for the next morning
    assert deliver_left_over(at=AT) == 1
    [mail] = [one for one in outbox() if one["To"] == daily.email]
    assert mail.get_content().count("the case is yours") == 3
    assert Notification.objects.filter(recipient=daily, sent_at__isnull=True).count() == 1
    assert make_digests(at=AT + 10 * DAY) == 1  # after days of stop: one, with all
    assert deliver_left_over(at=AT + 10 * DAY) == 1
    assert not Notification.objects.filter(sent_at__isnull=True).exists()
    assert list(faults(at=AT)) == []


def test_who_turns_to_each_message_again_loses_nothing(outbox: Callable[[], list[Any]]) -> None:
    person = make.make_user(mail=User.DAILY)
    tell(person, key="held")
    User.objects.filter(pk=person.pk).update(mail=User.EACH)
    tell(User.objects.get(pk=person.pk), key="free")
    assert deliver_left_over(at=AT) == 1
    assert make_digests(at=AT) == 1
    assert deliver_left_over(at=AT) == 1
    assert len(outbox()) == 2


def test_a_digest_that_is_refused_is_seen_on_each_case(server: MailServer) -> None:
    person, officer = make.make_user(mail=User.DAILY), make.make_user("officer")
    tell(person)
    make_digests(at=AT)
    server.refused = {"*": "550 no"}
    deliver_left_over(at=AT)
    [row] = Notification.objects.troubled().of_authority(officer)
    assert (row.recipient, row.error) == (person, "address-refused")
    server.refused = {}
    send_again(row, actor=officer, at=AT)
    assert deliver_left_over(at=AT) == 1
    assert not Notification.objects.troubled().exists()


@pytest.mark.django_db(transaction=True)
def test_digests_at_once_are_one() -> None:
    people = [make.make_user(mail=User.DAILY) for _number in range(3)]
    for number in range(4):
        tell(*people, key=f"k{number}")
    assert sum(together(*[lambda: make_digests(at=AT)] * 4)) == 3
    assert sum(together(*[lambda: deliver_left_over(at=AT)] * 4)) == 3
    assert Notification.objects.filter(template="digest").count() == 3
    assert list(faults(at=AT)) == []


def remind(duty: Obligation, days: int, person: User) -> None:
    event = record(make.make_submitted(), "letter.send", actor=User.objects.system(), at=AT)
    facts = {"reference": "APP-2026-000001", "duty": duty.code, "due": str(duty.due_on)}
    notify(event, [person], "term_overdue", facts, path="/", at=AT, key=reminder_key(duty, days))


def test_a_reminder_comes_once_a_day_and_term_and_again_when_the_day_moves() -> None:
    person = make.make_user()
    duty = Obligation.objects.of(make.make_submitted()).get(code="decision")
    for _run in range(3):
        for days in (5, 1):
            remind(duty, days, person)
    rows = Notification.objects.filter(recipient=person, channel=Notification.INBOX)
    assert rows.count() == 2
    duty.due_on = duty.due_on + timedelta(days=7) if duty.due_on else date(2026, 7, 1)
    remind(duty, 5, person)
    remind(duty, 5, person)
    assert rows.count() == 3
    assert len({row.key for row in rows}) == 3


def test_an_address_nobody_confirmed() -> None:
    open_one, other = make.make_user(), make.make_user()
    confirmed = make.make_user()
    EmailAddress.objects.create(user=confirmed, email=confirmed.email.upper(), verified=True, primary=True)
    EmailAddress.objects.create(user=other, email="elsewhere@example.org", verified=True, primary=True)
    found = User.objects.get_queryset().filter(pk__in=[open_one.pk, other.pk, confirmed.pk]).without_confirmed_address()
    assert set(found) == {open_one, other}
