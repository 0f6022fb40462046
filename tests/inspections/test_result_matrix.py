"""Every state × step from the site on × role of an inspection: the team hands over, a head who was not there judges."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import advance, choices
from core.workflow import ROLES, TransitionRefused
from inspections import services
from inspections.models import Inspection
from inspections.workflow import INSPECTION
from tests import factories as make
from tests.inspections import world

pytestmark = pytest.mark.django_db
TEAM = "team"


def annulled() -> Inspection:
    reason: dict[str, Any] = {"ending": "Void.", "closed_at": world.START}
    return advance(world.make_noticed(), "annul", actor=make.make_user("head"), at=world.START, **reason)


STATES: dict[str, Callable[[], Inspection]] = {
    "draft": world.make_inspection,
    "noticed": world.make_noticed,
    "appointed": world.make_appointed,
    "registered": world.make_registered,
    "running": lambda: world.make_answered(unmet=("R1",)),
    "curing": world.make_curing,
    "closed": lambda: world.hand_over(world.make_answered()),
    "uncured": lambda: services.find_uncured(
        world.make_curing(), closing="No.", actor=make.make_user("head"), at=world.CURE_PASSED
    ),
    "dropped": lambda: services.drop_inspection(
        world.make_noticed(), reason="x", actor=make.make_user("head"), at=world.SERVED
    ),
    "annulled": annulled,
}


def clean(row: Inspection, actor: User) -> Inspection:
    row.items.update(answer="met")
    return hand(row, actor)


def hand(row: Inspection, actor: User) -> Inspection:
    given: dict[str, Any] = {"cure_by": world.START.date() + timedelta(days=10), "instructions": "Mount meters."}
    return services.hand_result(row, findings="As seen.", receipt="taken", actor=actor, at=world.START, **given)


ACTS: dict[str, Callable[[Inspection, User], Inspection]] = {
    "find_clean": clean,
    "order_cure": hand,
    "accept_cure": lambda row, actor: services.accept_cure(row, closing="Good.", actor=actor, at=world.CURE_PASSED),
    "find_uncured": lambda row, actor: services.find_uncured(row, closing="No.", actor=actor, at=world.CURE_PASSED),
}


def crowd(row: Inspection) -> dict[str, Any]:
    bank = make.make_authority("nbk")
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    return people | {
        "applicant": make.make_applicant(row.organisation),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-head": make.make_user("head", authority=bank),
        "superuser": make.make_user("auditor", is_superuser=True),
        "anonymous": AnonymousUser(),
        TEAM: world.leader(row),
    }


def may(name: str, role: str) -> bool:
    """Officials of the team hand over; heads judge. An inspector who is not on the team does neither."""
    return role == TEAM if name in ("find_clean", "order_cure") else role == "head"


def test_every_step_and_state_of_the_table_stands_here_or_with_the_opening() -> None:
    from_site = {step.name for step in INSPECTION.transitions if {"running", "curing"} & set(step.sources)}
    assert set(ACTS) == from_site - {"annul"}
    assert set(STATES) == {one.name for one in INSPECTION.states}


@pytest.mark.parametrize("state", list(STATES))
def test_who_may_take_a_step_from_a_state(state: str) -> None:
    row = STATES[state]()
    assert row.state == state
    people = crowd(row)
    for name, act in ACTS.items():
        here = state in INSPECTION[name].sources
        for role, actor in people.items():
            offered = actor.is_authenticated and name in {one.step.name for one in choices(row, actor, world.START)}
            assert offered == (may(name, role) and here), (name, role)
            saved = transaction.savepoint()
            if may(name, role) and here:
                assert act(row, actor).state == INSPECTION[name].target
            else:
                with pytest.raises(TransitionRefused if may(name, role) else PermissionDenied):
                    act(row, actor)
            transaction.savepoint_rollback(saved)
            assert Inspection.objects.get(pk=row.pk).state == state, (name, role)
