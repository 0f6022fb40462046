"""Every state × transition × role of an objection: who may, from where, and that nobody else can."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import choices
from core.workflow import ROLES, TransitionRefused
from licensing import services
from licensing.models import Objection
from licensing.workflow.objection import OBJECTION
from tests import factories as make

pytestmark = pytest.mark.django_db
Act = Callable[[Objection, User], Any]
ACTS: dict[str, Act] = {
    "uphold": lambda row, actor: services.answer_objection(row, "uphold", answer="Done.", actor=actor, at=make.AT),
    "reject": lambda row, actor: services.answer_objection(row, "reject", answer="Why.", actor=actor, at=make.AT),
    "take_back": lambda row, actor: services.take_back_objection(row, actor=actor, at=make.AT),
}
BY = {"upheld": "uphold", "rejected": "reject", "taken_back": "take_back"}


def placed(state: str) -> tuple[Objection, dict[str, Any]]:
    """An objection in a state, and the people around it."""
    person, firm, bank = make.make_sole_trader(), make.make_organisation(), make.make_authority("nbk")
    row = make.make_objection(actor=person)
    make.make_power_of_attorney(firm, row.organisation, person)
    if state != "filed":
        row = ACTS[BY[state]](row, person if state == "taken_back" else make.make_user("officer"))
    assert row.state == state
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    people |= {
        "applicant": person,
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
    assert set(ACTS) == {step.name for step in OBJECTION.transitions}


@pytest.mark.parametrize("state", [state.name for state in OBJECTION.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row, people = placed(state)
    for step in OBJECTION.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in step.roles
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, make.AT)}
            # answers are written in the form: until then the step is offered with what blocks it
            assert offered == (may and here), (step.name, role)
            saved = transaction.savepoint()
            if may and here:
                assert ACTS[step.name](row, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied):
                    ACTS[step.name](row, actor)
            transaction.savepoint_rollback(saved)
            assert Objection.objects.get(pk=row.pk).state == state, (step.name, role)
