"""Limits by account and by address hold in the database, also when Redis is down."""

import threading
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from core.accounts import (
    FROM_ONE_PLACE,
    LETTER_WINDOW,
    LETTERS_FROM_ONE_PLACE,
    LETTERS_TO_ONE,
    WINDOW,
    attempts,
    place_of,
)
from core.models import LoginAttempt, User
from tests import factories as make

LOGIN, SIGNUP, RESET = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"
ENGLISH = {"accept-language": "en"}
SECRET = "a-long-invented-password-7"


@pytest.fixture(autouse=True)
def redis_is_down(settings: Any) -> None:
    nowhere = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = {"default": nowhere}


def sign_in(address: str, password: str = make.PASSWORD, place: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=place).post(LOGIN, {"login": address, "password": password}, headers=ENGLISH)


def ask_reset(email: str, place: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=place).post(RESET, {"email": email}, headers=ENGLISH)


def sign_up(email: str, place: str = "192.0.2.1") -> Any:
    form = {"email": email, "full_name": "New", "password1": SECRET, "password2": SECRET}
    return Client(REMOTE_ADDR=place).post(SIGNUP, form, headers=ENGLISH)


@pytest.mark.django_db
def test_one_address_that_guesses_at_many_accounts_is_shut_out_and_others_are_not() -> None:
    person = make.make_user(email="right@person.example")
    for number in range(FROM_ONE_PLACE):
        assert sign_in(f"guess{number}@person.example", "wrong").status_code == 200
    assert "from your network" in sign_in(person.email).content.decode()
    assert sign_in(person.email, place="192.0.2.2").status_code == 302
    LoginAttempt.objects.update(at=timezone.now() - WINDOW)
    assert sign_in(person.email).status_code == 302


@pytest.mark.django_db
def test_right_passwords_and_refused_tries_do_not_count() -> None:
    """An office of fifty behind one address logs in at nine; and a shut door does not stay shut by being tried."""
    person = make.make_user(email="right@person.example")
    for _time in range(3):
        assert sign_in(person.email).status_code == 302
    assert attempts("log-in from:192.0.2.1") == 0
    for number in range(FROM_ONE_PLACE + 5):
        sign_in(f"guess{number}@person.example", "wrong")
    assert attempts("log-in from:192.0.2.1") == FROM_ONE_PLACE


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.django_db
def test_a_new_password_is_asked_for_four_times_an_hour_for_one_account(known: bool) -> None:
    email = "one@person.example"
    if known:
        make.make_user(email=email)
    for number in range(LETTERS_TO_ONE):
        assert ask_reset(email, place=f"192.0.2.{number}").status_code == 302
    refused = ask_reset(email.upper(), place="192.0.2.99")
    assert "asked for too often" in refused.content.decode()
    assert ask_reset("two@person.example", place="192.0.2.99").status_code == 302
    LoginAttempt.objects.update(at=timezone.now() - LETTER_WINDOW)
    assert ask_reset(email).status_code == 302
    assert len(mail.outbox) == (LETTERS_TO_ONE + 1 if known else 0)


@pytest.mark.django_db
def test_one_address_asks_for_twenty_letters_an_hour() -> None:
    for number in range(LETTERS_FROM_ONE_PLACE):
        assert ask_reset(f"p{number}@person.example").status_code == 302
    assert "asked for too often" in ask_reset("more@person.example").content.decode()
    assert sign_up("other@person.example").status_code == 302  # another thing, counted by itself


@pytest.mark.django_db
def test_sign_up_is_limited_by_account_and_by_address() -> None:
    make.make_user(email="taken@person.example")
    for number in range(LETTERS_TO_ONE):
        assert sign_up("taken@person.example", place=f"192.0.2.{number}").status_code == 302
    assert "asked for too often" in sign_up("taken@person.example", place="192.0.2.9").content.decode()
    for number in range(LETTERS_FROM_ONE_PLACE):
        assert sign_up(f"n{number}@person.example", place="198.51.100.7").status_code == 302
    assert "asked for too often" in sign_up("n99@person.example", place="198.51.100.7").content.decode()
    assert not User.objects.filter(email="n99@person.example").exists()


@pytest.mark.django_db
def test_a_faulty_form_counts_for_nothing() -> None:
    for _time in range(LETTERS_TO_ONE + 1):
        Client().post(SIGNUP, {"email": "a@person.example", "password1": "short", "password2": "other"})
        Client().post(RESET, {"email": "no address"})
    assert not LoginAttempt.objects.exists()


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_a_long_address_stands_for_its_network(address: str, place: str) -> None:
    assert place_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place


@pytest.mark.stress
@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_letters_than_one_after_the_other() -> None:
    make.make_user(email="one@person.example")
    start, answers = threading.Barrier(8), []

    def ask(number: int) -> None:
        try:
            start.wait()
            answers.append(ask_reset("one@person.example", place=f"192.0.2.{number}").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert len(mail.outbox) <= LETTERS_TO_ONE
