"""One door for every change of state, one for every event, one question for every act."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import rules
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from core.models import Event, Organisation, Stateful, User
from core.models.base import PARTY
from core.services.queueing import queue_deliveries
from core.workflow import StaleVersion, Transition, TransitionRefused
from law.problems import Problem, _
from law.provisions import Provision

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound=Stateful)
M = TypeVar("M", bound=models.Model)

_parties: ContextVar[set[int] | None] = ContextVar("parties", default=None)


def allowed(actor: "User | AnonymousUser", permission: str, obj: Any) -> bool:
    """Whether somebody may do an act to an object. Superusers get nothing extra; an unknown permission is an error.

    Raises:
        LookupError: no such permission is declared.
    """
    if not rules.perm_exists(permission):
        raise LookupError(f"permission {permission} is not declared")
    if obj is None:
        raise LookupError(f"permission {permission} is asked without an object")
    if not actor.is_authenticated or not actor.is_active:
        return False
    return bool(rules.has_perm(permission, actor, obj))


def require(actor: "User | AnonymousUser", permission: str, obj: Any) -> None:
    """The same for acts that change no state.

    Raises:
        PermissionDenied: he may not.
    """
    if not allowed(actor, permission, obj):
        raise PermissionDenied(permission)


def one_act(act: Callable[P, R]) -> Callable[P, R]:
    """One transaction, or part of the one that is open: for acts that refuse before their first write.

    Saves the savepoint that `transaction.atomic` would set and release in every inner act.
    """

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if transaction.get_connection().in_atomic_block:
            return act(*args, **kwargs)
        with transaction.atomic():
            return act(*args, **kwargs)

    return run


@contextmanager
def parties_noted() -> Iterator[set[int]]:
    """The ids of the organisations on whose behalf acts are recorded while this holds."""
    noted: set[int] = set()
    token = _parties.set(noted)
    try:
        yield noted
    finally:
        _parties.reset(token)


def locked(obj: M, *, version: int | None = None) -> M:
    """The same object read again under a row lock, until the end of the transaction.

    Raises:
        StaleVersion: `version` was given and is not the one held.
    """
    # FOR NO KEY UPDATE: rows that only point here are checked at their commit, and must not wait for this lock then.
    model = cast("type[M]", obj._meta.model)  # not type(obj): the person of a request is a lazy stand-in
    rows = model._base_manager.select_for_update(of=("self",), no_key=True)
    try:
        fresh: M = rows.select_related(*concerned(model)).get(pk=obj.pk)
    except ObjectDoesNotExist:
        # Whoever held it gave it another party: PostgreSQL looks again with the party read before, and finds nothing.
        fresh = rows.get(pk=obj.pk)
    if version is not None and isinstance(fresh, Stateful) and fresh.version != version:
        raise StaleVersion(fresh.version, version)
    return fresh


def concerned(model: type[models.Model]) -> list[str]:
    """The parties that guards and letters ask for next, read with the row itself."""
    names = {field.name for field in model._meta.concrete_fields if field.many_to_one}
    return [name for name in ("organisation", "authority") if name in names]


def touch(obj: Stateful, *, fields: Iterable[str] = ()) -> None:
    """Save an edit of a locked object and count its version on."""
    obj.version += 1
    obj.save(update_fields=["version", *fields])


@one_act
def advance(
    obj: S,
    name: str,
    *,
    actor: User,
    at: datetime,
    reason: str = "",
    version: int | None = None,
    data: Mapping[str, Any] | None = None,
    grounds: Iterable[Provision | Mapping[str, Any]] = (),
    audience: str = PARTY,
    on_behalf_of: Organisation | None = None,
    **changes: Any,
) -> S:
    """Take one transition: lock, check who, version, state, guards; change, record. The one place that sets a state.

    Args:
        obj: what changes; the object passed in stays as it was, the changed one is returned.
        name: of the transition in `obj.WORKFLOW`.
        at: the moment of the act; its local day picks the version of the law.
        version: the version that the actor saw, where he says it.
        data: facts for the event (codes and numbers; no personal data).
        grounds: provisions that carry the act.
        on_behalf_of: the organisation for which a party acts, where it is not the object's own.
        changes: fields set together with the state, seen by the guards.

    Raises:
        PermissionDenied: the actor may not take this transition.
        StaleVersion: somebody changed the object since `version`.
        TransitionRefused: the state does not allow it, or guards object; lists every problem.
    """
    fresh = locked(obj)
    step = fresh.WORKFLOW[name]
    require(actor, step.permission, fresh)
    if version is not None and fresh.version != version:
        raise StaleVersion(fresh.version, version)
    if fresh.state not in step.sources:
        raise TransitionRefused([wrong_state(fresh, step)])
    for field, value in changes.items():
        setattr(fresh, field, value)
    day = timezone.localdate(at)
    if problems := obstacles(fresh, step, day):
        raise TransitionRefused(problems)
    before, fresh.state = fresh.state, step.target
    fresh.version += 1
    fresh.save(update_fields=["state", "version", *changes])
    event = record(
        fresh,
        f"{type(fresh)._meta.model_name}.{name}",
        actor=actor,
        at=at,
        from_state=before,
        to_state=step.target,
        reason=reason,
        grounds=grounds,
        data=data,
        audience=audience,
        on_behalf_of=on_behalf_of,
    )
    tell_watchers(fresh, event)
    return fresh


def tell_watchers(obj: Stateful, event: Event) -> None:
    """Whoever watches the object hears of its new state, except who brought it about."""
    from core.services.letters import notify  # letters know duties, and duties know acts

    people = [person for person in obj.watchers(event.from_state) if person.pk != event.actor_id]
    if people:
        told = {"reference": event.reference, "state": obj.WORKFLOW.state(event.to_state).label}
        notify(event, people, "case_changed", told, path=f"/{obj.FOLDER}/{event.reference}/", at=event.at)


def wrong_state(obj: Stateful, step: Transition) -> Problem:
    """The answer to an act that the state does not allow: a second click, a late colleague, a decided case."""
    return Problem(
        code="wrong-state",
        message=_("“%(act)s” is not possible now: the case is in the state “%(state)s”."),
        params={"act": step.label, "state": obj.WORKFLOW.state(obj.state).label},
    )


def obstacles(obj: Stateful, step: Transition, day: date) -> tuple[Problem, ...]:
    """All that the guards of a step object on a day; what is only pointed at stands in no way."""
    return tuple(p for guard in step.guards for p in guard(obj, day) if p.severity == "error")


@dataclass(frozen=True, slots=True)
class Choice:
    """An act that somebody may take now, or why not yet."""

    step: Transition
    problems: tuple[Problem, ...]

    @property
    def open(self) -> bool:
        return not self.problems


def choices(obj: Stateful, actor: User, at: datetime) -> list[Choice]:
    """The acts that start from the object's state and are this actor's to take, each with what blocks it."""
    day = timezone.localdate(at)
    steps = obj.WORKFLOW.leaving(obj.state)
    may = {permission: allowed(actor, permission, obj) for permission in {step.permission for step in steps}}
    return [Choice(step, obstacles(obj, step, day)) for step in steps if may[step.permission]]


def record(
    obj: Any,
    verb: str,
    *,
    actor: User,
    at: datetime,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    grounds: Iterable[Provision | Mapping[str, Any]] = (),
    data: Mapping[str, Any] | None = None,
    audience: str = PARTY,
    on_behalf_of: Organisation | None = None,
) -> Event:
    """Write what happened, in the transaction of the act. The database numbers, chains and hashes the row.

    Where a party acts, the event says on whose behalf.
    """
    sight = obj.sight()
    behalf = (
        on_behalf_of.pk if on_behalf_of else (None if actor.is_official or actor.is_system else sight.organisation_id)
    )
    if behalf is not None and (noted := _parties.get()) is not None:
        noted.add(behalf)
    event = Event.objects.create(
        subject_type=obj._meta.label_lower,
        subject_id=obj.pk,
        authority_id=sight.authority_id,
        organisation_id=sight.organisation_id,
        reference=sight.reference,
        title=sight.title,
        audience=audience,
        at=at,
        actor=actor,
        on_behalf_of_id=behalf,
        verb=verb,
        seq=0,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        grounds=[g.ground() if isinstance(g, Provision) else dict(g) for g in grounds],
        data=dict(data or {}),
        hash=b"",
    )
    queue_deliveries([event])
    return event


def record_each(
    objs: Iterable[Any],
    verb: str,
    *,
    actor: User,
    at: datetime,
    reason: str = "",
    grounds: Iterable[Provision | Mapping[str, Any]] = (),
    data: Mapping[str, Any] | None = None,
    audience: str = PARTY,
) -> list[Event]:
    """The same act of an official on many objects: one event each, in one statement. No object may stand twice.

    Webhooks are queued for all of them in one more.
    """
    sights = [(obj._meta.label_lower, obj.pk, obj.sight()) for obj in objs]
    cited = [g.ground() if isinstance(g, Provision) else dict(g) for g in grounds]
    events = Event.objects.bulk_create(
        Event(
            subject_type=label,
            subject_id=pk,
            authority_id=sight.authority_id,
            organisation_id=sight.organisation_id,
            reference=sight.reference,
            title=sight.title,
            audience=audience,
            at=at,
            actor=actor,
            verb=verb,
            seq=0,
            reason=reason,
            grounds=cited,
            data=dict(data or {}),
            hash=b"",
        )
        for label, pk, sight in sights
    )
    queue_deliveries(events)
    return events
