"""Pages of plans: what officials, the public and subjects see, and what strangers do not."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.days import dateshort
from inspections.models import ControlPlan
from inspections.services import plans
from law.calendar import last_working_day_before
from tests import factories as make
from tests.inspections.planning import FORMED, form, make_plan, make_population

pytestmark = pytest.mark.django_db


def signed_in(role: str, **fields: Any) -> Client:
    client = Client()
    client.force_login(make.make_user(role, **fields))
    client.cookies["django_language"] = "en"
    return client


def published(count: int = 5) -> ControlPlan:
    return plans.publish_plan(make_plan(count), actor=make.make_user("head"), at=FORMED)


def test_the_file_explains_its_rows() -> None:
    plan, officer = make_plan(5), signed_in("officer")
    here = f"/inspection-plans/{plan.reference}/"
    page = officer.get(here).content.decode()
    assert "Centre 0 LLP" in page
    assert "Place 1 by risk" in page
    assert "144(3)" in page
    entry = plan.entries.order_by("place").first()
    assert entry is not None
    why = officer.get(f"{here}why/", {"bin": entry.subject.organisation.identifier}).content.decode()
    assert "of the months from" in why
    assert "No subject of control" in officer.get(f"{here}why/", {"bin": "123"}).content.decode()
    only = officer.get(here, {"month": entry.start_on.month}).content.decode()
    assert "Centre 0 LLP" in only
    assert "No subject fits" in officer.get(here, {"q": "1"}).content.decode()


def test_an_officer_forms_a_plan_and_a_head_publishes_it() -> None:
    plan = make_plan(3)
    head = signed_in("head")
    here = f"/inspection-plans/{plan.reference}/"
    assert b"publish/" in head.get(here).content
    assert head.get(f"{here}publish/").status_code == 200
    assert signed_in("officer").get(f"{here}publish/").status_code == 403
    answer = signed_in("officer").post("/inspection-plans/new/", {"plan": "list_1", "year": 2027, "mode": "automated"})
    assert answer.status_code == 409


def test_the_board_shows_rooms_and_what_a_move_would_break() -> None:
    plan, officer = make_plan(6), signed_in("officer")
    here = f"/inspection-plans/{plan.reference}/"
    page = officer.get(f"{here}board/").content.decode()
    assert page.count('data-lead="') == 24
    assert 'draggable="true"' in page
    first: Any = plan.entries.order_by("start_on", "id").first()
    move = f"{here}entries/{first.pk}/move/"
    told = officer.get(move, {"start_on": "2027-12-27", "lead": first.lead_id}).content.decode()
    assert "This move would break" in told
    assert "Nothing stands against" in officer.get(move, {"month": "2027-11"}).content.decode()
    assert officer.post(move, {"start_on": "2027-12-27", "lead": first.lead_id}).status_code == 409
    assert officer.get(f"{here}board/", {"region": "KZ-71"}).status_code == 200
    assert signed_in("auditor").get(move).status_code == 403
    free = officer.get(move, {"month": "2027-11"}).context["form"]["start_on"].value()
    assert officer.post(move, {"start_on": free, "lead": first.lead_id}).status_code == 302
    first.refresh_from_db()
    assert first.start_on.isoformat() == free


def test_a_version_and_its_differences() -> None:
    plan, officer = published(), signed_in("officer")
    here = f"/inspection-plans/{plan.reference}/"
    assert officer.post(f"{here}version/", {"reason": "One merged."}).status_code == 302
    later = ControlPlan.objects.get(previous=plan)
    there = f"/inspection-plans/{later.reference}/"
    entry = later.entries.order_by("place").first()
    assert entry is not None
    out = f"{there}entries/{entry.pk}/take-out/"
    assert officer.get(out).status_code == 200
    assert officer.post(out, {"reason": ""}).status_code == 409
    assert officer.post(out, {"reason": "Merged."}).status_code == 302
    page = officer.get(f"{there}changes/").content.decode()
    assert entry.subject.organisation.name in page


def test_the_calendar_by_month_week_inspector_and_region() -> None:
    plan, officer = published(), signed_in("officer")
    entry: Any = plan.entries.order_by("start_on").first()
    name, day = entry.subject.organisation.name, entry.start_on.isoformat()
    assert name in officer.get("/inspection-calendar/", {"on": day}).content.decode()
    week = officer.get("/inspection-calendar/", {"on": day, "view": "week", "lead": entry.lead_id})
    assert name in week.content.decode()
    assert name not in officer.get("/inspection-calendar/", {"on": day, "region": "KZ-71"}).content.decode()
    foreign = signed_in("officer", authority=make.make_authority("afsa"))
    assert name not in foreign.get("/inspection-calendar/", {"on": day}).content.decode()
    for far in ("0001-01-01", "9999-12-31", "9999-99-99"):
        assert officer.get("/inspection-calendar/", {"on": far}).status_code == 200


def test_the_way_of_an_inspector_goes_by_region_with_its_days_of_travel(django_assert_max_num_queries: Any) -> None:
    plan, officer = published(), signed_in("officer")
    entry: Any = plan.entries.order_by("start_on").first()
    assert entry.object is not None
    type(entry.object).objects.filter(pk=entry.object.pk).update(region="KZ-71", distance_km=310)
    day = entry.start_on.isoformat()
    with django_assert_max_num_queries(16):
        page = officer.get("/inspection-routes/", {"on": day}).content.decode()
    before = last_working_day_before(entry.start_on)
    assert f"on the way: {dateshort(before)}" in page
    assert entry.subject.organisation.name in page
    assert "310 km" in page
    own = officer.get("/inspection-routes/", {"on": day, "lead": entry.lead_id, "region": "KZ-71"}).content.decode()
    assert entry.subject.organisation.name in own
    assert own.count('<th scope="row">') == 1
    elsewhere = officer.get("/inspection-routes/", {"on": day, "region": "KZ-10"}).content.decode()
    assert "Nobody goes anywhere" in elsewhere
    foreign = signed_in("officer", authority=make.make_authority("energy"))
    assert entry.subject.organisation.name not in foreign.get("/inspection-routes/", {"on": day}).content.decode()


def test_the_public_finds_a_subject_in_a_published_plan_alone(client: Client) -> None:
    draft = make_plan(3)
    assert draft.reference not in client.get("/control-plans/").content.decode()
    assert client.get(f"/control-plans/{draft.reference}/").status_code == 404
    plan = plans.publish_plan(draft, actor=make.make_user("head"), at=FORMED)
    assert plan.reference in client.get("/control-plans/").content.decode()
    here, one = f"/control-plans/{plan.reference}/", plan.entries.order_by("place")[0]
    holder = one.subject.organisation
    found = client.get(here, {"q": holder.identifier}).content.decode()
    assert holder.name in found
    assert found.count('<th scope="row">') == 1
    assert client.get(here, {"q": "Centre 2"}).content.decode().count('<th scope="row">') == 1
    assert str(one.points) not in found  # neither risk nor points are anybody's
    sheet = b"".join(client.get(f"{here}plan.csv")).decode()
    assert sheet.count("\n") == 4
    holder.form = "sole_trader"
    holder.save()
    assert holder.identifier not in b"".join(client.get(f"{here}plan.csv")).decode()
    assert holder.name not in client.get(here, {"q": holder.identifier}).content.decode()


def test_a_subject_sees_its_own_places() -> None:
    plan = published()
    one = plan.entries.order_by("place")[0]
    own, client = make.make_applicant(one.subject.organisation), Client()
    client.cookies["django_language"] = "en"
    client.force_login(own)
    page = client.get("/account/control-plans/").content.decode()
    assert one.subject.organisation.name in page
    assert plan.entries.order_by("-place")[0].subject.organisation.name not in page
    client.force_login(make.make_applicant())
    assert "You stand in no published plan" in client.get("/account/control-plans/").content.decode()


@pytest.mark.parametrize("path", ["", "board/", "why/", "changes/", "version/"])
def test_strangers_find_no_plan(path: str) -> None:
    plan = published()
    here = f"/inspection-plans/{plan.reference}/{path}"
    assert signed_in("officer", authority=make.make_authority("afsa")).get(here).status_code == 404
    assert signed_in("head", authority=make.make_authority("nbk")).get(here).status_code == 404
    client = Client()
    client.force_login(make.make_applicant())
    assert client.get(here).status_code == 404


def test_pages_ask_the_same_of_many_rows() -> None:
    officer, counted = signed_in("officer"), list[dict[str, int]]()
    for number, year in ((3, 2027), (40, 2028)):
        run = make_population(number) if counted else make_plan(number).risk_run
        plan = form(run, year=year) if counted else ControlPlan.objects.get(risk_run=run)
        asked = {}
        for path in ("", "board/"):
            with CaptureQueriesContext(connection) as queries:
                assert officer.get(f"/inspection-plans/{plan.reference}/{path}").status_code == 200
            asked[path] = len(queries)
        with CaptureQueriesContext(connection) as queries:
            assert officer.get("/inspection-calendar/", {"on": date(year, 4, 1).isoformat()}).status_code == 200
        counted.append(asked | {"calendar": len(queries)})
    assert counted[0] == counted[1]


def test_programs_read_published_plans(client: Client) -> None:
    plan = published(3)
    page = client.get("/api/v1/control-plans/", {"year": "2027"}).json()
    assert [one["reference"] for one in page["results"]] == [plan.reference]
    assert client.get("/api/v1/control-plans/", {"year": "x"}).json()["results"] == []
    here, one = f"/api/v1/control-plans/{plan.reference}/", plan.entries.order_by("id")[0]
    assert client.get(here).json()["subjects"] == 3
    rows = client.get(f"{here}subjects/").json()["results"]
    assert [row["first_day"] for row in rows] == [row.from_on.isoformat() for row in plan.entries.order_by("id")]
    number = one.subject.organisation.identifier
    assert [row["bin"] for row in client.get(f"{here}subjects/", {"bin": number}).json()["results"]] == [number]
    assert client.get("/api/v1/control-plans/CP-2027-99999/").status_code == 404
