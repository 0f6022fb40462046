"""Data centres in the browser and by program: officers, owners, everybody, strangers; lists; bad input."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import User
from mining import services
from mining.models import Assessment, DataCentre
from tests import factories as make
from tests.api.conftest import Caller
from tests.mining import world
from tests.mining.centres import VALUES, answered, let, make_centre, open_assessment, signed

pytestmark = pytest.mark.django_db
FORM = {name: "" if value is None else str(value) for name, value in VALUES.items()}


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(make.AT):
        yield


def client_of(user: User | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def text(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def post(client: Client, row: Any, act: str, **data: Any) -> Any:
    folder = "centres" if isinstance(row, DataCentre) else "assessments"
    return client.post(f"/{folder}/{row.reference}/{act}/", {"version": row.version, **data})


def test_an_officer_enters_a_centre_from_a_filing_with_one_act() -> None:
    case, officer = make.make_in_review(), client_of(make.make_user("officer"))
    assert f"/centres/new/?from={case.reference}" in text(officer.get(f"/cases/{case.reference}/"))
    page = officer.get(f"/centres/new/?from={case.reference}")
    start = page.context["form"].initial
    assert start["owner"] == case.organisation.identifier
    data = FORM | {name: str(value) for name, value in start.items()} | {"cells": "", "opened_on": ""}
    answer = officer.post(f"/centres/new/?from={case.reference}", data)
    centre = DataCentre.objects.get()
    assert answer["Location"] == f"/centres/{centre.reference}/"
    assert (centre.application, centre.name) == (case, "Kostanay-1")
    assert f"/centres/{centre.reference}/" in text(officer.get(f"/cases/{case.reference}/"))
    assert officer.post(f"/centres/new/?from={case.reference}", data).status_code == 409


def test_bad_forms_come_back_with_all_that_is_wrong() -> None:
    officer, owner = client_of(make.make_user("officer")), make.make_organisation()
    assert officer.post("/centres/new/", {}).status_code == 422
    wrong = FORM | {"owner": owner.identifier, "grid_share": "0.9", "latitude": "50"}
    answer = officer.post("/centres/new/", wrong)
    assert answer.status_code == 409
    assert {"centre-mix", "centre-point"} == {one.code for one in answer.context["problems"]}
    nobody = officer.post("/centres/new/", FORM | {"owner": "000000000000", "megawatts": "many", "zone": "east"})
    assert set(nobody.context["form"].errors) == {"owner", "megawatts", "zone"}
    assert client_of(make.make_user("auditor")).get("/centres/new/").status_code == 403
    assert client_of(make.make_applicant()).get("/centres/DC-00001/").status_code == 404


def test_letting_changing_and_closing_on_the_pages() -> None:
    centre, licence = make_centre(), make.make_licence()
    officer = client_of(make.make_user("officer"))
    given = {"licence": licence.number.lower(), "megawatts": "19.5", "since": licence.valid_from.isoformat()}
    assert post(officer, centre, "let", **given).status_code == 302
    centre.refresh_from_db()
    again = post(officer, centre, "let", **given)
    assert again.status_code == 409
    assert "39.000 MW would be let; the centre has 20.000 MW" in text(again)
    assert "unconfirmed" in text(again)
    unknown = post(officer, centre, "let", **(given | {"licence": "M1-1999-1"}))
    assert unknown.status_code == 422
    page = text(officer.get(f"/centres/{centre.reference}/"))
    assert licence.number in page
    stale = officer.post(
        f"/centres/{centre.reference}/close/", {"version": 1, "closed_on": "2026-06-16", "reason": "x"}
    )
    assert stale.status_code == 412
    changed = FORM | {"owner": centre.owner.identifier, "megawatts": "40", "reason": "A second line."}
    assert post(officer, centre, "change", **changed).status_code == 302
    centre.refresh_from_db()
    assert centre.megawatts == 40
    row = centre.hostings.get()
    assert post(officer, centre, "end-letting", hosting=row.pk, until=licence.valid_from).status_code == 302
    centre.refresh_from_db()
    assert post(officer, centre, "close", closed_on="2026-06-16", reason="Sold.").status_code == 302
    assert "Sold." in text(officer.get(f"/centres/{centre.reference}/"))


def test_an_assessment_on_the_pages() -> None:
    centre, head = make_centre(), client_of(make.make_user("head"))
    officer = client_of(make.make_user("officer"))
    begun = post(officer, centre, "assess", assessed_on="2026-06-16")
    row = Assessment.objects.get()
    assert begun["Location"] == f"/assessments/{row.reference}/"
    page = text(officer.get(begun["Location"]))
    assert "The commentary on the amendment says that this condition was dropped" in page
    assert "beyond the definition of the law" in page
    codes = [item.code for item in row.items.all()]
    data = {f"answer-{code}": "met" for code in codes} | {f"evidence-{code}": "Seen." for code in codes}
    data["answer-standard-cooling"] = "not_met"
    assert text(officer.get(f"/assessments/{row.reference}/answer/")).count("<fieldset") >= len(codes)
    assert post(officer, row, "answer", **data).status_code == 302
    photo = SimpleUploadedFile("photo.pdf", make.PDF)
    added = officer.post(begun["Location"], {"file": photo, "item": "standard-cooling"})
    assert added.status_code == 302
    assert "photo.pdf" in text(officer.get(begun["Location"]))
    text_file = SimpleUploadedFile("virus.exe", b"MZ")
    assert officer.post(begun["Location"], {"file": text_file}).status_code == 409
    row.refresh_from_db()
    assert post(officer, row, "propose").status_code == 302
    row.refresh_from_db()
    assert post(officer, row, "sign-off", confirmation="Fair.").status_code == 403
    assert post(head, row, "sign-off").status_code == 422
    assert post(head, row, "sign-off", confirmation="Fair.").status_code == 302
    page = text(head.get(begun["Location"]))
    assert "with remarks" in page
    assert "Remedy the remarks on the data centre" in page
    listed = text(officer.get("/centres/?result=remarks"))
    assert centre.reference in listed
    assert centre.reference not in text(officer.get("/centres/?result=none"))


def test_two_standards_beside_each_other() -> None:
    centre = make_centre()
    officer = client_of(make.make_user("officer"))
    assert officer.get(f"/centres/{centre.reference}/compare/").status_code == 404
    old = signed(open_assessment(centre, on=date(2025, 9, 1)), unmet=("standard-metering",))
    new = signed(open_assessment(centre))
    page = officer.get(f"/centres/{centre.reference}/compare/")
    kinds = {line["text"]: line["kind"] for line in page.context["lines"]}
    assert kinds["It is a production building."] == "dropped"
    assert kinds["It keeps its computing capacity working."] == "added"
    assert kinds["Power is metered by sealed meters, apart for each licence holder."] == "better"
    assert "the text in force keeps its words" in text(page)
    swapped = officer.get(f"/centres/{centre.reference}/compare/?before={new.reference}&after={old.reference}")
    assert [side["row"] for side in swapped.context["sides"]] == [new, old]
    assert officer.get(f"/centres/{centre.reference}/compare/?before=x&after=%00").status_code == 200


def test_the_public_reads_what_is_published() -> None:
    trader = make.make_organisation(form="sole_trader", name_en="Trader Bolat")
    shown, home = make_centre(name="Shown"), make_centre(name="At home", owner=trader, address="His own street 5")
    hidden = make_centre(name="Hidden")
    services.publish_centre(hidden, published=False, reason="Guarded.", actor=make.make_user("head"), at=make.AT)
    anybody = client_of(None)
    page = text(anybody.get("/register/centres/"))
    assert "Shown" in page
    assert "Hidden" not in page
    assert trader.identifier not in page
    assert "His own street 5" not in text(anybody.get(f"/register/centres/{home.reference}/"))
    assert shown.address in text(anybody.get(f"/register/centres/{shown.reference}/"))
    assert anybody.get(f"/register/centres/{hidden.reference}/").status_code == 404
    body = anybody.get("/register/centres/", headers={"accept": "application/json"}).json()
    assert {one["name"] for one in body["results"]} == {"Shown", "At home"}
    assert next(one for one in body["results"] if one["name"] == "At home")["identifier"] is None
    sheet = text(anybody.get("/register/centres.csv"))
    assert shown.owner.identifier in sheet
    assert trader.identifier not in sheet
    assert "Hidden" not in sheet
    assert "Shown" not in text(anybody.get("/register/centres/?q=nothing-like-it"))
    assert "Shown" not in text(anybody.get("/register/centres/?region=KZ-71"))
    assert anybody.get("/register/centres/?cursor=x&region=zz&zone=%00").status_code == 200


def test_the_office_exports_what_it_sees() -> None:
    centre = make_centre(name="=cmd()")
    let(centre)
    foreign = world.data_centre("DC-90000", name="Theirs", authority=make.make_authority("nbk"))
    sheet = text(client_of(make.make_user("officer")).get("/centres/centres.csv"))
    assert "'=cmd()" in sheet
    assert ",5.000," in sheet
    assert foreign.name not in sheet


@pytest.mark.parametrize("address", ["/centres/", "/register/centres/", "/centres/centres.csv"])
def test_lists_ask_the_same_number_of_queries_at_any_length(address: str) -> None:
    officer = make.make_user("officer")
    client = client_of(officer)

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            make_centre(name=f"Centre {number}", actor=officer, owner=make.make_organisation(checked=False))

    fill(0, 3)
    text(client.get(address))
    with CaptureQueriesContext(connection) as few:
        text(client.get(address))
    fill(3, 60)
    with CaptureQueriesContext(connection) as many:
        page = text(client.get(address))
    assert len(many) == len(few)
    assert address.endswith("csv") or "cursor=" in page


def test_pages_go_on_from_the_last_row_seen() -> None:
    officer = make.make_user("officer")
    for number in range(51):
        make_centre(name=f"Centre {number}", actor=officer, owner=make.make_organisation(checked=False))
    client = client_of(officer)
    first = client.get("/centres/")
    second = client.get(f"/centres/?cursor={first.context['page'].next}")
    assert [line["row"].name for line in second.context["lines"]] == ["Centre 0"]
    back = client.get(f"/centres/?cursor={second.context['page'].previous}")
    assert len(back.context["lines"]) == 50


class TestApi:
    def test_owners_and_officials_read_theirs(self) -> None:
        owner = make.make_applicant()
        centre = make_centre(owner=owner.organisations(make.AT.date()).get())
        row = let(centre)
        done = signed(open_assessment(centre), unmet=("standard-power",))
        begun = answered(open_assessment(centre))
        for person, count in ((owner, 1), (make.make_user("officer"), 2)):
            api = Caller(person)
            assert [one["reference"] for one in api.get("/data-centres/").json()["results"]] == [centre.reference]
            body = api.get(f"/data-centres/{centre.reference}/")
            assert body["ETag"] == f'"{DataCentre.objects.get().version}"'
            assert body.json()["lettings"][0]["licence"] == row.licence.number
            assert body.json()["sources"]["renewable"] == "0.3000"
            found = api.get(f"/data-centres/{centre.reference}/assessments/").json()["results"]
            assert len(found) == count
        assert begun.reference not in str(Caller(owner).get(f"/data-centres/{centre.reference}/assessments/").json())
        (told,) = Caller(owner).get(f"/data-centres/{centre.reference}/assessments/").json()["results"]
        assert (told["reference"], told["outcome"]) == (done.reference, "remarks")
        assert {one["provision"]["unconfirmed"] for one in told["items"] if not one["of_definition"]} == {True}

    def test_strangers_find_nothing_and_everybody_the_published(self) -> None:
        centre, hidden = make_centre(), make_centre()
        services.publish_centre(hidden, published=False, reason="x", actor=make.make_user("head"), at=make.AT)
        stranger, anybody = Caller(make.make_applicant()), Caller()
        assert stranger.get(f"/data-centres/{centre.reference}/").status_code == 404
        assert stranger.get("/data-centres/").json()["results"] == []
        assert anybody.get("/data-centres/").status_code == 401
        found = anybody.get("/register/centres/?region=KZ-39&q=rudny").json()["results"]
        assert [one["reference"] for one in found] == [centre.reference]
        assert "latitude" not in found[0]
        assert anybody.get(f"/register/centres/{hidden.reference}/").status_code == 404
        assert anybody.get("/register/centres/?cursor=x").status_code == 400
        assert anybody.get("/register/centres/?zone=%00&q=%00").status_code in (200, 400)


def test_the_administration_shows_them(client: Client) -> None:
    assessment = signed(None, unmet=("standard-power",))
    row = let(assessment.centre, megawatts=Decimal(1))
    client.force_login(make.make_user("auditor"))
    for one in (assessment.centre, row, assessment):
        name = type(one)._meta.model_name
        assert client.get(f"/admin/mining/{name}/").status_code == 200
        page = client.get(f"/admin/mining/{name}/{one.pk}/change/")
        assert page.status_code == 200
    assert assessment.centre.reference in client.get("/admin/mining/datacentre/?q=rudny").content.decode()
