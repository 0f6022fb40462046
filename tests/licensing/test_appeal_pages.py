"""Appeals by API and on officials' pages: filed, papered, followed, decided; rubbish, strangers, constant queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import User
from licensing.models import Appeal, Application
from tests import factories as make
from tests.api.conftest import API, Caller, read

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def add_paper(api: Caller, path: str) -> Any:
    """One file without any other field."""
    file = SimpleUploadedFile("paper.pdf", make.PDF)
    return api.client.post(f"{API}{path}documents/", {"file": file}, headers=api.headers)


def refused() -> Application:
    return make.make_decided(at=timezone.now() - timedelta(days=1), outcome="refuse")


def test_the_party_appeals_by_api_and_a_head_annuls_on_the_page() -> None:
    case = refused()
    api, path = Caller(make.party_of(case)), f"/applications/{case.reference}/appeals/"
    filed = api.post(path, {"text": "The centre stands there."}, Idempotency_Key="one")
    assert filed.status_code == 201, filed.content
    body = filed.json()
    assert (body["state"], body["route_stated"], body["is_late"]) == ("filed", True, False)
    assert body["suspends"]["confidence"] == "assumed"
    assert api.post(path, {"text": "The centre stands there."}, Idempotency_Key="one").json() == body
    again = api.post(path, {"text": "Once more."})
    assert [p["code"] for p in again.json()["problems"]] == ["appeal-known"]
    own = f"/appeals/{body['reference']}/"
    assert add_paper(api, own).status_code == 201
    assert api.upload(f"{own}documents/", make.PDF).status_code == 400  # a field that it does not know
    (paper,) = api.get(f"{own}documents/").json()["results"]
    assert read(api.get(f"{own}documents/{paper['id']}/content/")) == make.PDF
    assert [line["reference"] for line in api.get("/appeals/").json()["results"]] == [body["reference"]]
    assert Caller(make.make_applicant()).get(own).status_code == 404

    officer, head = signed_in(make.make_user("officer")), signed_in(make.make_user("head"))
    assert body["reference"] in officer.get("/appeals/").content.decode()
    page = officer.get(own).content.decode()
    assert "Yes, it is suspended" in page
    assert read(officer.get(f"{own}documents/{paper['id']}/")) == make.PDF
    assert officer.get(f"{own}satisfy/").status_code == 403
    appeal = Appeal.objects.get()
    assert officer.post(f"{own}forward/", {"body": appeal.authority_id, "version": appeal.version}).status_code == 302
    assert head.post(f"{own}uphold/", {"text": "No."}).status_code == 409  # nobody has been heard
    assert head.post(f"{own}annul/", {"text": ""}).status_code == 422
    assert head.post(f"{own}annul/", {"text": "Found so."}).status_code == 302
    assert Application.objects.get().state == "in_review"
    assert api.get(own).json()["state_label"] == "Satisfied: the act is annulled"
    assert "Satisfied" in signed_in(make.party_of(case)).get("/account/").content.decode()


def test_withdrawn_by_api_with_the_version_read() -> None:
    case = refused()
    api = Caller(make.party_of(case))
    body = api.post(f"/applications/{case.reference}/appeals/", {"text": "So."}).json()
    own = f"/appeals/{body['reference']}/"
    assert api.post(f"{own}withdraw/", {}).status_code == 428
    assert api.post(f"{own}withdraw/", {}, If_Match='"99"').status_code == 412
    done = api.post(f"{own}withdraw/", {"reason": "Settled."}, If_Match=api.get(own)["ETag"])
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn")
    assert add_paper(api, own).status_code == 409


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"text"}),
        ({"text": "\x00"}, {"text"}),
        ({"text": "x" * 20_001, "learned_on": "2099-01-01"}, {"text", "learned_on"}),
        ({"text": "So.", "learned_on": "yesterday", "state": "annulled"}, {"learned_on", "state"}),
    ],
    ids=["nothing", "nul", "too-much", "unknown"],
)
def test_rubbish_in_an_appeal(body: dict[str, str], fields: set[str]) -> None:
    case = refused()
    answer = Caller(make.party_of(case)).post(f"/applications/{case.reference}/appeals/", body)
    assert answer.status_code == 400, answer.content
    assert {problem["field"] for problem in answer.json()["problems"]} == fields
    assert not Appeal.objects.exists()


def test_without_a_decision_there_is_nothing_to_appeal_against() -> None:
    case = make.make_submitted(at=timezone.now())
    answer = Caller(make.party_of(case)).post(f"/applications/{case.reference}/appeals/", {"text": "So."})
    assert [problem["code"] for problem in answer.json()["problems"]] == ["nothing-decided"]


def test_who_may_open_the_pages() -> None:
    appeal = make.make_appeal()
    own = f"/appeals/{appeal.reference}/"
    expected = {
        make.make_user("auditor"): [200, 200, 403, 404],
        make.make_user("officer", authority=make.make_authority("nbk")): [200, 404, 404, 404],
        make.party_of(appeal.case): [302, 404, 404, 404],
    }
    for user, statuses in expected.items():
        client = signed_in(user)
        pages = ["/appeals/", own, f"{own}forward/", f"{own}no-such-act/"]
        assert [client.get(page).status_code for page in pages] == statuses, user


def test_the_queue_runs_the_same_queries_at_any_length() -> None:
    client, counts = signed_in(make.make_user("officer")), []
    for _size in range(2):
        make.make_appeal()
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/appeals/").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
