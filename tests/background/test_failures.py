"""Workers killed, brokers stopped, processes dead between two steps: nothing fails, is lost, or comes twice."""

import email
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from config.invariants import faults
from core.models import Event, Notification, User
from core.services import make_key, notify, publishing, record
from core.services.publishing import publish
from inspections.models import ControlPlan, PlanCandidate
from inspections.services.plan_rows import digest_of_plan
from inspections.services.plan_terms import sweep_plans
from inspections.services.planning.forming import form_again
from licensing.models import Letter
from licensing.services import submit_application
from tests import factories as make
from tests.background.support import Broker, Worker, outbox_files, product_environment, wait_for
from tests.inspections import world
from tests.inspections.planning import SWEPT, make_population

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stress]
Start = Callable[[], Worker]


def tell(count: int) -> str:
    """One event told to so many people; returns the key."""
    officer = make.make_user("officer")
    people = User.objects.bulk_create(
        User(email=f"reader{n}@example.org", full_name=f"Reader {n}", language="en") for n in range(count)
    )
    event = record(officer, "user.enter", actor=officer, at=make.AT)
    notify(event, people, "case_assigned", {"reference": "APP-2026-000001"}, path="/", at=make.AT, key="many")
    return "many"


def unsent() -> bool:
    return Notification.objects.unsent().exists()


def recipients(folder: Path) -> Counter[str]:
    """How many mails lie in the outbox, by their recipient."""
    return Counter(
        str(email.message_from_bytes(path.read_bytes(), policy=default)["To"]) for path in outbox_files(folder)
    )


def crash(where: str, pk: int, broker: Broker, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.background.crashes", where, str(pk)]
    done = subprocess.run(command, env=product_environment(broker, folder), capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_worker_killed_while_it_sends(broker: Broker, start_worker: Start, tmp_path: Path) -> None:
    worker = start_worker()
    key = tell(400)
    wait_for(lambda: len(outbox_files(tmp_path)) >= 30, "the worker sends")
    worker.kill()
    assert 0 < len(outbox_files(tmp_path)) < 400
    assert unsent()
    start_worker()  # a new worker …
    assert publish("core.deliver", [key])
    call_command("sweep", verbosity=0)  # … and the sweep, at the same time
    wait_for(lambda: not unsent(), "all is sent")
    assert recipients(tmp_path) == Counter({f"reader{n}@example.org": 1 for n in range(400)})
    assert Notification.objects.filter(channel=Notification.INBOX, key=key).count() == 400


def test_killed_between_the_file_and_the_commit(broker: Broker, tmp_path: Path) -> None:
    tell(1)
    mail = Notification.objects.unsent().get()
    crash("deliver", mail.pk, broker, tmp_path)
    mail.refresh_from_db()
    assert mail.sent_at is None  # the database does not know …
    assert len(outbox_files(tmp_path)) == 1  # … that the mail is out
    written = outbox_files(tmp_path)[0].read_bytes()
    call_command("sweep", verbosity=0)
    assert not unsent()
    assert [path.read_bytes() for path in outbox_files(tmp_path)] == [written]


def test_killed_between_commit_and_publishing(broker: Broker, tmp_path: Path) -> None:
    draft = make.make_draft()
    crash("submit", draft.pk, broker, tmp_path)
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert Letter.objects.unprinted().count() == 1
    call_command("sweep", verbosity=0)
    assert Letter.objects.unprinted().count() == 0
    assert not unsent()
    assert recipients(tmp_path) == Counter({draft.created_by.email: 1})


def test_killed_while_it_forms_a_plan(broker: Broker, tmp_path: Path) -> None:
    """Nothing of it is left; the next sweep forms the same plan as ever, and the one after finds it."""
    make.make_system_user()
    world.make_inspector()
    run = make_population(8)
    crash("form", 3, broker, tmp_path)
    assert not ControlPlan.objects.exists()
    assert not PlanCandidate.objects.exists()
    assert sweep_plans(at=SWEPT) == 1  # what is owed stands since before
    assert sweep_plans(at=SWEPT) == 0
    plan = ControlPlan.objects.get()
    assert (plan.reference, plan.risk_run, plan.chosen) == ("CP-2027-00001", run, 8)
    assert plan.entries.count() == plan.candidates.count() == 8
    assert plan.digest == digest_of_plan(plan) == form_again(plan)
    assert Event.objects.filter(verb="controlplan.form").count() == 1


@pytest.mark.parametrize("harm", ["stop", "freeze"])
def test_broker_gone_during_acts_logins_and_calls(
    harm: str, broker: Broker, start_worker: Start, tmp_path: Path, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    draft = make.make_draft()
    key = make_key(draft.created_by, actor=draft.created_by, at=timezone.now())[1]
    officer = make.make_user("officer", email="officer@example.org")
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    getattr(broker, harm)()

    case = submit_application(draft, actor=draft.created_by, at=make.AT)
    make.make_decided(officer=officer)
    login = Client().post("/accounts/login/", {"login": officer.email, "password": make.PASSWORD})
    assert login.status_code == 302
    answer = Client().get("/api/v1/applications/", headers={"Authorization": f"Token {key}"})
    assert answer.status_code == 200
    assert case.reference in answer.content.decode()
    assert Client().get("/register/").status_code == 200
    assert Letter.objects.unprinted().exists()

    broker.start() if harm == "stop" else broker.thaw()
    start_worker()
    call_command("sweep", verbosity=0)
    wait_for(lambda: not unsent() and not Letter.objects.unprinted().exists(), "all letters go out")
    assert len(outbox_files(tmp_path)) == Notification.objects.filter(channel=Notification.MAIL).count()
    assert list(faults(at=make.AT)) == []


def test_one_failure_to_publish_is_enough(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a broker that is down one act waits for it, and those right after do not even ask."""
    monkeypatch.setattr(publishing, "QUIET", 3600)
    broker.stop()
    assert not publish("core.deliver", ["x"])
    broker.start()
    assert not publish("core.deliver", ["x"])
    monkeypatch.setattr(publishing, "_quiet_until", 0.0)
    assert publish("core.deliver", ["x"])


def test_a_worker_prints_and_sends_without_being_swept(broker: Broker, start_worker: Start, tmp_path: Path) -> None:
    start_worker()
    case = make.make_submitted()
    wait_for(
        lambda: Notification.objects.filter(template="letter_sent").exists() and not unsent(), "the receipt is sent"
    )
    assert recipients(tmp_path) == Counter({case.created_by.email: 1})
