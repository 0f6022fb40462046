"""Classes of assets by API: the checklist of the day, answers in parts, evidence, two hands, nothing for strangers."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Document
from core.workflow import AUDITOR, HEAD, OFFICER
from exchanges import services
from exchanges.models import AssetAssessment
from law import assets
from tests import factories as make
from tests.api.conftest import API, Caller, codes, fields, paper, read
from tests.exchanges.test_classes import OF_KIND_ONE

pytestmark = pytest.mark.django_db
LIST = "/asset-classes/"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


def path_of(row: AssetAssessment, act: str = "") -> str:
    return f"{LIST}{row.reference}/{act}"


def etag(row: AssetAssessment) -> str:
    return f'"{AssetAssessment.objects.get(pk=row.pk).version}"'


def upload(caller: Caller, row: AssetAssessment, **data: Any) -> Any:
    """A file with the code of its item beside it, where one is given."""
    return caller.form(path_of(row, "documents/"), data)


def test_an_assessment_is_opened_answered_in_parts_proposed_and_signed() -> None:
    officer, head = make.make_user(OFFICER), make.make_user(HEAD)
    caller, day = Caller(officer), make.AT.date().isoformat()
    asked = {"asset": "Steppe Grain Token", "issuer": "Steppe Grain LLP", "on": day}
    made = [caller.post(LIST, asked, Idempotency_Key="open") for _time in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    row = AssetAssessment.objects.get()
    body = made[0].json()
    assert (made[1].json(), made[0]["Location"].endswith(path_of(row))) == (body, True)
    assert (body["checklist_since"], body["asset_class"], body["state"]) == ("2026-05-01", None, "draft")
    assert {item["part"] for item in body["items"]} == {"dfa", "kind", "fixed"}
    aside = [item["code"] for item in body["items"] if "not_applicable" in item["answers"]]
    assert aside == ["underlying_verified_first"]
    assert body["items"][0]["provision"]["code"] == "dfa.issued_on_platform"
    names, path = [item["code"] for item in body["items"]], path_of(row, "answers/")
    first = {"items": [{"code": names[0], "answer": "met", "evidence": "Seen."}], "summary": "As seen."}
    answer = caller.post(path, first, If_Match=made[0]["ETag"])
    assert answer.status_code == 200
    unmet = {*OF_KIND_ONE}
    rest = [{"code": one, "answer": "not_met" if one in unmet else "met", "evidence": "Seen."} for one in names[1:]]
    early = caller.post(path_of(row, "propose/"), If_Match=answer["ETag"])
    assert (early.status_code, codes(early)) == (409, {"item-unanswered"})
    answer = caller.post(path, {"items": rest}, If_Match=answer["ETag"])
    told = answer.json()
    assert (told["summary"], {item["evidence"] for item in told["items"]}) == ("As seen.", {"Seen."})
    proposed = caller.post(path_of(row, "propose/"), If_Match=answer["ETag"])
    sign = path_of(row, "sign-off/")
    assert caller.post(sign, If_Match=proposed["ETag"]).status_code == 403
    signed = Caller(head).post(sign, If_Match=proposed["ETag"]).json()
    assert (signed["state"], signed["asset_class"], signed["dfa_kind"]) == ("signed", assets.DFA, 1)
    assert (signed["provision"]["code"], signed["signed_by"]) == ("dfa.kind.money", head.full_name)


def test_the_list_is_narrowed_and_asks_the_same_questions_at_any_size() -> None:
    caller, counts = Caller(make.make_user(OFFICER)), []
    row = make.make_class(asset="Copper Note", issuer="Copper LLP")
    for size in (2, 20):
        while AssetAssessment.objects.count() < size:
            make.make_class()
        with CaptureQueriesContext(connection) as seen:
            assert len(caller.get(LIST).json()["results"]) == size
        counts.append(len(seen))
    assert counts[0] == counts[1]
    for query in (f"q={row.reference}", "q=copper", "q=note", "page_size=1&q=Copper+LLP"):
        found = caller.get(f"{LIST}?{query}").json()["results"]
        assert [one["reference"] for one in found] == [row.reference], query
    for query in ("asset_class=dfa", "asset_class=none"):
        assert caller.get(f"{LIST}?{query}").json()["results"] == [], query


def test_everything_wrong_is_told_at_once() -> None:
    caller, row = Caller(make.make_user(OFFICER)), make.make_class()
    assert fields(caller.post(LIST, {"asset": " ", "on": "now", "name": "x"})) == {"asset", "on", "name"}
    early = caller.post(LIST, {"asset": "X", "on": "2023-03-31"})
    assert (early.status_code, codes(early)) == (409, {"not_in_force"})
    path = path_of(row, "answers/")
    wrong = {"items": [{"code": "kind-money", "answer": "yes"}, {"answer": "met"}]}
    assert fields(caller.post(path, wrong, If_Match="*")) == {"items.0.answer", "items.1.code"}
    wrong = {"items": [{"code": "kind-money"}, {"code": "rights"}, {"code": "kind-money"}]}
    refused = caller.post(path, wrong, If_Match="*")
    assert (codes(refused), fields(refused)) == ({"evidence-item", "item-twice"}, {"items.1.code", "items.2.code"})
    two = {"items": [{"code": one, "answer": "met"} for one in ("kind-money", "kind-property")]}
    assert codes(caller.post(path, two, If_Match="*")) == {"kinds-several"}
    assert caller.post(path, two).status_code == 428
    assert caller.post(path, two, If_Match='"9"').status_code == 412
    assert Caller(make.make_user(AUDITOR)).post(path, two, If_Match="*").status_code == 403
    assert Caller(make.make_user(AUDITOR)).post(LIST, {"asset": "X"}).status_code == 403
    assert fields(caller.post(path_of(row, "drop/"), {"reason": " "}, If_Match="*")) == {"reason"}


def test_papers_show_what_was_seen_and_are_taken_off_while_it_is_prepared() -> None:
    officer = make.make_user(OFFICER)
    caller, row = Caller(officer), make.make_class(actor=officer)
    assert upload(caller, row, file=paper("seen.pdf"), item="none").status_code == 409
    of_item = upload(caller, row, file=paper("seen.pdf"), item="kind-money")
    of_whole = upload(caller, row, file=paper("whole.pdf"))
    assert [of_item.status_code, of_whole.status_code] == [201, 201]
    body = caller.get(path_of(row)).json()
    item = next(one for one in body["items"] if one["code"] == "kind-money")
    assert ([one["filename"] for one in item["documents"]], [one["filename"] for one in body["documents"]]) == (
        ["seen.pdf"], ["whole.pdf"],
    )  # fmt: skip
    content = item["documents"][0]["content"].split(API)[1]
    assert read(caller.get(content)) == make.PDF
    place = content.removesuffix("content/")
    assert caller.delete(place).status_code == 428
    assert caller.delete(place, If_Match='"9"').status_code == 412
    assert caller.delete(place, If_Match=etag(row)).status_code == 204
    assert caller.get(content).status_code == 404
    made = services.propose_class(make.answer_class(row, unmet=OF_KIND_ONE), actor=officer, at=make.AT)
    left = path_of(row, f"documents/{of_whole.json()['id']}/")
    assert caller.delete(left, If_Match=etag(made)).status_code == 409
    assert upload(caller, row, file=paper("late.pdf")).status_code == 409
    assert Document.objects.of(row).current().count() == 1


def test_a_class_is_sent_back_and_dropped() -> None:
    officer = make.make_user(OFFICER)
    row = services.propose_class(make.answer_class(make.make_class(), unmet=OF_KIND_ONE), actor=officer, at=make.AT)
    why, back = {"reason": "Who keeps the underlying?"}, path_of(row, "send-back/")
    assert Caller(officer).post(back, why, If_Match=etag(row)).status_code == 403
    sent = Caller(make.make_user(HEAD)).post(back, why, If_Match=etag(row))
    assert sent.json()["state"] == "draft"
    dropped = Caller(officer).post(path_of(row, "drop/"), why, If_Match=sent["ETag"])
    assert dropped.json()["state"] == "dropped"
    assert Caller(officer).post(path_of(row, "drop/"), why, If_Match=dropped["ETag"]).status_code == 409


@pytest.mark.parametrize("who", ["nbk", "body", "party"])
def test_to_others_it_is_not_there(who: str) -> None:
    row = make.make_class()
    people: dict[str, Any] = {
        "nbk": lambda: make.make_user(HEAD, authority=make.make_authority("nbk")),
        "body": lambda: make.make_user(OFFICER, authority=make.make_authority("energy", decides=False)),
        "party": lambda: make.make_applicant(),
    }
    caller = Caller(people[who]())
    assert caller.get(path_of(row)).status_code == 404
    for act in ("answers/", "propose/", "sign-off/", "send-back/", "drop/"):
        assert caller.post(path_of(row, act), {"reason": "x"}, If_Match="*").status_code == 404, act
    assert upload(caller, row, file=paper("seen.pdf")).status_code == 404
    assert caller.get(LIST).status_code == (404 if who == "body" else 200)
    assert Caller().get(LIST).status_code == 401
