"""Machines enter the register, leave it and move: asked by the owner, decided by an officer, an application at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.models import Authority, Obligation, Organisation, RowFile, User
from core.services import advance, end_duties, meet, notify, take_rows
from core.workflow import HEAD
from licensing.services.terms import officials, parties
from mining.models import Machine, MachineFiling, MachineStep
from mining.models.machines import EXCLUDE, INCLUDE, MOVE, TRANSFER, MachineQuerySet
from mining.services.machine_rows import CHANGES, MACHINES
from mining.services.machine_terms import MACHINES_DECISION, newest, page_of

Rows = Sequence[Mapping[str, Any]]


def enter_machines(owner: Organisation, rows: Rows, *, authority: Authority, actor: User, at: datetime) -> RowFile:
    """Ask that machines be entered in the register of an authority.

    Raises:
        PermissionDenied; TransitionRefused: lists every fault by row and column; nothing is entered.
    """
    return take_rows(MACHINES, rows, authority=authority, organisation=owner, actor=actor, at=at)


def change_machines(
    owner: Organisation,
    numbers: Sequence[str],
    act: str,
    *,
    authority: Authority,
    to_centre: str = "",
    to_owner: str = "",
    reason: str = "",
    actor: User,
    at: datetime,
) -> RowFile:
    """Ask that machines be taken out of the register (exclude), moved to another centre (move) or passed to another
    owner (transfer).

    Args:
        numbers: of the machines in the register.
        to_centre: number of the data centre; to_owner: BIN or IIN.

    Raises:
        PermissionDenied; TransitionRefused: lists every fault; nothing is asked.
    """
    options = {"act": act, "to_centre": to_centre, "to_owner": to_owner, "reason": reason}
    options |= {"asked": at.isoformat()} if numbers else {}  # the same machines may be moved there again another day
    rows = [{"machine": number} for number in numbers]
    return take_rows(CHANGES, rows, authority=authority, organisation=owner, options=options, actor=actor, at=at)


@transaction.atomic
def decide_machines(
    filing: MachineFiling, outcome: str, *, answer: str = "", actor: User, at: datetime, version: int | None = None
) -> MachineFiling:
    """Do as asked ("grant") or refuse ("refuse", with reasons): for every machine of the application at once.

    Raises:
        PermissionDenied: also for who filed it. StaleVersion, TransitionRefused.
    """
    day = timezone.localdate(at)
    moved = advance(
        filing,
        outcome,
        actor=actor,
        at=at,
        version=version,
        reason=answer,
        data={"act": filing.act, "machines": filing.machines, "digest": filing.digest},
        answer=answer.strip(),
        decided_by=actor,
        decided_on=day,
    )
    if outcome == "grant":
        carry_out(moved, day, at)
    else:
        let_go(moved, moved.answer, day, at)
    meet(moved, MACHINES_DECISION, at=at)
    tell(moved, at)
    return moved


def carry_out(filing: MachineFiling, day: date, at: datetime) -> None:
    """Change the register, in two statements whatever the number of machines."""
    if filing.act == INCLUDE:
        filing.entered.filter(excluded_on=None).update(included_on=day, changed_at=at)
        return
    was = Machine.objects.filter(pk=OuterRef("machine"))
    filing.steps.update(
        open=False,
        done_at=at,
        from_owner=Subquery(was.values("owner")[:1]),
        from_centre=Subquery(was.values("centre")[:1]),
    )
    machines = Machine.objects.filter(steps__filing=filing)
    machines = Machine.objects.filter(pk__in=machines.values("pk"))
    if filing.act == EXCLUDE:
        machines.update(excluded_on=day, exclusion_reason=filing.reason, changed_at=at)
    elif filing.act == MOVE:
        machines.update(centre=filing.to_centre, changed_at=at)
    elif filing.act == TRANSFER:
        machines.update(
            owner=filing.to_owner, centre=filing.to_centre or F("centre"), licence=None, changed_at=at
        )  # the licence was the old owner's


def let_go(filing: MachineFiling, why: str, day: date, at: datetime) -> None:
    """Nothing changes: machines that were asked for never were in the register, and may be asked for again."""
    filing.entered.filter(included_on=None, excluded_on=None).update(
        excluded_on=day, exclusion_reason=why, changed_at=at
    )
    filing.steps.update(open=False)


@transaction.atomic
def withdraw_machines(filing: MachineFiling, *, actor: User, at: datetime, version: int | None = None) -> MachineFiling:
    """Take the application back before it is decided, also while a new owner is asked.

    Raises:
        PermissionDenied, StaleVersion, TransitionRefused.
    """
    data = {"act": filing.act, "machines": filing.machines}
    moved = advance(filing, "withdraw", actor=actor, at=at, version=version, data=data)
    let_go(moved, moved.reference, timezone.localdate(at), at)
    end_duties(moved, at=at)
    return moved


def tell(filing: MachineFiling, at: datetime) -> None:
    """The owner hears what was decided; the new owner, that machines are his now."""
    event, day = newest(filing), timezone.localdate(at)
    people = parties(filing.organisation_id, day)
    if filing.state == "granted" and filing.to_owner_id:
        people += parties(filing.to_owner_id, day)
    told = {"reference": filing.reference}
    notify(event, people, "machines_decided", told, path=page_of(filing), at=at)


def told_due(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of the term to decide in a role, and where it is decided."""
    return officials(obligation.authority_id, role or HEAD), f"/machine-filings/{obligation.reference}/"


def history_of(machine: Machine) -> list[MachineStep]:
    """What was changed of a machine, the newest first."""
    rows = machine.steps.filter(done_at__isnull=False).order_by("-id")
    return list(
        rows.select_related("filing__decided_by", "filing__to_owner", "filing__to_centre", "from_owner", "from_centre")
    )


@dataclass(frozen=True, slots=True)
class MachineTotals:
    """Machines in the register in figures: how many, their hash rate in TH/s and power in kW, without zeros behind."""

    machines: int
    hash_rate: Decimal
    power: Decimal


def totals_of(rows: MachineQuerySet) -> MachineTotals:
    """Of those among the machines that are in the register now: one query."""
    sums = rows.registered().aggregate(machines=Count("id"), hash_rate=Sum("hash_rate"), power=Sum("power"))
    return MachineTotals(sums["machines"], shorn(sums["hash_rate"]), shorn(sums["power"]))


def with_machines(rows: "QuerySet[Any]", by: str) -> "QuerySet[Any]":
    """Centres or licences (`by`: centre | licence) with the figures of their machines: part of the one query."""
    held = Machine.objects.registered().filter(**{by: OuterRef("pk")}).order_by().values(by)
    zero = Value(Decimal(0), output_field=DecimalField(max_digits=20, decimal_places=3))

    def sum_of(name: str) -> Coalesce:
        return Coalesce(Subquery(held.annotate(sum=Sum(name)).values("sum")), zero)

    count = Coalesce(Subquery(held.annotate(number=Count("id")).values("number")), 0)
    found: QuerySet[Any] = rows.annotate(
        machine_count=count, machine_hash_rate=sum_of("hash_rate"), machine_power=sum_of("power")
    )
    return found


def read_totals(row: Any) -> MachineTotals:
    """The figures that `with_machines` read with a row."""
    return MachineTotals(row.machine_count, shorn(row.machine_hash_rate), shorn(row.machine_power))


def shorn(amount: Decimal | None) -> Decimal:
    """An amount without the zeros behind it; 0 where there is none."""
    found = amount or Decimal(0)
    return found.quantize(Decimal(1)) if found == found.to_integral() else found.normalize()


def machines_of(filing: MachineFiling) -> MachineQuerySet:
    """The machines of an application: who sees it sees them, the new owner too."""
    entered = {"filing": filing} if filing.act == INCLUDE else {"steps__filing": filing}
    return Machine.objects.filter(**entered).order_by("id")
