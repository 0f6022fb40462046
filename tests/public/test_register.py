"""The public register: what is found, what is hidden, and how many questions the database is asked."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client

from core.models import User
from core.names import number_sought, searched
from core.workflow import OFFICER
from licensing import services
from licensing.models import RegisterEntry
from licensing.models.licences import FEW
from tests.factories import AT, make_authority, make_licence, make_user

pytestmark = pytest.mark.django_db


def enter(number: int, **fields: Any) -> RegisterEntry:
    entry = made(number, **fields)
    entry.save()
    return entry


def made(number: int, **fields: Any) -> RegisterEntry:
    """An entry as licences get them, without the licence behind it; not yet saved."""
    by = User.objects.filter(role=OFFICER).first() or make_user(OFFICER)
    values: dict[str, Any] = {
        "number": f"M1-2026-{number:05d}",
        "kind": "mining-licence-1",
        "authority": make_authority(),
        "name_kk": f"«Дала {number}» ЖШС",
        "name_ru": f"ТОО «Степь {number}»",
        "name_en": f"Steppe {number} LLP",
        "identifier": f"2301400{number:05d}",
        "region": "KZ-39",
        "standing": "in_force",
        "since": date(2026, 1, 1) + timedelta(days=number % 5),
        "until": date(2029, 1, 1),
        "decided_by": by,
        "decided_at": AT,
        "changed_at": AT,
        **fields,
    }
    names = [values[name] for name in ("number", "identifier", "name_kk", "name_ru", "name_en")]
    return RegisterEntry(**values, search=searched(*names))


def numbers(client: Client, query: str) -> list[str]:
    answer = client.get(f"/register/?{query}", headers={"accept": "application/json"})
    return [row["number"] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    "query",
    ["q=M1-2026-00007", "q=steppe+7", "q=степь+7", "q=ДАЛА+7", "q=230140000007", "q=2301+4000+0007", "q=«Дала+7»"],
)
def test_one_box_finds_number_bin_and_name_in_any_script(client: Client, query: str) -> None:
    for number in (7, 8):
        enter(number)
    assert numbers(client, query) == ["M1-2026-00007"]


@pytest.mark.parametrize(
    ("query", "word", "asked"),
    [
        ("M1-2026-00007", "m1-2026-00007", 2),
        ("м1-2026-00007", "m1-2026-00007", 2),  # Cyrillic М
        ("230140000007", "230140000007", 2),
        ("2301 4000 0007", "230140000007", 2),
        ("Steppe M1-2026-00007", "m1-2026-00007", 2),
        ("M1-2026-0000", "m1-2026-0000", 2),
        ("00007", "", 1),  # the end of a number, or of a BIN
        ("Kostanay-1", "", 1),
        ("steppe 7", "", 1),
    ],
)
def test_a_number_is_looked_up_and_names_are_searched(
    query: str, word: str, asked: int, django_assert_num_queries: Any
) -> None:
    for number in (7, 18):
        enter(number)
    assert number_sought(query) == word
    with django_assert_num_queries(asked):
        found = list(RegisterEntry.objects.found_by(query).values_list("number", flat=True))
    assert found == ([] if query == "Kostanay-1" else ["M1-2026-00007"])


def test_a_number_in_a_name_and_the_beginning_of_many_numbers_are_searched_in_all_that_is_written() -> None:
    for number in range(1, FEW + 12):
        enter(number)
    assert RegisterEntry.objects.found_by("M1-2026-00").count() == FEW + 11
    assert RegisterEntry.objects.found_by("M1-2026-0000").count() == 9
    named = enter(FEW + 20, name_ru="ТОО «Цех-2026-77»")
    assert RegisterEntry.objects.found_by("цех-2026-77").get() == named
    assert RegisterEntry.objects.found_by("14000000").count() >= 9  # amid a BIN


def test_a_withheld_number_hides_nothing_of_what_the_public_finds() -> None:
    enter(1, published=False, publication_reason="court order")
    named = enter(2, name_en="Heir of M1-2026-00001 LLP")
    public = RegisterEntry.objects.visible_to(AnonymousUser())
    assert public.found_by("M1-2026-00001").get() == named


def test_the_indexes_serve_the_look_up() -> None:
    RegisterEntry.objects.bulk_create(made(number) for number in range(400))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE licensing_registerentry")  # else the first index will do as well as the right one
    for word, index in (("m1-2026-00007", "register_beginning"), ("230140000007", "register_identifier")):
        rows = RegisterEntry.objects.visible_to(AnonymousUser())
        assert index in rows.beginning_with(word).explain()


def test_every_word_must_fit(client: Client) -> None:
    enter(7)
    assert numbers(client, "q=steppe+9") == []


def test_filters_narrow_and_nonsense_narrows_nothing(client: Client) -> None:
    enter(1)
    enter(2, region="KZ-55", standing="expired", kind="mining-licence-2")
    assert numbers(client, "region=KZ-55") == ["M1-2026-00002"]
    assert numbers(client, "standing=expired&kind=mining-licence-2") == ["M1-2026-00002"]
    assert len(numbers(client, "region=nowhere&kind=%00&cursor=broken.x")) == 2


def test_pages_follow_each_other_without_gap_or_repeat(client: Client) -> None:
    made = [enter(number).number for number in range(60)]
    seen: list[str] = []
    address = "/register/?format=json"
    while address:
        answer = client.get(address).json()
        seen += [row["number"] for row in answer["results"]]
        address = answer["next"]
    assert sorted(seen) == made
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("query", ["", "?q=steppe", "?standing=in_force"])
def test_the_same_few_queries_at_any_size(client: Client, django_assert_max_num_queries: Any, query: str) -> None:
    counts = []
    for size in (10, 1_000):
        for number in range(RegisterEntry.objects.count(), size):
            enter(number)
        with django_assert_max_num_queries(6) as asked:
            client.get(f"/register/{query}")
        counts.append(len(asked))
    assert counts[0] in (counts[1], counts[1] - 1)  # one page of ten needs no count


def test_a_withheld_entry_is_a_secret_of_its_authority(client: Client) -> None:
    entry = enter(1, published=False, publication_reason="court order")
    assert numbers(client, "") == []
    address = f"/register/{entry.number}/"
    assert client.get(address).status_code == 404
    assert entry.number not in client.get("/register.csv").getvalue().decode()
    client.force_login(make_user(OFFICER, authority=make_authority("nbk")))
    assert client.get(address).status_code == 404
    client.force_login(make_user(OFFICER))
    assert client.get(address).status_code == 200


def test_the_page_of_a_licence_says_what_it_rests_on(client: Client) -> None:
    licence = make_licence()
    page = client.get(f"/register/{licence.number}/", headers={"accept-language": "en"}).content.decode()
    for part in (licence.number, licence.organisation.name_en, "Licence issued", "Cite this entry", "Kostanay-1"):
        assert part in page
    assert licence.code not in page  # who has the paper has the code


def test_a_person_is_not_given_away(client: Client) -> None:
    from tests.factories import make_applicant, make_organisation

    trader = make_organisation(form="sole_trader", identifier="900101300017")
    licence = make_licence(actor=make_applicant(trader))
    page = client.get(f"/register/{licence.number}/").content.decode()
    assert trader.identifier not in page
    assert "Industrial Street" not in page


def test_open_data_is_whole_and_safe_for_spreadsheets(client: Client) -> None:
    enter(1, name_en='=HYPERLINK("http://x.example")')
    enter(2, name_kk="", until=None)
    table = client.get("/register.csv").getvalue().decode("utf-8-sig")
    rows = {row["number"]: row for row in csv.DictReader(io.StringIO(table))}
    assert rows["M1-2026-00001"]["name_en"].startswith("'=")
    assert rows["M1-2026-00002"]["until"] == ""
    listed = json.loads(client.get("/register.json").getvalue())
    assert {row["number"] for row in listed} == set(rows)
    assert next(row for row in listed if row["number"] == "M1-2026-00002")["until"] is None


def test_expired_by_its_day_even_before_the_sweep(client: Client) -> None:
    enter(1, until=date(2026, 2, 1))
    page = client.get("/register/", headers={"accept-language": "en"}).content.decode()
    assert "Expired" in page.split('id="results"')[1]
    assert client.get("/register/?format=json").json()["results"][0]["standing"] == "expired"


def test_publishing_again_brings_it_back(client: Client) -> None:
    licence = make_licence()
    from core.workflow import HEAD

    head, entry = make_user(HEAD), licence.register_entry
    services.publish_entry(entry, published=False, reason="court order", actor=head, at=AT)
    assert numbers(client, "") == []
    services.publish_entry(entry, published=True, reason="order lifted", actor=head, at=AT)
    assert numbers(client, "") == [licence.number]
