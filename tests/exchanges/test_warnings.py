"""The list of warnings: two people for each, one form of every domain, and what the public reads of it."""

import csv
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
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
from core.models import Event, Notification, User
from core.services import choices
from core.workflow import ROLES, StaleVersion, TransitionRefused
from exchanges import services
from exchanges.models import MarketWarning
from exchanges.workflow import WARNING
from law.market import KINDS, warning_rules
from tests import factories as make

AT = make.AT
Act = Callable[[MarketWarning, User], Any]
ACTS: dict[str, Act] = {
    "publish": lambda row, actor: services.publish_warning(row, confirmation="Harm.", actor=actor, at=AT),
    "drop": lambda row, actor: services.end_warning(row, "drop", reason="Unproven.", actor=actor, at=AT),
    "withdraw": lambda row, actor: services.end_warning(row, "withdraw", reason="Closed.", actor=actor, at=AT),
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


def refused(**given: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told:
        make.make_warning(**given)
    assert not MarketWarning.objects.filter(name=given.get("name", "none")).exists()
    return [(one.code, one.field) for one in told.value.problems]


@one_database
@pytest.mark.parametrize("state", [state.name for state in WARNING.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    proposer, bank = make.make_user("head"), make.make_authority("nbk")
    row = make.make_warning(actor=proposer, state=state)
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    people |= {
        "representative": make.make_applicant(),
        "system": make.make_system_user(),
        "foreign-head": make.make_user("head", authority=bank),
        "dismissed-head": make.make_user("head", is_active=False),
        "body-head": make.make_user("head", authority=make.make_authority("energy", decides=False)),
        "nobody": AnonymousUser(),
    }
    for step in WARNING.transitions:
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
        if step.name != "drop":  # who proposed neither publishes nor withdraws
            with pytest.raises(PermissionDenied):
                ACTS[step.name](row, proposer)


@one_database
def test_an_entry_is_kept_in_one_form_and_its_law_frozen() -> None:
    row = make.make_warning(
        domains=["https://Quick.example/a", "quick.example", "", "p\u0430y.example"], brands=[" A ", "A", ""]
    )
    assert (row.reference, row.state) == ("MW-2026-00001", "proposed")
    assert row.domains == ["quick.example", "xn--py-7kc.example"]
    assert row.brands == ["A"]
    assert [rule["code"] for rule in row.rules] == ["unsecured.closed_list_of_cases"]
    assert row.rules[0]["in_force"] == "2026-05-01"
    event = Event.objects.of(row).get()
    assert (event.audience, event.data) == ("internal", {"kind": "offshore_platform", "domains": 2})
    published = ACTS["publish"](row, make.make_user("head"))
    event = Event.objects.of(row).order_by("-seq")[0]
    assert [ground["code"] for ground in event.grounds] == ["unsecured.closed_list_of_cases", "market.warning_list"]
    assert (event.audience, published.published_at) == ("public", AT)
    assert list(faults(at=AT)) == []


@one_database
def test_everything_wrong_is_told_at_once() -> None:
    found = refused(
        kind="unlicensed_mining",
        name=" ",
        domains=["no domain", "1.2.3.4"],
        since=date(2026, 6, 17),
        texts={"kk": "А", "en": " "},
        rules=["unsecured.closed_list_of_cases"],
    )
    assert set(found) == {
        ("warning-domain", "domains"),
        ("particular-missing", "name"),
        ("particular-missing", "text_ru"),
        ("particular-missing", "text_en"),
        ("warning-day", "since"),
        ("warning-rule", "rules"),
    }
    assert len(found) == 7
    assert refused(rules=[]) == [("warning-no-rule", "rules")]
    assert refused(kind="bakery") == [("warning-kind", "kind")]
    assert refused(rules=["turnover.organising_needs_licence"]) == [("warning-rule", "rules")]  # ended on 1 May 2026
    assert refused(name="N" * 201) == [("text-too-long", "name")]
    assert refused(domains=[f"a{number}.example" for number in range(51)]) == [("warning-many", "domains")]


@one_database
def test_a_domain_stands_once_in_the_list_of_an_authority() -> None:
    first = make.make_warning(state="published")
    assert refused(name="Again") == [("warning-listed", "domains")]
    bank = make.make_user("officer", authority=make.make_authority("nbk"))
    assert make.make_warning(actor=bank).domains == first.domains
    ACTS["withdraw"](first, make.make_user("head"))
    assert make.make_warning(name="Again").domains == first.domains


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on", [date(2023, 4, 1), date(2025, 9, 1), date(2026, 1, 18), date(2026, 5, 1)])
def test_every_kind_has_a_ground_in_every_edition(kind: str, on: date) -> None:
    assert warning_rules(kind, on)


@pytest.mark.parametrize(
    ("on", "has"),
    [(date(2026, 1, 17), False), (date(2026, 1, 18), True), (date(2026, 4, 30), True), (date(2026, 5, 1), False)],
)
def test_grounds_follow_the_day(on: date, has: bool) -> None:
    codes = {rule.code for rule in warning_rules("over_the_counter", on)}
    assert ("turnover.organising_needs_licence" in codes) is has


@one_database
def test_a_ground_that_ended_before_publication_carries_nothing() -> None:
    before = datetime(2026, 4, 30, 10, tzinfo=AT.tzinfo)
    row = make.make_warning(at=before, since=date(2026, 3, 1), rules=["turnover.organising_needs_licence"])
    with pytest.raises(TransitionRefused) as told:
        ACTS["publish"](row, make.make_user("head"))
    assert [one.code for one in told.value.problems] == ["warning-ground-gone"]
    with pytest.raises(TransitionRefused) as told:
        services.publish_warning(row, confirmation=" ", actor=make.make_user("head"), at=before)
    assert [one.code for one in told.value.problems] == ["warning-unconfirmed"]


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_who_publish_at_once_one_does() -> None:
    make.make_system_user()
    row, heads, gate = make.make_warning(), [make.make_user("head"), make.make_user("head")], Barrier(2)

    def publish(head: User) -> str:
        try:
            gate.wait()
            return str(services.publish_warning(row, confirmation="Harm.", actor=head, at=AT, version=1).state)
        except (StaleVersion, TransitionRefused):
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(publish, heads)) == ["published", "refused"]
    assert Event.objects.filter(verb="marketwarning.publish").count() == 1


@one_database
def test_the_public_reads_what_was_published_and_nothing_else() -> None:
    rows = {
        state.name: make.make_warning(state=state.name, name=f"Shop {state.name}", domains=[f"{state.name}.example"])
        for state in WARNING.states
    }
    shown = anybody().get("/warnings/").content.decode()
    for state, row in rows.items():
        is_open = state in ("published", "withdrawn")
        assert (row.name in shown) is is_open
        for address in (f"/warnings/{row.reference}/", f"/api/v1/warnings/{row.reference}/"):
            assert anybody().get(address).status_code == (200 if is_open else 404)
    gone = anybody().get(f"/warnings/{rows['withdrawn'].reference}/").content.decode().replace("\xa0", " ")
    assert "withdrawn on 16 June 2026" in gone
    assert "It has closed." not in gone  # reasons and confirmation are the authority's own
    assert "Many were harmed." not in anybody().get(f"/warnings/{rows['published'].reference}/").content.decode()
    assert {one["state"] for one in anybody().get("/api/v1/warnings/").json()["results"]} == {"published", "withdrawn"}
    table = list(csv.DictReader(io.StringIO(read(anybody().get("/warnings/warnings.csv")).removeprefix("\ufeff"))))
    whole = json.loads(read(anybody().get("/warnings/warnings.json")))
    assert {row["reference"] for row in table} == {row["reference"] for row in whole}
    assert {row["withdrawn_on"] for row in whole} == {None, "2026-06-16"}


def read(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


@one_database
@pytest.mark.parametrize(
    "asked",
    [
        "quick coins",
        "QCOIN",
        "MW-2026-00001",
        "https://www.xn--py-7kc.example/login",
        "p\u0430y.example",
        "pay.example",
    ],
)
def test_it_is_found_by_name_brand_domain_and_what_looks_like_it(asked: str) -> None:
    make.make_warning(state="published", domains=["p\u0430y.example"])
    make.make_warning(state="published", name="Other", brands=[], domains=["other.example"])
    found = anybody().get("/api/v1/warnings/", {"q": asked}).json()["results"]
    assert [row["reference"] for row in found] == ["MW-2026-00001"]
    assert found[0]["domains"] == [
        {
            "name": "xn--py-7kc.example",
            "shown": "p\u0430y.example",
            "resembles": "pay.example",
            "mixed_scripts": ["cyrillic", "latin"],
        }
    ]
    assert "Its letters pass for pay.example." in anybody().get("/warnings/MW-2026-00001/").content.decode()


@one_database
def test_nonsense_in_the_query_breaks_nothing_and_pages_cost_the_same() -> None:
    make.make_warning(state="published")
    for query in ({"q": "\x00"}, {"q": "%_'"}, {"kind": "x"}, {"cursor": "n..x"}, {"cursor": "n.." + "9" * 40}):
        assert anybody().get("/warnings/", query).status_code == 200
    costs = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            anybody().get("/warnings/")
        costs.append(len(queries))
        for other in range(3):
            make.make_warning(state="published", domains=[f"a{number}{other}.example"])
    assert costs[0] == costs[1]


@one_database
def test_an_official_proposes_and_a_head_publishes_by_pages() -> None:
    officer, head = client_of(make.make_user("officer")), client_of(make.make_user("head"))
    given = {
        "kind": "promotion",
        "name": "<b>Fast</b>",
        "brands": "One\nTwo",
        "domains": "not one",
        "since": "2026-06-01",
        "rules": ["unsecured.closed_list_of_cases"],
        "text_kk": "А",
        "text_ru": "Б",
        "text_en": '<a href="https://fast.example">in</a>',
    }
    bad = officer.post("/market-warnings/new/", given)
    assert (bad.status_code, "is no domain" in bad.content.decode()) == (409, True)
    made = officer.post("/market-warnings/new/", given | {"domains": "fast.example"})
    row = MarketWarning.objects.get()
    assert made["Location"] == f"/market-warnings/{row.reference}/"
    assert officer.post(f"/market-warnings/{row.reference}/publish/", {"confirmation": "x"}).status_code == 403
    page = head.get(f"/market-warnings/{row.reference}/").content.decode()
    assert f"/market-warnings/{row.reference}/publish/" in page
    empty = head.post(f"/market-warnings/{row.reference}/publish/", {"version": 1})
    assert empty.status_code == 422
    done = head.post(f"/market-warnings/{row.reference}/publish/", {"version": 1, "confirmation": "Harm."})
    assert done.status_code == 302
    stale = head.post(f"/market-warnings/{row.reference}/withdraw/", {"version": 1, "reason": "Closed."})
    assert stale.status_code == 412
    shown = anybody().get(f"/warnings/{row.reference}/").content.decode()
    assert "&lt;b&gt;Fast&lt;/b&gt;" in shown
    assert 'href="https://fast.example"' not in shown  # links in a text are text
    assert "/warnings/" in anybody().get("/register/").content.decode()


@one_database
def test_other_authorities_and_strangers_find_no_file() -> None:
    row = make.make_warning(state="published")
    bank = make.make_authority("nbk")
    body = make.make_authority("energy", decides=False)
    for user in (make.make_user("head", authority=bank), make.make_user("officer", authority=body)):
        assert client_of(user).get(f"/market-warnings/{row.reference}/").status_code == 404
        assert client_of(user).get(f"/market-warnings/{row.reference}/withdraw/").status_code == 404
        assert row.name not in client_of(user).get("/market-warnings/").content.decode()
    assert client_of(make.make_applicant()).get(f"/market-warnings/{row.reference}/").status_code in (403, 404)
    assert anybody().get(f"/market-warnings/{row.reference}/").status_code == 302


@one_database
def test_heads_hear_of_a_proposal_and_of_a_proposed_withdrawal() -> None:
    officer, head, other = make.make_user("officer"), make.make_user("head"), make.make_user("head")
    row = make.make_warning(actor=head)
    told = Notification.objects.filter(template="warning_proposed", channel="inbox")
    assert other.pk in told.values_list("recipient", flat=True)
    assert head.pk not in told.values_list("recipient", flat=True)
    shown = services.publish_warning(row, confirmation="Many were harmed.", actor=other, at=make.AT)
    page = client_of(officer)
    address = f"/market-warnings/{row.reference}/ask-withdrawal/"
    assert page.post(address, {"reason": "It closed.", "version": shown.version}).status_code == 302
    told = Notification.objects.filter(template="warning_withdrawal", channel="inbox")
    assert set(told.values_list("recipient", flat=True)) >= {head.pk, other.pk}
    assert MarketWarning.objects.get(pk=row.pk).state == "published"


@one_database
def test_who_proposed_the_withdrawal_does_not_withdraw() -> None:
    row, head = make.make_warning(state="published"), make.make_user("head")
    asked = services.ask_withdrawal(row, reason="It closed.", actor=head, at=make.AT)
    with pytest.raises(PermissionDenied):
        services.end_warning(asked, "withdraw", reason="It closed.", actor=head, at=make.AT)
    done = services.end_warning(asked, "withdraw", reason="Closed.", actor=make.make_user("head"), at=make.AT)
    for words, state_row in (("", row), ("It closed.", done)):
        with pytest.raises(TransitionRefused):
            services.ask_withdrawal(state_row, reason=words, actor=head, at=make.AT)
