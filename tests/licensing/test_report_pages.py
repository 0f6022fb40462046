"""The managers' pages: who may open them, where their figures lead, their files, in how many queries."""

import csv
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import Obligation, User
from core.workflow import ADMINISTRATOR, AUDITOR, HEAD, INSPECTOR, OFFICER
from licensing.models import Application
from licensing.reports import REPORTS
from tests import factories as make
from tests.licensing.test_screens import client_of, queries

pytestmark = pytest.mark.django_db
PERIOD = {"from_on": "2026-06-01", "to_on": "2026-06-30"}
QUERY = "from_on=2026-06-01&to_on=2026-06-30"
PAGES = ["/overview/", "/reports/", *(f"/reports/{code}/?{QUERY}" for code in REPORTS)]
FILES = ["/overview/overview.xlsx", "/overview/by-officer.csv", f"/reports/terms/report.xlsx?{QUERY}"]


@pytest.fixture
def head() -> User:
    return make.make_user(HEAD)


def world(number: int = 40) -> None:
    """Open cases of several states, officers, ages and due days around today."""
    officers = [make.make_user(OFFICER, full_name=name) for name in ("Aliya", "=1+1")] + [None]
    pattern, today = make.make_submitted(), timezone.localdate()
    rows = []
    for place in range(number):
        row = Application.objects.get(pk=pattern.pk)
        row.pk, row.reference = None, f"APP-2025-{place:06d}"
        row.state = ("submitted", "in_review", "recommended")[place % 3]
        row.accepted_at = make.AT
        row.assigned_to = officers[place % len(officers)]
        row.due_on = today + timedelta(days=place % 21 - 9) if place % 7 else None
        row.filed_on = today - timedelta(days=place * 2)
        rows.append(row)
    Application.objects.bulk_create(rows)


class Rows(HTMLParser):
    """The rows of the tables of a page, as text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1] += data


def plain(value: Any) -> str:
    """A value of a file as the page shows it."""
    if value is None or value == "":
        return ""
    return str(value)


def shown(client: Client, address: str) -> list[list[list[str]]]:
    """The tables of a page, dashes as nothing and numbers without their gaps."""
    found = Rows(client.get(address).content.decode()).tables
    return [
        [[cell.replace("\u202f", "").replace("–", "") if len(cell) < 2 else cell for cell in row] for row in one]
        for one in found
    ]


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_who_oversees_sees_the_figures(address: str) -> None:
    for role in (HEAD, ADMINISTRATOR, AUDITOR):
        assert client_of(make.make_user(role)).get(address).status_code == 200, role
    for role in (OFFICER, INSPECTOR):
        assert client_of(make.make_user(role)).get(address).status_code == 403, role
    assert client_of(make.make_applicant()).get(address).status_code in (302, 404)
    assert Client().get(address).headers["Location"].startswith("/accounts/login/")


def test_an_applicant_finds_no_report() -> None:
    client = client_of(make.make_applicant())
    assert client.get("/overview/").headers["Location"] == reverse("start")
    assert [client.get(address).status_code for address in PAGES[2:]] == [404] * len(REPORTS)


def test_each_figure_leads_to_the_cases_that_it_counts(head: User) -> None:
    world()
    client = client_of(head)
    page = client.get("/overview/")
    tables = [page.context["due"], *page.context["tables"]]
    found = [cell for table in tables for row in (*table.rows, table.total) for cell in row if cell.url]
    found += [page.context["whole"], page.context["nobody"]]
    assert len(found) > 50
    for url, value in {(cell.url, cell.value) for cell in found}:
        assert urlsplit(url).path == reverse("queue")
        answer = client.get(url.replace("/queue/", "/queue/queue.csv"))
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # streamed
        assert len(lines) - 1 == value, url
    assert sum(row[1].value for row in page.context["due"].rows) == page.context["whole"].value == 41
    oldest = Application.objects.open().order_by("filed_on", "id").first()
    assert page.context["oldest"] == oldest


def test_the_queue_says_what_limits_it(head: User) -> None:
    """Filters that a link has set are to be seen and cleared; without them the bar is as short as before."""
    world(5)
    client = client_of(head)
    page = client.get("/queue/?filed_to=2026-01-01&undated=1").content.decode()
    assert 'name="filed_to"' in page
    assert 'name="undated"' in page
    assert 'name="undated"' not in client.get("/queue/").content.decode()


def test_what_else_lies_open_is_counted(head: User) -> None:
    licence = make.make_licence()
    found = make.make_breach(licence)
    make.make_measure(licence, breach=found)
    make.make_appeal()
    client = client_of(head)
    table = client.get("/overview/").context["tables"][-1]
    assert [(row[0].value, row[1].value, row[2].value) for row in table.rows] == [
        ("Breaches", "Opened", 1),
        ("Measures", "Proposed", 1),
        ("Appeals", "Appeal filed", 1),
    ]
    for row in table.rows:
        page = client.get(row[2].url)
        assert page.status_code == 200, row[2].url
        assert len(page.context["rows"]) == row[2].value
    assert not client.get("/appeals/?show=heard").context["rows"]


@pytest.mark.parametrize("code", ["overview", *REPORTS])
def test_files_hold_what_the_page_shows(code: str, head: User) -> None:
    world(12)
    make.make_decided(outcome="refuse")
    client = client_of(head)
    base, book = ("/overview/", "overview.xlsx") if code == "overview" else (f"/reports/{code}/", "report.xlsx")
    page = client.get(base, PERIOD)
    tables = page.context["tables"]
    screen = dict(zip([one.code for one in tables if one.rows], shown(client, f"{base}?{QUERY}"), strict=True))
    sheets = load_workbook(BytesIO(client.get(f"{base}{book}", PERIOD).content))
    assert screen
    for table in tables:
        answer = client.get(f"{base}{table.code}.csv", PERIOD)
        text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")  # type: ignore[attr-defined]  # streamed
        lines = list(csv.reader(StringIO(text)))
        assert lines == [[plain(value) for value in row] for row in rows_of(table, quoted=True)]
        sheet = [[in_sheet(cell) for cell in row] for row in sheets[table.title].iter_rows()]
        assert sheet == [[plain(value) for value in row] for row in rows_of(table)]
        if table.rows:
            assert screen[table.code] == [[on_screen(value) for value in row] for row in rows_of(table)]
    assert not [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def rows_of(table: Any, *, quoted: bool = False) -> list[list[Any]]:
    """Head and lines; in CSV what would be a formula has its apostrophe."""
    rows = [table.head(), *table.lines()]
    return [["'=1+1" if quoted and value == "=1+1" else value for value in row] for row in rows]


def in_sheet(cell: Any) -> str:
    """As the spreadsheet shows it: a day comes back as its midnight."""
    if cell.number_format == "0.0" and cell.value is not None:
        return f"{cell.value:.1f}"
    return plain(cell.value.date() if hasattr(cell.value, "date") else cell.value)


def on_screen(value: Any) -> str:
    from core.days import dateshort

    return dateshort(value) if isinstance(value, date) else plain(value)


def test_a_wrong_period_is_told_and_no_file_is_made(head: User) -> None:
    client = client_of(head)
    for wrong in ("from_on=2026-06-30&to_on=2026-06-01", "from_on=2020-01-01&to_on=2026-01-01", "from_on=never"):
        page = client.get(f"/reports/terms/?{wrong}")
        assert page.status_code == 400
        assert 'class="errorlist"' in page.content.decode()
        for name in ("report.xlsx", "by-kind.csv"):
            assert client.get(f"/reports/terms/{name}?{wrong}").headers["Location"] == f"/reports/terms/?{wrong}"
    assert client.get("/reports/terms/?from_on=2023-07-01&to_on=2026-06-30").status_code == 200
    for unknown in ("/reports/nothing/", "/reports/terms/nothing.csv", "/overview/nothing.csv"):
        assert client.get(unknown).status_code == 404


def test_without_a_period_the_last_month_is_shown(head: User) -> None:
    scope = client_of(head).get("/reports/").context["scope"]
    today = timezone.localdate()
    assert scope.to_on == today.replace(day=1) - timedelta(days=1)
    assert scope.from_on == scope.to_on.replace(day=1)


@pytest.mark.parametrize("address", [*PAGES, "/overview/overview.xlsx", "/work/"])
def test_the_same_queries_at_10_and_1000_rows(address: str, head: User) -> None:
    client = client_of(head)
    world(10)
    owe_all()
    few = queries(client, address)
    Application.objects.filter(reference__startswith="APP-2025").delete()
    world(1000)
    owe_all()
    assert queries(client, address) == few
    assert few <= 12


def owe_all() -> None:
    """Terms of the copies, in the period that is looked at."""
    sample = Obligation.objects.first()
    assert sample is not None
    Obligation.objects.bulk_create(
        Obligation(
            subject_type=sample.subject_type,
            subject_id=pk,
            authority_id=sample.authority_id,
            title=sample.title,
            code="decision",
            debtor=Obligation.AUTHORITY,
            base_on=date(2026, 6, 1),
            due_on=date(2026, 6, 20),
            created_at=make.AT,
        )
        for pk in Application.objects.filter(reference__startswith="APP-2025").values_list("pk", flat=True)
    )


def test_the_navigation_offers_what_one_may_open(head: User) -> None:
    at_head, at_officer = (
        client_of(user).get("/measures/").content.decode() for user in (head, make.make_user(OFFICER))
    )
    assert 'href="/overview/"' in at_head
    assert 'href="/overview/"' not in at_officer
    assert 'href="/work/absences/"' in at_officer
    assert '<summary aria-current="true">Oversight' in at_officer.replace("\n", "")
    assert 'href="/measures/" aria-current="page"' in at_officer
