"""A natural person objects to what the program did; an official answers in three working days."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.invariants import faults
from core.models import Event, Notification, Obligation, User
from core.services import record, remind_duties, sweep_duties
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Objection
from tests import factories as make
from tests.api.conftest import Caller, codes, fields

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(AT):
        yield


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def duty(row: Objection) -> Obligation:
    return Obligation.objects.of(row).get()


def test_filed_it_is_owed_an_answer_in_three_working_days() -> None:
    officer = make.make_user("officer")
    row = make.make_objection()
    owed = duty(row)
    assert (owed.code, owed.debtor, owed.due_on) == ("objection-answer", Obligation.AUTHORITY, date(2026, 6, 19))
    assert owed.ground["code"] == "personal_data.objection_answer"
    assert (row.reference[:9], row.act, row.state) == ("OBJ-2026-", "body-silent", "filed")
    assert Notification.objects.filter(recipient=officer, template="objection_filed").count() == 2
    done = services.answer_objection(row, "uphold", answer=" The answer came. ", actor=officer, at=AT)
    assert (done.answer, done.answered_by) == ("The answer came.", officer)
    assert duty(row).met_at == AT
    assert Notification.objects.filter(recipient=row.filed_by, template="objection_answered").count() == 2
    told = Event.objects.of(row).values_list("verb", flat=True).order_by("seq")
    assert list(told) == ["objection.file", "objection.uphold"]
    assert list(faults(at=AT)) == []


def test_an_unanswered_one_is_reminded_of_and_found_overdue() -> None:
    officer, row = make.make_user("officer"), make.make_objection()
    remind_duties(at=AT + timedelta(days=2))
    assert Notification.objects.filter(recipient=officer, template="term_warning").exists()
    sweep_duties(at=AT + timedelta(days=9))
    assert duty(row).overdue_at is not None
    assert list(faults(at=AT)) == []


def refused(event: Event, actor: User, text: str = "Why.") -> set[str]:
    with pytest.raises(TransitionRefused) as refusal, transaction.atomic():
        services.file_objection(event, text=text, actor=actor, at=AT)
    return {one.code for one in refusal.value.problems}


def test_who_may_object_to_what() -> None:
    person = make.make_sole_trader()
    event = make.make_automated(person)
    firm = make.make_applicant()
    by_firm = make.make_automated(firm)
    assert refused(by_firm, firm) == {"not-natural"}
    case = by_firm  # an act of a person, and one of the program that goes against nobody
    by_person = Event.objects.filter(organisation=event.organisation, verb="application.submit").get()
    assert refused(by_person, person) == {"not-automated"}
    plain = record(make.make_submitted(actor=person, kind="mining-licence-2"), "letter.send",
                   actor=make.make_system_user(), at=AT)  # fmt: skip
    assert refused(plain, person) == {"not-automated"}
    assert refused(event, person, "  ") == {"note-missing"}
    assert refused(event, person, "x" * 10_001) == {"text-too-long"}
    for stranger in (make.make_applicant(), make.make_user("officer"), make.make_user("administrator")):
        with pytest.raises(PermissionDenied):
            services.file_objection(event, text="Why.", actor=stranger, at=AT)
    assert case.organisation != event.organisation
    row = make.make_objection(event, actor=person)
    assert refused(event, person) == {"objected-already"}
    services.take_back_objection(row, actor=person, at=AT)
    assert duty(row).ended_at == AT
    again = make.make_objection(event, actor=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=row.pk).update(state="filed")
    with pytest.raises(TransitionRefused), transaction.atomic():
        services.answer_objection(again, "reject", answer=" ", actor=make.make_user("head"), at=AT)
    former = User.objects.get(pk=person.pk)
    former.role, former.authority = "officer", make.make_authority()
    former.save()
    with pytest.raises(PermissionDenied):
        services.answer_objection(again, "reject", answer="No.", actor=former, at=AT)


def test_what_is_open_to_objection() -> None:
    person = make.make_sole_trader()
    event = make.make_automated(person)
    make.make_automated()
    case = make.make_submitted(actor=person, kind="mining-licence-2")
    sweep_duties(at=AT + timedelta(days=90))  # the authority's own terms are nobody's debt
    assert list(services.open_to_objection(person)) == [event]
    own = Obligation.objects.of(case).filter(overdue_at__isnull=False)
    own.update(debtor=Obligation.ORGANISATION)
    found = set(services.open_to_objection(person).values_list("verb", flat=True))
    assert found == {"application.opinion_silent", "obligation.overdue"}
    make.make_objection(event, actor=person)
    assert event not in services.open_to_objection(person)
    assert not services.open_to_objection(make.make_user("officer")).exists()


def test_by_page_from_the_act_to_the_answer() -> None:
    person, officer = make.make_sole_trader(), make.make_user("officer")
    event = make.make_automated(person)
    mine, desk = client_of(person), client_of(officer)
    address = f"/account/objections/new/{event.pk}/"
    assert address in mine.get("/account/objections/").content.decode()
    assert mine.get(address).status_code == 200
    assert mine.post(address, {"text": " "}).status_code == 409
    answer = mine.post(address, {"text": "It <did> answer."})
    row = Objection.objects.get()
    assert answer["Location"] == f"/account/objections/{row.reference}/"
    assert mine.get(address).status_code == 404  # objected to
    assert "It &lt;did&gt; answer." in mine.get(answer["Location"]).content.decode()
    assert row.reference in desk.get("/objections/").content.decode()
    file = f"/objections/{row.reference}/"
    assert "Uphold the objection" in desk.get(file).content.decode()
    assert desk.post(file, {"answer": "x"}).status_code == 405
    assert desk.post(f"{file}uphold/", {"answer": "", "version": 1}).status_code == 422
    assert desk.post(f"{file}uphold/", {"answer": "x", "version": 7}).status_code == 412
    assert desk.post(f"{file}burn/", {"answer": "x"}).status_code == 404
    assert "What the program did stands" in desk.get(f"{file}reject/").content.decode()
    assert desk.post(f"{file}reject/", {"answer": "No answer came.", "version": row.version}).status_code == 302
    assert desk.post(f"{file}reject/", {"answer": "No answer came."}).status_code == 409
    assert "No answer came." in mine.get(answer["Location"]).content.decode()
    assert row.reference in desk.get("/objections/?show=answered").content.decode()
    assert desk.get("/objections/?show=all").status_code == 404
    assert mine.post(f"/account/objections/{row.reference}/take-back/").status_code == 409


def test_strangers_find_nothing() -> None:
    row = make.make_objection()
    event = make.make_automated()
    bank = client_of(make.make_user("officer", authority=make.make_authority("nbk")))
    other = client_of(make.make_sole_trader())
    for client in (bank, other):
        assert client.get(f"/objections/{row.reference}/").status_code == 404
        assert client.post(f"/objections/{row.reference}/uphold/", {"answer": "x"}).status_code == 404
        assert client.get(f"/account/objections/{row.reference}/").status_code == 404
        assert client.post(f"/account/objections/{row.reference}/take-back/").status_code == 404
        assert client.get(f"/account/objections/new/{event.pk}/").status_code == 404
    assert row.reference not in bank.get("/objections/").content.decode()
    assert row.reference not in other.get("/account/objections/").content.decode()
    assert (
        "You act for no natural person" in client_of(make.make_applicant()).get("/account/objections/").content.decode()
    )
    reader = client_of(make.make_user("auditor"))
    assert "Uphold the objection" not in reader.get(f"/objections/{row.reference}/").content.decode()
    assert reader.post(f"/objections/{row.reference}/uphold/", {"answer": "x"}).status_code == 403
    assert client_of(make.make_user("officer")).get("/account/objections/")["Location"] == "/objections/"


@pytest.mark.parametrize("address", ["/objections/", "/account/objections/"])
def test_lists_ask_the_same_number_of_queries_at_any_length(address: str) -> None:
    person, officer = make.make_sole_trader(), make.make_user("officer")
    case = make.make_submitted(actor=person, kind="mining-licence-2")
    client, system = client_of(officer if address == "/objections/" else person), make.make_system_user()

    def fill(number: int) -> None:
        for _one in range(number):
            event = record(case, "application.opinion_silent", actor=system, at=AT)
            make.make_objection(event, actor=person)
            record(case, "application.opinion_silent", actor=system, at=AT)

    counts = []
    for number in (3, 30):
        fill(number)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "cursor=" in page.content.decode()


class TestApi:
    def test_object_read_take_back(self) -> None:
        person = make.make_sole_trader()
        event, api = make.make_automated(person), Caller(person)
        [mine] = api.get("/automated-acts/own/").json()["results"]
        assert (mine["event"], mine["act"], mine["about"]) == (event.pk, "body-silent", event.reference)
        filed = api.post("/objections/", {"event": event.pk, "text": "It did answer."})
        assert filed.status_code == 201, filed.content
        path = f"/objections/{filed.json()['reference']}/"
        assert filed["Location"].endswith(path)
        assert api.get("/automated-acts/own/").json()["results"] == []
        read = api.get(path)
        assert (read.json()["state"], read.json()["answer"], read["ETag"]) == ("filed", "", '"1"')
        assert api.post(f"{path}take-back/").status_code == 428
        assert api.post(f"{path}take-back/", If_Match='"9"').status_code == 412
        assert api.post(f"{path}take-back/", If_Match=read["ETag"]).json()["state"] == "taken_back"
        again = api.post(f"{path}take-back/", If_Match="*")
        assert (again.status_code, codes(again)) == (409, {"wrong-state"})
        assert len(api.get("/objections/").json()["results"]) == 1
        stranger = Caller(make.make_sole_trader())
        assert stranger.get(path).status_code == 404
        assert stranger.get("/objections/").json()["results"] == []
        assert codes(stranger.post("/objections/", {"event": event.pk, "text": "x"})) == {"event-unknown"}

    def test_the_answer_is_read(self) -> None:
        row = make.make_objection()
        services.answer_objection(row, "reject", answer="No.", actor=make.make_user("head"), at=AT)
        told = Caller(row.filed_by).get(f"/objections/{row.reference}/").json()
        assert (told["state"], told["answer"]) == ("rejected", "No.")

    def test_the_registry_is_public(self) -> None:
        rows = {row["code"]: row for row in Caller().get("/automated-acts/").json()["results"]}
        assert rows["expiry"]["adverse"]
        assert rows["expiry"]["person"]
        assert rows["expiry"]["provision"]["code"] == "mining-licence.validity"
        assert not rows["mails"]["adverse"]

    def test_bad_requests(self) -> None:
        person = make.make_sole_trader()
        event, api = make.make_automated(person), Caller(person)
        good = {"event": event.pk, "text": "x"}
        for values, field in (
            ({"event": "x"}, "event"),
            ({"event": 0}, "event"),
            ({"event": 10**30}, "event"),
            ({"text": ""}, "text"),
            ({"text": "x" * 10_001}, "text"),
            ({"text": None}, "text"),
            ({"more": 1}, "more"),
        ):
            answer = api.post("/objections/", good | values)
            assert (answer.status_code, fields(answer)) == (400, {field}), values
        assert codes(api.post("/objections/", good | {"event": 10**9})) == {"event-unknown"}
        by_person = Event.objects.get(organisation=event.organisation, verb="application.submit")
        answer = api.post("/objections/", good | {"event": by_person.pk})
        assert (answer.status_code, codes(answer)) == (409, {"not-automated"})
        assert not Objection.objects.exists()
