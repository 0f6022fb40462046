"""Reports on sales by the API: once whatever is repeated, corrected on the edition that was read."""

from typing import Any

import pytest

from core.models import User
from exchanges.models import SaleReport
from licensing.models import Licence
from tests import factories as make
from tests.api.conftest import Caller, codes, fields


@pytest.fixture
def miner(applicant: User) -> Licence:
    return make.make_miner(actor=applicant)


def body(miner: Licence, *rows: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {
        "organisation": miner.organisation.identifier,
        "period_from": "2026-01-01",
        "period_to": "2026-03-31",
        "rows": rows or ({"sold_on": "2026-01-10", "asset": "BTC", "amount": "100.00"},),
        **values,
    }


def test_filed_repeated_and_corrected(miner: Licence, applicant: User) -> None:
    api = Caller(applicant)
    exchange = make.make_exchange()
    listed = api.get("/exchanges/").json()["results"]
    assert [(row["code"], row["valid_to"]) for row in listed] == [(exchange.code, None)]
    first = api.post("/sale-reports/", body(miner), Idempotency_Key="q1")
    assert first.status_code == 201, first.content
    path = f"/sale-reports/{first.json()['reference']}/"
    assert first["Location"].endswith(path)
    assert (first.json()["late"], first.json()["provision"]["unconfirmed"]) == (True, True)
    assert api.post("/sale-reports/", body(miner), Idempotency_Key="q1").json() == first.json()
    assert api.post("/sale-reports/", body(miner)).json()["reference"] == first.json()["reference"]
    other = {"sold_on": "2026-01-10", "asset": "BTC", "amount": "90.00", "exchange": exchange.code}
    assert codes(api.post("/sale-reports/", body(miner, other))) == {"report-stands"}
    fix = {"rows": [other], "reason": "The exchange was left out."}
    assert api.post(f"{path}correction/", fix).status_code == 428
    done = api.post(f"{path}correction/", fix, If_Match=first["ETag"])
    assert (done.status_code, done["ETag"], done.json()["edition"]) == (200, '"2"', 2)
    stale = {**fix, "rows": [{**other, "amount": "80.00"}]}
    assert api.post(f"{path}correction/", stale, If_Match=first["ETag"]).status_code == 412
    assert api.get(path).json()["rows"][0]["exchange"] == exchange.code
    assert [row["edition"] for row in api.get("/sale-reports/").json()["results"]] == [2]
    assert SaleReport.objects.current().count() == 1


def test_bad_input_is_told_row_by_row(miner: Licence, applicant: User) -> None:
    api = Caller(applicant)
    bad = ({"sold_on": "10.01.2026", "asset": "", "amount": "NaN"}, {"sold_on": "2026-01-10", "colour": 1})
    answer = api.post("/sale-reports/", body(miner, *bad))
    assert answer.status_code == 400
    assert {"rows.0.sold_on", "rows.0.asset", "rows.0.amount", "rows.1.asset"} <= fields(answer)
    assert fields(api.post("/sale-reports/", body(miner, exchange="x"))) == {"organisation"}
    stranger = Caller(make.make_applicant())
    assert codes(stranger.post("/sale-reports/", body(miner))) == {"organisation-not-yours"}
    assert codes(api.post("/sale-reports/", body(miner, organisation="", exchange="x"))) == {"exchange-not-yours"}
    assert api.post("/sale-reports/", body(miner, period_from="2026-02-01")).status_code == 409


def test_strangers_see_nothing(miner: Licence) -> None:
    report = make.make_sale_report(miner, make.sale_line("2026-01-10"))
    stranger = Caller(make.make_applicant())
    assert stranger.get(f"/sale-reports/{report.reference}/").status_code == 404
    assert stranger.get("/sale-reports/").json()["results"] == []
    fix = {"rows": [], "reason": "x"}
    assert stranger.post(f"/sale-reports/{report.reference}/correction/", fix, If_Match="*").status_code == 404


def test_an_officer_enters_what_an_exchange_sent_on_paper(miner: Licence) -> None:
    exchange = make.make_exchange()
    api = Caller(make.make_user("officer"))
    row = {"sold_on": "2026-01-10", "asset": "BTC", "amount": "5", "miner": miner.organisation.identifier, "deal": "1"}
    sent = body(miner, row, organisation="", exchange=exchange.code)
    assert codes(api.post("/sale-reports/", sent)) == {"paper-missing"}
    answer = api.post("/sale-reports/", sent | {"paper": make.PAPER})
    assert answer.status_code == 201, answer.content
    assert answer.json()["paper"] == make.PAPER
    assert (answer.json()["source"], answer.json()["exchange"]) == ("exchange", exchange.code)
