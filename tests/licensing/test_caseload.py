"""Moving a whole caseload: even, whole, told case by case, once for each form, also when two move at once."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Event, Notification, User
from core.services import record, verify_events
from core.workflow import ADMINISTRATOR, AUDITOR, HEAD, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Application, CaseloadMove
from tests import factories as make
from tests.licensing.test_races import at_once, clone, won

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def make_caseload(holder: User, number: int) -> list[Application]:
    first = make.make_submitted()
    cases = [first, *(clone(first) for _ in range(number - 1))]
    Application.objects.filter(pk__in=[case.pk for case in cases]).update(assigned_to=holder)
    return cases


def move(
    holder: User, *to: User, actor: User, reason: str = "On leave until August.", key: object = None
) -> CaseloadMove:
    return services.move_caseload(
        holder,
        to=to,
        reason=reason,
        key=key or uuid4(),  # type: ignore[arg-type]  # a UUID
        actor=actor,
        at=make.AT,
    )


def test_each_case_goes_to_who_has_least_with_an_event_and_one_letter_to_each() -> None:
    holder, a, b, head = (make.make_user(role) for role in (OFFICER, OFFICER, OFFICER, HEAD))
    make_caseload(b, 2)
    cases = make_caseload(holder, 5)
    versions = dict(Application.objects.values_list("pk", "version"))
    row = move(holder, a, b, actor=head)
    assert row.given == {str(a.pk): 4, str(b.pk): 1}
    assert (row.moved, row.refused) == (5, [])
    for case in cases:
        fresh = Application.objects.get(pk=case.pk)
        assert fresh.version == versions[case.pk] + 1
        event = Event.objects.of(case).get(verb="application.assign")
        assert event.data == {"to": fresh.assigned_to_id, "move": row.pk}
        assert (event.reason, event.audience, event.actor) == ("On leave until August.", "internal", head)
    summary = Event.objects.of(row).get()
    assert summary.data == {"from": holder.pk, "given": row.given, "left": 0}
    told = Notification.objects.filter(event=summary, channel="inbox").values_list("recipient", "template")
    assert set(told) == {(a.pk, "caseload_given"), (b.pk, "caseload_given"), (holder.pk, "caseload_taken")}
    assert not list(verify_events())
    page = client_of(head).get(f"/cases/{cases[0].reference}/?tab=timeline").content.decode()
    assert "On leave until August." in page


def test_the_same_form_sent_twice_moves_once() -> None:
    holder, a, b, head = (make.make_user(role) for role in (OFFICER, OFFICER, OFFICER, HEAD))
    make_caseload(holder, 2)
    key = uuid4()
    first = move(holder, a, actor=head, key=key)
    make_caseload(holder, 1)
    assert move(holder, b, actor=head, key=key) == first
    assert Application.objects.filter(assigned_to=holder).count() == 1
    stranger = make.make_user(HEAD, authority=make.make_authority("nbk"))
    with pytest.raises(PermissionDenied):
        move(holder, b, actor=stranger, key=key)


def test_cases_that_none_may_prepare_are_left_and_named() -> None:
    holder, filer, other, head = (make.make_user(role) for role in (OFFICER, OFFICER, OFFICER, HEAD))
    mine, free = make_caseload(holder, 2)
    record(mine, "application.countersign", actor=filer, at=make.AT)
    row = move(holder, filer, actor=head)
    assert (row.given, row.refused) == ({str(filer.pk): 1}, [mine.reference])
    assert Application.objects.get(pk=mine.pk).assigned_to == holder
    page = client_of(head).get(f"/work/caseload/{row.key}/").content.decode()
    assert mine.reference in page
    assert free.reference not in page
    assert move(holder, filer, other, actor=head).given == {str(other.pk): 1}


def test_ended_cases_and_those_of_others_stay() -> None:
    holder, other, head = make.make_user(OFFICER), make.make_user(OFFICER), make.make_user(HEAD)
    open_case, ended = make_caseload(holder, 2)
    services.withdraw_application(ended, actor=make.party_of(ended), at=make.AT)
    theirs = make_caseload(make.make_user(OFFICER), 1)[0]
    assert move(holder, other, actor=head).moved == 1
    assert Application.objects.get(pk=ended.pk).assigned_to == holder
    assert Application.objects.get(pk=theirs.pk).assigned_to != other
    assert Application.objects.get(pk=open_case.pk).assigned_to == other


def test_everything_wrong_is_named_at_once() -> None:
    holder, absent, head = make.make_user(OFFICER), make.make_user(OFFICER, full_name="Arman"), make.make_user(HEAD)
    make.make_absence(absent, make.make_user(OFFICER, full_name="Dana"))
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    make_caseload(holder, 1)
    with pytest.raises(TransitionRefused) as refused:
        move(holder, holder, absent, foreign, make.make_user(AUDITOR), actor=head, reason=" ")
    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["move-to-oneself", "taker-absent", "not-an-officer", "not-an-officer", "note-missing"]
    assert refused.value.problems[1].params == {"person": "Arman", "to": "2026-06-23", "deputy": "Dana"}
    with pytest.raises(TransitionRefused) as refused:
        move(holder, actor=head)
    assert [problem.code for problem in refused.value.problems] == ["nobody-chosen"]
    with pytest.raises(TransitionRefused) as refused:
        move(make.make_user(OFFICER), holder, actor=head)
    assert [problem.code for problem in refused.value.problems] == ["caseload-empty"]
    assert not CaseloadMove.objects.exists()


def test_only_heads_and_administrators_of_the_authority_move() -> None:
    holder, other = make.make_user(OFFICER), make.make_user(OFFICER)
    make_caseload(holder, 1)
    foreign = make.make_authority("nbk")
    for actor in (holder, other, make.make_user(AUDITOR), make.make_user(HEAD, authority=foreign), make.make_user()):
        with pytest.raises(PermissionDenied):
            move(holder, other, actor=actor)
    assert move(holder, other, actor=make.make_user(ADMINISTRATOR)).moved == 1


def test_queries_grow_with_receivers_and_slices_only() -> None:
    counts = []
    head, receivers = make.make_user(HEAD), [make.make_user(OFFICER) for _ in range(2)]
    for number in (3, 60):
        holder = make.make_user(OFFICER)
        make_caseload(holder, number)
        with CaptureQueriesContext(connection) as seen:
            assert move(holder, *receivers, actor=head).moved == number
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.stress
def test_two_moves_at_the_same_moment_move_each_case_once() -> None:
    head, second, a, b = (make.make_user(role) for role in (HEAD, HEAD, OFFICER, OFFICER))
    for _round in range(8):
        holder = make.make_user(OFFICER)
        cases = make_caseload(holder, 6)
        results = at_once([partial(move, holder, a, actor=head), partial(move, holder, b, actor=second)])
        assert len(won(results)) == 1
        assert won(results)[0].moved == 6
        for case in cases:
            assert Event.objects.of(case).filter(verb="application.assign").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.stress
def test_a_double_click_moves_once_and_both_see_the_same() -> None:
    head, a = make.make_user(HEAD), make.make_user(OFFICER)
    for _round in range(8):
        holder, key = make.make_user(OFFICER), uuid4()
        make_caseload(holder, 4)
        results = at_once([partial(move, holder, a, actor=head, key=key) for _ in range(3)])
        assert len(won(results)) == 3
        assert {row.pk for row in won(results)} == {CaseloadMove.objects.get(key=key).pk}
        assert CaseloadMove.objects.get(key=key).moved == 4


def test_the_page_moves_and_refuses_in_words() -> None:
    holder, other, head = make.make_user(OFFICER, full_name="Olga"), make.make_user(OFFICER), make.make_user(HEAD)
    make_caseload(holder, 2)
    client = client_of(head)
    page = client.get(f"/work/caseload/?from={holder.pk}")
    assert "Olga has 2 open cases." in page.content.decode()
    key = page.context["form"]["key"].value()
    address = f"/work/caseload/?from={holder.pk}"
    for rubbish in ({}, {"to": ["x"], "key": "y"}, {"to": [other.pk], "key": str(key), "reason": "\n"}):
        assert client.post(address, rubbish).status_code == 409
    answer = client.post(address, {"to": [other.pk], "key": str(key), "reason": "Ill."}, follow=True)
    assert answer.status_code == 200
    assert "A caseload was moved" in answer.content.decode()
    again = client.post(address, {"to": [other.pk], "key": str(key), "reason": "Ill."}, follow=True)
    assert again.request["PATH_INFO"] == answer.request["PATH_INFO"]
    assert client.get("/work/caseload/?from=x").status_code == 404
    stranger = make.make_user(HEAD, authority=make.make_authority("nbk"))
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(stranger).get(answer.request["PATH_INFO"]).status_code == 404
    assert client_of(other).get("/work/caseload/").status_code == 403
    assert client_of(make.make_user()).post(address, {}).status_code == 404


def test_the_deputy_has_the_cases_until_they_are_moved() -> None:
    holder, deputy, head = make.make_user(OFFICER), make.make_user(OFFICER), make.make_user(HEAD)
    make.make_absence(holder, deputy, days=(0, 5))
    cases = make_caseload(holder, 2)
    assert move(holder, deputy, actor=head).given == {str(deputy.pk): 2}
    later = make.AT + timedelta(days=30)
    case = services.assign_application(cases[0], to=holder, actor=head, at=later)
    assert case.assigned_to == holder
