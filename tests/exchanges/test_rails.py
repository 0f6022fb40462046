"""Who serves a licence: declared or entered, rated, ended; the bank hears of the licence once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.invariants import faults
from core.models import Event, Notification, User
from core.services import choices
from core.workflow import HEAD, OFFICER, ROLES, StaleVersion, TransitionRefused
from exchanges import services
from exchanges.models import RailLink, RailRating, Servicer
from exchanges.workflow import RAIL
from licensing import services as licensing
from licensing.models import Licence
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
AT, DAY = make.AT, make.AT.date()
LATER = AT + timedelta(hours=6)


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(LATER, tick=False):
        yield


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def refused(act: Callable[[], Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told, transaction.atomic():
        act()
    return [(one.code, one.field) for one in told.value.problems]


def bank_person(link: RailLink) -> User:
    return make.make_applicant(link.servicer.organisation)


def end(row: RailLink, actor: User) -> RailLink:
    return services.end_rail(row, to_on=DAY, end_source="Letter 7", actor=actor, at=LATER)


def rate(row: RailLink, actor: User, **fields: Any) -> RailRating:
    given: dict[str, Any] = {"risk": "low", "rated_on": DAY, "reason": "Small sums.", "measures": ""} | fields
    return services.rate_rail(row, **given, actor=actor, at=LATER)


def people_around(row: RailLink) -> dict[str, Any]:
    holder, bank, firm = make.party_of(row.licence.application), row.authority, make.make_organisation()
    make.make_power_of_attorney(firm, row.organisation, holder)
    people: dict[str, Any] = {
        role: make.make_user(role, authority=bank)
        for role in ROLES
        if role not in ("system", "representative", "applicant")
    }
    return people | {
        "applicant": holder,
        "representative": make.make_applicant(firm),
        "servicer": bank_person(row),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-head": make.make_user(HEAD),
        "dismissed-head": make.make_user(HEAD, authority=bank, is_active=False),
        "nobody": AnonymousUser(),
    }


@pytest.mark.parametrize("state", [state.name for state in RAIL.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row = make.make_rail()
    people = people_around(row)
    if state == "ended":
        row = end(row, people["officer"])
    for step in RAIL.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in (*step.roles, "servicer")
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, LATER)}
            assert offered == (may and here), role
            saved = transaction.savepoint()
            if may and here:
                assert end(row, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied):
                    end(row, actor)
            transaction.savepoint_rollback(saved)


def test_an_account_is_declared_with_the_law_of_its_day() -> None:
    row = make.make_rail(regions=["KZ-75", "KZ-71", "KZ-75"])
    assert (row.reference, row.state, row.regions) == ("RL-2026-00001", "held", ["KZ-71", "KZ-75"])
    assert [one["code"] for one in row.grounds] == ["rails.bank", "rails.client_must_be_licensed"]
    with pytest.raises(PermissionDenied):
        make.make_rail(row.licence, actor=make.make_applicant())
    assert refused(lambda: make.make_rail(row.licence, row.servicer)) == [("rail-entered", "servicer")]
    done = make.make_rail(row.licence, to_on=DAY)
    assert (done.state, done.end_source) == ("ended", "Contract 5")
    assert list(faults(at=LATER)) == []


def test_everything_against_it_is_told_at_once() -> None:
    post = make.make_servicer("postal_operator")
    licence = make.make_licence(kind="nbk-exchanger")
    given: dict[str, Any] = {"regions": ["KZ-99"], "source": " ", "to_on": date(2026, 1, 1)}
    assert refused(lambda: make.make_rail(licence, post, from_on=date(2026, 1, 17), **given)) == [
        ("rail-servicer-not-yet", "from_on"),
        ("rail-days", "to_on"),
        ("particular-missing", "source"),
        ("rail-region", "regions"),
    ]
    assert refused(lambda: make.make_rail(licence, post, from_on=licence.valid_from - timedelta(days=1))) == [
        ("rail-client-unlicensed", "from_on")
    ]
    assert refused(lambda: make.make_rail(licence, post, from_on=DAY + timedelta(days=1))) == [("rail-day", "from_on")]
    miner = make.make_licence()
    assert refused(lambda: make.make_rail(miner, post)) == [("rail-client-kind", "licence")]
    assert not RailLink.objects.exists()


def test_one_postal_operator() -> None:
    make.make_servicer("postal_operator")
    assert refused(lambda: make.make_servicer("postal_operator")) == [("servicer-postal", "kind")]
    bank = make.make_servicer()
    again = bank.organisation
    assert refused(lambda: make.make_servicer(organisation=again)) == [("servicer-entered", "organisation")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Servicer.objects.filter(pk=bank.pk).update(kind="postal_operator")


def test_the_bank_rates_and_the_client_does_not_read_it() -> None:
    row = make.make_rail()
    holder, bank = make.party_of(row.licence.application), bank_person(row)
    assert refused(lambda: rate(row, bank, risk="high")) == [("particular-missing", "measures")]
    assert refused(lambda: rate(row, bank, risk="none", reason="", rated_on=DAY - timedelta(days=1))) == [
        ("particular-missing", "reason"),
        ("rating-unknown", "risk"),
        ("rating-day", "rated_on"),
    ]
    kept = rate(row, bank, risk="high", measures="Every transfer is looked at.")
    with pytest.raises(PermissionDenied):
        rate(row, holder)
    with pytest.raises(StaleVersion):
        services.end_rail(row, to_on=DAY, end_source="x", actor=bank, at=LATER, version=7)
    officer, stranger = make.make_user(OFFICER, authority=row.authority), make.make_user(OFFICER)
    seen = {who: list(RailRating.objects.visible_to(user)) for who, user in (("bank", bank), ("holder", holder))}
    assert seen == {"bank": [kept], "holder": []}
    assert RailRating.objects.visible_to(officer).get() == kept
    assert not RailLink.objects.visible_to(stranger).exists()
    assert not RailLink.objects.visible_to(make.make_applicant()).exists()
    address = f"/rails/{row.reference}/"
    assert "Every transfer" in client_of(bank).get(address).content.decode()
    assert "Every transfer" not in client_of(holder).get(address).content.decode()
    assert client_of(stranger).get(address).status_code == 404
    assert "raillink.rate" not in Event.objects.of(row).visible_to(holder).values_list("verb", flat=True)


def revoked(licence: Licence) -> None:
    measure = make.make_measure(licence, act="revoke")
    second, head = (make.make_user(role, authority=licence.authority) for role in (OFFICER, HEAD))
    measure = licensing.countersign_measure(measure, actor=second, at=LATER)
    licensing.decide_measure(measure, actor=head, confirmation="It applies.", at=LATER)


def test_the_bank_hears_once_of_the_end_of_the_licence() -> None:
    licence = make.make_licence(kind="aifc-exchange")
    row, other = make.make_rail(licence), make.make_rail(licence, to_on=DAY)
    person = bank_person(row)
    bank_person(other)
    saved = transaction.savepoint()
    revoked(licence)
    transaction.savepoint_rollback(saved)  # a process that dies within the act tells nobody
    assert not Notification.objects.filter(template="rail_client_changed").exists()
    revoked(licence)
    event = Event.objects.of(row).get(verb="raillink.tell")
    assert event.data == {"licence": licence.number, "state": "revoked", "told": 1}
    told = Notification.objects.filter(template="rail_client_changed")
    assert {(one.recipient, one.channel) for one in told} == {(person, "inbox"), (person, "mail")}
    assert not Event.objects.of(other).filter(verb="raillink.tell").exists()
    page = client_of(person).get("/inbox/").content.decode()
    assert licence.number in page
    licence.refresh_from_db()
    services.tell_servicers(licence, "reissue")
    assert Event.objects.of(row).filter(verb="raillink.tell").count() == 1


def test_pages_of_holder_bank_and_officer() -> None:
    licence = make.make_licence(kind="nbk-exchanger")
    bank, holder = make.make_servicer(), make.party_of(licence.application)
    browser = client_of(holder)
    assert browser.get("/rails/").status_code == 200
    given = {"licence": licence.number, "servicer": bank.pk, "from_on": "2026-05-02", "source": "Contract 5"}
    page = browser.post("/rails/new/", given)
    assert page.status_code == 409
    assert "The client has no licence in force on" in page.content.decode()
    page = browser.post("/rails/new/", given | {"from_on": DAY.isoformat(), "regions": ["KZ-75"]})
    row = RailLink.objects.get()
    assert page["Location"] == f"/rails/{row.reference}/"
    assert bank.organisation.name_en in browser.get(f"/account/licences/{licence.number}/").content.decode()
    assert bank.organisation.name_en in anybody().get(f"/register/{licence.number}/").content.decode()
    officer = client_of(make.make_user(OFFICER, authority=row.authority))
    assert bank.organisation.name_en in officer.get(f"/licences/{licence.number}/").content.decode()
    assert officer.get("/rails/?q=" + licence.number).status_code == 200
    assert "&lt;span" not in officer.get(f"/rails/{row.reference}/").content.decode()
    assert officer.get("/rails/servicers/").status_code == 200
    page = officer.post(f"/rails/{row.reference}/rate/", {"risk": "high", "rated_on": DAY.isoformat(), "reason": "x"})
    assert page.status_code == 409
    ended = {"to_on": DAY.isoformat(), "end_source": "Letter", "version": row.version}
    assert client_of(bank_person(row)).post(f"/rails/{row.reference}/end/", ended).status_code == 302
    assert bank.organisation.name_en not in anybody().get(f"/register/{licence.number}/").content.decode()
    assert client_of(make.make_user(OFFICER)).get("/rails/").status_code == 404  # of no provider's authority


def test_a_list_asks_the_same_of_many() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert officer.get("/rails/").status_code == 200
        return len(made)

    first = make.make_rail()
    officer = client_of(make.make_user(OFFICER, authority=first.authority))
    asked()
    few = asked()
    for _number in range(4):
        rate(make.make_rail(first.licence), make.make_user(OFFICER, authority=first.authority))
    assert asked() == few


def test_the_same_by_api() -> None:
    licence, bank = make.make_licence(kind="nbk-exchanger"), make.make_servicer()
    holder, stranger = Caller(make.party_of(licence.application)), Caller(make.make_applicant())
    number = bank.organisation.identifier
    body = {"licence": "EX-1", "servicer": "1", "from_on": DAY.isoformat(), "source": "Contract 5"}
    answer = holder.post("/rails/", body)
    assert (answer.status_code, {one["field"] for one in answer.json()["problems"]}) == (400, {"licence", "servicer"})
    right = body | {"licence": licence.number, "servicer": number}
    assert stranger.post("/rails/", right).status_code == 400
    made = holder.post("/rails/", right, Idempotency_Key="k1")
    assert made.status_code == 201
    again = holder.post("/rails/", right, Idempotency_Key="k1")
    assert again.json() == made.json()
    address = f"/rails/{made.json()['reference']}/"
    assert stranger.get(address).status_code == 404
    teller = Caller(make.make_applicant(bank.organisation))
    rating = {"risk": "medium", "rated_on": DAY.isoformat(), "reason": "Young firm."}
    assert teller.post(f"{address}ratings/", rating).json()["ratings"][0]["risk"] == "medium"
    assert holder.get(address).json()["ratings"] == []
    assert holder.post(f"{address}ratings/", rating).status_code == 403
    end_of = {"to_on": DAY.isoformat(), "source": "Letter 9"}
    assert teller.post(f"{address}end/", end_of).status_code == 428
    assert teller.post(f"{address}end/", end_of, If_Match='"1"').json()["state"] == "ended"
    assert holder.get("/servicers/").json()["results"][0]["identifier"] == number
