"""Requests about licences by API: opened on the licence, filed as every application; wrong hands, wrong words."""

from io import BytesIO
from typing import Any

import pytest

from core.models import User
from core.services import Upload
from licensing import services
from licensing.models import Application, Licence
from tests import factories as make
from tests.api.conftest import Caller, codes, fields

pytestmark = pytest.mark.django_db
PAID = {"fee_paid_on": "2026-06-10", "fee_reference": "PAY-0001", "fee_amount": "8650000.00"}


@pytest.fixture
def licence(applicant: User) -> Licence:
    return make.make_licence(actor=applicant)


def ask(api: Caller, licence: Licence, act: str, **body: Any) -> Any:
    return api.post(f"/licences/{licence.number}/requests/", {"act": act, **body})


def change(**more: Any) -> dict[str, Any]:
    return {"ground": "permit.reissue.entity", "changed_on": "2026-06-16", "name_ru": "ТОО «Новое имя»", **more}


def test_a_request_is_opened_edited_and_filed(api: Caller, licence: Licence) -> None:
    opened = ask(api, licence, "reissue", ground="permit.reissue.entity")
    assert opened.status_code == 201, opened.content
    body = opened.json()
    assert (body["act"], body["licence"], body["concerning"]) == ("reissue", licence.number, licence.number)
    assert opened["Location"].endswith(f"/api/v1/requests/{body['reference']}/")
    path = f"/requests/{body['reference']}/"
    edited = api.patch(path, change(), If_Match=opened["ETag"])
    assert edited.status_code == 200, edited.content
    assert edited.json()["name_ru"] == "ТОО «Новое имя»"
    case = f"/applications/{body['reference']}/"
    problems = api.get(f"{case}problems/").json()
    assert problems["can_submit"], problems
    filed = api.post(f"{case}submit/", If_Match=edited["ETag"])
    assert filed.status_code == 200, filed.content
    assert (filed.json()["state"], filed.json()["act"]) == ("submitted", "reissue")
    terms = {row["code"]: row for row in api.get(f"{case}terms/").json()["results"]}
    assert set(terms) == {"registration", "decision"}
    assert terms["decision"]["provision"]["code"] == "permit.reissue"
    line = api.get("/applications/?act=reissue").json()["results"]
    assert [(row["reference"], row["concerning"]) for row in line] == [(body["reference"], licence.number)]
    assert codes(api.get(case)) == {"is-a-request"}
    assert api.get(path).status_code == 200


def test_the_licence_tells_what_may_be_filed(api: Caller, licence: Licence) -> None:
    told = {one["act"]: one for one in api.get(f"/licences/{licence.number}/").json()["requests"]}
    assert told["reissue"]["open"]
    assert not told["duplicate"]["open"]
    assert told["duplicate"]["problems"][0]["provision"]["code"] == "permit.duplicate"


@pytest.mark.parametrize(
    ("act", "body", "field"),
    [
        ("reissue", {"ground": "nonsense"}, "ground"),
        ("reissue", {"changed_on": "2026-06-17"}, "changed_on"),
        ("reissue", {"changed_on": "31.02.2026"}, "changed_on"),
        ("reissue", {"months": 3}, "months"),
        ("reissue", {"name_kk": "x" * 301}, "name_kk"),
        ("correction", {"corrections": "no list"}, "corrections"),
        ("correction", {"corrections": [{"label": "No such line", "value": "x"}]}, "corrections.0.label"),
        ("duplicate", {"text": ["a"]}, "text"),
        ("nonsense", {}, "act"),
        ("issue", {}, "act"),
        (None, {}, "act"),
        ("reissue", {"organisation": "123456789012"}, "organisation"),
    ],
)
def test_rubbish_is_named(api: Caller, licence: Licence, act: Any, body: dict[str, Any], field: str) -> None:
    answer = ask(api, licence, act, **body)
    assert answer.status_code == 400, answer.content
    assert field in fields(answer)
    assert not Application.objects.exclude(act="issue").exists()


def test_strangers_and_officials_file_nothing(licence: Licence) -> None:
    for person, status in (
        (make.make_applicant(), 404),
        (make.make_user("officer"), 403),
        (make.make_user("head"), 403),
    ):
        assert ask(Caller(person), licence, "correction").status_code == status
        assert Caller(person).post(f"/licences/{licence.number}/renewal/").status_code == status


def test_the_same_request_twice_is_one(api: Caller, licence: Licence) -> None:
    path = f"/licences/{licence.number}/requests/"
    first = api.post(path, {"act": "correction"}, Idempotency_Key="one")
    again = api.post(path, {"act": "correction"}, Idempotency_Key="one")
    assert first.json() == again.json()
    assert Application.objects.filter(act="correction").count() == 1


def test_a_line_may_be_named_in_any_language(applicant: User, licence: Licence) -> None:
    body = {"corrections": [{"label": "Регион", "value": "Павлодарская область"}], "text": "Опечатка."}
    answer = ask(Caller(applicant, "ru"), licence, "correction", **body)
    assert answer.status_code == 201, answer.content
    assert Application.objects.get(act="correction").change.corrections[0]["label"] == "Region"


def test_a_new_term_is_applied_for_once(api: Caller, licence: Licence) -> None:
    path = f"/licences/{licence.number}/renewal/"
    fresh = api.post(path)
    assert fresh.status_code == 201, fresh.content
    body = fresh.json()
    assert (body["act"], body["concerning"], body["centre_name"]) == ("issue", licence.number, "Kostanay-1")
    assert body["fee_paid_on"] is None
    assert codes(api.post(path)) == {"renewal-open"}


def test_a_licence_asked_for_on_paper_has_duplicates(api: Caller, applicant: User) -> None:
    licence = make.make_licence(actor=applicant, on_paper=True)
    path = f"/licences/{licence.number}/"
    told = api.get(path).json()
    assert told["on_paper"]
    assert {one["act"]: one["open"] for one in told["requests"]}["duplicate"]
    assert api.get(f"/applications/{licence.application.reference}/").json()["on_paper"]
    opened = ask(api, licence, "duplicate", text="Lost in a fire.", **PAID)
    assert opened.status_code == 201, opened.content
    case = Application.objects.get(reference=opened.json()["reference"])
    upload = Upload("fee-proof.pdf", BytesIO(make.PDF))
    services.attach_document(case, upload, kind="fee-proof", actor=applicant, at=make.AT)
    version = api.get(f"/requests/{case.reference}/")["ETag"]
    filed = api.post(f"/applications/{case.reference}/submit/", If_Match=version)
    assert filed.status_code == 200, filed.content
    make.grant_request(case, at=make.AT)
    assert licence.editions.filter(act="duplicate").count() == 1


def test_a_request_is_not_asked_for_on_paper(api: Caller, licence: Licence) -> None:
    answer = ask(api, licence, "correction", on_paper=True)
    assert fields(answer) == {"on_paper"}
