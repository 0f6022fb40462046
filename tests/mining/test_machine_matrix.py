"""Every state × transition × role of an application about machines: who may, from where, and that nobody else can."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import choices
from core.workflow import ROLES, TransitionRefused
from mining.models import MachineFiling
from mining.services import decide_machines, withdraw_machines
from mining.workflow import MACHINES
from tests import factories as make
from tests.mining import world

pytestmark = pytest.mark.django_db
Act = Callable[[MachineFiling, User], Any]
ACTS: dict[str, Act] = {
    "grant": lambda row, actor: decide_machines(row, "grant", actor=actor, at=make.AT),
    "refuse": lambda row, actor: decide_machines(row, "refuse", answer="Why.", actor=actor, at=make.AT),
    "withdraw": lambda row, actor: withdraw_machines(row, actor=actor, at=make.AT),
}
BY = {"granted": "grant", "refused": "refuse", "withdrawn": "withdraw"}


def placed(state: str) -> tuple[MachineFiling, dict[str, Any]]:
    owner, firm, bank = make.make_applicant(), make.make_organisation(), make.make_authority("nbk")
    row = world.ask(owner, [world.machine_row()])
    make.make_power_of_attorney(firm, row.organisation, owner)
    if state != "filed":
        row = ACTS[BY[state]](row, owner if state == "withdrawn" else make.make_user("officer"))
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
    return row, people


def test_every_step_has_its_act() -> None:
    assert set(ACTS) == {step.name for step in MACHINES.transitions}


@pytest.mark.parametrize("state", [state.name for state in MACHINES.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row, people = placed(state)
    for step in MACHINES.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in step.roles
            known = actor.is_authenticated
            open_steps = {one.step.name for one in choices(row, actor, make.AT)} if known else set()
            assert (step.name in open_steps) == (may and here), (step.name, role)
            if not known:
                continue
            with transaction.atomic():
                if may and here:
                    assert ACTS[step.name](row, actor).state == step.target
                else:
                    with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                        ACTS[step.name](row, actor)
                transaction.set_rollback(True)
            assert MachineFiling.objects.get(pk=row.pk).state == state
