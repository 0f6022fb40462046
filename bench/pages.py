"""P1, P2, P3, P4, P12 and P15: lists, counts and the case file."""

import base64
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connections

from bench.databases import LARGE, SMALL, Databases
from bench.measure import Figure, alternate, milliseconds, queries, timed
from bench.people import Visitor, official, program
from bench.seed import HEAD, OFFICER
from licensing.models import Application
from licensing.views.keyset import Cursor

STATE = "in_review"
WORK = "/work/"
USUAL = f"/usual/lines/?state={STATE}&authority=1"
QUEUE, LIST = f"/queue/?state={STATE}", f"/api/v1/applications/?state={STATE}"
LISTS = (QUEUE, LIST, "/register/", "/api/v1/register/", "/licences/")
TABS = ("application", "checks", "documents", "letters", "fees", "people", "questions", "notes", "tasks", "timeline")
ROWS = """
SELECT a.id, a.reference, a.kind, a.state, a.version, a.created_at, a.filed_on, a.due_on, a.closed_at,
    o.identifier, o.form, o.name_kk, o.name_ru, o.name_en, u.id AS officer, u.full_name, u.email
FROM licensing_application a JOIN core_organisation o ON o.id = a.organisation_id
LEFT JOIN core_user u ON u.id = a.assigned_to_id
WHERE a.authority_id = 1 AND a.submitted_at IS NOT NULL AND a.state = '{state}'
"""
BY_DUE = ROWS.format(state=STATE) + " AND a.due_on IS NOT NULL ORDER BY a.due_on, a.id LIMIT 51"
BY_ID = ROWS.format(state=STATE) + " ORDER BY a.id DESC LIMIT 51"


class Readers:
    """An officer and an officer's program in each of the two databases, with the deep addresses of each."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.officers: dict[str, Visitor] = {}
        self.programs: dict[str, Visitor] = {}
        self.heads: dict[str, Visitor] = {}
        self.deep: dict[str, dict[str, str]] = {}
        for kind in (SMALL, LARGE):
            databases.use(kind)
            self.officers[kind], self.programs[kind] = official(OFFICER), program(OFFICER)
            self.heads[kind] = official(HEAD)
            self.deep[kind] = {QUEUE: f"{QUEUE}&cursor={late_cursor()}", LIST: f"{LIST}&cursor={late_place()}"}

    def reader(self, address: str, kind: str) -> Visitor:
        return (self.programs if address.startswith("/api/") else self.officers)[kind]

    def ask(self, address: str, kind: str, *, deep: bool = False) -> Callable[[int], Any]:
        """A request of a page in one of the databases; to change between them is not part of it."""
        visitor = self.reader(address, kind)
        there = self.deep[kind][address] if deep else address

        def run(_number: int) -> Any:
            return visitor.get(there)

        return run


def late_cursor() -> str:
    """A place in the queue with one page behind it."""
    rows = Application.objects.filter(authority=1, state=STATE).order_by("-due_on", "-id")
    due_on, pk = rows.values_list("due_on", "pk")[min(60, rows.count() - 1)]
    return str(Cursor(False, due_on, pk))


def late_place() -> str:
    """The same in the API's list, which is read from the newest to the oldest."""
    rows = Application.objects.filter(authority=1, state=STATE).order_by("id")
    pk = rows.values_list("pk", flat=True)[min(60, rows.count() - 1)]
    return base64.urlsafe_b64encode(json.dumps([pk]).encode()).decode().rstrip("=")


def raw(statement: str) -> Callable[[int], bytes]:
    """The rows of a page by one statement, as JSON: what no page can be faster than."""

    def run(_number: int) -> bytes:
        with connections["default"].cursor() as cursor:
            cursor.execute(statement)
            names = [column.name for column in cursor.description]
            return json.dumps([dict(zip(names, row, strict=True)) for row in cursor], default=str).encode()

    return run


def against_the_limit(readers: Readers, rounds: int) -> list[Figure]:
    """P1: the queue and the API's list against the same rows by plain SQL."""
    figures = []
    readers.databases.use(LARGE)
    for title, address, statement in (("queue page", QUEUE, BY_DUE), ("API page", LIST, BY_ID)):
        found = alternate({"ours": readers.ask(address, LARGE), "raw": raw(statement)}, rounds)
        note = f"{milliseconds(found['ours'])} / {milliseconds(found['raw'])}"
        figures.append(Figure("P1", f"{title} / SQL, joins, json", found["ours"] / found["raw"], 8, note))
    return figures


def query_counts(readers: Readers) -> list[Figure]:
    """P2: queries of each list with 1, 50 and 200 rows, in the small and the large database.

    A list of one row may take fewer (what fits on the page is not counted again), never more.
    """
    figures = []
    for address in LISTS:
        counts: dict[tuple[str, int], int] = {}
        for kind in (SMALL, LARGE):
            readers.databases.use(kind)
            visitor = readers.reader(address, kind)
            for size, sized in sizes(address).items():
                visitor.get(sized)
                counts[kind, size] = queries(partial(visitor.get, sized))
        most = max(counts.values())
        grows = len({count for (_kind, size), count in counts.items() if size > 1}) > 1
        note = f"differs: {counts}" if grows else f"{counts[LARGE, 1]} for one row, the same for 50, 200, N and N/100"
        figures.append(Figure("P2", f"queries of {address.split('?')[0]}", most + 100 * grows, 6, note))
    return figures


def sizes(address: str) -> dict[int, str]:
    """The list with one row, with 50 and with 200 (where a page may be so large)."""
    mark = "&" if "?" in address else "?"
    if address.startswith("/api/"):
        return {size: f"{address}{mark}page_size={size}" for size in (1, 50, 200)}
    rows = Application.objects.filter(authority=1).order_by("id")
    if address.startswith("/queue/"):
        number = rows.filter(state=STATE).values_list("reference", flat=True)[0]
    else:
        number = rows.filter(state="granted").values_list("licence__number", flat=True)[0]
    return {1: f"{address}{mark}q={number}", 50: f"{address}{mark}size=50", 200: f"{address}{mark}size=200"}


def growth(readers: Readers, rounds: int) -> list[Figure]:
    """P3: the same page at N and at N/100, first and deep."""
    figures = []
    for address in (QUEUE, LIST):
        for deep in (False, True):
            ratio, note = compare(readers, rounds, partial(readers.ask, address, deep=deep))
            title = f"{'deep' if deep else 'first'} page of {address.split('?')[0]}: N / (N/100)"
            figures.append(Figure("P3", title, ratio, 1.3, note))
    return figures


def counts(readers: Readers, rounds: int) -> list[Figure]:
    """P4: *My work* with all its counts at N and at N/100, an officer's and a head's, who sees the whole house."""

    def asked(whose: dict[str, Visitor], kind: str) -> Callable[[int], Any]:
        return lambda _number: whose[kind].get(WORK)

    figures = []
    for title, whose in (("an officer's", readers.officers), ("a head's", readers.heads)):
        ratio, note = compare(readers, rounds, partial(asked, whose))
        figures.append(Figure("P4", f"{title} work with its counts: N / (N/100)", ratio, 1.5, note))
    return figures


def against_the_usual(readers: Readers, rounds: int) -> list[Figure]:
    """P12: requests a second of the queue page against a flat viewset with numbered pages, the same fifty rows."""
    visitor = readers.officers[LARGE]
    readers.databases.use(LARGE)
    found = alternate({"ours": readers.ask(QUEUE, LARGE), "usual": lambda _number: visitor.get(USUAL)}, rounds)
    note = f"{1 / found['ours']:.1f} / {1 / found['usual']:.1f} a second"
    ratio = found["usual"] / found["ours"]
    return [Figure("P12", "queue page / usual flat DRF, requests a second", ratio, 1.2, note, above=True)]


def compare(readers: Readers, rounds: int, make: Callable[[str], Callable[[int], Any]]) -> tuple[float, str]:
    """(time at N / time at N/100, both in words)."""

    def inside(kind: str) -> Callable[[int], float]:
        run = make(kind)

        def one(number: int) -> float:
            readers.databases.use(kind)
            return timed(lambda: run(number))

        return one

    found = alternate({LARGE: inside(LARGE), SMALL: inside(SMALL)}, rounds)
    return found[LARGE] / found[SMALL], f"{milliseconds(found[LARGE])} / {milliseconds(found[SMALL])}"


def case_file(readers: Readers, cases: dict[str, dict[str, str]], rounds: int) -> list[Figure]:
    """P15: every tab of a case that holds little and of one that holds much."""
    counts: dict[tuple[str, str], int] = {}
    for kind in (SMALL, LARGE):
        readers.databases.use(kind)
        for weight in ("light", "heavy"):
            for tab in TABS:
                address = f"/cases/{cases[kind][weight]}/?tab={tab}"
                readers.officers[kind].get(address)
                seen = queries(partial(readers.officers[kind].get, address))
                counts[weight, tab] = max(seen, counts.get((weight, tab), 0))
    unlike = [tab for tab in TABS if counts["light", tab] != counts["heavy", tab]]
    most = max(counts, key=lambda key: counts[key])
    note = f"most on tab {most[1]}; " + (f"light and heavy differ: {unlike}" if unlike else "light and heavy alike")
    figures = [Figure("P15", "queries of the case file", counts[most], 12, note)]
    for tab in ("application", "timeline"):
        ratio, note = compare(readers, rounds, partial(case_reader, readers, cases, tab))
        figures.append(Figure("P15", f"heavy case file, tab {tab}: N / (N/100)", ratio, 1.3, note))
    return figures


def case_reader(readers: Readers, cases: dict[str, dict[str, str]], tab: str, kind: str) -> Callable[[int], Any]:
    address = f"/cases/{cases[kind]['heavy']}/?tab={tab}"
    return lambda _number: readers.officers[kind].get(address)
