"""Reports on sales in the demo: two invented exchanges, some miners in two quarters, one late and one contradicted;
what was found, and a head's judgement."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life
from config.demo.answers import Desk
from exchanges.models import ListedExchange
from exchanges.services import SaleLine, enter_exchange, file_sale_report
from law.licensing import MINING_LICENCES
from law.quota import quarter_of
from licensing.models import Licence
from mining.models import QuotaFinding
from mining.services import assess_quota, judge_finding

#: code, names, number of the licence, first day, where it is known from
EXCHANGES = (
    ("altyn-orda", ("Алтын Орда биржасы", "Биржа «Алтын Орда»", "Altyn Orda Exchange"), "AFSA-A-LA-2023-9001"),
    ("samruk-dala", ("Самұрық Дала биржасы", "Биржа «Самрук Дала»", "Samruk Dala Exchange"), "AFSA-A-LA-2023-9002"),
)
SOURCE = "Письмо Комитета МФЦА № 12-4/118 от 02.02.2024"
LAST_QUARTER, OVER_THE_REPEAL = date(2025, 10, 1), date(2026, 1, 1)
MINERS = 5
JUDGED = (
    "Үлестің жетпейтіні есептен көрінеді; міндет қазір күшін жойған. / Недостача следует из расчёта; норма отменена."
)


def at_noon(day: date, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12, minute)))


def sales(desk: Desk) -> Life:
    """The list of exchanges, two quarters of reports, and the assessments that followed."""
    moment = at_noon(date(2024, 2, 5))
    yield moment
    for code, (kk, ru, en), number in EXCHANGES:
        enter_exchange(
            desk.authority,
            code=code,
            names={"kk": kk, "ru": ru, "en": en},
            licence_number=number,
            valid_from=date(2023, 9, 4),
            source=SOURCE,
            actor=desk.officer,
            at=moment,
        )
    for first in (LAST_QUARTER, OVER_THE_REPEAL):
        yield from quarter(desk, first)
    yield from assessments(desk)


def miners() -> list[Licence]:
    """Some whose licences are of 2024, and so in force in both quarters."""
    rows = Licence.objects.filter(kind__in=MINING_LICENCES, valid_from__year=2024, state="in_force")
    return list(rows.select_related("organisation", "application__created_by").order_by("pk")[:MINERS])


def sold(number: int, first: date, last: date) -> list[SaleLine]:
    """A miner's sales of a quarter, through one of the exchanges; the third miner sold every other time elsewhere."""
    chance = Random(f"{number}{first}")  # noqa: S311  (the same demo every time)
    lines = []
    for week in range(0, (last - first).days, 9):
        day, amount = first + timedelta(days=week), Decimal(chance.randrange(4_000, 90_000)) * 100
        code = "" if number == 2 and week % 18 == 9 else EXCHANGES[number % 2][0]
        lines.append(SaleLine(day, "BTC", amount, exchange=code))
    return lines


def quarter(desk: Desk, first: date) -> Life:
    """Each miner reports, the fourth a week late; the first exchange saw less than the first miner says."""
    first, last = quarter_of(first)
    moment = at_noon(last + timedelta(days=9))
    yield moment
    told = [(licence, sold(number, first, last)) for number, licence in enumerate(miners())]
    for number, (licence, lines) in enumerate(told):
        if number != 3:
            report(desk, licence, lines, first, last, moment)
    moment += timedelta(days=2)
    yield moment
    exchange = ListedExchange.objects.get(code=EXCHANGES[0][0])
    whose: dict[str, Any] = {"exchange": exchange, "period_from": first, "period_to": last}
    rows = list(seen(exchange.code, told))
    paper = f"Letter {first:%m}-17 of {moment:%d.%m.%Y}, signed by the compliance officer"
    file_sale_report(desk.authority, **whose, rows=rows, paper=paper, actor=desk.officer, at=moment)
    moment += timedelta(days=11)
    yield moment
    for licence, lines in told[3:4]:
        report(desk, licence, lines, first, last, moment)


def report(desk: Desk, licence: Licence, lines: list[SaleLine], first: date, last: date, at: datetime) -> None:
    file_sale_report(
        desk.authority,
        organisation=licence.organisation,
        period_from=first,
        period_to=last,
        rows=lines,
        actor=licence.application.created_by,
        at=at,
    )


def seen(code: str, told: list[tuple[Licence, list[SaleLine]]]) -> Iterable[SaleLine]:
    """What the exchange saw of them: of the first miner's third sale a tenth less."""
    for number, (licence, lines) in enumerate(told):
        own = [line for line in lines if line.exchange == code]
        for place, line in enumerate(own):
            amount = line.amount * 9 / 10 if (number, place) == (0, 2) else line.amount
            deal = f"{number}-{line.sold_on:%y%m%d}"
            yield SaleLine(line.sold_on, line.asset, amount, miner=licence.organisation.identifier, deal=deal)


def assessments(desk: Desk) -> Life:
    """The quarter over the repeal, miner by miner; the first finding is judged the next day."""
    moment = at_noon(date(2026, 5, 12))
    yield moment
    first, last = quarter_of(OVER_THE_REPEAL)
    for licence in miners():
        assess_quota(licence, first=first, last=last, actor=desk.officer, at=moment)
    moment += timedelta(days=1)
    yield moment
    finding = QuotaFinding.objects.filter(state="open").order_by("id").first()
    if finding is not None:
        judge_finding(finding, "uphold", text=JUDGED, actor=desk.head, at=moment)
