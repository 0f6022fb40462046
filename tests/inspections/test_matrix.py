"""Every state × transition × role of an inspection: who may take a step, and that nobody takes it from elsewhere."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import advance, record
from core.workflow import ROLES, TransitionRefused
from inspections import services
from inspections.models import Inspection
from inspections.workflow import INSPECTION
from tests import factories as make
from tests.inspections import answers, world

pytestmark = pytest.mark.django_db
LEADER, PREPARING_HEAD = "leader", "preparing-head"
#: Steps of this file; those from the start on are judged here for their roles alone, their acts have their own tests.
OPENING = ("serve_notice", "replan", "appoint", "register", "start", "drop")


def crowd(row: Inspection) -> dict[str, Any]:
    """The people around an inspection; one head wrote in its draft, the leader stands on its team."""
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    return people | {
        "applicant": make.make_applicant(row.organisation),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-officer": make.make_user("officer", authority=make.make_authority("nbk")),
        "foreign-head": make.make_user("head", authority=make.make_authority("nbk")),
        "superuser": make.make_user("auditor", is_superuser=True),
        LEADER: world.leader(row),
        "dismissed-head": make.make_user("head", is_active=False),
        "nobody": AnonymousUser(),
    }


MAKERS: dict[str, Callable[[], Inspection]] = {
    "draft": world.make_inspection,
    "noticed": world.make_noticed,
    "appointed": world.make_appointed,
    "registered": world.make_registered,
    "running": world.make_running,
    "curing": answers.make_curing,
    "closed": lambda: world.hand_over(world.make_answered()),
    "uncured": lambda: moved(answers.make_curing(), "uncured"),
    "dropped": lambda: services.drop_inspection(
        world.make_inspection(), reason="x", actor=make.make_user("head"), at=world.SERVED
    ),
    "annulled": lambda: moved(world.make_noticed(), "annulled"),
}


def moved(row: Inspection, state: str) -> Inspection:
    """As it stands in a state whose way there has tests of its own."""
    Inspection.objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    return row


def given(name: str, row: Inspection, actor: User, at: datetime) -> Any:
    acts: dict[str, Callable[..., Any]] = {
        "serve_notice": lambda **who: services.serve_notice(row, means="account", **who),
        "replan": lambda **who: services.replan_inspection(row, reason="Snow.", **who),
        "appoint": lambda **who: services.appoint(row, **who),
        "register": lambda **who: services.register_act(row, number="E-1", registered_on=at.date(), **who),
        "start": lambda **who: services.start_inspection(row, receipt="taken", **who),
        "drop": lambda **who: services.drop_inspection(row, reason="No need.", **who),
    }
    act = acts.get(name, lambda **who: advance(row, name, **who))
    return act(actor=actor, at=at)


def may(name: str, role: str) -> bool:
    """What the table says in words; on site goes only who stands on the team."""
    step = INSPECTION[name]
    if role == LEADER:
        return "inspector" in step.roles
    if step.permission == "inspections.work_on_site":
        return False
    if name == "annul":
        return role == "head"
    return role in step.roles


#: Where the law bars what the table allows: no notice was served, the act is not registered.
UNLAWFUL = {("draft", "appoint"): {"B3"}, ("appointed", "start"): {"B8"}}


def outcome(name: str, row: Inspection, actor: User, at: datetime) -> str | set[str]:
    """What came of a step: taken, denied, or the codes of what refused it. Nothing of it is left."""
    saved = transaction.savepoint()
    try:
        given(name, row, actor, at)
    except PermissionDenied:
        return "denied"
    except TransitionRefused as refused:
        return {one.code for one in refused.problems}
    finally:
        transaction.savepoint_rollback(saved)
    return "taken"


@pytest.mark.parametrize("state", [one.name for one in INSPECTION.states])
def test_who_may_take_a_step_from_a_state(state: str) -> None:
    row = MAKERS[state]()
    assert row.state == state
    people = crowd(row)
    for step in INSPECTION.transitions:
        at = world.START if step.name == "start" else world.SERVED
        for role, actor in people.items():
            came = outcome(step.name, row, actor, at)
            if not may(step.name, role):
                assert came == "denied", (step.name, role)
            elif state not in step.sources:
                late = (state, step.name) == ("running", "register")  # in urgent and remote cases, once
                assert came == ({"registered-before"} if late else {"wrong-state"}), (step.name, role)
            elif step.name in OPENING:
                assert came == UNLAWFUL.get((state, step.name), "taken"), (step.name, role)


@pytest.mark.parametrize("step", ["open", "edit", "set_team"])
def test_a_head_who_prepared_does_not_sign(step: str) -> None:
    head = make.make_user("head")
    row = world.make_noticed()

    record(row, f"inspection.{step}", actor=head, at=world.SERVED)
    with pytest.raises(PermissionDenied):
        services.appoint(row, actor=head, at=world.SERVED)
