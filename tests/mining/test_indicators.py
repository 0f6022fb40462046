"""Signs that a holder deserves a look: each at its boundary, none of them a breach, in the same few queries."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Authority
from licensing.models import Breach, Licence
from mining.models import Assessment, DataCentre, Machine
from mining.services.indicators import (
    ABOVE,
    DIFFERS,
    LATE,
    MEASURED,
    MISSING,
    SIGNS,
    UNREPORTED,
    Sign,
    last_due_period,
    signs,
)
from tests import factories as make
from tests.api.conftest import Caller
from tests.mining import centres, world

pytestmark = pytest.mark.django_db
#: August 2026 is due on 14 September.
DUE = date(2026, 9, 14)


def found(code: str, on: date = DUE + timedelta(days=1)) -> list[Sign]:
    return signs(Authority.objects.get(code="maidd"), on, code=code)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=make.ALMATY)


def test_a_report_on_its_last_day_is_no_sign_and_a_day_later_it_is() -> None:
    user, licence = world.pool(), world.miner()
    world.distributed(user, [world.line(licence)], at=at(DUE))
    assert not found(LATE)
    world.distributed(user, [world.line(licence)], revision=2, at=at(DUE + timedelta(days=1)))
    assert not found(LATE), "a correction is no late report"
    world.distributed(user, [world.line(licence, "2026-07-02")], period=date(2026, 7, 1), at=at(DUE))
    (sign,) = found(LATE)
    assert sign.holder == world.own(user)
    assert sign.told.params["number"] == 1
    assert sign.ground is not None
    assert sign.ground.code == "pool.report_due"
    assert not found(LATE, DUE + timedelta(days=366)), "it is of the last twelve months"


def test_what_nobody_reported_is_told_once_its_day_has_passed() -> None:
    licence = world.miner()
    Licence.objects.filter(pk=licence.pk).update(valid_from=date(2026, 7, 31))
    period = last_due_period("mining", DUE)
    assert period is not None
    assert period.first == date(2026, 7, 1)
    assert not found(MISSING, DUE), "it was not in force in all of July, and August is not late yet"
    assert [sign.subject for sign in found(MISSING)] == [licence.number]
    assert last_due_period("mining", date(2023, 4, 1)) is None


def test_a_miner_against_his_pools() -> None:
    user, licence = world.pool(), world.miner()
    world.distributed(user, [world.line(licence, amount="0.5")], at=at(DUE))
    (sign,) = found(DIFFERS)
    assert (sign.holder, sign.told.params["pools"]) == (licence.organisation, "0.5")


def test_machines_that_draw_more_than_was_declared() -> None:
    licence = world.miner()
    particulars = licence.application.particulars
    owner = licence.application.created_by
    machine = world.registered(owner)[0]
    Machine.objects.filter(pk=machine.pk).update(licence=licence, power=particulars.megawatts * 1000)
    assert not found(ABOVE)
    Machine.objects.filter(pk=machine.pk).update(power=particulars.megawatts * 1000 + Decimal("0.001"))
    assert [sign.subject for sign in found(ABOVE)] == [licence.number]
    Machine.objects.filter(pk=machine.pk).update(excluded_on=DUE, exclusion_reason="Sold")
    assert not found(ABOVE)


def test_more_was_measured_than_the_centre_may_hold() -> None:
    centre = centres.make_centre()
    row = centres.signed(centres.open_assessment(centre), measured_megawatts=centre.megawatts)
    assert not found(MEASURED)
    Assessment.objects.filter(pk=row.pk).update(measured_megawatts=Decimal("20.001"))
    assert [sign.subject for sign in found(MEASURED)] == [centre.reference]
    DataCentre.objects.filter(pk=centre.pk).update(megawatts=Decimal("20.001"))
    assert not found(MEASURED)


def test_the_page_and_the_file_say_the_same_and_open_no_breach() -> None:
    licence = world.miner()
    Licence.objects.filter(pk=licence.pk).update(valid_from=date(2024, 1, 1))
    client = Client(headers={"accept-language": "en"})
    client.force_login(make.make_user("officer"))
    page = client.get(reverse("indicators"), {"sign": MISSING}).content.decode()
    assert licence.number in page
    assert "An indicator is no breach" in page
    file = b"".join(client.get(reverse("indicators-csv"), {"sign": "nonsense"})).decode("utf-8-sig")
    assert licence.number in file
    assert not Breach.objects.exists()
    stranger = Client()
    stranger.force_login(make.make_applicant())
    assert stranger.get(reverse("indicators-csv")).status_code in (302, 404)
    foreign = Client()
    foreign.force_login(make.make_user("officer", authority=make.make_authority("nbk")))
    assert licence.number not in foreign.get(reverse("indicators")).content.decode()


def test_the_api_tells_the_same_page_by_page() -> None:
    with time_machine.travel(at(DUE + timedelta(days=1))):
        for _number in range(3):
            licence = world.miner()
            Licence.objects.filter(pk=licence.pk).update(valid_from=date(2024, 1, 1))
        told, officer = found(MISSING), Caller(make.make_user("officer"))
        assert len(told) == 3
        first = officer.get(f"/indicators/?sign={MISSING}&page_size=2").json()
        second = officer.get(first["next"].partition("/api/v1")[2]).json()
        rows = first["results"] + second["results"]
        assert ([len(first["results"]), len(second["results"])], second["next"]) == ([2, 1], None)
        assert {row["holder"]["identifier"] for row in rows} == {sign.holder.identifier for sign in told}
        assert {row["subject"] for row in rows} == {sign.subject for sign in told}
        assert rows[0]["figures"]["due"] == "2026-09-14"
        assert rows[0]["text"].startswith("Nothing was reported of")
        assert rows[0]["provision"]["code"] == "mining.report_due"
        assert officer.get("/indicators/?sign=nonsense").status_code == 400
        assert officer.get("/indicators/?cursor=WzFd").status_code == 400
        for stranger in (make.make_applicant(), make.make_user("officer", authority=make.make_authority("nbk"))):
            assert Caller(stranger).get("/indicators/").status_code == 404
        assert Caller().get("/indicators/").status_code == 401


def test_the_same_few_queries_for_many() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            found("")
        return len(queries)

    for _number in range(2):
        Licence.objects.filter(pk=world.miner().pk).update(valid_from=date(2024, 1, 1))
    few = asked()
    for _number in range(4):
        Licence.objects.filter(pk=world.miner().pk).update(valid_from=date(2024, 1, 1))
    assert asked() == few
    assert few <= 3 * len(SIGNS)
    assert UNREPORTED in SIGNS
