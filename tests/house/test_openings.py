"""Who opened what: found by person, by object, by day; told to the party by role."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Access, User
from core.services import make_key, read_document
from core.workflow import ADMINISTRATOR, AUDITOR, OFFICER
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = "/house/openings/"


def signed_in(role: str = AUDITOR) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make.make_user(role))
    return client


def opened(count: int, user: User, reference: str = "APP-2026-000001", days: int = 0) -> None:
    Access.objects.bulk_create(
        Access(
            at=make.AT + timedelta(days=days, seconds=number),
            user=user,
            subject_type="core.document",
            subject_id=number + 1,
            authority=make.make_authority(),
            reference=reference,
        )
        for number in range(count)
    )


def test_by_person_by_object_by_day() -> None:
    one, other = make.make_user(OFFICER, full_name="One"), make.make_user(OFFICER, full_name="Other")
    opened(2, one)
    opened(2, other, reference="APP-2026-000002", days=1)
    client = signed_in()
    assert len(client.get(PAGE).context["rows"]) == 4
    assert {row.user for row in client.get(PAGE, {"person": one.email.upper()}).context["rows"]} == {one}
    found = client.get(PAGE, {"reference": "APP-2026-000002"}).context["rows"]
    assert {row.user for row in found} == {other}
    assert {row.user for row in client.get(PAGE, {"on": "2026-06-16"}).context["rows"]} == {one}
    assert client.get(PAGE, {"person": one.email, "on": "2026-06-17"}).context["rows"] == []


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    opened(120, make.make_user(OFFICER))
    client, seen, cursor = signed_in(), [], ""
    for _page in range(3):
        answer = client.get(PAGE, {"cursor": cursor})
        seen += [row.pk for row in answer.context["rows"]]
        cursor = answer.context["next"]
    assert (len(seen), len(set(seen)), cursor) == (120, 120, "")
    assert seen == list(Access.objects.order_by("-at", "-id").values_list("pk", flat=True))


def test_as_many_questions_for_many_rows_as_for_few() -> None:
    def queries(client: Client) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        return len(found)

    opened(10, make.make_user(OFFICER))
    client = signed_in()
    few = queries(client)
    for number in range(10):
        opened(100, make.make_user(OFFICER), reference=f"APP-2026-{number:06d}", days=number)
    assert queries(client) == few


@pytest.mark.parametrize(
    "query",
    [
        {"person": "no address"},
        {"on": "2026-13-45"},
        {"cursor": "x,1"},
        {"cursor": "2026-06-16,99"},
        {"reference": "\x00"},
    ],
)
def test_nonsense_is_no_failure(query: dict[str, str]) -> None:
    assert signed_in().get(PAGE, query).status_code in (200, 400)


def test_each_overseer_sees_his_authoritys_openings() -> None:
    opened(1, make.make_user(OFFICER))
    foreign = Client()
    foreign.force_login(make.make_user(ADMINISTRATOR, authority=make.make_authority("nbk")))
    assert foreign.get(PAGE).context["rows"] == []
    assert signed_in(OFFICER).get(PAGE).status_code == 404


def test_the_party_hears_of_openings_by_role_alone() -> None:
    officer = make.make_user(OFFICER, full_name="Curious Officer")
    case = make.make_submitted()
    document = case.documents().order_by("pk").first()
    assert document is not None
    read_document(document, actor=officer, at=make.AT).close()
    party, stranger = case.created_by, make.make_applicant()
    address = f"/api/v1/organisations/{case.organisation.identifier}/openings/"

    def ask(person: User) -> object:
        key = make_key(person, actor=person, at=make.AT)[1]
        return Client().get(address, headers={"Authorization": f"Token {key}"})

    answer: object = ask(party)
    (row,) = answer.json()["results"]  # type: ignore[attr-defined]  # Django's test client
    assert (row["role"], row["body"], row["document"], row["reference"]) == (
        "officer",
        "maidd",
        document.pk,
        case.reference,
    )
    assert "Curious" not in answer.content.decode()  # type: ignore[attr-defined]  # Django's test client
    assert ask(stranger).status_code == 404  # type: ignore[attr-defined]  # Django's test client


def test_an_opening_is_not_rewritten() -> None:
    opened(1, make.make_user(OFFICER))
    for statement in ("UPDATE core_access SET reference = 'x'", "DELETE FROM core_access"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
