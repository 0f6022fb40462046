"""“Do I need a licence?” as people and programs ask it: question by question, the answer, its grounds, its doubts."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from law.exchanges import ACTIVITIES, VERDICTS, perimeter
from licensing.permits import kinds
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE, API = "/perimeter/", "/api/v1/perimeter/"
QUESTION = {"activity": "deal_own", "asset": "unsecured", "venue": "national", "who": "legal_entity"}


@pytest.fixture(autouse=True)
def _on_the_day_of_the_factories() -> Any:
    with time_machine.travel(make.AT, tick=False):
        yield


def page(client: Client, language: str = "en", **query: str) -> str:
    answer = client.get(PAGE, query, headers={"accept-language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_one_question_after_the_other_and_the_address_carries_the_answers(client: Client) -> None:
    given: dict[str, str] = {}
    for number in range(1, 5):
        text = page(client, **given)
        asked = text.partition('name="asked" value="')[2].partition('"')[0]
        assert f"Question {number} of 4" in text
        assert text.count('type="radio"') > 1
        assert all(f'name="{key}" value="{one}"' in text for key, one in given.items())
        given[asked] = QUESTION[asked]
    text = page(client, **given)
    assert given == QUESTION
    assert VERDICTS["unclear"] in text
    assert VERDICTS["allowed"] + "</h1>" not in text
    assert "/law/unsecured.closed_list_of_cases/" in text


def test_what_is_no_choice_is_asked_again(client: Client) -> None:
    text = page(client, activity="bake", venue="national")
    assert "Choose one of these." in text
    assert "Question 1 of 4" not in text  # the venue is answered
    assert "Choose one." in page(client, asked="activity")


def test_another_day_another_answer(client: Client) -> None:
    for on in ("2025-06-01", "2026-02-01", "2026-06-01"):
        answer = perimeter(**QUESTION, on=date.fromisoformat(on))
        assert f"{VERDICTS[answer.verdict]}</h1>".replace("'", "&#x27;") in page(client, **QUESTION, on=on)
    assert f"on={make.AT.date().isoformat()}" in page(client, **QUESTION)  # today unless told


@pytest.mark.parametrize("on", ["2023-03-31", "2200-01-01", "soon", "2026-02-30"])
def test_a_day_that_no_law_answers_is_said_and_not_guessed(client: Client, on: str) -> None:
    text = page(client, **QUESTION, on=on)
    assert 'class="errorlist"' in text
    assert not any(f"{verdict}</h1>" in text for verdict in VERDICTS.values())


def test_a_permit_leads_to_what_it_needs(client: Client) -> None:
    query = {"activity": "mine", "asset": "unsecured", "venue": "national", "who": "person", "on": "2026-06-01"}
    text = page(client, **query)
    assert "/kinds/mining-licence-1/?on=2026-06-01" in text
    assert "only when registered as a sole trader" in text
    for code in kinds():
        shown = client.get(f"/kinds/{code}/", {"on": "2026-06-01"}, headers={"accept-language": "en"})
        assert shown.status_code == 200
        assert "Grounds of refusal" in shown.content.decode()
        assert "/law/" in shown.content.decode()
    assert client.get("/kinds/").status_code == 200
    assert client.get("/kinds/no-such-kind/").status_code == 404


def test_accounts_in_money_are_asked_of_banks_and_the_postal_operator(client: Client) -> None:
    text = page(client, activity="settle", venue="aifc", asset="unsecured")
    assert text.count('type="radio"') == 2


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_it_speaks_the_readers_language(client: Client, language: str) -> None:
    assert f'<html lang="{language}"' in page(client, language, **QUESTION)
    text = page(client, language, **QUESTION)
    assert VERDICTS["unclear"] not in text
    assert "closed list of cases" not in text


def test_the_api_answers_as_the_law_does(client: Client) -> None:
    body = client.get(API, QUESTION | {"on": "2026-02-01"}, headers={"accept-language": "en"}).json()
    found = perimeter(**QUESTION, on=date(2026, 2, 1))
    assert (body["verdict"], body["articles"], body["confidence"]) == ("allowed", found.articles, "text")
    assert (body["since"], body["until"], body["day_confidence"]) == ("2026-01-18", "2026-05-01", "assumed")
    assert body["next"]["verdict"] == "unclear"
    assert [one["code"] for one in body["provisions"]] == ["turnover.organising_needs_licence"]
    assert [one["term"] for one in body["terms"]] == ["turnover"]
    assert body["edition"]["day"] == "2026-01-18"
    assert not body["unconfirmed"]


def test_the_api_names_permits_and_authorities(client: Client) -> None:
    query = {"activity": "mine", "asset": "unsecured", "venue": "national", "on": "2026-06-01"}
    permits = client.get(API, query).json()["permits"]
    assert [(one["kind"], one["authority"], one["filed_here"]) for one in permits] == [
        ("mining-licence-1", "maidd", True),
        ("mining-licence-2", "maidd", True),
    ]


def test_the_api_tells_everything_that_is_wrong(client: Client) -> None:
    answer = client.get(API, {"activity": "bake", "venue": "moon"})
    assert answer.status_code == 400
    assert {one["field"] for one in answer.json()["problems"]} == {"activity", "asset", "venue"}
    early = client.get(API, QUESTION | {"on": "2023-03-31"})
    assert early.status_code == 400
    assert early.json()["problems"][0]["field"] == "on"


def test_the_api_tells_the_codes(client: Client) -> None:
    body = client.get(f"{API}options/", headers={"accept-language": "en"}).json()
    assert [one["code"] for one in body["activity"]] == list(ACTIVITIES)
    assert {one["code"] for one in body["verdict"]} == set(VERDICTS)
