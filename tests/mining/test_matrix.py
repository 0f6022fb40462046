"""Every state × transition × role of a data centre and of an assessment."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import Stateful, User
from core.services import choices
from core.workflow import ROLES, TransitionRefused, Workflow
from mining import services
from mining.workflow import ASSESSMENT, CENTRE
from tests import factories as make
from tests.mining.centres import answered, make_centre, open_assessment, signed

pytestmark = pytest.mark.django_db
PREPARING_HEAD = "preparing-head"


def crowd(party: User, preparing: User) -> dict[str, Any]:
    firm = make.make_organisation()
    make.make_power_of_attorney(firm, party.organisations(make.AT.date()).get(), party)
    bank = make.make_authority("nbk")
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    return people | {
        "applicant": party,
        "representative": make.make_applicant(firm),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-officer": make.make_user("officer", authority=bank),
        "foreign-head": make.make_user("head", authority=bank),
        "superuser": make.make_user("auditor", is_superuser=True),
        PREPARING_HEAD: preparing,
        "dismissed-head": make.make_user("head", is_active=False),
        "nobody": AnonymousUser(),
    }


def placed(table: Workflow, state: str) -> tuple[Stateful, dict[str, Any]]:
    """A case in a state, and the people around it."""
    party, preparing = make.make_applicant(), make.make_user("head")
    centre = make_centre(owner=party.organisations(make.AT.date()).get())
    people = crowd(party, preparing)
    officer, day = make.make_user("officer"), make.AT.date()
    if table is CENTRE:
        if state == "closed":
            centre = services.close_centre(centre, closed_on=day, reason="Gone.", actor=officer, at=make.AT)
        return centre, people
    row = answered(open_assessment(centre, actor=preparing), actor=preparing)
    if state == "proposed":
        row = services.propose_assessment(row, actor=preparing, at=make.AT)
    elif state == "signed":
        row = signed(row, actor=preparing)
    elif state == "dropped":
        row = services.drop_assessment(row, reason="x", actor=preparing, at=make.AT)
    assert row.state == state
    return row, people


ACTS: dict[tuple[str, str], Callable[[Any, User], Any]] = {
    ("centre", "close"): lambda row, actor: services.close_centre(
        row, closed_on=make.AT.date(), reason="Gone.", actor=actor, at=make.AT
    ),
    ("assessment", "propose"): lambda row, actor: services.propose_assessment(row, actor=actor, at=make.AT),
    ("assessment", "send_back"): lambda row, actor: services.send_back_assessment(
        row, reason="Why.", actor=actor, at=make.AT
    ),
    ("assessment", "sign_off"): lambda row, actor: services.sign_assessment(row, actor=actor, at=make.AT),
    ("assessment", "drop"): lambda row, actor: services.drop_assessment(row, reason="Why.", actor=actor, at=make.AT),
}
TABLES = (CENTRE, ASSESSMENT)


def may(table: Workflow, name: str, role: str) -> bool:
    """What the table says in words; who prepared an assessment neither signs it off nor sends it back."""
    if role == PREPARING_HEAD:
        return "head" in table[name].roles and table[name].permission != "mining.sign_assessment"
    return role in table[name].roles


def cells() -> Iterator[tuple[Workflow, str, str]]:
    for table in TABLES:
        for state in table.states:
            for step in table.transitions:
                yield table, state.name, step.name


def test_every_step_has_its_act() -> None:
    assert set(ACTS) == {(table.name, step.name) for table in TABLES for step in table.transitions}


CELLS = list(cells())


@pytest.mark.parametrize(
    ("table", "state", "name"), CELLS, ids=[f"{table.name}-{state}-{name}" for table, state, name in CELLS]
)
def test_who_may_take_a_step_from_a_state(table: Workflow, state: str, name: str) -> None:
    row, people = placed(table, state)
    here = state in table[name].sources
    for role, actor in people.items():
        offered = actor.is_authenticated and name in {one.step.name for one in choices(row, actor, make.AT)}
        assert offered == (may(table, name, role) and here), role
        saved = transaction.savepoint()
        if may(table, name, role) and here:
            ACTS[table.name, name](row, actor)
            assert type(row).objects.get(pk=row.pk).state == table[name].target  # type: ignore[attr-defined]
        else:
            with pytest.raises(TransitionRefused if may(table, name, role) else PermissionDenied):
                ACTS[table.name, name](row, actor)
        transaction.savepoint_rollback(saved)
        assert type(row).objects.get(pk=row.pk).state == state, role  # type: ignore[attr-defined]
