"""Clarifications in the browser and by program: officers, who asked, everybody, strangers; and bad input."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.models import User
from licensing import services
from licensing.models import Application, Clarification, ClarificationReliance
from tests import factories as make
from tests.api.conftest import Caller, codes, fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(make.AT):
        yield


def client_of(user: User | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


DRAFT = {
    "title_en": "Trial runs",
    "question_ru": "Нужна ли лицензия?",
    "answer_ru": "Да.",
    "answer_en": "Yes.",
    "provisions": "permit.decision, mining-licence.validity",
}


def post(client: Client, row: Clarification, act: str, **data: Any) -> Any:
    return client.post(f"/clarification-requests/{row.reference}/{act}/", {"version": row.version, **data})


def fresh(row: Clarification) -> Clarification:
    return Clarification.objects.get(pk=row.pk)


def test_officers_draft_sign_publish_and_withdraw() -> None:
    officer, head = client_of(make.make_user("officer")), client_of(make.make_user("head"))
    row = make.make_asked()
    assert row.reference in officer.get("/clarification-requests/").content.decode()
    page = officer.get(f"/clarification-requests/{row.reference}/").content.decode()
    assert "Draft the answer" in page
    assert "8\u00a0Jul" in page
    assert post(officer, row, "draft", **DRAFT).status_code == 302
    row = fresh(row)
    assert post(officer, row, "sign").status_code == 403
    assert head.get(f"/clarification-requests/{row.reference}/sign/").status_code == 200
    assert post(head, row, "sign").status_code == 302
    row = fresh(row)
    assert row.number == "CL-MAIDD-2026-00001"
    assert client_of(None).get(f"/clarifications/{row.number}/").status_code == 404
    assert post(head, row, "publish").status_code == 302
    public = client_of(None).get(f"/clarifications/{row.number}/").content.decode()
    assert "Yes." in public
    assert row.organisation is not None
    assert row.organisation.name_en not in public
    assert row.number in client_of(None).get("/clarifications/?q=trial").content.decode()
    assert row.number not in client_of(None).get("/clarifications/?q=nothing").content.decode()
    assert post(head, fresh(row), "withdraw", reason="The law has changed.").status_code == 302
    public = client_of(None).get(f"/clarifications/{row.number}/").content.decode()
    assert "no longer stands since" in public
    assert row.number in officer.get("/clarification-requests/?show=ended").content.decode()


def test_own_initiative_begins_with_a_draft() -> None:
    officer = client_of(make.make_user("officer"))
    assert officer.get("/clarification-requests/new/").status_code == 200
    assert officer.post("/clarification-requests/new/", {}).status_code == 409
    answer = officer.post("/clarification-requests/new/", {"question_en": "What is a pool?"})
    row = Clarification.objects.get()
    assert answer["Location"] == f"/clarification-requests/{row.reference}/draft/"
    assert officer.get(answer["Location"]).status_code == 200


def test_bad_forms_come_back_with_reasons() -> None:
    officer = client_of(make.make_user("officer"))
    row = make.make_asked()
    assert post(officer, row, "draft").status_code == 422
    wrong = post(officer, row, "draft", **(DRAFT | {"provisions": "no.such.rule"}))
    assert wrong.status_code == 409
    assert "no.such.rule" in wrong.content.decode()
    stale = officer.post(f"/clarification-requests/{row.reference}/draft/", {**DRAFT, "version": 7})
    assert stale.status_code == 412
    assert officer.get(f"/clarification-requests/{row.reference}/burn/").status_code == 404
    assert officer.get("/clarification-requests/?show=all").status_code == 404
    assert officer.get("/clarification-requests/?cursor=abc").status_code == 200
    assert client_of(None).get("/clarifications/?cursor=2026-99-99.x&q=%00&authority=zzz").status_code in (200, 400)


def test_who_asks_sees_the_answer_only_when_it_is_signed() -> None:
    asker = make.make_applicant()
    client = client_of(asker)
    organisation, authority = asker.organisations(make.AT.date()).get(), make.make_authority()
    assert client.get("/account/clarifications/").status_code == 200
    empty = client.post("/account/clarifications/", {"authority": authority.pk, "organisation": organisation.pk})
    assert empty.status_code == 409
    foreign = client.post(
        "/account/clarifications/",
        {"authority": authority.pk, "organisation": make.make_organisation().pk, "question_ru": "?"},
    )
    assert foreign.status_code == 200
    assert not Clarification.objects.exists()
    answer = client.post(
        "/account/clarifications/",
        {"authority": authority.pk, "organisation": organisation.pk, "question_ru": "Нужна ли лицензия?"},
    )
    row = make.make_drafted(Clarification.objects.get(), answer={"en": "DRAFTED WORDS"})
    assert "DRAFTED WORDS" not in client.get(answer["Location"]).content.decode()
    make.make_signed(row)
    services.print_left_over_clarifications(at=make.AT)
    page = client.get(answer["Location"]).content.decode()
    assert "DRAFTED WORDS" in page
    assert "PDF" in page
    assert client_of(make.make_applicant()).get(answer["Location"]).status_code == 404
    assert client.post(f"{answer['Location']}recall/").status_code == 409
    other = make.make_asked(actor=asker)
    assert client.post(f"/account/clarifications/{other.reference}/recall/").status_code == 302
    assert fresh(other).state == "recalled"


def test_strangers_find_nothing() -> None:
    row = make.make_drafted()
    bank = client_of(make.make_user("officer", authority=make.make_authority("nbk")))
    for client in (bank, client_of(make.make_applicant())):
        assert client.get(f"/clarification-requests/{row.reference}/").status_code == 404
        assert post(client, row, "draft", **DRAFT).status_code == 404
    assert client_of(None).get(f"/clarification-requests/{row.reference}/").status_code == 302


@pytest.mark.parametrize("address", ["/clarifications/", "/clarification-requests/", "/account/clarifications/"])
def test_lists_ask_the_same_number_of_queries_at_any_length(
    address: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asker, officer = make.make_applicant(), make.make_user("officer")
    user = {"/clarifications/": None, "/clarification-requests/": officer, "/account/clarifications/": asker}[address]
    organisation = asker.organisations(make.AT.date()).get()
    client = client_of(user)

    def fill(first: int, last: int) -> None:
        public = address == "/clarifications/"
        signed: dict[str, Any] = {"number": "", "signed_by": None, "signed_at": None, "signed_on": None}
        for number in range(first, last):
            if public:
                signed = {
                    "number": f"CL-X-2026-{number:05d}",
                    "signed_by": officer,
                    "signed_at": make.AT,
                    "signed_on": make.AT.date(),
                }
            Clarification.objects.create(
                reference=f"ASK-X-{number}",
                authority=make.make_authority(),
                organisation=organisation,
                asked_by=asker,
                asked={"ru": "?"},
                answer={"ru": "!"},
                provisions=[{"code": "x"}],
                created_at=make.AT,
                state="published" if public else "asked",
                published_at=make.AT if public else None,
                **signed,
            )

    fill(0, 10)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    fill(10, 200)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(many) == len(few)
    assert "cursor=" in page.content.decode()


def test_the_case_file_shows_what_was_relied_on() -> None:
    case, row = make.make_draft(), make.make_published()
    services.rely_on_clarification(
        case, number=row.number, relied_on=make.AT.date(), note="Our first run.", actor=case.created_by, at=make.AT
    )
    services.submit_application(Application.objects.get(pk=case.pk), actor=case.created_by, at=make.AT)
    end = make.AT + timedelta(days=1)
    services.withdraw_clarification(row, reason="Wrong.", actor=make.make_user("head"), at=end)
    with time_machine.travel(end):
        client = client_of(make.make_user("officer"))
        page = client.get(f"/cases/{case.reference}/").content.decode()
        assert row.number in page
        assert "stood on that day" in page
        assert "no longer stands, since" in page
        assert case.reference in client.get(f"/clarification-requests/{row.reference}/").content.decode()
        cited = make.make_published()
        data = {"number": cited.number, "relied_on": end.date().isoformat(), "version": ""}
        answer = client.post(f"/cases/{case.reference}/cite/", data)
        assert answer.status_code == 302, answer.content.decode()
    assert ClarificationReliance.objects.filter(by_authority=True).count() == 1


class TestApi:
    def ask(self, api: Caller, **values: Any) -> Any:
        assert api.user is not None
        number = api.user.organisations(make.AT.date()).get().identifier
        body = {"authority": "maidd", "organisation": number, "question": {"ru": "Нужна ли лицензия?"}}
        return api.post("/clarification-requests/", body | values)

    def test_ask_read_recall(self) -> None:
        make.make_authority()
        api = Caller(make.make_applicant())
        asked = self.ask(api)
        assert asked.status_code == 201, asked.content
        path = f"/clarification-requests/{asked.json()['reference']}/"
        assert asked["Location"].endswith(path)
        row = make.make_drafted(Clarification.objects.get())
        read = api.get(path)
        assert (read.json()["answer"], read.json()["state"], read["ETag"]) == (None, "drafted", f'"{row.version}"')
        assert api.post(f"{path}recall/").status_code == 428
        assert api.post(f"{path}recall/", If_Match='"1"').status_code == 412
        assert api.post(f"{path}recall/", If_Match=read["ETag"]).json()["state"] == "recalled"
        again = api.post(f"{path}recall/", If_Match="*")
        assert (again.status_code, codes(again)) == (409, {"wrong-state"})
        assert len(api.get("/clarification-requests/").json()["results"]) == 1
        stranger = Caller(make.make_applicant())
        assert stranger.get(path).status_code == 404
        assert stranger.get("/clarification-requests/").json()["results"] == []

    def test_published_ones_are_searched_by_everybody(self) -> None:
        row, anybody = make.make_published(), Caller()
        make.make_signed()
        found = anybody.get("/clarifications/?q=trial").json()["results"]
        assert [one["number"] for one in found] == [row.number]
        assert found[0]["provisions"][0]["code"] == "permit.decision"
        assert "organisation" not in found[0]
        assert anybody.get("/clarifications/?q=zebra").json()["results"] == []
        assert anybody.get(f"/clarifications/{row.number}/").status_code == 200
        assert anybody.get("/clarifications/CL-MAIDD-2026-00002/").status_code == 404
        assert anybody.get("/clarifications/?cursor=x").status_code == 400

    def test_bad_requests(self) -> None:
        make.make_authority()
        make.make_authority("energy", decides=False)
        api = Caller(make.make_applicant())
        for values, status, expected in (
            ({"authority": "nobody"}, 400, {"authority-unknown"}),
            ({"authority": "energy"}, 409, {"authority-answers-none"}),
            ({"organisation": "000000000000"}, 400, {"organisation-unknown"}),
            ({"question": {}}, 409, {"words-missing"}),
            ({"question": {"de": "Ja?"}}, 400, {"unknown-field"}),
            ({"question": "text"}, 400, {"invalid"}),
            ({"question": {"ru": "x" * 20_001}}, 400, {"max_length"}),
            ({"more": 1}, 400, {"unknown-field"}),
        ):
            answer = self.ask(api, **values)
            assert (answer.status_code, codes(answer)) == (status, expected), answer.content
        assert Caller().post("/clarification-requests/").status_code == 401
        assert not Clarification.objects.exists()

    def test_reliance_in_a_draft(self) -> None:
        row, case = make.make_published(), make.make_draft()
        api, path = Caller(case.created_by), f"/applications/{case.reference}/reliances/"
        body = {"clarification": row.number, "relied_on": "2026-06-16", "note": "Our first run."}
        said = api.post(path, body, Idempotency_Key="k")
        assert said.status_code == 201, said.content
        assert api.post(path, body, Idempotency_Key="k").json() == said.json()
        twice = api.post(path, body)
        assert (twice.status_code, codes(twice)) == (409, {"relied-already"})
        assert api.get(path).json()["results"] == [said.json()]
        one = f"{path}{said.json()['id']}/"
        assert api.delete(one).status_code == 428
        assert api.delete(one, If_Match="*").status_code == 204
        assert api.delete(one, If_Match="*").status_code == 404

    def test_bad_reliance(self) -> None:
        row, case = make.make_published(), make.make_draft()
        api, path = Caller(case.created_by), f"/applications/{case.reference}/reliances/"
        for body, status, expected in (
            ({}, 400, {"clarification", "relied_on"}),
            ({"clarification": row.number, "relied_on": "2026-06-31"}, 400, {"relied_on"}),
            ({"clarification": row.number, "relied_on": "2026-06-17"}, 400, {"relied_on"}),
            ({"clarification": "CL-1", "relied_on": "2026-06-15"}, 409, {"number"}),
            ({"clarification": row.number, "relied_on": "2026-06-15"}, 409, {"relied_on"}),
            ({"clarification": row.number, "relied_on": "2026-06-16", "note": "x" * 2_001}, 400, {"note"}),
        ):
            answer = api.post(path, body)
            assert (answer.status_code, fields(answer)) == (status, expected), answer.content
        stranger = Caller(make.make_applicant())
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, {"clarification": row.number, "relied_on": "2026-06-16"}).status_code == 404
