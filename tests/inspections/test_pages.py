"""The officers' pages of inspections: what they show, what they bar, and that lists ask the same number of queries."""

import re
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.days import dateshort
from core.models import Document, User
from inspections.models import Inspection
from tests import factories as make
from tests.inspections import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with time_machine.travel(world.SERVED, tick=False):
        yield


def opened(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode().replace("\xa0", " ")


def test_a_draft_tells_what_stands_against_it_and_when_it_may_start(client: Client) -> None:
    row = world.make_inspection()
    text = opened(client, make.make_user("officer"), f"/inspections/{row.reference}/")
    assert "Serve it by 19 Jun 2026" in text
    assert "There is no act of appointment" in text
    assert "settled by this step" in text
    assert "It may start from 17 Jul 2026" in text
    assert "2 of 2 inspectors" in text  # whoever is on this team is free for it
    assert f"/inspections/{row.reference}/serve-notice/" in text


def test_what_a_blocker_bars_is_shown_barred(client: Client) -> None:
    row = world.make_inspection(start=datetime(2026, 7, 16, 10, tzinfo=world.ALMATY))
    officer = make.make_user("officer")
    text = opened(client, officer, f"/inspections/{row.reference}/")
    assert "Not possible now" in text
    assert "came too late. Move the start to 17 Jul 2026" in text
    assert client.post(f"/inspections/{row.reference}/serve-notice/", {"means": "account"}).status_code == 409
    assert Inspection.objects.get().state == "draft"


def test_the_way_by_pages_from_the_draft_to_the_start(client: Client) -> None:
    row = world.make_inspection()
    officer, head, lead = make.make_user("officer"), make.make_user("head"), world.leader(row)
    page = f"/inspections/{row.reference}/"
    take(client, officer, f"{page}serve-notice/", {"means": "account", "version": row.version})
    row.refresh_from_db()
    assert "data:image/png" in opened(client, head, f"{page}appoint/")  # the act that he signs, as pages
    take(client, head, f"{page}appoint/", {})
    take(client, officer, f"{page}register/", {"number": "E-17", "registered_on": "2026-06-16"})
    with time_machine.travel(world.START, tick=False):
        take(client, lead, f"{page}start/", {"receipt": "taken"})
    row.refresh_from_db()
    assert (row.state, row.registration_number) == ("running", "E-17")


def take(client: Client, user: User, address: str, given: dict[str, object]) -> None:
    client.force_login(user)
    answer = client.post(address, given)
    assert answer.status_code == 302, answer.content.decode()


def test_an_anonymous_complaint_is_refused_at_the_door(client: Client) -> None:
    thing = world.make_object()
    client.force_login(make.make_user("officer"))
    client.cookies["django_language"] = "en"
    given = {"thing": thing.licence.number, "ground": "3", "anonymous": "on"}  # type: ignore[union-attr]  # it has one
    answer = client.post("/inspections/new/", given)
    assert answer.status_code == 409
    assert "An anonymous complaint never founds an inspection." in answer.content.decode()
    assert not Inspection.objects.exists()


def test_an_unscheduled_one_is_opened_by_the_number_of_the_licence(client: Client) -> None:
    thing = world.make_object()
    client.force_login(make.make_user("officer"))
    given = {
        "thing": thing.licence.number,  # type: ignore[union-attr]  # it has one
        "ground": "5",
        "ground_text": "Letter 17.",
        "papers": SimpleUploadedFile("letter.png", make.paper().stream.read()),
    }
    assert client.post("/inspections/new/", given).status_code == 302
    row = Inspection.objects.get()
    assert (row.kind, row.ground, row.documents().count()) == ("unscheduled", "5", 1)


def test_a_place_of_a_plan_is_opened(client: Client) -> None:
    entry = world.make_entry()
    officer = make.make_user("officer")
    assert entry.plan.reference in opened(client, officer, "/inspections/new/")
    assert client.post(f"/inspections/places/{entry.pk}/open/").status_code == 302
    row = Inspection.objects.get()
    assert (row.kind, row.start_on, row.end_on) == ("compliance", date(2026, 7, 20), date(2026, 8, 7))
    client.post(f"/inspections/places/{entry.pk}/open/")
    assert Inspection.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["", "?q=IN-2026-00001", "?state=draft&kind=compliance&region=KZ-39", "?cursor=n..999999999"]
)
def test_the_list_narrows(client: Client, query: str) -> None:
    row = world.make_inspection()
    officer = make.make_user("officer")
    assert f"/inspections/{row.reference}/" in opened(client, officer, f"/inspections/{query}")
    assert f"/inspections/{row.reference}/" not in opened(client, officer, "/inspections/?state=running")


def test_lists_ask_as_many_queries_for_many_as_for_one(client: Client) -> None:
    officer = make.make_user("officer")
    world.make_appointed()
    pages = ("/inspections/", "/inspections/registrations/")
    few = [queries(client, officer, page) for page in pages]
    for _number in range(3):
        world.make_appointed(licence=make.make_miner())
    assert [queries(client, officer, page) for page in pages] == few


def queries(client: Client, user: User, address: str) -> int:
    opened(client, user, address)  # what is asked once a session is asked before
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def keep_papers(row: Inspection, count: int) -> None:
    at, officer = world.SERVED, make.make_user("officer")
    given: dict[str, Any] = {"kind": "ground", "media_type": "application/pdf", "size": 9, "sha256": "0" * 64}
    seen: dict[str, Any] = {"subject_type": "inspections.inspection", "subject_id": row.pk, "authority": row.authority}
    Document.objects.bulk_create(
        Document(**seen, **given, filename=f"paper-{number}.pdf", uploaded_by=officer, uploaded_at=at)
        for number in range(count)
    )


def test_a_file_leads_to_the_papers_that_it_has_no_room_for(client: Client) -> None:
    few, many, officer = world.make_inspection(), world.make_inspection(), make.make_user("officer")
    keep_papers(few, 3)
    keep_papers(many, 60)
    assert "papers/" not in opened(client, officer, f"/inspections/{few.reference}/")
    assert f'href="/inspections/{many.reference}/papers/"' in opened(client, officer, f"/inspections/{many.reference}/")
    asked = []
    for row, shown in ((few, 3), (many, 50)):
        with CaptureQueriesContext(connection) as queries:
            text = opened(client, officer, f"/inspections/{row.reference}/papers/")
        asked.append(len(queries))
        assert text.count(".pdf</a>") == shown
    assert asked[0] == asked[1]
    assert "paper-10.pdf" in text
    assert "paper-9.pdf" not in text
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following is not None
    rest = opened(client, officer, f"/inspections/{many.reference}/papers/{following[1]}")
    assert rest.count(".pdf</a>") == 10
    client.force_login(make.make_user("officer", authority=make.make_authority("nbk")))
    assert client.get(f"/inspections/{many.reference}/papers/").status_code == 404


def test_the_calendar_marks_today_and_says_until_when_and_by_whom(client: Client) -> None:
    row = world.make_noticed()
    row.refresh_from_db()
    assert row.start_on is not None
    officer = make.make_user("officer")
    text = opened(client, officer, f"/inspection-calendar/?on={row.start_on.isoformat()}")
    day = dateshort(row.last_day).replace("\xa0", " ")
    assert f"until {day}" in text
    assert world.leader(row).full_name in text
    assert text.count('aria-current="date"') == 0
    assert opened(client, officer, "/inspection-calendar/").count('aria-current="date"') == 1


def test_none_of_it_is_there_for_others(client: Client) -> None:
    row = world.make_inspection()
    bank = make.make_user("officer", authority=make.make_authority("nbk"))
    for user in (bank, make.make_applicant()):
        client.force_login(user)
        for page in (f"/inspections/{row.reference}/", f"/inspections/{row.reference}/edit/"):
            assert client.get(page).status_code == 404


HOUSE_OF_13 = (
    "/inspections/",
    "/inspections/new/",
    "/inspections/registrations/",
    "/subjects/",
    "/risk-runs/",
    "/inspection-plans/",
    "/inspection-calendar/",
    "/inspectors/",
    "/inspection-filings/",
    "/annulments/",
    "/joint-acts/new/",
    "/inspections/reporting-day/2026/",
)


@pytest.mark.parametrize("code", ["nbk", "afsa"])
def test_who_supervises_under_another_law_finds_nothing_of_chapter_13(client: Client, code: str) -> None:
    for role in ("officer", "inspector", "head", "administrator"):
        client.force_login(make.make_user(role, authority=make.make_authority(code)))
        told = client.get("/supervisory-visits/").content.decode()
        assert 'href="/supervisory-visits/"' in told
        assert 'href="/inspections/statistics/"' in told
        for address in HOUSE_OF_13:
            assert f'href="{address}"' not in told
            assert client.get(address).status_code == 404, (role, address)


def test_who_inspects_under_chapter_13_has_no_supervisory_visits(client: Client) -> None:
    client.force_login(make.make_user("head"))
    told = client.get("/inspections/").content.decode()
    assert 'href="/inspection-plans/"' in told
    assert 'href="/supervisory-visits/"' not in told
    assert client.get("/supervisory-visits/").status_code == 404
