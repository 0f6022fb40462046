"""Power month by month: what stood at the end of each month, for the country and a place; constant queries."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.services import record
from mining.models.power_months import month_ends, power_months
from tests import factories as make
from tests.api.conftest import Caller
from tests.mining.centres import make_centre, open_assessment, signed
from tests.mining.test_power import limit, many_centres
from tests.mining.test_screens_and_api import client_of, text
from tests.mining.world import suspend

pytestmark = pytest.mark.django_db
DAY = make.AT.date()  # 2026-06-16


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(make.AT):
        yield


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, 0, tzinfo=make.ALMATY)


def series(name: str, place: str = "", months: int = 6) -> list[Any]:
    rows = power_months(make.make_authority(), month_ends(DAY, months), place)
    return [getattr(row, name) for row in rows]


@pytest.mark.parametrize(
    ("today", "count", "first", "last", "number"),
    [
        (date(2026, 6, 16), 1, date(2026, 6, 16), date(2026, 6, 16), 1),
        (date(2026, 6, 30), 2, date(2026, 5, 31), date(2026, 6, 30), 2),
        (date(2024, 3, 1), 3, date(2024, 1, 31), date(2024, 3, 1), 3),
        (date(2023, 6, 5), 24, date(2023, 4, 30), date(2023, 6, 5), 3),  # none before the law began
        (date(2040, 1, 9), 10_000, date(2030, 2, 28), date(2040, 1, 9), 120),
    ],
)
def test_months_end_on_their_last_days_and_today(today: date, count: int, first: date, last: date, number: int) -> None:
    days = month_ends(today, count)
    assert (days[0], days[-1], len(days)) == (first, last, number)


def test_licences_count_while_they_are_in_force() -> None:
    held = make.make_licence(at=at(2, 10), megawatts="8.500")
    make.make_licence(at=at(4, 28), megawatts="1.500", region="KZ-79", zone="south", kind="mining-licence-2")
    suspend(held, at=at(3, 12))
    record(held, "licence.resume", actor=make.make_user("head"), at=at(5, 4), to_state="in_force")
    assert series("declared") == [Decimal(one) for one in ("0", "8.500", "0", "1.500", "10.000", "10.000")]
    assert series("licences") == [0, 1, 0, 1, 2, 2]
    assert series("declared", "KZ-79") == [0, 0, 0, Decimal("1.500"), Decimal("1.500"), Decimal("1.500")]
    assert series("declared", "north") == [0, Decimal("8.500"), 0, 0, Decimal("8.500"), Decimal("8.500")]


def test_the_last_measurement_holds_until_the_next_or_the_end_of_the_centre() -> None:
    centre = make_centre(at=at(1, 12))
    for month, measured in ((2, "9.000"), (4, "7.250")):
        moment = at(month, 20)
        signed(open_assessment(centre, on=moment.date(), at=moment), measured_megawatts=Decimal(measured), at=moment)
    open_assessment(centre, on=date(2026, 5, 20), at=at(5, 20))  # begun, not signed
    assert series("measured") == [None, *(Decimal(one) for one in ("9", "9", "7.25", "7.25", "7.25"))]
    assert series("centres") == [0, 1, 1, 1, 1, 1]
    assert series("measured", "KZ-10") == [None] * 6
    type(centre).objects.filter(pk=centre.pk).update(opened_on=date(2026, 3, 1))
    assert series("centres") == [0, 0, 1, 1, 1, 1]


def test_the_limit_is_that_of_the_day_and_the_countrys_that_of_all_zones() -> None:
    limit(region="KZ-39", megawatts=Decimal(10), since=date(2026, 2, 1), until=date(2026, 3, 30))
    limit(region="KZ-39", megawatts=Decimal(12), since=date(2026, 3, 31))
    assert series("limit", "KZ-39") == [None, 10, 12, 12, 12, 12]
    for zone, since in (("north", 1), ("south", 1), ("west", 4)):
        limit(region="", zone=zone, megawatts=Decimal(100), since=date(2026, since, 15))
    assert series("limit", "south") == [100] * 6
    assert series("limit") == [None, None, None, 300, 300, 300]


def test_the_page_draws_lines_and_tells_them_as_a_table_and_a_file() -> None:
    make.make_licence(at=at(2, 10), megawatts="8.500")
    limit(region="KZ-39", megawatts=Decimal(10), since=date(2026, 1, 1))
    officer = client_of(make.make_user("officer"))
    page = text(officer.get("/power/months/?place=KZ-39&months=12"))
    assert page.count('class="curve') == 6  # three lines and their pieces in the legend
    assert "Kostanay Region" in page
    assert "8.500" in page
    lines = text(officer.get("/power/months.csv?place=KZ-39&months=12")).splitlines()
    assert len(lines) == 13
    assert lines[-1] == "2026-06-16,8.500,1,,0,10.000,85"
    nothing = text(officer.get("/power/months/?place=KZ-10&months=nonsense"))
    assert "In these months nothing was declared" in nothing
    assert 'id="months-title"' in text(officer.get("/power/"))
    assert client_of(make.make_applicant()).get("/power/months/").status_code in (302, 404)


def test_by_api_for_officials_alone() -> None:
    make.make_licence(at=at(2, 10), megawatts="8.500")
    limit(region="KZ-39", megawatts=Decimal(10), since=date(2026, 1, 1))
    api = Caller(make.make_user("officer"))
    now = api.get("/power/?if=granted").json()
    place = next(one for one in now["regions"] if one["place"] == "KZ-39")
    assert (place["declared"], place["limit"], place["share"], place["level"]) == ("8.5", "10", "85", "warning")
    assert place["provision"]["unconfirmed"]
    found = api.get("/power/months/?place=KZ-39&months=2").json()["results"]
    assert [(one["day"], one["declared"], one["limit"]) for one in found] == [
        ("2026-05-31", "8.5", "10"),
        ("2026-06-16", "8.5", "10"),
    ]
    assert [one["place"] for one in api.get("/power/limits/").json()["results"]] == ["KZ-39"]
    assert api.get("/power/months/?place=KZ-99").status_code == 400
    assert api.get("/power/months/?months=0").status_code == 400
    stranger = Caller(make.make_applicant())
    for path in ("/power/", "/power/months/", "/power/limits/", "/hash-rate/", "/hash-rate/world/", "/jobs/"):
        assert stranger.get(path).status_code == 404, path


def test_many_centres_and_licences_cost_as_many_queries_as_few() -> None:
    officer, owner = make.make_user("officer"), make.make_organisation()
    client = client_of(officer)
    paths = ("/power/months/?months=60", "/power/", "/power/hash-rate/", "/power/jobs/")

    def cost() -> list[int]:
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(path).status_code == 200
            found.append(len(seen))
        return found

    many_centres(0, 10, officer, owner)
    make.make_licence(megawatts="1.500")
    limit()
    few = cost()
    many_centres(10, 200, officer, owner)
    for number in range(6):
        make.make_licence(megawatts="1.500", at=make.AT - timedelta(days=number * 30))
    assert cost() == few
