"""Bad input: a clear answer that names field and rule, in the reader's language; nothing is stored half."""

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from core.models import Document, Membership, Organisation, User
from core.services import make_key
from law.licensing import fee
from law.provisions import NotInForce
from licensing.models import Application
from mining.models import MiningParticulars
from tests import factories as make
from tests.api.conftest import API, Caller, codes, draft_body, fields
from tests.house.addresses import routes

pytestmark = pytest.mark.django_db


def stored() -> tuple[int, ...]:
    return tuple(m._base_manager.count() for m in (Application, MiningParticulars, Document, Organisation, Membership))


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("megawatts", "-1", "min_value"),
        ("megawatts", 0, "min_value"),
        ("megawatts", [1], "invalid"),
        ("megawatts", "NaN", None),
        ("megawatts", "1e400", None),
        ("megawatts", 10**400, None),
        ("jobs", 10**400, "max_value"),
        ("jobs", -1, "min_value"),
        ("jobs", True, "invalid"),
        ("centre_name", ["a", "list"], "invalid"),
        ("centre_name", {"an": "object"}, "invalid"),
        ("centre_name", "x" * 10_000, "max_length"),
        ("centre_name", "Мұнара\x07", "characters"),
        ("centre_name", "a\x00b", "characters"),
        ("centre_name", "a\ud800b", "characters"),
        ("centre_name", "LLP \u202egnihtemos", "characters"),
        ("centre_name", "\u200fname", "characters"),
        ("region", "KZ-99", "invalid_choice"),
        ("region", ["KZ-10"], "invalid_choice"),
        ("region", "\ud800", "characters"),
        ("equipment", "many", "not_a_list"),
        ("equipment", [["nested"], [[]]], "invalid"),
        ("equipment", [{"model": "x", "count": 1, "terahashes": "nan", "kilowatts": 1}], "invalid"),
        ("equipment", [{"model": "x", "count": 1, "terahashes": 10**400, "kilowatts": 1}], "overflow"),
        ("equipment", [{"model": "x", "count": 0, "terahashes": 1, "kilowatts": 1}], "min_value"),
        ("equipment", [{"model": "a\x00", "count": 1, "terahashes": 1, "kilowatts": 1}], "characters"),
        ("equipment", [{"model": "x", "count": 1, "terahashes": 1, "kilowatts": 1}] * 501, "max_length"),
        ("pools", "One Pool", "not_a_list"),
        ("pools", [["nested"]], "invalid"),
        ("pools", [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]], "too-deep"),
        ("ip_addresses", ["999.1.1.1"], "network"),
        ("ip_addresses", [7], None),
        ("fee_paid_on", "2199-01-01", "future"),
        ("fee_paid_on", "2026-06-17", "future"),
        ("fee_paid_on", "1999-01-01", "early"),
        ("fee_paid_on", "tomorrow", "invalid"),
        ("fee_amount", "-5", "min_value"),
        ("fee_amount", "Infinity", None),
        ("investment", "-1", "min_value"),
        ("megawats", "1", "unknown-field"),
        ("state", "granted", "unknown-field"),
    ],
)
def test_a_faulty_field_is_named(api: Caller, applicant: User, name: str, value: Any, code: str | None) -> None:
    before = stored()
    answers = {}
    for language in ("en", "ru", "kk"):
        response = api.post("/applications/", draft_body(applicant, **{name: value}), Accept_Language=language)
        assert response.status_code == 400, response.content
        assert response["Content-Type"] == "application/problem+json"
        assert {(field or "").partition(".")[0] for field in fields(response)} == {name}
        if code:
            assert code in codes(response)
        answers[language] = response.json()["detail"]
    assert all(answers.values())
    assert stored() == before


def test_all_faults_are_told_at_once(api: Caller, applicant: User) -> None:
    faulty = {"megawatts": "-1", "centre_name": "\u202ex", "jobs": "many", "fee_paid_on": "2199-01-01", "extra": 1}
    response = api.post("/applications/", draft_body(applicant, **faulty))
    assert fields(response) == set(faulty)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe",
        b'{"kind": NaN}',
        b'{"kind": Infinity}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"kind": ' + b"9" * 5_000 + b"}",
    ],
)
def test_broken_json_is_refused(api: Caller, body: bytes) -> None:
    response = api.client.post(
        f"{API}/applications/", body, content_type="application/json", headers={**api.headers, "Idempotency-Key": "a"}
    )
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_other_types_and_sizes_of_body_are_refused(api: Caller) -> None:
    form = api.client.post(f"{API}/applications/", {"kind": "mining-licence-1"}, headers=api.headers)
    assert form.status_code == 415
    large = json.dumps({"kind": "x" * 2_000_000})
    assert (
        api.client.post(f"{API}/applications/", large, content_type="application/json", headers=api.headers).status_code
        == 413
    )
    assert api.get("/applications/", Accept="text/html").status_code == 406
    assert api.delete("/applications/").status_code == 405


def test_numbers_of_organisations(api: Caller, applicant: User) -> None:
    number = make.make_bin()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    body = {"identifier": wrong, "form": "legal_entity", "name_en": "Trial LLP"}
    before = stored()
    claimed = api.post("/organisations/", body)
    assert (claimed.status_code, fields(claimed)) == (400, {"identifier"})
    assert "check digit" in claimed.json()["detail"]
    opened = api.post("/applications/", {"kind": "mining-licence-1", "organisation": wrong})
    assert (opened.status_code, fields(opened)) == (400, {"organisation"})
    assert "check digit" in opened.json()["detail"]
    foreign = api.post("/applications/", {"kind": "mining-licence-1", "organisation": number})
    assert codes(foreign) == {"organisation-unknown"}
    for name in ("x" * 10_000, "a\x00b", "a\ud800", "\u202eMiner", ["list"], {"an": "object"}):
        response = api.post("/organisations/", {**body, "identifier": number, "name_en": name})
        assert response.status_code == 400
        assert "name_en" in fields(response)
    assert stored() == before


def test_a_foreign_entity_gets_the_article_and_the_advice(db: None) -> None:
    make.make_authority()
    organisation = make.make_organisation(identifier="HRB-12345", registered_in="DE")
    draft = make.make_draft(actor=make.make_applicant(organisation))
    api = Caller(draft.created_by)
    response = api.post(f"/applications/{draft.reference}/submit/", If_Match="*")
    (problem,) = response.json()["problems"]
    assert (response.status_code, problem["code"], problem["field"]) == (409, "foreign_holder", "registered_in")
    assert "Form a legal entity in Kazakhstan" in problem["message"]
    assert problem["provision"]["article"]


def test_a_missing_document_is_named(api: Caller, applicant: User) -> None:
    opened = api.post("/applications/", draft_body(applicant))
    path = f"/applications/{opened.json()['reference']}/"
    refused = api.post(f"{path}submit/", If_Match=opened["ETag"])
    assert (refused.status_code, codes(refused)) == (409, {"document-missing"})
    assert fields(refused) == {"documents.centre-right", "documents.power-contract", "documents.pool-contract"}
    assert all(one["provision"]["act"] for one in refused.json()["problems"])
    assert api.get(path).json()["state"] == "draft"


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"MZ\x90\x00" + b"\0" * 200, 415, "file-type"),
        (b"\x7fELF" + b"\0" * 200, 415, "file-type"),
        (zip_bomb(), 415, "file-type"),
        (b"", 400, "empty-file"),
        (b"%PDF-" + b"0" * 50 * 1024 * 1024, 413, "file-too-large"),
        (b"%PDF-" + b"0" * (settings.UPLOAD_LIMIT + 1), 413, "file-too-large"),
    ],
    ids=["exe", "elf", "zip bomb", "empty", "50 MB", "one byte too many"],
)
def test_a_bad_file_is_refused(api: Caller, path: str, content: bytes, status: int, code: str) -> None:
    before = stored()
    for language in ("en", "ru", "kk"):
        response = api.upload(f"{path}documents/", content, name="contract.pdf", Accept_Language=language)
        assert (response.status_code, codes(response), fields(response)) == (status, {code}, {"file"})
    assert stored() == before


def test_an_upload_names_a_known_document(api: Caller, path: str) -> None:
    assert fields(api.upload(f"{path}documents/", make.PDF, kind="passport")) == {"kind"}
    assert fields(api.upload(f"{path}documents/", make.PDF, kind="other\x00")) == {"kind"}
    none = api.client.post(f"{API}{path}documents/", {"kind": "other"}, headers=api.headers)
    assert (none.status_code, fields(none)) == (400, {"file"})
    text = api.client.post(f"{API}{path}documents/", {"kind": "other", "file": "text"}, headers=api.headers)
    assert (text.status_code, fields(text)) == (400, {"file"})
    named = api.upload(f"{path}documents/", make.PDF, kind="other", name="../../\u202efdp.exe\x00.pdf")
    assert named.status_code == 201
    assert not {"/", "\u202e", "\x00"} & set(named.json()["filename"])


def test_keys_that_open_nothing(api: Caller, applicant: User) -> None:
    expired = make_key(applicant, actor=applicant, at=make.AT, expiry=timedelta(seconds=-1))[1]
    closed_user = make.make_applicant()
    closed = make_key(closed_user, actor=closed_user, at=make.AT)[1]
    closed_user.is_active = False
    closed_user.save()
    keys = {expired: "key-expired", closed: "account-closed", "0" * 64: "key-unknown", "é" * 9: "key-unknown"}
    for key, code in keys.items():
        response = api.get("/me/", Authorization=f"Token {key}")
        assert (response.status_code, codes(response)) == (401, {code})
        assert response["WWW-Authenticate"] == "Token"
    assert Caller().get("/applications/").status_code == 401
    assert Caller().get("/applications/", Authorization="Basic eDp5").status_code == 401


def test_versions(api: Caller, path: str) -> None:
    first = api.get(path)["ETag"]
    assert api.patch(path, {"jobs": 1}).status_code == 428
    second = api.patch(path, {"jobs": 1}, If_Match=first)["ETag"]
    assert first != second
    for header in (first, f"W/{second}", '"other"', '"99999999999999999999"'):
        stale = api.patch(path, {"jobs": 2}, If_Match=header)
        assert (stale.status_code, stale.json()["current_version"]) == (412, int(second.strip('"')))
        assert stale["ETag"] == second
    assert api.patch(path, {}, If_Match=first).status_code == 412
    assert api.patch(path, {"jobs": 2}, If_Match="no quotes").status_code == 400
    assert api.post(f"{path}submit/", If_Match=first).status_code == 412
    assert api.patch(path, {"jobs": 2}, If_Match=f'"77", {second}').status_code in (200, 412)
    assert api.patch(path, {"jobs": 3}, If_Match="*").status_code == 200
    compressed = api.get(path, Accept_Encoding="gzip")
    assert "Content-Encoding" not in compressed.headers
    assert compressed["ETag"].startswith('"')


def test_a_decided_application_stays_as_it_is(applicant: User) -> None:
    application = make.make_decided(actor=applicant)
    api, path = Caller(applicant), f"/applications/{application.reference}/"
    assert codes(api.post(f"{path}submit/", If_Match="*")) == {"wrong-state"}
    assert codes(api.post(f"{path}withdraw/", If_Match="*")) == {"wrong-state"}
    assert codes(api.patch(path, {"jobs": 1}, If_Match="*")) == {"not-a-draft"}
    refused = api.upload(f"{path}documents/", make.PDF, kind="other")
    assert (refused.status_code, codes(refused)) == (409, {"nothing-asked"})


@pytest.mark.parametrize(
    "place",
    [
        "/nothing/",
        "/applications/APP-2026-999999/",
        "/applications/%00/",
        "/applications/a%ed%a0%80b/",
        "/applications/" + "9" * 5_000 + "/",
        "/kinds/none/",
        "/licences/M1-2026-99999/",
        "/register/none/",
        "/provisions/%00/",
    ],
)
def test_unknown_addresses_are_problems_too(api: Caller, place: str) -> None:
    response = api.get(place)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_huge_numbers_in_addresses(api: Caller, path: str) -> None:
    for number in (10**18, 10**30):
        assert api.get(f"{path}documents/{number}/").status_code == 404
        assert api.get(f"{path}letters/{number}/content/").status_code == 404


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "x" * 500, "kind=%00", "region=%ed%a0%80", "cursor=%00", "cursor=W10"]
)
def test_faulty_queries_are_refused(db: None, query: str) -> None:
    assert Caller().get(f"/register/?{query}").status_code == 400


def test_no_call_takes_a_parameter_with_characters_that_no_text_may_hold(api: Caller) -> None:
    calls = [route.removeprefix("api/v1") for route in routes() if route.startswith("api/v1/") and "<" not in route]
    answers = {call: api.get(f"{call}?q=%00&kind=a%e2%80%aeb") for call in calls}
    refused = {call for call, answer in answers.items() if answer.status_code == 400}
    assert all(fields(answers[call]) == {"q", "kind"} for call in refused)
    other = {call: answers[call].status_code for call in calls if call not in refused}
    assert {call for call, status in other.items() if status not in (404, 405)} == {"/docs/", "/schema/"}
    assert len(refused) > 30


def test_a_reason_inside_a_reason_is_told_in_the_same_language(applicant: User) -> None:
    draft = make.make_draft(actor=applicant, fee_paid_on=None)
    type(draft)._base_manager.filter(pk=draft.pk).update(fee_paid_on="2025-06-01")
    api = Caller(applicant)
    for language in ("en", "ru", "kk"):
        found = api.get(f"/applications/{draft.reference}/problems/", Accept_Language=language).json()["problems"]
        message = next(one["message"] for one in found if one["code"] == "fee-unknown")
        with pytest.raises(NotInForce) as unknown, translation.override(language):
            fee("mining-licence-1", date(2025, 6, 1))
        with translation.override(language):
            assert unknown.value.problem.text(gettext) in message
