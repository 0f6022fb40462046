"""Held transfers: reported by the provider alone, ended once, with what was against the law."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.invariants import faults
from core.models import Event, Notification, User
from core.services import choices
from core.workflow import HEAD, OFFICER, ROLES, TransitionRefused
from exchanges import services
from exchanges.models import HeldTransfer
from exchanges.workflow import TRANSFER
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def refused(act: Callable[[], Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told, transaction.atomic():
        act()
    return [(one.code, one.field) for one in told.value.problems]


def over(row: HeldTransfer, step: str, actor: User, **fields: Any) -> HeldTransfer:
    given: dict[str, Any] = {"over_at": AT, "given_at": None} | fields
    return services.end_transfer(row, step, **given, actor=actor, at=AT)


@pytest.mark.parametrize("state", [state.name for state in TRANSFER.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row = make.make_transfer()
    holder, firm = make.party_of(row.licence.application), make.make_organisation()
    make.make_power_of_attorney(firm, row.organisation, holder)
    people: dict[str, Any] = {
        role: make.make_user(role, authority=row.authority)
        for role in ROLES
        if role not in ("system", "representative", "applicant")
    }
    people |= {
        "applicant": holder,
        "representative": make.make_applicant(firm),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-head": make.make_user(HEAD),
        "nobody": AnonymousUser(),
    }
    if state != "held":
        row = over(row, "pass" if state == "passed" else "refuse", holder)
    for step in TRANSFER.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in step.roles
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, AT)}
            assert offered == (may and here), (step.name, role)
            saved = transaction.savepoint()
            if may and here:
                assert over(row, step.name, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied):
                    over(row, step.name, actor)
            transaction.savepoint_rollback(saved)


def test_a_short_hold_is_told_to_the_authority_with_its_article() -> None:
    row = make.make_transfer()
    holder, officer = make.party_of(row.licence.application), make.make_user(OFFICER, authority=row.authority)
    right = over(make.make_transfer(row.licence), "refuse", holder)
    assert (right.faults, Notification.objects.filter(recipient=officer).count()) == ([], 0)
    short = over(row, "refuse", holder, over_at=AT - timedelta(hours=2))
    assert [one["code"] for one in short.faults] == ["transfer-held-short"]
    event = Event.objects.of(short).order_by("-seq")[0]
    assert [ground["code"] for ground in event.grounds] == ["transfer.hold_min"]
    assert Notification.objects.filter(recipient=officer, channel="inbox").count() == 1
    never = over(make.make_transfer(row.licence, stopped_at=None), "pass", holder)
    assert [one["code"] for one in never.faults] == ["transfer-not-stopped", "transfer-without-data"]
    page = client_of(officer).get("/transfers/?faulty=yes").content.decode()
    assert short.reference in page
    assert right.reference not in page
    assert "47.00 hours" in client_of(officer).get(f"/transfers/{short.reference}/").content.decode()
    assert list(faults(at=AT)) == []


def test_everything_wrong_is_told_at_once() -> None:
    row = make.make_transfer()
    assert refused(lambda: make.make_transfer(row.licence, own_number=" ", asset="", stopped_at=AT + timedelta(1))) == [
        ("particular-missing", "own_number"),
        ("particular-missing", "asset"),
        ("transfer-moments", "stopped_at"),
    ]
    assert refused(lambda: make.make_transfer(row.licence, own_number=row.own_number)) == [
        ("transfer-told", "own_number")
    ]
    early = datetime(2026, 4, 30, 12, tzinfo=AT.tzinfo)
    assert refused(lambda: make.make_transfer(row.licence, seen_at=early, stopped_at=early)) == [("not_in_force", None)]
    holder = make.party_of(row.licence.application)
    assert refused(lambda: over(row, "pass", holder, over_at=AT + timedelta(1))) == [("transfer-moments", "over_at")]
    with pytest.raises(PermissionDenied):
        make.make_transfer(row.licence, actor=make.make_user(OFFICER, authority=row.authority))


def test_pages_and_api() -> None:
    licence = make.make_licence(kind="nbk-exchanger")
    holder, officer = make.party_of(licence.application), make.make_user(OFFICER, authority=licence.authority)
    given = {"licence": licence.number, "own_number": "T-1", "asset": "BTC", "seen_at": "2026-06-16T09:00"}
    page = client_of(holder).post("/transfers/new/", given | {"stopped_at": "2026-06-16T09:01"})
    row = HeldTransfer.objects.get()
    assert page["Location"] == f"/transfers/{row.reference}/"
    assert "It is held" in client_of(holder).get(page["Location"]).content.decode()
    assert client_of(officer).get("/transfers/new/").status_code == 403
    assert client_of(make.make_applicant()).get(page["Location"]).status_code == 404
    assert client_of(make.make_user(OFFICER)).get("/transfers/").status_code == 404
    api = Caller(holder)
    body = {**given, "own_number": "T-2", "seen_at": AT.isoformat(), "stopped_at": None}
    made = api.post("/transfers/", body, Idempotency_Key="k1").json()
    assert (made["act"], api.post("/transfers/", body, Idempotency_Key="k1").json()) == ("stop", made)
    address = f"/transfers/{made['reference']}/"
    assert Caller(make.make_applicant()).get(address).status_code == 404
    ended = {"outcome": "refuse", "over_at": AT.isoformat()}
    assert api.post(f"{address}outcome/", ended).status_code == 428
    answer = api.post(f"{address}outcome/", ended, If_Match='"1"').json()
    assert (answer["state"], answer["faults"][0]["code"]) == ("refused", "transfer-not-stopped")
    assert answer["faults"][0]["provision"]["article"] == "6(27), 12-1(9)"
    pass_it = {"over_at": "2026-06-16T10:00", "given_at": "2026-06-16T09:30", "version": "1"}
    assert client_of(holder).post(f"/transfers/{row.reference}/pass/", pass_it).status_code == 302


def test_a_list_asks_the_same_of_many() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert officer.get("/transfers/").status_code == 200
        return len(made)

    first = make.make_transfer()
    officer = client_of(make.make_user(OFFICER, authority=first.authority))
    asked()
    few = asked()
    for _number in range(4):
        make.make_transfer(first.licence)
    assert asked() == few
