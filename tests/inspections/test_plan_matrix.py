"""Every state × transition × role of a plan, on paper and of the automated system."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import advance, choices
from core.workflow import ROLES, TransitionRefused
from inspections.models import ControlPlan
from inspections.services import plans
from inspections.services.plan_rows import take_out
from inspections.workflow import PLAN
from tests import factories as make
from tests.inspections.planning import FORMED, make_plan

pytestmark = pytest.mark.django_db
FORMING_HEAD = "forming-head"


def crowd(forming: User) -> dict[str, Any]:
    foreign = make.make_authority("afsa")
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    return people | {
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-head": make.make_user("head", authority=foreign),
        "superuser": make.make_user("auditor", is_superuser=True),
        FORMING_HEAD: forming,
        "dismissed-head": make.make_user("head", is_active=False),
        "nobody": AnonymousUser(),
    }


def placed(state: str, mode: str = "paper") -> tuple[ControlPlan, dict[str, Any]]:
    """A plan in a state, and the people around it; a head formed it."""
    forming, head = make.make_user("head"), make.make_user("head")
    row = make_plan(20, mode=mode, actor=forming)
    if state in ("approved", "sent", "published", "replaced") and mode == "paper":
        row = plans.approve_plan(row, actor=head, at=FORMED)
    if state == "sent":
        row = plans.send_plan(row, sent_on=FORMED.date(), actor=head, at=FORMED)
    if state in ("published", "replaced"):
        row = plans.publish_plan(row, actor=head, at=FORMED)
    if state == "replaced":
        row = advance(row, "replace", actor=head, at=FORMED)
    if state == "dropped":
        row = plans.drop_plan(row, reason="x", actor=head, at=FORMED)
    assert row.state == state
    return row, crowd(forming)


ACTS: dict[str, Callable[[ControlPlan, User], Any]] = {
    "approve": lambda row, actor: plans.approve_plan(row, actor=actor, at=FORMED),
    "send": lambda row, actor: plans.send_plan(row, sent_on=FORMED.date(), actor=actor, at=FORMED),
    "publish": lambda row, actor: plans.publish_plan(row, actor=actor, at=FORMED),
    "replace": lambda row, actor: advance(row, "replace", actor=actor, at=FORMED),
    "drop": lambda row, actor: plans.drop_plan(row, reason="Why.", actor=actor, at=FORMED),
}


def may(name: str, role: str) -> bool:
    """What the table says; who formed a plan neither approves nor drops it."""
    if role == FORMING_HEAD:
        return "head" in PLAN[name].roles and name not in ("approve", "drop")
    return role in PLAN[name].roles


def test_every_step_has_its_act() -> None:
    assert set(ACTS) == {step.name for step in PLAN.transitions}


@pytest.mark.parametrize("state", [one.name for one in PLAN.states])
def test_who_may_take_a_step_from_a_state(state: str) -> None:
    row, people = placed(state)
    for name, act in ACTS.items():
        here = state in PLAN[name].sources
        lawful = here and not (name == "publish" and state == "formed")  # on paper nothing is published unapproved
        for role, actor in people.items():
            offered = actor.is_authenticated and name in {one.step.name for one in choices(row, actor, FORMED)}
            assert offered == (may(name, role) and here), (name, role)
            saved = transaction.savepoint()
            if may(name, role) and lawful:
                act(row, actor)
                assert ControlPlan.objects.get(pk=row.pk).state == PLAN[name].target
            else:
                with pytest.raises(TransitionRefused if may(name, role) else PermissionDenied):
                    act(row, actor)
            transaction.savepoint_rollback(saved)
            assert ControlPlan.objects.get(pk=row.pk).state == state, (name, role)


def test_the_automated_system_needs_no_approval_and_gets_none() -> None:
    row, people = placed("formed", "automated")
    with pytest.raises(TransitionRefused, match="plan-automated"):
        ACTS["approve"](row, people["head"])
    assert plans.publish_plan(row, actor=people["system"], at=FORMED).state == "published"


def test_who_changed_a_row_does_not_approve_the_plan() -> None:
    head = make.make_user("head")
    row = make_plan(40, mode="paper")
    entry = row.entries.first()
    assert entry is not None
    row = take_out(entry, reason="Merged.", actor=head, at=FORMED)
    with pytest.raises(PermissionDenied):
        plans.approve_plan(row, actor=head, at=FORMED)
