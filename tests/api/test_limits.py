"""Limits on how often, and what happens when something is broken."""

from typing import Any

import pytest

from core.api.throttling import OpenThrottle
from licensing import services
from licensing.models import Application
from tests import factories as make
from tests.api.conftest import Caller, codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def tight(settings: Any) -> None:
    """Windows of a day, so that none ends while a test counts."""
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": {"public": "2/d", "read": "3/d", "write": "2/d", "upload": "1/d"},
    }


def test_too_many_requests_say_when_to_come_back(tight: None, api: Caller, path: str) -> None:
    assert [api.get("/me/").status_code for _time in range(4)] == [200, 200, 200, 429]
    late = api.get("/me/")
    assert 1 <= int(late["Retry-After"]) <= 86_400
    assert late["Content-Type"] == "application/problem+json"
    assert api.upload(f"{path}documents/", make.PDF, kind="other").status_code == 201
    assert api.upload(f"{path}documents/", make.PDF, kind="other").status_code == 429
    assert Caller(make.make_applicant()).get("/me/").status_code == 200


def test_the_public_is_counted_by_address_and_not_by_what_it_says_of_itself(tight: None) -> None:
    public = Caller()
    statuses = [public.get("/kinds/", X_Forwarded_For=f"10.0.0.{n}").status_code for n in range(3)]
    assert statuses == [200, 200, 429]


def test_a_broken_redis_lets_everybody_pass(api: Caller, settings: Any, tight: None) -> None:
    broken = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": broken}
    OpenThrottle.asleep_until = 0.0
    try:
        assert {api.get("/me/").status_code for _time in range(8)} == {200}
    finally:
        OpenThrottle.asleep_until = 0.0


def test_a_fault_of_ours_says_nothing_of_the_inside(api: Caller, path: str, draft: Application) -> None:
    type(draft.particulars)._base_manager.filter(application=draft).delete()
    response = api.get(path)
    assert (response.status_code, codes(response)) == (500, {"unexpected"})
    assert response["Content-Type"] == "application/problem+json"
    assert response["X-Request-ID"]
    assert "MiningParticulars" not in response.content.decode()


def test_a_letter_not_printed_yet_says_when(api: Caller) -> None:
    filed = make.make_submitted(actor=api.user)
    place = f"/applications/{filed.reference}/letters/"
    (letter,) = api.get(place).json()["results"]
    assert letter["content"] is None
    waiting = api.get(f"{place}{letter['id']}/content/")
    assert (waiting.status_code, codes(waiting), waiting["Retry-After"]) == (404, {"not-printed"}, "5")
    services.print_left_over(at=make.AT)
    assert api.get(place).json()["results"][0]["content"].endswith("/content/")
