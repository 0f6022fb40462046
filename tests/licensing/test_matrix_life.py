"""Every state × transition × role of breaches and measures: who may, from where, and that nobody else can."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import Event, User
from core.services import choices
from core.workflow import TransitionRefused
from law.life import suspension_grounds
from licensing import services
from licensing.models import Breach, Licence, Measure
from licensing.services.endings import let_fall
from licensing.workflow import BREACH, MEASURE
from tests import factories as make
from tests.licensing.test_matrix import DAY, LATER, cells, each_role, make_people

pytestmark = pytest.mark.django_db
GROUND = suspension_grounds("mining-licence-1", DAY)[1].ground()


@dataclass
class World:
    licence: Licence
    breach: Breach
    suspension: Measure
    claim: Measure
    people: dict[str, User]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Built once, in a transaction that the module's end rolls back."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]  # untyped by pytest-django
        licence = make.make_licence()
        officer = make.make_user("officer")
        breach = make.make_breach(licence, officer=officer)
        yield World(
            licence,
            breach,
            make.hear_holder(make.make_measure(licence, officer=officer)),
            make.hear_holder(make.make_measure(licence, act="revoke", officer=officer)),
            make_people(licence.application),
        )
        transaction.set_rollback(True)


@pytest.fixture
def cell(world: World) -> Iterator[World]:
    """What a cell does is undone after it."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


def settle(name: str, more: dict[str, Any], breach: Breach, actor: User) -> object:
    return services.settle_breach(breach, name, text="Seen.", actor=actor, at=LATER, **more)


SETTLE: dict[str, dict[str, Any]] = {"cure": {"cured_on": DAY}, "dismiss": {}, "close": {}}
BREACH_ACTS: dict[str, Callable[[Breach, User], object]] = {
    "explain": lambda b, u: services.explain_breach(b, explanation="A cable was cut.", actor=u, at=LATER),
    **{name: partial(settle, name, more) for name, more in SETTLE.items()},
}


def fall_away(measure: Measure, actor: User) -> object:
    """As the end of the licence does."""
    Licence.objects.filter(pk=measure.licence_id).update(
        state="surrendered", ended_on=DAY, cause="APP-1", ground={"code": "permit.ending.5"}
    )
    return let_fall(measure, Licence.objects.get(pk=measure.licence_id), actor=actor, at=LATER)


JUDGMENT: dict[str, Any] = {"judgment_on": DAY, "judgment_in_force_on": DAY}
MEASURE_ACTS: dict[str, Callable[[Measure, User], object]] = {
    "countersign": lambda m, u: services.countersign_measure(m, actor=u, at=LATER),
    "decide": lambda m, u: services.decide_measure(m, actor=u, at=LATER, confirmation="It applies."),
    "file": lambda m, u: services.file_claim(
        m, court="Court", claim_reference="1", filed_on=DAY, confirmation="It applies.", actor=u, at=LATER
    ),
    "hear": lambda m, u: services.enter_court_hearing(m, heard_on=DAY, actor=u, at=LATER),
    "uphold": lambda m, u: services.carry_out_judgment(m, **JUDGMENT, actor=u, at=LATER),
    "reject": lambda m, u: services.end_measure(m, "reject", text="Dismissed.", judgment_on=DAY, actor=u, at=LATER),
    "drop": lambda m, u: services.end_measure(m, "drop", text="Cured meanwhile.", actor=u, at=LATER),
    "fall_away": lambda m, u: fall_away(m, u),
}


def test_every_transition_has_its_act() -> None:
    assert set(BREACH_ACTS) == {step.name for step in BREACH.transitions}
    assert set(MEASURE_ACTS) == {step.name for step in MEASURE.transitions}


@pytest.mark.parametrize(("state", "name"), cells(BREACH))
def test_breach(cell: World, state: str, name: str) -> None:
    step, here = BREACH[name], state in BREACH[name].sources
    ended = BREACH.state(state).final
    Breach.objects.filter(pk=cell.breach.pk).update(
        state=state, closed_at=make.AT if ended else None, cured_on=DAY if state == "cured" else None
    )
    breach = Breach.objects.get(pk=cell.breach.pk)
    if name == "close" and not ended:  # what followed the breach: another body has answered
        row = services.refer_breach(
            breach, body=make.make_authority("police"), text="Look.", actor=cell.people["officer"], at=LATER
        )
        services.answer_referral(row, answer="Seen.", answered_on=DAY, actor=cell.people["officer"], at=LATER)
        breach.refresh_from_db()
    for role, actor in each_role(cell.people):
        may = role in step.roles
        offered = actor.is_authenticated and name in {choice.step.name for choice in choices(breach, actor, LATER)}
        assert offered == (may and here), role
        if may and here:
            BREACH_ACTS[name](breach, actor)
        else:
            with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                BREACH_ACTS[name](breach, actor)
        assert Breach.objects.get(pk=breach.pk).state == (step.target if may and here else state), role


def place(cell: World, name: str, state: str) -> Measure:
    """A measure in a state: the claim where the step or the state is a court's, else the suspension."""
    courts = name in ("file", "hear", "uphold", "reject") or state in ("filed", "heard", "dismissed")
    measure = cell.claim if courts else cell.suspension
    ended = MEASURE.state(state).final
    Measure.objects.filter(pk=measure.pk).update(
        state=state,
        closed_at=make.AT if ended else None,
        filed_on=DAY if courts else None,
        court="Court" if courts else "",
        judgment_on=DAY if courts and state == "in_effect" else None,
        judgment_in_force_on=DAY if courts and state == "in_effect" else None,
    )
    return Measure.objects.get(pk=measure.pk)


@pytest.mark.parametrize(("state", "name"), cells(MEASURE))
def test_measure(cell: World, state: str, name: str) -> None:
    step, here = MEASURE[name], state in MEASURE[name].sources
    measure = place(cell, name, state)
    effects = {"decide": "suspended", "uphold": "revoked", "fall_away": "surrendered"}
    for role, actor in each_role(cell.people):
        may = role in step.roles
        if may and here:
            MEASURE_ACTS[name](measure, actor)
        else:
            with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                MEASURE_ACTS[name](measure, actor)
        now = Measure.objects.get(pk=measure.pk)
        assert now.state == (step.target if may and here else state), role
        licence = Licence.objects.get(pk=cell.licence.pk)
        assert licence.state == (effects.get(name, "in_force") if may and here else "in_force"), role


def test_who_proposed_or_opened_does_not_decide(cell: World) -> None:
    """A head who proposed, countersigned, or opened the breach behind it is no longer free to decide."""
    head = make.make_user("head")
    breach = make.make_breach(cell.licence, officer=head)
    measure = make.make_measure(cell.licence, act="close", officer=make.make_user("officer"), breach=breach)
    signed = services.countersign_measure(measure, actor=make.make_user("officer"), at=LATER)
    with pytest.raises(PermissionDenied):
        services.decide_measure(signed, actor=head, at=LATER, confirmation="Yes.")
    with pytest.raises(PermissionDenied):
        services.settle_breach(breach, "dismiss", text="No.", actor=head, at=LATER + timedelta(days=1))
    with pytest.raises(PermissionDenied):
        services.countersign_measure(cell.suspension, actor=proposer(cell.suspension), at=LATER)


def proposer(measure: Measure) -> User:
    return Event.objects.of(measure).get(verb="measure.propose").actor
