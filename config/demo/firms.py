"""The firms of the demo that trade in digital assets: one licensed and one under review of each kind that is open, and
the permit for secured assets as its law ended it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from config.demo import names
from config.demo.agenda import Life, night_after, working_days_ago
from config.demo.holders import Centre, Holder, claim, confirm, member_of
from config.demo.plan import Plan
from config.demo.stage import Stage
from config.demo.story import Cast, Story
from core.models import User
from law.abolition import ended_ground
from law.aifc import EXCHANGE, INDIVIDUALS, PROVIDER, SERVICES
from law.provisions import D259
from licensing import services
from licensing.models import Licence
from licensing.permits import kind as permit_kind

SECURED = "secured-asset-permit"
REPORTED = "Received by e-mail, entered in the file of the firm."


@dataclass(frozen=True, slots=True)
class FirmPlan:
    """A firm: its number, the kind of permit that it files for, when, and how far that is."""

    number: int
    kind: str
    filed_on: date
    ending: str = "decided"


def firm_plans(today: date) -> tuple[FirmPlan, ...]:
    """The numbers are such that a story asks no questions and takes no conditions of another authority's bank."""

    def ago(days: int) -> date:
        return working_days_ago(today, days)

    return (
        FirmPlan(921, "nbk-dfa-platform", date(2026, 5, 12)),
        FirmPlan(923, "nbk-dfa-platform", ago(4), "in_review"),
        FirmPlan(924, "nbk-trading-platform", date(2026, 5, 14)),
        FirmPlan(925, "nbk-trading-platform", ago(9), "countersigned"),
        FirmPlan(928, "nbk-exchanger", date(2026, 5, 18)),
        FirmPlan(931, "nbk-exchanger", ago(2), "submitted"),
        FirmPlan(932, "nbk-special-regime", date(2026, 2, 9)),
        FirmPlan(933, "nbk-special-regime", ago(7), "in_review"),
        FirmPlan(935, EXCHANGE, date(2024, 3, 11)),
        FirmPlan(936, EXCHANGE, ago(6), "in_review"),
        FirmPlan(937, PROVIDER, date(2025, 2, 17)),
        FirmPlan(939, PROVIDER, ago(3), "registered"),
        FirmPlan(943, SECURED, date(2025, 3, 11)),
        FirmPlan(944, SECURED, date(2026, 4, 24), "in_review"),
    )


def people_of(number: int, filed_on: date) -> dict[str, Any]:
    """An owner and two executives, residents with valid numbers."""
    born = date(1975, 5, 6) + timedelta(days=number * 37)
    owner, head, accountant = (
        {
            "name": names.person(number + place).ru,
            "number": names.iin_number(number + place, born + timedelta(days=place * 900)),
            "residence": "KZ",
        }
        for place in (1, 2, 3)
    )
    office = {"since": (filed_on - timedelta(days=120)).isoformat(), "degree": True}
    return {
        "owners": [owner | {"kind": "person", "share": 100, "direct": True, "beneficial": True}],
        "executives": [
            head | office | {"role": "executive_head"},
            accountant | office | {"role": "chief_accountant"},
        ],
    }


def operator(holder: Holder, *, number: int, filed_on: date) -> dict[str, Any]:
    """A lawful filing's facts for any kind of the National Bank's operators."""
    return {
        "legal_form": "llp",
        "region": holder.organisation.region,
        "website": f"https://firm{number}.example.kz",
        "capital": Decimal(200_000_000 + number * 10_000),
        "capital_paid_on": filed_on - timedelta(days=30),
        "capital_in_tenge": True,
        "settles_with": "«Ұлттық пошта операторы» АҚ / АО «Национальный почтовый оператор»",
        "other_activity": False,
        "stakes": False,
        **people_of(number, filed_on),
    }


def participant(holder: Holder, *, number: int, filed_on: date) -> dict[str, Any]:
    """A lawful filing's facts for a contract of the special regime."""
    return {
        "status": "legal_entity",
        "region": holder.organisation.region,
        "website": f"https://firm{number}.example.kz",
        "activity": "Тұрақты құны бар активпен шетелге төлем. / Платежи за рубеж активом фиксированной стоимости.",
        "aims": "Шағын экспорттаушылардың төлемдерін арзандату. / Удешевить платежи малых экспортёров.",
        "tells_consumers": True,
        "months": 24,
    }


def firm_of_aifc(holder: Holder, *, number: int, filed_on: date) -> dict[str, Any]:
    """A lawful filing's facts for either kind of the AIFC; each takes its own."""
    since = (filed_on - timedelta(days=90)).isoformat()
    own: dict[str, Any] = {"activities": ["custody", "advising"]}
    if number in (935, 936):
        own = {
            "services": list(SERVICES),
            "rules": "Business rules 1.2; membership rules 1.0; admission rules 1.1",
            "directors": 6,
            "independent_directors": 2,
        }
    return own | {
        "region": "KZ-71",
        "website": f"https://firm{number}.example.kz",
        "individuals": [
            {"role": role, "name": names.person(number + place).en, "since": since}
            for place, role in enumerate(INDIVIDUALS)
        ],
        "capital": Decimal(400_000),
        "serves_retail": True,
        "keeps_retail_limit": True,
    }


def secured(holder: Holder, *, number: int, filed_on: date) -> dict[str, Any]:
    """A lawful filing's facts for a permit for secured assets."""
    return {
        "platform_name": f"{holder.latin} Assets",
        "website": f"https://firm{number}.example.kz",
        "region": holder.organisation.region,
        "operates_platform": True,
        "warns_of_risks": True,
        "assets": [
            {
                "name": "Астық бірлігі / Зерновая единица",
                "backing": "Элеватордағы 1 тонна бидай / 1 тонна пшеницы на элеваторе",
                "decided_on": (filed_on - timedelta(days=20)).isoformat(),
            }
        ],
    }


#: The facts of a filing, by the particulars of its kind.
FACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "OperatorParticulars": operator,
    "RegimeParticulars": participant,
    "AifcParticulars": firm_of_aifc,
    "SecuredParticulars": secured,
}


def life_of_firm(stage: Stage, one: FirmPlan) -> Life:
    """The firm registers with an official of the authority that decides, and files."""
    permit = permit_kind(one.kind)
    at = timezone.make_aware(datetime.combine(working_days_ago(one.filed_on, 8), time(11, one.number % 60)))
    yield at
    person = member_of(one.number, joined=at)
    claimed = claim(one.number, form="legal_entity", member=person, at=at)
    yield at + timedelta(days=1)
    officer, second, head = (
        stage.people[f"{name}@{permit.authority}.example"] for name in ("officer", "officer2", "head")
    )
    organisation = confirm(claimed, registrar=officer, at=at + timedelta(days=1))
    place = Centre(organisation.name_en, organisation.address, organisation.region, "", "")
    stage.holders[one.number] = Holder(organisation, person, place, organisation.name_en)
    plan = Plan(one.filed_on, one.ending, one.kind, after=3, fee_shown=one.kind == EXCHANGE)
    cast = Cast(officer, second, head, stage.bodies, officer)
    facts = partial(FACTS[permit.particulars.__name__], number=one.number)
    story = Story(plan, stage.holders, one.number, cast, number=one.number, now=stage.now, facts=facts)
    yield from story.life()
    if one.kind == EXCHANGE and one.ending == "decided":
        yield from duties_done(Licence.objects.get(organisation=organisation), officer)


def duties_done(licence: Licence, officer: User) -> Life:
    """Each duty of a trading facility is noted some days before it is due, but for what is due next."""
    while True:
        row = services.kind_duties(licence).order_by("due_on", "id").first()
        if row is None or row.due_on is None:
            return
        moment = timezone.make_aware(datetime.combine(working_days_ago(row.due_on, 4), time(15, licence.pk % 60)))
        yield max(moment, licence.created_at)
        day = timezone.localdate(moment)
        services.note_duty(licence, duty=row.code, done_on=day, note=REPORTED, actor=officer, at=moment)


def sunset(stage: Stage) -> Life:
    """The permit for secured assets ends: open filings with it; a head establishes the end of the one in force."""
    night = night_after(D259 - timedelta(days=1))
    yield night
    services.end_abolished_kinds(at=night)
    moment = night + timedelta(days=4, hours=10)
    yield moment
    services.print_left_over(at=moment)
    permit, cast = Licence.objects.get(kind=SECURED), stage.cast(0)
    text = "Рұқсат түрі жойылған, рұқсат оның соңғы күнінде аяқталды. / Вид разрешения упразднён."
    ground = ended_ground(permit.kind, D259).code
    measure = services.propose_measure(permit, act="close", reasons=[ground], text=text, actor=cast.officer, at=moment)
    measure = services.countersign_measure(measure, actor=cast.second, at=moment + timedelta(minutes=20))
    at = moment + timedelta(hours=1)
    services.decide_measure(measure, actor=cast.head, confirmation="Негіз қолданылады.", at=at)
    services.print_left_over(at=at + timedelta(minutes=5))
