"""Asking for the file of a case, watching and having it: in the browser and by program."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.models import User
from core.services.packing import verify_package
from licensing import services
from licensing.models import Application, Archive
from tests import factories as make
from tests.api.conftest import Caller, codes, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Application:
    return make.make_submitted()


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def ask(client: Client, case: Application) -> str:
    answer = client.post(f"/archives/{case.reference}/")
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.parametrize("side", ["officer", "party"])
def test_asked_watched_and_had(case: Application, side: str) -> None:
    user = make.make_user("officer") if side == "officer" else case.created_by
    client = client_of(user)
    assert client.get(f"/archives/{case.reference}/").status_code == 200
    address = ask(client, case)
    waiting = client.get(address)
    assert 'http-equiv="refresh"' in waiting.content.decode()
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert client.get(f"{address}content/").status_code == 409
    Archive.objects.update(progress=40, started_at=timezone.now())
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "archive"}).content.decode()
    assert "40 %" in part
    assert "<html" not in part
    services.make_left_over_archives(at=timezone.now())
    ready = client.get(address).content.decode()
    assert "refresh" not in ready
    assert "every 2s" not in ready
    answer = client.get(f"{address}content/")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    assert int(answer["Content-Length"]) == Archive.objects.get().size
    with zipfile.ZipFile(io.BytesIO(read(answer))) as package:
        assert package.testzip() is None
    assert "ZIP" in client.get(f"/archives/{case.reference}/").content.decode()


def test_a_failed_one_says_so(case: Application) -> None:
    client = client_of(make.make_user("officer"))
    address = ask(client, case)
    Archive.objects.update(failed_at=timezone.now(), error="OSError")
    page = client.get(address).content.decode()
    assert "could not be made" in page
    assert "refresh" not in page


def test_strangers_find_nothing(case: Application) -> None:
    officer = client_of(make.make_user("officer"))
    address = ask(officer, case)
    services.make_left_over_archives(at=timezone.now())
    foreign = make.make_user("officer", authority=make.make_authority("nbk"))
    for user in (make.make_applicant(), foreign, case.created_by):
        client = client_of(user)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}content/").status_code == 404
    for user in (make.make_applicant(), foreign):
        assert client_of(user).get(f"/archives/{case.reference}/").status_code == 404
        assert client_of(user).post(f"/archives/{case.reference}/").status_code == 404
    assert Client().get(address).status_code == 302


def test_the_list_asks_the_same_number_of_queries_at_any_length(
    case: Application, django_assert_max_num_queries: Any
) -> None:
    officer = make.make_user("officer")
    client = client_of(officer)
    for _number in range(30):
        Archive.objects.create(
            application=case,
            audience="internal",
            language="en",
            requested_by=officer,
            requested_at=timezone.now(),
            failed_at=timezone.now(),
            error="x",
        )
    with django_assert_max_num_queries(8):
        client.get(f"/archives/{case.reference}/")


class TestApi:
    def test_ask_watch_have(self, case: Application) -> None:
        api = Caller(case.created_by)
        path = f"/applications/{case.reference}/archives/"
        asked = api.post(path)
        assert asked.status_code == 202, asked.content
        assert (asked.json()["state"], asked.json()["progress"], asked.json()["audience"]) == ("waiting", 0, "party")
        one = f"{path}{asked.json()['id']}/"
        assert asked["Location"].endswith(one)
        assert api.post(path).json()["id"] == asked.json()["id"]
        assert api.get(one)["Retry-After"] == "2"
        early = api.get(f"{one}content/")
        assert (early.status_code, codes(early), early["Retry-After"]) == (404, {"archive-in-making"}, "2")
        services.make_left_over_archives(at=timezone.now())
        done = api.get(one).json()
        assert (done["state"], done["progress"]) == ("ready", 100)
        content = read(api.get(f"{one}content/"))
        assert len(content) == done["size"]
        key = Caller().get("/seal-key/").json()["public_key"]
        assert not list(verify_package(io.BytesIO(content), key=key))
        assert [row["id"] for row in api.get(path).json()["results"]] == [done["id"]]

    def test_the_same_request_asks_once(self, case: Application) -> None:
        api = Caller(case.created_by)
        path = f"/applications/{case.reference}/archives/"
        first = api.post(path, Idempotency_Key="k1")
        services.make_left_over_archives(at=timezone.now())
        assert api.post(path, Idempotency_Key="k1").json()["id"] == first.json()["id"]
        assert api.post(path).json()["id"] != first.json()["id"]

    def test_bad_input(self, case: Application) -> None:
        api = Caller(case.created_by)
        path = f"/applications/{case.reference}/archives/"
        unknown = api.post(path, {"everything": True})
        assert (unknown.status_code, codes(unknown)) == (400, {"unknown-field"})
        assert api.get(f"{path}999999/").status_code == 404
        assert api.get(f"{path}999999/content/").status_code == 404
        assert api.delete(path).status_code == 405

    def test_strangers_and_the_other_side(self, case: Application) -> None:
        path = f"/applications/{case.reference}/archives/"
        pk = Caller(case.created_by).post(path).json()["id"]
        for user in (make.make_applicant(), make.make_user("officer", authority=make.make_authority("nbk"))):
            assert Caller(user).get(path).status_code == 404
            assert Caller(user).post(path).status_code == 404
        officer = Caller(make.make_user("officer"))
        assert officer.get(path).json()["results"] == []
        assert officer.get(f"{path}{pk}/").status_code == 404
        assert Caller().get(path).status_code == 401
