"""Timed work: once, with the true days, beside other sweeps and other people's acts, and after days of stop."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

from config.celery import app
from core.models import Event, Notification, Obligation
from core.services import deliver_left_over, remind_duties, sweep_duties
from core.services.post import ATTEMPTS, Failure, failure_of
from licensing.models import Letter, Licence, RegisterEntry
from licensing.services import accept_application, expire_licences, print_left_over
from tests import factories as make
from tests.background.crashes import write_file

WEEK = make.AT + timedelta(days=40)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts at the same moment, each on a thread and connection of its own."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(run, act) for act in acts]]


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_once_find_each_duty_once() -> None:
    make.make_user("head")
    cases = [make.make_submitted() for _number in range(6)]
    found = together(*[lambda: sweep_duties(at=WEEK)] * 4)
    found.append(sweep_duties(at=WEEK))
    assert sum(found) == 3 * len(cases)
    for case in cases:
        told = Event.objects.of(case).filter(verb="obligation.overdue")
        assert sorted(event.data["duty"] for event in told) == ["completeness", "decision", "registration"]
    # An officer nobody has: the head hears in his stead, and again as the head.
    assert sum(together(*[lambda: remind_duties(at=WEEK)] * 4)) >= 3 * 3 * len(cases)
    told_head = Notification.objects.filter(template="term_overdue", channel=Notification.INBOX)
    assert told_head.count() == 2 * 3 * len(cases)


@pytest.mark.django_db(transaction=True)
def test_sweep_beside_acts_on_the_same_cases() -> None:
    """Neither waits for the other in a circle: every act succeeds, and no duty is told twice."""
    officer = make.make_user("officer")
    for _round in range(5):
        cases = [make.make_submitted() for _number in range(3)]
        together(
            lambda: sweep_duties(at=WEEK),
            lambda cases=cases: [accept_application(case, actor=officer, at=WEEK) for case in reversed(cases)],  # type: ignore[misc]
            lambda: sweep_duties(at=WEEK),
        )
        sweep_duties(at=WEEK)
        for case in cases:
            told = [event.data["duty"] for event in Event.objects.of(case).filter(verb="obligation.overdue")]
            assert len(told) == len(set(told))
            assert "decision" in told


@pytest.mark.django_db
def test_sweep_after_a_week_keeps_the_true_days() -> None:
    case = make.make_submitted()
    licence = make.make_licence(at=make.AT - timedelta(days=3 * 366))
    last_day, due = licence.valid_to, {o.code: o.due_on for o in Obligation.objects.of(case)}
    assert expire_licences(at=WEEK) == 1
    assert sweep_duties(at=WEEK) == 3
    expired = Licence.objects.get(pk=licence.pk)
    assert (expired.state, expired.ended_on) == ("expired", last_day)
    assert RegisterEntry.objects.get(licence=licence).standing == "expired"
    for event in Event.objects.of(case).filter(verb="obligation.overdue"):
        assert event.at == WEEK
        assert event.data["due"] == str(due[event.data["duty"]])
    assert (expire_licences(at=WEEK), sweep_duties(at=WEEK)) == (0, 0)


@pytest.mark.django_db
def test_a_licence_holds_on_its_last_day() -> None:
    licence = make.make_licence()
    assert licence.valid_to is not None
    evening = make.AT.replace(
        year=licence.valid_to.year, month=licence.valid_to.month, day=licence.valid_to.day, hour=23
    )
    assert expire_licences(at=evening) == 0
    assert expire_licences(at=evening + timedelta(hours=1)) == 1


@pytest.mark.django_db
def test_the_command_does_all_and_then_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    make.make_decided()
    call_command("sweep")
    assert not Letter.objects.unprinted().exists()
    assert not Notification.objects.unsent().exists()
    call_command("sweep")
    told = capsys.readouterr().out
    assert "0 letters printed, 0 archives made, 0 mails sent, 0 mails came back" in told
    assert "0 webhooks called, 0 signatures verified, 0 files of rows looked at, 0 rows erased, 0 events sealed" in told


@pytest.mark.django_db
def test_a_letter_that_cannot_be_printed_holds_up_no_other() -> None:
    broken, whole = make.make_submitted(), make.make_submitted()
    Letter.objects.filter(application=broken).update(kind="no-such-letter")
    assert print_left_over(at=make.AT) == 1
    assert Letter.objects.unprinted().get().application == broken
    assert whole.letters.get().document is not None


@pytest.mark.django_db
def test_a_mail_server_that_is_down_loses_no_mail(settings: Any, tmp_path: Path) -> None:
    make.make_submitted()
    print_left_over(at=make.AT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    for _try in range(ATTEMPTS + 3):
        assert deliver_left_over(at=make.AT) == 0
    mail = Notification.objects.unsent().get()
    assert (mail.attempts, mail.error, mail.bounced_at) == (0, "post-down", None)
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    assert deliver_left_over(at=make.AT) == 1
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ConnectionRefusedError(), Failure("post-down", of_post=True)),
        (TimeoutError(), Failure("post-down", of_post=True)),
        (SMTPServerDisconnected(), Failure("post-down", of_post=True)),
        (OSError(28, "no space left"), Failure("post-down", of_post=True)),
        (SMTPAuthenticationError(535, b"who"), Failure("login-refused", 535, of_post=True)),
        (SMTPSenderRefused(550, b"not you", "a@example.org"), Failure("sender-refused", 550, of_post=True)),
        (SMTPSenderRefused(451, b"later", "a@example.org"), Failure("post-later", 451, of_post=True)),
        (SMTPRecipientsRefused({"a@example.org": (450, b"try later")}), Failure("address-later", 450)),
        (SMTPRecipientsRefused({"a@example.org": (550, b"nobody")}), Failure("address-refused", 550, lasting=True)),
        (SMTPDataError(452, b"try later"), Failure("post-later", 452, of_post=True)),
        (SMTPDataError(554, b"refused"), Failure("content-refused", 554, lasting=True)),
        (ValueError("words cannot be made"), Failure("words", lasting=True)),
    ],
)
def test_what_a_failure_means(error: Exception, failure: Failure) -> None:
    assert failure_of(error) == failure


@pytest.mark.django_db
def test_a_mail_that_can_never_go_is_given_up_after_days() -> None:
    make.make_submitted()
    print_left_over(at=make.AT)
    Notification.objects.update(template="no-such-words")
    for day in range(ATTEMPTS):
        deliver_left_over(at=make.AT + timedelta(days=day))
        deliver_left_over(at=make.AT + timedelta(days=day))  # not before its time
    assert not Notification.objects.unsent().exists()
    mail = Notification.objects.get(channel=Notification.MAIL)
    assert (mail.bounced_at, mail.error) == (make.AT + timedelta(days=ATTEMPTS - 1), "words")


def test_ten_processes_write_one_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    sizes = [2_000_000 + n for n in range(10)]
    with ProcessPoolExecutor(10, mp_context=get_context("spawn")) as pool:
        first = list(pool.map(write_file, [str(path)] * 10, sizes))
    assert first.count(True) == 1
    content = path.read_bytes()
    assert len(content) == sizes[first.index(True)]
    assert set(content) == {len(content) % 256}
    assert os.listdir(tmp_path) == ["letter.eml"]


@pytest.mark.django_db(transaction=True)  # beat closes its connection
def test_schedules_stand_in_the_admin_and_name_real_tasks(settings: Any) -> None:
    app.loader.import_default_modules()
    DatabaseScheduler(app=app).sync()
    rows = {row.name: row for row in PeriodicTask.objects.all()}
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        assert rows[name].task == entry["task"]
        assert rows[name].task in app.tasks
        assert rows[name].expire_seconds == entry["options"]["expire_seconds"]


@pytest.mark.django_db
def test_every_task_may_run_twice() -> None:
    app.loader.import_default_modules()
    case = make.make_submitted(at=timezone.now())
    letter = case.letters.get()
    for _turn in range(2):
        app.tasks["licensing.print"](letter.pk)
        app.tasks["core.deliver"](f"letter:{letter.pk}")
        app.tasks["core.call_webhooks"](1)
        app.tasks["core.work_on_row_file"](1)
        told = {"core.deliver", "core.call_webhooks", "core.work_on_row_file", "licensing.print"}  # of one thing each
        told |= {"licensing.make_archive", "licensing.print_clarification", "licensing.verify_signature"}
        for name in [name for name in app.tasks if name.startswith(("core.", "licensing.")) and name not in told]:
            app.tasks[name]()
    assert Event.objects.of(case).filter(verb="letter.print").count() == 1
    assert Notification.objects.filter(key=f"letter:{letter.pk}").count() == 2
