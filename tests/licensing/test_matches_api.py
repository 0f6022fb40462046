"""Matches of screening by API: side by side, decided by who did not import the list, nothing for anybody else."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import User
from core.workflow import HEAD, INSPECTOR, OFFICER
from licensing import services
from licensing.models import ScreeningMatch
from tests import factories as make
from tests.api.conftest import Caller, codes, fields
from tests.licensing.lists import csv_of, imported
from tests.licensing.test_people import LATER, ROW, bank

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def met(importer: User | None = None) -> ScreeningMatch:
    """A person whose name meets the entry of the list of the National Bank."""
    importer = importer or bank(HEAD)
    imported(csv_of(ROW), importer)
    make.make_firm_person(make.make_authority("nbk"), make.make_organisation())
    services.screen_people(at=LATER)
    return ScreeningMatch.objects.get()


def test_a_match_shows_both_sides_and_how_they_met() -> None:
    match, caller = met(), Caller(bank(OFFICER))
    answer = caller.get(f"/screening-matches/{match.reference}/")
    body = answer.json()
    assert answer["ETag"] == f'"{match.version}"'
    assert (body["person"], body["entry"]) == ("Касымов Галымжан", "Қасымов Ғалымжан Ахметұлы")
    assert (body["listed"]["born_on"], body["behind"]["share"]) == ("1970-02-03", "100.0000")
    assert {(pair["one"], pair["how"]) for pair in body["met"]}
    assert (body["same_number"], body["evidence"], body["decided_at"]) == (None, "", None)


def test_the_list_is_narrowed_and_asks_the_same_questions_at_any_size() -> None:
    match, caller, counts = met(), Caller(bank(OFFICER)), []
    for size in (1, 12):
        while ScreeningMatch.objects.count() < size:
            make.make_firm_person(match.authority, make.make_organisation())
            services.screen_people(at=LATER)
        with CaptureQueriesContext(connection) as asked:
            assert len(caller.get("/screening-matches/").json()["results"]) == size
        counts.append(len(asked))
    assert counts[0] == counts[1]
    firm = match.organisation.identifier
    (row,) = caller.get(f"/screening-matches/?organisation={firm}&state=open").json()["results"]
    assert row["reference"] == match.reference
    for query in ("state=cleared", "state=nonsense", "organisation=0"):
        assert caller.get(f"/screening-matches/?{query}").json()["results"] == [], query


@pytest.mark.parametrize("step", ["confirm", "clear"])
def test_an_answer_needs_its_version_its_right_and_what_shows_it(step: str) -> None:
    importer = bank(HEAD)
    match, caller = met(importer), Caller(bank(OFFICER))
    path, given, first = (
        f"/screening-matches/{match.reference}/{step}/",
        {"evidence": "Passport."},
        f'"{match.version}"',
    )
    assert caller.post(path, given).status_code == 428
    assert caller.post(path, given, If_Match='"99"').status_code == 412
    assert Caller(importer).post(path, given, If_Match=first).status_code == 403
    assert Caller(bank(INSPECTOR)).post(path, given, If_Match=first).status_code == 403
    assert fields(caller.post(path, {"evidence": " "}, If_Match=first)) == {"evidence"}
    sent = [caller.post(path, given, If_Match=first, Idempotency_Key=step) for _time in range(2)]
    assert [one.status_code for one in sent] == [200, 200]
    assert sent[0].json() == sent[1].json()
    assert (sent[0].json()["state"], sent[0].json()["evidence"]) == (match.WORKFLOW[step].target, "Passport.")
    again = caller.post(path, given, If_Match=sent[0]["ETag"])
    assert (again.status_code, bool(codes(again))) == (409, True)


@pytest.mark.parametrize("who", ["maidd", "body", "party"])
def test_to_others_a_match_is_not_there(who: str) -> None:
    match = met()
    people: dict[str, Any] = {
        "maidd": lambda: make.make_user(OFFICER, authority=make.make_authority("maidd")),
        "body": lambda: make.make_user(OFFICER, authority=make.make_authority("energy", decides=False)),
        "party": lambda: make.make_applicant(match.organisation),
    }
    caller = Caller(people[who]())
    assert caller.get(f"/screening-matches/{match.reference}/").status_code == 404
    path = f"/screening-matches/{match.reference}/clear/"
    assert caller.post(path, {"evidence": "x"}, If_Match=f'"{match.version}"').status_code == 404
    assert Caller().get("/screening-matches/").status_code == 401
