"""Every state × transition × role of a joint act."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import choices
from core.workflow import ROLES, TransitionRefused
from inspections import services
from inspections.models import JointAct
from inspections.workflow import JOINT_ACT
from tests import factories as make
from tests.inspections.acts_world import entered_act

pytestmark = pytest.mark.django_db
ENTERING_HEAD = "entering-head"
DAY = make.AT.date()
ACTS: dict[str, Callable[[JointAct, User], JointAct]] = {
    "propose": lambda row, actor: services.propose_act(row, actor=actor, at=make.AT),
    "send_back": lambda row, actor: services.send_back_act(row, remark="Item 2.", actor=actor, at=make.AT),
    "confirm": lambda row, actor: services.confirm_act(row, actor=actor, at=make.AT),
    "end": lambda row, actor: services.end_act(
        row, repealed=DAY + timedelta(days=9), remark="Repealed.", actor=actor, at=make.AT
    ),
    "drop": lambda row, actor: services.drop_act(row, actor=actor, at=make.AT),
}
#: From the draft to each state.
WAYS = {"draft": (), "proposed": ("propose",), "confirmed": ("propose", "confirm"),
        "ended": ("propose", "confirm", "end"), "dropped": ("drop",)}  # fmt: skip


def placed(state: str) -> tuple[JointAct, dict[str, Any]]:
    """An act in a state that a head entered and proposed, and the people around it."""
    entering, bank = make.make_user("head"), make.make_authority("nbk")
    row = entered_act(actor=entering)
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "applicant")}
    for step in WAYS[state]:
        row = ACTS[step](row, entering if step in ("propose", "drop") else make.make_user("head"))
    return row, people | {
        "applicant": make.make_applicant(),
        "system": make.make_system_user(),
        "foreign-officer": make.make_user("officer", authority=bank),
        "foreign-head": make.make_user("head", authority=bank),
        "superuser": make.make_user("auditor", is_superuser=True),
        ENTERING_HEAD: entering,
        "dismissed-head": make.make_user("head", is_active=False),
        "nobody": AnonymousUser(),
    }


def may(name: str, role: str) -> bool:
    """What the table says in words; who entered an act neither confirms, sends back nor ends it."""
    if role == ENTERING_HEAD:
        return JOINT_ACT[name].permission == "inspections.enter_joint_act"
    return role in JOINT_ACT[name].roles


def test_every_step_has_its_act() -> None:
    assert set(ACTS) == {step.name for step in JOINT_ACT.transitions}


@pytest.mark.parametrize("state", [one.name for one in JOINT_ACT.states])
def test_who_may_take_a_step_from_a_state(state: str) -> None:
    row, people = placed(state)
    for step in JOINT_ACT.transitions:
        here = state in step.sources
        for role, actor in people.items():
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, make.AT)}
            assert offered == (may(step.name, role) and here), (step.name, role)
            saved = transaction.savepoint()
            if may(step.name, role) and here:
                assert ACTS[step.name](row, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if may(step.name, role) else PermissionDenied):
                    ACTS[step.name](row, actor)
            transaction.savepoint_rollback(saved)
            assert JointAct.objects.get(pk=row.pk).state == state, (step.name, role)
