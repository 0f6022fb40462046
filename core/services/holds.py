"""Legal holds: one object stays, whatever its period says, until somebody lifts the hold. Both with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from core.models import LegalHold, User
from core.models.base import INTERNAL
from core.services.acts import locked, record, require
from core.services.retention import hold_on
from core.workflow import TransitionRefused
from law.problems import Problem, _

_HOLDABLE: dict[str, tuple[str, str]] = {}


def register_holdable(model: str, label: str, field: str) -> None:
    """Say what can be held, how it is called, and by which field people name it; from an AppConfig.ready()."""
    _HOLDABLE[model] = label, field


def holdables() -> Mapping[str, tuple[str, str]]:
    return _HOLDABLE


def reason_missing(reason: str) -> list[Problem]:
    return [] if reason.strip() else [Problem(code="note-missing", message=_("Say why."), field="reason")]


@transaction.atomic
def place_hold(obj: Any, *, reason: str, actor: User, at: datetime) -> LegalHold:
    """Keep an object (a case, a licence, a person, an organisation) with all that hangs on it.

    Raises:
        PermissionDenied: neither an administrator nor a head of its authority.
        TransitionRefused: no reason, or it is held already.
    """
    row = locked(obj)
    require(actor, "core.hold", row)
    problems, label = reason_missing(reason), row._meta.label_lower
    if hold_on(label, row.pk).exists():
        problems.append(Problem(code="held-already", message=_("This is under a hold already.")))
    if problems:
        raise TransitionRefused(problems)
    sight = row.sight()
    hold = LegalHold.objects.create(
        subject_type=label, subject_id=row.pk, reference=sight.reference, authority_id=sight.authority_id,
        reason=reason.strip(), placed_by=actor, placed_at=at,
    )  # fmt: skip
    record(row, "hold.place", actor=actor, at=at, audience=INTERNAL, data={"hold": hold.pk})
    return hold


@transaction.atomic
def lift_hold(hold: LegalHold, *, reason: str, actor: User, at: datetime) -> LegalHold:
    """From now on the period counts again.

    Raises:
        PermissionDenied; TransitionRefused: no reason, or it was lifted before.
    """
    row = locked(hold)
    require(actor, "core.hold", row)
    problems = reason_missing(reason)
    if row.lifted_at:
        problems.append(Problem(code="hold-lifted", message=_("This hold has been lifted already.")))
    if problems:
        raise TransitionRefused(problems)
    row.lifted_by, row.lifted_at, row.lifted_reason = actor, at, reason.strip()
    row.save(update_fields=["lifted_by", "lifted_at", "lifted_reason"])
    record(row, "hold.lift", actor=actor, at=at, audience=INTERNAL, data={"hold": row.pk, "of": row.reference})
    return row
