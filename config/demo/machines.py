"""The machines of the demo: entered by owners of data centres over the months, some taken out again, some asked for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from config.demo.agenda import Life
from config.demo.answers import Desk
from licensing.models import Licence
from mining import services
from mining.models import DataCentre, Machine, MachineFiling

#: Invented makers with their models, TH/s and kW; serial numbers follow the number of the machine.
MODELS = (("Altai", "AL-140", "140", "3.01"), ("Burabai", "BB-200", "200", "3.5"), ("Altai", "AL-95", "95", "3.25"))
#: Working days before today on which an owner files, and how many machines; the last waits, that before is refused.
FILINGS = ((225, 260), (180, 180), (135, 240), (85, 160), (45, 200), (15, 90), (3, 60))
REFUSED, WAITS = 5, 6  # places in FILINGS
OUT = 40  # of the first filing, taken out in DAYS_OUT
DAYS_OUT = 60
REFUSAL = "Сериялық нөмірлер оқылмайды. / Серийные номера не читаются."
WORN_OUT = "Тозған. / Выведены из эксплуатации по износу."


def machines(desk: Desk) -> Life:
    """Seven filings of some owners in turn, and one by which old machines leave the register."""
    steps = [(days, number) for number, (days, _count) in enumerate(FILINGS)] + [(DAYS_OUT, len(FILINGS))]
    for days, number in sorted(steps, reverse=True):
        at = desk.moment(days, 10)
        yield at
        owners = homes()
        if not owners:
            continue
        if number == len(FILINGS):
            yield from taken_out(desk, at)
        else:
            yield from filed(owners[number % len(owners)], number, desk, at)


def homes() -> list[tuple[Licence, DataCentre]]:
    """Holders of subtype I with the centre that they own, the first entered first."""
    rows = DataCentre.objects.filter(state="registered", application__licence__state="in_force")
    found = rows.select_related("application__licence__organisation", "application__created_by").order_by("id")[:5]
    return [(centre.application.licence, centre) for centre in found if centre.application is not None]


def rows_of(licence: Licence, centre: DataCentre, number: int) -> list[dict[str, Any]]:
    maker, model, rate, power = MODELS[number % len(MODELS)]
    count = FILINGS[number][1]
    same = {"manufacturer": maker, "model": model, "hash_rate": rate, "power": power}
    place = {"centre": centre.reference, "licence": licence.number}
    return [{**same, **place, "serial": f"{model}-{number + 1}{serial:05d}"} for serial in range(1, count + 1)]


def filed(home: tuple[Licence, DataCentre], number: int, desk: Desk, at: datetime) -> Iterator[datetime]:
    """The owner files; an officer decides some days later."""
    licence, centre = home
    owner: dict[str, Any] = {"authority": desk.authority, "actor": licence.application.created_by}
    file = services.enter_machines(licence.organisation, rows_of(licence, centre, number), **owner, at=at)
    if number == WAITS:
        return
    at = desk.moment(FILINGS[number][0] - 3, 15)
    yield at
    filing = MachineFiling.objects.get(reference=file.made)
    outcome, answer = ("refuse", REFUSAL) if number == REFUSED else ("grant", "")
    services.decide_machines(filing, outcome, answer=answer, actor=desk.officer, at=at)


def taken_out(desk: Desk, at: datetime) -> Iterator[datetime]:
    first = MachineFiling.objects.filter(act="include", state="granted").order_by("id").first()
    if first is None:
        return
    numbers = [one.number for one in Machine.objects.filter(filing=first).order_by("id")[:OUT]]
    acting: dict[str, Any] = {"authority": desk.authority, "actor": first.filed_by}
    file = services.change_machines(first.organisation, numbers, "exclude", reason=WORN_OUT, **acting, at=at)
    at = desk.moment(DAYS_OUT - 4, 11)
    yield at
    filing = MachineFiling.objects.get(reference=file.made)
    services.decide_machines(filing, "grant", actor=desk.officer, at=at)
