"""Figures of the demo beside the registers: the world's hash rate, corrected once; jobs and investment by quarters."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life
from config.demo.answers import Desk
from law.calendar import next_working_day
from licensing.models import Licence
from mining import services
from mining.models import RealisedReport
from mining.models.hosting import HOSTED_KINDS
from mining.services.realised import past_periods

#: Working days before today on which a figure was entered, and EH/s. The sources are invented, as the figures are.
WORLD = ((290, "742"), (210, "815"), (140, "893"), (75, "941"), (20, "1120"))
SOURCE = "Мысал шолу № {number} / Пример обзора сети № {number}"
SLIP = (19, "1012", "Цифрлар ауысып кеткен. / При вводе цифры были переставлены.")
QUARTERS, HOLDERS = 3, 14
PAPER = "Хат № {number} / Письмо № {number}"
CORRECTED = "Қосалқы мердігер есепке алынды. / Учтены работники подрядчика."


def world(desk: Desk) -> Life:
    """Five figures; the last was mistyped and is corrected the next day."""
    for number, (days, amount) in enumerate(WORLD, start=1):
        at = desk.moment(days, 11)
        yield at
        enter(desk, at, amount, SOURCE.format(number=number))
    at = desk.moment(SLIP[0], 12)
    yield at
    wrong = services.shares_of_world(desk.authority, [timezone.localdate(at)])[0].world
    if wrong is not None:
        enter(desk, at, SLIP[1], wrong.source, corrects=wrong, reason=SLIP[2], day=wrong.day)


def enter(desk: Desk, at: datetime, amount: str, source: str, **more: Any) -> None:
    given: dict[str, Any] = {"day": timezone.localdate(at), "amount": Decimal(amount), "unit": "EH/s", "source": source}
    services.enter_world_hash_rate(desk.authority, **(given | more), actor=desk.head, at=at)


def jobs(desk: Desk) -> Life:
    """The last quarters: some holders report, one sends a paper, one corrects himself."""
    for period in reversed(past_periods(timezone.localdate(desk.now), QUARTERS)):
        day = next_working_day(period.last + timedelta(days=15))
        at = timezone.make_aware(datetime.combine(day, time(16, 5)))
        yield at
        rows = Licence.objects.filter(kind__in=HOSTED_KINDS, state="in_force", valid_from__lte=period.first)
        chosen = list(rows.select_related("application__created_by").order_by("-valid_to", "-id")[:HOLDERS])
        for place, licence in enumerate(chosen):
            stated = licence.application.particulars
            part = Decimal(55 + 13 * (place % 5)) / 100
            given: dict[str, Any] = {
                "period": period.first,
                "jobs": int(stated.jobs * part),
                "investment": (stated.investment * part / QUARTERS).quantize(Decimal(1)),
            }
            if place == 2:
                paper: dict[str, Any] = {
                    "source": PAPER.format(number=f"{place + 7}/{day:%y}"),
                    "paper_on": day - timedelta(days=1),
                }
                services.report_realised(licence, **given, **paper, actor=desk.officer, at=at)
            else:
                services.report_realised(licence, **given, actor=licence.application.created_by, at=at)
        at += timedelta(days=1)
        yield at
        first = (
            RealisedReport.objects.filter(period_first=period.first, standing=True, source="").order_by("id").first()
        )
        if first is not None:
            again: dict[str, Any] = {"jobs": first.jobs + 4, "investment": first.investment, "note": CORRECTED}
            services.report_realised(first.licence, period=period.first, **again, actor=first.entered_by, at=at)
