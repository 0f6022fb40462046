"""The list of approved assets: two hands in and out, the days it stands on, and what the public reads of it."""

import csv
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.invariants import faults
from core.models import Event, User
from core.services import choices
from core.workflow import ROLES, StaleVersion, TransitionRefused
from exchanges import services
from exchanges.models import ApprovedAsset
from exchanges.workflow import APPROVED
from tests import factories as make

AT = make.AT
TODAY = AT.date()
Act = Callable[[ApprovedAsset, User], Any]
ACTS: dict[str, Act] = {
    "publish": lambda row, actor: services.publish_asset(row, actor=actor, at=AT),
    "drop": lambda row, actor: services.drop_asset(row, reason="Unproven.", actor=actor, at=AT),
    "propose_withdrawal": lambda row, actor: services.propose_withdrawal(
        row, ending_from=date(2026, 7, 1), reason="It stands still.", actor=actor, at=AT
    ),
    "keep": lambda row, actor: services.keep_asset(row, actor=actor, at=AT),
    "withdraw": lambda row, actor: services.withdraw_asset(row, confirmation="Harm.", actor=actor, at=AT),
}
one_database = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def read(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def refused(act: Callable[[], Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told:
        act()
    return [(one.code, one.field) for one in told.value.problems]


@one_database
@pytest.mark.parametrize("state", [state.name for state in APPROVED.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    bank = make.make_authority("nbk")
    proposer = make.make_user("head", authority=bank)
    row = make.make_approved(actor=proposer, state=state)
    people: dict[str, Any] = {
        role: make.make_user(role, authority=bank) for role in ROLES if role not in ("system", "representative")
    }
    people |= {
        "applicant": make.make_applicant(),
        "representative": make.make_applicant(),
        "system": make.make_system_user(),
        "foreign-head": make.make_user("head"),
        "dismissed-head": make.make_user("head", authority=bank, is_active=False),
        "nobody": AnonymousUser(),
    }
    for step in APPROVED.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in step.roles
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, AT)}
            assert offered == (may and here), (step.name, role)
            saved = transaction.savepoint()
            if may and here:
                assert ACTS[step.name](row, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied):
                    ACTS[step.name](row, actor)
            transaction.savepoint_rollback(saved)
    if state in ("proposed", "ending"):  # the same person does not do both
        with pytest.raises(PermissionDenied):
            ACTS["publish" if state == "proposed" else "withdraw"](row, proposer)


@one_database
def test_everything_wrong_is_told_at_once() -> None:
    found = refused(
        lambda: make.make_approved(
            name=" ",
            symbol="X" * 21,
            decision="",
            first_day=date(2026, 4, 30),
            last_day=date(2026, 4, 1),
            limit_amount=Decimal(0),
            limit_period="week",
        )
    )
    assert set(found) == {
        ("particular-missing", "name"),
        ("particular-missing", "decision"),
        ("text-too-long", "symbol"),
        ("not_in_force", "first_day"),
        ("days-order", "last_day"),
        ("limit-amount", "limit_amount"),
        ("limit-part", "limit_period"),
        ("limit-part", "limit_clients"),
    }
    assert not ApprovedAsset.objects.exists()


@one_database
def test_two_assets_may_share_a_symbol_and_the_same_stands_once() -> None:
    first = make.make_approved()
    assert (first.reference, first.symbol) == ("AA-2026-00001", "DALA")
    other = make.make_approved(name="Dala Token", network="Steppe")
    assert other.symbol == first.symbol
    assert refused(lambda: make.make_approved(name=" Dala  Coin ")) == [("asset-listed", "name")]
    assert ApprovedAsset.objects.count() == 2
    assert list(faults(at=AT)) == []
    shown = anybody().get("/approved-assets/").content.decode()
    assert shown.count("shares its symbol") >= 2


@one_database
@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (date(2026, 5, 3), False),
        (date(2026, 5, 4), True),
        (date(2026, 7, 15), True),
        (date(2026, 7, 16), False),
    ],
)
def test_it_stands_from_its_first_day_to_the_day_before_it_leaves(day: date, stands: bool) -> None:
    row = make.make_approved(state="withdrawn", ending_from=date(2026, 7, 16))
    assert row.until == date(2026, 7, 15)
    assert row.stands(day) is stands
    assert ApprovedAsset.objects.standing(day).exists() is stands


@one_database
def test_a_withdrawal_looks_ahead_and_needs_words() -> None:
    row, head = (
        make.make_approved(last_day=date(2026, 12, 31)),
        make.make_user("head", authority=make.make_authority("nbk")),
    )

    def propose(day: date, reason: str = "Why.") -> Any:
        return services.propose_withdrawal(row, ending_from=day, reason=reason, actor=head, at=AT)

    assert refused(lambda: propose(TODAY - timedelta(days=1))) == [("asset-ending", "ending_from")]
    assert refused(lambda: propose(date(2027, 1, 1), " ")) == [
        ("asset-reason", "reason"),
        ("asset-ending", "ending_from"),
    ]
    proposed = propose(TODAY)
    assert proposed.stands(TODAY)  # nothing changes before another decides
    other = make.make_user("head", authority=proposed.authority)
    blank = refused(lambda: services.withdraw_asset(proposed, confirmation="", actor=other, at=AT))
    assert blank == [("asset-unconfirmed", "confirmation")]
    late = AT + timedelta(days=2)
    passed = refused(lambda: services.withdraw_asset(proposed, confirmation="Harm.", actor=other, at=late))
    assert passed == [("asset-ending", "ending_from")]
    gone = services.withdraw_asset(proposed, confirmation="Harm.", actor=other, at=AT)
    assert not gone.stands(TODAY)
    event = Event.objects.of(gone).latest("seq")
    assert [ground["code"] for ground in event.grounds] == ["exchanger.approved_assets"]
    assert (event.audience, event.data) == ("public", {"from": "2026-06-16"})


@pytest.mark.django_db(transaction=True)
def test_of_two_who_propose_the_same_asset_at_once_one_does() -> None:
    make.make_system_user()
    bank = make.make_authority("nbk")
    officers, gate = [make.make_user("officer", authority=bank) for _number in range(2)], Barrier(2)

    def propose(officer: User) -> str:
        try:
            gate.wait()
            return str(make.make_approved(actor=officer, state="proposed").reference)
        except TransitionRefused as told:
            return told.problems[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(propose, officers)) == ["AA-2026-00001", "asset-listed"]


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_who_withdraw_at_once_one_does() -> None:
    make.make_system_user()
    row, gate = make.make_approved(state="ending"), Barrier(2)
    heads = [make.make_user("head", authority=row.authority) for _number in range(2)]

    def withdraw(head: User) -> str:
        try:
            gate.wait()
            done = services.withdraw_asset(row, confirmation="Harm.", actor=head, at=AT, version=row.version)
            return str(done.state)
        except (StaleVersion, TransitionRefused):
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(withdraw, heads)) == ["refused", "withdrawn"]


@one_database
def test_the_public_reads_the_list_of_a_day_and_nothing_else() -> None:
    rows = {
        state.name: make.make_approved(state=state.name, name=f"Coin {state.name}", ending_from=date(2026, 6, 20))
        for state in APPROVED.states
    }
    for day, there in (
        ("2026-05-03", ()),
        ("2026-06-16", ("listed", "ending", "withdrawn")),
        ("2026-06-20", ("listed", "ending")),
    ):
        shown = anybody().get("/approved-assets/", {"on": day}).content.decode()
        assert {state for state in rows if f"Coin {state}" in shown} == set(there), day
        told = anybody().get("/api/v1/approved-assets/", {"on": day}).json()["results"]
        assert {one["name"].removeprefix("Coin ") for one in told} == set(there)
    for state, row in rows.items():
        for address in (f"/approved-assets/{row.reference}/", f"/api/v1/approved-assets/{row.reference}/"):
            assert anybody().get(address).status_code == (200 if state in ("listed", "ending", "withdrawn") else 404)
    ending = anybody().get(f"/api/v1/approved-assets/{rows['ending'].reference}/").json()
    assert (ending["state"], ending["last_day"]) == ("listed", None)  # what is only proposed nobody reads
    assert anybody().get(f"/api/v1/approved-assets/{rows['withdrawn'].reference}/").json()["last_day"] == "2026-06-19"
    page = anybody().get(f"/approved-assets/{rows['withdrawn'].reference}/").content.decode()
    assert "Its network stands still." in page  # the reason is public
    assert "Clients may lose it." not in page  # the head's confirmation is the authority's own
    table = list(
        csv.DictReader(io.StringIO(read(anybody().get("/approved-assets/approved-assets.csv")).removeprefix("\ufeff")))
    )
    whole = json.loads(read(anybody().get("/approved-assets/approved-assets.json")))
    assert {row["reference"] for row in table} == {row["reference"] for row in whole}
    assert len(whole) == 3


@one_database
def test_nonsense_in_the_query_breaks_nothing_and_pages_cost_the_same() -> None:
    make.make_approved()
    for query in ({"q": "\x00"}, {"on": "x"}, {"on": "0001-01-01"}, {"cursor": "n..x"}, {"cursor": "n.." + "9" * 40}):
        assert anybody().get("/approved-assets/", query).status_code == 200
    assert anybody().get("/api/v1/approved-assets/", {"on": "x"}).status_code == 400
    officer = client_of(make.make_user("officer", authority=make.make_authority("nbk")))
    for browser, address in (
        (anybody(), "/approved-assets/"),
        (officer, "/asset-list/"),
        (anybody(), "/api/v1/approved-assets/"),
    ):
        costs = []
        for number in range(2):
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            costs.append(len(queries))
            for other in range(3):
                make.make_approved(name=f"Coin {address}{number}{other}")
        assert costs[0] == costs[1], address


@one_database
def test_an_official_proposes_and_another_enters_and_withdraws_by_pages() -> None:
    bank = make.make_authority("nbk")
    officer, head = (client_of(make.make_user(role, authority=bank)) for role in ("officer", "head"))
    given = {"name": "<b>Fast</b>", "symbol": "fst", "first_day": "2026-06-17", "decision": "No. 1"}
    bad = officer.post("/asset-list/new/", given | {"limit_amount": "100"})
    assert (bad.status_code, "over what it is counted" in bad.content.decode()) == (409, True)
    made = officer.post("/asset-list/new/", given)
    row = ApprovedAsset.objects.get()
    file = f"/asset-list/{row.reference}/"
    assert made["Location"] == file
    assert officer.post(f"{file}publish/", {"version": 1}).status_code == 403
    assert f"{file}publish/" in head.get(file).content.decode()
    assert head.post(f"{file}publish/", {"version": 1}).status_code == 302
    assert officer.post(f"{file}propose-withdrawal/", {"version": 2, "ending_from": "2026-06-20"}).status_code == 422
    ending = {"version": 2, "ending_from": "2026-06-20", "reason": "It stands still."}
    assert officer.post(f"{file}propose-withdrawal/", ending).status_code == 302
    assert head.post(f"{file}withdraw/", {"version": 2, "confirmation": "Harm."}).status_code == 412
    assert head.post(f"{file}withdraw/", {"version": 3, "confirmation": "Harm."}).status_code == 302
    assert "&lt;b&gt;Fast&lt;/b&gt;" in anybody().get(f"/approved-assets/{row.reference}/").content.decode()


@one_database
def test_other_authorities_and_strangers_find_no_file() -> None:
    row = make.make_approved()
    for user in (make.make_user("head"), make.make_user("head", authority=make.make_authority("fmr"))):
        for address in ("/asset-list/", f"/asset-list/{row.reference}/", f"/asset-list/{row.reference}/withdraw/"):
            assert client_of(user).get(address).status_code == 404
    assert client_of(make.make_applicant()).get(f"/asset-list/{row.reference}/").status_code == 404
    assert anybody().get(f"/asset-list/{row.reference}/").status_code == 302
