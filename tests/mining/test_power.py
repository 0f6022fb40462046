"""The power page: what is declared, asked for, built and measured, against limits; the map; constant queries."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Event
from core.regions import REGIONS
from mining import services
from mining.models import DataCentre, PowerLimit
from mining.models.power import power_use
from mining.views import tilemap
from tests import factories as make
from tests.mining.centres import VALUES, make_centre, open_assessment, signed
from tests.mining.test_centres import refused
from tests.mining.test_screens_and_api import client_of, text

pytestmark = pytest.mark.django_db
DAY = make.AT.date()


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(make.AT):
        yield


def limit(**values: Any) -> PowerLimit:
    head = values.pop("actor", None) or make.make_user("head")
    given: dict[str, Any] = {
        "region": "KZ-39",
        "megawatts": Decimal(10),
        "source": "Order 7",
        "since": date(2026, 1, 1),
    } | values
    return services.enter_limit(head.authority or make.make_authority(), **given, actor=head, at=make.AT)


def test_a_limit_has_one_place_an_act_and_days_of_its_own() -> None:
    first, head = limit(), make.make_user("head")
    wrong: dict[str, Any] = {
        "megawatts": Decimal(0),
        "source": " ",
        "since": DAY,
        "until": DAY - timedelta(days=1),
        "zone": "north",
    }
    found = refused(services.enter_limit, head.authority, region="KZ-39", actor=head, **wrong)
    assert set(found) == {"limit-place", "limit-source", "limit-amount", "limit-days"}
    again: dict[str, Any] = {"region": "KZ-39", "megawatts": Decimal(12), "source": "Order 8", "since": DAY}
    assert set(refused(services.enter_limit, head.authority, **again, actor=head)) == {"limit-twice"}
    ended = services.end_limit(first, until=DAY - timedelta(days=1), actor=head, at=make.AT)
    assert services.enter_limit(head.authority or make.make_authority(), **again, actor=head, at=make.AT).pk
    assert set(refused(services.end_limit, ended, until=DAY, actor=head)) == {"limit-end"}
    assert {event.verb for event in Event.objects.of(first)} == {"powerlimit.enter", "powerlimit.end"}
    for role in ("officer", "inspector", "auditor"):
        with pytest.raises(PermissionDenied):
            limit(actor=make.make_user(role), region="KZ-71")
    with pytest.raises(IntegrityError), transaction.atomic():
        PowerLimit.objects.filter(pk=first.pk).update(zone="north")


def test_each_figure_is_told_from_its_own_rows() -> None:
    make.make_licence(megawatts="8.500")
    make.make_in_review(megawatts="2.000")
    make.make_draft(megawatts="50.000")  # not filed: asked for by nobody yet
    make.make_submitted(kind="mining-licence-2", megawatts="0.500", region="KZ-79", zone="south")
    centre = make_centre()
    make_centre(megawatts=Decimal("5.000"))
    signed(open_assessment(centre), measured_megawatts=Decimal("9.000"))
    later = make.AT + timedelta(days=1)
    signed(open_assessment(centre, at=later), measured_megawatts=Decimal("7.250"), at=later)
    held = limit()
    found = power_use(make.make_authority(), DAY)
    use = found.regions["KZ-39"]
    assert (use.declared, use.pending, use.capacity, use.measured) == (
        Decimal("8.500"),
        Decimal("2.000"),
        Decimal("25.000"),
        Decimal("7.250"),
    )
    assert (use.licences, use.filings, use.centres, use.centres_measured) == (1, 1, 2, 1)
    assert use.limit == held
    assert found.zones["south"].pending == Decimal("0.500")
    assert found.zones["north"].declared == Decimal("8.500")
    assert power_use(make.make_authority("nbk"), DAY).regions["KZ-39"].declared == 0


def test_the_page_warns_and_asks_what_if() -> None:
    make.make_licence(megawatts="8.500")
    make.make_in_review(megawatts="2.000")
    limit()
    client = client_of(make.make_user("officer"))
    page = text(client.get("/power/"))
    assert "8.500 of 10.000 MW: 85 per cent" in page
    assert "Early warning" in page
    assert "unconfirmed" in page
    what_if = client.get("/power/?if=granted")
    line = next(one for one in what_if.context["regions"] if one["code"] == "KZ-39")
    assert (line["level"].code, line["percent"]) == ("reached", "105")
    assert client_of(make.make_applicant()).get("/power/limits/new/").status_code in (302, 404)
    assert client.get("/power/limits/new/").status_code == 403


def test_a_head_enters_and_ends_a_limit_on_the_page() -> None:
    head = client_of(make.make_user("head"))
    data = {"zone": "north", "megawatts": "100", "source": "Order 9", "since": "2026-01-01"}
    assert head.post("/power/limits/new/", {}).status_code == 422
    assert head.post("/power/limits/new/", data | {"region": "KZ-39"}).status_code == 409
    assert head.post("/power/limits/new/", data).status_code == 302
    row = PowerLimit.objects.get()
    assert "Order 9" in text(head.get("/power/"))
    assert head.post(f"/power/limits/{row.pk}/end/", {"until": "2025-01-01"}).status_code == 409
    assert head.post(f"/power/limits/{row.pk}/end/", {"until": "2026-12-31"}).status_code == 302
    foreign = client_of(make.make_user("head", authority=make.make_authority("nbk")))
    assert foreign.get(f"/power/limits/{row.pk}/end/").status_code == 404


def test_the_map_has_every_region_once_and_tells_levels_without_colour() -> None:
    assert set(tilemap.PLACES) == set(REGIONS)
    assert len(set(tilemap.PLACES.values())) == len(REGIONS)
    signs = {sign for sign, _tone in tilemap.LOOKS.values()}
    assert len(signs) == len(tilemap.LOOKS)
    page = text(client_of(make.make_user("officer")).get("/power/"))
    assert page.count('<g role="img"') == len(REGIONS)
    assert 'aria-label="Pavlodar Region: No limit entered, 0"' in page


def many_centres(first: int, last: int, officer: Any, owner: Any) -> None:
    regions = sorted(REGIONS)
    values = {name: value for name, value in VALUES.items() if name not in ("region", "name")}
    DataCentre.objects.bulk_create(
        DataCentre(
            **values,
            reference=f"DC-X{number}",
            name=f"Centre {number}",
            region=regions[number % 20],
            authority=officer.authority,
            owner=owner,
            decided_by=officer,
            decided_at=make.AT,
            changed_at=make.AT,
            created_at=make.AT,
            search="centre",
        )
        for number in range(first, last)
    )


def test_two_hundred_centres_cost_as_many_queries_as_ten(client: Client) -> None:
    officer, owner = make.make_user("officer"), make.make_organisation()
    client.force_login(officer)
    many_centres(0, 10, officer, owner)
    limit()
    client.get("/power/")
    with CaptureQueriesContext(connection) as few:
        client.get("/power/")
    many_centres(10, 200, officer, owner)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/power/")
    assert len(many) == len(few)
    assert page.context["total"].centres == 200
    assert page.context["total"].capacity == 200 * VALUES["megawatts"]
