"""Reports of pools and miners: compared with the register, corrected, late, twice, and where the two differ."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import Event, RowFile, User
from core.workflow import TransitionRefused
from law.reporting import Period, report_due, report_period
from licensing.models import Licence
from mining.models import Distribution, MinerReport, PoolReport
from mining.services import differences, differing, report_output
from mining.wallets import FORMS, is_known_form
from tests import factories as make
from tests.mining import world

pytestmark = pytest.mark.django_db
BITS = [{"revision": 1, "amount": "0.5"}, {"revision": 2, "amount": "0.7"}, {"revision": 3, "amount": "0.6"}]


def codes(refused: Any) -> list[tuple[str | None, str]]:
    return [(problem.field, problem.code) for problem in refused.value.problems]


def sums() -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in Distribution.objects.counted():
        key = f"{line.report.organisation_id} {line.miner_identifier} {line.asset}"
        found[key] = found.get(key, Decimal(0)) + line.amount
    return found


def test_a_report_is_taken_with_its_sums_its_day_and_one_event() -> None:
    user, licence = world.pool(), world.miner()
    file = world.distributed(user, [world.line(licence), world.line(licence, "2026-08-03", amount="0,25")])
    report = PoolReport.objects.get(reference=file.made)
    assert (report.rows, report.marked, report.standing, report.digest) == (2, 0, True, file.digest)
    assert report.due_on == report_due("pool", Period(world.PERIOD, date(2026, 8, 31))).due_on == date(2026, 9, 14)
    assert (report.is_late, report.days_late) == (True, 1)
    assert report.ground["confidence"] == "assumed"
    first = report.lines.order_by("id")[0]
    assert (first.licence, first.miner, first.mark) == (licence, licence.organisation, "")
    assert sum(report.lines.values_list("amount", flat=True)) == Decimal("0.75")
    event = Event.objects.of(report).get()
    assert (event.data["rows"], event.data["late"], event.data["digest"]) == (2, 1, report.digest)


def test_in_time_and_late() -> None:
    user, licence = world.pool(), world.miner()
    in_time = datetime(2026, 9, 14, 23, 0, tzinfo=make.ALMATY)
    world.distributed(user, [world.line(licence)], at=in_time)
    assert not PoolReport.objects.late().exists()
    world.distributed(user, [world.line(licence, "2026-07-02")], period=date(2026, 7, 1), at=in_time)
    assert [report.period_first for report in PoolReport.objects.late()] == [date(2026, 7, 1)]


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"licence": "M1-2026-99999"}, "rows.1.licence", "licence-unknown"),
        ({"miner": "another"}, "rows.1.miner", "licence-owner"),
        ({"licence_date": "2026-06-15"}, "rows.1.licence_date", "licence-date"),
        ({"day": "2026-07-31"}, "rows.1.day", "report-period"),
        ({"amount": "-0.1"}, "rows.1.amount", "cell-too-little"),
        ({"amount": "1001"}, "rows.1.amount", "amount-absurd"),
        ({"amount": "x"}, "rows.1.amount", "cell-number"),
        ({"commission": "-1"}, "rows.1.commission", "cell-too-little"),
        ({"miner": "230140000022"}, "rows.1.miner", "cell-identifier"),
        ({"wallet": ""}, "rows.1.wallet", "cell-missing"),
    ],
)
def test_rows_that_are_refused(values: dict[str, str], field: str, code: str) -> None:
    user, licence = world.pool(), world.miner()
    if values.get("miner") == "another":
        values = {"miner": world.miner().organisation.identifier}
    with pytest.raises(TransitionRefused) as refused:
        world.distributed(user, [world.line(licence, **values)])
    assert codes(refused) == [(field, code)]
    assert not PoolReport.objects.exists()
    assert not RowFile.objects.filter(kind="pool-distribution").exists()


def test_the_day_decides_what_the_register_says() -> None:
    user, licence = world.pool(), world.miner()
    at = datetime(2026, 8, 10, 12, 0, tzinfo=make.ALMATY)
    world.suspend(licence, at=at)
    rows = [world.line(licence, f"2026-08-{day:02d}") for day in (9, 10, 31)]
    with pytest.raises(TransitionRefused) as refused:
        world.distributed(user, rows)
    assert codes(refused) == [("rows.2.day", "licence-suspended"), ("rows.3.day", "licence-suspended")]
    taken = world.distributed(user, rows, as_it_happened=True)
    report = PoolReport.objects.get(reference=taken.made)
    assert (report.marked, taken.warnings) == (2, 2)
    assert list(report.lines.order_by("day").values_list("mark", flat=True)) == ["", "suspended", "suspended"]


def test_days_outside_the_licence() -> None:
    user, licence = world.pool(), world.miner()
    Licence.objects.filter(pk=licence.pk).update(
        state="surrendered", ended_on=date(2026, 8, 5), cause="APP-1", ground={"code": "x"}
    )
    rows = [world.line(licence, day) for day in ("2026-08-05", "2026-08-06")]
    with pytest.raises(TransitionRefused) as refused:
        world.distributed(user, rows)
    assert codes(refused) == [("rows.2.day", "licence-outside")]


def test_a_wallet_of_no_known_form_is_a_warning() -> None:
    user, licence = world.pool(), world.miner()
    file = world.distributed(user, [world.line(licence, wallet="somewhere"), world.line(licence, asset="XYZ")])
    assert [(one.row, one.code, one.severity) for one in file.found.all()] == [
        (1, "wallet-form", "warning"),
        (2, "wallet-form", "warning"),
    ]
    assert file.standing == "taken"


@pytest.mark.parametrize(
    ("asset", "wallet"),
    [
        ("BTC", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
        ("BTC", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
        ("BTC", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
        ("ETC", "0x52908400098527886E0F7030069857D2E4169EE7"),
        ("LTC", "LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9"),
        ("DOGE", "D7Y55hKYiFJVtmdsRm1sVgHJrXLB7zMTTA"),
    ],
)
def test_forms_of_wallets(asset: str, wallet: str) -> None:
    assert is_known_form(asset, wallet)
    assert not is_known_form(asset, wallet + "!")
    assert set(FORMS) >= {"BTC", "LTC"}


def test_the_same_row_twice_in_a_report() -> None:
    user, licence = world.pool(), world.miner()
    with pytest.raises(TransitionRefused) as refused:
        world.distributed(user, [world.line(licence), world.line(licence, amount="0.1")])
    assert codes(refused) == [("rows.2.miner", "distribution-twice")]
    assert refused.value.problems[0].params == {"first": 1}


def test_who_may_report() -> None:
    user, licence = world.pool(), world.miner()
    with pytest.raises(PermissionDenied):
        world.distributed(make.make_applicant(), [world.line(licence)], actor=make.make_applicant())
    outsider = make.make_applicant()
    with pytest.raises(TransitionRefused) as refused:
        world.distributed(outsider, [world.line(licence)])
    assert codes(refused) == [("organisation", "pool-not-accredited")]
    with pytest.raises(TransitionRefused) as refused:
        world.obtained(outsider, {"BTC": "1"})
    assert codes(refused) == [("organisation", "miner-not-licensed")]
    with pytest.raises(TransitionRefused) as refused:
        world.distributed(user, [world.line(licence)], period=date(2026, 5, 1))  # before the accreditation
    assert codes(refused) == [("organisation", "pool-not-accredited")]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"period": date(2026, 8, 2)}, "report-no-period"),
        ({"period": "soon"}, "report-no-period"),
        ({"period": date(2026, 9, 1)}, "report-early"),
        ({"revision": 0}, "report-number"),
        ({"revision": "1"}, "report-number"),
    ],
)
def test_periods_and_numbers_that_are_none(values: dict[str, Any], code: str) -> None:
    user, licence = world.pool(), world.miner()
    with pytest.raises(TransitionRefused) as refused:
        world.distributed(user, [world.line(licence)], **values)
    assert code in {problem.code for problem in refused.value.problems}


def test_twice_corrected_and_never_counted_twice() -> None:
    user, licence = world.pool(), world.miner()
    first = world.distributed(user, [world.line(licence)])
    assert world.distributed(user, [world.line(licence)]).pk == first.pk
    # The same rows in another file: the same report.
    given: dict[str, Any] = {"options": {"period": world.PERIOD, "revision": 1, "as_it_happened": False}, "take": True}
    content = world.csv_of([world.line(licence)])
    again = world.sent("pool-distribution", content, user, at=world.LATER, **given)
    assert (again.standing, again.made) == ("taken", first.made)
    with pytest.raises(TransitionRefused) as refused:
        world.distributed(user, [world.line(licence, amount="0.6")])
    assert codes(refused) == [("rows", "report-revision")]
    world.distributed(user, [world.line(licence, amount="0.6")], revision=2)
    assert list(sums().values()) == [Decimal("0.6")]
    assert PoolReport.objects.count() == 2
    assert Event.objects.filter(verb="poolreport.file").count() == 2


@pytest.fixture(scope="module")
def two_pools(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[list[User], Licence]]:
    """Built once, in a transaction that the module's end rolls back."""
    with django_db_blocker.unblock(), transaction.atomic():
        make.make_system_user()
        yield [world.pool(), world.pool()], world.miner()
        transaction.set_rollback(True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 2)), min_size=1, max_size=9),
    data=st.data(),
)
def test_any_order_of_the_same_reports_gives_the_same_sums(
    two_pools: tuple[list[User], Licence], order: list[tuple[int, int, int]], data: Any
) -> None:
    users, licence = two_pools
    shuffled = data.draw(st.permutations(order + order[:2]))

    def outcome(reports: list[tuple[int, int, int]]) -> dict[str, Decimal]:
        with transaction.atomic():
            for pool, month, which in reports:
                bit = BITS[which]
                row = world.line(licence, f"2026-0{7 + month}-02", amount=bit["amount"])
                period = date(2026, 7 + month, 1)
                world.distributed(users[pool], [row], period=period, revision=bit["revision"])
            found = sums()
            assert PoolReport.objects.standing().count() == len({report[:2] for report in reports})
            transaction.set_rollback(True)
        return found

    latest: dict[tuple[int, int], int] = {}
    for pool, month, which in order:
        latest[pool, month] = max(which, latest.get((pool, month), 0))
    expected = sum((Decimal(str(BITS[which]["amount"])) for which in latest.values()), Decimal(0))
    found = outcome(shuffled)
    assert outcome(order) == found
    assert sum(found.values()) == expected


def test_periods_are_months() -> None:
    assert report_period("pool", date(2026, 12, 31)) == Period(date(2026, 12, 1), date(2026, 12, 31))
    assert report_period("mining", date(2028, 2, 29)) == Period(date(2028, 2, 1), date(2028, 2, 29))


def compared(licence: Licence) -> dict[str, tuple[str, list[str]]]:
    last = report_period("mining", world.PERIOD).last
    found = differences(licence.organisation, world.PERIOD, last, authority=make.make_authority())
    return {one.asset: (f"{one.difference.normalize():f}", [str(reason) for reason in one.reasons]) for one in found}


def test_a_miner_who_has_not_reported() -> None:
    licence = world.miner()
    world.distributed(world.pool(), [world.line(licence)])
    assert compared(licence) == {"BTC": ("0.5", ["The miner has not reported this period."])}


def test_what_explains_a_difference() -> None:
    licence, user = world.miner(), world.pool()
    party = licence.application.created_by
    world.distributed(user, [world.line(licence), world.line(licence, asset="LTC", amount="3", commission="0")])
    world.obtained(party, {"BTC": "0.51", "LTC": "3", "DOGE": "7"})
    found = compared(licence)
    assert found["LTC"] == ("0", [])
    assert found["BTC"] == ("-0.01", ["The miner counts the commission in: 0.5 + 0.01 = 0.51."])
    assert found["DOGE"] == ("-7", ["No pool reports a distribution of DOGE to this miner."])
    world.obtained(party, {"BTC": "0.5", "LTC": "3"}, revision=2)
    assert [difference for difference, _reasons in compared(licence).values()] == ["0", "0"]
    world.distributed(user, [world.line(licence, amount="0.8")], revision=2)
    now = compared(licence)
    assert now["BTC"][0] == "0.3"
    assert "before its correction of 2026-09-15: 0.5, now 0.8." in now["BTC"][1][0]
    assert now["LTC"][0] == "-3"


def test_rows_that_the_miner_leaves_out_because_his_licence_was_suspended() -> None:
    licence = world.miner()
    world.suspend(licence, at=datetime(2026, 8, 10, 12, 0, tzinfo=make.ALMATY))
    rows = [world.line(licence, "2026-08-02"), world.line(licence, "2026-08-20", amount="0.2")]
    world.distributed(world.pool(), rows, as_it_happened=True)
    world.obtained(licence.application.created_by, {"BTC": "0.5"})
    difference, reasons = compared(licence)["BTC"]
    assert difference == "0.2"
    assert reasons == [
        "The miner leaves out rows that differ from the register (The licence was suspended): together 0.2."
    ]


def test_all_differences_of_a_period_are_one_statement(django_assert_num_queries: Any) -> None:
    licence, other = world.miner(), world.miner()
    world.distributed(world.pool(), [world.line(licence), world.line(other)])
    world.obtained(licence.application.created_by, {"BTC": "0.5"})
    last = report_period("mining", world.PERIOD).last
    authority = make.make_authority()
    with django_assert_num_queries(1):
        found = differing(authority, world.PERIOD, last)
    assert found == [(other.organisation_id, "BTC", Decimal("0.5"), None)]
    assert differing(make.make_authority("nbk"), world.PERIOD, last) == []


def test_an_output_names_an_asset_once() -> None:
    licence = world.miner()
    rows = [{"asset": "BTC", "amount": "1"}, {"asset": "btc", "amount": "2"}]
    with pytest.raises(TransitionRefused) as refused:
        report_output(
            licence.organisation,
            rows,
            period=world.PERIOD,
            authority=make.make_authority(),
            actor=licence.application.created_by,
            at=world.LATER,
        )
    assert codes(refused) == [("rows.2.asset", "output-twice")]
    assert not MinerReport.objects.exists()
