"""Reports on sales: filed once, corrected as editions, late by their own day; and what exchanges say of a miner."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.models import Event
from core.services import verify_events
from core.workflow import HEAD, OFFICER, StaleVersion, TransitionRefused
from exchanges import services
from exchanges.models import ListedExchange, SaleReport, SaleRow
from law.quota import assess
from licensing.models import Licence
from tests import factories as make

pytestmark = pytest.mark.django_db
FIRST, LAST = make.QUARTER


@pytest.fixture
def miner() -> Licence:
    return make.make_miner()


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.field) for problem in refused.value.problems]


def correct(report: SaleReport, *lines: services.SaleLine, **fields: Any) -> SaleReport:
    actor = make.make_user(OFFICER)
    given = {"reason": "A slip.", "actor": actor, "paper": make.PAPER, "at": make.AT + timedelta(hours=1), **fields}
    return services.correct_sale_report(report, rows=lines, **given)


def test_a_report_is_kept_with_its_rows_and_its_term(miner: Licence) -> None:
    make.make_exchange()
    report = make.make_sale_report(
        miner, make.sale_line("2026-01-10", "700", exchange="Steppe-Exchange "), make.sale_line("2026-02-01", "300.50")
    )
    assert (report.rows_count, report.total, report.edition) == (2, Decimal("1000.50"), 1)
    first, second = report.rows.order_by("number")
    assert (first.exchange.code if first.exchange else "", second.exchange) == ("steppe-exchange", None)
    assert (report.due_on, report.late) == (date(2026, 4, 15), True)  # AT is in June
    assert report.ground["confidence"] == "assumed"
    assert report.arithmetic
    event = Event.objects.of(report).get()
    assert (event.verb, event.data["late"]) == ("salereport.file", True)
    assert not list(verify_events())


@pytest.mark.parametrize(("filed", "late"), [("2026-04-15T23:59", False), ("2026-04-16T00:00", True)])
def test_late_is_after_the_last_day(miner: Licence, filed: str, late: bool) -> None:
    moment = datetime.fromisoformat(filed).replace(tzinfo=make.ALMATY)
    assert make.make_sale_report(miner, make.sale_line("2026-01-10"), at=moment).late is late


def test_after_the_repeal_a_miner_owes_no_report(miner: Licence) -> None:
    later = make.AT + timedelta(days=30)
    period = (date(2026, 4, 1), date(2026, 6, 30))
    report = make.make_sale_report(miner, make.sale_line("2026-05-02"), period=period, at=later)
    assert (report.due_on, report.late, report.ground) == (None, False, {})
    other = make.make_sale_report(make.make_exchange(), period=period, at=later)
    assert other.due_on == date(2026, 7, 15)


def test_the_same_report_twice_counts_once_whatever_its_order(miner: Licence) -> None:
    lines = [make.sale_line("2026-01-10", "1"), make.sale_line("2026-01-11", "2.00")]
    first = make.make_sale_report(miner, *lines)
    again = make.make_sale_report(miner, make.sale_line("2026-01-11", "2"), lines[0])
    assert again == first
    assert (SaleReport.objects.count(), SaleRow.objects.count()) == (1, 2)
    with pytest.raises(TransitionRefused) as refused:
        make.make_sale_report(miner, lines[0])
    assert codes(refused) == [("report-stands", None)]


def test_the_database_too_lets_one_edition_count(miner: Licence) -> None:
    report = make.make_sale_report(miner, make.sale_line("2026-01-10"))
    report.pk, report.reference = None, "SR-2026-999999"
    with pytest.raises(IntegrityError), transaction.atomic():
        report.save(force_insert=True)


def test_a_correction_replaces_and_is_late_where_the_first_was(miner: Licence) -> None:
    report = make.make_sale_report(miner, make.sale_line("2026-01-10", "100"))
    fresh = correct(report, make.sale_line("2026-01-10", "90"), version=1)
    assert (fresh.reference, fresh.edition, fresh.late, fresh.filed_on) == (report.reference, 2, True, report.filed_on)
    assert SaleReport.objects.current().get() == fresh
    assert [sale.amount for sale in services.sales_of(miner.organisation, FIRST, LAST)] == [90]
    assert correct(report, make.sale_line("2026-01-10", "90.0")) == fresh  # the same again is no edition
    with pytest.raises(StaleVersion):
        correct(report, make.sale_line("2026-01-10", "80"), version=1)
    with pytest.raises(TransitionRefused) as refused:
        correct(fresh, make.sale_line("2026-01-10", "80"), reason=" ")
    assert codes(refused) == [("note-missing", "reason")]


BAD: list[tuple[Callable[[], services.SaleLine], tuple[str, str]]] = [
    (lambda: make.sale_line("2026-04-01"), ("sale-day", "rows.1.sold_on")),
    (lambda: make.sale_line("2025-12-31"), ("sale-day", "rows.1.sold_on")),
    (lambda: make.sale_line("2026-01-01", "0"), ("sale-amount", "rows.1.amount")),
    (lambda: make.sale_line("2026-01-01", "-5"), ("sale-amount", "rows.1.amount")),
    (lambda: make.sale_line("2026-01-01", exchange="nowhere"), ("exchange-unknown", "rows.1.exchange")),
    (lambda: make.sale_line("2026-01-01", deal="D1"), ("deal-twice", "rows.1.deal")),
]


@pytest.mark.parametrize(("line", "fault"), BAD)
def test_a_fault_names_its_row(miner: Licence, line: Callable[[], Any], fault: tuple[str, str]) -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_sale_report(miner, make.sale_line("2026-01-02", deal="D1"), line())
    assert codes(refused) == [fault]
    assert not SaleReport.objects.exists()


def test_all_faults_are_told_at_once(miner: Licence) -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_sale_report(miner, *(make.sale_line("2025-01-01", "-1") for _row in range(3)))
    assert len(refused.value.problems) == 6
    with pytest.raises(TransitionRefused) as refused:
        make.make_sale_report(make.make_exchange(), make.sale_line("2026-01-01", miner="123456789012"))
    assert codes(refused) == [("miner-number", "rows.0.miner")]


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ((date(2026, 1, 1), date(2026, 3, 30)), "report-period"),
        ((date(2026, 2, 1), date(2026, 4, 30)), "report-period"),
        ((date(2026, 4, 1), date(2026, 6, 30)), "report-early"),
        ((date(2023, 7, 1), date(2023, 9, 30)), "not-a-miner"),
    ],
)
def test_a_period_is_a_quarter_that_is_over(miner: Licence, period: tuple[date, date], code: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_sale_report(miner, period=period)
    assert code in {one for one, _field in codes(refused)}


def test_who_may_report(miner: Licence) -> None:
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    for stranger in (make.make_applicant(), foreign, make.make_user(HEAD, authority=foreign.authority)):
        with pytest.raises(PermissionDenied):
            make.make_sale_report(miner, make.sale_line("2026-01-10"), actor=stranger)
    own = make.make_applicant()
    exchange = make.make_exchange(organisation=own.organisations(make.AT.date()).get())
    report = make.make_sale_report(exchange, actor=own)
    assert SaleReport.objects.visible_to(own).get() == report
    assert not SaleReport.objects.visible_to(make.make_applicant()).exists()
    assert not SaleReport.objects.visible_to(foreign).exists()


def standings(miner: Licence) -> list[tuple[str, str, Decimal | None]]:
    told = services.compared(miner.organisation, FIRST, LAST)
    return [(str(one.sold_on), one.standing, one.reported) for one in told]


def test_proved_declared_and_contradicted(miner: Licence) -> None:
    number = miner.organisation.identifier
    one, other = make.make_exchange(), make.make_exchange("silent")
    make.make_exchange("ended")
    services.end_exchange(
        ListedExchange.objects.get(code="ended"), valid_to=date(2026, 1, 5), end_source="Letter", at=make.AT,
        actor=make.make_user(OFFICER),
    )  # fmt: skip
    make.make_sale_report(
        miner,
        make.sale_line("2026-01-02", "10", exchange=one.code),
        make.sale_line("2026-01-03", "10", exchange=one.code),
        make.sale_line("2026-01-04", "10", exchange=other.code),
        make.sale_line("2026-01-05", "10", exchange="ended"),
        make.sale_line("2026-01-06", "10", exchange="ended"),
        make.sale_line("2026-01-07", "10"),
    )
    assert {standing for _day, standing, _told in standings(miner)} == {"declared", "not_licensed", "elsewhere"}
    make.make_sale_report(
        one,
        make.sale_line("2026-01-02", "4", miner=number, deal="A"),
        make.sale_line("2026-01-02", "6", miner=number, deal="B"),
        make.sale_line("2026-01-08", "7", miner=number, deal="C"),
        make.sale_line("2026-01-02", "99", miner=make.make_bin(), deal="D"),
    )
    assert standings(miner) == [
        ("2026-01-02", "proved", Decimal(10)),
        ("2026-01-03", "contradicted", Decimal(0)),
        ("2026-01-04", "declared", None),
        ("2026-01-05", "declared", None),
        ("2026-01-06", "not_licensed", None),
        ("2026-01-07", "elsewhere", None),
        ("2026-01-08", "contradicted", Decimal(7)),
    ]
    found = assess(services.sales_of(miner.organisation, FIRST, LAST), FIRST, LAST)
    before, after = found.parts
    assert [before.sold, before.proved, before.declared_only, before.contradicted] == [67, 17, 20, 2]
    assert [after.sold, found.verdict] == [0, "short"]


def test_any_order_of_the_same_reports_gives_the_same_sums() -> None:
    """Filed, filed again and corrected in some orders, by two miners and an exchange: what counts is the same."""
    seen = set()
    for seed in range(6):
        chance = Random(seed)
        with transaction.atomic():
            sums, undo = told_in_some_order(chance), transaction.savepoint()
            seen.add(sums)
            transaction.savepoint_rollback(undo)
            transaction.set_rollback(True)
    assert len(seen) == 1


def told_in_some_order(chance: Random) -> tuple[Any, ...]:
    miner, exchange = make.make_miner(), make.make_exchange()
    number = miner.organisation.identifier
    own = [make.sale_line(f"2026-01-{day:02d}", str(day), exchange=exchange.code) for day in range(1, 11)]
    theirs = [make.sale_line(f"2026-01-{day:02d}", str(day), miner=number, deal=str(day)) for day in range(1, 9)]

    def shuffled(lines: list[services.SaleLine]) -> list[services.SaleLine]:
        return chance.sample(lines, len(lines))

    acts = [
        lambda: make.make_sale_report(miner, *shuffled(own)),
        lambda: make.make_sale_report(exchange, *shuffled(theirs)),
    ] * 2
    chance.shuffle(acts)
    for act in acts:
        act()
    if chance.random() < 0.5:  # a slip, and its correction
        standing = SaleReport.objects.current().get(source="miner")
        slip = correct(standing, *own[:3])
        correct(slip, *shuffled(own))
    found = assess(services.sales_of(miner.organisation, FIRST, LAST), FIRST, LAST)
    return tuple((part.sold, part.proved, part.declared_only, part.contradicted) for part in found.parts)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"source": " "}, "source"), ({"licence_number": ""}, "licence_number"), ({"names": {"en": " "}}, "name_en")],
)
def test_an_exchange_needs_its_facts(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_exchange(**fields)
    assert codes(refused) == [("particular-missing", field)]


def test_the_list_of_exchanges_is_dated() -> None:
    one = make.make_exchange()
    with pytest.raises(TransitionRefused) as refused:
        make.make_exchange()
    assert codes(refused) == [("exchange-code", "code")]
    officer = make.make_user(OFFICER)
    with pytest.raises(TransitionRefused) as refused:
        services.end_exchange(one, valid_to=date(2023, 5, 31), end_source="", actor=officer, at=make.AT)
    assert {field for _code, field in codes(refused)} == {"valid_to", "end_source"}
    services.end_exchange(one, valid_to=date(2025, 6, 30), end_source="Letter", actor=officer, at=make.AT)
    licensed = {day: ListedExchange.objects.licensed_on(date.fromisoformat(day)).exists() for day in DAYS}
    assert list(licensed.values()) == [False, True, True, False]
    with pytest.raises(PermissionDenied):
        services.end_exchange(one, valid_to=date(2025, 6, 30), end_source="x", actor=make.make_applicant(), at=make.AT)


DAYS = ("2023-05-31", "2023-06-01", "2025-06-30", "2025-07-01")


def client_of(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_the_officers_pages(miner: Licence) -> None:
    exchange = make.make_exchange()
    report = make.make_sale_report(miner, make.sale_line("2026-01-02", "10", exchange=exchange.code))
    make.make_sale_report(exchange, make.sale_line("2026-01-02", "9", miner=miner.organisation.identifier))
    correct(report, make.sale_line("2026-01-02", "11", exchange=exchange.code))
    client = client_of(make.make_user(OFFICER))
    listed = client.get(reverse("sale-reports"), {"source": "miner", "late": "late"}).content.decode()
    assert report.reference in listed
    assert "No reports" not in listed
    assert "Nothing fits" in client.get(reverse("sale-reports"), {"q": "SR-1"}).content.decode()
    page = client.get(reverse("sale-report", args=[report.reference])).content.decode()
    assert "contradicted by the exchange" in page
    assert "1 line differs" in page
    old = client.get(reverse("sale-report", args=[report.reference]), {"edition": "1"}).content.decode()
    assert "counts no more" in old
    for name, args in (("sale-reports-csv", []), ("sale-report-csv", [report.reference])):
        answer = client.get(reverse(name, args=args))
        assert b"2026-01" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a stream
    stranger = client_of(make.make_user(OFFICER, authority=make.make_authority("nbk")))
    assert stranger.get(reverse("sale-report", args=[report.reference])).status_code == 404
    assert client_of(make.make_applicant()).get(reverse("sale-report", args=[report.reference])).status_code == 404


def test_the_page_of_exchanges() -> None:
    client = client_of(make.make_user(OFFICER))
    given = {
        "code": "new-one",
        "name_en": "New One",
        "licence_number": "A-1",
        "valid_from": "2024-01-01",
        "source": "A page",
    }
    assert client.post(reverse("exchanges"), given | {"source": ""}).status_code == 409
    assert client.post(reverse("exchanges"), given).status_code == 302
    assert client.post(reverse("exchanges"), given).status_code == 409
    end = reverse("exchange-end", args=["new-one"])
    assert client.get(end).status_code == 200
    assert client.post(end, {"valid_to": "2023-01-01", "end_source": "x"}).status_code == 409
    assert client.post(end, {"valid_to": "2025-01-01", "end_source": "x"}).status_code == 302
    assert "not licensed" in client.get(reverse("exchanges")).content.decode()
    auditor = client_of(make.make_user("auditor"))
    assert "Enter an exchange" not in auditor.get(reverse("exchanges")).content.decode()
    assert auditor.post(reverse("exchanges"), given | {"code": "x"}).status_code == 403


def test_the_list_takes_the_same_queries_at_any_length(django_assert_max_num_queries: Any) -> None:
    for _number in range(5):
        make.make_sale_report(make.make_miner(), make.sale_line("2026-01-10"))
    client = client_of(make.make_user(OFFICER))
    client.get(reverse("sale-reports"))
    with django_assert_max_num_queries(4):
        client.get(reverse("sale-reports"))
