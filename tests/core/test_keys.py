"""API keys do not outlive the password or the office of the person who made them."""

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from knox.models import AuthToken

from core.models import Event, Notification, User
from core.services import make_key, message, set_password, verify_events
from core.services.administration import edit_record, let_in
from core.workflow import ADMINISTRATOR, APPLICANT, AUDITOR, HEAD, OFFICER, TransitionRefused
from tests import factories as make

SECRET = "a-long-invented-password-7"


def with_keys(person: User, count: int = 2) -> list[dict[str, str]]:
    return [{"Authorization": f"Token {make_key(person, actor=person, at=make.AT)[1]}"} for _number in range(count)]


def answers(keys: list[dict[str, str]]) -> list[int]:
    return [Client().get("/api/v1/me/", headers=key).status_code for key in keys]


def ended(person: User) -> dict[str, Any]:
    """The facts of the event by which the keys ended; the person was told of it."""
    event = Event.objects.of(person).get(verb="key.end_all")
    assert set(Notification.objects.filter(event=event, recipient=person).values_list("channel", flat=True)) == {
        "inbox",
        "mail",
    }
    assert list(verify_events()) == []
    return dict(event.data)


@pytest.mark.django_db
def test_a_changed_password_ends_the_keys_and_leaves_others_theirs() -> None:
    person, other = make.make_user(), make.make_user()
    keys, others = with_keys(person), with_keys(other)
    client = Client()
    client.force_login(person)
    form = {"oldpassword": make.PASSWORD, "password1": SECRET, "password2": SECRET}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert User.objects.get(pk=person.pk).check_password(SECRET)
    assert (answers(keys), answers(others)) == ([401, 401], [200, 200])
    facts = ended(person)
    assert (facts["because"], len(facts["keys"])) == ("password", 2)
    subject, body = message(Notification.objects.filter(recipient=person).latest("id"))
    assert "2" in body
    assert subject


@pytest.mark.django_db
def test_a_password_that_was_not_changed_ends_nothing() -> None:
    person = make.make_user()
    keys = with_keys(person)
    client = Client()
    client.force_login(person)
    form = {"oldpassword": "wrong", "password1": SECRET, "password2": SECRET}
    assert client.post("/accounts/password/change/", form).status_code == 200
    assert answers(keys) == [200, 200]


@pytest.mark.django_db
def test_a_reset_password_ends_the_keys(settings: Any, tmp_path: Path) -> None:
    person = make.make_user()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    keys, client = with_keys(person), Client()
    assert client.post("/accounts/password/reset/", {"email": person.email}).status_code == 302
    found = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found
    page = client.get(found[1], follow=True)
    address = page.redirect_chain[-1][0]
    assert client.post(address, {"password1": SECRET, "password2": SECRET}).status_code == 302
    assert answers(keys) == [401, 401]
    assert ended(person)["because"] == "password"


@pytest.mark.parametrize(
    ("before", "fields"),
    [(OFFICER, {"role": HEAD}), (HEAD, {"role": AUDITOR}), (OFFICER, {"authority": "nbk"})],
)
@pytest.mark.django_db
def test_a_changed_office_ends_the_keys(before: str, fields: dict[str, str]) -> None:
    person = make.make_user(before)
    keys = with_keys(person)
    administrator = User.objects.create_user("all@example.org", role=ADMINISTRATOR)
    for name, value in fields.items():
        setattr(person, name, make.make_authority(value) if name == "authority" else value)
    edit_record(person, fields=list(fields), actor=administrator, at=make.AT)
    assert answers(keys) == [401, 401]
    assert ended(person)["because"] == "office"


@pytest.mark.django_db
def test_a_corrected_name_ends_nothing() -> None:
    person = make.make_user(OFFICER)
    keys = with_keys(person)
    person.full_name = "Corrected"
    edit_record(person, fields=["full_name"], actor=make.make_user(ADMINISTRATOR), at=make.AT)
    assert answers(keys) == [200, 200]


@pytest.mark.django_db
def test_a_closed_account_leaves_an_event_for_its_keys() -> None:
    person = make.make_user(OFFICER)
    with_keys(person)
    let_in(person, active=False, reason="Left.", actor=make.make_user(ADMINISTRATOR), at=make.AT)
    event = Event.objects.of(person).get(verb="key.end_all")
    assert (event.data["because"], AuthToken.objects.filter(user=person).count()) == ("account", 0)


@pytest.mark.django_db
def test_who_was_read_before_the_change_makes_no_key() -> None:
    stale = make.make_user(APPLICANT)
    set_password(User.objects.get(pk=stale.pk), SECRET, actor=stale, at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        make_key(stale, actor=stale, at=make.AT)
    assert [problem.code for problem in refused.value.problems] == ["standing-changed"]


@pytest.mark.stress
@pytest.mark.django_db(transaction=True)
def test_no_key_is_made_beside_a_change_of_password() -> None:
    """Whoever comes second finds the other's work: a key made first ends, one asked for later is refused."""
    for round_ in range(5):
        person = make.make_user(email=f"race{round_}@person.example")
        start = threading.Barrier(4)

        def make_one(person: User = person, start: threading.Barrier = start) -> None:
            own = User.objects.get(pk=person.pk)
            try:
                start.wait()
                make_key(own, actor=own, at=make.AT)
            except TransitionRefused:
                pass
            finally:
                connection.close()

        def change(person: User = person, start: threading.Barrier = start) -> None:
            try:
                start.wait()
                set_password(User.objects.get(pk=person.pk), SECRET, actor=person, at=make.AT)
            finally:
                connection.close()

        threads = [threading.Thread(target=make_one) for _number in range(3)] + [threading.Thread(target=change)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not AuthToken.objects.filter(user=person).exists()
        assert list(verify_events()) == []
