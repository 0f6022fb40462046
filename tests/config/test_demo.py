"""The demo: every state, real acts with real days, nothing twice, nobody's mailbox flooded."""

import io
import re
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from config import demo
from config.demo import names, papers, plan
from config.invariants import faults
from core.models import Authority, Event, Notification, Obligation, User
from core.services import verify_events
from law.identifiers import describe, is_valid_bin, is_valid_iin
from licensing.models import Application, Clarification, ClarificationReliance, Letter, Licence, RegisterEntry
from licensing.workflow import APPLICATION
from tests.factories import ALMATY

MONDAY = datetime(2026, 11, 23, 17, 30, tzinfo=ALMATY)
SUNDAY_MORNING = datetime(2026, 8, 30, 6, 15, tzinfo=ALMATY)


@pytest.fixture(autouse=True)
def demo_is_on(settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    settings.STAFF_SECOND_FACTOR = False


@pytest.mark.django_db
def test_demo_is_whole(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    now = MONDAY
    with time_machine.travel(now, tick=False), django_capture_on_commit_callbacks(execute=True):
        assert demo.load(now=now, licensees=5) is not None
        again = demo.load(now=now)
    assert again is None
    assert list(faults(at=now)) == []
    assert list(verify_events()) == []
    told = {state.name for state in APPLICATION.states} - {"deemed"}  # silence issues no mining licence
    assert set(Application.objects.values_list("state", flat=True)) == told
    assert not Notification.objects.unsent().exists()
    assert not Letter.objects.unprinted().exists()
    assert set(Licence.objects.values_list("state", flat=True)) == {"in_force", "expired", "ended"}
    assert Counter(Clarification.objects.values_list("state", flat=True)) == {
        "published": 2,
        "private": 1,
        "drafted": 1,
    }
    assert ClarificationReliance.objects.count() == 1
    assert Authority.objects.filter(decides=True).count() == 3
    late = Obligation.objects.open().filter(overdue_at__isnull=False, debtor=Obligation.AUTHORITY)
    assert late.exists()
    lives: dict[tuple[str, int], list[datetime]] = defaultdict(list)
    for kind, number, at in Event.objects.order_by("id").values_list("subject_type", "subject_id", "at"):
        lives[kind, number].append(at)
    assert all(moments == sorted(moments) for moments in lives.values())  # whatever happened, in its order
    assert max(max(moments) for moments in lives.values()) <= now
    numbers = Licence.objects.order_by("granted_on", "id").values_list("number", "granted_on")
    for series in ("M1-2024", "M2-2024"):
        inside = [number for number, _day in numbers if number.startswith(series)]
        assert inside == sorted(inside)


@pytest.mark.django_db
@time_machine.travel(SUNDAY_MORNING, tick=False)
def test_log_ins_and_the_key_work_also_on_a_sunday_before_dawn() -> None:
    assert demo.load(now=SUNDAY_MORNING, licensees=1) is not None
    assert list(faults(at=SUNDAY_MORNING)) == []
    shown = [io.StringIO(), io.StringIO()]
    for out in shown:
        call_command("demo", logins=True, stdout=out)
    assert shown[0].getvalue() == shown[1].getvalue()
    for login in demo.LOGINS:
        assert login.email in shown[0].getvalue()
        answer = Client().post("/accounts/login/", {"login": login.email, "password": demo.PASSWORD})
        assert answer.status_code == 302, login.email
    key = shown[0].getvalue().split()[-1]
    assert Client().get("/api/v1/me/", headers={"Authorization": f"Token {key}"}).status_code == 200
    outside = User.objects.filter(email__contains="@holder.example")
    assert outside.exists()
    assert not any(person.has_usable_password() for person in outside)


@pytest.mark.django_db
def test_the_command_keeps_out_of_real_data(settings: Any) -> None:
    settings.DEMO = False
    said = io.StringIO()
    call_command("demo", stderr=said)
    call_command("demo", logins=True, stderr=said)
    assert "DEMO is not set" in said.getvalue()
    assert not Application.objects.exists()
    assert not RegisterEntry.objects.exists()


def test_plan_counts_as_the_register_did() -> None:
    plans = plan.licensee_plans(plan.LICENSEES, MONDAY.date())
    assert Counter(one.kind for one in plans) == {"mining-licence-1": 17, "mining-licence-2": 28}
    assert [one.filed_on for one in plans] == sorted(one.filed_on for one in plans)


def test_names_and_numbers_are_invented_and_valid() -> None:
    called = [names.company(number).en for number in range(600)]
    assert len(set(called)) == 600
    bins = [names.bin_number(number, MONDAY.date()) for number in range(300)]
    assert all(map(is_valid_bin, bins))
    assert all(describe(number).holder == "resident_entity" for number in bins)
    iins = [names.iin_number(number, datetime(1980, 2, 3, tzinfo=ALMATY).date()) for number in range(100)]
    assert all(map(is_valid_iin, iins))
    assert len(set(bins)) == 300


def test_papers_open() -> None:
    upload = papers.paper("fee-proof", holder="Nobody (Real) LLP", number="1/2026", on=MONDAY.date())
    content = upload.stream.read()
    start = int(re.findall(rb"startxref\n(\d+)", content)[0])
    assert content[start : start + 4] == b"xref"
    for offset, number in zip(re.findall(rb"(\d{10}) 00000 n", content), range(1, 6), strict=True):
        assert content[int(offset) :].startswith(b"%d 0 obj" % number)
