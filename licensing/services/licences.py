"""Licences: issued with a number that has no gaps, entered in the register, ended by their day."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.models import Obligation, User
from core.services import advance, end_duties, owe, record
from core.services.acts import locked
from law.licensing import due
from law.life import OWN_REQUESTS
from law.problems import _
from law.provisions import NotInForce
from licensing.models import Application, Letter, Licence, Measure
from licensing.permits import ISSUE, PermitKind
from licensing.services.endings import close_licence
from licensing.services.letters import write_letter
from licensing.services.numbers import next_in
from licensing.services.register import enter_register, show_standing
from licensing.workflow import LIVE

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
SLICE = 200
#: The duty to begin the end of an uncured licence.
TO_END = "revocation-start"


def verification_code() -> str:
    """Twelve characters drawn by a cryptographic generator, in groups of four: 59 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(3))


def next_number(permit: PermitKind, year: int) -> str:
    """The next number of the kind's series of a year. Locks the counter until the transaction ends: call it last."""
    return next_in(f"{permit.number_prefix}-{year}")


def hold_licence(application: Application) -> Licence | None:
    """The licence that a request is about, locked, as it is before the request itself."""
    if application.act == ISSUE or application.concerning is None:
        return None
    return locked(application.concerning)


def newest_print(licence: Licence) -> Letter | None:
    """The licence as last printed: on its grant, by a re-issue or correction, or as a duplicate."""
    prints = Letter.objects.filter(kind="licence").filter(
        Q(application=licence.application_id) | Q(application__edition__licence=licence)
    )
    return prints.select_related("document").order_by("-id").first()


def draft_licence(
    application: Application, *, conditions: Sequence[Any], at: datetime, granted_on: date | None = None
) -> Licence:
    """The licence as it would be issued at a moment, or as of an earlier day: not stored, without number and code."""
    day = granted_on or timezone.localdate(at)
    held = application.validity(day)
    return Licence(
        kind=application.kind,
        authority_id=application.authority_id,
        organisation=application.organisation,
        application=application,
        on_paper=application.on_paper,
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
    held = application.validity(day)
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
    follow(licence, ISSUE, at=at)
    return licence


def follow(licence: Licence, step: str, *, at: datetime) -> None:
    """What a step of a licence sets off: the duties that its kind declares for it, and what else the kind does."""
    permit, day = licence.permit, licence.ended_on or timezone.localdate(at)
    for duty in permit.duties:
        if step in duty.starts and (term := duty.due(licence.kind, day)) is not None:
            debtor = Obligation.AUTHORITY if duty.by_authority else Obligation.ORGANISATION
            owe(licence, {duty.code: term}, debtor=debtor, at=at)
    if permit.on_changed:
        permit.on_changed(licence, step)


def expire_licences(*, at: datetime) -> int:
    """End every licence whose last day has passed, with the true day. Safe to run twice; returns how many."""
    ended, today = 0, timezone.localdate(at)
    while rows := _expire_slice(today, at):
        ended += rows
    return ended


@transaction.atomic
def _expire_slice(today: date, at: datetime) -> int:
    rows = Licence.objects.to_expire(today).order_by("valid_to", "id")
    held = list(rows.select_for_update(skip_locked=True, no_key=True)[:SLICE])
    for row in held:
        move_licence(
            row,
            "expire",
            actor=User.objects.system(),
            at=at,
            ended_on=row.valid_to,
            grounds=row.grounds,
            cause=row.number,
        )
    return len(held)


def lapse_suspensions(*, at: datetime) -> int:
    """What follows when a suspension is over and no cure was shown. Safe to run twice; returns how many.

    A compulsory one leaves the licence uncured, and the authority owes the way to its end within the days of the law,
    counted from the last day of the suspension. One at own request ends by itself: the holder asked for those days.
    """
    ended, today = 0, timezone.localdate(at)
    while rows := _lapse_slice(today, at):
        ended += rows
    return ended


@transaction.atomic
def _lapse_slice(today: date, at: datetime) -> int:
    rows = Licence.objects.to_lapse(today).order_by("suspended_to", "id")
    held = list(rows.select_for_update(skip_locked=True, no_key=True)[:SLICE])
    for row in held:
        cured = row.ground.get("code") in OWN_REQUESTS
        over, system = cast("date", row.suspended_to), User.objects.system()
        given: dict[str, Any] = {"cause": row.cause, "grounds": [row.ground], "since": over + timedelta(days=1)}
        moved = move_licence(row, "resume" if cured else "lapse", actor=system, at=at, **given)
        if not cured:
            owe_end(moved, at=at)
            tell_lapse(row, at=at)
    return len(held)


def tell_lapse(licence: Licence, *, at: datetime) -> None:
    """A letter to the holder, in the case of the measure that suspended the licence."""
    rows = Measure.objects.select_related("organisation", "authority", "licence")
    if (measure := rows.filter(reference=licence.cause).first()) is None:
        return
    days: list[tuple[str, Any]] = [
        (_("Licence"), licence.number),
        (_("Suspended from"), licence.suspended_from),
        (_("Suspended until"), licence.suspended_to),
    ]
    write_letter(measure, "lapse", at=at, details=days, grounds=[licence.ground])


def owe_end(licence: Licence, *, at: datetime) -> None:
    """The authority owes the way to the end of an uncured licence, counted from the last day of its suspension."""
    with suppress(NotInForce):
        term = due(licence.kind, TO_END, cast("date", licence.suspended_to))
        owe(licence, {TO_END: term}, debtor=Obligation.AUTHORITY, at=at)


def move_licence(
    licence: Licence,
    step: str,
    *,
    actor: User,
    at: datetime,
    cause: str,
    grounds: Iterable[Mapping[str, Any]] = (),
    ground: Mapping[str, Any] | None = None,
    since: date | None = None,
    **changes: Any,
) -> Licence:
    """Take a step of a licence, show it in the register at once, and tell the kind; part of the act that decided it.

    Of an ended licence nothing more is owed, and one that is in force again need not be ended.

    Args:
        cause: the number of the case that decided it.
        grounds: what carries the step; the first is the reason that the register shows, unless `ground` says another.
        since: the day from which the licence stands so, where a day that came decides it and not the act.
        changes: days that go with the step. A licence that is not suspended afterwards keeps no days of suspension.

    Raises:
        PermissionDenied; TransitionRefused: its state does not allow it, or the law knows no such length.
    """
    told = [dict(ground) for ground in grounds]
    if licence.WORKFLOW[step].target not in ("suspended", "uncured"):
        changes |= {"suspended_from": None, "suspended_to": None, "suspended_months": None}
    moved = advance(
        licence,
        step,
        actor=actor,
        at=at,
        grounds=told,
        audience="public",
        data={"cause": cause},
        cause=cause,
        ground=dict(ground or (told[0] if told else {})),
        **changes,
    )
    if moved.state not in LIVE:
        close_licence(moved, actor=actor, at=at)
    elif moved.state == "in_force":
        end_duties(moved, at=at, codes=[TO_END])
    show_standing(moved, since=since, at=at)
    follow(moved, step, at=at)
    return moved
