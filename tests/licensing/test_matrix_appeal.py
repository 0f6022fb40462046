"""Every state × transition × role of appeals; in a module of its own, whose world no other test sees."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import choices
from core.workflow import ROLES, TransitionRefused
from licensing import services
from licensing.models import Appeal
from licensing.workflow.appeal import APPEAL
from tests import factories as make
from tests.licensing.test_appeals import DAY, LATER, answer
from tests.licensing.test_matrix import OUTSIDERS, make_people

pytestmark = pytest.mark.django_db


ACTS: dict[str, Callable[[Appeal, User], object]] = {
    "forward": lambda a, u: services.forward_appeal(a, body=a.authority, actor=u, at=LATER),
    "satisfy": lambda a, u: answer(a, "satisfy", u),
    "not_admit": lambda a, u: answer(a, "not_admit", u, barred="not_entitled"),
    "hear": lambda a, u: services.enter_hearing(a, heard_on=DAY, text="", actor=u, at=LATER),
    "annul": lambda a, u: answer(a, "annul", u),
    "change": lambda a, u: answer(a, "change", u),
    "uphold": lambda a, u: answer(a, "uphold", u),
    "lapse": lambda a, u: services.lapse_appeal(a, day=DAY, actor=u, at=LATER),
    "withdraw": lambda a, u: services.withdraw_appeal(a, actor=u, at=LATER),
    "go_to_court": lambda a, u: services.record_claim(a, court_on=DAY, court_number="1", actor=u, at=LATER),
    "lose_in_court": lambda a, u: services.enter_judgment(
        a, annulled=True, judged_on=DAY, text="Annulled.", actor=u, at=LATER
    ),
    "win_in_court": lambda a, u: services.enter_judgment(
        a, annulled=False, judged_on=DAY, text="Stands.", actor=u, at=LATER
    ),
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Appeal, dict[str, User]]]:
    """Built once, in a transaction that the module's end rolls back."""
    with django_db_blocker.unblock(), transaction.atomic():
        make.make_system_user()
        appeal = make.make_appeal()
        yield appeal, make_people(appeal.case)
        transaction.set_rollback(True)


@pytest.fixture
def cell(world: tuple[Appeal, dict[str, User]]) -> Iterator[tuple[Appeal, dict[str, User]]]:
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


def place(appeal: Appeal, state: str) -> Appeal:
    """The appeal in a state, with what belongs to it."""
    closed = state not in ("filed", "forwarded", "heard")
    Appeal.objects.filter(pk=appeal.pk).update(
        state=state,
        closed_at=make.AT if closed else None,
        barred="late" if state == "not_admitted" else "",
        court_on=DAY if "court" in state else None,
    )
    return Appeal.objects.get(pk=appeal.pk)


def test_every_transition_has_its_act() -> None:
    assert set(ACTS) == {step.name for step in APPEAL.transitions}


@pytest.mark.parametrize("name", [step.name for step in APPEAL.transitions])
@pytest.mark.parametrize("state", [state.name for state in APPEAL.states])
def test_every_role_in_every_state(cell: tuple[Appeal, dict[str, User]], state: str, name: str) -> None:
    step, here = APPEAL[name], state in APPEAL[name].sources
    for role in (*ROLES, *OUTSIDERS):
        actor, appeal = cell[1][role], place(cell[0], state)
        may = role in step.roles
        known = actor.is_authenticated and name in {one.step.name for one in choices(appeal, actor, LATER)}
        assert known == (may and here), role
        with transaction.atomic():
            if may and here:
                ACTS[name](appeal, actor)
                assert Appeal.objects.get(pk=appeal.pk).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                    ACTS[name](appeal, actor)
                assert Appeal.objects.get(pk=appeal.pk).state == state
            transaction.set_rollback(True)
