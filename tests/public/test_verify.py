"""Verification by code: genuine or not, and how the licence stands today."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from core.workflow import HEAD
from licensing import services
from tests.factories import AT, make_licence, make_user

pytestmark = pytest.mark.django_db


def variants(code: str) -> list[str]:
    return [code, code.lower(), code.replace("-", ""), code.replace("-", " "), f" {code} "]


def test_a_licence_is_found_by_its_code_however_typed(client: Client) -> None:
    licence = make_licence()
    for typed in variants(licence.code):
        answer = client.get(f"/verify/{typed}/", headers={"accept": "application/json"})
        assert answer.status_code == 200
        assert answer.json()["number"] == licence.number
    facts = client.get(f"/verify/{licence.code}/?format=json").json()
    assert facts["genuine"] is True
    assert facts["in_force_today"] is True
    assert facts["holder_identifier"] == licence.organisation.identifier


def test_the_form_leads_to_the_page(client: Client) -> None:
    assert client.get("/verify/", {"code": "abcd efgh jk23"})["Location"] == "/verify/ABCD-EFGH-JK23/"
    assert client.get("/verify/", {"code": " - "}).status_code == 200


def test_an_unknown_code_explains_itself(client: Client) -> None:
    page = client.get("/verify/ABCD-EFGH-JK23/", headers={"accept-language": "en"})
    assert page.status_code == 404
    assert "letter by letter" in page.content.decode()
    answer = client.get("/verify/ABCD-EFGH-JK23/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (404, {"code": "ABCD-EFGH-JK23", "genuine": False})


def test_after_its_last_day_it_is_not_in_force(client: Client) -> None:
    licence = make_licence()
    assert licence.valid_to is not None
    later = datetime(licence.valid_to.year + 1, 1, 1, tzinfo=UTC)
    with time_machine.travel(later, tick=False):
        facts = client.get(f"/verify/{licence.code}/?format=json").json()
    assert (facts["state"], facts["in_force_today"]) == ("expired", False)


def test_a_withheld_holder_is_not_named(client: Client) -> None:
    licence = make_licence()
    services.publish_entry(licence.register_entry, published=False, reason="court order", actor=make_user(HEAD), at=AT)
    facts = client.get(f"/verify/{licence.code}/?format=json").json()
    assert facts["genuine"] is True
    assert facts["holder"] is None
    assert licence.organisation.identifier not in client.get(f"/verify/{licence.code}/").content.decode()


def test_who_asks_too_often_waits(client: Client) -> None:
    with time_machine.travel(AT, tick=False):  # no minute ends meanwhile
        answers = [client.get("/verify/ABCD-EFGH-JK23/").status_code for _time in range(40)]
        assert answers[0] == 404
        assert 429 in answers
        refused = client.get("/verify/ABCD-EFGH-JK23/?format=json")
    assert refused["Retry-After"]


def test_a_broken_redis_refuses_nobody(client: Client, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]  # pytest-django sets any name
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.2},
        }
    }
    assert {client.get("/verify/ABCD-EFGH-JK23/").status_code for _time in range(35)} == {404}
