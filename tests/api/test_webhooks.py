"""Webhooks by the API: made, changed, ended; secrets told once; strangers, rubbish, stale versions, twice at once."""

from typing import Any

import pytest

from core.models import User, Webhook, WebhookDelivery
from core.services import record
from tests import factories as make
from tests.api.conftest import Caller, codes
from tests.background.test_sweeps import together

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/tizilim"


def body(user: User, **more: Any) -> dict[str, Any]:
    return {"organisation": user.organisations().get().identifier, "url": URL, **more}


def test_a_webhook_from_first_to_last() -> None:
    user = make.make_applicant()
    api = Caller(user)
    made = api.post("/webhooks/", body(user, events=["application.grant"]))
    assert made.status_code == 201, made.content
    assert made.json()["secret"].startswith("whsec_")
    path = f"/webhooks/{made.json()['id']}/"
    assert made["Location"].endswith(path)
    read = api.get(path)
    assert "secret" not in read.json()
    assert read.json() == api.get("/webhooks/").json()["results"][0]
    changed = api.patch(path, {"events": [], "url": f"{URL}/2"}, If_Match=read["ETag"])
    assert (changed.json()["events"], changed.json()["url"]) == ([], f"{URL}/2")
    assert api.patch(path, {"active": False}, If_Match=read["ETag"]).status_code == 412
    assert api.patch(path, {"active": False}).status_code == 428
    new = api.post(f"{path}secret/", If_Match=changed["ETag"])
    assert new.status_code == 200
    assert new.json()["secret"] not in ("", made.json()["secret"])
    assert new.json()["previous_secret_until"]
    sent = api.post(f"{path}test/")
    assert (sent.status_code, sent.json()["state"], sent.json()["event"]) == (202, "waiting", "webhook.test")
    assert api.get(f"{path}deliveries/").json()["results"] == [sent.json()]
    assert api.post(f"{path}deliveries/{sent.json()['id']}/again/").status_code == 202
    assert api.patch(path, {"active": False}, If_Match="*").json()["state"] == "off"
    assert codes(api.post(f"{path}test/")) == {"webhook-off"}
    assert api.delete(path, If_Match="*").status_code == 204
    assert api.get(path).status_code == 404


def test_sent_again_it_acts_once_and_keeps_no_secret() -> None:
    user = make.make_applicant()
    api = Caller(user)
    first, second = (api.post("/webhooks/", body(user), Idempotency_Key="k1") for _time in range(2))
    assert first.status_code == second.status_code == 201
    assert second.json() == {**first.json(), "secret": None}
    assert Webhook.objects.count() == 1
    assert api.post("/webhooks/", body(user, url=f"{URL}/3"), Idempotency_Key="k1").status_code == 422


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"url": "https://127.0.0.1/"}, 409, "webhook-private"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, 409, "webhook-private"),
        ({"url": "https://localtest.example.org/"}, 409, "webhook-private"),
        ({"url": "https://nowhere.example.org/"}, 409, "webhook-name"),
        ({"url": "http://hooks.example.org/"}, 409, "webhook-https"),
        ({"url": "hooks.example.org"}, 400, "webhook-url"),
        ({"url": "https://a\\b/"}, 400, "webhook-url"),
        ({"url": "https://a\x00/"}, 400, "characters"),
        ({"url": 7}, 400, "webhook-url"),
        ({"url": None}, 400, "null"),
        ({"url": []}, 400, "invalid"),
        ({"events": ["application.dance"]}, 400, "invalid_choice"),
        ({"events": "application.grant"}, 400, "not_a_list"),
        ({"events": ["application.grant"] * 101}, 400, "max_length"),
        ({"organisation": "nobody"}, 400, "not-a-member"),
        ({"secret": "mine"}, 400, "unknown-field"),
    ],
)
def test_rubbish(change: dict[str, Any], status: int, code: str) -> None:
    user = make.make_applicant()
    answer = Caller(user).post("/webhooks/", body(user) | change)
    assert (answer.status_code, code in codes(answer)) == (status, True), answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert not Webhook.objects.exists()


def test_strangers_find_nothing() -> None:
    user = make.make_applicant()
    api = Caller(user)
    path = f"/webhooks/{api.post('/webhooks/', body(user)).json()['id']}/"
    delivery = api.post(f"{path}test/").json()["id"]
    lawyer, firm = make.make_user(), make.make_organisation()
    make.make_membership(lawyer, firm)
    make.make_power_of_attorney(firm, user.organisations().get(), user)
    for stranger in (make.make_applicant(), lawyer, make.make_user("officer"), make.make_user("administrator")):
        other = Caller(stranger)
        assert other.get("/webhooks/").json()["results"] == []
        assert other.get(path).status_code == other.get(f"{path}deliveries/").status_code == 404
        assert other.patch(path, {"active": False}, If_Match="*").status_code == 404
        assert other.delete(path, If_Match="*").status_code == 404
        for act in ("test/", f"deliveries/{delivery}/again/"):
            assert other.post(f"{path}{act}").status_code == 404
        assert other.post(f"{path}secret/", If_Match="*").status_code == 404
        assert codes(other.post("/webhooks/", body(user))) & {"not-a-member"}
    assert Caller().get("/webhooks/").status_code == 401


@pytest.mark.django_db(transaction=True)
def test_removed_by_two_at_once() -> None:
    user = make.make_applicant()
    callers = [Caller(user), Caller(user)]
    path = f"/webhooks/{callers[0].post('/webhooks/', body(user)).json()['id']}/"
    answers = together(*[lambda one=one: one.delete(path, If_Match="*").status_code for one in callers])
    assert sorted(answers) in ([204, 404], [204, 409])


def test_lists_cost_the_same(django_assert_max_num_queries: Any) -> None:
    user = make.make_applicant()
    api = Caller(user)
    hook = Webhook.objects.get(pk=api.post("/webhooks/", body(user)).json()["id"])
    counts = []
    for size in (10, 190):
        for _number in range(size):
            event = record(hook, "webhook.test", actor=user, at=make.AT)
            WebhookDelivery.objects.create(webhook=hook, event=event, created_at=make.AT, next_try_at=make.AT)
        with django_assert_max_num_queries(12) as asked:
            api.get(f"/webhooks/{hook.pk}/deliveries/?page_size=200")
        counts.append(len(asked))
    assert counts[0] == counts[1]
