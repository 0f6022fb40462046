"""The world's hash rate as the authority enters it, and the share that the machines in the register have of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.models import Authority, User
from core.models.base import INTERNAL
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.hash_rate import UNITS, Share, share
from law.problems import Problem, _
from mining.models import WorldHashRate
from mining.models.hash_rate import Registered, registered_on, world_on


@dataclass(frozen=True, slots=True)
class ShareOfWorld:
    """The register at the end of a day, the world's figure that counts on it, and the share; None without a figure."""

    registered: Registered
    world: WorldHashRate | None
    share: Share | None

    @property
    def day(self) -> date:
        return self.registered.day


def shares_of_world(authority: Authority, days: Sequence[date]) -> list[ShareOfWorld]:
    """On each of these days, which rise: two queries. The world's figure is the last one of that day or before it."""
    register, world = registered_on(authority, days), world_on(authority, days)
    return [
        ShareOfWorld(one, row, share(one.terahashes, row.amount, row.unit) if row else None)
        for one, row in zip(register, world, strict=True)
    ]


@transaction.atomic
def enter_world_hash_rate(
    authority: Authority,
    *,
    day: date,
    amount: Decimal,
    unit: str,
    source: str,
    actor: User,
    at: datetime,
    corrects: WorldHashRate | None = None,
    reason: str = "",
) -> WorldHashRate:
    """The world's hash rate on a day, from a source; with `corrects` and a reason, in place of a row entered before.

    Raises:
        PermissionDenied; TransitionRefused: everything that is wrong with it: no source, nothing above zero, a day to
            come, a day that has a figure already, a row that was corrected before, no reason.
    """
    made = WorldHashRate(
        authority=authority,
        day=day,
        amount=amount,
        unit=unit,
        source=source.strip(),
        reason=reason.strip(),
        entered_by=actor,
        entered_at=at,
    )
    require(actor, "mining.enter_hash_rate", made)
    locked(authority)  # two figures of one day wait for each other
    made.corrects = locked(corrects) if corrects else None
    if problems := faults_of(made, timezone.localdate(at)):
        raise TransitionRefused(problems)
    if made.corrects is not None:
        made.corrects.standing = False
        made.corrects.save(update_fields=["standing"])
    made.save()
    facts = {"day": day.isoformat(), "amount": str(amount), "unit": unit, "corrects": made.corrects_id}
    record(made, "worldhashrate.enter", actor=actor, at=at, audience=INTERNAL, data=facts)
    return made


def faults_of(made: WorldHashRate, today: date) -> list[Problem]:
    found = []
    if not made.source:
        found.append(Problem(code="world-source", message=_("Say where the figure is from."), field="source"))
    if made.amount <= 0:
        message = _("The hash rate of the world is more than zero.")
        found.append(Problem(code="world-amount", message=message, field="amount"))
    if made.unit not in UNITS:
        found.append(Problem(code="world-unit", message=_("Choose a unit of the list."), field="unit"))
    if made.day > today:
        found.append(Problem(code="world-day", message=_("The day lies in the future."), field="day"))
    old = made.corrects
    if old is not None and not made.reason:
        found.append(Problem(code="world-reason", message=_("Say why the figure is corrected."), field="reason"))
    if old is not None and (not old.standing or old.authority_id != made.authority_id):
        found.append(Problem(code="world-corrected", message=_("This figure was corrected before.")))
    same = WorldHashRate.objects.standing().filter(authority=made.authority, day=made.day)
    if (same.exclude(pk=old.pk) if old else same).exists():
        message = _("The day has a figure already; correct that one.")
        found.append(Problem(code="world-twice", message=message, field="day"))
    return found
