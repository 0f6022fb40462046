"""Pages and API of machines and reports: who sees what, lists that cost the same, the way through."""

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import RowFile, User
from core.services import work_on_row_file
from mining.models import Machine, MachineFiling, MinerReport, PoolReport
from tests import factories as make
from tests.api.conftest import Caller
from tests.api.conftest import codes as problem_codes
from tests.mining import world

pytestmark = pytest.mark.django_db


def page(user: User, path: str, **data: Any) -> Any:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client.post(path, data) if data else client.get(path)


def cost(user: User, path: str) -> int:
    page(user, path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert page(user, path).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "path", ["/machines/", "/machines/?q=SN0", "/machines/machines.csv", "/machine-filings/?show=all"]
)
def test_a_list_costs_the_same_with_many_rows(path: str) -> None:
    owner, officer = make.make_applicant(), make.make_user("officer")
    world.registered(owner, 2)
    few = cost(officer, path), cost(owner, path)
    world.registered(owner, 60, first=10)
    for number in range(100, 130):
        world.ask(owner, [world.machine_row(number)])
    assert (cost(officer, path), cost(owner, path)) == few


@pytest.mark.parametrize("path", ["/pool-reports/", "/differences/?period=2026-08-01"])
def test_reports_cost_the_same_with_many_rows(path: str) -> None:
    officer, user = make.make_user("officer"), world.pool()
    licences = [world.miner() for _number in range(3)]
    with time_machine.travel(world.LATER):
        world.distributed(user, [world.line(licences[0])])
        few = cost(officer, path)
        world.distributed(user, [world.line(one) for one in licences], revision=2)
        world.distributed(user, [world.line(licences[0], "2026-07-02")], period="2026-07-01")
        assert cost(officer, path) == few


def test_strangers_find_nothing() -> None:
    owner, stranger = make.make_applicant(), make.make_applicant()
    foreign = make.make_user("officer", authority=make.make_authority("nbk"))
    machine = world.registered(owner, 1)[0]
    licence = world.miner()
    report = world.distributed(world.pool(), [world.line(licence)]).made
    said = world.obtained(licence.application.created_by, {"BTC": "1"}).made
    filing = MachineFiling.objects.get().reference
    paths = [
        f"/machines/{machine.number}/", f"/machine-filings/{filing}/", f"/pool-reports/{report}/",
        f"/pool-reports/{report}/lines.csv", f"/miner-reports/{said}/",
        f"/differences/{licence.organisation.identifier}/2026-08/",
    ]  # fmt: skip
    for path in paths:
        assert page(make.make_user("officer"), path).status_code == 200, path
        assert {page(user, path).status_code for user in (stranger, foreign)} == {404}, path
    for path in ("/machines/", "/machines/machines.csv"):
        found = page(stranger, path)
        content = b"".join(found.streaming_content) if found.streaming else found.content
        assert machine.number.encode() not in content
    assert page(stranger, "/machines/HSC-x/").status_code == 404


def test_an_owner_sends_a_file_in_the_browser_and_an_officer_grants_it() -> None:
    owner, officer = make.make_applicant(), make.make_user("officer")
    world.data_centre()
    file = SimpleUploadedFile("machines.csv", world.csv_of([world.machine_row(1), world.machine_row(2)]))
    sent = page(owner, "/machines/new/", organisation=world.own(owner).identifier, file=file)
    row = RowFile.objects.get()
    assert sent.url == f"/row-files/{row.pk}/"
    waiting = page(owner, sent.url).content.decode()
    assert "Waiting to be looked at" in waiting
    assert 'http-equiv="refresh"' in waiting
    work_on_row_file(row.pk, at=make.AT)
    assert "Take all rows" in page(owner, sent.url).content.decode()
    assert page(owner, sent.url, take="1").status_code == 302
    work_on_row_file(row.pk, at=make.AT)
    filing = MachineFiling.objects.get()
    assert filing.reference in page(owner, sent.url).content.decode()
    shown = page(officer, f"/machine-filings/{filing.reference}/").content.decode()
    assert "Do as asked" in shown
    done = page(officer, f"/machine-filings/{filing.reference}/grant/", version=filing.version, answer="")
    assert done.status_code == 302
    assert Machine.objects.registered().count() == 2
    number = Machine.objects.order_by("id")[0].number
    asked = page(
        owner,
        "/machines/change/",
        organisation=world.own(owner).identifier,
        act="exclude",
        numbers=number,
        reason="Old.",
    )
    assert asked.url == f"/machine-filings/{MachineFiling.objects.latest('id').reference}/"
    assert page(owner, f"{asked.url}withdraw/", sure="1").status_code == 302
    bad = page(
        owner, "/machines/change/", organisation=world.own(owner).identifier, act="move", numbers="x", to_centre="y"
    )
    assert bad.status_code == 409


def test_forms_say_what_is_malformed() -> None:
    officer, owner = make.make_user("officer"), make.make_applicant()
    make.make_authority()
    assert page(owner, "/machines/new/", organisation="1").status_code == 422
    empty = SimpleUploadedFile("machines.csv", b"")
    identifier = world.own(owner).identifier
    assert page(owner, "/machines/new/", organisation=identifier, file=empty).status_code == 409
    assert page(officer, "/machines/new/", organisation="230140000022", file=empty).status_code == 422
    assert page(officer, "/pool-reports/new/").status_code == 404
    assert page(officer, "/miner-reports/new/").status_code == 404


def test_a_pool_and_a_miner_report_in_the_browser() -> None:
    user, licence = world.pool(), world.miner()
    party = licence.application.created_by
    with time_machine.travel(world.LATER):
        file = SimpleUploadedFile("august.csv", world.csv_of([world.line(licence)]))
        given = {"organisation": world.own(user).identifier, "period": "2026-08-01", "revision": 1}
        sent = page(user, "/pool-reports/new/", **given, file=file)
        row = RowFile.objects.get()
        assert sent.url == f"/row-files/{row.pk}/"
        work_on_row_file(row.pk, at=world.LATER)
        page(user, sent.url, take="1")
        work_on_row_file(row.pk, at=world.LATER)
        report = PoolReport.objects.get()
        assert "1 day late" in page(user, f"/pool-reports/{report.reference}/").content.decode()
        given |= {"organisation": licence.organisation.identifier, "amounts": "BTC 0,51", "explanation": "Gross."}
        said = page(party, "/miner-reports/new/", **given)
        shown = page(party, said.url).content.decode()
        assert "The miner counts the commission in" in shown
        assert "Gross." in shown
        rows = b"".join(page(user, f"/pool-reports/{report.reference}/lines.csv").streaming_content).decode()
        assert licence.number in rows


def test_machines_by_api() -> None:
    owner = make.make_applicant()
    api, office = Caller(owner), Caller(make.make_user("officer"))
    world.data_centre()
    identifier = world.own(owner).identifier
    body = {"organisation": identifier, "machines": [world.machine_row(1), world.machine_row(2)]}
    made = api.post("/machines/", body)
    assert made.status_code == 201, made.content
    again = api.post("/machines/", body)
    assert again.json()["reference"] == made.json()["reference"]
    bad = api.post("/machines/", {**body, "machines": [world.machine_row(1), world.machine_row(3, power="x")]})
    assert bad.status_code == 409
    assert problem_codes(bad) == {"machine-known", "cell-number"}
    assert {one["field"] for one in bad.json()["problems"]} == {"rows.1.serial", "rows.2.power"}
    path = f"/machine-filings/{made.json()['reference']}/"
    assert office.post(f"{path}decide/", {"outcome": "grant"}).status_code == 428
    done = office.post(f"{path}decide/", {"outcome": "grant"}, If_Match=made["ETag"])
    assert (done.status_code, done.json()["state"]) == (200, "granted")
    listed = api.get("/machines/?q=SN00001").json()["results"]
    assert [one["serial"] for one in listed] == ["SN00001"]
    number = listed[0]["number"]
    asked = api.post(
        "/machines/changes/", {"organisation": identifier, "act": "exclude", "machines": [number], "reason": "x"}
    )
    office.post(f"/machine-filings/{asked.json()['reference']}/decide/", {"outcome": "grant"}, If_Match='"1"')
    one = api.get(f"/machines/{number}/").json()
    assert (one["state"], [step["act"] for step in one["history"]]) == ("out", ["exclude"])
    assert Caller(make.make_applicant()).get(f"/machines/{number}/").status_code == 404


def test_files_by_api() -> None:
    owner = make.make_applicant()
    api = Caller(owner)
    world.data_centre()
    file = SimpleUploadedFile("machines.csv", world.csv_of([world.machine_row(1, power="-1")]))
    sent = api.client.post(
        "/api/v1/machines/files/", {"organisation": world.own(owner).identifier, "file": file}, headers=api.headers
    )
    assert sent.status_code == 202, sent.content
    path = f"/row-files/{sent.json()['id']}/"
    assert api.get(path).json()["state"] == "waiting"
    work_on_row_file(sent.json()["id"], at=make.AT)
    seen = api.get(path).json()
    assert (seen["state"], seen["faults"], seen["found"][0]["letter"]) == ("faulty", 1, "E")
    assert api.post(f"{path}take/").status_code == 409
    assert Caller(make.make_applicant()).get(path).status_code == 404


def test_reports_by_api() -> None:
    user, licence = world.pool(), world.miner()
    with time_machine.travel(world.LATER):
        pool, miner = Caller(user), Caller(licence.application.created_by)
        body = {"organisation": world.own(user).identifier, "period": "2026-08-01", "rows": [world.line(licence)]}
        made = pool.post("/pool-reports/", body)
        assert made.status_code == 201, made.content
        assert made.json()["sums"] == [{"asset": "BTC", "amount": "0.5", "commission": "0.01"}]
        assert pool.post("/pool-reports/", body).json()["reference"] == made.json()["reference"]
        assert PoolReport.objects.count() == 1
        unknown = pool.post("/pool-reports/", {**body, "revision": 2, "rows": [world.line(licence, licence="M1-1")]})
        assert problem_codes(unknown) == {"licence-unknown"}
        said = miner.post(
            "/miner-reports/",
            {
                "organisation": licence.organisation.identifier,
                "period": "2026-08-01",
                "rows": [{"asset": "BTC", "amount": "0.4"}],
            },
        )
        assert said.status_code == 201, said.content
        assert said.json()["differences"][0]["difference"] == "0.1"
        assert MinerReport.objects.count() == 1
        assert miner.get(f"/pool-reports/{made.json()['reference']}/").status_code == 404
        assert pool.get("/pool-reports/").json()["results"][0]["late"] is True
