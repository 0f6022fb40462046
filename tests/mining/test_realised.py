"""Jobs and investment: revisions that overwrite nothing, papers that officers enter, declared against realised."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from core.models import Event, Obligation
from licensing.models import Licence
from mining.models import MiningParticulars, RealisedReport
from mining.models.realised import effects
from mining.services import report_realised
from mining.services.realised import past_periods
from tests import factories as make
from tests.api.conftest import Caller, codes
from tests.licensing.test_races import at_once, won
from tests.mining.test_centres import refused
from tests.mining.test_screens_and_api import client_of, text

SINCE = datetime(2026, 1, 20, 10, 0, tzinfo=make.ALMATY)
QUARTER = date(2026, 1, 1)
PAPER: dict[str, Any] = {"source": "Letter 12", "paper_on": date(2026, 4, 5)}


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(make.AT):
        yield


def held(**fields: Any) -> Licence:
    return make.make_licence(at=SINCE, **({"jobs": 40, "investment": "1000000"} | fields))


def reported(licence: Licence, **values: Any) -> RealisedReport:
    actor, at = values.pop("actor", None) or licence.application.created_by, values.pop("at", make.AT)
    given: dict[str, Any] = {"period": QUARTER, "jobs": 30, "investment": Decimal(250_000)} | values
    return report_realised(licence, **given, actor=actor, at=at)


@pytest.mark.django_db
def test_a_later_report_counts_and_the_first_stays() -> None:
    licence = held()
    first = reported(licence)
    second = reported(licence, jobs=31, note="Counted again.")
    first.refresh_from_db()
    assert (first.revision, first.standing, first.jobs) == (1, False, 30)
    assert (second.revision, second.standing) == (2, True)
    same = refused(reported, licence, jobs=31, note="Counted again.")
    assert set(same) == {"no-change"}
    assert [event.verb for event in Event.objects.of(second)] == ["realisedreport.file"]
    assert not Obligation.objects.filter(subject_type="mining.realisedreport").exists()


@pytest.mark.django_db
def test_periods_are_quarters_that_are_over_while_the_licence_ran() -> None:
    licence = held()
    assert set(refused(reported, licence, period=date(2026, 2, 1))) == {"realised-period"}
    assert set(refused(reported, licence, period=date(2023, 1, 1))) == {"realised-period"}
    assert set(refused(reported, licence, period=date(2026, 4, 1))) == {"realised-period-runs"}
    assert set(refused(reported, licence, period=date(2025, 10, 1))) == {"realised-licence-days"}
    wrong = refused(reported, licence, jobs=-1, investment=Decimal(-1), **PAPER)
    assert set(wrong) == {"realised-jobs", "realised-investment", "realised-paper-own"}
    pool = Licence.objects.get(pk=make.make_pool(at=SINCE).pk)
    assert "realised-kind" in refused(reported, pool)
    assert [one.first for one in past_periods(date(2023, 11, 9), 9)] == [date(2023, 7, 1), date(2023, 4, 1)]


@pytest.mark.django_db
def test_an_officer_enters_from_a_paper_and_strangers_nothing() -> None:
    licence, officer = held(), make.make_user("officer")
    assert set(refused(reported, licence, actor=officer)) == {"realised-paper"}
    future = PAPER | {"paper_on": make.AT.date() + timedelta(days=1)}
    assert set(refused(reported, licence, actor=officer, **future)) == {"realised-paper-day"}
    row = reported(licence, actor=officer, **PAPER)
    assert (row.source, row.entered_by) == ("Letter 12", officer)
    foreign = make.make_user("officer", authority=make.make_authority("nbk"))
    for actor in (foreign, make.make_applicant(), make.make_user("auditor")):
        with pytest.raises(PermissionDenied):
            reported(licence, actor=actor, **PAPER)
        assert not RealisedReport.objects.visible_to(actor).filter(pk=row.pk).exists() or actor.role == "auditor"


@pytest.mark.django_db
def test_declared_and_realised_by_region_and_together() -> None:
    first = held()
    held(jobs=10, investment="500000")  # in force, and never reported
    silent = held(region="KZ-79", zone="south")
    MiningParticulars.objects.filter(application=silent.application).update(jobs=None, investment=None)
    reported(first, jobs=20)
    reported(first, jobs=30)
    reported(first, period=date(2026, 1, 1), jobs=25, investment=Decimal(300_000))
    found = effects(make.make_authority())
    one = found.regions["KZ-39"]
    assert (one.licences, one.reported, one.jobs, one.jobs_of_reported, one.jobs_realised) == (2, 1, 50, 40, 25)
    assert (one.jobs_difference, one.investment_realised) == (-15, Decimal(300_000))
    assert one.investment_difference == Decimal(-700_000)
    south = found.regions["KZ-79"]
    assert (south.licences, south.jobs, south.jobs_realised, south.jobs_difference) == (1, 0, None, None)
    assert (found.total.licences, found.total.jobs_realised) == (3, 25)
    with time_machine.travel(make.AT + timedelta(days=30)):
        later: dict[str, Any] = {"period": date(2026, 4, 1), "jobs": 44, "investment": Decimal(100)}
        report_realised(first, **later, actor=first.application.created_by, at=make.AT + timedelta(days=30))
    one = effects(make.make_authority()).regions["KZ-39"]
    assert (one.jobs_realised, one.investment_realised) == (44, Decimal(300_100))


@pytest.mark.django_db
def test_a_holder_reports_and_an_officer_reads_and_enters_on_the_pages() -> None:
    licence = held()
    holder, officer = client_of(licence.application.created_by), client_of(make.make_user("officer"))
    stranger = client_of(make.make_applicant())
    assert "/jobs-reports/" in text(holder.get("/account/"))
    page = text(holder.get("/jobs-reports/new/"))
    assert "nobody owes one and no day is set" in page
    assert "unconfirmed" in page
    assert 'name="source"' not in page
    data = {"licence": licence.number, "period": "2026-01-01", "jobs": "30", "investment": "250000.50"}
    assert holder.post("/jobs-reports/new/", {}).status_code == 422
    assert stranger.post("/jobs-reports/new/", data).status_code == 422
    sent = holder.post("/jobs-reports/new/", data)
    row = RealisedReport.objects.get()
    assert sent["Location"] == f"/jobs-reports/{row.reference}/"
    assert holder.post("/jobs-reports/new/", data).status_code == 409
    assert officer.post("/jobs-reports/new/", data).status_code == 422
    paper = data | {"jobs": "28", "source": "Letter 12", "paper_on": "2026-04-05"}
    assert officer.post("/jobs-reports/new/", paper).status_code == 302
    assert "corrected by a later one" in text(holder.get(sent["Location"]))
    assert stranger.get(sent["Location"]).status_code == 404
    assert row.reference not in text(stranger.get("/jobs-reports/"))
    shown = text(officer.get("/power/jobs/?region=KZ-39"))
    assert "1 of 1 licences reported" in shown
    assert licence.number in shown
    lines = text(officer.get("/power/jobs.csv")).splitlines()
    assert lines[-1].split(",")[3:7] == ["40", "40", "28", "-12"]
    assert stranger.get("/power/jobs/").status_code in (302, 404)


@pytest.mark.django_db
def test_by_api() -> None:
    licence = held()
    api, office = Caller(licence.application.created_by), Caller(make.make_user("officer"))
    body = {"licence": licence.number, "period": "2026-01-01", "jobs": 30, "investment": "250000.00"}
    made = api.post("/jobs-reports/", body, Idempotency_Key="one")
    assert made.status_code == 201, made.content
    assert (made.json()["revision"], made.json()["provision"]["unconfirmed"]) == (1, True)
    assert api.post("/jobs-reports/", body, Idempotency_Key="one").json() == made.json()
    assert codes(api.post("/jobs-reports/", body)) == {"no-change"}
    assert codes(office.post("/jobs-reports/", {**body, "jobs": 31})) == {"realised-paper"}
    bad = api.post("/jobs-reports/", {**body, "jobs": -1, "investment": "x", "nothing": 1})
    assert {one["field"] for one in bad.json()["problems"]} == {"jobs", "investment", "nothing"}
    assert [one["reference"] for one in api.get("/jobs-reports/").json()["results"]] == [made.json()["reference"]]
    found = office.get("/jobs/").json()
    assert [(one["region"], one["jobs_difference"]) for one in found["regions"]] == [("KZ-39", -10)]
    assert found["total"]["investment_difference"] == "-750000.00"
    stranger = Caller(make.make_applicant())
    assert stranger.get(f"/jobs-reports/{made.json()['reference']}/").status_code == 404
    assert codes(stranger.post("/jobs-reports/", body)) == {"licence-not-yours"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.stress
def test_reports_at_once_are_revisions_of_which_one_counts() -> None:
    licence = held()
    done = at_once([partial(reported, licence, jobs=number) for number in range(5)])
    assert len(won(done)) == 5
    assert sorted(RealisedReport.objects.values_list("revision", flat=True)) == [1, 2, 3, 4, 5]
    assert [row.revision for row in RealisedReport.objects.standing()] == [5]
