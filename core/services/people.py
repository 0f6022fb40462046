"""Organisations, who may act for them, and the keys they use. Every change here is an event."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken

from core.models import Event, Membership, Organisation, User
from core.models.base import INTERNAL
from core.services.acts import locked, record, require
from core.services.files import Upload, store_document
from core.services.letters import notify
from core.workflow import TransitionRefused
from law.problems import Problem, _

POWER_PAPER = "power-of-attorney"  # the kind under which the paper of a power of attorney is kept


@transaction.atomic
def claim_organisation(
    *,
    actor: User,
    at: datetime,
    identifier: str,
    form: str,
    registered_in: str,
    names: dict[str, str],
    address: str = "",
    region: str = "",
) -> Membership:
    """Say that one acts for an organisation, which is entered if it is new. An official confirms the claim.

    Raises:
        PermissionDenied: an official, who acts for his authority only.
        TransitionRefused: the same claim is already waiting or confirmed.
    """
    require(actor, "core.claim_organisation", actor)
    facts = {
        "form": form,
        "registered_in": registered_in,
        "address": address,
        "region": region,
        **{f"name_{code}": names.get(code, "") for code in ("kk", "ru", "en")},
    }
    organisation, is_new = Organisation.objects.get_or_create(
        identifier=identifier, defaults={**facts, "created_at": at}
    )
    if is_new:
        record(organisation, "organisation.enter", actor=actor, at=at)
    organisation = locked(organisation)
    if not is_new and nobody_vouches(organisation):
        for name, value in facts.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=list(facts))
        record(organisation, "organisation.enter", actor=actor, at=at)
    if actor.memberships.filter(organisation=organisation, revoked_at__isnull=True).exists():
        raise TransitionRefused(
            [Problem(code="claimed-already", message=_("You have already claimed this organisation."))]
        )
    row = Membership.objects.create(
        organisation=organisation, user=actor, valid_from=timezone.localdate(at), claimed_by=actor, claimed_at=at
    )
    record(row, "membership.claim", actor=actor, at=at, data={"person": actor.pk})
    return row


def nobody_vouches(organisation: Organisation) -> bool:
    """Nobody was confirmed for it, no claim waits, no official compared it: what was said of it binds nobody.

    Else whoever first claims a stranger's number would name it for good.
    """
    stands = Q(confirmed_at__isnull=False) | Q(revoked_at__isnull=True)
    return organisation.registration_checked_at is None and not organisation.memberships.filter(stands).exists()


@transaction.atomic
def confirm_membership(membership: Membership, *, actor: User, at: datetime, reason: str = "") -> Membership:
    """An official confirms a claim or a power of attorney; it holds from its first day on."""
    row = locked(membership)
    require(actor, "core.confirm_membership", row)
    if row.confirmed_at or row.revoked_at:
        raise TransitionRefused([Problem(code="claim-closed", message=_("This claim has already been answered."))])
    row.confirmed_at, row.confirmed_by = at, actor
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    event = record(row, "membership.confirm", actor=actor, at=at, reason=reason)
    tell_claimant(row, event, "claim_confirmed", at=at)
    return row


def tell_claimant(row: Membership, event: Event, template: str, *, at: datetime) -> None:
    """The person hears what became of his claim."""
    if row.user is not None:
        notify(event, [row.user], template, path=reverse("account-organisations"), at=at)


@transaction.atomic
def revoke_membership(membership: Membership, *, actor: User, at: datetime, reason: str = "") -> Membership:
    """Refuse a claim, or end a membership or power of attorney at once."""
    row = locked(membership)
    require(actor, "core.revoke_membership", row)
    if row.revoked_at:
        raise TransitionRefused([Problem(code="claim-closed", message=_("This claim has already been answered."))])
    row.revoked_at, row.revoked_by = at, actor
    row.save(update_fields=["revoked_at", "revoked_by"])
    event = record(row, "membership.revoke", actor=actor, at=at, reason=reason)
    if actor.is_official and row.user is not None:
        tell_claimant(row, event, "claim_refused" if row.confirmed_at is None else "membership_ended", at=at)
    return row


def power_problems(organisation: Organisation, firm: Organisation, valid_from: date, valid_to: date) -> list[Problem]:
    """What stands against a power of attorney: its days out of order, the client itself, one held already."""
    problems = []
    if valid_to < valid_from:
        problems.append(
            Problem(code="days-out-of-order", message=_("The last day lies before the first."), field="valid_to")
        )
    if firm == organisation:
        problems.append(Problem(code="own-firm", message=_("An organisation cannot represent itself."), field="firm"))
    elif Membership.objects.filter(
        Q(valid_to__gte=valid_from),
        organisation=organisation,
        firm=firm,
        revoked_at__isnull=True,
        valid_from__lte=valid_to,
    ).exists():
        problems.append(
            Problem(
                code="power-overlaps",
                message=_("The firm already holds a power of attorney for these days."),
                field="valid_from",
            )
        )
    return problems


@transaction.atomic
def grant_power_of_attorney(
    *,
    organisation: Organisation,
    firm: Organisation,
    valid_from: date,
    valid_to: date,
    actor: User,
    at: datetime,
    document: Upload | None = None,
) -> Membership:
    """A member of the client lets a firm act for it from one day to another (both inclusive). Holds without more.

    Args:
        document: the paper itself, for whoever acts for the client and for officials of its cases to read.

    Raises:
        TransitionRefused: the days are out of order, the firm is the client, the same firm already holds one, or the
            file is not accepted.
    """
    require(actor, "core.grant_power_of_attorney", organisation)
    locked(organisation)  # two grants at once: the second finds the first
    if problems := power_problems(organisation, firm, valid_from, valid_to):
        raise TransitionRefused(problems)
    row = Membership.objects.create(
        organisation=organisation,
        firm=firm,
        valid_from=valid_from,
        valid_to=valid_to,
        claimed_by=actor,
        claimed_at=at,
        confirmed_by=actor,
        confirmed_at=at,
    )
    if document is not None:
        row.document = store_document(row, document, kind=POWER_PAPER, actor=actor, at=at)
        row.save(update_fields=["document"])
    record(
        row,
        "power_of_attorney.grant",
        actor=actor,
        at=at,
        data={"firm": firm.pk, "from": valid_from.isoformat(), "to": valid_to.isoformat()},
    )
    return row


@transaction.atomic
def confirm_registration(organisation: Organisation, *, actor: User, at: datetime, reason: str = "") -> Organisation:
    """An official has compared the organisation with the registration record, which decides; the number only warns."""
    row = locked(organisation)
    require(actor, "core.check_registration", row)
    row.registration_checked_at, row.registration_checked_by = at, actor
    row.save(update_fields=["registration_checked_at", "registration_checked_by"])
    record(row, "organisation.check_registration", actor=actor, at=at, reason=reason)
    return row


@transaction.atomic
def end_organisation(
    organisation: Organisation, *, ended_on: date, actor: User, at: datetime, reason: str = ""
) -> Organisation:
    """An official has seen in the registration record that the organisation was liquidated or struck off on a day.

    Raises:
        PermissionDenied; TransitionRefused: the day lies ahead, or before its registration.
    """
    row = locked(organisation)
    require(actor, "core.check_registration", row)
    if ended_on > timezone.localdate(at) or (row.registered_on and ended_on < row.registered_on):
        message = _("The end of an organisation lies neither ahead nor before its registration.")
        raise TransitionRefused([Problem("organisation-end", message, field="ended_on")])
    row.ended_on = ended_on
    row.save(update_fields=["ended_on"])
    record(row, "organisation.end", actor=actor, at=at, reason=reason, data={"on": ended_on.isoformat()})
    return row


@transaction.atomic
def edit_person(
    person: User, *, full_name: str, language: str, actor: User, at: datetime, mail: str | None = None
) -> User:
    """Correct a person's name, the language of his letters, or how often e-mail comes (as it did, unless told).

    The event keeps which field, not what was in it.
    """
    row = locked(person)
    require(actor, "core.edit_person", row)
    given = {"full_name": full_name, "language": language, "mail": mail or row.mail}
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, given[name])
        row.save(update_fields=changed)
        record(row, "user.edit", actor=actor, at=at, audience=INTERNAL, data={"fields": changed})
    return row


OFFICE = ("role", "authority_id", "is_active", "password")


@transaction.atomic
def make_key(user: User, *, actor: User, at: datetime, expiry: Any = None) -> tuple[AuthToken, str]:
    """A new API key. The key itself is returned once and stored as a digest only.

    Args:
        expiry: a timedelta; REST_KNOX's TOKEN_TTL unless told.

    Raises:
        TransitionRefused: password or office changed since the person was read; who asked may be no longer who he was.
    """
    require(actor, "core.make_key", user)
    row = locked(user)
    if any(getattr(row, name) != getattr(user, name) for name in OFFICE):
        message = _("Your password or your office has changed meanwhile. Sign in again.")
        raise TransitionRefused([Problem(code="standing-changed", message=message)])
    key, secret = AuthToken.objects.create(row, expiry) if expiry is not None else AuthToken.objects.create(row)
    record(row, "key.make", actor=actor, at=at, data={"key": key.token_key})
    return key, secret


@transaction.atomic
def revoke_key(key: AuthToken, *, actor: User, at: datetime) -> None:
    """End an API key at once."""
    require(actor, "core.revoke_key", key.user)
    record(key.user, "key.revoke", actor=actor, at=at, data={"key": key.token_key})
    key.delete()


def end_keys(person: User, *, why: str, actor: User, at: datetime) -> int:
    """All keys of a person end, in the transaction of what ends them, and he is told. Returns how many.

    Args:
        person: locked by the caller, so that no key is made meanwhile.
        why: password | office | account: what changed.
    """
    keys = sorted(AuthToken.objects.filter(user=person).values_list("token_key", flat=True))
    if keys:
        AuthToken.objects.filter(user=person).delete()
        event = record(
            person, "key.end_all", actor=actor, at=at, audience=INTERNAL, data={"keys": keys, "because": why}
        )
        notify(event, [person], "keys_ended", {"count": len(keys), "why": why}, path=reverse("account-keys"), at=at)
    return len(keys)


@transaction.atomic
def set_password(person: User, password: str, *, actor: User, at: datetime) -> User:
    """A person's new password. Whoever learnt the old one may have made keys: they end with it."""
    row = locked(person)
    person.set_password(password)
    row.password = person.password
    row.save(update_fields=["password"])
    record(row, "user.set_password", actor=actor, at=at, audience=INTERNAL)
    end_keys(row, why="password", actor=actor, at=at)
    return row
