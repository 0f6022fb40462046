"""Screening lists: imported whole or not at all, version after version; names found in them through spellings."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from bench.spellings import person, spellings
from core.models import Authority, Event, RowFile
from core.services import take_row_file
from core.workflow import TransitionRefused
from licensing.models import ScreeningList, ScreeningName
from licensing.services.screening import screen
from tests import factories as make
from tests.licensing.lists import ROWS, csv_of, imported, sent

pytestmark = pytest.mark.django_db


def found(name: str, authority: Authority) -> list[str]:
    return [one.reference for one in screen({1: name}, authority).get(1, [])]


def test_a_list_is_imported_and_names_are_found_in_it() -> None:
    head = make.make_user("head")
    made = imported(csv_of(*ROWS), head)
    assert (made.reference, made.version, made.entries_count, made.entries.count()) == ("trial-1", 1, 3, 3)
    assert made.entries.get(reference="A-3").born_on == date(1980, 6, 5)
    for spelled in (
        "Galymzhan Kassymov",
        "КАСЫМОВ ГАЛЫМЖАН",
        "Qasymov Ğalymjan Ahmetūly",
        "Касымов Г. А.",
        "Kassymov G.",
        "Галымжан Ахметович Касымов",
    ):
        assert found(spelled, made.authority) == ["A-1"], spelled
    assert found("Alma-Tau LLP", made.authority) == ["A-2"]
    assert found("Almatau", made.authority) == ["A-2"]
    for other in ("Касымов Ерлан", "Юсупов Ержан", "ТОО «Бай Терек»", "Г. А."):
        assert found(other, made.authority) == [], other
    event = Event.objects.get(verb="screeninglist.import")
    assert event.organisation_id is None  # no party is told
    assert event.reference == "trial-1"
    assert "Қасымов" not in str(event.data)


def test_each_entry_comes_once_with_its_best_way_of_writing() -> None:
    made = imported(csv_of(*ROWS), make.make_user("head"))
    [match] = screen({7: "Galim Kassymov"}, made.authority)[7]
    assert (match.written, match.name, match.per_cent) == ("Kassymov Galim", "Қасымов Ғалымжан Ахметұлы", 100)


def test_a_later_version_takes_the_place_of_the_one_before_which_is_kept() -> None:
    head = make.make_user("head")
    first = imported(csv_of(*ROWS), head)
    second = imported(csv_of(ROWS[1]), head, day=make.AT.date())
    first.refresh_from_db()
    assert (first.replaced_at, second.version, first.entries.count()) == (make.AT, 2, 3)
    assert found("Galymzhan Kassymov", first.authority) == []
    assert found("Алма Тау", first.authority) == ["A-2"]


def test_faults_are_told_by_row_and_nothing_is_taken() -> None:
    head = make.make_user("head")
    file = sent(csv_of(*ROWS, ";;;;A-4", "«»;;;;A-5", "Абай;;32.01.1980;;A-1"), head)
    assert file.standing == "faulty"
    told = {(one.row, one.column, one.code) for one in file.found.all()}
    assert {(6, "name", "name-unreadable"), (7, "born_on", "cell-day"), (7, "reference", "reference-twice")} <= told
    assert 5 in {row for row, _column, _code in told}
    assert not ScreeningList.objects.exists()
    with pytest.raises(TransitionRefused):
        take_row_file(file, actor=head, at=make.AT)


def test_a_list_of_names_alone_is_taken_also_with_a_title_above() -> None:
    head = make.make_user("head")
    imported("name\nАбай Серік".encode(), head)
    made = imported("Список лиц\nФИО\nҚасымов Ғалымжан".encode(), head, code="other")
    assert [one.name for one in made.entries.all()] == ["Қасымов Ғалымжан"]
    assert len(screen({1: "Galymzhan Kassymov", 2: "Абай Серик"}, made.authority)) == 2


def test_a_body_that_only_answers_has_no_such_pages() -> None:
    client = Client()
    client.force_login(make.make_user("officer", authority=make.make_authority("energy", decides=False)))
    for page in ("/screening/", "/screening/new/", "/asset-classes/"):
        assert client.get(page).status_code == 404, page
    assert "/screening/" not in client.get("/work/").content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "Список 1"}, "code"),
        ({"title": " "}, "title"),
        ({"source": ""}, "source"),
        ({"day": make.AT.date() + timedelta(days=1)}, "day"),
    ],
)
def test_what_is_declared_is_judged_before_the_rows(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        sent(csv_of(*ROWS), make.make_user("head"), **fields)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_version_of_an_earlier_day_is_refused() -> None:
    head = make.make_user("head")
    imported(csv_of(*ROWS), head)
    with pytest.raises(TransitionRefused) as refused:
        sent(csv_of(ROWS[0]), head, day=make.AT.date() - timedelta(days=1))
    assert [problem.code for problem in refused.value.problems] == ["screening-older"]


@pytest.mark.parametrize("role", ["officer", "inspector", "auditor"])
def test_others_may_not_import(role: str) -> None:
    with pytest.raises(PermissionDenied):
        sent(csv_of(*ROWS), make.make_user(role))


def test_only_officials_of_the_authority_see_its_lists_and_match_against_them() -> None:
    made = imported(csv_of(*ROWS), make.make_user("head"))
    strange = make.make_user("officer", authority=make.make_authority("nbrk"))
    assert strange.authority is not None
    assert found("Galymzhan Kassymov", strange.authority) == []
    page = f"/screening/{made.reference}/"
    for user, status in (
        (make.make_user("officer"), 200),
        (make.make_user("administrator"), 200),
        (strange, 404),
        (make.make_applicant(), 404),
    ):
        client = Client()
        client.force_login(user)
        assert client.get(page).status_code == status, user.role
    assert Client().get(page).status_code in (302, 404)


def test_an_officer_looks_a_name_up_and_reads_why_it_met() -> None:
    imported(csv_of(*ROWS), make.make_user("head"))
    client = Client()
    client.force_login(make.make_user("officer"))
    page = client.post("/screening/", {"name": "Galymzhan Kassymov"}).content.decode()
    assert "Қасымов Ғалымжан Ахметұлы" in page
    assert "Kassymov – Қасымов: бірдей естіледі" in page
    assert client.post("/screening/", {"name": ""}).status_code == 422
    assert client.get("/screening/new/").status_code == 403


def test_a_head_sends_a_file_from_the_page() -> None:
    client = Client()
    client.force_login(make.make_user("head"))
    given = {"code": "trial", "title": "Trial", "source": "letter 1", "day": "2026-06-01"}
    assert client.post("/screening/new/", given).status_code == 422
    answer = client.post("/screening/new/", {**given, "file": BytesIO(csv_of(*ROWS))})
    assert answer.status_code == 302, answer.content
    assert RowFile.objects.get().options["code"] == "trial"


def test_spellings_made_by_rules_are_found_by_the_keys_too() -> None:
    """The keys that find candidates lose next to nothing of what scoring finds (tests/core/test_names.py)."""
    people = {number: person(number * 317) for number in range(60)}
    rows = [f"{one.written};;;;{number}" for number, one in people.items()]
    made = imported(csv_of(*rows), make.make_user("head"))
    asked = [(number, rule, name) for number, one in people.items() for rule, name in spellings(one)]
    matches = screen({at: name for at, (_number, _rule, name) in enumerate(asked)}, made.authority)
    missed = [
        f"{name} ({rule})"
        for at, (number, rule, name) in enumerate(asked)
        if str(number) not in [one.reference for one in matches.get(at, [])]
    ]
    assert len(missed) <= 0.05 * len(asked), "\n".join([f"{len(missed)} of {len(asked)}", *missed])
    assert ScreeningName.objects.count() == len(people)
