"""A kind of permit that is abolished: its open filings end, each live licence gets its day, a letter and a task.

The sweep does it, in slices that are whole in themselves: what a slice has done, no later one finds again.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from core.models import Obligation, User
from core.services import advance, end_duties, owe_each, record_each
from law.abolition import Abolition, ended_ground, filings_rule
from law.licensing import Due
from law.problems import Cited, _
from licensing.models import Application, Letter, Licence, RegisterEntry
from licensing.permits import ISSUE, PermitKind, kinds
from licensing.services.hearings import close_hearings
from licensing.services.letters import letter_row, write_letter
from licensing.services.terms import ABOLITION
from licensing.workflow import LIVE

SLICE = 200


def end_abolished_kinds(*, at: datetime) -> int:
    """What follows from the end of each kind whose day has come. Safe to run twice; returns how many rows were done."""
    done, today = 0, timezone.localdate(at)
    for permit in list(kinds().values()):
        found = permit.abolition
        if found is None or not permit.is_abolished(today):
            continue
        while rows := _end_filings(permit, found, at):
            done += rows
        while rows := _warn_licences(permit, found, at):
            done += rows
    return done


@transaction.atomic
def _end_filings(permit: PermitKind, found: Abolition, at: datetime) -> int:
    if not permit.procedure.ends_filings:
        return 0
    sources = Application.WORKFLOW["discontinue"].sources
    rows = Application.objects.filter(kind=permit.code, act=ISSUE, state__in=sources).order_by("pk")
    held = list(rows.select_for_update(skip_locked=True, no_key=True, of=("self",))[:SLICE])
    for row in held:
        discontinue(row, found, actor=User.objects.system(), at=at)
    return len(held)


def discontinue(application: Application, found: Abolition, *, actor: User, at: datetime) -> Application:
    """An open filing ends without a decision; the applicant gets the reason and the provision."""
    rule = filings_rule(found.on)
    ended = advance(
        application,
        "discontinue",
        actor=actor,
        at=at,
        grounds=[found.provision, rule],
        data={"on": found.on.isoformat()},
        closed_at=at,
        due_on=None,
    )
    ended.recommendations.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    close_hearings(ended, at=at)
    end_duties(ended, at=at)
    details = [(_("The kind ended on"), found.on)]
    write_letter(ended, "discontinued", at=at, details=details, reasons=[found.provision, rule])
    return ended


@transaction.atomic
def _warn_licences(permit: PermitKind, found: Abolition, at: datetime) -> int:
    rows = Licence.objects.filter(kind=permit.code, state__in=LIVE, ends_by__isnull=True).order_by("pk")
    rows = rows.select_related("organisation", "authority")
    held = list(rows.select_for_update(skip_locked=True, no_key=True, of=("self",))[:SLICE])
    if held:
        warn(held, found, found.due(permit.code), at=at)
    return len(held)


def warn(licences: Sequence[Licence], found: Abolition, due: Due, *, at: datetime) -> None:
    """The day in the licence and the register, the task, the letter, the event: as many statements for many as for few.

    Nobody ends a licence on unconfirmed law by himself: a head establishes each end, which meets the task.
    """
    until, kind = due.due_on, licences[0].kind
    mine = Licence.objects.filter(pk__in=[row.pk for row in licences])
    mine.update(ends_by=until, version=F("version") + 1)
    entries = RegisterEntry.objects.filter(Q(until__isnull=True) | Q(until__gt=until), licence__in=mine)
    entries.update(until=until, changed_at=at)
    owe_each([(row, {ABOLITION: due}) for row in licences], debtor=Obligation.AUTHORITY, at=at)
    grounds: list[Cited] = [found.provision, ended_ground(kind, found.on)]
    letters = [letter_of(row, found.on, until, grounds, at) for row in licences]
    Letter.objects.bulk_create(letters)
    data = {"on": found.on.isoformat(), "until": until.isoformat()}
    cited = [one.ground() for one in grounds]
    record_each(licences, "licence.abolish", actor=User.objects.system(), at=at, data=data, grounds=cited)


def letter_of(licence: Licence, on: date, until: date, grounds: Sequence[Cited], at: datetime) -> Letter:
    details = [(_("Licence"), licence.number), (_("The kind ended on"), on), (_("The licence ends by"), until)]
    return letter_row(licence, "abolition", at=at, details=details, reasons=grounds)
