"""Predicates every app shares: who somebody is in relation to an object. Asked through core.services.allowed() only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.utils import timezone

from core import workflow

if TYPE_CHECKING:
    from core.models import User


def official(*roles: str) -> rules.Predicate:
    """An official of the object's own authority in one of the roles."""

    def test(user: User, obj: Any) -> bool:
        return user.role in roles and user.authority_id is not None and user.authority_id == obj.sight().authority_id

    return rules.Predicate(test, name=f"official:{'+'.join(roles)}")


@rules.predicate
def is_party(user: User, obj: Any) -> bool:
    """Today a member of the object's organisation, or its representative under a power of attorney."""
    organisation = obj.sight().organisation_id
    return organisation is not None and user.role == workflow.APPLICANT and user.acts_for(organisation)


@rules.predicate
def is_member(user: User, obj: Any) -> bool:
    """Today a member of the object's organisation himself: a firm's mandate is not passed on by the firm."""
    organisation = obj.sight().organisation_id
    return (
        organisation is not None
        and user.role == workflow.APPLICANT
        and user.memberships.valid(timezone.localdate()).filter(organisation=organisation).exists()
    )


@rules.predicate
def is_member_of_firm(user: User, obj: Any) -> bool:
    """Today a member of the firm that holds the power of attorney."""
    firm = getattr(obj, "firm_id", None)
    return firm is not None and user.memberships.valid(timezone.localdate()).filter(organisation=firm).exists()


@rules.predicate
def is_system(user: User, obj: Any) -> bool:
    return user.is_system


@rules.predicate
def is_administrator(user: User, obj: Any) -> bool:
    """An administrator: of the object's authority, or of the whole system where he belongs to none.

    What is of no authority is any administrator's, except those of the whole system: nobody makes or closes his better.
    """
    if user.role != workflow.ADMINISTRATOR:
        return False
    authority = obj.sight().authority_id
    if user.authority_id is None or authority == user.authority_id:
        return True
    return authority is None and getattr(obj, "role", "") != workflow.ADMINISTRATOR


@rules.predicate
def is_registrar(user: User, obj: Any) -> bool:
    """Who confirms organisations, memberships and powers of attorney: an official of a body that decides."""
    if user.role not in (workflow.OFFICER, workflow.HEAD, workflow.ADMINISTRATOR) or user.authority is None:
        return False
    return user.authority.decides


@rules.predicate
def is_own(user: User, obj: Any) -> bool:
    """The object is the person himself or hangs on him."""
    return bool(obj == user or getattr(obj, "user_id", None) == user.pk)


@rules.predicate
def is_own_account(user: User, obj: Any) -> bool:
    """The object is the person himself, an official."""
    return bool(obj == user and user.authority_id is not None)


@rules.predicate
def is_own_claim(user: User, obj: Any) -> bool:
    """Made by the person himself, before he became an official."""
    return getattr(obj, "claimed_by_id", None) == user.pk


@rules.predicate
def is_applicant(user: User, obj: Any) -> bool:
    """Officials act for their authority, never for an applicant."""
    return user.role == workflow.APPLICANT


@rules.predicate
def is_staff(user: User, obj: Any) -> bool:
    """Who works in the administration: officers, heads, administrators; auditors to read."""
    return bool(user.is_staff)


@rules.predicate
def is_overseer(user: User, obj: Any) -> bool:
    """Administrators and auditors read what the house keeps about its own conduct."""
    return user.role in (workflow.ADMINISTRATOR, workflow.AUDITOR)


is_case_officer = official(workflow.OFFICER, workflow.HEAD)
is_head = official(workflow.HEAD)
is_official_of_case = official(workflow.OFFICER, workflow.HEAD, workflow.ADMINISTRATOR)
is_inspector = official(workflow.INSPECTOR)


def had_a_hand(*verbs: str) -> rules.Predicate:
    """The person took one of these acts on the object: the four-eyes rule reads the events, which nobody can edit."""

    def test(user: User, obj: Any) -> bool:
        return bool(obj.had_hand_of(user, verbs))

    return rules.Predicate(test, name=f"had_a_hand:{'+'.join(verbs)}")


rules.add_perm("core.confirm_membership", is_registrar & ~is_own_claim)
rules.add_perm("core.check_registration", is_registrar)
rules.add_perm("core.mark_investor", is_registrar)
rules.add_perm("core.claim_organisation", is_applicant)
rules.add_perm("core.grant_power_of_attorney", is_member)
rules.add_perm("core.revoke_membership", is_member | is_member_of_firm | is_own | is_registrar)
rules.add_perm("core.edit_person", is_own | is_administrator)
rules.add_perm("core.enter_absence", is_own_account | is_head | is_administrator)
rules.add_perm("core.manage_teams", is_head | is_administrator)
rules.add_perm("core.manage_webhooks", is_member)
rules.add_perm("core.edit_organisation", is_party)
rules.add_perm("core.describe_firm", is_party | is_registrar)
rules.add_perm("core.manage_people", is_administrator)
rules.add_perm("core.make_key", is_own)  # whoever holds a key acts as its person
rules.add_perm("core.revoke_key", is_own | is_administrator)
rules.add_perm("core.read_records", is_staff)
rules.add_perm("core.send_again", is_official_of_case)
rules.add_perm("core.time", is_system)
rules.add_perm("core.hold", is_administrator | is_head)
rules.add_perm("core.propose_erasure", is_administrator)
rules.add_perm("core.confirm_erasure", is_administrator & ~had_a_hand("erasurerun.propose"))
rules.add_perm("core.oversee", is_overseer)
rules.add_perm("core.read_outbox", is_own & is_administrator)
rules.add_perm("core.notice_breach", is_staff)
rules.add_perm("core.handle_breach", is_administrator)
rules.add_perm("core.judge_breach", is_administrator & ~had_a_hand("databreach.notice", "databreach.assess"))
rules.add_perm("core.own_record", is_own)
