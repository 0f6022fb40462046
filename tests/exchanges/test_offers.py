"""What is offered beside the list: declared, ended, observed; each difference a breach once; the end that is owed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken

from core.models import Notification, Obligation, User
from core.services import sweep_duties
from core.workflow import TransitionRefused
from exchanges import services
from exchanges.models import OfferDifference, OfferedAsset
from exchanges.services import AssetNamed
from exchanges.services.differences import differing
from licensing.models import Breach, Licence
from tests import factories as make

AT = make.AT
TODAY = AT.date()
one_database = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def exchanger(**fields: Any) -> Licence:
    return make.make_licence(kind="nbk-exchanger", at=AT - timedelta(days=20), **fields)


def refused(act: Callable[[], Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told:
        act()
    return [(one.code, one.field) for one in told.value.problems]


def found() -> list[tuple[str, str, date]]:
    rows = OfferDifference.objects.order_by("id")
    return [(row.kind, row.key, row.since) for row in rows]


def on(day: date) -> datetime:
    return AT.replace(month=day.month, day=day.day)


@one_database
def test_a_listed_asset_is_no_breach_and_an_unlisted_is_one_once() -> None:
    licence = exchanger()
    listed = make.make_offer(licence, asset=make.make_approved())
    assert (listed.name, listed.symbol, listed.key) == ("Dala Coin", "DALA", "AA-2026-00001")
    assert found() == []
    offer = make.make_offer(licence)
    assert found() == [("unlisted", "wild|wild coin||", TODAY)]
    breach = Breach.objects.get()
    assert (breach.source, breach.licence_id, breach.ground["code"]) == (
        "check",
        licence.pk,
        "exchanger.approved_assets",
    )
    assert offer.reference in breach.facts
    assert Obligation.objects.of(breach).get().code == "breach-explanation"
    assert services.check_offers(at=AT) == services.check_offers(at=AT + timedelta(days=1)) == 0
    assert Breach.objects.count() == 1


@one_database
def test_a_trading_platform_declares_and_no_read_act_binds_it_to_the_list() -> None:
    platform = make.make_licence(kind="nbk-trading-platform", at=AT - timedelta(days=20))
    make.make_offer(platform)
    assert services.check_offers(at=AT) == 0
    miner = make.make_licence(at=AT - timedelta(days=20))
    assert refused(lambda: make.make_offer(miner)) == [("offer-licence", "licence")]


@one_database
def test_a_symbol_names_no_asset() -> None:
    licence = exchanger()
    first, second = make.make_approved(), make.make_approved(name="Dala Token")
    assert refused(lambda: make.make_offer(licence, name="Dala", symbol="DALA")) == [("asset-symbol", "asset")]
    with pytest.raises(TransitionRefused) as told:
        make.make_offer(licence, name="Dala Coin", symbol="dala")
    assert told.value.problems[0].params["codes"] == f"{first.reference}, {second.reference}"
    make.make_offer(licence, asset=second)
    assert found() == []
    make.make_offer(licence, name="Dala Gold", symbol="DALA", other=True)
    assert [one[0] for one in found()] == ["unlisted"]


@one_database
def test_everything_wrong_is_told_at_once() -> None:
    licence = exchanger()
    told = refused(
        lambda: make.make_offer(licence, name="", symbol="X" * 21, from_day=date(2026, 5, 1), to_day=date(2026, 4, 1))
    )
    assert told == [
        ("particular-missing", "name"),
        ("text-too-long", "symbol"),
        ("offer-day", "from_day"),
        ("days-order", "to_day"),
    ]
    assert refused(lambda: make.make_offer(licence, code="AA-2026-99999")) == [("asset-unknown", "asset")]
    make.make_offer(licence)
    assert refused(lambda: make.make_offer(licence, name="WILD coin", symbol="WILD")) == [("offer-declared", "asset")]


@one_database
@pytest.mark.parametrize(
    ("from_day", "to_day", "kinds"),
    [
        (date(2026, 6, 9), date(2026, 6, 9), [("early", date(2026, 6, 9))]),
        (date(2026, 6, 10), date(2026, 6, 12), []),
        (date(2026, 6, 10), date(2026, 6, 13), [("gone", date(2026, 6, 13))]),
        (date(2026, 6, 10), None, [("gone", date(2026, 6, 13))]),
        (date(2026, 6, 9), None, [("early", date(2026, 6, 9)), ("gone", date(2026, 6, 13))]),
        (date(2026, 6, 14), None, [("gone", date(2026, 6, 14))]),
        (date(2026, 6, 17), None, []),  # not begun yet
    ],
)
def test_the_list_of_the_days_of_the_offer_counts(from_day: date, to_day: date | None, kinds: list[Any]) -> None:
    asset = make.make_approved(first_day=date(2026, 6, 10), last_day=date(2026, 6, 12))
    offer = make.make_offer(exchanger(), asset=asset, from_day=from_day, to_day=to_day)
    assert [(kind, since) for kind, _key, since in found()] == kinds
    assert not differing(TODAY).filter(pk=offer.pk).exists()


@one_database
def test_the_sweep_catches_up_with_the_true_day_and_costs_the_same() -> None:
    asset = make.make_approved(last_day=date(2026, 6, 18))
    for _number in range(3):
        make.make_offer(exchanger(), asset=asset)
    assert services.check_offers(at=on(date(2026, 6, 18))) == 0
    with CaptureQueriesContext(connection) as nothing:
        services.check_offers(at=on(date(2026, 6, 18)))
    assert len(nothing) <= 4
    assert services.check_offers(at=on(date(2026, 6, 28))) == 3
    assert {one[2] for one in found()} == {date(2026, 6, 19)}
    assert services.check_offers(at=on(date(2026, 6, 28))) == 0
    assert Breach.objects.count() == 3


@one_database
def test_a_withdrawn_asset_owes_its_end_and_the_end_meets_it() -> None:
    asset = make.make_approved()
    ends, stays = (make.make_offer(exchanger(), asset=asset) for _number in range(2))
    planned = make.make_offer(exchanger(), asset=asset, to_day=date(2026, 6, 30))
    officer = make.make_user("officer", authority=asset.authority)
    head = make.make_user("head", authority=asset.authority)
    proposed = services.propose_withdrawal(asset, ending_from=date(2026, 7, 1), reason="Why.", actor=officer, at=AT)
    services.withdraw_asset(proposed, confirmation="Harm.", actor=head, at=AT)
    owed = {row.subject_id: row for row in Obligation.objects.filter(code="offer-end")}
    assert set(owed) == {ends.pk, stays.pk}
    assert not Obligation.objects.of(planned).exists()
    assert (owed[ends.pk].base_on, owed[ends.pk].due_on) == (
        date(2026, 7, 1),
        date(2026, 7, 13),
    )  # the 11th is a Saturday
    assert owed[ends.pk].ground["confidence"] == "assumed"
    told = Notification.objects.filter(template="asset_withdrawn").values_list("recipient__memberships__organisation")
    assert {organisation for (organisation,) in told} == {ends.organisation_id, stays.organisation_id}
    later = on(date(2026, 7, 10))
    services.end_offer(ends, to_day=date(2026, 7, 9), actor=make.make_applicant(ends.organisation), at=later)
    assert Obligation.objects.of(ends).get().met_at == later
    sweep_duties(at=on(date(2026, 7, 13)))
    assert not Breach.objects.exists()
    for _twice in range(2):
        sweep_duties(at=on(date(2026, 7, 14)))
        services.check_offers(at=on(date(2026, 7, 14)))
    breach = Breach.objects.get()
    assert (breach.organisation_id, breach.source) == (stays.organisation_id, "duty")
    assert breach.ground["code"] == "exchanger.offer_end"


@one_database
def test_an_offer_declared_after_the_withdrawal_was_decided() -> None:
    asset = make.make_approved(state="withdrawn", ending_from=date(2026, 7, 1))
    before = make.make_offer(exchanger(), asset=asset, from_day=date(2026, 6, 16))
    assert Obligation.objects.of(before).get().code == "offer-end"
    after = make.make_offer(exchanger(), asset=asset, from_day=date(2026, 7, 1), at=on(date(2026, 7, 2)))
    assert not Obligation.objects.of(after).exists()
    assert found() == [("gone", asset.reference, date(2026, 7, 1))]


@one_database
def test_what_an_official_saw_joins_the_breach_that_is_open() -> None:
    licence = exchanger()
    officer = make.make_user("officer", authority=licence.authority)
    wild = AssetNamed(name="Wild Coin", symbol="WILD")

    def observe(asset: AssetNamed, day: date, source: str = "Its website") -> Any:
        return services.observe_offer(licence, asset=asset, observed_on=day, source=source, actor=officer, at=AT)

    observe(wild, date(2026, 6, 14))
    observe(wild, TODAY, "A customer's letter")
    make.make_offer(licence)
    assert [one[0] for one in found()] == ["unlisted"] * 3
    breach = Breach.objects.get()
    assert (breach.source, breach.found_on) == ("officer", TODAY)
    assert refused(lambda: observe(AssetNamed(), date(2026, 6, 17), " ")) == [
        ("particular-missing", "name"),
        ("particular-missing", "symbol"),
        ("particular-missing", "source"),
        ("observed-day", "observed_on"),
    ]
    for stranger in (make.make_applicant(licence.organisation), make.make_user("officer")):
        with pytest.raises(PermissionDenied):
            services.observe_offer(licence, asset=wild, observed_on=TODAY, source="x", actor=stranger, at=AT)


@one_database
def test_while_the_end_is_owed_what_is_seen_is_no_second_breach() -> None:
    licence, asset = exchanger(), make.make_approved(state="ending", ending_from=TODAY)
    make.make_offer(licence, asset=asset, from_day=date(2026, 6, 10))
    head = make.make_user("head", authority=asset.authority)
    services.withdraw_asset(asset, confirmation="Harm.", actor=head, at=AT)
    officer = make.make_user("officer", authority=licence.authority)
    seen: dict[str, Any] = {"asset": AssetNamed(code=asset.reference), "source": "Its website", "actor": officer}
    services.observe_offer(licence, **seen, observed_on=TODAY, at=AT)
    assert found() == []
    other = exchanger()
    services.observe_offer(other, **seen, observed_on=TODAY, at=AT)
    assert [one[0] for one in found()] == ["gone"]


@one_database
def test_offers_end_on_their_day_and_with_the_licence() -> None:
    licence, asset = exchanger(), make.make_approved()
    short = make.make_offer(licence, asset=asset, to_day=date(2026, 6, 18))
    services.lapse_offers(at=on(date(2026, 6, 18)))
    assert OfferedAsset.objects.get(pk=short.pk).state == "offered"
    assert (services.lapse_offers(at=on(date(2026, 6, 19))), services.lapse_offers(at=on(date(2026, 6, 19)))) == (1, 0)
    again = make.make_offer(licence, asset=asset, from_day=date(2026, 6, 20), at=on(date(2026, 6, 20)))
    assert again.state == "offered"


@one_database
def test_with_the_licence_its_offers_end_and_what_they_owe() -> None:
    platform, asset = make.make_licence(kind="nbk-trading-platform", at=AT - timedelta(days=20)), make.make_approved()
    offer = make.make_offer(platform, asset=asset, from_day=date(2026, 6, 1))
    planned = make.make_offer(platform, from_day=date(2026, 6, 1), to_day=date(2026, 6, 5))
    officer = make.make_user("officer", authority=asset.authority)
    head = make.make_user("head", authority=asset.authority)
    proposed = services.propose_withdrawal(asset, ending_from=date(2026, 7, 1), reason="Why.", actor=officer, at=AT)
    services.withdraw_asset(proposed, confirmation="Harm.", actor=head, at=AT)
    assert Obligation.objects.of(offer).open().exists()
    make.end_licence(platform)
    ends = dict(OfferedAsset.objects.values_list("reference", "to_day"))
    assert ends == {offer.reference: date(2026, 6, 15), planned.reference: date(2026, 6, 5)}
    assert set(OfferedAsset.objects.values_list("state", flat=True)) == {"ended"}
    assert not Obligation.objects.of(offer).open().exists()


@one_database
def test_who_may_declare_and_end() -> None:
    licence = exchanger()
    for stranger in (make.make_applicant(), make.make_user("officer", authority=licence.authority)):
        with pytest.raises(PermissionDenied):
            make.make_offer(licence, actor=stranger)
    offer = make.make_offer(licence, asset=make.make_approved())
    with pytest.raises(PermissionDenied):
        services.end_offer(offer, to_day=TODAY, actor=make.make_applicant(), at=AT)
    party = make.make_applicant(licence.organisation)
    for day in (offer.from_day - timedelta(days=1), TODAY + timedelta(days=1)):
        end = refused(lambda day=day: services.end_offer(offer, to_day=day, actor=party, at=AT))  # type: ignore[misc]  # bound now
        assert end == [("offer-end-day", "to_day")]
    assert services.end_offer(offer, to_day=TODAY, actor=party, at=AT).state == "ended"
    assert refused(lambda: services.end_offer(offer, to_day=TODAY, actor=party, at=AT)) == [("wrong-state", None)]


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_a_declaration_at_once_leave_nobody_without_a_day() -> None:
    make.make_system_user()
    licence, asset, gate = exchanger(), make.make_approved(state="ending"), Barrier(2)
    head, party = make.make_user("head", authority=asset.authority), make.make_applicant(licence.organisation)

    def withdraw() -> None:
        services.withdraw_asset(asset, confirmation="Harm.", actor=head, at=AT)

    def declare() -> None:
        make.make_offer(licence, asset=asset, actor=party)

    def run(act: Callable[[], None]) -> None:
        try:
            gate.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, (withdraw, declare)))
    assert Obligation.objects.filter(code="offer-end").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_open_a_breach_once() -> None:
    make.make_system_user()
    make.make_offer(exchanger(), asset=make.make_approved(last_day=TODAY))
    gate = Barrier(2)

    def sweep(_number: int) -> int:
        try:
            gate.wait()
            return services.check_offers(at=AT + timedelta(days=1))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(sweep, range(2))) == 1
    assert Breach.objects.count() == 1


def keyed(user: User) -> dict[str, Any]:
    return {"headers": {"authorization": f"Token {AuthToken.objects.create(user)[1]}"}}


def sent(user: User, path: str, body: dict[str, Any], **headers: str) -> Any:
    auth = keyed(user)["headers"] | {"accept-language": "en"} | headers
    return Client().post(f"/api/v1/{path}", body, content_type="application/json", headers=auth)


@one_database
def test_a_holder_declares_and_ends_by_api() -> None:
    licence, asset = exchanger(), make.make_approved()
    party = make.make_applicant(licence.organisation)
    body = {"licence": licence.number, "asset": asset.reference, "from_day": "2026-06-10"}
    key = {"idempotency-key": "one"}
    first, again = (sent(party, "offered-assets/", body, **key) for _twice in range(2))
    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (201, 201, "true")
    assert first.json()["differences"] == []
    path = f"offered-assets/{first.json()['reference']}/end/"
    assert sent(party, path, {"to_day": "2026-06-16"}).status_code == 428
    assert sent(party, path, {"to_day": "2026-06-16"}, **{"if-match": '"7"'}).status_code == 412
    late = sent(party, path, {"to_day": "2026-06-17"}, **{"if-match": '"1"'})
    assert (late.status_code, [one["field"] for one in late.json()["problems"]]) == (409, ["to_day"])
    done = sent(party, path, {"to_day": "2026-06-16"}, **{"if-match": '"1"'})
    assert (done.status_code, done.json()["state"], done["ETag"]) == (200, "ended", '"2"')
    wild = sent(
        party, "offered-assets/", {"licence": licence.number, "name": "Wild", "symbol": "wld", "from_day": "2026-06-10"}
    )
    assert [one["kind"] for one in wild.json()["differences"]] == ["unlisted"]
    bad = sent(party, "offered-assets/", {"licence": licence.number, "symbol": "dala", "from_day": "2026-06-10"})
    assert {one["code"] for one in bad.json()["problems"]} == {"particular-missing", "asset-symbol"}
    stranger = make.make_applicant()
    assert sent(stranger, "offered-assets/", body).json()["problems"][0]["code"] == "licence-not-yours"
    for user, status in (
        (party, 200),
        (stranger, 404),
        (make.make_user("officer", authority=licence.authority), 200),
        (make.make_user("officer"), 404),
    ):
        assert Client().get(f"/api/v1/offered-assets/{first.json()['reference']}/", **keyed(user)).status_code == status


@one_database
def test_officials_enter_what_they_saw_by_api() -> None:
    licence = exchanger()
    officer = make.make_user("officer", authority=licence.authority)
    body = {"licence": licence.number, "name": "Wild", "symbol": "wld", "observed_on": "2026-06-15", "source": "Site"}
    made = sent(officer, "offered-assets/observed/", body)
    assert (made.status_code, made.json()["differences"][0]["kind"]) == (201, "unlisted")
    assert len(Client().get("/api/v1/offered-assets/observed/", **keyed(officer)).json()["results"]) == 1
    party = make.make_applicant(licence.organisation)
    for user in (party, make.make_user("officer")):
        assert sent(user, "offered-assets/observed/", body).status_code == 404
        assert Client().get("/api/v1/offered-assets/observed/", **keyed(user)).status_code == 404


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


@one_database
def test_pages_of_holders_and_of_officials() -> None:
    licence, asset = exchanger(), make.make_approved()
    party = client_of(make.make_applicant(licence.organisation))
    officer = client_of(make.make_user("officer", authority=licence.authority))
    given = {"licence": licence.pk, "from_day": "2026-06-16"}
    assert party.post("/account/offers/new/", given).status_code == 409
    assert party.post("/account/offers/new/", given | {"code": asset.reference}).status_code == 302
    offer = OfferedAsset.objects.get()
    end = f"/account/offers/{offer.reference}/end/"
    assert end in party.get("/account/offers/").content.decode()
    assert client_of(make.make_applicant()).get(end).status_code == 404
    assert officer.get(end).status_code == 403
    seen = {
        "licence": licence.pk,
        "name": "Wild",
        "symbol": "wld",
        "observed_on": "2026-06-16",
        "source": "<i>Site</i>",
    }
    assert officer.post("/asset-list/observed/new/", seen).status_code == 302
    page = officer.get("/asset-list/observed/").content.decode()
    assert "&lt;i&gt;Site&lt;/i&gt;" in page
    assert Breach.objects.get().reference in page
    assert party.post(end, {"to_day": "2026-06-16", "version": 7}).status_code == 412
    assert party.post(end, {"to_day": "2026-06-16", "version": 1}).status_code == 302
    for browser in (party, client_of(make.make_user("officer"))):
        for address in ("/asset-list/observed/new/", "/asset-list/observed/?x=1"):
            assert browser.get(address).status_code in (302, 404)


@one_database
def test_lists_cost_the_same_whatever_they_hold() -> None:
    licence = exchanger()
    party, officer = make.make_applicant(licence.organisation), make.make_user("officer", authority=licence.authority)
    asked: tuple[tuple[Client, str, dict[str, Any]], ...] = (
        (client_of(party), "/account/offers/", {}),
        (client_of(officer), "/asset-list/offers/", {}),
        (client_of(officer), "/asset-list/observed/", {}),
        (Client(), "/api/v1/offered-assets/", keyed(party)),
        (Client(), "/api/v1/offered-assets/observed/", keyed(officer)),
    )
    costs: list[list[int]] = []
    for number in range(2):
        for other in range(1 + number * 2):
            make.make_offer(licence, name=f"Coin {number}{other}", symbol="wld")
            make.make_observed(licence, asset=AssetNamed(name=f"Seen {number}{other}", symbol="s"))
        costs.append([])
        for browser, address, how in asked:
            browser.get(address, **how)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address, **how)
            costs[-1].append(len(queries))
    assert costs[0] == costs[1]
