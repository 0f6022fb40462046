"""Requests between authorities by API: asked, answered, settled, withdrawn; each side its own, strangers nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Access, Document, Obligation, User
from core.workflow import HEAD, INSPECTOR, OFFICER
from licensing.models import Referral
from tests import factories as make
from tests.api.conftest import API, Caller, codes, fields, paper, read
from tests.licensing.test_matrix import LATER
from tests.licensing.test_referrals import asked, case_of

pytestmark = pytest.mark.django_db
LIST = "/authority-requests/"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    make.make_authority("nbk")
    with time_machine.travel(LATER, tick=False):
        yield


def official(code: str = "maidd", role: str = OFFICER) -> User:
    return make.make_user(role, authority=make.make_authority(code))


def path_of(row: Referral, act: str = "") -> str:
    return f"{LIST}{row.reference}/{act}"


def words(**fields: Any) -> dict[str, Any]:
    return {"kind": "request", "body": "nbk", "about": "Line 7", "text": "Whose is it?", **fields}


def test_both_sides_read_a_request_and_only_the_asker_what_it_is_about() -> None:
    row, officer, clerk = asked()
    shown, case = row.documents.get(), case_of(row)
    own, other = Caller(officer).get(path_of(row)), Caller(clerk).get(path_of(row))
    assert own["ETag"] == f'"{row.version}"'
    assert own.json()["record"] == {"kind": "case", "reference": case.reference}
    body = other.json()
    assert (body["record"], body["about"], body["text"]) == (None, case.reference, "Is the platform registered?")
    assert (body["authority"], body["body"], body["state"]) == (row.authority.code, "nbk", "sent")
    (told,) = body["documents"]
    assert (told["id"], told["filename"]) == (shown.pk, shown.filename)
    assert body["due_on"] == body["terms"][0]["due_on"]
    assert read(Caller(clerk).get(told["content"].split(API)[1])).startswith(b"%PDF")
    hidden = case.documents().exclude(pk=shown.pk)[0]
    assert Caller(clerk).get(path_of(row, f"documents/{hidden.pk}/content/")).status_code == 404
    assert Access.objects.filter(user=clerk, reference=row.reference).exists()


@pytest.mark.parametrize("who", ["third", "body", "party"])
def test_to_others_a_request_is_not_there(who: str) -> None:
    row, _officer, _clerk = asked()
    people: dict[str, Any] = {
        "third": lambda: official("afsa", HEAD),
        "body": lambda: make.make_user(OFFICER, authority=make.make_authority("energy", decides=False)),
        "party": lambda: make.party_of(case_of(row)),
    }
    caller = Caller(people[who]())
    assert caller.get(path_of(row)).status_code == 404
    assert caller.get(path_of(row, f"documents/{row.documents.get().pk}/content/")).status_code == 404
    for act in ("answer/", "settle/", "withdraw/"):
        assert caller.post(path_of(row, act), {"answer": "Yes.", "reason": "x"}, If_Match='"1"').status_code == 404
    assert caller.get(LIST).json()["results"] == []
    assert Caller().get(LIST).status_code == 401


def test_the_list_has_its_sides_and_asks_the_same_questions_at_any_size() -> None:
    row, officer, clerk = asked()
    caller, counts = Caller(clerk), []
    for size in (1, 6):
        while Referral.objects.count() < size:
            asked(case_of(row), body=row.body)
        with CaptureQueriesContext(connection) as seen:
            assert len(caller.get(f"{LIST}?show=open").json()["results"]) == size
        counts.append(len(seen))
    assert counts[0] == counts[1]
    sizes = {show: len(caller.get(f"{LIST}?show={show}").json()["results"]) for show in ("received", "sent", "none")}
    assert sizes == {"received": 6, "sent": 0, "none": 0}
    first = Caller(officer).get(f"{LIST}?show=sent&page_size=4").json()
    rest = Caller(officer).get(first["next"].split(API)[1]).json()["results"]
    assert [len(first["results"]), len(rest), rest[-1]["reference"]] == [4, 2, row.reference]


def test_a_request_about_a_record_shows_the_papers_that_are_named() -> None:
    case, caller = make.make_in_review(officer=make.make_user(OFFICER)), Caller(make.make_user(OFFICER))
    one, two = case.documents().order_by("id")[:2]
    about = {"record": "case", "reference": case.reference, "about": "", "documents": [one.pk]}
    made = [caller.post(LIST, words(**about), Idempotency_Key="ask") for _time in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    assert made[0].json() == made[1].json()
    row = Referral.objects.get()
    assert made[0]["Location"].endswith(path_of(row))
    assert (row.about, list(row.documents.all())) == (case.reference, [one])
    parts = {**words(**about), "documents": [one.pk, two.pk], "files": [paper("a.pdf"), paper("b.pdf")]}
    sent = caller.form(LIST, parts)
    assert sent.status_code == 201, sent.json()
    named = [told["filename"] for told in sent.json()["documents"]]
    assert named == [one.filename, two.filename, "a.pdf", "b.pdf"]


def test_everything_wrong_with_a_request_is_told_at_once() -> None:
    case, caller = make.make_in_review(), Caller(official("nbk"))
    foreign = case.documents()[0].pk
    bad = {"kind": "order", "text": " ", "record": "tax", "body": 7, "documents": ["x"], "abuot": ""}
    assert fields(caller.post(LIST, bad)) == {"kind", "text", "record", "documents.0", "abuot"}
    bad = {"record": "case", "reference": case.reference, "documents": [foreign], "body": "none"}
    told = codes(caller.post(LIST, words(**bad)))  # its own officers see the case, this one does not
    assert told == {"record-unknown", "about-twice", "authority-unknown", "document-of-another"}
    assert codes(caller.post(LIST, words(about=" "))) == {"particular-missing", "own-body"}
    exe = caller.form(LIST, words(body="maidd", files=[paper("a.exe", b"MZ")]))
    assert (exe.status_code, codes(exe)) == (415, {"file-type"})
    assert not Referral.objects.exists()
    assert Caller(official("nbk", INSPECTOR)).post(LIST, words(body="maidd")).status_code == 403
    assert Caller(make.make_applicant()).post(LIST, words()).status_code == 403


def test_the_asked_authority_answers_with_files_and_the_asker_settles() -> None:
    row, officer, clerk = asked()
    path, said = path_of(row, "answer/"), {"answer": "It is, under No. 7."}
    caller = Caller(clerk)
    assert caller.post(path, said).status_code == 428
    assert caller.post(path, said, If_Match='"9"').status_code == 412
    assert Caller(official("nbk", INSPECTOR)).post(path, said, If_Match='"1"').status_code == 403
    day = {"answered_on": str(LATER.date())}
    assert fields(caller.post(path, {**said, **day}, If_Match='"1"')) == {"answered_on"}  # it answers today
    parts = [{**said, "files": [paper("one.pdf"), paper("two.pdf", make.PDF + b" ")]} for _time in range(2)]
    sent = [caller.form(path, one, If_Match='"1"', Idempotency_Key="answer") for one in parts]
    assert [one.status_code for one in sent] == [200, 200], sent[0].json()
    assert sent[0].json() == sent[1].json()
    body = sent[0].json()
    assert [one["filename"] for one in body["answer_documents"]] == ["one.pdf", "two.pdf"]
    assert (body["state"], body["answered_on"], body["answered_by"]) == ("answered", str(LATER.date()), clerk.full_name)
    other = {**said, "files": [paper("one.pdf"), paper("two.pdf", make.PDF + b"  ")]}
    assert caller.form(path, other, If_Match='"1"', Idempotency_Key="answer").status_code == 422
    assert caller.post(path, said, If_Match=sent[0]["ETag"]).status_code == 409
    settle = path_of(row, "settle/")
    assert caller.post(settle, If_Match=sent[0]["ETag"]).status_code == 403
    assert Caller(officer).post(settle, If_Match=sent[0]["ETag"]).json()["state"] == "settled"
    assert Document.objects.of(row).count() == 2


@pytest.mark.parametrize(("days", "status"), [(-1, 409), (0, 200), (1, 409), (None, 400)])
def test_who_asked_enters_what_came_on_paper_with_its_day(days: int | None, status: int) -> None:
    row, officer, _clerk = asked()
    day = {} if days is None else {"answered_on": str(LATER.date() + timedelta(days=days))}
    answer = Caller(officer).post(path_of(row, "answer/"), {"answer": "Yes.", **day}, If_Match='"1"')
    assert answer.status_code == status
    if status != 200:
        assert fields(answer) == {"answered_on"}


def test_a_withdrawn_request_is_owed_no_more() -> None:
    row, officer, clerk = asked()
    path = path_of(row, "withdraw/")
    assert fields(Caller(officer).post(path, {"reason": " "}, If_Match='"1"')) == {"reason"}
    assert Caller(clerk).post(path, {"reason": "Found it."}, If_Match='"1"').status_code == 403
    body = Caller(officer).post(path, {"reason": "Found it."}, If_Match='"1"').json()
    assert (body["state"], body["withdrawn_because"], body["due_on"]) == ("withdrawn", "Found it.", None)
    assert not Obligation.objects.of(row).open().exists()
    assert Caller(clerk).get(path_of(row)).json()["withdrawn_because"] == "Found it."


def test_a_part_that_a_form_names_twice_is_refused_where_one_is_meant() -> None:
    caller = Caller(official())
    sent = caller.form(LIST, {**words(), "text": ["Whose?", "Which?"]})
    assert (sent.status_code, fields(sent)) == (400, {"text"})
