"""Every state × transition × role of what subjects file: FILING and ANNULMENT."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import advance, choices
from core.workflow import ROLES, TransitionRefused, Workflow
from inspections import services
from inspections.services.annulments import lapse
from inspections.workflow import ANNULMENT, FILING
from tests import factories as make
from tests.inspections import answers, world

pytestmark = pytest.mark.django_db
AT = answers.ASKED


def swept(actor: Any) -> Any:
    """The event that a sweep would have written after the term."""
    return SimpleNamespace(actor=actor, at=AT + timedelta(days=30))


ACTS: dict[tuple[str, str], Callable[[Any, User], Any]] = {
    ("filing", "note"): lambda row, actor: services.note_filing(row, actor=actor, at=AT),
    ("filing", "grant"): lambda row, actor: services.grant_prolong(row, until=answers.LATER, actor=actor, at=AT),
    ("filing", "refuse"): lambda row, actor: services.refuse_prolong(row, answer="No.", actor=actor, at=AT),
    ("filing", "withdraw"): lambda row, actor: services.withdraw_filing(row, actor=actor, at=AT),
    ("filing", "fall_away"): lambda row, actor: services.drop_request(row, actor=actor, at=AT),
    ("annulment", "grant"): lambda row, actor: services.grant_annulment(row, answer="Yes.", actor=actor, at=AT),
    ("annulment", "refuse"): lambda row, actor: services.refuse_annulment(row, answer="No.", actor=actor, at=AT),
    ("annulment", "lapse"): lambda row, actor: lapse(row, row.due_on, swept(actor)),
    ("annulment", "confirm"): lambda row, actor: services.confirm_annulment(row, actor=actor, at=AT),
    ("annulment", "withdraw"): lambda row, actor: services.withdraw_annulment(row, actor=actor, at=AT),
}
TABLES = (FILING, ANNULMENT)
#: Acts that a head with a hand in the inspection may not take.
CLEAN = {("annulment", "grant"), ("annulment", "refuse"), ("annulment", "confirm")}


def people_of(row: Any) -> dict[str, Any]:
    firm = make.make_organisation()
    make.make_power_of_attorney(firm, row.organisation, row.filed_by)
    bank = make.make_authority("nbk")
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    return people | {
        "applicant": row.filed_by,
        "representative": make.make_applicant(firm),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-head": make.make_user("head", authority=bank),
        "appointing-head": row.inspection.act_signed_by,
        "nobody": AnonymousUser(),
    }


def may(table: Workflow, name: str, role: str) -> bool:
    if role == "appointing-head":
        return "head" in table[name].roles and (table.name, name) not in CLEAN
    return role in table[name].roles


def placed(table: Workflow, state: str, name: str) -> Any:
    """A row in a state: a request, but for what is noted an objection."""
    head = make.make_user("head")
    if table is ANNULMENT:
        row: Any = answers.make_lapsed() if state in ("lapsed", "confirmed") else answers.make_annulment()
        acts: dict[str, str] = {"granted": "grant", "refused": "refuse", "confirmed": "confirm"}
    else:
        noted = state == "noted" or (name == "note" and state in ("filed", "withdrawn"))
        kind = "objection" if noted else "prolong"
        row = answers.make_filing(kind)
        acts = {"noted": "note", "granted": "grant", "refused": "refuse", "void": "fall_away"}
        if state == "void" or name == "fall_away":
            end: dict[str, Any] = {"closing": "Cured.", "closed_at": AT}
            if state == "granted":
                row = ACTS["filing", "grant"](row, head)
            advance(row.inspection, "accept_cure", actor=head, at=AT, **end)
            row = type(row).objects.get(pk=row.pk)
    if state == "withdrawn":
        row = ACTS[table.name, "withdraw"](row, row.filed_by)
    elif state in acts and row.state != state:
        row = ACTS[table.name, acts[state]](row, head)
    assert row.state == state
    return row


#: Steps that are asked of one row: a request, an objection, a request whose order is over.
GROUPS = {
    FILING: [("grant", "refuse", "withdraw"), ("note",), ("fall_away",)],
    ANNULMENT: [tuple(step.name for step in ANNULMENT.transitions)],
}
CELLS = [(table, state.name, names) for table in TABLES for state in table.states for names in GROUPS[table]]


def test_every_step_has_its_act() -> None:
    assert set(ACTS) == {(table.name, step.name) for table in TABLES for step in table.transitions}


@pytest.mark.parametrize(
    ("table", "state", "names"), CELLS, ids=[f"{table.name}-{state}-{names[0]}" for table, state, names in CELLS]
)
def test_who_may_take_a_step_from_a_state(table: Workflow, state: str, names: tuple[str, ...]) -> None:
    row = placed(table, state, names[0])
    people = people_of(row)
    for name, (role, actor) in product(names, people.items()):
        here = state in table[name].sources
        offered = actor.is_authenticated and name in {one.step.name for one in choices(row, actor, AT)}
        assert offered == (may(table, name, role) and here), (name, role)
        saved = transaction.savepoint()
        if may(table, name, role) and here:
            assert ACTS[table.name, name](row, actor).state == table[name].target
        else:
            with pytest.raises(TransitionRefused if may(table, name, role) else PermissionDenied):
                ACTS[table.name, name](row, actor)
        transaction.savepoint_rollback(saved)
        assert type(row).objects.get(pk=row.pk).state == state, (name, role)


def test_who_was_on_site_decides_nothing() -> None:
    row = answers.make_filing("prolong")
    lead = world.leader(row.inspection)
    type(lead).objects.filter(pk=lead.pk).update(role="head")
    lead.refresh_from_db()
    with pytest.raises(PermissionDenied):
        ACTS["filing", "grant"](row, lead)
