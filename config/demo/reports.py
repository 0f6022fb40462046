"""Reports of pools and miners in the demo: three months, a correction, some late, and differences, one of which nothing
explains."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life
from config.demo.answers import Desk
from core.models import Organisation
from law.calendar import next_working_day
from law.provisions import NotInForce
from law.reporting import POOL, Period, report_period
from licensing.models import Licence
from mining import services
from mining.models.hosting import HOSTED_KINDS
from mining.models.pools import POOL as ACCREDITATION

MONTHS, MINERS = 3, 12
CHARACTERS = "023456789acdefghjklmnpqrstuvwxyz"  # of a wallet
FEE = Decimal("0.02")
GROSS = "Пул комиссиясымен қоса. / Вместе с комиссией пула."
#: By the place of a miner: what he says of what his pool says. The third says a sum that nothing explains, the fourth
#: counts the commission in, the fifth does not report.
LESS, COUNTS_COMMISSION, SILENT = 2, 3, 4


def periods(today: date) -> list[Period]:
    """The last months that are over, the earliest first."""
    found: list[Period] = []
    day = today.replace(day=1)
    try:
        while len(found) < MONTHS:
            found.append(report_period(POOL, day - timedelta(days=1)))
            day = found[-1].first
    except NotInForce:
        pass
    return found[::-1]


def reports(desk: Desk) -> Life:
    """Each month: the pools in its first days, one of them corrected; then the miners, one of them late."""
    for period in periods(timezone.localdate(desk.now)):
        at = after(period, 4)
        yield at
        told = {pool: rows_of(pool, miners_of(pool, period), period) for pool in pools(period)}
        for pool, rows in told.items():
            if rows:
                send(pool, rows, period, desk, at)
        at = after(period, 9)
        yield at
        yield from answers(told, period, desk, at)


def after(period: Period, days: int) -> datetime:
    day = next_working_day(period.last + timedelta(days=days))
    return timezone.make_aware(datetime.combine(day, time(14, 20 + days)))


def in_all_of(period: Period) -> Any:
    rows = Licence.objects.filter(state="in_force", granted_on__lte=period.first, valid_from__lte=period.first)
    return rows.select_related("organisation", "application__created_by").order_by("id")


def pools(period: Period) -> list[Licence]:
    return list(in_all_of(period).filter(kind=ACCREDITATION))


def miners_of(pool: Licence, period: Period) -> list[Licence]:
    """The miners whose filings name the pool, of a dozen in all."""
    name = pool.application.particulars.pool_name
    rows = in_all_of(period).filter(kind__in=HOSTED_KINDS, valid_to__gte=period.last)[:MINERS]
    return [one for one in rows if name in one.application.particulars.pools]


def rows_of(pool: Licence, miners: list[Licence], period: Period) -> list[dict[str, str]]:
    """What the pool distributed: four days of the month to each of its miners, less its commission."""
    found = []
    for licence in miners:
        chance = Random(f"{licence.number}{period.first}")  # noqa: S311  (the same demo every time)
        whom = {
            "miner": licence.organisation.identifier,
            "miner_name": licence.organisation.name_ru,
            "licence": licence.number,
            "licence_date": licence.granted_on.isoformat(),
            "wallet": wallet(licence),
            "asset": "BTC",
        }
        for week in range(4):
            amount = Decimal(chance.randrange(12_000, 96_000)) / 100_000
            day = period.first + timedelta(days=week * 7 + 2)
            sums = {"amount": f"{amount}", "commission": f"{(amount * FEE).quantize(Decimal('0.00000001'))}"}
            found.append({**whom, **sums, "day": day.isoformat()})
    return found


def wallet(licence: Licence) -> str:
    """An invented address in the form of one."""
    chance = Random(licence.number)  # noqa: S311  (the same demo every time)
    return "bc1q" + "".join(chance.choice(CHARACTERS) for _place in range(38))


def send(pool: Licence, rows: list[dict[str, str]], period: Period, desk: Desk, at: datetime) -> None:
    given: dict[str, Any] = {"period": period.first, "authority": desk.authority, "at": at}
    services.report_distribution(pool.organisation, rows, **given, actor=pool.application.created_by)


def answers(told: dict[Licence, list[dict[str, str]]], period: Period, desk: Desk, at: datetime) -> Iterator[datetime]:
    """The miners report; the second is late by some days."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for rows in told.values():
        for row in rows:
            had, fee = sums.get(row["miner"], (Decimal(0), Decimal(0)))
            sums[row["miner"]] = had + Decimal(row["amount"]), fee + Decimal(row["commission"])
    late: list[tuple[Organisation, Any, Decimal]] = []
    known = in_all_of(period).filter(kind__in=HOSTED_KINDS, organisation__identifier__in=list(sums))
    for place, licence in enumerate(known):
        amount, fee = sums[licence.organisation.identifier]
        said = amount - Decimal("0.05") if place == LESS else amount + fee if place == COUNTS_COMMISSION else amount
        if place == 1:
            late.append((licence.organisation, licence.application.created_by, said))
        elif place != SILENT:
            words = GROSS if place == COUNTS_COMMISSION else ""
            say(licence.organisation, licence.application.created_by, said, period, desk, at, words)
    at = after(period, 19)
    yield at
    for organisation, agent, said in late:
        say(organisation, agent, said, period, desk, at)


def say(
    miner: Organisation, agent: Any, amount: Decimal, period: Period, desk: Desk, at: datetime, words: str = ""
) -> None:
    given: dict[str, Any] = {"period": period.first, "authority": desk.authority, "at": at, "explanation": words}
    services.report_output(miner, [{"asset": "BTC", "amount": f"{amount:f}"}], **given, actor=agent)
