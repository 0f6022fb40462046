"""Being away: days at their boundaries, deputies down the line, never in a circle, also when two enter at once."""

from contextlib import suppress
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.models import Absence, Event, Notification, User
from core.models.absences import stand_in
from core.services import end_absence, enter_absence, stood_in_for, taker
from core.services.letters import words
from core.workflow import ADMINISTRATOR, AUDITOR, HEAD, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Application
from tests import factories as make
from tests.licensing.test_races import at_once, won

pytestmark = pytest.mark.django_db
TODAY = make.AT.date()


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def enter(person: User, deputy: User, first: int, last: int, actor: User | None = None) -> Absence:
    return enter_absence(person, from_on=day(first), to_on=day(last), deputy=deputy, actor=actor or person, at=make.AT)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(("on", "away"), [(-1, False), (0, True), (3, True), (4, False)])
def test_both_ends_belong_to_an_absence(on: int, away: bool) -> None:
    person, deputy = make.make_user(OFFICER), make.make_user(OFFICER)
    row = enter(person, deputy, 0, 3)
    holder, absence = taker(person, on=day(on))
    assert (holder, absence) == ((deputy, row) if away else (person, None))
    assert (person.pk in stood_in_for(deputy, on=day(on))) is away


def test_the_deputy_is_told_and_the_event_names_both() -> None:
    person, deputy, head = make.make_user(OFFICER), make.make_user(OFFICER), make.make_user(HEAD)
    row = enter(person, deputy, 0, 3, actor=head)
    event = Event.objects.of(row).get()
    assert (event.verb, event.audience) == ("absence.enter", "internal")
    assert event.data == {"person": person.pk, "deputy": deputy.pk, "from": "2026-06-16", "to": "2026-06-19"}
    told = Notification.objects.filter(event=event, channel="inbox")
    assert {one.recipient: words(one)[0] for one in told} == {
        deputy: "You stand in for a colleague from 16\xa0Jun\xa02026 to 19\xa0Jun\xa02026",
        person: "You are entered as absent from 16\xa0Jun\xa02026 to 19\xa0Jun\xa02026",
    }


def test_every_fault_is_named_at_once() -> None:
    person = make.make_user(OFFICER)
    with pytest.raises(TransitionRefused) as refused:
        enter(person, person, 3, 0)
    assert codes(refused) == ["absence-days", "deputy-self"]
    with pytest.raises(TransitionRefused) as refused:
        enter(person, make.make_user(OFFICER), -3, -1)
    assert codes(refused) == ["absence-past"]
    enter(person, make.make_user(OFFICER), -3, 0)  # entered on the last day of it


@pytest.mark.parametrize("who", ["foreign", "auditor", "closed", "applicant"])
def test_a_deputy_can_take_cases_of_the_same_authority(who: str) -> None:
    deputy = {
        "foreign": lambda: make.make_user(OFFICER, authority=make.make_authority("nbk")),
        "auditor": lambda: make.make_user(AUDITOR),
        "closed": lambda: make.make_user(OFFICER, is_active=False),
        "applicant": make.make_user,
    }[who]()
    with pytest.raises(TransitionRefused) as refused:
        enter(make.make_user(OFFICER), deputy, 0, 3)
    assert codes(refused) == ["deputy-unfit"]


@pytest.mark.parametrize(("first", "last", "overlaps"), [(8, 9, False), (7, 9, True), (0, 4, True), (0, 3, False)])
def test_absences_of_one_person_share_no_day(first: int, last: int, overlaps: bool) -> None:
    person, deputy = make.make_user(OFFICER), make.make_user(OFFICER)
    enter(person, deputy, 4, 7)
    if not overlaps:
        enter(person, deputy, first, last)
        return
    with pytest.raises(TransitionRefused) as refused:
        enter(person, deputy, first, last)
    assert codes(refused) == ["absence-overlaps"]
    assert refused.value.problems[0].params["from"] == "2026-06-20"


def test_deputies_in_a_circle_are_refused_by_name() -> None:
    a, b, c = (make.make_user(OFFICER, full_name=name) for name in ("Aigerim", "Bolat", "Chingiz"))
    enter(a, b, 0, 10)
    enter(b, c, 5, 8)
    with pytest.raises(TransitionRefused) as refused:
        enter(c, a, 7, 20)
    (problem,) = refused.value.problems
    assert problem.code == "deputies-in-a-circle"
    assert problem.params == {
        "from": "2026-06-23",
        "to": "2026-06-24",
        "circle": "Chingiz → Aigerim → Bolat → Chingiz",
    }
    enter(c, a, 9, 20)  # on these days b is back: the line ends with him
    assert taker(c, on=day(9)) == (b, Absence.objects.get(person=c))


def test_an_absent_deputy_is_followed_on() -> None:
    a, b, c = (make.make_user(OFFICER) for _ in range(3))
    enter(a, b, 0, 10)
    enter(b, c, 2, 3)
    assert [taker(a, on=day(n))[0] for n in (1, 2, 3, 4)] == [b, c, c, b]
    assert set(stood_in_for(c, on=day(2))) == {a.pk, b.pk}
    assert stood_in_for(b, on=day(2)) == {}


def test_who_is_back_ends_it_and_who_never_left_cancels_it() -> None:
    person, deputy = make.make_user(OFFICER), make.make_user(OFFICER)
    running, coming = enter(person, deputy, -2, 2), enter(person, deputy, 10, 12)
    assert end_absence(running, actor=person, at=make.AT).to_on == day(-1)
    assert taker(person, on=TODAY)[0] == person
    assert end_absence(coming, actor=make.make_user(HEAD), at=make.AT).cancelled_at == make.AT
    for row in (running, coming):
        with pytest.raises(TransitionRefused) as refused:
            end_absence(row, actor=person, at=make.AT)
        assert codes(refused) == ["absence-over"]
    enter(person, deputy, 0, 12)


def test_only_oneself_heads_and_administrators_enter_one() -> None:
    person, deputy = make.make_user(OFFICER), make.make_user(OFFICER)
    foreign = make.make_authority("nbk")
    for actor in (deputy, make.make_user(AUDITOR), make.make_user(HEAD, authority=foreign), make.make_user()):
        with pytest.raises(PermissionDenied):
            enter(person, deputy, 0, 1, actor=actor)
    enter(person, deputy, 0, 1, actor=make.make_user(ADMINISTRATOR))
    applicant = make.make_user()
    with pytest.raises(PermissionDenied):
        enter(applicant, deputy, 0, 1)


class TestLines(TestCase):
    """Whatever absences are entered, whoever is refused: on no day does a line of deputies come back to its start."""

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 12), st.integers(0, 6)), max_size=14)
    )
    def test_no_line_goes_in_a_circle_and_every_line_ends_with_somebody_at_work(
        self, wishes: list[tuple[int, int, int, int]]
    ) -> None:
        people = [make.make_user(OFFICER) for _ in range(6)]
        for absent_one, deputy, first, length in wishes:
            with suppress(TransitionRefused):
                enter(people[absent_one], people[deputy], first, first + length)
        for number in range(20):
            absent = Absence.objects.deputies(people[0].authority_id, day(number))
            for person in people:
                holder = stand_in(person, absent)
                assert holder is not None
                assert holder.pk not in absent


@pytest.mark.django_db(transaction=True)
@pytest.mark.stress
def test_two_who_name_each_other_at_the_same_moment() -> None:
    for _round in range(15):
        a, b = make.make_user(OFFICER), make.make_user(OFFICER)
        results = at_once([partial(enter, a, b, 0, 3), partial(enter, b, a, 3, 5)])
        assert len(won(results)) == 1


def test_what_is_given_to_the_absent_goes_to_the_deputy() -> None:
    officer, deputy, head = make.make_user(OFFICER), make.make_user(OFFICER), make.make_user(HEAD)
    enter(officer, deputy, 0, 3)
    case = services.assign_application(make.make_submitted(), to=officer, actor=head, at=make.AT)
    assert case.assigned_to == deputy
    event = Event.objects.of(case).get(verb="application.assign")
    assert event.data == {"to": deputy.pk, "for": officer.pk}
    assert Notification.objects.filter(event=event, recipient=deputy, channel="inbox").exists()
    with pytest.raises(TransitionRefused) as refused:
        services.assign_application(case, to=officer, actor=officer, at=make.AT)
    assert codes(refused) == ["absent-self"]
    User.objects.filter(pk=deputy.pk).update(is_active=False)
    with pytest.raises(TransitionRefused) as refused:
        services.assign_application(case, to=officer, actor=head, at=make.AT)
    assert codes(refused) == ["no-deputy-at-work"]
    later = make.AT + timedelta(days=4)
    assert services.assign_application(case, to=officer, actor=head, at=later).assigned_to == officer


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def now_absent(person: User, deputy: User) -> Absence:
    from django.utils import timezone

    now = timezone.now()
    today = timezone.localdate(now)
    return enter_absence(person, from_on=today, to_on=today + timedelta(days=3), deputy=deputy, actor=person, at=now)


def test_the_deputys_work_shows_the_absent_persons_cases_as_such() -> None:
    officer, deputy = make.make_user(OFFICER, full_name="Olga Away"), make.make_user(OFFICER)
    case = make.make_submitted()
    Application.objects.filter(pk=case.pk).update(assigned_to=officer)
    assert case.reference not in client_of(deputy).get("/work/").content.decode()
    now_absent(officer, deputy)
    page = client_of(deputy).get("/work/").content.decode()
    assert case.reference in page
    assert "in the stead of Olga Away, absent until" in page
    assert case.reference in client_of(deputy).get("/queue/?officer=me").content.decode()
    page = client_of(deputy).get(f"/cases/{case.reference}/?tab=timeline").content.decode()
    assert case.reference in page


def test_the_page_enters_refuses_and_ends() -> None:
    officer, deputy = make.make_user(OFFICER), make.make_user(OFFICER, full_name="Dana Deputy")
    client = client_of(officer)
    wrong = client.post("/work/absences/", {"from_on": "2099-02-03", "to_on": "2099-02-01", "deputy": deputy.pk})
    assert wrong.status_code == 409
    assert "The absence ends on 1\xa0Feb\xa02099, before it starts on 3\xa0Feb\xa02099." in wrong.content.decode()
    for rubbish in ({}, {"from_on": "x", "to_on": "2099-02-30", "deputy": "x"}, {"deputy": "9" * 40}):
        assert client.post("/work/absences/", rubbish).status_code == 409
    given = {"from_on": "2099-02-01", "to_on": "2099-02-03", "deputy": deputy.pk}
    assert client.post("/work/absences/", given, follow=True).status_code == 200
    row = Absence.objects.get()
    assert "Dana Deputy" in client.get("/work/absences/").content.decode()
    assert client_of(deputy).post(f"/work/absences/{row.pk}/end/").status_code == 403
    stranger = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    assert client_of(stranger).post(f"/work/absences/{row.pk}/end/").status_code == 404
    assert client_of(make.make_user()).get("/work/absences/").status_code == 404
    assert client.post(f"/work/absences/{row.pk}/end/", follow=True).status_code == 200
    assert client.post(f"/work/absences/{row.pk}/end/").status_code == 409
    head = make.make_user(HEAD)
    client_of(head).post("/work/absences/", {"person": officer.pk, **given})
    assert Absence.objects.standing().get().made_by == head


def test_the_list_asks_as_often_for_many_as_for_few() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer, deputy = make.make_user(OFFICER), make.make_user(OFFICER)
    client, counts = client_of(officer), []
    for total in (10, 1000):
        start = Absence.objects.count()
        Absence.objects.bulk_create(
            Absence(
                person=officer,
                deputy=deputy,
                authority=officer.authority,
                from_on=date(2090, 1, 1) + timedelta(days=2 * n),
                to_on=date(2090, 1, 1) + timedelta(days=2 * n),
                made_by=officer,
                made_at=make.AT,
            )
            for n in range(start, total)
        )
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = client.get("/work/absences/")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    second = client.get(f"/work/absences/?cursor={page.context['after']}")
    assert {line["row"].pk for line in second.context["lines"]}.isdisjoint(
        {line["row"].pk for line in page.context["lines"]}
    )
    assert client.get("/work/absences/?cursor=rubbish.x").status_code == 200
