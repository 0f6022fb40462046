"""What an administrator edits becomes an event in the same transaction, without personal data."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from knox.models import AuthToken

from core.models import Event, User
from core.services import make_key, verify_events
from tests import factories as make
from tests.admin.pages import client_of, confirm, page_of

pytestmark = pytest.mark.django_db


def form_of(person: User, **fields: Any) -> dict[str, Any]:
    values = {
        "full_name": person.full_name,
        "role": person.role,
        "authority": person.authority_id or "",
        "language": person.language,
    }
    return values | fields


def edits_of(person: User) -> list[dict[str, Any]]:
    return [event.data for event in Event.objects.of(person).filter(verb="user.edit")]


def test_a_changed_role_is_kept_with_old_and_new_value_and_a_name_without() -> None:
    person = make.make_user("officer", full_name="Aigerim Sample")
    client = client_of(make.make_user("administrator"))
    answer = client.post(page_of(person), form_of(person, role="head", full_name="Aigerim Example"))
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.role, person.full_name) == ("head", "Aigerim Example")
    assert edits_of(person) == [{"fields": ["full_name", "role"], "old": {"role": "officer"}, "new": {"role": "head"}}]
    assert not list(verify_events())


def test_password_address_and_superuser_cannot_be_posted() -> None:
    person = make.make_user("officer")
    before = User.objects.filter(pk=person.pk).values().get()
    client = client_of(make.make_user("administrator"))
    client.post(
        page_of(person),
        form_of(person, password="x", email="thief@example.org", is_superuser="on", is_active=""),
    )
    assert User.objects.filter(pk=person.pk).values().get() == before


@pytest.mark.parametrize("role", ["officer", "head", "auditor"])
def test_only_administrators_edit_people(role: str) -> None:
    person = make.make_user("officer")
    client = client_of(make.make_user(role))
    assert client.post(page_of(person), form_of(person, role="head")).status_code == 403
    assert client.get(reverse("admin:core_user_add")).status_code == 403
    person.refresh_from_db()
    assert person.role == "officer"


def test_nobody_changes_his_own_role() -> None:
    person = make.make_user("administrator")
    client_of(person).post(page_of(person), form_of(person, role="head", full_name="Other"))
    person.refresh_from_db()
    assert (person.role, person.full_name) == ("administrator", "Other")
    answer = confirm(client_of(person), "close_account", person, reason="Gone.")
    assert [p["code"] for p in answer.context["result"]["refused"][0]["problems"]] == ["own-standing"]


def test_an_administrator_stays_within_his_authority() -> None:
    nbk = make.make_authority("nbk")
    stranger = make.make_user("officer", authority=nbk)
    own = make.make_user("officer")
    client = client_of(make.make_user("administrator"))
    assert client.get(page_of(stranger)).status_code == 302  # not found there
    assert client.post(page_of(own), form_of(own, authority=nbk.pk)).status_code == 200  # not among the choices
    own.refresh_from_db()
    assert own.authority == make.make_authority("maidd")


def test_the_system_is_nobody_to_edit() -> None:
    system = User.objects.system()
    client = client_of(make.make_user("administrator"))
    assert client.get(page_of(system)).status_code == 200
    assert client.post(page_of(system), form_of(system, full_name="x")).status_code == 403


def test_a_new_official_gets_a_link_and_no_password() -> None:
    administrator = make.make_user("administrator")
    client = client_of(administrator)
    answer = client.post(
        reverse("admin:core_user_add"),
        {
            "email": "New.Head@maidd.example",
            "full_name": "New Head",
            "role": "head",
            "authority": administrator.authority_id,
            "language": "ru",
        },
    )
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    person = User.objects.get(email="new.head@maidd.example")
    assert (person.role, person.authority, person.has_usable_password()) == ("head", administrator.authority, False)
    event = Event.objects.of(person).get()
    assert (event.verb, event.actor) == ("user.enter", administrator)
    assert event.data == {"role": "head", "authority": "maidd"}
    assert [message.to for message in mail.outbox] == [["new.head@maidd.example"]]


def test_the_same_address_twice_is_a_marked_field() -> None:
    administrator = make.make_user("administrator")
    values = {"email": administrator.email.upper(), "full_name": "Twin", "role": "officer", "language": "kk"}
    answer = client_of(administrator).post(
        reverse("admin:core_user_add"), values | {"authority": administrator.authority_id}
    )
    assert answer.status_code == 200
    assert "email" in answer.context["adminform"].form.errors


def test_a_role_of_officials_needs_an_authority() -> None:
    client = client_of(make.make_user("administrator"))
    values = {"email": "lost@example.org", "full_name": "Lost", "role": "officer", "language": "kk", "authority": ""}
    assert client.post(reverse("admin:core_user_add"), values).status_code == 200
    assert not User.objects.filter(email="lost@example.org").exists()


def test_a_closed_account_signs_in_nowhere() -> None:
    person = make.make_user()
    make_key(person, actor=person, at=make.AT)
    inside = client_of(person)
    client = client_of(make.make_user("administrator"))
    confirm(client, "close_account", person, reason="Left.")
    person.refresh_from_db()
    assert (person.is_active, AuthToken.objects.filter(user=person).count()) == (False, 0)
    assert edits_of(person) == [{"fields": ["is_active"], "old": {"is_active": True}, "new": {"is_active": False}}]
    assert inside.get("/accounts/email/").status_code == 302
    confirm(client, "open_account", person, reason="Back.")
    assert User.objects.get(pk=person.pk).is_active


def test_an_authority_is_edited_by_its_own_administrator() -> None:
    own, other = make.make_authority(), make.make_authority("nbk")
    client = client_of(make.make_user("administrator"))
    values = {"name_kk": "Жаңа", "name_ru": "Новое", "name_en": "New", "address": "Astana", "code": "x", "decides": ""}
    assert client.post(page_of(own), values).status_code == 302
    own.refresh_from_db()
    assert (own.code, own.decides, own.name_en) == ("maidd", True, "New")
    event = Event.objects.of(own).get()
    assert event.verb == "authority.edit"
    assert event.data["fields"] == ["address", "name_en", "name_kk", "name_ru"]
    assert client.post(page_of(other), values).status_code == 403
