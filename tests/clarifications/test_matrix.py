"""Every state × transition × role of a clarification: who may, from where, and that nobody else can."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import advance, choices
from core.workflow import ROLES, TransitionRefused
from licensing import services
from licensing.models import Clarification
from licensing.workflow.clarification import CLARIFICATION
from tests import factories as make

pytestmark = pytest.mark.django_db
OUTSIDERS = ("stranger", "foreign-officer", "foreign-head", "superuser", "drafting-head", "dismissed-head", "nobody")
DAY = make.AT.date()


def placed(state: str) -> tuple[Clarification, dict[str, Any]]:
    """A clarification in a state, and the people around it."""
    asker, drafter = make.make_applicant(), make.make_user("head")
    firm = make.make_organisation()
    row = make.make_asked(actor=asker)
    assert row.organisation is not None
    make.make_power_of_attorney(firm, row.organisation, asker)
    row = make.make_drafted(row, officer=drafter)
    if state == "asked":
        row = services.send_back_clarification(row, reason="Again.", actor=make.make_user("officer"), at=make.AT)
    elif state == "recalled":
        row = services.recall_clarification(row, actor=asker, at=make.AT)
    elif state != "drafted":
        row = make.make_signed(row)
    if state in ("published", "superseded"):
        row = make.make_published(row)
    if state == "withdrawn":
        row = services.withdraw_clarification(row, reason="Wrong.", actor=make.make_user("head"), at=make.AT)
    if state == "superseded":
        make.make_signed(replaces=row)
        row.refresh_from_db()
    assert row.state == state
    bank = make.make_authority("nbk")
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    people |= {
        "applicant": asker,
        "representative": make.make_applicant(firm),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-officer": make.make_user("officer", authority=bank),
        "foreign-head": make.make_user("head", authority=bank),
        "superuser": make.make_user("auditor", is_superuser=True),
        "drafting-head": drafter,
        "dismissed-head": make.make_user("head", is_active=False),
        "nobody": AnonymousUser(),
    }
    return row, people


Act = Callable[[Clarification, User], Any]
ACTS: dict[str, Act] = {
    "draft": lambda row, actor: make.make_drafted(row, officer=actor),
    "send_back": lambda row, actor: services.send_back_clarification(row, reason="Why.", actor=actor, at=make.AT),
    "sign": lambda row, actor: services.sign_clarification(row, actor=actor, at=make.AT),
    "publish": lambda row, actor: services.publish_clarification(row, actor=actor, at=make.AT),
    "withdraw": lambda row, actor: services.withdraw_clarification(row, reason="Why.", actor=actor, at=make.AT),
    "supersede": lambda row, actor: advance(row, "supersede", actor=actor, at=make.AT, ended_on=date(2026, 6, 16)),
    "recall": lambda row, actor: services.recall_clarification(row, actor=actor, at=make.AT),
}


def may(name: str, role: str) -> bool:
    """What the table says in words; a head who drafted does everything that a head does, except to sign."""
    if role == "drafting-head":
        return "head" in CLARIFICATION[name].roles and name != "sign"
    return role in CLARIFICATION[name].roles


def cells() -> Iterator[tuple[str, str]]:
    for state in CLARIFICATION.states:
        for step in CLARIFICATION.transitions:
            yield state.name, step.name


def test_every_step_has_its_act() -> None:
    assert set(ACTS) == {step.name for step in CLARIFICATION.transitions}


@pytest.mark.parametrize(("state", "name"), list(cells()))
def test_who_may_take_a_step_from_a_state(state: str, name: str) -> None:
    row, people = placed(state)
    here = state in CLARIFICATION[name].sources
    for role, actor in people.items():
        offered = actor.is_authenticated and name in {one.step.name for one in choices(row, actor, make.AT)}
        assert offered == (may(name, role) and here), role
        saved = transaction.savepoint()
        if may(name, role) and here:
            ACTS[name](row, actor)
            assert Clarification.objects.get(pk=row.pk).state == CLARIFICATION[name].target
        else:
            with pytest.raises(TransitionRefused if may(name, role) else PermissionDenied):
                ACTS[name](row, actor)
        transaction.savepoint_rollback(saved)
        assert Clarification.objects.get(pk=row.pk).state == state, role
