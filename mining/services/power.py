"""Limits of power: entered by the authority with the act that sets them, ended, never edited."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from core.models import Authority, User
from core.models.base import INTERNAL
from core.regions import REGIONS, ZONES
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _
from mining.models import PowerLimit


@transaction.atomic
def enter_limit(
    authority: Authority,
    *,
    megawatts: Decimal,
    source: str,
    since: date,
    actor: User,
    at: datetime,
    region: str = "",
    zone: str = "",
    until: date | None = None,
) -> PowerLimit:
    """So many megawatts for a region or for a zone, by an act, from a day on.

    Raises:
        PermissionDenied; TransitionRefused: no place or two, no act, days out of order, or another limit of the place
            on one of these days.
    """
    made = PowerLimit(
        authority=authority,
        region=region,
        zone=zone,
        megawatts=megawatts,
        source=source.strip(),
        since=since,
        until=until,
        entered_by=actor,
        entered_at=at,
    )
    require(actor, "mining.enter_limit", made)
    locked(authority)  # two limits of one place wait for each other
    if problems := faults_of(made):
        raise TransitionRefused(problems)
    made.save()
    facts = {"place": made.place, "megawatts": str(megawatts), "since": since.isoformat()}
    record(made, "powerlimit.enter", actor=actor, at=at, audience=INTERNAL, data=facts)
    return made


def faults_of(made: PowerLimit) -> list[Problem]:
    found = []
    if (made.region in REGIONS) == (made.zone in ZONES):
        message = _("Choose a region or a zone, one of them.")
        found.append(Problem(code="limit-place", message=message, field="region"))
    if not made.source:
        message = _("Name the act that sets the limit.")
        found.append(Problem(code="limit-source", message=message, field="source"))
    if made.megawatts <= 0:
        found.append(Problem(code="limit-amount", message=_("A limit is more than zero."), field="megawatts"))
    if made.until is not None and made.until < made.since:
        message = _("The limit ends before it begins.")
        found.append(Problem(code="limit-days", message=message, field="until"))
    same = PowerLimit.objects.filter(authority=made.authority, region=made.region, zone=made.zone)
    same = same.filter(Q(until__isnull=True) | Q(until__gte=made.since))
    if made.until is not None:
        same = same.filter(since__lte=made.until)
    if not found and same.exists():
        message = _("The place has another limit on one of these days; end that first.")
        found.append(Problem(code="limit-twice", message=message, field="since"))
    return found


@transaction.atomic
def end_limit(limit: PowerLimit, *, until: date, actor: User, at: datetime) -> PowerLimit:
    """The last day of a limit: the first time, or an earlier one.

    Raises:
        PermissionDenied; TransitionRefused: before its first day, or not before the one entered.
    """
    row = locked(limit)
    require(actor, "mining.enter_limit", row)
    if until < row.since or (row.until is not None and until >= row.until):
        message = _("The last day of a limit lies between its first day and the day entered before.")
        raise TransitionRefused([Problem(code="limit-end", message=message, field="until")])
    row.until = until
    row.save(update_fields=["until"])
    facts = {"place": row.place, "until": until.isoformat()}
    record(row, "powerlimit.end", actor=actor, at=at, audience=INTERNAL, data=facts)
    return row
