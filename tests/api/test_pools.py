"""A pool is filed for by the API like any kind; its holder gives new protocols."""

from core.models import User
from licensing.models import Application
from tests import factories as make
from tests.api.conftest import Caller, codes, fields


def test_a_pool_is_filed_for(api: Caller, applicant: User) -> None:
    whose = applicant.organisations(make.AT.date()).get().identifier
    kind = api.get(f"/kinds/{make.POOL}/").json()
    assert kind["fee"]["known"] is False
    assert kind["validity"]["last_day"] is None
    assert all(one["provision"]["unconfirmed"] for one in kind["terms"])
    opened = api.post("/applications/", {"kind": make.POOL, "organisation": whose, **make.pool_particulars()})
    assert opened.status_code == 201, opened.content
    assert opened.json()["protocols"] == [make.protocol()]
    path = f"/applications/{opened.json()['reference']}/"
    for paper in kind["documents"]:
        assert api.upload(f"{path}documents/", make.PDF + paper["code"].encode(), kind=paper["code"]).status_code == 201
    filed = api.post(f"{path}submit/", If_Match=api.get(path)["ETag"])
    assert filed.status_code == 200, filed.content
    assert Application.objects.get().kind == make.POOL


def test_bad_protocols_are_told_row_by_row(api: Caller, applicant: User) -> None:
    whose = applicant.organisations(make.AT.date()).get().identifier
    bad = [make.protocol(kind="guess"), make.protocol(issued_on="12.01.2026"), {}]
    body = {"kind": make.POOL, "organisation": whose, **make.pool_particulars(protocols=bad, hardware_in="kz")}
    answer = api.post("/applications/", body)
    assert answer.status_code == 400
    assert {"protocols.0.kind", "protocols.1.issued_on", "protocols.2.number", "hardware_in"} <= fields(answer)


def test_the_holder_gives_a_new_protocol(applicant: User) -> None:
    pool = make.make_pool(actor=applicant)
    api, path = Caller(applicant), f"/licences/{pool.number}/protocols/"
    given = make.protocol(number="IS-99/2026", issued_on="2026-06-10", expires_on="2027-06-09")
    first = api.post(path, given, Idempotency_Key="once")
    assert first.status_code == 201, first.content
    assert api.post(path, given, Idempotency_Key="once").json() == first.json()
    assert codes(api.post(path, given)) == {"protocol-known"}
    assert [row["number"] for row in api.get(path).json()["results"]] == ["IS-99/2026", "IS-17/2026"]
    assert Caller(make.make_applicant()).get(path).status_code == 404
    assert codes(api.post(path, {"unknown": 1})) >= {"unknown-field", "required"}
