"""Accredited pools: their test protocols, and the duty to give a new one in good time."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, User
from core.services import meet, owe, record, require
from core.services.acts import locked
from core.workflow import OFFICER, TransitionRefused
from law.pools import Protocol, protocol_problems, renewal
from law.problems import Problem, _
from licensing.models import Licence
from licensing.services.terms import officials, parties
from licensing.workflow import LIVE
from mining.models.pools import POOL, SecurityProtocol

PROTOCOLS = "pool-protocols"
#: Code and name of each duty of a pool.
DUTIES = {PROTOCOLS: _("Give a new protocol of the security tests")}


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of the duty in a role, and where he goes: the pool itself, or officials of the authority."""
    if role == "":
        return parties(obligation.organisation_id, on), "/account/"
    return officials(obligation.authority_id, role or OFFICER), f"/pools/{obligation.reference}/"


def follow_accreditation(licence: Licence, step: str) -> None:
    """What a step of an accreditation sets off: on its issue the protocols of the filing become those of the pool.

    Called by licensing within the act. The end of a licence ends its duties there."""
    if step != "issue":
        return
    application, decided = licence.application, licence.created_at
    stated = {(row.kind, row.number, row.laboratory): row for row in application.particulars.stated_protocols()}
    rows = list(stated.values())
    SecurityProtocol.objects.bulk_create(
        SecurityProtocol(
            licence=licence,
            kind=row.kind,
            number=row.number,
            laboratory=row.laboratory,
            issued_on=row.issued_on,
            expires_on=row.expires_on,
            positive=row.positive,
            entered_by=application.created_by,
            entered_at=decided,
        )
        for row in rows
    )
    owe_renewal(licence, rows, at=decided)


def owe_renewal(licence: Licence, rows: list[Protocol], *, at: datetime) -> None:
    """The pool owes a new protocol before the last one that is positive ends; what was owed before is met."""
    day = timezone.localdate(at)
    last = max((row.expires_on for row in rows if row.positive), default=None)
    if last is not None and last >= day:
        owe(licence, {PROTOCOLS: renewal(last, day)}, debtor=Obligation.ORGANISATION, at=at)


@transaction.atomic
def enter_protocol(
    licence: Licence,
    *,
    kind: str,
    number: str,
    laboratory: str,
    issued_on: date,
    expires_on: date,
    positive: bool,
    actor: User,
    at: datetime,
) -> SecurityProtocol:
    """Enter a new test protocol of an accredited pool: by the pool itself, or by an officer who has it before him.

    A positive one that lasts longer than the others meets the duty to give one; the next falls due by its own end. A
    negative one is entered too: a person judges what follows.

    Raises:
        PermissionDenied; TransitionRefused: everything that is wrong with it by the law of today.
    """
    held, day = locked(licence), timezone.localdate(at)
    require(actor, "mining.enter_protocol", held)
    given = Protocol(kind, number.strip(), laboratory.strip(), issued_on, expires_on, positive)
    earlier = [row.as_law() for row in held.security_protocols.all()]
    if problems := refusals(held, given, earlier, day):
        raise TransitionRefused(problems)
    row = SecurityProtocol.objects.create(
        licence=held,
        kind=given.kind,
        number=given.number,
        laboratory=given.laboratory,
        issued_on=issued_on,
        expires_on=expires_on,
        positive=positive,
        entered_by=actor,
        entered_at=at,
    )
    record(held, "licence.enter_protocol", actor=actor, at=at, data={"protocol": row.pk, "positive": positive})
    if positive and all(expires_on > one.expires_on for one in earlier if one.positive):
        meet(held, PROTOCOLS, at=at)
        owe_renewal(held, [given], at=at)
    return row


def refusals(licence: Licence, given: Protocol, earlier: list[Protocol], day: date) -> list[Problem]:
    """Why a protocol is not taken: no live pool, no name, given before, days out of order, not the kind of the day."""
    found: list[Problem] = []
    if licence.kind != POOL or licence.state not in LIVE:
        found.append(Problem("pool-ended", _("This is no accreditation of a pool that is in force.")))
    for field, value in (("number", given.number), ("laboratory", given.laboratory)):
        if not value:
            label = SecurityProtocol._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # own fields
            found.append(Problem("particular-missing", _("Not stated: %(field)s."), {"field": str(label)}, field=field))
    same = {(row.kind, row.number, row.laboratory) for row in earlier}
    if (given.kind, given.number, given.laboratory) in same:
        message = _("This protocol was given before.")
        found.append(Problem("protocol-known", message, field="number"))
    doubts = protocol_problems([given], day)
    wrong = [one for one in doubts if one.blocks and (given.positive or one.code != "pool-tests")]
    return [*found, *wrong]


def protocols_shown(licence: Licence, today: date) -> list[dict[str, Any]]:
    """The protocols of a pool with how they stand today, the newest first."""
    return [
        {"row": row, "counts": row.positive and row.issued_on <= today <= row.expires_on}
        for row in licence.security_protocols.select_related("entered_by").order_by("-id")
    ]
