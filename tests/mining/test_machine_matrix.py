"""Every state × transition × role of an application about machines: who may, from where, and that nobody else can."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import advance, choices
from core.workflow import ROLES, TransitionRefused
from mining.models import MachineFiling
from mining.models.machines import TRANSFER
from mining.services import (
    change_machines,
    confirm_transfer,
    decide_machines,
    decline_transfer,
    record_consent,
    withdraw_machines,
)
from mining.workflow import MACHINES
from tests import factories as make
from tests.mining import world

pytestmark = pytest.mark.django_db
Act = Callable[[MachineFiling, User], Any]
ACTS: dict[str, Act] = {
    "offer": lambda row, actor: advance(row, "offer", actor=actor, at=make.AT),  # taken as it is filed
    "confirm": lambda row, actor: confirm_transfer(row, actor=actor, at=make.AT),
    "record_consent": lambda row, actor: record_consent(row, paper="A deed.", actor=actor, at=make.AT),
    "decline": lambda row, actor: decline_transfer(row, actor=actor, at=make.AT),
    "grant": lambda row, actor: decide_machines(row, "grant", actor=actor, at=make.AT),
    "refuse": lambda row, actor: decide_machines(row, "refuse", answer="Why.", actor=actor, at=make.AT),
    "withdraw": lambda row, actor: withdraw_machines(row, actor=actor, at=make.AT),
}
BY = {"filed": "confirm", "granted": "grant", "refused": "refuse", "withdrawn": "withdraw", "declined": "decline"}
OF_NEW_OWNER = ("confirm", "decline")


def placed(state: str) -> tuple[MachineFiling, dict[str, Any], dict[str, Any]]:
    """A transfer in a state; the people around it as its owner's side has them, and the new owner's."""
    owner, heir, firm = make.make_applicant(), make.make_applicant(), make.make_organisation()
    bank = make.make_authority("nbk")
    machine = world.registered(owner, 1)[0]
    given: dict[str, Any] = {"authority": make.make_authority(), "actor": owner, "at": make.AT}
    file = change_machines(world.own(owner), [machine.number], TRANSFER, to_owner=world.own(heir).identifier, **given)
    row = MachineFiling.objects.get(reference=file.made)
    make.make_power_of_attorney(firm, row.organisation, owner)
    assert row.to_owner is not None
    make.make_power_of_attorney(others := make.make_organisation(), row.to_owner, heir)
    if state == "granted":
        row = confirm_transfer(row, actor=heir, at=make.AT)
    if state != "offered":
        actor = {"withdrawn": owner, "filed": heir, "declined": heir}.get(state) or make.make_user("officer")
        row = ACTS[BY[state]](row, actor)
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    people |= {
        "applicant": owner,
        "representative": make.make_applicant(firm),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-officer": make.make_user("officer", authority=bank),
        "foreign-head": make.make_user("head", authority=bank),
        "superuser": make.make_user("auditor", is_superuser=True),
        "dismissed-head": make.make_user("head", is_active=False),
        "nobody": AnonymousUser(),
    }
    side = {"applicant": heir, "representative": make.make_applicant(others), "other-side": owner}
    return row, people | {"other-side": heir}, people | side


def test_every_step_has_its_act() -> None:
    assert set(ACTS) == {step.name for step in MACHINES.transitions}


@pytest.mark.parametrize("state", [state.name for state in MACHINES.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row, of_owner, of_new_owner = placed(state)
    for step in MACHINES.transitions:
        here = state in step.sources
        people = of_new_owner if step.name in OF_NEW_OWNER else of_owner
        for role, actor in people.items():
            may = role in step.roles
            known = actor.is_authenticated
            open_steps = {one.step.name for one in choices(row, actor, make.AT)} if known else set()
            assert (step.name in open_steps) == (may and here), (step.name, role)
            if not known:
                continue
            with transaction.atomic():
                if may and here and step.name != "offer":  # nobody is asked again who has agreed
                    assert ACTS[step.name](row, actor).state == step.target
                else:
                    with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                        ACTS[step.name](row, actor)
                transaction.set_rollback(True)
            assert MachineFiling.objects.get(pk=row.pk).state == state
