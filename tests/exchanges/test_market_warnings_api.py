"""Warnings by API for officials: proposed by one hand, published and withdrawn by another, nothing for other bodies."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import User
from core.workflow import HEAD, INSPECTOR, OFFICER
from exchanges.models import MarketWarning
from tests import factories as make
from tests.api.conftest import Caller, codes, fields

pytestmark = pytest.mark.django_db
LIST = "/market-warnings/"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


def official(role: str = OFFICER, code: str = "nbk") -> User:
    return make.make_user(role, authority=make.make_authority(code))


def stated(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "offshore_platform",
        "name": "Quick Coins",
        "brands": ["QCoin"],
        "domains": ["https://quickcoins.example/start"],
        "since": "2026-03-02",
        "texts": {"kk": "Рұқсатсыз.", "ru": "Без разрешения.", "en": "It has no permit."},
        "rules": ["unsecured.closed_list_of_cases"],
        **fields,
    }


def path_of(row: MarketWarning, act: str = "") -> str:
    return f"{LIST}{row.reference}/{act}"


def test_a_warning_is_proposed_published_and_withdrawn_by_two_hands() -> None:
    officer, head = Caller(official()), Caller(official(HEAD))
    made = [officer.post(LIST, stated(), Idempotency_Key="warn") for _time in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    row = MarketWarning.objects.get()
    assert made[0]["Location"].endswith(path_of(row))
    body = made[0].json()
    assert (body, body["state"], body["domains"][0]["name"]) == (made[1].json(), "proposed", "quickcoins.example")
    assert officer.get(f"/warnings/{row.reference}/").status_code == 404  # the public reads it once it is published
    publish, why = path_of(row, "publish/"), {"confirmation": "Many were harmed."}
    assert officer.post(publish, why, If_Match=made[0]["ETag"]).status_code == 403
    assert head.post(publish, why).status_code == 428
    assert head.post(publish, why, If_Match='"9"').status_code == 412
    assert fields(head.post(publish, {"confirmation": " "}, If_Match=made[0]["ETag"])) == {"confirmation"}
    published = head.post(publish, why, If_Match=made[0]["ETag"])
    assert (published.json()["state"], published.json()["confirmation"]) == ("published", "Many were harmed.")
    assert "confirmation" not in officer.get(f"/warnings/{row.reference}/").json()
    asked = officer.post(path_of(row, "ask-withdrawal/"), {"reason": "It closed."}, If_Match=published["ETag"])
    assert (asked.status_code, asked.json()["state"]) == (200, "published")
    ended = head.post(path_of(row, "withdraw/"), {"reason": "It closed."}, If_Match=asked["ETag"])
    assert (ended.json()["state"], ended.json()["ending_reason"]) == ("withdrawn", "It closed.")
    assert head.post(path_of(row, "withdraw/"), {"reason": "x"}, If_Match=ended["ETag"]).status_code == 409


def test_a_proposed_warning_is_dropped() -> None:
    row, caller = make.make_warning(actor=official()), Caller(official())
    ended = caller.post(path_of(row, "drop/"), {"reason": "Too little is known."}, If_Match=f'"{row.version}"')
    assert (ended.json()["state"], ended.json()["published_on"]) == ("dropped", None)


def test_everything_wrong_with_a_warning_is_told_at_once() -> None:
    caller = Caller(official())
    wrong = caller.post(LIST, stated(kind="none", since="now", texts={"kk": " "}, rule="x"))
    assert fields(wrong) == {"kind", "since", "texts.kk", "texts.ru", "texts.en", "rule"}
    refused = caller.post(LIST, stated(rules=["none"], domains=["no domain"]))
    assert (refused.status_code, fields(refused)) == (409, {"rules", "domains"})
    make.make_warning(actor=official())
    assert codes(caller.post(LIST, stated())) == {"warning-listed"}
    assert Caller(official(INSPECTOR)).post(LIST, stated()).status_code == 403


def test_the_list_is_narrowed_and_asks_the_same_questions_at_any_size() -> None:
    caller, counts = Caller(official()), []
    for size in (1, 8):
        while (count := MarketWarning.objects.count()) < size:
            make.make_warning(actor=official(), name=f"Firm {count}", brands=[], domains=[f"firm{count}.example"])
        with CaptureQueriesContext(connection) as seen:
            assert len(caller.get(LIST).json()["results"]) == size
        counts.append(len(seen))
    assert counts[0] == counts[1]
    sizes = {"q=firm3.example": 1, "state=proposed": 8, "state=published": 0, "state=none": 0, "kind=promotion": 0}
    assert {query: len(caller.get(f"{LIST}?{query}").json()["results"]) for query in sizes} == sizes


@pytest.mark.parametrize("who", ["other", "body", "party"])
def test_to_others_a_warning_is_not_there_before_the_public_reads_it(who: str) -> None:
    row = make.make_warning(actor=official(), state="published")
    people: dict[str, Any] = {
        "other": lambda: official(HEAD, "maidd"),
        "body": lambda: make.make_user(HEAD, authority=make.make_authority("energy", decides=False)),
        "party": make.make_applicant,
    }
    caller = Caller(people[who]())
    assert caller.get(path_of(row)).status_code == 404
    for act in ("publish/", "drop/", "withdraw/", "ask-withdrawal/"):
        assert caller.post(path_of(row, act), {"reason": "x"}, If_Match="*").status_code == 404, act
    assert caller.post(LIST, stated()).status_code == (201 if who == "other" else 404 if who == "body" else 403)
    assert Caller().get(LIST).status_code == 401
