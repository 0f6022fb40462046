"""The daily files: once a day, the same in both formats, whole, and known by their hash."""

import csv
import hashlib
import io
import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from core.models import Event
from core.services import describe_firm, verify_events
from licensing import services
from licensing.models import RegisterEntry, RegisterFile
from licensing.register_columns import COLUMNS
from tests import factories as make
from tests.factories import ALMATY, AT, LEI
from tests.public.test_register import enter

pytestmark = pytest.mark.django_db


def content(format: str) -> bytes:
    row = RegisterFile.objects.filter(format=format).latest("day")
    answer = Client().get(f"/register/files/{row.name}")
    body = answer.getvalue()
    assert hashlib.sha256(body).hexdigest() == row.sha256
    assert len(body) == row.size
    return body


def table() -> dict[str, dict[str, str]]:
    return {row["number"]: row for row in csv.DictReader(io.StringIO(content("csv").decode()))}


def lines() -> dict[str, dict[str, Any]]:
    return {row["number"]: row for row in map(json.loads, content("jsonl").decode().splitlines())}


def test_both_formats_say_the_same_and_hold_what_is_published() -> None:
    licence = make.make_licence()
    holder = licence.organisation
    facts: dict[str, Any] = {"lei": LEI, "commercial_name": '=Steppe \\ "Pay"', "website": "https://steppe.example/"}
    describe_firm(holder, **facts, actor=make.make_applicant(holder), at=AT)
    enter(11, published=False, publication_reason="court order")
    enter(12, until=date(2026, 2, 1), name_kk="")
    assert services.make_register_files(at=AT) == 2
    rows, said = table(), lines()
    assert set(rows) == set(said) == {licence.number, "M1-2026-00012"}
    assert list(rows[licence.number]) == [one.name for one in COLUMNS] == list(said[licence.number])
    mine = said[licence.number]
    assert {name: mine[name] for name in facts} == facts
    assert rows[licence.number]["commercial_name"] == "'" + facts["commercial_name"]  # no formula for a spreadsheet
    assert (mine["services"], mine["type"], mine["authority"]) == ("mine", "licence", "maidd")
    assert (mine["granted_on"], mine["country"], mine["ended_on"]) == (AT.date().isoformat(), "KZ", None)
    old = said["M1-2026-00012"]
    assert (old["standing"], old["name_kk"], old["lei"]) == ("expired", None, None)
    for number, row in rows.items():
        for name, value in row.items():
            assert value.lstrip("'") == (said[number][name] or "")


def test_nothing_of_a_person_but_the_name() -> None:
    trader = make.make_organisation(form="sole_trader", identifier=make.make_iin(), address="His own street 5")
    make.make_licence(actor=make.make_applicant(trader), kind="mining-licence-2")
    services.make_register_files(at=AT)
    body = content("csv").decode()
    assert trader.identifier not in body
    assert "His own street" not in body


def test_once_a_day_by_the_day_of_almaty() -> None:
    night = datetime(2026, 6, 15, 23, 59, tzinfo=ALMATY)
    assert services.make_register_files(at=night) == 2
    assert services.make_register_files(at=night + timedelta(seconds=30)) == 0
    assert services.make_register_files(at=night + timedelta(minutes=1)) == 2
    days = RegisterFile.objects.values_list("day", flat=True).distinct().order_by("day")
    assert list(days) == [date(2026, 6, 15), date(2026, 6, 16)]


def test_what_a_killed_process_left_is_made_anew() -> None:
    services.make_register_files(at=AT)
    left = RegisterFile.objects.get(format="csv")
    RegisterFile.objects.filter(pk=left.pk).delete()  # the file lies there, the row was never written
    assert default_storage.exists(left.path)
    assert services.make_register_files(at=AT) == 1
    content("csv")


def test_the_journal_keeps_the_hash() -> None:
    services.make_register_files(at=AT)
    for row in RegisterFile.objects.all():
        event = Event.objects.of(row).get(verb="registerfile.make")
        assert event.data["sha256"] == row.sha256
    assert not list(verify_events())


def test_old_files_go_but_the_first_of_each_month() -> None:
    start = datetime(2026, 1, 30, 12, tzinfo=ALMATY)
    for day in range(4):
        services.make_register_files(at=start + timedelta(days=day))
    now = start + timedelta(days=3 + 90)
    assert services.forget_register_files(at=now) == 2  # 31 January, both formats
    assert services.forget_register_files(at=now + timedelta(days=1)) == 2
    kept = RegisterFile.objects.filter(format="csv").order_by("day")
    assert [row.day.isoformat() for row in kept] == ["2026-01-30", "2026-02-01"]
    assert all(default_storage.exists(row.path) for row in kept)


@pytest.mark.parametrize(
    "name", ["register-2026-06-15.v1.exe", "register-2026-06-15.v2.csv", "x", "register-9.v1.csv", "..%2Fpasswd"]
)
def test_other_names_find_nothing(name: str) -> None:
    services.make_register_files(at=AT)
    assert Client().get(f"/register/files/{name}").status_code == 404
    assert Client().get(f"/api/v1/register/files/{name}/").status_code == 404


def test_the_page_the_api_and_the_dictionary() -> None:
    services.make_register_files(at=AT)
    page = Client(headers={"accept-language": "en"}).get("/register/files/").content.decode()
    listed = Client().get("/api/v1/register/files/").json()["results"]
    assert len(listed) == 2
    for row in listed:
        assert row["sha256"] in page
        answer = Client().get(row["url"].removeprefix("http://testserver"))
        assert hashlib.sha256(answer.getvalue()).hexdigest() == row["sha256"]
    told = Client().get("/register/files/dictionary.json").json()
    assert told == Client().get("/api/v1/register/files/dictionary/").json()
    assert [one["name"] for one in told["columns"]] == [one.name for one in COLUMNS]
    assert {one["mica_column"] for one in told["columns"]} >= {"ae_lei", "ac_serviceCode", "ac_lastupdate"}
    for one in told["columns"]:
        assert all(one["meaning"].values())
    kinds = set(RegisterEntry.objects.values_list("kind", flat=True))
    assert kinds <= set(told["codes"]["kind"])


def test_the_same_queries_for_few_files_and_for_many(django_assert_max_num_queries: Any) -> None:
    counts = []
    for days in (1, 40):
        for number in range(RegisterFile.objects.count() // 2, days):
            for name in ("csv", "jsonl"):
                day = AT.date() - timedelta(days=number)
                RegisterFile.objects.create(day=day, format=name, schema=1, rows=1, size=1, sha256="0" * 64, made_at=AT)
        with django_assert_max_num_queries(3) as asked:
            Client().get("/register/files/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
