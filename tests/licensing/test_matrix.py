"""Every state × transition × role of both workflows: who may, from where, and that nobody else can.

The cells come from the tables themselves; an object is placed in a state by a raw update, every role tries its hand,
and what each did is put back.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import User
from core.services import advance, choices
from core.workflow import PARTY, ROLES, Transition, TransitionRefused, Workflow
from licensing import permits, services
from licensing.models import Application, Hearing, Licence, Recommendation
from licensing.services.abolition import discontinue
from licensing.workflow import APPLICATION, LICENCE, LIVE
from tests import factories as make

#: Beside the product's roles: people who must never get anywhere, whatever the state.
OUTSIDERS = (
    "stranger",
    "foreign-officer",
    "foreign-head",
    "superuser",
    "dismissed-head",
    "lapsed-representative",
    "revoked-member",
    "unconfirmed-member",
    "nobody",
)
LATER = make.AT + timedelta(hours=5)
pytestmark = pytest.mark.django_db  # without it, alone, these tests would run on the database of the demo
DAY = make.AT.date()


@dataclass
class World:
    application: Application
    licence: Licence
    preparer: User
    countersigner: User
    people: dict[str, User]


def make_people(application: Application) -> dict[str, User]:
    """One person per role and outsider, as each stands to the application."""
    client, firm, lapsed = application.organisation, make.make_organisation(), make.make_organisation()
    member = application.created_by
    make.make_power_of_attorney(firm, client, member)
    make.make_power_of_attorney(lapsed, client, member, valid_to=date(2025, 1, 31))
    bank = make.make_authority("nbk")
    revoked, unconfirmed = make.make_user(), make.make_user()
    make.make_membership(revoked, client, revoked_at=make.AT, revoked_by=member)
    make.make_membership(unconfirmed, client, confirmed_at=None, confirmed_by=None)
    return {
        "applicant": member,
        "representative": make.make_applicant(firm),
        "officer": make.make_user("officer"),
        "head": make.make_user("head"),
        "inspector": make.make_user("inspector"),
        "administrator": make.make_user("administrator"),
        "auditor": make.make_user("auditor"),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-officer": make.make_user("officer", authority=bank),
        "foreign-head": make.make_user("head", authority=bank),
        "superuser": make.make_user("administrator", is_superuser=True),
        "dismissed-head": make.make_user("head", is_active=False),
        "lapsed-representative": make.make_applicant(lapsed),
        "revoked-member": revoked,
        "unconfirmed-member": unconfirmed,
        "nobody": AnonymousUser(),  # type: ignore[dict-item]
    }


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Built once, in a transaction that the module's end rolls back."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]  # untyped by pytest-django
        make.make_pool()
        application = make.make_draft()
        yield World(
            application,
            make.make_licence(),
            make.make_user("officer"),
            make.make_user("officer"),
            make_people(application),
        )
        transaction.set_rollback(True)


@pytest.fixture
def cell(world: World) -> Iterator[World]:
    """What a cell does is undone after it."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


def place(world: World, state: str, outcome: str) -> Application:
    """The application in a state, with what belongs to it: days, reasons, a countersigned recommendation."""
    application = world.application
    filed, ended = state != "draft", APPLICATION.state(state).final
    reasons = ["permit.refusal.3"] if state in ("refused", "refused_consideration") else []
    reviewed = state in ("in_review", "recommended", "countersigned", "granted", "refused")
    Application.objects.filter(pk=application.pk).update(
        state=state,
        submitted_at=make.AT if filed else None,
        filed_on=DAY if filed else None,
        accepted_at=make.AT if reviewed else None,
        closed_at=make.AT if ended else None,
        reasons=reasons,
        deemed_on=DAY if state == "deemed" else None,
    )
    if state == "countersigned" and outcome == "refuse":
        Hearing.objects.create(
            subject_type="licensing.application",
            subject_id=application.pk,
            act="refuse",
            hearing_on=DAY,
            place="Room 1",
            announced_by=world.preparer,
            announced_at=make.AT,
            waived_at=make.AT,
        )
    if state in ("recommended", "countersigned", "granted", "refused"):
        Recommendation.objects.create(
            application=application,
            outcome=outcome,
            reasons=["permit.refusal.3"] if outcome == "refuse" else [],
            text="As found.",
            made_by=world.preparer,
            made_at=make.AT,
            countersigned_by=world.countersigner if state != "recommended" else None,
            countersigned_at=make.AT if state != "recommended" else None,
        )
    return Application.objects.get(pk=application.pk)


def end_with_its_kind(application: Application, actor: User) -> object:
    """As the sweep does, were the kind abolished."""
    ended = replace(application.permit, abolished_by="secured-asset-permit.abolition")
    assert ended.abolition is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(permits._KINDS, application.kind, ended)
        return discontinue(application, ended.abolition, actor=actor, at=LATER)


#: How the product takes each transition: through its service.
ACTS: dict[str, Callable[[Application, User], object]] = {
    "submit": lambda a, u: services.submit_application(a, actor=u, at=LATER),
    "accept": lambda a, u: services.accept_application(a, actor=u, at=LATER),
    "refuse_consideration": lambda a, u: services.refuse_consideration(
        a, reasons=["permit.incomplete.3"], text="A paper is missing.", actor=u, at=LATER
    ),
    "recommend": lambda a, u: services.recommend(a, outcome="grant", text="As found.", actor=u, at=LATER),
    "countersign": lambda a, u: services.countersign(a, actor=u, at=LATER),
    "return_to_review": lambda a, u: services.return_to_review(a, reason="Look again.", actor=u, at=LATER),
    "grant": lambda a, u: services.decide_application(a, outcome="grant", actor=u, at=LATER, confirmation="Yes."),
    "refuse": lambda a, u: services.decide_application(a, outcome="refuse", actor=u, at=LATER, confirmation="Yes."),
    "reopen": lambda a, u: services.reopen_application(a, cause="APL-2026-000001", actor=u, at=LATER),
    "deem": lambda a, u: advance(a, "deem", actor=u, at=LATER, deemed_on=DAY),
    "confirm_silence": lambda a, u: services.confirm_silence(a, actor=u, at=LATER),
    "deny_silence": lambda a, u: services.deny_silence(a, reason="It was paused.", actor=u, at=LATER),
    "discontinue": lambda a, u: end_with_its_kind(a, u),
    "withdraw": lambda a, u: services.withdraw_application(a, actor=u, at=LATER),
}


def cells(workflow: Workflow) -> list[tuple[str, str]]:
    return [(state.name, step.name) for step in workflow.transitions for state in workflow.states]


def each_role(people: Mapping[str, User]) -> Iterator[tuple[str, User]]:
    """Every person in turn; what he does is undone before the next."""
    for role in (*ROLES, *OUTSIDERS):
        with transaction.atomic():
            yield role, people[role]
            transaction.set_rollback(True)


def test_every_transition_has_its_act() -> None:
    assert set(ACTS) == {step.name for step in APPLICATION.transitions}


@pytest.mark.parametrize(("state", "name"), cells(APPLICATION))
def test_application(cell: World, state: str, name: str) -> None:
    step, here = APPLICATION[name], state in APPLICATION[name].sources
    application = place(cell, state, "refuse" if name == "refuse" else "grant")
    for role, actor in each_role(cell.people):
        # What has not been filed is no official's business.
        may = role in step.roles and (state != "draft" or role in (*PARTY, "system"))
        offered = actor.is_authenticated and name in {one.step.name for one in choices(application, actor, LATER)}
        assert offered == (may and here), role
        if may and here:
            ACTS[name](application, actor)
        else:
            with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                ACTS[name](application, actor)
        now = Application.objects.get(pk=application.pk)
        assert now.state == (step.target if may and here else state), role
        assert (now.version > application.version) == (may and here), role


GROUND = {"code": "mining-licence.suspension.2"}
PAUSED = {"suspended_from": DAY, "suspended_to": DAY + timedelta(days=30), "suspended_months": 1}
NOT_PAUSED = dict.fromkeys(PAUSED)


def days_of(state: str) -> dict[str, Any]:
    """What belongs to a state of a licence."""
    days: dict[str, Any] = dict(PAUSED if state in ("suspended", "uncured") else NOT_PAUSED)
    return days | {"ended_on": None if state in LIVE else DAY, "ground": GROUND, "cause": "MS-2026-000001"}


@pytest.mark.parametrize(("state", "name"), cells(LICENCE))
def test_licence(cell: World, state: str, name: str) -> None:
    step, here = LICENCE[name], state in LICENCE[name].sources
    Licence.objects.filter(pk=cell.licence.pk).update(state=state, **days_of(state))
    licence = Licence.objects.get(pk=cell.licence.pk)
    changes = days_of(step.target)
    at = LATER + timedelta(days=40) if name == "lapse" else LATER
    for role, actor in each_role(cell.people):
        may = role in step.roles
        if may and here:
            advance(licence, name, actor=actor, at=at, **changes)
        else:
            with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                advance(licence, name, actor=actor, at=at, **changes)
        assert Licence.objects.get(pk=licence.pk).state == (step.target if may and here else state), role


@pytest.mark.parametrize("step", [one for one in LICENCE.transitions if "head" in one.roles])
def test_a_licence_never_moves_without_a_decided_case(cell: World, step: Transition) -> None:
    """A head is no exception: the step asks for the case and the ground, a suspension for a lawful length."""
    state = step.sources[-1]
    Licence.objects.filter(pk=cell.licence.pk).update(state=state, **days_of(state))
    licence = Licence.objects.get(pk=cell.licence.pk)
    changes = days_of(step.target) | {"cause": ""}
    with pytest.raises(TransitionRefused) as refused:
        advance(licence, step.name, actor=cell.people["head"], at=LATER, **changes)
    assert "no-cause" in [one.code for one in refused.value.problems]


@pytest.mark.parametrize("role", [*ROLES, *OUTSIDERS])
def test_who_sees_a_filed_case_and_a_draft(cell: World, role: str) -> None:
    """Sight is not act: a stranger does not even learn that the case exists."""
    actor = cell.people[role]
    officials = {"officer", "head", "inspector", "administrator", "auditor", "superuser"}
    draft = place(cell, "draft", "grant")
    sees_drafts = role in {"applicant", "representative", "system"}
    assert Application.objects.visible_to(actor).filter(pk=draft.pk).exists() == sees_drafts
    filed = place(cell, "submitted", "grant")
    assert Application.objects.visible_to(actor).filter(pk=filed.pk).exists() == (sees_drafts or role in officials)
