"""The pages of the house: who gets them, what they say, what they do; and a person's own record by page and API."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test import Client

from core.checks import check_retention, undocumented
from core.models import Access, ErasureRun, Event, LegalHold, Membership, Notification, SavedFilter, User
from core.retention import RULES
from core.services import make_key, place_hold, verify_events
from core.services.administration import note_access
from core.workflow import ADMINISTRATOR, AUDITOR
from tests import factories as make
from tests.house.conftest import ended_case

pytestmark = pytest.mark.django_db
PAGES = ["/house/", "/house/erasures/", "/house/holds/"]


def signed_in(person: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def api(person: User, method: str, path: str, body: Any = None) -> Any:
    key = make_key(person, actor=person, at=make.AT)[1]
    headers = {"Authorization": f"Token {key}", "Accept-Language": "en"}
    call = getattr(Client(raise_request_exception=False), method)
    return call(f"/api/v1{path}", json.dumps(body) if body is not None else None, "application/json", headers=headers)


@pytest.mark.parametrize("role", ["applicant", "officer", "head", "inspector"])
def test_others_find_nothing_at_the_house(role: str) -> None:
    client = signed_in(make.make_user(role))
    hold = place_hold(make.make_organisation(), reason="x", actor=make.make_user(ADMINISTRATOR), at=make.AT)
    for address in [*PAGES, f"/house/holds/{hold.pk}/lift/", "/house/erasures/1/"]:
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address


@pytest.mark.parametrize("role", [ADMINISTRATOR, AUDITOR])
def test_overseers_read_and_only_administrators_propose(role: str) -> None:
    client = signed_in(make.make_user(role))
    for address in PAGES:
        assert client.get(address).status_code == 200, address
    User.objects.get_queryset().update(date_joined=make.AT - timedelta(days=5000))
    make.make_user(is_active=False, date_joined=make.AT - timedelta(days=5000))
    answer = client.post("/house/erasures/")
    assert answer.status_code == (302 if role == ADMINISTRATOR else 403)


def test_from_preview_to_erasure_by_two_people(administrators: tuple[User, User]) -> None:
    one, other = (signed_in(person) for person in administrators)
    make.make_user(email="gone@person.example", is_active=False, date_joined=make.AT - timedelta(days=5000))
    page = one.get("/house/erasures/").content.decode()
    assert "People who left" in page
    assert "gone@person.example" not in page  # what goes is told by number
    assert one.post("/house/erasures/").status_code == 302
    run = ErasureRun.objects.get()
    address = f"/house/erasures/{run.pk}/"
    assert "Confirm the erasure" not in one.get(address).content.decode()
    assert one.post(address, {"act": "confirm", "version": run.version}).status_code == 403
    assert "Confirm the erasure" in other.get(address).content.decode()
    assert other.post(address, {"act": "confirm", "version": 99}).status_code == 412
    assert other.post(address, {"act": "burn"}).status_code == 404
    assert other.post(address, {"act": "confirm", "version": run.version}).status_code == 302
    assert other.post(address, {"act": "confirm", "version": run.version}).status_code == 412
    assert one.post("/house/erasures/").status_code == 409


def test_a_hold_is_placed_and_lifted_by_page(administrators: tuple[User, User]) -> None:
    client, case = signed_in(administrators[0]), make.make_submitted()
    form = {"kind": "licensing.application", "number": case.reference.lower(), "reason": "A court asks."}
    assert "Nothing is known" in client.post("/house/holds/", {**form, "number": "APP-1"}).content.decode()
    assert client.post("/house/holds/", {**form, "kind": "core.event"}).status_code == 200
    assert client.post("/house/holds/", {**form, "reason": " "}).status_code == 200
    assert client.post("/house/holds/", {**form, "number": "\x00"}).status_code in (200, 400)
    assert not LegalHold.objects.exists()
    assert client.post("/house/holds/", form).status_code == 302
    hold = LegalHold.objects.get()
    assert (hold.reference, hold.subject_id) == (case.reference, case.pk)
    assert "held already" in client.post("/house/holds/", form).content.decode().replace(
        "under a hold already", "held already"
    )
    assert client.post(f"/house/holds/{hold.pk}/lift/", {"reason": ""}).status_code == 200
    assert client.post(f"/house/holds/{hold.pk}/lift/", {"reason": "Over."}).status_code == 302
    assert LegalHold.objects.get().lifted_reason == "Over."
    assert client.get("/house/holds/999999/lift/").status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_everybody_reads_the_periods_in_his_language(language: str) -> None:
    answer = Client(headers={"accept-language": language}).get("/retention/")
    text = answer.content.decode()
    assert answer.status_code == 200
    for rule in RULES:
        assert f'id="{rule.code}"' in text
        assert rule.title not in text or language == "en"
    assert text.count('class="unconfirmed"') >= len(RULES)


def test_the_document_is_whole() -> None:
    assert check_retention(None) == []
    assert not [one for one in run_checks() if one.id and one.id.startswith("tizilim.E02")]


def test_a_new_field_without_a_word_is_found() -> None:
    """What the check does with a model that nobody has written down."""

    class Diary(models.Model):
        entry = models.TextField()
        code = models.CharField(max_length=5)
        mood = models.CharField(max_length=5, choices=[("good", "good")])
        place = models.GenericIPAddressField(null=True)

        class Meta:
            app_label = "config"
            managed = False

        def __str__(self) -> str:
            return self.code

    from django.apps import apps

    try:
        assert sorted(undocumented([], [Diary])) == ["config.Diary.entry", "config.Diary.place"]
    finally:
        del apps.all_models["config"]["diary"]
        apps.clear_cache()


def test_my_record_holds_what_is_mine_and_nothing_of_others() -> None:
    person, other = make.make_applicant(full_name="Own Name"), make.make_applicant(full_name="Other Name")
    case = make.make_draft(actor=person)
    make.make_draft(actor=other)
    note_access(person, actor=make.make_user(ADMINISTRATOR, full_name="Curious Name"), at=make.AT)
    answer = api(person, "get", "/me/record/")
    assert answer.status_code == 200
    held = answer.json()
    assert held["account"]["full_name"] == "Own Name"
    assert {one["reference"] for one in held["documents"]["results"]} == {case.reference}
    assert {one["verb"] for one in held["acts"]["results"]} >= {"application.open", "key.make"}
    assert [one["role"] for one in held["openings"]["results"]] == ["administrator"]
    assert "Curious Name" not in answer.content.decode()
    assert "Other Name" not in answer.content.decode()
    page = signed_in(person)
    assert page.get("/account/record/").status_code == 200
    saved = page.get("/account/record.json")
    assert saved.json()["account"]["email"] == person.email
    assert "attachment" in saved["Content-Disposition"]


def test_a_record_asks_as_often_for_much_as_for_little(django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from core.services.own_record import own_record

    person = make.make_applicant()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            own_record(person, actor=person, at=make.AT)
        return len(found)

    few = queries()
    Access.objects.bulk_create(
        Access(at=make.AT, user=make.make_user(), subject_type="core.user", subject_id=person.pk) for _n in range(30)
    )
    Notification.objects.bulk_create(
        Notification(key=f"k{n}", recipient=person, channel="inbox", template="x", created_at=make.AT)
        for n in range(1100)
    )
    assert queries() == few
    assert own_record(person, actor=person, at=make.AT)["messages"]["more"] is True


def test_who_acts_for_an_organisation_hears_what_stays_and_why() -> None:
    person = make.make_applicant()
    make.make_submitted(actor=person)
    SavedFilter.objects.create(user=person, page="queue", name="mine")
    answer = api(person, "post", "/me/erasure/", {"password": make.PASSWORD})
    body = answer.json()
    assert (answer.status_code, body["account_erased"], body["erased"]["filters"]) == (200, False, 1)
    assert {one["code"] for one in body["stays"]} == {"acts", "filed", "journal", "case-papers"}
    assert all(one["provision"]["unconfirmed"] for one in body["stays"])
    person.refresh_from_db()
    assert person.is_active


def test_an_account_that_nothing_needs_goes_at_its_own_wish() -> None:
    person = make.make_user(email="leaves@person.example", full_name="Leaves Us")
    membership = make.make_membership(person, make.make_organisation(), revoked_at=make.AT, revoked_by=person)
    client = signed_in(person)
    assert client.post("/account/record/", {"password": "wrong"}).status_code == 200
    assert User.objects.get(pk=person.pk).is_active
    answer = client.post("/account/record/", {"password": make.PASSWORD})
    assert "Your account is erased" in answer.content.decode()
    person.refresh_from_db()
    assert (person.full_name, person.is_active, person.email) == ("", False, f"erased-{person.pk}@tizilim.invalid")
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert client.get("/account/record/").status_code == 302
    event = Event.objects.get(verb="user.erase")
    assert event.data["account"] is True
    assert "leaves" not in json.dumps(event.data)
    assert list(verify_events()) == []


def test_a_hold_keeps_the_account_and_a_key_alone_erases_nobody() -> None:
    person = make.make_user()
    place_hold(person, reason="Inquiry.", actor=make.make_user(ADMINISTRATOR), at=make.AT)
    assert api(person, "post", "/me/erasure/", {"password": "wrong"}).status_code == 403
    assert api(person, "post", "/me/erasure/", {}).status_code == 400
    assert api(person, "post", "/me/erasure/", {"password": ["x"]}).status_code == 400
    assert api(person, "post", "/me/erasure/", {"password": make.PASSWORD, "more": 1}).status_code == 400
    kept = api(person, "post", "/me/erasure/", {"password": make.PASSWORD}).json()
    assert kept["stays"][0]["code"] == "held"
    assert User.objects.get(pk=person.pk).is_active


def test_wrong_passwords_close_the_erasure_as_they_close_the_log_in() -> None:
    person = make.make_user()
    for _time in range(8):
        assert api(person, "post", "/me/erasure/", {"password": "wrong"}).status_code == 403
    assert api(person, "post", "/me/erasure/", {"password": make.PASSWORD}).status_code == 403
    assert User.objects.get(pk=person.pk).is_active
    assert ended_case().closed_at is not None
