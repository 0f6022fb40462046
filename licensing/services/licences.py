"""Licences: issued with a number that has no gaps, entered in the register, ended by their day."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.services import advance, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.licensing import validity
from law.problems import Problem, _
from licensing.models import Application, Licence, NumberCounter, RegisterEntry
from licensing.models.licences import search_text
from licensing.permits import PermitKind
from licensing.services.letters import write_letter

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
SLICE = 200


def verification_code() -> str:
    """Twelve characters drawn by a cryptographic generator, in groups of four: 59 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(3))


def next_number(permit: PermitKind, year: int) -> str:
    """The next number of the kind's series of a year. Locks the counter until the transaction ends: call it last."""
    series = f"{permit.number_prefix}-{year}"
    NumberCounter.objects.bulk_create([NumberCounter(series=series)], ignore_conflicts=True)
    counter = NumberCounter.objects.select_for_update().get(series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{series}-{counter.last:05d}"


def draft_licence(
    application: Application, *, conditions: Sequence[Any], at: datetime, granted_on: date | None = None
) -> Licence:
    """The licence as it would be issued at a moment, or as of an earlier day: not stored, without number and code."""
    day = granted_on or timezone.localdate(at)
    held = validity(application.kind, day)
    return Licence(
        kind=application.kind,
        authority_id=application.authority_id,
        organisation=application.organisation,
        application=application,
        created_at=at,
        granted_on=day,
        valid_from=day,
        valid_to=held.last_day,
        particulars=application.particulars.printed(),
        conditions=list(conditions),
        grounds=[held.ground],
    )


def issue_licence(
    application: Application,
    *,
    conditions: Sequence[Any],
    actor: User,
    at: datetime,
    granted_on: date | None = None,
    grounds: Sequence[dict[str, Any]] = (),
) -> Licence:
    """The licence of a granted application, with its register entry and its letters; part of the decision.

    Args:
        granted_on: the day as of which it is granted, where that is not the day of the act (silence).
        grounds: stored provisions that carry it beside that of its validity.
    """
    permit, day = application.permit, granted_on or timezone.localdate(at)
    held = validity(application.kind, day)
    licence = draft_licence(application, conditions=conditions, at=at, granted_on=granted_on)
    licence.grounds = [*licence.grounds, *grounds]
    licence.code = verification_code()
    licence.number = next_number(permit, day.year)
    licence.save()
    record(
        licence,
        "licence.issue",
        actor=actor,
        at=at,
        to_state=licence.state,
        grounds=[held.provision],
        audience="public",
    )
    enter_register(licence, region=application.particulars.region, actor=actor, at=at)
    write_letter(application, "licence", at=at, licence=licence, signed_by=actor)
    write_letter(application, "grant", at=at, licence=licence, signed_by=actor)
    if permit.on_changed:
        permit.on_changed(licence, "issue")
    return licence


def enter_register(licence: Licence, *, region: str, actor: User, at: datetime) -> RegisterEntry:
    """Enter a licence in the public register. The number of a sole trader or person is personal data and left out."""
    holder = licence.organisation
    identifier = holder.identifier if holder.form == "legal_entity" else ""
    return RegisterEntry.objects.create(
        number=licence.number,
        kind=licence.kind,
        authority_id=licence.authority_id,
        licence=licence,
        name_kk=holder.name_kk,
        name_ru=holder.name_ru,
        name_en=holder.name_en,
        identifier=identifier,
        region=region,
        standing=licence.state,
        since=licence.valid_from,
        until=licence.valid_to,
        published=True,
        decided_by=actor,
        decided_at=at,
        changed_at=at,
        search=search_text(licence.number, identifier, holder.name_kk, holder.name_ru, holder.name_en),
    )


@transaction.atomic
def publish_entry(entry: RegisterEntry, *, published: bool, reason: str, actor: User, at: datetime) -> RegisterEntry:
    """Decide whether the public sees an entry; a reason is always given.

    Raises:
        PermissionDenied; TransitionRefused: no reason, or nothing changes.
    """
    row = locked(entry)
    require(actor, "licensing.publish", row)
    problems = []
    if not reason.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="reason"))
    if row.published == published:
        problems.append(Problem(code="no-change", message=_("The entry stands so already.")))
    if problems:
        raise TransitionRefused(problems)
    row.published, row.publication_reason, row.decided_by, row.decided_at, row.changed_at = (
        published,
        reason,
        actor,
        at,
        at,
    )
    row.save(update_fields=["published", "publication_reason", "decided_by", "decided_at", "changed_at"])
    record(row, "register.publish" if published else "register.withhold", actor=actor, at=at, reason=reason)
    return row


def expire_licences(*, at: datetime) -> int:
    """End every licence whose last day has passed, with the true day. Safe to run twice; returns how many."""
    ended, today = 0, timezone.localdate(at)
    while rows := _expire_slice(today, at):
        ended += rows
    return ended


@transaction.atomic
def _expire_slice(today: Any, at: datetime) -> int:
    rows = list(
        Licence.objects.to_expire(today)
        .order_by("valid_to", "id")
        .select_for_update(skip_locked=True, no_key=True)[:SLICE]
    )
    for row in rows:
        licence = advance(
            row,
            "expire",
            actor=User.objects.system(),
            at=at,
            ended_on=row.valid_to,
            grounds=row.grounds,
            audience="public",
        )
        RegisterEntry.objects.filter(licence=licence).update(standing=licence.state, changed_at=at)
        if licence.permit.on_changed:
            licence.permit.on_changed(licence, "expire")
    return len(rows)
