"""Capacity of a data centre let to licence holders. On no day is more let than there is: a rule of ours, assumed."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.services import record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import Licence
from mining.models import DataCentre, Hosting
from mining.models.hosting import HOSTED_KINDS
from mining.services.centres import overlet, still_standing


@transaction.atomic
def let_capacity(
    centre: DataCentre,
    *,
    licence: Licence,
    megawatts: Decimal,
    since: date,
    actor: User,
    at: datetime,
    cells: int | None = None,
    until: date | None = None,
    version: int | None = None,
) -> Hosting:
    """A licence holder uses so much of the centre, from a day to a day (both included), or without an end.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: everything that stands against it: the kind of the licence,
            its days, those of the centre, and the day on which more would be let than the centre has.
    """
    row = locked(centre, version=version)
    require(actor, "mining.change_centre", row)
    made = Hosting(
        centre=row,
        licence=licence,
        megawatts=megawatts,
        cells=cells,
        since=since,
        until=until,
        entered_by=actor,
        entered_at=at,
    )
    problems = still_standing(row) + faults_of(made)
    if problems:
        raise TransitionRefused(problems)
    made.save()
    if found := overlet(row, since, until):
        raise TransitionRefused(found)
    touch(row)
    facts = {"hosting": made.pk, "licence": licence.number, "megawatts": str(megawatts), "cells": cells}
    days = {"since": since.isoformat(), "until": until.isoformat() if until else None}
    record(row, "datacentre.let", actor=actor, at=at, data=facts | days)
    return made


def faults_of(made: Hosting) -> list[Problem]:
    """What is wrong with one letting by itself."""
    licence, centre, found = made.licence, made.centre, []
    if licence.kind not in HOSTED_KINDS or licence.authority_id != centre.authority_id:
        message = _("Only holders of a mining licence of the same authority are hosted.")
        found.append(Problem(code="hosting-licence", message=message, field="licence"))
    if made.until is not None and made.until < made.since:
        message = _("The last day is before the first.")
        found.append(Problem(code="hosting-days", message=message, field="until"))
    if made.since < licence.valid_from or (licence.last_day is not None and made.since > licence.last_day):
        message = _("On %(day)s licence %(number)s is not valid.")
        params = {"day": made.since, "number": licence.number}
        found.append(Problem(code="hosting-licence-day", message=message, params=params, field="since"))
    if centre.opened_on and made.since < centre.opened_on:
        message = _("The data centre opened on %(day)s.")
        found.append(Problem("hosting-before-opening", message, {"day": centre.opened_on}, field="since"))
    if made.megawatts <= 0 or (made.cells is not None and made.cells <= 0):
        message = _("Megawatts and cells are more than zero.")
        found.append(Problem(code="hosting-amount", message=message, field="megawatts"))
    return found


@transaction.atomic
def end_letting(
    centre: DataCentre, *, hosting: Hosting, until: date, actor: User, at: datetime, version: int | None = None
) -> Hosting:
    """The last day of a letting: the first time, or an earlier one than was entered.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is of another centre, the day is before its first day or
            not before the one entered.
    """
    row = locked(centre, version=version)
    require(actor, "mining.change_centre", row)
    held = Hosting.objects.select_for_update(of=("self",)).select_related("licence").get(pk=hosting.pk)
    problems = []
    if held.centre_id != row.pk:
        message = _("This is let in another data centre.")
        problems.append(Problem(code="hosting-elsewhere", message=message, field="hosting"))
    if until < held.since or (held.until is not None and until >= held.until):
        message = _("The last day lies between its first day and the day entered before.")
        problems.append(Problem(code="hosting-end", message=message, field="until"))
    if problems:
        raise TransitionRefused(problems)
    old = held.until.isoformat() if held.until else None
    held.until = until
    held.save(update_fields=["until"])
    touch(row)
    facts = {"hosting": held.pk, "licence": held.licence.number, "until": [old, until.isoformat()]}
    record(row, "datacentre.end_letting", actor=actor, at=at, data=facts)
    return held


def let_today(centre: DataCentre, at: datetime) -> Decimal:
    """Megawatts let today."""
    rows = centre.hostings.on(timezone.localdate(at))
    return sum((row.megawatts for row in rows), Decimal(0))
