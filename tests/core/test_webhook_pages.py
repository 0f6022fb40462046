"""Webhooks in the account area: a secret shown once, the log a page at a time, nothing for strangers."""

from typing import Any

import pytest
from django.test import Client

from core.models import Event, User, Webhook, WebhookDelivery
from core.services import make_webhook, record, send_test
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/tizilim"


@pytest.fixture
def member(client: Client) -> User:
    user = make.make_applicant(language="en")
    client.force_login(user)
    return user


def hook_of(user: User) -> Webhook:
    return make_webhook(organisation=user.organisations().get(), url=URL, actor=user, at=make.AT)[0]


def test_made_tested_changed_and_removed(client: Client, member: User) -> None:
    organisation = member.organisations().get().pk
    page = client.post("/account/webhooks/", {"organisation": organisation, "url": URL, "verbs": ["application.grant"]})
    assert page.status_code == 200
    assert page.content.count(b"whsec_") == 1
    assert "no-store" in page["Cache-Control"]
    hook = Webhook.objects.get()
    assert hook.verbs == ["application.grant"]
    address = f"/account/webhooks/{hook.pk}/"
    assert b"whsec_" not in client.get(address).content + client.get("/account/webhooks/").content
    assert client.post(f"{address}test/").status_code == 302
    assert client.get(address).context["lines"][0]["row"].state == "waiting"
    delivery = hook.deliveries.get()
    assert client.post(f"{address}deliveries/{delivery.pk}/again/").status_code == 302
    assert client.post(address, {"url": f"{URL}/2"}).status_code == 302
    rotated = client.post(f"{address}secret/")
    assert rotated.content.count(b"whsec_") == 1
    assert client.post(f"{address}turn/", {"active": "0"}).status_code == 302
    assert client.post(f"{address}test/").status_code == 409
    assert client.get(f"{address}remove/").status_code == 200
    assert client.post(f"{address}remove/").status_code == 302
    assert client.get(address).status_code == 404
    told = list(Event.objects.filter(verb__startswith="webhook.").order_by("id").values_list("verb", flat=True))
    assert told == [f"webhook.{act}" for act in ("make", "test", "again", "edit", "rotate", "edit", "remove")]


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://localtest.example.org/", "http://hooks.example.org/", "x"]
)
def test_a_refused_address_is_named_at_its_field(client: Client, member: User, url: str) -> None:
    page = client.post("/account/webhooks/", {"organisation": member.organisations().get().pk, "url": url})
    assert page.status_code == 409
    assert page.context["form"].errors["url"]
    assert not Webhook.objects.exists()


def test_nothing_for_strangers(client: Client) -> None:
    hook = hook_of(make.make_applicant())
    delivery = send_test(hook, actor=hook.made_by, at=make.AT)
    for stranger in (make.make_applicant(), make.make_user("officer"), make.make_user("administrator")):
        client.force_login(stranger)
        address = f"/account/webhooks/{hook.pk}/"
        assert client.get(address).status_code == 404
        for act in ("", "secret/", "test/", "turn/", "remove/", f"deliveries/{delivery.pk}/again/"):
            assert client.post(f"{address}{act}", {"url": URL}).status_code == 404
        assert URL.encode() not in client.get("/account/webhooks/").content
    other = hook_of(make.make_applicant())
    client.force_login(other.made_by)  # the delivery of another webhook
    assert client.post(f"/account/webhooks/{other.pk}/deliveries/{delivery.pk}/again/").status_code == 404


def test_the_log_is_paged_and_costs_the_same(client: Client, member: User, django_assert_max_num_queries: Any) -> None:
    hook, counts = hook_of(member), []
    for number in range(60):
        event = record(hook, "webhook.test", actor=member, at=make.AT)
        WebhookDelivery.objects.create(webhook=hook, event=event, created_at=make.AT, next_try_at=make.AT)
        if number in (4, 59):
            with django_assert_max_num_queries(14) as asked:
                client.get(f"/account/webhooks/{hook.pk}/")
            counts.append(len(asked))
    assert counts[0] == counts[1]
    seen, cursor = 0, ""
    while True:
        page = client.get(f"/account/webhooks/{hook.pk}/", {"cursor": cursor})
        seen += len(page.context["lines"])
        cursor = page.context["next"]
        if not cursor:
            break
    assert seen == 60
