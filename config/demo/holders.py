"""The invented applicants: their registration, who acts for them, and what they mine with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from config.demo import names
from config.demo.people import make_person
from core import services
from core.models import Membership, Organisation, User

# region, zone of the grid, how often, a place in three scripts of which the address takes the Kazakh one
PLACES = (
    ("KZ-55", "north", 6, "Екібастұз қ.", "Pavlodar"),
    ("KZ-35", "north", 5, "Теміртау қ.", "Karaganda"),
    ("KZ-39", "north", 4, "Рудный қ.", "Kostanay"),
    ("KZ-11", "north", 3, "Степногорск қ.", "Akmola"),
    ("KZ-63", "north", 3, "Өскемен қ.", "East"),
    ("KZ-10", "north", 2, "Семей қ.", "Abai"),
    ("KZ-59", "north", 1, "Петропавл қ.", "North"),
    ("KZ-62", "north", 2, "Жезқазған қ.", "Ulytau"),
    ("KZ-15", "north", 2, "Ақтөбе қ.", "Aktobe"),
    ("KZ-19", "south", 2, "Қонаев қ.", "Almaty"),
    ("KZ-33", "south", 1, "Текелі қ.", "Jetisu"),
    ("KZ-31", "south", 2, "Қаратау қ.", "Jambyl"),
    ("KZ-61", "south", 1, "Кентау қ.", "Turkistan"),
    ("KZ-43", "south", 1, "Қызылорда қ.", "Kyzylorda"),
    ("KZ-79", "south", 1, "Шымкент қ.", "Shymkent"),
    ("KZ-27", "west", 1, "Ақсай қ.", "West"),
    ("KZ-23", "west", 2, "Құлсары қ.", "Atyrau"),
    ("KZ-47", "west", 1, "Жаңаөзен қ.", "Mangystau"),
)
MINER, LAWYER = "applicant@miner.example", "lawyer@firm.example"
POOLS = ("Dala Pool", "Altyn Kopir Pool", "Jasyl Hash Pool", "Qazyna Pool")  # the last is not accredited yet
LATELY = date(2026, 6, 1)
MACHINES = (("Series A, 95 TH/s", 95.0, 3.25), ("Series B, 140 TH/s", 140.0, 3.01), ("Series C, 200 TH/s", 200.0, 3.5))
SOURCES = ("grid", "grid", "grid", "own_generation", "renewable", "import")
STREETS = ("Өнеркәсіп көшесі", "Энергетиктер көшесі", "Зауыт көшесі", "Оңтүстік өнеркәсіп аймағы")


@dataclass(frozen=True, slots=True)
class Centre:
    """A data centre as filings name it."""

    name: str
    address: str
    region: str
    zone: str
    owner: str


@dataclass(frozen=True, slots=True)
class Holder:
    """An applicant: what it is, who acts for it, the centre where it mines."""

    organisation: Organisation
    agent: User
    centre: Centre
    latin: str  # the name in Latin letters, for its papers


def identifier_of(number: int, form: str) -> str:
    """BIN or IIN of the n-th organisation."""
    if form == "sole_trader":
        return names.iin_number(number, date(1968, 3, 4) + timedelta(days=number * 131 % 10_000))
    return names.bin_number(number, date(2018 + number % 5, 1 + number % 12, 1))


def claim(number: int, *, form: str, member: User, at: datetime, called: dict[str, str] | None = None) -> Membership:
    """The n-th organisation as its member enters it; an official has yet to confirm that he may act for it.

    called: names of its own in place of the n-th ones.
    """
    usual = names.sole_trader(number) if form == "sole_trader" else names.legal_entity(number)
    region = PLACES[number % len(PLACES)]
    return services.claim_organisation(
        actor=member,
        at=at,
        identifier=identifier_of(number, form),
        form=form,
        registered_in="KZ",
        names=called or usual.as_dict(),
        address=f"{region[3]}, {STREETS[number % len(STREETS)]}, {number % 60 + 1}",
        region=region[0],
    )


def confirm(claimed: Membership, *, registrar: User, at: datetime, checked: bool = True) -> Organisation:
    """An official confirms the claim and, where `checked`, has compared the registration record."""
    services.confirm_membership(claimed, actor=registrar, at=at, reason="Тіркеу құжаты салыстырылды")
    if checked:
        services.confirm_registration(claimed.organisation, actor=registrar, at=at)
    return Organisation.objects.get(pk=claimed.organisation_id)


def member_of(number: int, *, joined: datetime) -> User:
    """The n-th invented person who acts for an organisation of his own; he cannot log in."""
    return make_person(
        f"person{number:04d}@holder.example", names.person(number).kk, language=("kk", "ru")[number % 2], joined=joined
    )


def give_power(organisation: Organisation, firm: Organisation, *, by: User, at: datetime, until: date) -> None:
    services.grant_power_of_attorney(
        organisation=organisation, firm=firm, valid_from=timezone.localdate(at), valid_to=until, actor=by, at=at
    )


def make_centre(number: int, owner: Organisation, chance: Random) -> Centre:
    weighted = [place for place in PLACES for _time in range(place[2])]
    region, zone, _often, town, latin = weighted[chance.randrange(len(weighted))]
    street = STREETS[chance.randrange(len(STREETS))]
    return Centre(f"{latin} DC-{number + 1}", f"{town}, {street}, {chance.randrange(1, 90)}", region, zone, str(owner))


def particulars(holder: Holder, kind: str, *, filed_on: date, number: int, chance: Random) -> dict[str, Any]:
    """A lawful filing's facts; power and hash rate are those of the machines listed.

    Who filed lately may name the pool whose accreditation is still under review."""
    own = kind == "mining-licence-1"
    lines = chance.sample(MACHINES, 1 if chance.random() < 0.4 else 2)
    machines = [
        {
            "model": model,
            "count": chance.randrange(600, 9_000) if own else chance.randrange(40, 1_500),
            "terahashes": terahashes,
            "kilowatts": kilowatts,
        }
        for model, terahashes, kilowatts in lines
    ]
    kilowatts = sum(float(str(m["kilowatts"])) * int(str(m["count"])) for m in machines)
    hashes = sum(float(str(m["terahashes"])) * int(str(m["count"])) for m in machines)
    centre = holder.centre
    contract = filed_on - timedelta(days=chance.randrange(20, 200))
    return {
        "centre_name": centre.name,
        "centre_address": centre.address,
        "region": centre.region,
        "zone": centre.zone,
        "centre_owner": "" if own else centre.owner,
        "holds_centre": own,
        "owns_equipment": True,
        "outside_residential_zone": True,
        "production_building": True,
        "keeps_capacity_working": True,
        "megawatts": Decimal(str(round(kilowatts / 1000, 3))),
        "hash_rate": Decimal(str(round(hashes, 2))),
        "equipment": machines,
        "electricity_source": chance.choice(SOURCES),
        "electricity_contract": f"№ {chance.randrange(10, 900)}, {contract:%d.%m.%Y}",
        "pools": [POOLS[chance.randrange(len(POOLS) - (filed_on < LATELY))]],
        "ip_addresses": [f"198.51.100.{number * 4 % 256}/30"] if own else [f"203.0.113.{number % 254 + 1}"],
        "jobs": chance.randrange(18, 140) if own else chance.randrange(1, 15),
        "investment": Decimal(chance.randrange(90, 4_000) * 1_000_000),
        "other_activity": False,
    }
