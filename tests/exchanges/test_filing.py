"""Reports on sales as forms and files: the same rules, told at row and column; counted once, however they come."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.models import Event, RowFile, User
from core.services import Upload, take_row_file, work_on_row_file
from core.workflow import OFFICER, TransitionRefused
from exchanges import services
from exchanges.forms.sales import MOST
from exchanges.models import EXCHANGE, MINER, ListedExchange, SaleReport
from exchanges.services.reports import digest_of
from licensing.models import Licence
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
FIRST, LAST = make.QUARTER


@pytest.fixture
def miner() -> Licence:
    return make.make_miner()


@pytest.fixture
def own() -> tuple[ListedExchange, User]:
    """An exchange with an account here, and somebody of it."""
    user = make.make_applicant()
    return make.make_exchange(organisation=user.organisations(make.AT.date()).get()), user


def csv(*rows: str, head: str = "sold_on;miner;asset;amount;deal") -> bytes:
    return "\n".join([head, *rows]).encode()


def sent(content: bytes, actor: User, **given: Any) -> RowFile:
    upload = Upload("sales.csv", BytesIO(content))
    file = services.send_sales(upload, **{"period_from": FIRST, "actor": actor, "at": make.AT, **given})
    work_on_row_file(file.pk, at=make.AT)
    return RowFile.objects.get(pk=file.pk)


def taken(file: RowFile, actor: User) -> RowFile:
    take_row_file(file, actor=actor, at=make.AT)
    work_on_row_file(file.pk, at=make.AT)
    return RowFile.objects.get(pk=file.pk)


def faults(file: RowFile) -> set[tuple[int, str, str]]:
    return {(one.row, one.column, one.code) for one in file.found.all()}


def test_a_file_is_looked_at_and_then_taken_whole(miner: Licence, own: tuple[ListedExchange, User]) -> None:
    exchange, user = own
    number = miner.organisation.identifier
    file = sent(csv(f"2026-01-10;{number};btc;1 000,50;D1", f"11.01.2026;{number};BTC;5;"), user, exchange=exchange)
    assert (file.standing, SaleReport.objects.count()) == ("right", 0)
    report = SaleReport.objects.get(reference=taken(file, user).made)
    assert (report.source, report.exchange, report.rows_count, str(report.total)) == (EXCHANGE, exchange, 2, "1005.50")
    assert [(row.number, row.miner, row.asset, row.deal) for row in report.rows.all()] == [
        (1, number, "BTC", "D1"),
        (2, number, "BTC", ""),
    ]
    event = Event.objects.of(report).get()
    assert (event.verb, event.data["file"], event.actor) == ("salereport.file", file.pk, user)
    assert report.late
    assert not report.paper


def test_what_comes_as_file_request_and_form_counts_once(miner: Licence, own: tuple[ListedExchange, User]) -> None:
    exchange, user = own
    number = miner.organisation.identifier
    lines = [
        make.sale_line("2026-01-11", "5", miner=number),
        make.sale_line("2026-01-10", "1.5", miner=number, deal="Ә1"),
    ]
    report = make.make_sale_report(exchange, *lines, actor=user)
    assert report.digest == digest_of(lines)
    file = taken(
        sent(csv(f"2026-01-10;{number};BTC;1.50;Ә1", f"2026-01-11;{number};BTC;5;"), user, exchange=exchange), user
    )
    assert (file.made, SaleReport.objects.count(), Event.objects.of(report).count()) == (report.reference, 1, 1)
    other = sent(csv(f"2026-01-10;{number};BTC;2;"), user, exchange=exchange)
    assert faults(other) == {(0, "", "report-stands")}
    with pytest.raises(TransitionRefused):
        taken(other, user)


def test_every_fault_is_told_by_row_and_column(miner: Licence, own: tuple[ListedExchange, User]) -> None:
    exchange, user = own
    number = miner.organisation.identifier
    rows = (
        f"2026-04-01;{number};BTC;5;",
        "2026-01-10;123456789012;BTC;0;",
        f"2026-01-10;{number};;x;",
        f"2026-01-10;{number};BTC;1;D1",
        f"2026-01-10;{number};BTC;1;D1",
    )
    found = faults(sent(csv(*rows), user, exchange=exchange))
    assert {
        (2, "sold_on", "sale-day"),
        (3, "miner", "cell-identifier"),
        (3, "amount", "cell-not-above"),
        (4, "amount", "cell-number"),
        (6, "deal", "deal-twice"),
    } <= found
    assert {(row, column) for row, column, _code in found} >= {(4, "asset")}
    assert not SaleReport.objects.exists()


def test_a_miners_file_names_exchanges_of_the_list(miner: Licence, own: tuple[ListedExchange, User]) -> None:
    exchange, user = own[0], miner.application.created_by
    head = "Дата продажи;Актив;Сумма;Биржа"
    unknown = sent(csv("2026-01-10;BTC;5;nowhere", head=head), user, organisation=miner.organisation)
    assert faults(unknown) == {(2, "exchange", "exchange-unknown")}
    rows = (f"2026-01-10;BTC;5;{exchange.code.upper()}", "2026-01-11;BTC;7;")
    file = taken(sent(csv(*rows, head=head), user, organisation=miner.organisation), user)
    report = SaleReport.objects.get(reference=file.made)
    assert [row.exchange for row in report.rows.all()] == [exchange, None]
    lines = [make.sale_line("2026-01-10", "5", exchange=exchange.code), make.sale_line("2026-01-11", "7")]
    assert report.digest == digest_of(lines)


def test_a_file_corrects_the_edition_that_was_seen(miner: Licence, own: tuple[ListedExchange, User]) -> None:
    exchange, user = own
    number = miner.organisation.identifier
    make.make_sale_report(exchange, make.sale_line("2026-01-10", "5", miner=number), actor=user)
    rows = csv(f"2026-01-10;{number};BTC;6;")
    with pytest.raises(TransitionRefused) as refused:
        sent(rows, user, exchange=exchange, edition=1)
    assert {one.code for one in refused.value.problems} == {"note-missing"}
    with pytest.raises(TransitionRefused) as refused:
        sent(rows, user, exchange=exchange, edition=2, reason="A slip.")
    assert {one.code for one in refused.value.problems} == {"report-corrected"}
    file = taken(sent(rows, user, exchange=exchange, edition=1, reason="A slip."), user)
    report = SaleReport.objects.current().get()
    assert (file.made, report.edition, report.reason) == (report.reference, 2, "A slip.")
    assert report.total == 6
    assert [sale.amount for sale in services.sales_of(miner.organisation, FIRST, LAST)] == [6]


def test_only_the_exchange_itself_or_an_officer_with_a_paper_files(own: tuple[ListedExchange, User]) -> None:
    exchange, user = own
    rows = csv("2026-01-10;123456789012;BTC;5;")
    with pytest.raises(PermissionDenied):
        sent(rows, make.make_applicant(), exchange=exchange)
    with pytest.raises(PermissionDenied):
        sent(rows, make.make_user(OFFICER, authority=make.make_authority("nbk")), exchange=exchange, paper="x")
    for actor, paper, code in ((make.make_user(OFFICER), "", "paper-missing"), (user, "x", "paper-by-party")):
        with pytest.raises(TransitionRefused) as refused:
            sent(rows, actor, exchange=exchange, paper=paper)
        assert {one.code for one in refused.value.problems} == {code}


def test_by_api(miner: Licence, own: tuple[ListedExchange, User]) -> None:
    exchange, user = own
    api, number = Caller(user), miner.organisation.identifier
    rows = SimpleUploadedFile("sales.csv", csv(f"2026-01-10;{number};BTC;5;"))
    body = {"exchange": exchange.code, "period_from": "2026-01-01", "take": "true", "file": rows}
    answer = api.client.post("/api/v1/sale-reports/files/", body, headers=api.headers)
    assert answer.status_code == 202, answer.content
    work_on_row_file(answer.json()["id"], at=make.AT)
    done = api.get(f"/row-files/{answer.json()['id']}/").json()
    assert (done["state"], done["kind"]) == ("taken", "exchange-sales")
    assert api.get(f"/sale-reports/{done['made']}/").json()["rows"][0]["miner"] == number
    stranger = Caller(make.make_applicant())
    rows.seek(0)
    assert stranger.client.post("/api/v1/sale-reports/files/", body, headers=stranger.headers).status_code == 400


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def typed(*rows: dict[str, str], **fields: str) -> dict[str, str]:
    data = {"rows-TOTAL_FORMS": "5", "rows-INITIAL_FORMS": "0", **fields}
    for place, row in enumerate(rows):
        data |= {f"rows-{place}-{name}": value for name, value in row.items()}
    return data


ROW = {"sold_on": "2026-01-10", "asset": "btc", "amount": "12.50", "deal": ""}


def test_a_miner_types_his_report_and_corrects_it(miner: Licence) -> None:
    exchange, user = make.make_exchange(), miner.application.created_by
    client, address = client_of(user), reverse("sale-report-new", args=[MINER])
    page = client.get(address).content.decode()
    assert miner.organisation.identifier in page
    assert "What the paper was" not in page
    assert address in client.get(reverse("sale-reports")).content.decode()
    head = {"whose": miner.organisation.identifier, "period": "2026-01-01"}
    more = client.post(address, typed(ROW, more="1", **head))
    assert (more.status_code, len(more.context["rows"].forms)) == (200, 15)
    assert "12.50" in more.content.decode()
    wrong = typed(ROW | {"sold_on": "2026-05-01"}, {}, ROW | {"amount": "x"}, **head)
    assert client.post(address, wrong).status_code == 422
    refused = client.post(address, typed({}, ROW | {"sold_on": "2026-05-01"}, **head))
    assert "Row 2, Sold on: The day of the sale lies outside the period." in refused.content.decode()
    done = client.post(address, typed({}, ROW | {"exchange": exchange.code}, **head))
    report = SaleReport.objects.get()
    assert done.headers["Location"] == reverse("sale-report", args=[report.reference])
    assert client.post(address, typed(ROW | {"amount": "1"}, **head)).status_code == 409
    fix = reverse("sale-report-correct", args=[report.reference])
    assert "12.50" in client.get(fix).content.decode()
    stale = typed(ROW | {"amount": "13"}, reason="A slip.", edition="7")
    assert client.post(fix, stale).status_code == 409
    assert client.post(fix, stale | {"edition": "1"}).status_code == 302
    assert SaleReport.objects.current().get().total == 13
    assert SaleReport.objects.count() == 2
    shown = client.get(reverse("sale-report", args=[report.reference])).content.decode()
    assert "Beside the reports of the exchanges" not in shown
    stranger = client_of(make.make_applicant())
    for name in ("sale-report", "sale-report-correct", "sale-report-correct-file"):
        assert stranger.get(reverse(name, args=[report.reference])).status_code == 404


def test_as_many_rows_as_may_be_typed_are_taken(miner: Licence) -> None:
    exchange, client = make.make_exchange(), client_of(miner.application.created_by)
    head = {"whose": miner.organisation.identifier, "period": "2026-01-01", "rows-TOTAL_FORMS": str(MOST)}
    row = ROW | {"exchange": exchange.code}
    done = client.post(reverse("sale-report-new", args=[MINER]), typed(*[row] * MOST) | head)
    assert done.status_code == 302
    assert SaleReport.objects.get().total == MOST * Decimal("12.50")


@pytest.mark.parametrize("checked", [True, False])
def test_more_fields_than_any_page_has_are_refused_in_words(miner: Licence, checked: bool) -> None:
    client = Client(enforce_csrf_checks=checked, headers={"accept-language": "en"})
    client.force_login(miner.application.created_by)
    client.get(reverse("sale-report-new", args=[MINER]))  # the cookie of the form
    rows = {f"rows-{place}-asset": "btc" for place in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)}
    answer = client.post(reverse("sale-report-new", args=[MINER]), {"period": "2026-01-01", **rows})
    assert answer.status_code == 413
    assert "More rows were sent than a page takes" in answer.content.decode()


def test_an_officer_enters_a_paper_with_what_it_was(miner: Licence) -> None:
    exchange, client = make.make_exchange(), client_of(make.make_user(OFFICER))
    address = reverse("sale-report-new", args=[EXCHANGE])
    row = ROW | {"miner": miner.organisation.identifier}
    head = {"whose": exchange.code, "period": "2026-01-01"}
    missing = client.post(address, typed(row, **head))
    assert missing.status_code == 422
    assert "paper" in missing.context["form"].errors
    assert client.post(address, typed(row, paper=make.PAPER, **head)).status_code == 302
    report = SaleReport.objects.get()
    assert report.paper == make.PAPER
    page = client.get(reverse("sale-report", args=[report.reference])).content.decode()
    assert "Letter 14 of 9 April 2026" in page
    assert make.PAPER not in str(list(Event.objects.of(report).values()))
    auditor = client_of(make.make_user("auditor"))
    assert auditor.get(address).status_code == 403
    assert auditor.get(reverse("sale-report", args=[report.reference])).status_code == 200
    assert client.get(reverse("sale-report-new", args=["nobody"])).status_code == 404


def test_a_file_in_the_browser(miner: Licence, own: tuple[ListedExchange, User]) -> None:
    exchange, user = own
    client, address = client_of(user), reverse("sale-report-file", args=[EXCHANGE])
    assert "Number of the deal" in client.get(address).content.decode()
    rows = SimpleUploadedFile("sales.csv", csv(f"2026-01-10;{miner.organisation.identifier};BTC;5;"))
    done = client.post(address, {"whose": exchange.code, "period": "2026-01-01", "file": rows})
    file = RowFile.objects.get()
    assert done.headers["Location"] == reverse("row-file", args=[file.pk])
    assert client.post(address, {"whose": exchange.code, "period": "2026-01-01"}).status_code == 422
    work_on_row_file(file.pk, at=make.AT)
    assert client.post(reverse("row-file", args=[file.pk])).status_code == 302
    work_on_row_file(file.pk, at=make.AT)
    report = SaleReport.objects.get()
    fix = reverse("sale-report-correct-file", args=[report.reference])
    rows = SimpleUploadedFile("sales.csv", csv(f"2026-01-10;{miner.organisation.identifier};BTC;6;"))
    assert client.post(fix, {"edition": "1", "reason": "A slip.", "file": rows}).status_code == 302
