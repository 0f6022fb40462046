"""Inspectors: who enters them, what is refused, what the pages show."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Event, User
from core.services import enter_absence
from core.workflow import TransitionRefused
from inspections.models import Inspector
from inspections.services.inspectors import change_inspector, enter_inspector
from tests import factories as make

pytestmark = pytest.mark.django_db
FROM = date(2026, 1, 1)


def entered(person: User, actor: User, **fields: Any) -> Inspector:
    given: dict[str, Any] = {"post": "Chief specialist", "region": "KZ-39", "days_a_month": 15, "from_on": FROM}
    return enter_inspector(person, actor=actor, at=make.AT, **(given | fields))


def test_a_head_enters_and_changes_one() -> None:
    head, person = make.make_user("head"), make.make_user("inspector")
    row = entered(person, head)
    row = change_inspector(
        row, post="Head of unit", region="KZ-71", days_a_month=10, from_on=FROM, to_on=None, actor=head, at=make.AT
    )
    assert (row.post, row.region, row.days_a_month) == ("Head of unit", "KZ-71", 10)
    told = list(Event.objects.of(row).order_by("seq").values_list("verb", "data"))
    assert [verb for verb, _data in told] == ["inspector.enter", "inspector.change"]
    assert told[1][1]["days"] == [15, 10]
    with pytest.raises(TransitionRefused, match="inspector-twice"):
        entered(person, head)


@pytest.mark.parametrize("role", ["officer", "inspector", "auditor", "applicant"])
def test_nobody_else_enters_one(role: str) -> None:
    person = make.make_user("inspector")
    with pytest.raises(PermissionDenied):
        entered(person, make.make_user(role))


def test_a_body_that_inspects_nobody_has_no_inspectors() -> None:
    bank = make.make_authority("energy")
    with pytest.raises(PermissionDenied):
        entered(make.make_user("inspector", authority=bank), make.make_user("head", authority=bank))


def test_all_that_is_wrong_is_told_at_once() -> None:
    head = make.make_user("head")
    stranger = make.make_user("inspector", authority=make.make_authority("nbk"))
    with pytest.raises(TransitionRefused) as refused:
        entered(stranger, head, post=" ", region="KZ-00", days_a_month=24, to_on=FROM - timedelta(days=1))
    assert [one.code for one in refused.value.problems] == [
        *("inspector-unfit", "inspector-post", "inspector-region", "inspector-days", "inspector-order")
    ]


def test_pages(client: Client) -> None:
    head, person = make.make_user("head"), make.make_user("inspector", full_name="Asel Trial")
    client.force_login(head)
    given = {"person": person.pk, "post": "Inspector", "region": "KZ-39", "days_a_month": 12, "from_on": "2026-01-01"}
    assert client.post("/inspectors/new/", given | {"days_a_month": 40}).status_code == 409
    assert client.post("/inspectors/new/", given).status_code == 302
    row, today = Inspector.objects.get(), timezone.localdate()
    enter_absence(
        person,
        from_on=today,
        to_on=today + timedelta(days=9),
        deputy=make.make_user("officer"),
        actor=head,
        at=timezone.now(),
    )
    page = client.get("/inspectors/").content.decode()
    assert "Asel Trial" in page
    assert str(today.year) in page
    assert client.post(f"/inspectors/{row.pk}/", given | {"days_a_month": 9}).status_code == 302
    assert Inspector.objects.get().days_a_month == 9


def test_who_sees_the_pages(client: Client) -> None:
    row = entered(make.make_user("inspector"), make.make_user("head"))
    client.force_login(make.make_user("officer"))
    assert client.get("/inspectors/").status_code == 200
    assert client.get("/inspectors/new/").status_code == 403
    assert client.get(f"/inspectors/{row.pk}/").status_code == 403
    client.force_login(make.make_user("head", authority=make.make_authority("afsa")))
    assert client.get(f"/inspectors/{row.pk}/").status_code == 404
    client.force_login(make.make_user())
    assert client.get(f"/inspectors/{row.pk}/").status_code == 404


def test_the_list_asks_the_same_of_many(client: Client) -> None:
    head = make.make_user("head")
    client.force_login(head)
    counted = []
    for _round in range(2):
        for _number in range(4):
            entered(make.make_user("inspector"), head)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/inspectors/").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
