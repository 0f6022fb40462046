"""A request sent twice acts once."""

import threading
from typing import Any

import pytest
from django.db import connection

from core.models import Document, Event, RequestKey, User
from core.services import revoke_membership
from licensing.models import Application
from tests import factories as make
from tests.api.conftest import Caller, codes, draft_body


@pytest.mark.django_db
def test_the_same_request_gets_the_same_answer(api: Caller, applicant: User) -> None:
    body = draft_body(applicant)
    first = api.post("/applications/", body, Idempotency_Key="k-1")
    second = api.post("/applications/", dict(reversed(body.items())), Idempotency_Key="k-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert (second["ETag"], second["Location"]) == (first["ETag"], first["Location"])
    assert second["Idempotency-Replayed"] == "true"
    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_other_content_is_refused_and_others_have_keys_of_their_own(api: Caller, applicant: User) -> None:
    assert api.post("/applications/", draft_body(applicant), Idempotency_Key="k").status_code == 201
    other = api.post("/applications/", draft_body(applicant, jobs=1), Idempotency_Key="k")
    assert (other.status_code, codes(other)) == (422, {"idempotency-key"})
    stranger = make.make_applicant()
    assert Caller(stranger).post("/applications/", draft_body(stranger), Idempotency_Key="k").status_code == 201
    assert api.post("/applications/", draft_body(applicant), Idempotency_Key="ключ").status_code == 400
    assert api.post("/applications/", draft_body(applicant), Idempotency_Key="x" * 201).status_code == 400


@pytest.mark.django_db
def test_a_failure_is_not_replayed(api: Caller, applicant: User) -> None:
    refused = api.post("/applications/", draft_body(applicant, megawatts="-1"), Idempotency_Key="k")
    assert refused.status_code == 400
    assert not RequestKey.objects.exists()
    assert api.post("/applications/", draft_body(applicant), Idempotency_Key="k").status_code == 201


@pytest.mark.django_db
def test_an_upload_and_a_submission_are_repeated(api: Caller, path: str) -> None:
    sent = [api.upload(f"{path}documents/", make.PDF, kind="other", Idempotency_Key="u") for _time in range(2)]
    assert sent[0].json() == sent[1].json()
    assert Document.objects.filter(kind="other").count() == 1
    assert api.upload(f"{path}documents/", make.PDF + b" ", kind="other", Idempotency_Key="u").status_code == 422
    etag = api.get(path)["ETag"]
    filed = [api.post(f"{path}submit/", If_Match=etag, Idempotency_Key="s") for _time in range(2)]
    assert [one.status_code for one in filed] == [200, 200]
    assert Event.objects.filter(verb="application.submit").count() == 1


@pytest.mark.django_db
def test_who_may_no_longer_act_gets_no_answer_again(api: Caller, applicant: User) -> None:
    """The answer holds the case: it is given to a member of today, not to one of yesterday."""
    body, held = draft_body(applicant), applicant.memberships.get()
    first = api.post("/applications/", body, Idempotency_Key="k")
    path = f"/applications/{first.json()['reference']}/"
    assert api.upload(f"{path}documents/", make.PDF, kind="other", Idempotency_Key="u").status_code == 201
    revoke_membership(held, actor=applicant, at=make.AT)
    again = api.post("/applications/", body, Idempotency_Key="k")
    assert (again.status_code, codes(again)) == (404, {"not-found"})
    assert first.json()["reference"] not in again.content.decode()
    assert api.upload(f"{path}documents/", make.PDF, kind="other", Idempotency_Key="u").status_code == 404
    make.make_membership(applicant, held.organisation)
    assert api.post("/applications/", body, Idempotency_Key="k")["Idempotency-Replayed"] == "true"


@pytest.mark.django_db
def test_a_power_of_attorney_that_ended_answers_nothing(applicant: User) -> None:
    client, firm = applicant.organisations(make.AT.date()).get(), make.make_organisation()
    lawyer = make.make_applicant(firm)
    power = make.make_power_of_attorney(firm, client, applicant)
    body, caller = draft_body(applicant), Caller(lawyer)
    assert caller.post("/applications/", body, Idempotency_Key="k").status_code == 201
    assert caller.post("/applications/", body, Idempotency_Key="k").status_code == 201
    revoke_membership(power, actor=applicant, at=make.AT)
    assert caller.post("/applications/", body, Idempotency_Key="k").status_code == 404


@pytest.mark.django_db
def test_a_claim_is_repeated_though_nobody_has_confirmed_it(api: Caller) -> None:
    claim = {"identifier": make.make_bin(), "form": "legal_entity", "registered_in": "KZ", "name_ru": "ТОО «Новая»"}
    sent = [api.post("/organisations/", claim, Idempotency_Key="c") for _time in range(2)]
    assert [one.status_code for one in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()


@pytest.mark.stress
@pytest.mark.django_db(transaction=True)
def test_ten_at_the_same_moment_act_once() -> None:
    make.make_authority()
    user = make.make_applicant()
    caller, body = Caller(user), draft_body(user)
    start, answers = threading.Barrier(10), []

    def send() -> None:
        try:
            start.wait()
            answer: Any = caller.call("post", "/applications/", body, Idempotency_Key="race")
            answers.append((answer.status_code, answer.json()["reference"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _place in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 10
    assert len(set(answers)) == 1
    assert Application.objects.count() == 1
