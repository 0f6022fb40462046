"""“Must this operation be told?” as people and programs ask it: the answer, its article, what is not known."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from law.limits import ASSETS, PROVIDERS
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE, API, MONTH = "/thresholds/", "/api/v1/thresholds/", "/api/v1/thresholds/retail-month/"
QUESTION = {"provider": "nbk-exchanger", "asset": "unsecured", "amount": "5000000", "on": "2026-06-01"}
REACHED = "It reaches the threshold"


@pytest.fixture(autouse=True)
def _on_the_day_of_the_factories() -> Any:
    with time_machine.travel(make.AT, tick=False):
        yield


def page(client: Client, language: str = "en", **query: str) -> str:
    answer = client.get(PAGE, query, headers={"accept-language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_asks_both_questions(client: Client) -> None:
    text = page(client)
    assert all(f'value="{code}"' in text for code in (*PROVIDERS, *ASSETS))
    assert text.count('<form method="get"') == 2
    assert 'class="errorlist"' not in text
    assert 'href="/thresholds/"' in client.get("/perimeter/").content.decode()
    assert '<option value="aifc-exchange" selected>' in page(client, provider="aifc-exchange")


def test_the_page_answers_with_rule_arithmetic_and_doubt(client: Client) -> None:
    text = page(client, ask="operation", **QUESTION)
    assert REACHED in text
    assert "5\u202f000\u202f000 ≥ 5\u202f000\u202f000 tenge" in text
    assert "/law/aml.threshold.unsecured/" in text
    assert "/law/aml.subject.exchanger/" in text
    assert "unconfirmed" in text
    assert "no freedom from limits" in text
    assert "whatever its sum" in text
    below = page(client, ask="operation", **QUESTION | {"amount": "4999999.99"})
    assert "It stays below the threshold" in below
    assert REACHED not in below


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"on": "2026-04-30"}, "Not a subject of financial monitoring on that day"),
        ({"provider": "nbk-dfa-platform", "asset": "money"}, "No threshold that was read answers"),
        ({"amount": ""}, 'class="errorlist"'),
        ({"amount": "0"}, 'class="errorlist"'),
        ({"amount": "NaN"}, 'class="errorlist"'),
        ({"on": "2023-03-31"}, 'class="errorlist"'),
        ({"provider": "bank"}, 'class="errorlist"'),
    ],
)
def test_what_has_no_answer_is_said(client: Client, change: dict[str, str], told: str) -> None:
    text = page(client, ask="operation", **QUESTION | change)
    assert told in text
    assert REACHED not in text


def test_the_month_of_a_retail_client(client: Client) -> None:
    given = {"ask": "month", "bought": "400", "further": "600.01", "on": "2026-06-14"}
    text = page(client, **given)
    assert "Over the limit" in text
    assert "/law/aifc.retail_limit/" in text
    assert 'id="month_on"' in text
    assert "Within the limit" in page(client, **given | {"further": "600"})
    assert "Within the limit" in page(client, **given | {"further": ""})
    assert "Within the limit" in page(client, **given | {"tested": "on"})
    assert 'class="errorlist"' in page(client, **given | {"bought": ""})


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_it_speaks_the_readers_language(client: Client, language: str) -> None:
    text = page(client, language, ask="operation", **QUESTION)
    assert f'<html lang="{language}"' in text
    assert REACHED not in text
    assert "whatever its sum" not in text


def test_the_api_answers_as_the_law_does(client: Client) -> None:
    body = client.get(API, QUESTION, headers={"accept-language": "en"}).json()
    assert (body["verdict"], body["threshold"], body["amount"]) == ("reached", "5000000.00", "5000000.00")
    assert (body["confidence"], body["day_confidence"], body["unconfirmed"]) == ("text", "assumed", True)
    assert [one["code"] for one in body["provisions"]] == ["aml.threshold.unsecured", "aml.subject.exchanger"]
    assert [(one["code"], one["severity"]) for one in body["problems"]] == [("limits-not-read", "warning")]
    early = client.get(API, QUESTION | {"on": "2026-04-30"}).json()
    assert (early["verdict"], early["threshold"], early["provisions"]) == ("not_subject", None, [])
    assert early["problems"][0]["code"] == "not_in_force"
    of_today = {name: value for name, value in QUESTION.items() if name != "on"}
    assert client.get(API, of_today).json()["on"] == make.AT.date().isoformat()


def test_the_api_tells_the_month(client: Client) -> None:
    given = {"bought": "400", "further": "600.01", "on": "2026-06-14"}
    body = client.get(MONTH, given).json()
    assert (body["left"], body["over"], body["limit"], body["currency"]) == ("600.00", True, "1000.00", "USD")
    assert (body["first"], body["last"]) == ("2026-06-01", "2026-06-30")
    tested = client.get(MONTH, given | {"tested": "true"}).json()
    assert (tested["left"], tested["over"]) == (None, False)
    assert client.get(MONTH, given | {"tested": "", "further": ""}).json()["over"] is False
    early = client.get(MONTH, given | {"on": "2023-03-31"})
    assert early.status_code == 400
    assert early.json()["problems"][0]["field"] == "on"


@pytest.mark.parametrize(
    ("path", "query", "fields"),
    [
        (API, {}, {"provider", "asset", "amount"}),
        (
            API,
            {"provider": "bank", "asset": "gold", "amount": "0", "on": "soon"},
            {"provider", "asset", "amount", "on"},
        ),
        (API, QUESTION | {"on": "1900-01-01", "amount": "Infinity"}, {"amount", "on"}),
        (MONTH, {"on": "2026-02-30", "further": "-1", "tested": "perhaps"}, {"bought", "further", "on", "tested"}),
    ],
)
def test_the_api_tells_everything_that_is_wrong(
    client: Client, path: str, query: dict[str, str], fields: set[str]
) -> None:
    answer = client.get(path, query)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert {one["field"] for one in answer.json()["problems"]} == fields
