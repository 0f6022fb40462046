"""From the draft to the start: each step judged by the law, whatever was entered before."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from core.models import User
from core.workflow import TransitionRefused
from inspections import services
from tests import factories as make
from tests.inspections import world

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {one.code for one in refused.value.problems}


def test_a_planned_inspection_begins_on_the_day_that_was_told() -> None:
    row = world.make_running()
    assert (row.state, row.items.count(), row.act_number) == ("running", 3, "IA-2026-00001")
    assert row.told_at == world.SERVED


def test_notice_a_day_too_late_is_refused_with_the_day_that_is_lawful() -> None:
    row = world.make_inspection()
    late = datetime(2026, 6, 20, 10, 0, tzinfo=world.ALMATY)  # 30 days lie between it and 20 July, and 31 are needed
    with pytest.raises(TransitionRefused) as refused:
        services.serve_notice(row, means="account", actor=make.make_user("officer"), at=late)
    assert codes(refused) == {"B3"}
    services.serve_notice(row, means="account", actor=make.make_user("officer"), at=late - timedelta(days=1))


def test_nobody_signs_what_he_prepared() -> None:
    row = world.make_noticed()
    with pytest.raises(PermissionDenied):
        services.appoint(row, actor=row.opened_by, at=world.SERVED)


def test_it_does_not_begin_unregistered() -> None:
    row = world.make_appointed()
    with pytest.raises(TransitionRefused) as refused:
        services.start_inspection(row, receipt="taken", actor=world.leader(row), at=world.START)
    assert codes(refused) == {"B8"}


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (datetime(2026, 7, 20, 8, 59, tzinfo=world.ALMATY), "hour-off"),
        (datetime(2026, 7, 20, 18, 0, tzinfo=world.ALMATY), "hour-off"),
        (datetime(2026, 7, 21, 10, 0, tzinfo=world.ALMATY), "start-other-day"),
        (datetime(2026, 7, 17, 10, 0, tzinfo=world.ALMATY), "start-other-day"),
    ],
)
def test_it_begins_neither_at_night_nor_on_another_day(moment: datetime, code: str) -> None:
    row = world.make_registered()
    with pytest.raises(TransitionRefused) as refused:
        services.start_inspection(row, receipt="taken", actor=world.leader(row), at=moment)
    assert code in codes(refused)


def test_a_draft_without_anything_names_everything() -> None:
    thing = world.make_object()
    officer = make.make_user("officer")
    row = services.open_inspection(thing, kind="compliance", actor=officer, at=world.SERVED)
    with pytest.raises(TransitionRefused) as refused:
        services.serve_notice(row, means="hand", actor=officer, at=world.SERVED)
    assert codes(refused) >= {"inspection-start_on", "inspection-team", "inspection-checklist", "B1"}


def test_visits_of_preventive_control_are_no_longer_opened() -> None:
    with pytest.raises(TransitionRefused) as refused:
        services.open_inspection(
            world.make_object(), kind="visit_control", actor=make.make_user("officer"), at=world.SERVED
        )
    assert codes(refused) == {"B26"}


def test_planned_anew_it_needs_another_notice() -> None:
    row = world.make_registered()
    officer = make.make_user("officer")
    row = services.replan_inspection(row, reason="The road is closed.", actor=officer, at=world.SERVED)
    assert (row.state, row.act_number, row.noticed_at, row.registered_on) == ("draft", "", None, None)
    later = date(2026, 8, 3)
    row = services.edit_inspection(
        row, values={"start_on": later, "end_on": date(2026, 8, 14)}, actor=officer, at=world.SERVED
    )
    assert services.serve_notice(row, means="account", actor=officer, at=world.SERVED).state == "noticed"


def test_an_urgent_one_is_registered_the_day_after() -> None:
    values: dict[str, Any] = {"ground": "3", "urgent": True, "urgent_reason": "Machines are being carried away."}
    row = world.make_inspection(
        kind="unscheduled", **values, start_on=date(2026, 6, 16), end_on=date(2026, 6, 25), case="144(8)"
    )
    row = services.appoint(row, actor=make.make_user("head"), at=world.SERVED)
    row = services.start_inspection(row, receipt="refused", actor=world.leader(row), at=world.SERVED)
    assert row.state == "running"
    officer = make.make_user("officer")
    with pytest.raises(TransitionRefused) as refused:
        services.register_act(
            row,
            number="E-1",
            registered_on=date(2026, 6, 18),
            actor=officer,
            at=world.SERVED + timedelta(days=2),
        )
    assert codes(refused) == {"B8"}
    row = services.register_act(
        row, number="E-1", registered_on=date(2026, 6, 17), actor=officer, at=world.SERVED + timedelta(days=1)
    )
    assert (row.state, row.registration_number) == ("running", "E-1")


def test_the_subject_sees_nothing_before_it_is_told() -> None:
    row = world.make_inspection()
    party = make.make_applicant(row.organisation)
    assert not type(row).objects.visible_to(party).exists()
    services.serve_notice(row, means="account", actor=make.make_user("officer"), at=world.SERVED)
    assert type(row).objects.visible_to(party).get() == row
    assert not type(row).objects.visible_to(make.make_applicant()).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["sign", "start"])
def test_of_two_who_sign_or_begin_at_once_one_does(step: str) -> None:
    row = world.make_noticed() if step == "sign" else world.make_registered()
    heads = [make.make_user("head"), make.make_user("head")]
    team = [one.person for one in row.team.select_related("person")]
    gate, came = Barrier(2), []

    def act(actor: User) -> None:
        try:
            gate.wait()
            if step == "sign":
                services.appoint(row, actor=actor, at=world.SERVED)
            else:
                services.start_inspection(row, receipt="taken", actor=actor, at=world.START)
            came.append("taken")
        except TransitionRefused as refused:
            came.append(refused.problems[0].code)
        finally:
            connection.close()

    threads = [Thread(target=act, args=[one]) for one in (heads if step == "sign" else team)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["taken", "wrong-state"]
    row.refresh_from_db()
    assert (row.act_number, row.items.count()) == ("IA-2026-00001", 3 if step == "start" else 0)
