"""The door: wrong codes are counted, error pages lead nowhere else, nothing personal stays in a cache."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.test import Client
from django.utils import timezone

from core.accounts import ATTEMPTS, WINDOW
from core.models import LoginAttempt, User
from core.workflow import OFFICER
from tests import factories as make

pytestmark = pytest.mark.django_db


def enrolled() -> tuple[User, str]:
    person, secret = make.make_user(OFFICER), generate_totp_secret()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return person, secret


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(counters()))))


def at_the_second_door(client: Client, person: User) -> None:
    answer = client.post("/accounts/login/", {"login": person.email, "password": make.PASSWORD})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")


def test_wrong_codes_close_the_door_to_the_right_one(client: Client) -> None:
    person, secret = enrolled()
    for _time in range(ATTEMPTS):
        at_the_second_door(client, person)
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    at_the_second_door(client, person)  # a right password in between opens nothing
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).status_code == 200
    assert "_auth_user_id" not in client.session
    LoginAttempt.objects.update(at=timezone.now() - WINDOW)
    at_the_second_door(client, person)
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert not LoginAttempt.objects.filter(at__gt=timezone.now() - WINDOW).exists()


def test_a_code_opens_once_and_without_redis_too(client: Client, settings: pytest.FixtureRequest) -> None:
    person, secret = enrolled()
    code = code_now(secret)
    at_the_second_door(client, person)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    again = Client()
    at_the_second_door(again, person)
    assert again.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    nowhere = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}  # type: ignore[attr-defined]
    settings.CACHES = {"default": nowhere}  # type: ignore[attr-defined]  # pytest-django sets any name
    assert again.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).status_code == 302


@pytest.mark.parametrize("referer", ["https://evil.example/login", "javascript:alert(1)", "//evil.example"])
def test_the_way_back_from_a_refusal_stays_here(client: Client, referer: str) -> None:
    client.force_login(make.make_user())
    page = client.get("/account/claims/", headers={"referer": referer})
    assert page.status_code == 403
    assert referer not in page.content.decode()


def test_pages_of_people_are_kept_by_no_cache(client: Client) -> None:
    assert not client.get("/register/").has_header("Cache-Control")
    client.force_login(make.make_applicant())
    for address in ("/account/", "/inbox/", "/register/", "/account/profile/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


@pytest.mark.parametrize(
    "address", ["/register/%00/", "/cases/%00/", "/licences/%00/", "/licences/?q=%00", "/register/?q=%00"]
)
def test_a_nul_in_an_address_is_no_fault_of_ours(client: Client, address: str) -> None:
    client.force_login(make.make_user(OFFICER))
    assert client.get(address).status_code in (200, 400, 404)


@pytest.mark.parametrize("back", ["9" * 20, "x" * 1000, "admin:index", "//evil.example", "http://evil.example\r\nX: y"])
def test_the_theme_leads_back_here_whatever_is_sent(client: Client, back: str) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": back})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
