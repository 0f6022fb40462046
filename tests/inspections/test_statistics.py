"""Figures of inspections over a period, and the report of the Unified Reporting Day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from inspections import services
from inspections.models import Inspection
from inspections.services.statistics import Period, reported, statistics
from tests import factories as make
from tests.inspections import world
from tests.inspections.acts_world import announced

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def client_of(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def figures(authority: Any, period: Period = YEAR) -> dict[str, list[list[Any]]]:
    return {table.code: table.lines() for table in statistics(authority, period)}


def test_an_inspection_counts_where_it_began_by_kind_region_and_outcome() -> None:
    row = world.hand_over(world.make_answered(unmet=("R1",)))
    told = figures(row.authority)
    # begun, ended, clean, orders, cured, not cured, annulled, extended, share in time
    assert told["kinds"][0][1:] == [1, 1, 0, 1, 0, 0, 0, 0, 100]
    assert [line[0] for line in told["regions"]] != []
    assert told["plans"][0][1:] == [1, 1, 0, 0]
    assert told["severities"][0][1:] == [0, 1, 100]
    assert told["items"][0][-1] == 1
    other = Period(date(2026, 7, 21), date(2026, 12, 31))
    assert figures(row.authority, other)["kinds"] == []
    assert figures(row.authority, Period(date(2026, 7, 20), date(2026, 7, 20)))["kinds"][0][1] == 1
    row = services.accept_cure(row, closing="Done.", actor=make.make_user("head"), at=world.START + timedelta(days=9))
    assert figures(row.authority)["kinds"][0][4:6] == [1, 1]
    Inspection.objects.filter(pk=row.pk).update(result_handed_at=world.START + timedelta(days=40))
    assert figures(row.authority)["kinds"][0][-1] == 0
    assert figures(make.make_authority("nbk"))["kinds"] == []


def test_visits_under_other_laws_are_counted_apart() -> None:
    row = announced()
    row = services.carry_out_visit(row, carried_on=make.AT.date(), actor=row.announced_by, at=make.AT)
    assert figures(row.authority)["visits"] == [[figures(row.authority)["visits"][0][0], 1, 0, 0]]


def test_the_report_covers_the_time_since_the_day_before() -> None:
    assert reported(2026) == Period(date(2025, 9, 25), date(2026, 9, 23))
    assert reported(2027) == Period(date(2026, 9, 24), date(2027, 9, 29))
    assert reported(2021).first == date(2021, 1, 1)


def test_pages_and_files(django_assert_max_num_queries: Any) -> None:
    row = world.hand_over(world.make_answered(unmet=("R1",)))
    desk = client_of(make.make_user("head", authority=row.authority))
    query = "?from_on=2026-01-01&to_on=2026-12-31"
    with django_assert_max_num_queries(14):
        text = desk.get(f"/inspections/statistics/{query}").content.decode()
    for words in ("By kind", "compliance inspection", "Unified Reporting Day", "gross breach"):
        assert words in text
    lines = b"".join(desk.get(f"/inspections/statistics/kinds.csv{query}")).decode()
    assert "compliance inspection,1,1,0,1" in lines
    assert desk.get("/inspections/statistics/?from_on=2026-02-01&to_on=2026-01-01").status_code == 422
    assert desk.get(f"/inspections/statistics/nothing.csv{query}").status_code == 404
    report = desk.get("/inspections/reporting-day/2026/").content.decode()
    assert "compliance inspection" in report
    assert "unconfirmed" in report
    assert desk.get("/inspections/reporting-day/2026/kinds.csv").status_code == 200
    assert desk.get("/inspections/reporting-day/2020/").status_code == 404
    banker = client_of(make.make_user("head", authority=make.make_authority("nbk")))
    assert banker.get("/inspections/reporting-day/2026/").status_code == 404
    of_bank = banker.get("/inspections/statistics/").content.decode()
    assert "Supervisory visits" in of_bank
    assert "Unified Reporting Day" not in of_bank
    assert "By degree of risk" not in of_bank
    assert banker.get(f"/inspections/statistics/kinds.csv{query}").status_code == 404
    assert banker.get(f"/inspections/statistics/visits.csv{query}").status_code == 200
    assert client_of(make.make_applicant()).get(f"/inspections/statistics/kinds.csv{query}").status_code == 404
    energy = make.make_user("head", authority=make.make_authority("energy", decides=False))
    assert client_of(energy).get("/inspections/statistics/").status_code == 404
