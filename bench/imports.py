"""HSC, POOL: a file of machines and a pool's report, read, judged and taken, against PostgreSQL's COPY of its rows."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count, islice
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.measure import Figure, alternate, timed
from bench.seed import OFFICER
from core.models import Authority, Membership, Organisation, RowFile, User
from core.services import Upload, keep_row_file, take_row_file, work_on_row_file
from core.services.publishing import publishing_held
from licensing.models import Licence
from mining.models import DataCentre
from mining.services.distribution_rows import ACCREDITATION, POOL_DISTRIBUTION
from mining.services.machine_rows import MACHINES

MACHINE_HEAD = "manufacturer;model;serial;hash_rate;power;centre"
LINE_HEAD = "day;miner;miner_name;licence;licence_date;wallet;asset;amount;commission"
WALLET = "bc1q" + "a" * 32
HEX = str.maketrans("0123456789", "acdefghjkl")
_serial = count(1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called here, how its lines are made, and what is declared with the n-th of them."""

    code: str
    kind: str
    what: str
    table: str
    lines: Callable[[int], Iterator[str]]
    options: Callable[[int], dict[str, Any]]
    goal: float


def owner() -> tuple[User, Organisation]:
    """Somebody who acts for an organisation, which is accredited as a pool."""
    licence = Licence.objects.select_related("organisation").order_by("id")[0]
    Licence.objects.filter(pk=licence.pk).update(kind=ACCREDITATION, valid_from=date(2023, 5, 1), valid_to=None)
    now = timezone.now()
    user = User.objects.create_user("bench-owner@example.org", None, role="applicant")
    stated = {"valid_from": date(2023, 4, 1), "claimed_by": user, "claimed_at": now, "confirmed_by": user}
    Membership.objects.create(organisation=licence.organisation, user=user, confirmed_at=now, **stated)
    return user, licence.organisation


def centre(holder: Organisation) -> None:
    now = timezone.now()
    facts: dict[str, Any] = {
        "region": "KZ-39",
        "zone": "north",
        "megawatts": Decimal(100),
        "grid_share": 1,
        "search": "",
    }
    official = User.objects.get(pk=OFFICER)
    acted = {"created_at": now, "decided_by": official, "decided_at": now, "changed_at": now}
    place = {"reference": "DC-90001", "name": "Centre", "address": "Rudny"}
    DataCentre.objects.create(authority_id=1, owner=holder, **place, **facts, **acted)


def machine_lines(rows: int) -> Iterator[str]:
    yield MACHINE_HEAD
    for number in islice(_serial, rows):
        yield f"Bitmain;S21;SN{number:09d};200,5;3,5;DC-90001"


def distribution_lines(rows: int) -> Iterator[str]:
    """Two hundred miners, each on every day of a month with as many wallets as it takes."""
    yield LINE_HEAD
    held = (
        Licence.objects.filter(kind__startswith="mining-licence-").select_related("organisation").order_by("id")[:200]
    )
    miners = [(one.organisation.identifier, one.organisation.name_en, one.number, one.granted_on) for one in held]
    Licence.objects.filter(number__in=[one[2] for one in miners]).update(valid_from=date(2023, 5, 1), valid_to=None)
    first = date(2024, 1, 1)
    for number in range(rows):
        identifier, name, licence, granted = miners[number % len(miners)]
        day = first + timedelta(days=number // len(miners) % 31)
        wallet = WALLET + f"{number // len(miners) // 31:06d}".translate(HEX)
        yield f"{day};{identifier};{name};{licence};{granted};{wallet};BTC;0,{number % 10_000_000:08d};0"


KINDS = (
    Kind("HSC", MACHINES, "machines", "mining_machine", machine_lines, lambda number: {}, 40),
    Kind(
        "POOL",
        POOL_DISTRIBUTION,
        "lines of distribution",
        "mining_distribution",
        distribution_lines,
        lambda number: {"period": date(2024, 1, 1), "revision": number},
        40,
    ),
)


def imports(machines: int, lines: int, rounds: int) -> list[Figure]:
    """Each kind: looking and taking as ratios to COPY; the peak of memory against a tenth of the rows."""
    user, holder = owner()
    centre(holder)
    found = []
    with publishing_held():
        for kind, rows in zip(KINDS, (machines, lines), strict=True):
            found += figures_of(kind, rows, rounds, user, holder)
    return found


def figures_of(kind: Kind, rows: int, rounds: int, user: User, holder: Organisation) -> list[Figure]:
    revision = count(1)

    def send(size: int) -> RowFile:
        content = "\n".join(kind.lines(size)).encode()
        return keep_row_file(
            kind.kind,
            Upload("rows.csv", BytesIO(content)),
            authority=Authority.objects.get(pk=1),
            organisation=holder,
            options=kind.options(next(revision)),
            actor=user,
            at=timezone.now(),
        )

    sent: list[RowFile] = []

    def look(number: int) -> float:
        sent.append(send(rows))
        return timed(lambda: work_on_row_file(sent[-1].pk, at=timezone.now()))

    def take(number: int) -> float:
        take_row_file(sent[-1], actor=user, at=timezone.now())
        seconds = timed(lambda: work_on_row_file(sent[-1].pk, at=timezone.now()))
        assert RowFile.objects.get(pk=sent[-1].pk).standing == "taken"
        return seconds

    anchor = Anchor(kind.table)
    runs = {"look": look, "take": take, "copy": lambda number: anchor.copy(rows)}
    times = alternate(runs, rounds, warm=1)
    anchor.drop()
    peaks = [peak_of(send(size)) for size in (rows // 10, rows)]
    seconds = " / ".join(f"{times[name]:.2f}" for name in ("look", "take", "copy"))
    speed = f"{rows / times['take']:,.0f} rows a second; {seconds} s looked at, taken, COPY"
    what = f"{rows:,} {kind.what}"
    return [
        Figure(kind.code, f"{what} taken / COPY of them", times["take"] / times["copy"], kind.goal, speed),
        Figure(kind.code, f"{what} looked at / COPY of them", times["look"] / times["copy"], kind.goal),
        Figure(
            kind.code,
            f"memory for {rows:,} rows / {rows // 10:,}",
            peaks[1] / peaks[0],
            1.5,
            f"{peaks[1]:.1f} / {peaks[0]:.1f} MiB at most",
        ),
    ]


def peak_of(file: RowFile) -> float:
    """Most MiB held at a time while a file is looked at."""
    tracemalloc.start()
    work_on_row_file(file.pk, at=timezone.now())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert RowFile.objects.get(pk=file.pk).faults == 0
    return peak / 2**20


class Anchor:
    """COPY of the rows that were taken last into a table of the same columns, checks and indexes."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.content = b""

    def copy(self, rows: int) -> float:
        self.drop()
        with connection.cursor() as cursor:
            latest = f"SELECT * FROM {self.table} ORDER BY id DESC LIMIT {rows}"  # noqa: S608  (a constant)
            with cursor.cursor.copy(f"COPY ({latest}) TO STDOUT") as out:
                self.content = b"".join(bytes(part) for part in out)
            cursor.execute(f"CREATE TEMPORARY TABLE copied (LIKE {self.table} INCLUDING ALL)")
            return timed(self.fill)

    def fill(self) -> None:
        with connection.cursor() as cursor, cursor.cursor.copy("COPY copied FROM STDIN") as into:
            into.write(self.content)

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS pg_temp.copied")
