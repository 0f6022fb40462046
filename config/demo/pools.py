"""The mining pools of the demo: three accredited since 2023 with tests renewed year by year, and one under review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life, working_days_ago
from config.demo.holders import Centre, Holder, claim, confirm, member_of
from config.demo.plan import POOL, Plan
from config.demo.stage import Stage
from law.pools import kind_of_test
from licensing.models import Licence
from mining.services import enter_protocol

LABORATORY = "«Қалқан» сынақ зертханасы / Испытательная лаборатория «Калкан»"


@dataclass(frozen=True, slots=True)
class PoolPlan:
    """A pool: its operator's number, its name, where it stands, when it filed, until when its newest tests hold."""

    number: int
    name: str
    address: str
    region: str
    filed_on: date
    tested_to: date
    ending: str = "decided"


def pool_plans(today: date) -> tuple[PoolPlan, ...]:
    """The tests of the second end soon: a new protocol is due."""
    far = today + timedelta(days=220)
    return (
        PoolPlan(910, "Dala Pool", "Астана қ., Сығанақ көшесі, 10", "KZ-71", date(2023, 4, 10), far),
        PoolPlan(911, "Altyn Kopir Pool", "Алматы қ., Абай даңғылы, 150", "KZ-75", date(2023, 4, 24),
                 today + timedelta(days=33)),
        PoolPlan(912, "Jasyl Hash Pool", "Қарағанды қ., Әлиханов көшесі, 4", "KZ-35", date(2023, 5, 15), far),
        PoolPlan(913, "Qazyna Pool", "Павлодар қ., Торайғыров көшесі, 70", "KZ-55", working_days_ago(today, 6), far,
                 ending="in_review"),
    )  # fmt: skip


def facts(holder: Holder, *, filed_on: date) -> dict[str, Any]:
    """A lawful filing's facts; the first tests were made three months before it."""
    centre = holder.centre
    issued = filed_on - timedelta(days=90)
    return {
        "pool_name": centre.name,
        "website": f"https://{centre.name.lower().replace(' ', '-')}.example",
        "hardware_in": "KZ",
        "equipment_address": centre.address,
        "region": centre.region,
        "equipment": [{"model": "Server R7", "count": 8 + len(centre.name)}, {"model": "Gateway G2", "count": 4}],
        "assets": ["BTC", "LTC"] if len(centre.name) % 2 else ["BTC"],
        "commission": Decimal(len(centre.name)) / 10,
        "protocols": [
            {
                "kind": kind_of_test(filed_on),
                "number": f"{issued:%y%m}-{len(centre.name)}",
                "laboratory": LABORATORY,
                "issued_on": issued.isoformat(),
                "expires_on": (issued + timedelta(days=365)).isoformat(),
                "positive": True,
            }
        ],
    }


def life_of_pool(stage: Stage, one: PoolPlan) -> Life:
    """The operator registers and files; the tests of an accredited pool are renewed before they end."""
    at = timezone.make_aware(datetime.combine(working_days_ago(one.filed_on, 8), time(11, one.number % 60)))
    yield at
    person = member_of(one.number, joined=at)
    claimed = claim(one.number, form="legal_entity", member=person, at=at)
    yield at + timedelta(days=1)
    organisation = confirm(claimed, registrar=stage.official("officer4"), at=at + timedelta(days=1))
    place = Centre(one.name, one.address, one.region, "", "")
    stage.holders[one.number] = Holder(organisation, person, place, organisation.name_en)
    plan = Plan(one.filed_on, one.ending, POOL, after=3, fee_shown=False)
    yield from stage.story(plan, one.number, whose=one.number, facts=facts).life()
    if one.ending == "decided":
        yield from renewals(Licence.objects.get(organisation=organisation), one)


def renewals(licence: Licence, one: PoolPlan) -> Life:
    """Some weeks before the tests end, the operator gives new ones; the newest hold to the day of the plan."""
    holder = licence.application.created_by
    while True:
        ends = max(licence.security_protocols.values_list("expires_on", flat=True))
        if ends >= one.tested_to:
            return
        day = working_days_ago(ends - timedelta(days=35), 0)
        moment = timezone.make_aware(datetime.combine(day, time(12, one.number % 60)))
        yield moment
        until = min(ends + timedelta(days=365), one.tested_to)
        given: Mapping[str, Any] = {
            "kind": kind_of_test(day),
            "number": f"{day:%y%m}-{one.number}",
            "laboratory": LABORATORY,
            "issued_on": day - timedelta(days=5),
            "expires_on": until,
            "positive": True,
        }
        enter_protocol(licence, **given, actor=holder, at=moment)
