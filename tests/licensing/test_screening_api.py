"""Screening lists by API: versions and entries, a name looked for with its scores, an import, nothing for strangers."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import RowFile
from core.services import work_on_row_file
from core.workflow import HEAD, OFFICER
from licensing.models import ScreeningList
from tests import factories as make
from tests.api.conftest import API, Caller, codes, fields, paper
from tests.licensing.lists import ROWS, csv_of, imported
from tests.licensing.test_people import LATER, bank

pytestmark = pytest.mark.django_db
LISTS, LOOK_UP = "/screening-lists/", "/screening-look-up/"
LIST = {"code": "trial", "title": "Trial list", "source": "letter 1", "day": "2026-06-16"}


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def test_each_version_of_a_list_is_read_with_its_entries() -> None:
    head, caller = bank(HEAD), Caller(bank(OFFICER))
    imported(csv_of(ROWS[0]), head)
    last = imported(csv_of(*ROWS), head)
    found = caller.get(LISTS).json()["results"]
    assert [(one["reference"], one["version"], one["current"]) for one in found] == [
        ("trial-2", 2, True),
        ("trial-1", 1, False),
    ]
    for query, kept in {"current=true": 1, "current=false": 1, "current=1": 0, "code=TRIAL": 2, "code=x": 0}.items():
        assert len(caller.get(f"{LISTS}?{query}").json()["results"]) == kept, query
    body = caller.get(f"{LISTS}trial-2/").json()
    assert (body["entries_count"], body["imported_by"], body["row_file"]) == (3, head.full_name, last.file_id)
    first = caller.get(f"{LISTS}trial-2/entries/?page_size=2").json()
    rest = caller.get(first["next"].split(API)[1]).json()
    assert [one["number"] for one in (*first["results"], *rest["results"])] == [2, 3, 4]
    assert (first["results"][0]["born_on"], rest["next"]) == ("1970-02-03", None)


def test_lists_ask_the_same_questions_at_any_size() -> None:
    head, caller, counts = bank(HEAD), Caller(bank(OFFICER)), []
    for size in (1, 4):
        while ScreeningList.objects.count() < size:
            imported(csv_of(*ROWS), head, code=f"trial{size}", title=f"List {ScreeningList.objects.count()}")
        with CaptureQueriesContext(connection) as asked:
            assert len(caller.get(LISTS).json()["results"]) == size
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_name_is_looked_for_with_its_score_and_why() -> None:
    imported(csv_of(*ROWS), bank(HEAD))
    caller = Caller(bank(OFFICER))
    answer = caller.post(LOOK_UP, {"name": "Galymzhan Kasymov"})
    assert answer.status_code == 200
    (one,) = answer.json()["results"]
    assert (one["list"], one["name"], one["reference"]) == ("trial-1", "Қасымов Ғалымжан Ахметұлы", "A-1")
    assert float(one["likeness"]) >= float(answer.json()["threshold"]) == 0.85
    assert {pair["how"] for pair in one["met"]} <= {"same", "consonants", "near"}
    assert caller.post(LOOK_UP, {"name": "Nobody Else"}).json()["results"] == []
    assert fields(caller.post(LOOK_UP, {"name": " ", "names": "x"})) == {"name", "names"}


def test_a_name_is_looked_for_in_the_lists_of_ones_own_authority_alone() -> None:
    imported(csv_of(*ROWS), bank(HEAD))
    other = Caller(make.make_user(OFFICER, authority=make.make_authority("maidd")))
    assert other.post(LOOK_UP, {"name": "Kasymov Galymzhan"}).json()["results"] == []


def test_a_head_imports_a_list_as_a_file_and_takes_it() -> None:
    head = bank(HEAD)
    caller, content = Caller(head), csv_of(*ROWS)
    refused = caller.form(f"{LISTS}files/", {"title": " ", "day": "now", "file": paper("list.csv", content)})
    assert fields(refused) == {"code", "title", "source", "day"}
    sent = caller.form(f"{LISTS}files/", {**LIST, "file": paper("list.csv", content)})
    assert sent.status_code == 202, sent.json()
    pk = sent.json()["id"]
    work_on_row_file(pk, at=LATER)
    assert caller.get(f"/row-files/{pk}/").json()["faults"] == 0
    assert caller.post(f"/row-files/{pk}/take/").status_code == 202
    work_on_row_file(pk, at=LATER)
    assert caller.get(f"{LISTS}trial-1/").json()["row_file"] == RowFile.objects.get().pk
    denied = Caller(bank(OFFICER)).form(f"{LISTS}files/", {**LIST, "file": paper("list.csv", content)})
    assert (denied.status_code, codes(denied)) == (403, {"not-allowed"})


@pytest.mark.parametrize("who", ["maidd", "body", "party"])
def test_to_others_a_list_is_not_there(who: str) -> None:
    imported(csv_of(*ROWS), bank(HEAD))
    people: dict[str, Any] = {
        "maidd": lambda: make.make_user(HEAD, authority=make.make_authority("maidd")),
        "body": lambda: make.make_user(HEAD, authority=make.make_authority("energy", decides=False)),
        "party": lambda: make.make_applicant(make.make_organisation()),
    }
    caller = Caller(people[who]())
    for path in (f"{LISTS}trial-1/", f"{LISTS}trial-1/entries/"):
        assert caller.get(path).status_code == 404
    found = caller.get(LISTS)
    assert found.status_code == 404 if who == "body" else found.json()["results"] == []
    asked = caller.post(LOOK_UP, {"name": "Kasymov Galymzhan"})
    assert asked.status_code == {"maidd": 200, "body": 404, "party": 403}[who]
    assert Caller().post(LOOK_UP, {"name": "Kasymov"}).status_code == 401
