"""The share of the world's hash rate: figures that are corrected and never overwritten, and the register by day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.models import Event
from mining.models import Machine, WorldHashRate
from mining.models.hash_rate import registered_on
from mining.services import enter_world_hash_rate, shares_of_world
from tests import factories as make
from tests.api.conftest import Caller
from tests.mining import world
from tests.mining.test_centres import refused
from tests.mining.test_screens_and_api import client_of, text

pytestmark = pytest.mark.django_db
DAY = make.AT.date()


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(make.AT):
        yield


def figure(**values: Any) -> WorldHashRate:
    head = values.pop("actor", None) or make.make_user("head")
    given: dict[str, Any] = {"day": DAY, "amount": Decimal(900), "unit": "EH/s", "source": "Survey 7"} | values
    return enter_world_hash_rate(head.authority or make.make_authority(), **given, actor=head, at=make.AT)


def test_a_correction_is_a_new_row_with_its_reason() -> None:
    first, head = figure(), make.make_user("head")
    again: dict[str, Any] = {"day": DAY, "amount": Decimal(950), "unit": "EH/s", "source": "Survey 7"}
    authority = head.authority
    assert set(refused(enter_world_hash_rate, authority, **again, actor=head)) == {"world-twice"}
    assert set(refused(enter_world_hash_rate, authority, **again, corrects=first, actor=head)) == {"world-reason"}
    second = figure(**again, corrects=first, reason="Misread.")
    first.refresh_from_db()
    assert (first.standing, first.amount, second.standing, second.corrects) == (False, Decimal(900), True, first)
    late = refused(enter_world_hash_rate, authority, **again, corrects=first, reason="Again.", actor=head)
    assert set(late) == {"world-corrected", "world-twice"}
    moved = figure(**(again | {"day": DAY - timedelta(days=1)}), corrects=second, reason="Of the day before.")
    assert list(WorldHashRate.objects.standing()) == [moved]
    assert {event.verb for event in Event.objects.of(second)} == {"worldhashrate.enter"}


def test_everything_wrong_is_told_at_once() -> None:
    head = make.make_user("head")
    wrong: dict[str, Any] = {"day": DAY + timedelta(days=1), "amount": Decimal(0), "unit": "MH/s", "source": " "}
    found = refused(enter_world_hash_rate, head.authority, **wrong, actor=head)
    assert set(found) == {"world-source", "world-amount", "world-unit", "world-day"}
    for role in ("officer", "inspector", "auditor"):
        with pytest.raises(PermissionDenied):
            figure(actor=make.make_user(role))
    row = figure()
    for broken in ({"source": ""}, {"amount": 0}, {"reason": "x"}, {"unit": "MH/s"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorldHashRate.objects.filter(pk=row.pk).update(**broken)


def test_machines_count_from_the_day_they_enter_to_the_day_before_they_leave() -> None:
    machines = world.registered(make.make_applicant(), 3)
    world.ask(make.make_applicant(), [world.machine_row(50)])  # asked for, not in the register
    days = [date(2026, 5, 1) + timedelta(days=step) for step in range(3)]
    Machine.objects.filter(pk=machines[0].pk).update(included_on=days[0])
    Machine.objects.filter(pk__in=[one.pk for one in machines[1:]]).update(included_on=days[1])
    Machine.objects.filter(pk=machines[2].pk).update(excluded_on=days[2], exclusion_reason="Worn out.")
    found = registered_on(make.make_authority(), [days[0] - timedelta(days=1), *days, DAY])
    assert [one.machines for one in found] == [0, 1, 3, 2, 2]
    assert [one.terahashes for one in found] == [0, 200, 600, 400, 400]
    assert registered_on(make.make_authority("nbk"), [DAY])[0].machines == 0


def test_the_share_is_over_the_last_figure_of_the_day_or_before() -> None:
    world.registered(make.make_applicant(), 3)
    figure(day=date(2026, 6, 1), amount=Decimal("1.5"), unit="PH/s")
    wrong = figure(day=date(2026, 6, 10), amount=Decimal(9))
    figure(day=date(2026, 6, 10), amount=Decimal(3), unit="PH/s", corrects=wrong, reason="Unit.")
    days = [date(2026, 5, 31), date(2026, 6, 9), DAY]
    before, between, now = shares_of_world(make.make_authority(), days)
    assert (before.world, before.share) == (None, None)
    assert between.share is not None
    assert (between.share.value, between.registered.machines) == (Decimal(0), 0)
    assert now.share is not None
    assert now.share.value == Decimal("0.2")
    assert str(now.share.arithmetic[1]) == "600 TH/s registered / 3\u202f000 TH/s = 20 per cent"


def test_the_page_says_what_is_missing_and_then_the_share_with_the_marks() -> None:
    head, officer = client_of(make.make_user("head")), client_of(make.make_user("officer"))
    page = text(officer.get("/power/hash-rate/"))
    assert "No figure of the world is entered" in page
    for words in ("late 2021", "mid-2023", "from a legal commentary only", "unconfirmed"):
        assert words in page
    world.registered(make.make_applicant(), 3)
    data = {"day": "2026-06-10", "amount": "3", "unit": "PH/s", "source": "https://survey.example/7"}
    assert officer.get("/power/hash-rate/new/").status_code == 403
    assert head.post("/power/hash-rate/new/", {}).status_code == 422
    assert head.post("/power/hash-rate/new/", data | {"day": "2027-01-01"}).status_code == 409
    assert head.post("/power/hash-rate/new/", data).status_code == 302
    row = WorldHashRate.objects.get()
    page = text(head.get("/power/hash-rate/"))
    assert "600 TH/s registered / 3\u202f000 TH/s = 20 per cent" in page
    assert 'href="https://survey.example/7"' in page
    again = data | {"amount": "6", "reason": "Doubled."}
    assert head.post(f"/power/hash-rate/{row.pk}/correct/", again).status_code == 302
    assert "Doubled." in text(head.get("/power/hash-rate/"))
    lines = text(head.get("/power/hash-rate.csv")).splitlines()
    assert lines[1].startswith("late 2021,")
    assert lines[-1] == "2026-06-16,600,3,6,PH/s,2026-06-10,https://survey.example/7,10"
    foreign = client_of(make.make_user("head", authority=make.make_authority("nbk")))
    assert foreign.get(f"/power/hash-rate/{row.pk}/correct/").status_code == 404


def test_by_api() -> None:
    world.registered(make.make_applicant(), 3)
    figure(amount=Decimal(3), unit="PH/s")
    api = Caller(make.make_user("officer"))
    found = api.get("/hash-rate/").json()
    assert (found["results"][-1]["share"], found["results"][-1]["world"]["unit"]) == ("20", "PH/s")
    assert [(one["share"], one["confidence"]) for one in found["marks"]] == [("18", "source"), ("4", "source")]
    assert [one["amount"] for one in api.get("/hash-rate/world/").json()["results"]] == ["3"]
