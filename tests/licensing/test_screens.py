"""Officers' pages: who may open them, what they show, in how many queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import SavedFilter, User
from core.workflow import AUDITOR, HEAD, OFFICER
from licensing.models import Application
from licensing.views import work
from licensing.views.casefile import TABS
from licensing.views.keyset import Cursor, page_by_due
from tests import factories as make

pytestmark = pytest.mark.django_db

PAGES = ["my-work", "queue", "licences", "search", "queue-csv"]


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def queries(client: Client, address: str) -> int:
    client.get(address)  # the first request of a session may write it
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.fixture
def officer() -> User:
    return make.make_user(OFFICER)


@pytest.fixture
def case() -> Application:
    return make.make_submitted()


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_officials_only(name: str, officer: User) -> None:
    assert client_of(officer).get(reverse(name)).status_code == 200
    assert Client().get(reverse(name)).status_code == 302
    led_away = client_of(make.make_applicant()).get(reverse(name))
    assert (led_away.status_code, led_away.headers["Location"]) == (302, reverse("start"))


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_for_its_authority_alone(tab: str, case: Application) -> None:
    address = f"{reverse('case', args=[case.reference])}?tab={tab}"
    for role in (OFFICER, HEAD, AUDITOR):
        assert client_of(make.make_user(role)).get(address).status_code == 200
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    for stranger in (foreign, make.make_applicant(), case.created_by):
        assert client_of(stranger).get(address).status_code == 404


def test_a_draft_is_not_there_for_officials(officer: User) -> None:
    draft = make.make_draft()
    assert client_of(officer).get(reverse("case", args=[draft.reference])).status_code == 404


MOST_QUERIES = 12  # the goal of P15


@pytest.mark.parametrize("state", ["submitted", "in_review", "recommended", "countersigned", "decided"])
@pytest.mark.parametrize("tab", TABS)
def test_a_case_takes_a_bounded_number_of_queries(state: str, tab: str) -> None:
    made = getattr(make, f"make_{state}")()
    head = client_of(make.make_user(HEAD))
    assert queries(head, f"{reverse('case', args=[made.reference])}?tab={tab}") <= MOST_QUERIES


def test_a_full_case_takes_no_more_queries_than_an_empty_one(officer: User) -> None:
    from licensing import services

    case = make.make_in_review(officer=officer)
    client, address = client_of(officer), reverse("case", args=[case.reference])
    before = {tab: queries(client, f"{address}?tab={tab}") for tab in TABS}
    for number in range(8):
        services.ask_question(case, text=f"Question {number}", actor=officer, at=make.AT)
        services.add_note(case, text=f"Note {number}", actor=officer, at=make.AT)
        body = make.make_authority(f"body{number}")
        services.request_opinion(case, body=body, text="Please", actor=officer, at=make.AT)
    after = {tab: queries(client, f"{address}?tab={tab}") for tab in TABS}
    assert all(after[tab] <= before[tab] + 1 for tab in TABS), (before, after)  # what is empty is not followed


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_swapped_equals_the_page_loaded(tab: str, case: Application, officer: User) -> None:
    client, address = client_of(officer), f"{reverse('case', args=[case.reference])}?tab={tab}"
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "case-main"}).content.decode()
    assert "<html" not in part
    assert without_token(part).strip() in without_token(whole)


def without_token(text: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def bulk_of_cases(pattern: Application, number: int) -> None:
    """Many copies of a filed case, several on each due day."""
    rows = []
    for place in range(number):
        row = Application.objects.get(pk=pattern.pk)
        row.pk, row.reference = None, f"APP-2025-{place:06d}"
        row.due_on = date(2026, 6, 17) + timedelta(days=place % 7) if place % 11 else None
        rows.append(row)
    Application.objects.bulk_create(rows)


@pytest.mark.parametrize("name", ["queue", "my-work", "search"])
def test_lists_run_the_same_queries_at_10_and_1000_rows(name: str, case: Application) -> None:
    head = make.make_user(HEAD)
    Application.objects.filter(pk=case.pk).update(assigned_to=head)
    pattern = Application.objects.get(pk=case.pk)
    address = reverse(name) + (f"?q={pattern.organisation.identifier}" if name == "search" else "?size=200")
    bulk_of_cases(pattern, 10)
    few = queries(client_of(head), address)
    Application.objects.filter(reference__startswith="APP-2025").delete()
    bulk_of_cases(pattern, 1000)
    assert queries(client_of(head), address) == few
    assert name != "queue" or few <= 6


def test_keyset_pages_show_every_row_once_both_ways(case: Application) -> None:
    bulk_of_cases(case, 97)
    rows = Application.objects.values_list("due_on", "pk")
    wanted = sorted(rows, key=lambda row: (row[0] or date.max, row[1]))
    page, seen = page_by_due(rows, None, 10), list[tuple[date | None, int]]()
    assert page.previous == ""
    while True:
        seen += page.rows
        if not page.next:
            break
        page = page_by_due(rows, Cursor.read(page.next), 10)
    assert seen == wanted
    back = list(page.rows)
    while page.previous:
        page = page_by_due(rows, Cursor.read(page.previous), 10)
        back = [*page.rows, *back]
    assert back == wanted


@pytest.mark.parametrize("text", ["", "x", "n.2026-13-01.5", "n.2026-06-16.", "p..abc", "n..99999999999999999999999"])
def test_a_broken_cursor_shows_a_page(text: str, officer: User, case: Application) -> None:
    assert client_of(officer).get(reverse("queue"), {"cursor": text}).status_code == 200


def test_the_queue_finds_by_number_bin_and_name_in_every_script(officer: User, case: Application) -> None:
    other = make.make_submitted()
    organisation = case.organisation
    client = client_of(officer)
    texts = [case.reference, case.reference.lower(), case.reference[-6:], organisation.identifier]
    for text in [*texts, organisation.name_kk, organisation.name_ru, organisation.name_en]:
        page = client.get(reverse("queue"), {"q": text}).content.decode()
        assert (case.reference in page, other.reference in page) == (True, False), text


def test_search_jumps_when_there_is_one_hit(officer: User) -> None:
    licence = make.make_licence()
    client = client_of(officer)
    found = client.get(reverse("search"), {"q": licence.number.lower()})
    assert found.headers["Location"] == reverse("licence", args=[licence.number])
    case = make.make_submitted()
    found = client.get(reverse("search"), {"q": case.organisation.name_ru})
    assert found.headers["Location"] == reverse("case", args=[case.reference])
    both = client.get(reverse("search"), {"q": "Trial"})
    assert case.reference in both.content.decode()
    assert licence.number in both.content.decode()
    assert client.get(reverse("search"), {"q": "nobody\x00 at all"}).status_code == 200


def test_filters_narrow_the_queue(officer: User, case: Application) -> None:
    client = client_of(officer)
    shown = {
        "state=submitted": True,
        "state=in_review": False,
        "officer=me": False,
        "officer=none": True,
        "officer=nonsense": False,
        "kind=mining-licence-2": False,
        f"due_to={case.due_on}": True,
        "due_to=2020-01-01": False,
        "due_from=never": True,
    }
    for query, there in shown.items():
        page = client.get(f"{reverse('queue')}?{query}").content.decode()
        assert (f">{case.reference}</a>" in page) is there, query


def test_a_row_opened_in_place_is_the_row_of_the_page(officer: User, case: Application) -> None:
    client = client_of(officer)
    page = client.get(reverse("queue"), {"open": case.reference}).content.decode()
    assert page.count(f'id="row-{case.reference}"') == 1
    assert "row-open" in page
    foreign = client_of(make.make_user(OFFICER, authority=make.make_authority("nbk")))
    assert foreign.get(reverse("queue"), {"open": case.reference}).status_code == 404


def test_saved_filters_are_tabs_of_their_owner(officer: User, case: Application) -> None:
    client = client_of(officer)
    kept = client.post(reverse("queue-save-filter"), {"name": "Fresh", "query": "state=submitted&cursor=n..1"})
    assert kept.headers["Location"] == f"{reverse('queue')}?state=submitted"
    row = SavedFilter.objects.get()
    assert ">Fresh" in client.get(reverse("queue")).content.decode().replace("\n", "").replace("</svg>", ">")
    other = client_of(make.make_user(OFFICER))
    assert other.post(reverse("queue-delete-filter", args=[row.pk])).status_code == 404
    client.post(reverse("queue-delete-filter", args=[row.pk]))
    assert not SavedFilter.objects.exists()


def test_columns_are_remembered(officer: User, case: Application) -> None:
    client = client_of(officer)
    client.post(reverse("queue-columns"), {"column": ["identifier", "nonsense"], "next": "https://elsewhere.example"})
    page = client.get(reverse("queue")).content.decode()
    assert "BIN or IIN</th>" in page
    assert "Officer</th>" not in page


def test_the_queue_as_csv_is_streamed_and_harmless(officer: User, case: Application) -> None:
    case.organisation.name_en = '=HYPERLINK("x")'
    case.organisation.save()
    answer = client_of(officer).get(reverse("queue-csv"))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streamed response
    assert answer.streaming
    assert case.reference in text
    assert "'=HYPERLINK" in text


def test_my_work_groups_by_what_is_due(officer: User) -> None:
    late, soon, waiting = make.make_submitted(), make.make_submitted(), make.make_submitted()
    from django.utils import timezone

    today = timezone.localdate()
    for case, due_on in ((late, today - timedelta(days=3)), (soon, today), (waiting, today + timedelta(days=30))):
        Application.objects.filter(pk=case.pk).update(assigned_to=officer, due_on=due_on)
    from licensing import services

    services.ask_question(waiting, text="Which?", actor=officer, at=timezone.now())
    groups = client_of(officer).get(reverse("my-work")).context["groups"]
    assert {name: [task.case.reference for task in tasks] for name, tasks in groups.items()} == {
        "overdue": [late.reference],
        "week": [soon.reference],
        "waiting": [waiting.reference],
    }


def test_heads_count_the_whole_house_and_officers_their_own(officer: User, case: Application) -> None:
    def submitted(user: User) -> int:
        states = client_of(user).get(reverse("my-work")).context["figures"]["states"]
        return sum(count for name, _label, count in states if name == "submitted")

    assert [submitted(user) for user in (make.make_user(HEAD), make.make_user(AUDITOR), officer)] == [1, 1, 0]


def test_a_large_house_is_counted_up_to_a_limit(case: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    head = client_of(make.make_user(HEAD))
    address = f'{reverse("queue")}?state=submitted">'
    assert f"{address}1</a>" in head.get(reverse("my-work")).content.decode()
    make.make_submitted()
    monkeypatch.setattr(work, "CAP", 2)
    assert f"{address}2+</a>" in head.get(reverse("my-work")).content.decode()


def test_a_licence_page_is_its_authoritys(officer: User) -> None:
    licence = make.make_licence()
    address = reverse("licence", args=[licence.number])
    page = client_of(officer).get(address)
    assert page.status_code == 200
    assert "Change what the public sees" not in page.content.decode()
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    assert client_of(foreign).get(address).status_code == 404
    assert client_of(officer).post(address, {"published": "no", "reason": "x"}).status_code == 403
    head = client_of(make.make_user(HEAD))
    assert head.post(address, {"published": "yes", "reason": "x"}).status_code == 409
    assert head.post(address, {"published": "no", "reason": "A court order"}).status_code == 302
    licence.register_entry.refresh_from_db()
    assert not licence.register_entry.published
