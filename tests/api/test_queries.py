"""Lists cost the same at ten rows and at a thousand; an act costs what it must."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Event, Organisation, User
from core.models.base import PARTY
from core.names import searched
from licensing.models import Application, Licence, RegisterEntry
from tests import factories as make
from tests.api.conftest import Caller, draft_body

pytestmark = pytest.mark.django_db
START = "APP-2025-"


def applications(user: User, first: int, last: int) -> list[Application]:
    authority, organisation = make.make_authority(), user.organisations(make.AT.date()).get()
    day = make.AT.date()
    return Application.objects.bulk_create(
        Application(
            reference=f"{START}{number:06d}",
            kind="mining-licence-1",
            authority=authority,
            organisation=organisation,
            created_by=user,
            created_at=make.AT,
            submitted_at=make.AT,
            filed_on=day - timedelta(days=number % 30),
            accepted_at=make.AT,
            closed_at=make.AT,
            state="granted",
        )
        for number in range(first, last)
    )


def licences(user: User, first: int, last: int) -> None:
    cases = applications(user, first, last)
    rows = Licence.objects.bulk_create(
        Licence(
            number=f"M1-2025-{number:05d}",
            code=f"CODE-{number:06d}",
            kind="mining-licence-1",
            authority_id=case.authority_id,
            organisation_id=case.organisation_id,
            application=case,
            created_at=make.AT,
            granted_on=make.AT.date(),
            valid_from=make.AT.date(),
            state="in_force",
        )
        for number, case in enumerate(cases, first)
    )
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            number=row.number,
            kind=row.kind,
            authority_id=row.authority_id,
            licence=row,
            name_en=f"Miner {row.pk}",
            standing="in_force",
            since=row.valid_from,
            decided_by=user,
            decided_at=make.AT,
            changed_at=make.AT,
            search=searched(row.number, f"Miner {row.pk}"),
        )
        for row in rows
    )


def organisations(user: User, first: int, last: int) -> None:
    for row in Organisation.objects.bulk_create(
        Organisation(identifier=f"X{number:06d}", form="legal_entity", name_en=f"Firm {number}", created_at=make.AT)
        for number in range(first, last)
    ):
        make.make_membership(user, row)


def events(user: User, first: int, last: int) -> None:
    case = Application.objects.filter(reference=f"{START}999999").first() or applications(user, 999_999, 1_000_000)[0]
    Event.objects.bulk_create(
        Event(
            subject_type="licensing.application",
            subject_id=case.pk,
            authority_id=case.authority_id,
            organisation_id=case.organisation_id,
            audience=PARTY,
            at=make.AT,
            actor=user,
            verb="application.edit",
            seq=number + 1,
            hash=b"",
        )
        for number in range(first, last)
    )


@pytest.mark.parametrize(
    ("place", "fill"),
    [
        ("/applications/", applications),
        ("/applications/?kind=mining-licence-1&state=granted&filed_from=2026-01-01", applications),
        ("/licences/", licences),
        ("/register/", licences),
        ("/register/?q=miner", licences),
        ("/organisations/", organisations),
        (f"/applications/{START}999999/events/", events),
    ],
)
def test_a_list_costs_the_same_at_a_thousand_rows(
    api: Caller, applicant: User, place: str, fill: Callable[[User, int, int], object]
) -> None:
    def count() -> int:
        joint = "&" if "?" in place else "?"
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = api.get(f"{place}{joint}page_size=50")
        assert page.status_code == 200
        assert len(page.json()["results"]) >= 10
        return len(seen)

    fill(applicant, 0, 10)
    few = count()
    fill(applicant, 10, 1_000)
    assert count() == few <= 6


def test_pages_go_through_rows_of_one_day(api: Caller, applicant: User) -> None:
    licences(applicant, 0, 230)
    seen, url = [], "/register/?page_size=100"
    while url:
        page = api.get(url).json()
        seen += [row["number"] for row in page["results"]]
        url = (page["next"] or "").partition("/api/v1")[2]
    assert len(seen) == len(set(seen)) == 230


def test_opening_and_submitting_cost_at_most_28_queries(api: Caller, applicant: User) -> None:
    """Without what opens and closes transactions."""
    body = draft_body(applicant)
    with CaptureQueriesContext(connection) as opening:
        opened = api.post("/applications/", body)
    path = f"/applications/{opened.json()['reference']}/"
    for code in ("fee-proof", "centre-right", "power-contract", "pool-contract"):
        etag = api.upload(f"{path}documents/", make.PDF + code.encode(), kind=code)
        assert etag.status_code == 201
    etag = api.get(path)["ETag"]
    with CaptureQueriesContext(connection) as filing:
        assert api.post(f"{path}submit/", If_Match=etag).status_code == 200
    sent = [query["sql"] for query in (*opening.captured_queries, *filing.captured_queries)]
    assert len([sql for sql in sent if "SAVEPOINT" not in sql]) <= 28
    assert len(opening) + len(filing) <= 29
