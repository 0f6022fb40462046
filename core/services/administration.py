"""What administrators change: people and authorities. Each edit is an event, in the transaction of the edit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from core import workflow
from core.models import Access, Authority, User
from core.models.base import INTERNAL
from core.services.acts import locked, record, require
from core.services.people import end_keys
from core.workflow import TransitionRefused
from law.problems import Problem, _

M = TypeVar("M", bound=models.Model)

#: Fields that are no personal data: the event keeps their old and new values; of any other only the name.
OPEN_FIELDS = frozenset({"role", "authority", "is_active", "language", "code", "decides"})
OWN_STANDING = frozenset({"role", "authority", "is_active"})


@transaction.atomic
def open_person(
    *, email: str, full_name: str, role: str, authority: Authority | None, language: str, actor: User, at: datetime
) -> User:
    """Enter an official. He sets his password himself, by the link that is sent to his address.

    Raises:
        PermissionDenied: the actor is no administrator, or not of that authority.
    """
    person = User(email=email.lower(), full_name=full_name, role=role, authority=authority, language=language)
    require(actor, "core.manage_people", person)
    person.set_unusable_password()
    person.date_joined = at
    person.save()
    facts = {"role": role, "authority": authority.code if authority else None}
    record(person, "user.enter", actor=actor, at=at, audience=INTERNAL, data=facts)
    return person


@transaction.atomic
def edit_record(obj: M, *, fields: Iterable[str], actor: User, at: datetime) -> M:
    """Save an administrator's edit of a person or an authority, with old and new values of what may be kept for ever.

    Args:
        obj: with the new values set, not yet saved.
        fields: names of the fields that changed.

    Raises:
        PermissionDenied: he may not edit what it was, or what it would become.
        TransitionRefused: he changes his own standing, or that of the system's user.
    """
    names = sorted(fields)
    before = locked(obj)
    require(actor, "core.manage_people", before)
    require(actor, "core.manage_people", obj)
    if isinstance(before, User) and (before.is_system or (before == actor and OWN_STANDING & set(names))):
        message = _("Nobody changes his own role, authority or access.")
        raise TransitionRefused([Problem(code="own-standing", message=message)])
    if names:
        obj.save(update_fields=names)
        kept = [name for name in names if name in OPEN_FIELDS]
        facts = {"fields": names, "old": _values(before, kept), "new": _values(obj, kept)}
        record(obj, f"{obj._meta.model_name}.edit", actor=actor, at=at, audience=INTERNAL, data=facts)
    if isinstance(obj, User) and OWN_STANDING & set(names):
        end_keys(obj, why="office", actor=actor, at=at)  # they were made by who he no longer is
    return obj


@transaction.atomic
def open_authority(authority: Authority, *, actor: User, at: datetime) -> Authority:
    """Enter a body that decides, answers or receives.

    Raises:
        PermissionDenied: the actor is no administrator of the whole system.
    """
    require(actor, "core.manage_people", authority)
    authority.save()
    facts = {"code": authority.code, "decides": authority.decides}
    record(authority, "authority.enter", actor=actor, at=at, audience=INTERNAL, data=facts)
    return authority


def _values(obj: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(obj, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.code if isinstance(value, Authority) else value


@transaction.atomic
def let_in(person: User, *, active: bool, reason: str, actor: User, at: datetime) -> User:
    """Close an account, or open it again. A closed one signs in nowhere, and its API keys end.

    Raises:
        PermissionDenied; TransitionRefused: no reason, nothing changes, or it is his own account.
    """
    row = locked(person)
    require(actor, "core.manage_people", row)
    problems = []
    if not reason.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="reason"))
    if row.is_active == active:
        problems.append(Problem(code="no-change", message=_("The account stands so already.")))
    if row.is_system or row == actor:
        problems.append(Problem(code="own-standing", message=_("Nobody changes his own role, authority or access.")))
    if problems:
        raise TransitionRefused(problems)
    row.is_active = active
    row.save(update_fields=["is_active"])
    facts = {"fields": ["is_active"], "old": {"is_active": not active}, "new": {"is_active": active}}
    record(row, "user.edit", actor=actor, at=at, reason=reason, audience=INTERNAL, data=facts)
    if not active:
        end_keys(row, why="account", actor=actor, at=at)
    return row


def note_access(obj: Any, *, actor: User, at: datetime) -> Access:
    """Somebody opened a personal record. A row of no authority's is noted under the reader's."""
    sight = obj.sight()
    return Access.objects.create(
        at=at,
        user=actor,
        subject_type=obj._meta.label_lower,
        subject_id=obj.pk,
        authority_id=sight.authority_id or actor.authority_id,
        reference=sight.reference,
    )


ROLES_OF_OFFICIALS = (
    workflow.OFFICER,
    workflow.HEAD,
    workflow.INSPECTOR,
    workflow.ADMINISTRATOR,
    workflow.AUDITOR,
)

__all__ = ["ROLES_OF_OFFICIALS", "edit_record", "let_in", "note_access", "open_authority", "open_person"]
