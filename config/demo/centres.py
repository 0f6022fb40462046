"""The data centres of the demo: entered from the filings of their owners, let to licence holders, assessed twice.

The first look is taken while a production building was asked for, the second after it was dropped.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life
from config.demo.answers import Desk
from core.workflow import TransitionRefused
from law import standards
from law.calendar import next_working_day
from licensing.models import Application, Licence
from mining import services
from mining.models import Assessment, DataCentre
from mining.models.power import power_use
from mining.services.centres import SHARES

FIRST_LOOK = date(2025, 11, 12)  # under the checklist of 2023-04-01
DOZEN = 12
#: Of the largest users in their order: what share of its limit each draws.
SHARES_OF_LIMIT = (Decimal("0.86"), Decimal("1.04"), Decimal("0.55"), Decimal("0.40"), Decimal("0.72"))
LIMIT_SOURCE = "Органның мысал бұйрығы № 12 / Пример приказа органа № 12"
RESERVE = Decimal(60)  # megawatts beside the owner's own, for those whom he hosts
UNMET = (
    (),
    ("standard-cooling",),
    ("building_required",),
    ("standard-metering", "standard-network"),
    (),
    ("outside_residential_zone",),
)
SEEN = {
    standards.MET: "Орнында қаралды. / Осмотрено на месте.",
    standards.NOT_MET: "Орнында қаралды: талап орындалмаған. / Осмотрено на месте: требование не выполнено.",
}
SUMMARY = "Орталық жұмыс күйінде қаралды. / Центр осмотрен в рабочем состоянии."
CONFIRMATION = "Мерзім жеткілікті деп саналады. / Срок признан достаточным."
GROWN = "Трансформатор ауыстырылды. / Заменён трансформатор."


def centres(desk: Desk) -> Life:
    """Three days of officers in the country, and what they did at their desks in between."""
    at = morning(FIRST_LOOK)
    yield at
    for licence in owners(at)[: DOZEN - 2]:
        enter(licence, desk, at)
    let_all(desk, at)
    yield from look(desk, at + timedelta(hours=2), unmet_from=0)
    at = desk.moment(90, 9)
    yield at
    for licence in owners(at)[: DOZEN - DataCentre.objects.count()]:
        enter(licence, desk, at)
    let_all(desk, at)
    yield from look(desk, at + timedelta(hours=2), unmet_from=2)
    at = desk.moment(4, 9)
    yield at
    known = DataCentre.objects.filter(state="registered").order_by("id")
    grown = known.first()
    if grown is not None:
        power = {"megawatts": grown.megawatts + 10}
        services.change_centre(grown, values=power, reason=GROWN, actor=desk.officer, at=at)
    limits(desk, at)
    for centre in known[1:2]:
        services.open_assessment(centre, assessed_on=timezone.localdate(at), actor=desk.officer, at=at)


def limits(desk: Desk, at: datetime) -> None:
    """What zones and some regions may draw: one is near its limit, one over it."""
    today = timezone.localdate(at)
    found = power_use(desk.authority, today)
    drawn = sorted(((use.declared, code) for code, use in found.regions.items() if use.declared), reverse=True)
    shares = {code: share for (_used, code), share in zip(drawn, SHARES_OF_LIMIT, strict=False)}
    for zone, use in found.zones.items():
        limit = round(use.declared / Decimal("0.7"), -1) + 10
        enter_limit(desk, at, Decimal(limit), zone=zone)
    for used, code in drawn:
        if code in shares:
            enter_limit(desk, at, (used / shares[code]).quantize(Decimal("0.1")), region=code)


def enter_limit(desk: Desk, at: datetime, megawatts: Decimal, **place: Any) -> None:
    since = date(timezone.localdate(at).year, 1, 1)
    services.enter_limit(
        desk.authority, megawatts=megawatts, source=LIMIT_SOURCE, since=since, actor=desk.head, at=at, **place
    )


def morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(next_working_day(day), time(9, 5)))


def owners(at: datetime) -> list[Licence]:
    """Holders of subtype I whose own centre is not in the register yet."""
    known = DataCentre.objects.filter(application__isnull=False).values("application")
    rows = Licence.objects.filter(kind="mining-licence-1", state="in_force", granted_on__lte=timezone.localdate(at))
    return list(rows.exclude(application__in=known).select_related("application", "organisation").order_by("id"))


def enter(licence: Licence, desk: Desk, at: datetime) -> DataCentre:
    """From what the filing says; the mix of one in three is partly renewable."""
    case, number = licence.application, licence.pk
    given = services.particulars_of(case)
    own = given["megawatts"]
    given |= {
        "megawatts": (own + RESERVE).quantize(Decimal("0.001")),
        "cells": int(own * 400) + 24_000,
        "grid_connection": ("ВЛ 110 кВ", "ВЛ 220 кВ", "КЛ 35 кВ")[number % 3],
        "grid_megawatts": own + RESERVE + 5,
        "opened_on": licence.valid_from,
    }
    if number % 3 == 0:
        shares = dict.fromkeys(SHARES, Decimal(0))
        given |= shares | {"grid_share": Decimal("0.65"), "renewable_share": Decimal("0.35")}
    centre = services.enter_centre(
        desk.authority, owner=licence.organisation, values=given, application=case, actor=desk.officer, at=at
    )
    machines = machines_of(case)
    services.let_capacity(
        centre, licence=licence, megawatts=own, cells=machines, since=licence.valid_from, actor=desk.officer, at=at
    )
    return centre


def machines_of(case: Application) -> int | None:
    return sum(int(line["count"]) for line in case.particulars.equipment) or None


def let_all(desk: Desk, at: datetime) -> None:
    """Holders of subtype II are hosted in the centre that their filing names, as far as there is room."""
    named = {centre.name: centre for centre in DataCentre.objects.filter(state="registered")}
    rows = Licence.objects.filter(kind="mining-licence-2", state="in_force", hostings__isnull=True)
    for licence in rows.select_related("application").order_by("id"):
        row = licence.application.particulars
        centre = named.get(row.centre_name)
        if centre is None or row.megawatts is None:
            continue
        since = max(licence.valid_from, centre.opened_on or licence.valid_from)
        try:
            services.let_capacity(
                centre,
                licence=licence,
                megawatts=row.megawatts,
                cells=machines_of(licence.application),
                since=since,
                actor=desk.officer,
                at=at,
            )
        except TransitionRefused:
            continue  # no room on some day: he stands in the filing alone


def look(desk: Desk, at: datetime, *, unmet_from: int) -> Iterator[datetime]:
    """Every centre is looked at on one day; the results are proposed in the afternoon and signed off two days later."""
    yield at
    begun = [answered(centre, number + unmet_from, desk, at) for number, centre in enumerate(standing())]
    at += timedelta(hours=4)
    yield at
    proposed = [services.propose_assessment(row, actor=desk.officer, at=at) for row in begun]
    at += timedelta(days=2)
    yield at
    for row in proposed:
        services.sign_assessment(row, confirmation=CONFIRMATION, actor=desk.head, at=at)


def standing() -> list[DataCentre]:
    return list(DataCentre.objects.filter(state="registered").order_by("id"))


def answered(centre: DataCentre, number: int, desk: Desk, at: datetime) -> Assessment:
    day = timezone.localdate(at)
    row = services.open_assessment(centre, assessed_on=day, actor=desk.officer, at=at)
    unmet = UNMET[number % len(UNMET)]
    answers = {item.code: standards.NOT_MET if item.code in unmet else standards.MET for item in row.items.all()}
    measured = (centre.megawatts * Decimal("0.7")).quantize(Decimal("0.001"))
    return services.answer_assessment(
        row,
        answers=answers,
        evidence={code: SEEN[answer] for code, answer in answers.items()},
        measured_megawatts=measured,
        summary=SUMMARY,
        actor=desk.officer,
        at=at,
    )
