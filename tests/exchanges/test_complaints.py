"""Complaints of consumers: filed by anybody, seen by whom they concern, answered by a day, found by a code."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.invariants import faults
from core.models import Access, Event, Notification, Obligation, User
from core.services import choices, sweep_duties
from core.services.retention import sources
from core.workflow import HEAD, OFFICER, ROLES, TransitionRefused
from exchanges import services
from exchanges.models import Complaint
from exchanges.services.keeping import old_complaints
from exchanges.workflow import COMPLAINT
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
AT = make.AT
Act = Callable[[Complaint, User], Any]
ACTS: dict[str, Act] = {
    "forward": lambda row, actor: services.forward_complaint(row, actor=actor, at=AT),
    "decline": lambda row, actor: services.end_complaint(row, "decline", outcome="No.", actor=actor, at=AT),
    "answer": lambda row, actor: services.answer_complaint(row, answer="Paid.", actor=actor, at=AT),
    "send_back": lambda row, actor: services.send_back_complaint(row, remark="When?", actor=actor, at=AT),
    "close": lambda row, actor: services.end_complaint(row, "close", outcome="Paid.", actor=actor, at=AT),
}


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client_of(user: User) -> Client:
    browser = anybody()
    browser.force_login(user)
    return browser


def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def refused(act: Callable[[], Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told, transaction.atomic():
        act()
    return [(one.code, one.field) for one in told.value.problems]


@pytest.mark.parametrize("state", [state.name for state in COMPLAINT.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row = make.make_complaint(state=state)
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
        "dismissed-head": make.make_user(HEAD, authority=row.authority, is_active=False),
        "nobody": AnonymousUser(),
    }
    for step in COMPLAINT.transitions:
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


def test_who_sees_it_when() -> None:
    person = make.make_applicant()
    row = make.make_complaint(filed_by=person)
    holder, officer = make.party_of(row.licence.application), make.make_user(OFFICER, authority=row.authority)

    def seen(user: User) -> bool:
        return Complaint.objects.visible_to(user).filter(pk=row.pk).exists()

    assert (seen(person), seen(holder), seen(officer), seen(make.make_user(OFFICER))) == (True, False, True, False)
    assert not Event.objects.of(row).visible_to(holder).exists()
    assert not Obligation.objects.of(row).visible_to(holder).exists()
    assert client_of(holder).get(f"/complaints/{row.reference}/").status_code == 404
    ACTS["forward"](row, officer)
    assert (seen(holder), seen(make.make_applicant()), seen(make.make_user(OFFICER))) == (True, False, False)
    page = client_of(holder).get(f"/complaints/{row.reference}/").content.decode()
    assert "They keep my money." in page
    assert "+7 700" not in page  # the person did not agree
    shared = make.make_complaint(row.licence, state="forwarded", shared=True)
    assert "+7 700" in client_of(holder).get(f"/complaints/{shared.reference}/").content.decode()
    declined = make.make_complaint(row.licence, state="declined")
    assert client_of(holder).get(f"/complaints/{declined.reference}/").status_code == 404
    before = Access.objects.count()
    assert "+7 700" in client_of(officer).get(f"/complaints/{row.reference}/").content.decode()
    assert Access.objects.count() == before + 1


def test_terms_follow_its_way() -> None:
    row = make.make_complaint()
    holder, officer = make.party_of(row.licence.application), make.make_user(OFFICER, authority=row.authority)

    def owed() -> dict[str, Any]:
        return {one.code: one.due_on.isoformat() for one in Obligation.objects.of(row).open() if one.due_on}

    assert owed() == {"complaint-forward": "2026-06-19"}
    row = ACTS["forward"](row, officer)
    assert owed() == {"complaint-answer": "2026-07-08"}
    assert Notification.objects.filter(template="record_moved", recipient=holder, channel="inbox").count() == 1
    sweep_duties(at=AT + timedelta(days=30))
    assert Event.objects.of(row).filter(verb="obligation.overdue").count() == 1
    with time_machine.travel(AT + timedelta(days=30), tick=False):
        page = client_of(officer).get("/complaints/?late=late").content.decode()
    assert row.reference in page
    row = ACTS["answer"](row, holder)
    assert owed() == {}
    row = ACTS["send_back"](row, officer)
    assert owed() == {"complaint-answer": "2026-07-08"}
    row = ACTS["close"](ACTS["answer"](row, holder), officer)
    assert (row.state, owed()) == ("closed", {})
    assert list(faults(at=AT)) == []


def test_what_is_asked_of_a_complaint() -> None:
    licence = make.make_licence(kind="aifc-exchange")
    assert refused(lambda: make.make_complaint(licence, name=" ", contact="", text="x" * 10_001)) == [
        ("particular-missing", "name"),
        ("particular-missing", "contact"),
        ("text-too-long", "text"),
    ]
    assert refused(lambda: make.make_complaint(make.make_licence())) == [("complaint-kind", "licence")]
    key = uuid4()
    make.make_complaint(licence, key=key)
    assert refused(lambda: make.make_complaint(licence, key=key)) == [("complaint-twice", None)]
    early = AT - timedelta(days=60)
    assert refused(lambda: make.make_complaint(licence, at=early)) == [("not_in_force", None)]


def test_anybody_complains_and_finds_it_by_the_code_alone() -> None:
    licence = make.make_licence(kind="nbk-exchanger")
    browser = anybody()
    assert licence.number in browser.get(f"/complaints/new/?licence={licence.number}").content.decode()
    assert "/complaints/new/?licence=" in browser.get(f"/register/{licence.number}/").content.decode()
    given = {"licence": "EX-1", "text": "Lost.", "name": "A", "contact": "b", "key": str(uuid4())}
    assert browser.post("/complaints/new/", given).status_code == 409
    page = browser.post("/complaints/new/", given | {"licence": licence.number.lower()})
    row = Complaint.objects.get()
    code = page.context["code"]
    assert (row.filed_by, code in page.content.decode(), code in str(vars(row))) == (None, True, False)
    assert browser.post("/complaints/new/", given | {"licence": licence.number}).status_code == 409  # sent again
    assert browser.get("/complaints/").status_code == 302  # to the log-in
    shown = browser.post("/complaints/state/", {"code": f" {code.lower()} "}).content.decode()
    assert row.reference in shown
    assert "Lost." not in shown
    assert browser.post("/complaints/state/", {"code": "AAAA-BBBB-CCCC"}).status_code == 404
    person = make.make_applicant()
    client_of(person).post("/complaints/new/", given | {"licence": licence.number, "key": str(uuid4())})
    assert Complaint.objects.get(filed_by=person).organisation == licence.organisation


def test_the_form_is_limited() -> None:
    browser = anybody()
    answers = {browser.get("/complaints/new/", REMOTE_ADDR="198.51.100.77").status_code for _time in range(11)}
    assert answers == {200, 429}


def test_acts_on_the_page_and_by_api() -> None:
    row = make.make_complaint()
    holder, officer = make.party_of(row.licence.application), make.make_user(OFFICER, authority=row.authority)
    address = f"/complaints/{row.reference}/"
    office = client_of(officer)
    assert f"{address}forward/" in office.get(address).content.decode()
    assert office.post(f"{address}forward/", {"version": "1"}).status_code == 302
    api, stranger = Caller(holder), Caller(make.make_applicant())
    body = api.get(address).json()
    assert (body["state"], body["name"], body["answer_due_on"]) == ("forwarded", None, "2026-07-08")
    assert stranger.get(address).status_code == 404
    assert api.get("/complaints/").json()["results"][0]["reference"] == row.reference
    assert api.post(f"{address}answer/", {"answer": " "}, If_Match='"2"').status_code == 400
    assert api.post(f"{address}answer/", {"answer": "Paid."}, If_Match='"1"').status_code == 412
    assert api.post(f"{address}answer/", {"answer": "Paid."}, If_Match='"2"').json()["state"] == "answered"
    assert office.post(f"{address}close/", {"outcome": "", "version": "3"}).status_code == 409
    assert office.post(f"{address}close/", {"outcome": "Paid.", "version": "3"}).status_code == 302
    assert client_of(holder).get(f"{address}close/").status_code == 403


def test_a_list_asks_the_same_of_many() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert officer.get("/complaints/").status_code == 200
        return len(made)

    first = make.make_complaint(state="forwarded")
    officer = client_of(make.make_user(OFFICER, authority=first.authority))
    asked()
    few = asked()
    for _number in range(4):
        make.make_complaint(first.licence, state="forwarded")
    assert asked() == few


def test_the_person_is_forgotten_when_its_time_is_over() -> None:
    ended, open_one = make.make_complaint(state="closed"), make.make_complaint()
    later = AT + timedelta(days=1)
    assert list(old_complaints(later, later.date())) == [ended]
    assert open_one.pk
    assert ("complaints", "exchanges.Complaint") in sources()
